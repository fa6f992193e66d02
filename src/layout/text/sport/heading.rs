//! What is beside an entry's clock, on the same line: an author, a label, the title, or the first words of the text.

use crate::layout::text::recognise::name::{author_and_role, is_name, is_role};
use crate::layout::text::recognise::shape::{ends_sentence, is_phrase, opens_quotation, same};
use crate::layout::text::uses::Title;
use crate::locale::Language;

/// The words beside a clock, by their shape. Nothing else says what they are, so all but prose is doubtful.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryHeading<'a> {
    /// Nothing.
    Nothing,
    /// `Breaking News`
    Breaking(&'a str),
    /// `Ada Quay BBC News, Port Ellan`, `Pat, Sandy Reach`
    Author(&'a str, Option<&'a str>),
    /// Few words without sentence end.
    Title(&'a str),
    /// Anything else.
    Prose(&'a str),
}

impl<'a> EntryHeading<'a> {
    /// Reads what follows the clock.
    pub fn read(text: &'a str, language: &Language) -> EntryHeading<'a> {
        if text.is_empty() {
            return EntryHeading::Nothing;
        }
        if same(text, "Breaking News") || same(text, language.breaking) {
            return EntryHeading::Breaking(text);
        }
        if let Some((name, role)) = author(text, language) {
            return EntryHeading::Author(name, role);
        }
        if is_title(text) { EntryHeading::Title(text) } else { EntryHeading::Prose(text) }
    }

    /// Puts the words into their field of the entry's title line.
    pub fn add_to(self, title: &mut Title<'a>) {
        match self {
            EntryHeading::Nothing => {}
            EntryHeading::Breaking(words) => {
                title.breaking = true;
                title.label = Some(words);
            }
            EntryHeading::Author(name, role) => title.author = Some((name, role)),
            EntryHeading::Title(words) => title.text = Some(words),
            EntryHeading::Prose(words) => title.paragraph = Some(words),
        }
    }

    /// What the words were read as, to be said in a doubt; `None` where there is none.
    pub fn reading(self) -> Option<String> {
        match self {
            EntryHeading::Nothing | EntryHeading::Prose(_) => None,
            EntryHeading::Breaking(words) => Some(format!("“{words}” is read as a label")),
            EntryHeading::Author(name, None) => Some(format!("“{name}” is read as the author")),
            EntryHeading::Author(name, Some(role)) => {
                Some(format!("“{name}” is read as the author, “{role}” as the role"))
            }
            EntryHeading::Title(words) => Some(format!("“{words}” is read as the title")),
        }
    }
}

/// Few words without sentence end or quotation mark.
pub fn is_title(text: &str) -> bool {
    is_phrase(text, 14) && !opens_quotation(text)
}

/// `NAME, ROLE`, `BBC Radio 5 live's NAME`, `NAME BBC News, PLACE`, `NAME Business editor`, `Name, Place`.
fn author<'a>(text: &'a str, language: &Language) -> Option<(&'a str, Option<&'a str>)> {
    let known = author_and_role(text).filter(|(_, role)| role.is_none_or(|role| is_role(role, language)));
    known.or_else(|| name_before_role(text, language)).or_else(|| name_and_place(text))
}

/// A name of two words or more, and directly behind it a role: at `BBC`, else at the first place where one begins.
fn name_before_role<'a>(text: &'a str, language: &Language) -> Option<(&'a str, Option<&'a str>)> {
    let parts = text.match_indices(' ').take(5).map(|(at, _)| (&text[..at], &text[at + 1..]));
    let is_author =
        |(name, role): &(&str, &str)| is_name(name) && role.starts_with(char::is_uppercase) && is_role(role, language);
    let mut found = parts.filter(is_author);
    let first = found.clone().next()?;
    let (name, role) = found.find(|(_, role)| role.starts_with("BBC ")).unwrap_or(first);
    Some((name, Some(role)))
}

/// `Pat, Sandy Reach`: who wrote in, and from where.
fn name_and_place(text: &str) -> Option<(&str, Option<&str>)> {
    let (name, place) = text.split_once(", ").filter(|_| !ends_sentence(text))?;
    let is_proper = |words: &str| {
        is_phrase(words, 3)
            && words.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
            && words.chars().any(char::is_lowercase)
            && !words.contains(|c: char| c.is_ascii_digit())
    };
    let is_place = place.split(", ").all(is_proper);
    (is_proper(name) && is_place).then_some((name, Some(place)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::ENGLISH;

    fn read(text: &str) -> EntryHeading<'_> {
        EntryHeading::read(text, &ENGLISH)
    }

    #[test]
    fn names_are_authors_with_a_role_or_a_place() {
        assert_eq!(read("Pat, Sandy Reach"), EntryHeading::Author("Pat", Some("Sandy Reach")));
        assert_eq!(
            read("Ada Quay BBC News, Port Ellan"),
            EntryHeading::Author("Ada Quay", Some("BBC News, Port Ellan"))
        );
        assert_eq!(read("Ada Quay Business editor"), EntryHeading::Author("Ada Quay", Some("Business editor")));
        assert_eq!(read("Ada Quay, business editor"), EntryHeading::Author("Ada Quay", Some("business editor")));
        assert_eq!(read("BBC Radio 5 live's Ada Quay"), EntryHeading::Author("Ada Quay", None));
    }

    #[test]
    fn other_words_are_a_label_a_title_or_prose() {
        assert_eq!(read("Breaking News"), EntryHeading::Breaking("Breaking News"));
        assert_eq!(read("Rovers 2-0 United"), EntryHeading::Title("Rovers 2-0 United"));
        assert_eq!(read("Rain, wind and more rain"), EntryHeading::Title("Rain, wind and more rain"));
        assert_eq!(read("The last boat is in."), EntryHeading::Prose("The last boat is in."));
        assert_eq!(read("\"We are in\""), EntryHeading::Prose("\"We are in\""));
        assert_eq!(read(""), EntryHeading::Nothing);
    }
}
