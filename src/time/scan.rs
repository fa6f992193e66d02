//! The smallest steps of reading: a number, a word, a prefix at the beginning of a text.

use std::ops::RangeInclusive;

/// Where the words of a text start.
pub(super) fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut in_word = false;
    text.char_indices().filter_map(move |(at, c)| {
        let before = std::mem::replace(&mut in_word, !c.is_whitespace());
        (in_word && !before).then_some(at)
    })
}

/// A number with so many digits, and what follows it.
pub(super) fn number(text: &str, digits: RangeInclusive<usize>) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(length);
    digits.contains(&length).then(|| Some((number.parse().ok()?, rest)))?
}

/// A number with so many digits, and nothing else.
pub(super) fn whole_number(text: &str, digits: RangeInclusive<usize>) -> Option<u32> {
    number(text, digits).filter(|(_, rest)| rest.is_empty()).map(|(number, _)| number)
}

/// What follows `word` in any case, unless it goes on.
pub(super) fn whole_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    after(text, word).filter(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// What follows `prefix` in any case.
pub(super) fn after<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}
