//! Texts compared where spaces, signs, tags and case may differ.

use crate::model::Block;

/// The letters and digits of a text, in lower case.
pub fn letters(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    push_letters(&mut letters, text);
    letters
}

/// Adds the letters and digits of a text, in lower case.
pub fn push_letters(to: &mut String, text: &str) {
    if text.is_ascii() {
        to.extend(text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| char::from(byte.to_ascii_lowercase())));
    } else {
        to.extend(text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
    }
}

/// The letters and digits of a body.
pub fn body_letters(body: &[Block]) -> String {
    let mut letters = String::new();
    texts(body).into_iter().for_each(|text| push_letters(&mut letters, text));
    letters
}

/// The texts of a body, without list marks.
pub fn texts(body: &[Block]) -> Vec<&str> {
    let mut texts: Vec<&str> = Vec::with_capacity(body.len());
    for block in body {
        match block {
            Block::Paragraph { text, .. } | Block::Card { text, .. } => texts.push(text),
            Block::List { items, .. } => texts.extend(items.iter().map(String::as_str)),
            Block::Quote { text, attribution } => {
                texts.extend([Some(text.as_str()), attribution.as_deref()].into_iter().flatten())
            }
            Block::Embed { text, .. } => texts.extend(text.as_deref()),
            Block::Other(block) => texts.extend(block.texts()),
        }
    }
    texts
}

/// The text without the dots at its end, if it ends as one does
/// that a machine cut: `The pumps have been …`.
pub fn without_ellipsis(text: &str) -> Option<&str> {
    let text = text.trim_end_matches([']', ')', ' ']);
    ["…", "..."].iter().find_map(|dots| text.strip_suffix(dots)).map(|rest| rest.trim_end_matches(['.', '[', '(', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_the_same_whatever_the_signs() {
        assert_eq!(letters("It’s <b>24</b>º – ÉTÉ"), letters("it's  <B>24</B>º été"));
    }

    #[test]
    fn a_text_that_was_cut_ends_in_dots() {
        for text in ["The pumps …", "The pumps...", "The pumps [&]".replace('&', "…").as_str(), "The pumps […] "]
        {
            assert_eq!(without_ellipsis(text), Some("The pumps"), "{text}");
        }
        assert_eq!(without_ellipsis("The pumps."), None);
    }
}
