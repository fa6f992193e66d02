//! White space, and characters that are not seen.

use std::borrow::Cow;

/// The text with plain spaces for no-break ones, and without the invisible characters that dumps are strewn with:
/// zero-width spaces, word joiners, byte order marks, soft hyphens. Joiners stay, for emoji and scripts need them.
pub fn normalize(text: Cow<str>) -> Cow<str> {
    const INVISIBLE: [char; 4] = ['\u{200b}', '\u{2060}', '\u{feff}', '\u{ad}'];
    const NO_BREAK: [char; 2] = ['\u{a0}', '\u{202f}'];
    let is_odd = |c: char| INVISIBLE.contains(&c) || NO_BREAK.contains(&c);
    // Each of them begins, in UTF-8, with one of three bytes.
    let mut suspects = memchr::memchr3_iter(0xc2, 0xe2, 0xef, text.as_bytes());
    if !suspects.any(|at| text[at..].starts_with(is_odd)) {
        return text;
    }
    let kept = text.chars().filter(|c| !INVISIBLE.contains(c));
    Cow::Owned(kept.map(|c| if NO_BREAK.contains(&c) { ' ' } else { c }).collect())
}

/// Adds words to a line, with one space for any run of white space between them; says whether there were any words.
pub fn push_collapsed(line: &mut String, words: &str) -> bool {
    let is_collapsed = |bytes: &[u8]| {
        let mut above = 0;
        // White space beyond ASCII begins with one of the last.
        bytes.iter().all(|&byte| {
            let above = std::mem::replace(&mut above, byte);
            !matches!(byte, 0x00..=0x1f | 0x7f | 0xc2 | 0xe1 | 0xe2 | 0xe3) && (byte, above) != (b' ', b' ')
        })
    };
    let trimmed = words.trim();
    if is_collapsed(trimmed.as_bytes()) {
        line.push_str(trimmed);
        return !trimmed.is_empty();
    }
    for (index, word) in trimmed.split_whitespace().enumerate() {
        if index > 0 {
            line.push(' ');
        }
        line.push_str(word);
    }
    !trimmed.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_go_and_joiners_stay() {
        assert_eq!(normalize("a\u{200b}b\u{a0}c \u{1f469}\u{200d}\u{1f52c}".into()), "ab c \u{1f469}\u{200d}\u{1f52c}");
    }
}
