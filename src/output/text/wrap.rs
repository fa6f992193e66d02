//! Wrapping: a line of text as lines that fit a width, measured as terminals show it.
//!
//! A Chinese character takes two columns, and so does an emoji, of however many code points it is made: what a reader
//! sees as one character is measured as one, and never cut.

use anstream::adapter::strip_str;
use textwrap::core::{self, Fragment};
use textwrap::wrap_algorithms::wrap_first_fit;
use textwrap::{WordSeparator, WordSplitter};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A word, or as much of one as fits into a line, and the blanks behind it.
#[derive(Debug)]
struct Word<'a> {
    text: &'a str,
    blanks: &'a str,
}

impl Fragment for Word<'_> {
    fn width(&self) -> f64 {
        columns(self.text) as f64
    }

    fn whitespace_width(&self) -> f64 {
        self.blanks.width() as f64
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// The lines that a line becomes; those of a list's item hang below its first word.
pub(super) fn wrap(line: &str, width: usize) -> Vec<String> {
    let hang = if line.starts_with("• ") { "  " } else { "" };
    let room = width - hang.len();
    let words: Vec<_> = WordSeparator::AsciiSpace.find_words(line).flat_map(|word| words(&word, room)).collect();
    let lines = wrap_first_fit(&words, &[width as f64, room as f64]);
    let join = |(index, words): (usize, &[Word])| {
        let text: String = words.iter().flat_map(|word| [word.text, word.blanks]).collect();
        format!("{}{}", if index == 0 { "" } else { hang }, text.trim_end())
    };
    lines.into_iter().enumerate().map(join).collect()
}

/// A word, cut behind its hyphens, and where a line ends that it is longer than.
fn words<'a>(word: &core::Word<'a>, room: usize) -> Vec<Word<'a>> {
    let (mut words, mut start) = (Vec::new(), 0);
    for end in WordSplitter::HyphenSplitter.split_points(word).into_iter().chain([word.len()]) {
        let mut rest = &word.word[start..end];
        while columns(rest) > room {
            let (text, after) = rest.split_at(line_end(rest, room));
            words.push(Word { text, blanks: "" });
            rest = after;
        }
        words.push(Word { text: rest, blanks: "" });
        start = end;
    }
    if let Some(last) = words.last_mut() {
        last.blanks = word.whitespace;
    }
    words
}

/// Where the characters end that fit into a line; one always does.
fn line_end(word: &str, room: usize) -> usize {
    let ends = word.grapheme_indices(true).map(|(start, character)| start + character.len());
    let fits = |(index, end): &(usize, usize)| *index == 0 || columns(&word[..*end]) <= room;
    ends.enumerate().take_while(fits).last().map_or(word.len(), |(_, end)| end)
}

/// How many columns a text takes; colour takes none.
fn columns(text: &str) -> usize {
    if text.contains('\u{1b}') { strip_str(text).to_string().width() } else { text.width() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_wide_as_terminals_show_them() {
        assert_eq!(wrap("Water rises at the portal", 12), ["Water rises", "at the", "portal"]);
        assert_eq!(wrap("水位 水位 水位", 10), ["水位 水位", "水位"]);
    }

    #[test]
    fn an_emoji_takes_two_columns_of_however_many_parts_it_is_made() {
        let family = "👩‍👩‍👧‍👦";
        assert_eq!(wrap(&[family; 4].join(" "), 8), [[family; 3].join(" "), family.to_owned()]);
        assert_eq!(wrap(&["🇬🇧"; 4].join(" "), 8), ["🇬🇧 🇬🇧 🇬🇧", "🇬🇧"]);
        assert_eq!(wrap(&["👍🏽"; 4].join(" "), 8), ["👍🏽 👍🏽 👍🏽", "👍🏽"]);
    }

    #[test]
    fn a_word_that_is_longer_than_a_line_is_cut_between_characters() {
        assert_eq!(wrap("水位水位水位", 5), ["水位", "水位", "水位"]);
        assert_eq!(wrap("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 5), ["👩‍👩‍👧‍👦👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"]);
        assert_eq!(wrap("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
        assert_eq!(wrap("well-known", 6), ["well-", "known"]);
    }

    #[test]
    fn colour_takes_no_room_and_is_not_cut() {
        let red = |text: &str| format!("\u{1b}[31m{text}\u{1b}[0m");
        assert_eq!(wrap(&format!("All {} failed", red("pumps")), 16), [format!("All {} failed", red("pumps"))]);
        assert_eq!(wrap(&red("pumps"), 3), ["\u{1b}[31mpum", "ps\u{1b}[0m"]);
    }

    #[test]
    fn an_item_hangs_below_its_first_word() {
        assert_eq!(wrap("• Pumps at both of the portals", 20), ["• Pumps at both of", "  the portals"]);
    }

    #[test]
    fn a_line_without_words_stays_a_line() {
        assert_eq!(wrap("", 20), [""]);
    }
}
