//! The gate of pages of text: what each layout needs at least, asked with the layouts' own words and recognisers.
//!
//! | layout | needs |
//! |---|---|
//! | `bbc` | `published at`; or fields such as `Date:`; or a line that says who made the page, and evidence |
//! | `bbc-sport` | a line that begins with a clock |
//! | `bbc-live-reporting` | a line that only its head has; or numbers or a summary, and evidence |

use std::sync::LazyLock;

use memchr::{memchr, memchr_iter, memchr2, memchr2_iter, memmem, memrchr2};

use super::word_search::WordSearch;
use crate::layout::text::evidence;
use crate::layout::text::line::{self, Line, Mark};
use crate::layout::text::live_reporting;
use crate::layout::text::recognise::name::credit;
use crate::layout::text::recognise::shape::{begins_with, same};
use crate::layout::text::sport::ClockLine;
use crate::locale::{ENGLISH, LANGUAGES, Language, OTHER_SERVICE, WORLD_SERVICE};

/// Whether a layout may find entries in a text, whose spaces and escapes are normalized.
pub fn may_have_entries(text: &str) -> bool {
    STAMP_WORDS.are_in(text) || has_kicker_and_clock(text) || Structure::of_lines(text).may_have_entries(text)
}

/// The words between a title and its time, without their first letter, which may be a capital.
static STAMP_WORDS: LazyLock<WordSearch> = LazyLock::new(|| {
    let words = LANGUAGES.iter().flat_map(|language| language.published.words());
    WordSearch::new(words.filter_map(|words| words.get(1..)))
});

/// `BUDGET 06:03:`
fn has_kicker_and_clock(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ends_clock = |&at: &usize| {
        at > 1
            && bytes[at - 2..at].iter().all(u8::is_ascii_digit)
            && bytes.get(at + 1).is_none_or(|next| next.is_ascii_whitespace() || !next.is_ascii())
    };
    memchr_iter(b':', bytes).filter(ends_clock).any(|at| {
        let start = memrchr2(b'\n', b'\r', &bytes[..at]).map_or(0, |end| end + 1);
        let end = memchr2(b'\n', b'\r', &bytes[at..]).map_or(bytes.len(), |length| at + length);
        ClockLine::read(Line::read(0, &text[start..end]).text).is_some()
    })
}

/// What the lines of a text begin with.
#[derive(Default)]
struct Structure {
    /// Whether a line is one that a layout needs, and no more.
    is_sure: bool,
    /// How many lines have a number.
    numbers: usize,
    /// How many lines are the date of an entry whose fields are marked: `Date: 17:07 BST`.
    dates: usize,
    /// Whether a line says who made the page.
    has_credit: bool,
    /// Whether a line is the heading of a summary.
    has_summary: bool,
}

impl Structure {
    fn of_lines(text: &str) -> Structure {
        let bytes = text.as_bytes();
        match memchr(b'\r', bytes) {
            None => Structure::of_lines_to(text, memchr_iter(b'\n', bytes)),
            Some(_) => Structure::of_lines_to(text, memchr2_iter(b'\n', b'\r', bytes)),
        }
    }

    /// The same for lines that end at these places.
    fn of_lines_to(text: &str, ends: impl Iterator<Item = usize>) -> Structure {
        let (mut found, mut start, beginnings) = (Structure::default(), 0, &*BEGINNINGS);
        for end in ends.chain([text.len()]) {
            if may_be_sign(&text.as_bytes()[start..end], beginnings) {
                found.add(&Line::read(0, &text[start..end]));
                if found.is_sure {
                    break;
                }
            }
            start = end + 1;
        }
        found
    }

    fn add(&mut self, line: &Line) {
        let is_numbered = matches!(line.mark, Some(Mark::Number(_)));
        self.numbers += usize::from(is_numbered);
        self.dates += usize::from(begins_with(line.text, ENGLISH.fields[1]));
        self.has_credit |= credit(line.text, &ENGLISH).is_some();
        self.has_summary |= languages().any(|language| same(line.text, language.summary));
        self.is_sure |= live_reporting::is_mark(line.text)
            || ClockLine::read(line.text).is_some_and(|clock| clock.has_colon || is_numbered);
    }

    /// Whether that is enough for entries.
    fn may_have_entries(&self, text: &str) -> bool {
        self.is_sure
            || self.dates > 1
            || (self.numbers > 2 || self.has_credit || self.has_summary) && has_evidence(text)
    }
}

/// Which two letters, in small letters, begin the words that count.
type Beginnings = [[bool; 26]; 26];

static BEGINNINGS: LazyLock<Beginnings> = LazyLock::new(|| {
    let mut beginnings = [[false; 26]; 26];
    for word in words() {
        if let [first, second, ..] = word.as_bytes() {
            beginnings[letter(*first)][letter(*second)] = true;
        }
    }
    beginnings
});

/// The words that count where a line begins with them.
fn words() -> impl Iterator<Item = &'static str> {
    let summaries = languages().map(|language| language.summary);
    live_reporting::MARKS.into_iter().chain(ENGLISH.credits.iter()).chain([ENGLISH.fields[1]]).chain(summaries)
}

/// Whether a line, by its first two letters or its mark, may be one of those that count: most are not.
fn may_be_sign(line: &[u8], beginnings: &Beginnings) -> bool {
    let is_indented = line.first().is_some_and(u8::is_ascii_whitespace);
    match if is_indented { line.trim_ascii_start() } else { line } {
        [first, second, ..] if first.is_ascii_alphabetic() && second.is_ascii_alphabetic() => {
            beginnings[letter(*first)][letter(*second)]
        }
        // Other bytes begin marks, or are white space beyond ASCII.
        [first, ..] => !first.is_ascii_alphabetic() && !first.is_ascii_punctuation() || matches!(first, b'-' | b'*'),
        [] => false,
    }
}

/// The number of a letter, whatever its case.
fn letter(byte: u8) -> usize {
    usize::from(byte.to_ascii_lowercase().saturating_sub(b'a')).min(25)
}

fn languages() -> impl Iterator<Item = &'static Language> {
    LANGUAGES.iter().chain(WORLD_SERVICE).copied().chain([&OTHER_SERVICE])
}

/// Whether anything on a page is evidence that it is a live page of the BBC.
fn has_evidence(text: &str) -> bool {
    let names_bbc = || [&b"BBC"[..], b"bbc"].iter().any(|name| memmem::find(text.as_bytes(), name).is_some());
    let has_signs = || {
        let lines = line::lines(text);
        let all: Vec<_> = (0..lines.len()).collect();
        languages().any(|language| evidence::is_live_page(&lines, &all, language))
    };
    names_bbc() || has_signs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_count_begin_with_two_letters() {
        for word in words() {
            assert!(word.bytes().take(2).all(|byte| byte.is_ascii_alphabetic()), "{word}");
        }
    }
}
