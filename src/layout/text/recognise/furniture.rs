//! Furniture: known words that every page has, and that say nothing of its story.

use std::borrow::Cow;

use super::shape::{at_most_words, strip_opening};
use crate::layout::text::cursor::Cursor;
use crate::layout::text::line::{Line, Mark};
use crate::layout::text::uses::Use;
use crate::locale::{FirstLetters, Language, WordList};

/// A line of furniture within an entry: `Share this post`, a contact line, the note under a video.
pub fn furniture(at: &mut Cursor) -> Option<()> {
    let line = at.next()?;
    let is_known = is_furniture(line.text, at.language()) && !is_of_list(at, line);
    (is_known || is_contact_below_title(at, line.text)).then(|| at.take(Use::Furniture))
}

/// Whether a line that only begins as furniture is one of several items: `• Sign up for our letter to read more`.
fn is_of_list(at: &Cursor, line: &Line) -> bool {
    let is_item = |below: &Line| below.mark == Some(Mark::Bullet) && !is_furniture(below.text, at.language());
    line.mark == Some(Mark::Bullet)
        && at.language().furniture_openings.begins(line.text)
        && (matches!(at.last(), Some(Use::Item { .. })) || at.ahead(1).is_some_and(is_item))
}

/// Whether the line is a lone hashtag right under `Get involved`, and not all that the entry has.
fn is_contact_below_title(at: &Cursor, text: &str) -> bool {
    text.starts_with('#') && at_most_words(text, 1) && at.ahead(1).is_some() && is_below_invitation(at)
}

/// Whether the next line is right under a title that invites readers to write: `Get involved`.
pub fn is_below_invitation(at: &Cursor) -> bool {
    let title = match at.last() {
        Some(Use::Title(title)) => title.text,
        _ => None,
    };
    title.is_some_and(|title| is_furniture(title, at.language()))
}

/// The letters with which sentences begin that may be furniture.
pub fn openings(language: &Language) -> FirstLetters {
    FirstLetters::of_lists(&[
        &language.furniture,
        &language.furniture_openings,
        &language.contact_openings,
        &OTHER_OPENINGS,
    ])
}

/// What furniture begins with that is no words of one language.
static OTHER_OPENINGS: WordList = WordList::new(&["Page ", "BBC "]);

/// Whether the line is known furniture.
pub fn is_furniture(text: &str, language: &Language) -> bool {
    language.furniture.contains(text)
        || language.furniture_openings.begins(text)
        || text == "."
        || is_page_number(text)
        || text.starts_with("BBC ") && text.ends_with(" banner")
        || is_contact(text, language)
}

/// Whether the line says how to reach the page's writers:
///
/// ```text
/// Email us at quay@example.org
/// #harbourcup, text 81111 (in Ellan only) or WhatsApp 01234 567890
/// ```
///
/// What merely begins so is text: `Email us or write, says the harbour master.`
fn is_contact(text: &str, language: &Language) -> bool {
    if text.starts_with('#') {
        let Some((_, rest)) = text.split_once([' ', ',']) else { return false };
        let rest = rest.to_lowercase();
        return has_address(&rest) && language.contact_words.iter().any(|word| rest.contains(word));
    }
    let opens = || language.contact_openings.begins(text);
    opens() && (has_address(text) || at_most_words(text, 4) && !text.ends_with('.'))
}

/// Whether there is a hashtag, a mailbox, a web address or the number of a telephone.
fn has_address(text: &str) -> bool {
    text.contains(['@', '#'])
        || text.contains("http")
        || text.contains("www.")
        || text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() >= 5)
}

/// Removes the note that hidden words add after each link to another site:
///
/// ```text
/// … says the harbour board , externalin a statement. It wrote to us, external and to others.
/// ```
///
/// With a space before the comma it is the note for sure, even glued to the next word; without one, it is a word of
/// its own, and not the second of `internal, external`.
pub fn remove_link_notes(text: Cow<str>) -> Cow<str> {
    const NOTE: &str = ", external";
    let mut kept = String::new();
    let mut from = 0;
    for at in memchr::memmem::find_iter(text.as_bytes(), NOTE) {
        let (before, behind) = (&text[from..at], &text[at + NOTE.len()..]);
        let glued = behind.starts_with(char::is_alphanumeric);
        if before.ends_with(' ') || !glued && !before.ends_with("internal") {
            kept.push_str(before.trim_end_matches(' '));
            kept.push_str(if glued { " " } else { "" });
            from = at + NOTE.len();
        }
    }
    if from == 0 {
        return text;
    }
    kept.push_str(&text[from..]);
    Cow::Owned(kept)
}

/// Whether the line is the first of what follows the last entry: `Related topics`, `Copyright ©`.
pub fn is_footer(text: &str, language: &Language) -> bool {
    language.footer.begins(text)
}

/// `Page 1 of 12`
fn is_page_number(text: &str) -> bool {
    let numbers = strip_opening(text, "Page ").and_then(|rest| rest.split_once(" of "));
    numbers.is_some_and(|(one, all)| [one, all].iter().all(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::ENGLISH;

    #[test]
    fn a_contact_line_has_an_address_or_is_short() {
        for line in [
            "Email us at quay@example.org",
            "Text us on 81111",
            "#harbourcup, text 81111 (in Ellan only - at the usual rates) or WhatsApp 01234 567890",
            "#harbourcup, via WhatsApp on 01234567890",
            "#sixharbours or text 81111",
            "Tweet #harbourcup, text 81111 or WhatsApp 01234567890",
            "Get involved using #harbourcup",
            "Send us a text",
        ] {
            assert!(is_contact(line, &ENGLISH), "{line}");
        }
        for line in [
            "Email us or write to us, says the harbour master, and somebody will answer.",
            "#harbourcup",
            "#harbourcup has been used 81111 times today",
            "Text messages went to 64 people on the ferry",
        ] {
            assert!(!is_contact(line, &ENGLISH), "{line}");
        }
    }

    #[test]
    fn the_note_behind_a_link_goes_even_glued_to_the_next_word() {
        let kept = |text| remove_link_notes(Cow::Borrowed(text)).into_owned();
        assert_eq!(kept("the board , externalin a statement"), "the board in a statement");
        assert_eq!(kept("wrote to us, external and to others , external."), "wrote to us and to others.");
        assert_eq!(kept("internal, external or both"), "internal, external or both");
        assert_eq!(kept("vast, externally"), "vast, externally");
    }
}
