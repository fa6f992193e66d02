//! Names of people and organisations, and roles, recognised by their shape.

use super::shape::{begins_with, ends_sentence, is_phrase, opens_quotation, strip_opening};
use crate::locale::Language;

/// The names of `A, B and C`; the first is the author's.
pub fn split_names<'a>(text: &'a str, language: &Language) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for part in text.split([',', '&']) {
        let mut rest = part.trim();
        while let Some(and) = find_word(rest, language.and) {
            names.extend(Some(rest[..and].trim()).filter(|name| !name.is_empty()));
            rest = rest[and + language.and.len()..].trim();
        }
        names.extend(Some(rest).filter(|name| !name.is_empty()));
    }
    names
}

/// The names and the place of a byline: `CNN's A and B`, `A in PLACE`. Other words are one name.
pub fn names_and_place<'a>(text: &'a str, language: &Language) -> (Vec<&'a str>, Option<&'a str>) {
    let text = text.trim();
    let after_owner = |text: &'a str| ["'s ", "’s "].iter().find_map(|mark| Some(text.split_once(mark)?.1));
    let at = find_word(text, language.in_place);
    let (before, place) = at.map_or((text, None), |at| (text[..at].trim(), Some(&text[at..])));
    for (names, place) in [(before, place), (text, None)] {
        for names in [after_owner(names), Some(names)].into_iter().flatten() {
            if let Some(names) = names_only(names, language) {
                return (names, place);
            }
        }
    }
    (vec![text], None)
}

/// `Edited by A and B`: the names.
pub fn credit<'a>(text: &'a str, language: &Language) -> Option<Vec<&'a str>> {
    let rest = language.credits.strip(text)?;
    let uncased = || Some(split_names(rest, language)).filter(|names| names.iter().all(|name| may_be_name(name)));
    names_only(rest, language).or_else(uncased).or_else(|| {
        // `Produced by A and B in Port Ellan, and edited by C`
        match language.further_credits.iter().find_map(|opening| rest.split_once(opening)) {
            Some((one, other)) => Some([names_before(one, language)?, names_before(other, language)?].concat()),
            None => names_before(rest, language),
        }
    })
}

/// `A and B in Port Ellan, with reporters across the island`: the names.
fn names_before<'a>(text: &'a str, language: &Language) -> Option<Vec<&'a str>> {
    let end = language.after_credits.iter().filter_map(|word| text.find(word)).min().unwrap_or(text.len());
    names_only(text[..end].trim_end_matches(','), language)
}

/// `NAME, ROLE`, or `BBC Radio 5 live's NAME`: the name, and what may be the role.
pub fn author_and_role(text: &str) -> Option<(&str, Option<&str>)> {
    let (name, role) = match text.split_once(", ") {
        Some((name, role)) if !ends_sentence(text) => (name, Some(role)),
        Some(_) => return None,
        None => (strip_opening(text, "BBC ")?.split_once("'s ")?.1, None),
    };
    is_name(name).then_some((name, role))
}

/// Two to four words of a script that has no capitals, such as Devanagari. Other words look the same, so that something
/// beside it must show that it is a name.
pub fn may_be_name(text: &str) -> bool {
    let is_uncased =
        |word: &str| word.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase());
    is_phrase(text, 4) && text.contains(' ') && text.split_whitespace().all(is_uncased)
}

/// The names, if the line is nothing but names.
pub fn names_only<'a>(text: &'a str, language: &Language) -> Option<Vec<&'a str>> {
    let names = split_names(text, language);
    (!names.is_empty() && names.iter().all(|name| is_name(name))).then_some(names)
}

/// The position of a word between spaces, or at the start.
fn find_word(text: &str, word: &str) -> Option<usize> {
    text.match_indices(word)
        .map(|(at, _)| at)
        .find(|&at| (at == 0 || text[..at].ends_with(' ')) && text[at + word.len()..].starts_with(' '))
}

/// No name has more bytes.
pub const LONGEST_NAME: usize = 60;

/// Two to five words, each capitalised but for particles (`de`, `van`, `al-…`), no digit, no sentence end.
pub fn is_name(text: &str) -> bool {
    let mut words = 0;
    text.len() <= LONGEST_NAME
        && text.split_whitespace().all(|word| {
            words += 1;
            words <= 5 && (is_capitalised(word) || words > 1 && is_particle(word))
        })
        && words >= 2
        && !text.contains(|c: char| {
            c.is_ascii_digit() || matches!(c, '"' | '“' | '”' | '?' | '!' | ':' | ',' | '/' | '|' | '&' | '@' | '#')
        })
        && (!ends_sentence(text) || ["Jr.", "Sr."].iter().any(|suffix| text.ends_with(suffix)))
        && !text.split_whitespace().any(|word| word.contains('-') && word.len() == 1)
}

fn is_capitalised(word: &str) -> bool {
    let word = word.trim_start_matches(['\'', '’', '(']);
    word.starts_with(char::is_uppercase)
        || word.split_once(['\'', '’']).is_some_and(|(_, rest)| rest.starts_with(char::is_uppercase))
}

fn is_particle(word: &str) -> bool {
    const PARTICLES: [&str; 22] = [
        "de", "da", "di", "du", "del", "della", "dos", "la", "le", "van", "von", "der", "den", "ter", "bin", "ibn",
        "al", "el", "ap", "ab", "y", "e",
    ];
    PARTICLES.contains(&word) || word.starts_with("al-") || word.starts_with("el-")
}

/// Whether the text is what somebody is: `Transport correspondent`, `BBC News, Port Ellan`, `At the quay`.
pub fn is_role(text: &str, language: &Language) -> bool {
    is_sure_role(text, language)
        || can_be_role(text) && language.weak_role_openings.iter().any(|opening| text.starts_with(opening))
}

/// Whether its words show that it is a role; `At the quay` may be something else.
pub fn is_sure_role(text: &str, language: &Language) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '-');
    // `The minister at the quay` is what an image shows.
    let describes = || after_article(text, language).is_some();
    let names_role = |word: &str| language.role_words.contains(word);
    can_be_role(text)
        && (language.role_openings.iter().any(|opening| text.starts_with(opening))
            || text.contains(" BBC ")
            || !describes() && words.any(names_role))
}

/// Whether the text is a role at the BBC: `BBC correspondent`, `for BBC News Ellan`.
pub fn names_bbc(text: &str, language: &Language) -> bool {
    let opens = || language.role_openings.iter().any(|opening| is_bbc(opening) && text.starts_with(opening));
    is_sure_role(text, language) && (text.contains(" BBC ") || opens())
}

/// Whether an opening of roles is the BBC's name, in any script; the others are words of English.
fn is_bbc(opening: &str) -> bool {
    opening == "BBC " || !opening.is_ascii()
}

/// The words behind an article: `The minister`.
pub fn after_article<'a>(text: &'a str, language: &Language) -> Option<&'a str> {
    let mut articles = language.articles.iter();
    language.articles.may_begin(text).then(|| articles.find_map(|article| text.strip_prefix(article)))?
}

fn can_be_role(text: &str) -> bool {
    is_phrase(text, 14) && text.len() <= 120 && !opens_quotation(text)
}

/// A role on the last line of a page, cut off within its last word: `Transport correspond`.
pub fn is_cut_role(text: &str, language: &Language) -> bool {
    let cut = text.rsplit(' ').next().filter(|cut| cut.len() >= 4);
    cut.is_some_and(|cut| language.role_words.iter().any(|role| role.starts_with(&cut.to_lowercase())))
        || text.len() >= 3 && language.role_openings.iter().any(|opening| opening.starts_with(text))
}

/// Whether the text names an organisation that writes entries: `BBC Weather`, `The Newsroom`.
pub fn is_organisation(text: &str, language: &Language) -> bool {
    is_phrase(text, 5)
        && !opens_quotation(text)
        && language.organisations.may_begin(text)
        && language
            .organisations
            .iter()
            .any(|name| begins_with(text, name) && (name.ends_with(' ') || text.len() == name.len()))
        && text.split_whitespace().all(|word| {
            word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                || matches!(word, "of" | "and" | "live" | "the")
        })
}

/// Whether a word shows that the name is a place's or an organisation's: `Northern Quay`, `Harbour Council`.
pub fn names_place(text: &str, language: &Language) -> bool {
    let mut words = text.split_whitespace();
    words.clone().next().is_some_and(|first| language.place_openings.contains(&first))
        || words.any(|word| language.places.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::ENGLISH;

    #[test]
    fn a_name_is_two_to_five_capitalised_words_with_particles() {
        for name in ["Ada Harbour", "Ana de la Cruz Vega", "Omar al-Hadid", "J. K. Quay", "Conor O'Quay", "Bo Dahl Jr"]
        {
            assert!(is_name(name), "{name}");
        }
        for words in [
            "Ada",
            "A lighthouse at noon",
            "Ada Harbour said so.",
            "Quay 4 Harbour",
            "the Old Harbour",
            "Ada Harbour, Port Ellan",
        ] {
            assert!(!is_name(words), "{words}");
        }
    }

    #[test]
    fn a_role_says_what_somebody_is_or_where() {
        for role in [
            "Transport correspondent",
            "Reporting from Port Ellan",
            "BBC News, Juba",
            "Political reporter, BBC Radio Ellan",
            "Live page editor",
        ] {
            assert!(is_role(role, &ENGLISH), "{role}");
        }
        for words in ["The lighthouse by night", "The correspondent said so.", "Ada Harbour"] {
            assert!(!is_role(words, &ENGLISH), "{words}");
        }
    }

    #[test]
    fn a_byline_may_name_an_owner_and_a_place() {
        let read = |text| names_and_place(text, &ENGLISH);
        assert_eq!(read("CNN's Ada Quay and Bo Dahl"), (vec!["Ada Quay", "Bo Dahl"], None));
        assert_eq!(read("CNN’s Ada Quay in Port Ellan"), (vec!["Ada Quay"], Some("in Port Ellan")));
        assert_eq!(read("Ada Quay"), (vec!["Ada Quay"], None));
        assert_eq!(read("The desk in Ellan"), (vec!["The desk in Ellan"], None));
        assert_eq!(read("Conor O'Quay"), (vec!["Conor O'Quay"], None));
    }

    #[test]
    fn names_are_joined_by_commas_ampersands_and_and() {
        assert_eq!(split_names("Ada Quay, Bo Dahl and Cy Sand", &ENGLISH), ["Ada Quay", "Bo Dahl", "Cy Sand"]);
        assert_eq!(split_names("Ada Quay & Bo Dahl", &ENGLISH), ["Ada Quay", "Bo Dahl"]);
        assert_eq!(split_names("Sandra Andrew", &ENGLISH), ["Sandra Andrew"]);
    }
}
