//! The shape of a line: length, openings and ends, regardless of what it says.

pub use crate::locale::{same, strip_opening};

/// Whether a sentence ends with the line: `.`, `!`, `?`, `…` or `:`, or as other scripts end one, perhaps before closing
/// quotes or brackets.
pub fn ends_sentence(text: &str) -> bool {
    // Most lines end in a letter or in a stop.
    match text.as_bytes().last() {
        Some(byte) if byte.is_ascii_alphanumeric() => return false,
        Some(b'.' | b'!' | b'?' | b':' | b';' | b',') => return true,
        _ => {}
    }
    let closing = ['"', '\'', '”', '’', ')', ']', '»', '*', ' '];
    text.trim_end_matches(closing)
        .ends_with(['.', '!', '?', '…', ':', ';', ',', '।', '۔', '؟', '။', '።', '。', '！', '？'])
}

/// Whether the line opens with a quotation mark.
pub fn opens_quotation(text: &str) -> bool {
    text.starts_with(['"', '\'', '“', '‘', '«', '„'])
}

/// How many words the line has, counted up to `most`.
pub fn words_up_to(text: &str, most: usize) -> usize {
    text.split_whitespace().take(most + 1).count()
}

/// Whether the line has at most `most` words.
pub fn at_most_words(text: &str, most: usize) -> bool {
    // A word and the space behind it have two bytes or more.
    text.len() < 2 * most || words_up_to(text, most) <= most
}

/// Whether the line has at most `most` words, and ends no sentence.
pub fn is_phrase(text: &str, most: usize) -> bool {
    !ends_sentence(text) && at_most_words(text, most)
}

/// Whether the text begins with the opening, regardless of case.
pub fn begins_with(text: &str, opening: &str) -> bool {
    strip_opening(text, opening).is_some()
}

/// The text, unless it is empty or the full stop that replaces an empty one.
pub fn non_empty(text: &str) -> Option<&str> {
    let text = text.trim();
    (!text.is_empty() && text != ".").then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_may_end_inside_quotes_or_brackets() {
        assert!(ends_sentence("It reopened."));
        assert!(ends_sentence("\"It reopened.\""));
        assert!(ends_sentence("(It did!)"));
        assert!(!ends_sentence("Engineers at the northern portal"));
        assert!(!ends_sentence("The 'Duchess'"));
    }
}
