//! Text into lines.

use std::borrow::Cow;

use super::Line;

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

/// The text with letters for escapes such as `\\u00a3`, which some dumps of the years before 2015 hold.
pub fn unescape(text: Cow<str>) -> Cow<str> {
    if memchr::memmem::find(text.as_bytes(), b"\\u").is_none() {
        return text;
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(at) = rest.find("\\u") {
        kept.push_str(&rest[..at]);
        let (letters, length) = escapes(&rest[at..]);
        kept.push_str(&letters);
        rest = &rest[at + length..];
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// What the escapes at the start of the text mean, and how long they are. A letter beyond the basic plane is two of
/// them; what is no escape stays as it is.
fn escapes(text: &str) -> (String, usize) {
    let unit = |text: &str| u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok();
    let units: Vec<u16> = [text.get(0..), text.get(6..)].into_iter().map_while(|text| unit(text?)).collect();
    for length in [1, 2] {
        let letter = units.get(..length).and_then(|units| String::from_utf16(units).ok());
        if let Some(letter) = letter.filter(|letter| !letter.chars().any(char::is_control)) {
            return (letter, 6 * length);
        }
    }
    ("\\u".to_owned(), 2)
}

/// The lines of a text; they end at LF, CR LF or CR alone.
pub fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::with_capacity(text.len() / 64);
    let (mut start, mut number) = (0, 1);
    for end in memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()) {
        if end < start {
            continue; // the LF of a CR LF
        }
        lines.push(Line::read(number, &text[start..end]));
        number += 1;
        start = end + if text[end..].starts_with("\r\n") { 2 } else { 1 };
    }
    if start < text.len() {
        lines.push(Line::read(number, &text[start..]));
    }
    without_doubling(lines)
}

/// The lines without those that double spacing put between them: where a blank line follows each line, even those that
/// belong together, every second one goes.
fn without_doubling(lines: Vec<Line>) -> Vec<Line> {
    let gaps = || lines.split(|line| !line.is_blank()).skip(1).map(<[Line]>::len);
    let inner = gaps().count().saturating_sub(1); // the last gap is the end of the text
    let is_doubled = gaps().take(inner).all(|gap| gap % 2 == 1) && gaps().take(inner).any(|gap| gap > 1);
    if !is_doubled {
        return lines;
    }
    let mut blanks = 0;
    let keep = |line: &Line| {
        blanks = if line.is_blank() { blanks + 1 } else { 0 };
        blanks % 2 == 0
    };
    lines.into_iter().filter(keep).collect()
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
    fn lines_end_at_lf_cr_lf_or_cr_alone() {
        let words: Vec<_> = lines("one\ntwo\r\nthree\r\rfive").iter().map(|line| (line.number, line.text)).collect();
        assert_eq!(words, [(1, "one"), (2, "two"), (3, "three"), (4, ""), (5, "five")]);
    }

    #[test]
    fn a_blank_line_behind_each_line_is_double_spacing() {
        let numbers = |text| lines(text).iter().map(|line| (line.number, line.text)).collect::<Vec<_>>();
        assert_eq!(numbers("one\n\ntwo\n\n\n\nthree\n"), [(1, "one"), (3, "two"), (5, ""), (7, "three")]);
        assert_eq!(numbers("one\n\ntwo"), [(1, "one"), (2, ""), (3, "two")]);
    }

    #[test]
    fn escapes_become_letters_and_what_is_none_stays() {
        let kept = |text| unescape(Cow::Borrowed(text)).into_owned();
        assert_eq!(kept(r"\u00a310, \ud83d\ude00!"), "£10, 😀!");
        assert_eq!(kept(r"\u00g0 \ud83d \u000a \u"), r"\u00g0 \ud83d \u000a \u");
    }

    #[test]
    fn invisible_characters_go_and_joiners_stay() {
        assert_eq!(normalize("a\u{200b}b\u{a0}c \u{1f469}\u{200d}\u{1f52c}".into()), "ab c \u{1f469}\u{200d}\u{1f52c}");
    }
}
