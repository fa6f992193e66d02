//! Text into lines.

use std::borrow::Cow;

use super::Line;

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
    let bytes = text.as_bytes();
    // Few texts have CR, and searching for one letter is faster than for two.
    let lines = match memchr::memchr(b'\r', bytes) {
        None => lines_to(text, memchr::memchr_iter(b'\n', bytes)),
        Some(_) => lines_to(text, memchr::memchr2_iter(b'\n', b'\r', bytes)),
    };
    without_doubling(lines)
}

/// The lines of a text that end at these places.
fn lines_to(text: &str, ends: impl Iterator<Item = usize>) -> Vec<Line<'_>> {
    let bytes = text.as_bytes();
    let mut lines = Vec::with_capacity(text.len() / 64);
    let (mut start, mut number) = (0, 1);
    for end in ends {
        if end < start {
            continue; // the LF of a CR LF
        }
        lines.push(Line::read(number, &text[start..end]));
        number += 1;
        let is_pair = bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n');
        start = end + if is_pair { 2 } else { 1 };
    }
    if start < text.len() {
        lines.push(Line::read(number, &text[start..]));
    }
    lines
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
}
