//! The shape of a line: length, openings and ends, regardless of what it says.

/// Whether a sentence ends with the line: `.`, `!`, `?`, `…` or `:`, or as other scripts end one, perhaps before closing
/// quotes or brackets.
pub fn ends_sentence(text: &str) -> bool {
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
    words_up_to(text, most) <= most
}

/// Whether the line has at most `most` words, and ends no sentence.
pub fn is_phrase(text: &str, most: usize) -> bool {
    !ends_sentence(text) && at_most_words(text, most)
}

/// Whether the text begins with the opening, regardless of case.
pub fn begins_with(text: &str, opening: &str) -> bool {
    strip_opening(text, opening).is_some()
}

/// The text after an opening, regardless of case.
pub fn strip_opening<'a>(text: &'a str, opening: &str) -> Option<&'a str> {
    // Most lines differ in their first letter, and are asked for dozens of openings.
    if !text.as_bytes().first()?.eq_ignore_ascii_case(opening.as_bytes().first()?) {
        return None;
    }
    let (first, rest) = text.split_at_checked(opening.len())?;
    same(first, opening).then_some(rest)
}

/// Whether two texts are equal, regardless of case.
pub fn same(one: &str, other: &str) -> bool {
    // Most texts differ in length, and are compared with dozens of others.
    one.len() == other.len() && same_letters(one, other)
}

fn same_letters(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other) || !one.is_ascii() && one.to_lowercase() == other.to_lowercase()
}

/// The position of the words' last occurrence. Most lines do not contain them, and searching forward is many times as
/// fast as searching backward.
pub fn find_last(text: &str, words: &str) -> Option<usize> {
    if !text.contains(words) {
        return None;
    }
    let mut last = text.find(words)?;
    while let Some(next) = memchr::memmem::find(&text.as_bytes()[last + words.len()..], words.as_bytes()) {
        last += words.len() + next;
    }
    Some(last)
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

    #[test]
    fn an_opening_is_found_whatever_its_case() {
        assert_eq!(strip_opening("image source, PA", "Image source,"), Some(" PA"));
        assert_eq!(strip_opening("Imagé", "Image source,"), None);
        assert_eq!(strip_opening("DISGRIFIAD O’R LLUN, x", "Disgrifiad o’r llun,"), Some(" x"));
    }
}
