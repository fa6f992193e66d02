//! Writing text for reading: cleaned, indented, in style, and wrapped to a width as terminals show it.
//!
//! A Chinese character takes two columns, and so does an emoji, of however many code points it is made: what a reader
//! sees as one character is measured as one, and never cut.

use std::borrow::Cow;
use std::io::{self, Write};

use anstream::adapter::strip_str;
use anstyle::{AnsiColor, Style};
use textwrap::core::{self, Fragment};
use textwrap::wrap_algorithms::wrap_first_fit;
use textwrap::{WordSeparator, WordSplitter};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::model::Span;
use crate::output::PrintOptions;
use crate::output::terminal_safe;

/// Text gets at least so many columns, however narrow the terminal.
const LEAST_ROOM: usize = 20;

/// Where text for reading is written.
pub(super) struct TextWriter<W> {
    to: W,
    width: Option<usize>,
    color: bool,
}

/// A part of a block; one without words is left out.
pub(super) enum Part {
    /// Text in bold.
    Strong(String),
    /// Text as it is.
    Plain(String),
    /// Text in faint.
    Faint(String),
    /// Text in this style, with the words that a search found in red.
    Found(Style, Vec<Span>),
    /// A blank line between the words before and the words after it.
    Gap,
}

impl<W: Write> TextWriter<W> {
    pub(super) fn new(to: W, options: &PrintOptions) -> Self {
        Self { to, width: options.width, color: options.color }
    }

    /// Writes parts, one below another: `gutter` before the first, as much space before the others.
    pub(super) fn block(&mut self, gutter: &str, parts: &[Part]) -> io::Result<()> {
        let indent = " ".repeat(gutter.width());
        let (mut begun, mut gap) = (false, false);
        for part in parts {
            let (words, style) = match part {
                Part::Strong(words) => (terminal_safe(words), Style::new().bold()),
                Part::Plain(words) => (terminal_safe(words), Style::new()),
                Part::Faint(words) => (terminal_safe(words), Style::new().dimmed()),
                Part::Found(style, spans) => (self.found(*style, spans), Style::new()),
                Part::Gap => {
                    gap = begun;
                    continue;
                }
            };
            let style = if self.color { style } else { Style::new() };
            for line in words.lines() {
                if std::mem::take(&mut gap) {
                    self.blank()?;
                }
                for words in self.wrap(line, indent.len()) {
                    let before = if std::mem::replace(&mut begun, true) { &indent } else { gutter };
                    match words.trim_end() {
                        "" => self.blank()?,
                        words => writeln!(self.to, "{before}{style}{words}{style:#}")?,
                    }
                }
            }
        }
        if begun || gutter.trim().is_empty() { Ok(()) } else { writeln!(self.to, "{}", gutter.trim_end()) }
    }

    /// A blank line.
    pub(super) fn blank(&mut self) -> io::Result<()> {
        writeln!(self.to)
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }

    /// Words cleaned, with those in colour that were looked for; wrapping takes no account of colour.
    fn found(&self, style: Style, spans: &[Span]) -> Cow<'static, str> {
        let found = AnsiColor::Red.on_default().bold();
        let style = |span: &Span| match self.color {
            true if span.found => found,
            true => style,
            false => Style::new(),
        };
        let spans = spans.iter().map(|span| (style(span), terminal_safe(&span.text)));
        spans.map(|(style, words)| format!("{style}{words}{style:#}")).collect::<String>().into()
    }

    /// The lines that a line becomes below an indent.
    fn wrap(&self, line: &str, indent: usize) -> Vec<String> {
        match self.width {
            Some(width) => {
                // The lines of a list's item hang below its first word.
                let hang = if line.starts_with("• ") { "  " } else { "" };
                wrap(line, width.saturating_sub(indent).max(LEAST_ROOM), hang)
            }
            None => vec![line.to_owned()],
        }
    }
}

/// A word, or as much of one as fits into a line, and the blanks after it.
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

/// The lines that a line becomes, as terminals show it: those after the first begin with `indent`.
///
/// ```
/// use liveblog::output::wrap;
///
/// assert_eq!(wrap("• Pumps at both of the portals", 20, "  "), ["• Pumps at both of", "  the portals"]);
/// ```
pub fn wrap(line: &str, width: usize, indent: &str) -> Vec<String> {
    // However far lines are indented, there is room for a word.
    let room = width.saturating_sub(indent.len()).max(width.min(LEAST_ROOM));
    let words: Vec<_> = WordSeparator::AsciiSpace.find_words(line).flat_map(|word| words(&word, room)).collect();
    let lines = wrap_first_fit(&words, &[width as f64, room as f64]);
    let join = |(index, words): (usize, &[Word])| {
        let text: String = words.iter().flat_map(|word| [word.text, word.blanks]).collect();
        format!("{}{}", if index == 0 { "" } else { indent }, text.trim_end())
    };
    lines.into_iter().enumerate().map(join).collect()
}

/// Splits a word after its hyphens, and where it is longer than a line.
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

    fn laid_out(width: usize, gutter: &str, parts: &[Part]) -> String {
        let mut printed = vec![];
        let options = PrintOptions { width: Some(width), ..PrintOptions::default() };
        TextWriter::new(&mut printed, &options).block(gutter, parts).unwrap();
        String::from_utf8(printed).unwrap()
    }

    #[test]
    fn lines_are_wrapped_beside_their_gutter() {
        let parts = [Part::Strong("Water rises at the northern portal".into()), Part::Plain("By noon.".into())];
        assert_eq!(
            laid_out(30, "14:27  ", &parts),
            "14:27  Water rises at the\n       northern portal\n       By noon.\n"
        );
    }

    #[test]
    fn words_that_were_found_are_in_colour_which_takes_no_room() {
        let span = |text: &str, found| Span { text: text.to_owned(), found };
        let spans = vec![span("All ", false), span("northern pumps", true), span(" failed", false)];
        let mut printed = vec![];
        let options = PrintOptions { width: Some(20), color: true, ..PrintOptions::default() };
        TextWriter::new(&mut printed, &options).block("  ", &[Part::Found(Style::new(), spans.clone())]).unwrap();
        assert_eq!(String::from_utf8(printed).unwrap(), "  All \u{1b}[1m\u{1b}[31mnorthern pumps\u{1b}[0m\n  failed\n");
        assert_eq!(laid_out(20, "", &[Part::Found(Style::new().bold(), spans)]), "All northern pumps\nfailed\n");
    }

    #[test]
    fn a_gap_is_only_between_words() {
        let plain = |words: &str| Part::Plain(words.to_owned());
        let parts = [Part::Gap, plain("One"), Part::Gap, plain(""), Part::Gap, plain("Two"), Part::Gap];
        assert_eq!(laid_out(20, "", &parts), "One\n\nTwo\n");
    }

    #[test]
    fn a_gutter_is_printed_without_words_too() {
        assert_eq!(laid_out(20, "14:27  ", &[Part::Plain(String::new())]), "14:27\n");
    }

    #[test]
    fn lines_are_as_wide_as_terminals_show_them() {
        assert_eq!(wrap("Water rises at the portal", 12, ""), ["Water rises", "at the", "portal"]);
        assert_eq!(wrap("水位 水位 水位", 10, ""), ["水位 水位", "水位"]);
    }

    #[test]
    fn an_emoji_takes_two_columns_of_however_many_parts_it_is_made() {
        let family = "👩‍👩‍👧‍👦";
        assert_eq!(wrap(&[family; 4].join(" "), 8, ""), [[family; 3].join(" "), family.to_owned()]);
        assert_eq!(wrap(&["🇬🇧"; 4].join(" "), 8, ""), ["🇬🇧 🇬🇧 🇬🇧", "🇬🇧"]);
        assert_eq!(wrap(&["👍🏽"; 4].join(" "), 8, ""), ["👍🏽 👍🏽 👍🏽", "👍🏽"]);
    }

    #[test]
    fn a_word_that_is_longer_than_a_line_is_cut_between_characters() {
        assert_eq!(wrap("水位水位水位", 5, ""), ["水位", "水位", "水位"]);
        assert_eq!(wrap("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 5, ""), ["👩‍👩‍👧‍👦👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"]);
        assert_eq!(wrap("e\u{301}e\u{301}e\u{301}", 2, ""), ["e\u{301}e\u{301}", "e\u{301}"]);
        assert_eq!(wrap("well-known", 6, ""), ["well-", "known"]);
    }

    #[test]
    fn colour_takes_no_room_and_is_not_cut() {
        let red = |text: &str| format!("\u{1b}[31m{text}\u{1b}[0m");
        assert_eq!(wrap(&format!("All {} failed", red("pumps")), 16, ""), [format!("All {} failed", red("pumps"))]);
        assert_eq!(wrap(&red("pumps"), 3, ""), ["\u{1b}[31mpum", "ps\u{1b}[0m"]);
    }

    #[test]
    fn an_item_hangs_below_its_first_word() {
        assert_eq!(wrap("• Pumps at both of the portals", 20, "  "), ["• Pumps at both of", "  the portals"]);
    }

    #[test]
    fn a_line_without_words_stays_a_line() {
        assert_eq!(wrap("", 20, ""), [""]);
    }
}
