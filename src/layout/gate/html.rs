//! The gate of pages of HTML, without building their tree: what data and documents need at least.
//!
//! Words of a page may be broken by tags, entities and spaces: `published <b>at</b>&nbsp;`. So they are sought among the
//! letters of its text, with all else left out. A page on which letters are written as entities is not refused.

use std::sync::LazyLock;

use memchr::memmem;

use super::word_search::WordSearch;
use crate::layout::text::bbc::html::MARKERS;
use crate::layout::text::{evidence, live_reporting};
use crate::locale::{ENGLISH, LANGUAGES};

/// Whether a layout may find entries in a page of HTML.
pub fn may_have_entries(html: &str) -> bool {
    SOURCE_WORDS.are_in(html) || Letters::read(html).is_none_or(|letters| letters.may_have_entries())
}

/// Words of the source itself: of data, of attributes, of an address.
static SOURCE_WORDS: LazyLock<WordSearch> = LazyLock::new(|| {
    let stamps = LANGUAGES.iter().flat_map(|language| language.published.words()).filter_map(|words| words.get(1..));
    let words = ["LiveBlogPosting", "liveBlogUpdate", "bbc", "BBC", "Bbc"].into_iter().chain(MARKERS).chain(stamps);
    WordSearch::new(words)
});

/// Words of the text, without what is between their letters.
static TEXT_WORDS: LazyLock<WordSearch> = LazyLock::new(|| {
    let stamps = LANGUAGES.iter().flat_map(|language| language.published.words()).copied();
    let words = stamps.chain(live_reporting::MARKS).chain([ENGLISH.fields[1]]).chain(evidence::words());
    let letters = |word: &str| word.bytes().filter_map(letter).collect::<Vec<u8>>();
    WordSearch::new(words.map(letters))
});

/// The letters, digits and colons of a page's text.
struct Letters {
    letters: Vec<u8>,
    /// Where text begins behind a tag or a line end.
    starts: Vec<usize>,
    /// Whether there is a numbered list, whose numbers are not in the text.
    has_numbers: bool,
}

/// A byte that is kept, as a small letter.
fn letter(byte: u8) -> Option<u8> {
    (byte.is_ascii_alphanumeric() || byte == b':').then(|| byte.to_ascii_lowercase())
}

impl Letters {
    /// Reads a page; `None` if that is not certain, because a letter is written as an entity, or a tag is not well formed.
    fn read(html: &str) -> Option<Letters> {
        let bytes = html.as_bytes();
        let mut found =
            Letters { letters: Vec::with_capacity(bytes.len() / 4), starts: Vec::new(), has_numbers: false };
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'<' => {
                    found.has_numbers |= is_tag(&bytes[at + 1..], "ol");
                    at = behind_tag(bytes, at)?;
                    found.start();
                }
                b'&' => at = behind_entity(bytes, at)?,
                b'\\' => at = behind_escape(bytes, at)?,
                b'\n' | b'\r' => {
                    found.start();
                    at += 1;
                }
                _ => {
                    found.letters.extend(letter(byte));
                    at += 1;
                }
            }
        }
        Some(found)
    }

    /// Notes that text begins here.
    fn start(&mut self) {
        if self.starts.last() != Some(&self.letters.len()) {
            self.starts.push(self.letters.len());
        }
    }

    fn may_have_entries(&self) -> bool {
        let begins_with_clock = |start: &usize| begins_with_clock(&self.letters[*start..], self.has_numbers);
        TEXT_WORDS.are_in(&self.letters) || self.starts.iter().any(begins_with_clock)
    }
}

/// Whether letters begin with a clock that has a colon or a number beside it: `19:44:`, `1944:`, `1. 03:59`; or with words
/// and a clock with a colon: `BUDGET 06:03:`.
fn begins_with_clock(letters: &[u8], has_numbers: bool) -> bool {
    /// As long as a kicker and its clock.
    const LONGEST: usize = 60;
    let letters = &letters[..letters.len().min(LONGEST)];
    let digits = |from: usize| letters[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    memchr::memchr_iter(b':', letters).any(|at| {
        let before = letters[..at].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let is_first = before == at;
        match before {
            1..=2 => digits(at + 1) >= 2 && (is_first && has_numbers || letters.get(at + 3) == Some(&b':')),
            // The digits of a number may come before those of the clock; more are those of a date.
            3..=7 => true,
            _ => false,
        }
    })
}

/// Where the text goes on behind the tag, comment or script that begins at `at`.
fn behind_tag(bytes: &[u8], at: usize) -> Option<usize> {
    let find =
        |words: &[u8], from: usize| memmem::find(bytes.get(from..)?, words).map(|found| from + found + words.len());
    match bytes.get(at + 1) {
        Some(b'!') if bytes[at..].starts_with(b"<!--") => {
            let rest = &bytes[at + 4..];
            if rest.starts_with(b">") || rest.starts_with(b"->") {
                return find(b">", at + 4);
            }
            let ends = [&b"-->"[..], b"--!>"].into_iter().filter_map(|end| find(end, at + 4));
            Some(ends.min().unwrap_or(bytes.len()))
        }
        Some(b'!' | b'?') => Some(find(b">", at).unwrap_or(bytes.len())),
        Some(b'/') => behind_name(bytes, at + 2),
        Some(letter) if letter.is_ascii_alphabetic() => {
            let end = behind_name(bytes, at + 1)?;
            let closing = ["script", "style"].into_iter().find(|name| is_tag(&bytes[at + 1..], name));
            let Some(name) = closing.filter(|_| end <= bytes.len()) else { return Some(end) };
            let mut from = end;
            while let Some(close) = find(b"</", from) {
                if is_tag(&bytes[close..], name) {
                    return behind_name(bytes, close);
                }
                from = close;
            }
            Some(bytes.len())
        }
        _ => Some(at + 1),
    }
}

/// Whether the name of a tag comes next, and no longer one.
fn is_tag(bytes: &[u8], name: &str) -> bool {
    bytes.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name.as_bytes()))
        && bytes.get(name.len()).is_none_or(|next| !next.is_ascii_alphanumeric())
}

/// The end of a tag whose name begins at `at`. A `>` in quotes does not end it, and quotes are around values only.
fn behind_name(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut is_value = false;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'>' => return Some(at),
            b'=' => is_value = true,
            b'"' | b'\'' if is_value => {
                let Some(length) = memchr::memchr(byte, &bytes[at..]) else { return Some(bytes.len()) };
                at += length + 1;
                is_value = false;
            }
            b'"' | b'\'' => return None,
            _ => is_value &= byte.is_ascii_whitespace(),
        }
    }
    Some(at)
}

/// Where the text goes on behind an entity: `&nbsp;`, `&#8217;`, `&nbsp`. `None` if it may be a letter.
fn behind_entity(bytes: &[u8], at: usize) -> Option<usize> {
    /// Named spaces that need no semicolon.
    const BARE: [&[u8]; 2] = [b"nbsp", b"shy"];
    let rest = &bytes[at + 1..];
    let (begin, is_part): (usize, fn(&u8) -> bool) = match rest {
        [b'#', b'x' | b'X', ..] => (2, u8::is_ascii_hexdigit),
        [b'#', ..] => (1, u8::is_ascii_digit),
        _ => (0, u8::is_ascii_alphanumeric),
    };
    let length = rest[begin..].iter().take_while(|byte| is_part(byte)).count();
    let name = &rest[begin..begin + length];
    if begin > 0 {
        let digits = std::str::from_utf8(name).unwrap_or_default();
        let number = u32::from_str_radix(digits, if begin == 2 { 16 } else { 10 });
        if number.is_ok_and(|number| u8::try_from(number).is_ok_and(|byte| letter(byte).is_some())) {
            return None;
        }
    }
    let end = at + 1 + begin + length;
    if bytes.get(end) == Some(&b';') {
        // `&colon;`, `&fjlig;`
        let is_letter = begin == 0 && (name == b"colon" || name == b"fjlig");
        return if is_letter { None } else { Some(end + 1) };
    }
    match BARE.into_iter().find(|space| begin == 0 && name.starts_with(space)) {
        Some(space) => Some(at + 1 + space.len()),
        None if begin > 0 => Some(end),
        None => Some(at + 1),
    }
}

/// Where the text goes on behind an escape of some dumps, `\u00a3`. `None` if it may be a letter.
fn behind_escape(bytes: &[u8], at: usize) -> Option<usize> {
    let digits = bytes.get(at + 2..at + 6).filter(|_| bytes.get(at + 1) == Some(&b'u'));
    let number = digits.and_then(|digits| u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
    match number {
        Some(number) if u8::try_from(number).is_ok_and(|byte| letter(byte).is_some()) => None,
        Some(_) => Some(at + 6),
        None => Some(at + 1),
    }
}
