//! A sheet of text: cleaned, indented, wrapped to its width, in style.

use std::borrow::Cow;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::wrap::wrap;
use crate::model::Span;
use crate::output::PrintOptions;
use crate::output::terminal_safe;

/// However narrow the terminal, words get that many columns.
const LEAST_ROOM: usize = 20;

/// Where text for reading is written.
pub(super) struct Sheet<W> {
    to: W,
    width: Option<usize>,
    color: bool,
}

/// A part of a block; one without words is left out.
pub(super) enum Part {
    /// Words that stand out.
    Strong(String),
    /// Words as they are.
    Plain(String),
    /// Words that stand back.
    Faint(String),
    /// Words in this style, among which those stand out that were looked for.
    Found(Style, Vec<Span>),
    /// A blank line between the words before and the words after it.
    Gap,
}

impl<W: Write> Sheet<W> {
    pub(super) fn new(to: W, options: &PrintOptions) -> Self {
        Self { to, width: options.width, color: options.color }
    }

    /// Parts, one under another: `lead` stands before the first, as much space before the others.
    pub(super) fn block(&mut self, lead: &str, parts: &[Part]) -> io::Result<()> {
        let indent = " ".repeat(lead.width());
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
                    let before = if std::mem::replace(&mut begun, true) { &indent } else { lead };
                    match words.trim_end() {
                        "" => self.blank()?,
                        words => writeln!(self.to, "{before}{style}{words}{style:#}")?,
                    }
                }
            }
        }
        if begun || lead.trim().is_empty() { Ok(()) } else { writeln!(self.to, "{}", lead.trim_end()) }
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
            Some(width) => wrap(line, width.saturating_sub(indent).max(LEAST_ROOM)),
            None => vec![line.to_owned()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid_out(width: usize, lead: &str, parts: &[Part]) -> String {
        let mut printed = vec![];
        let options = PrintOptions { width: Some(width), ..PrintOptions::default() };
        Sheet::new(&mut printed, &options).block(lead, parts).unwrap();
        String::from_utf8(printed).unwrap()
    }

    #[test]
    fn lines_are_wrapped_under_their_lead() {
        let parts = [Part::Strong("Water rises at the northern portal".into()), Part::Plain("By noon.".into())];
        assert_eq!(
            laid_out(30, "14:27  ", &parts),
            "14:27  Water rises at the\n       northern portal\n       By noon.\n"
        );
    }

    #[test]
    fn words_that_were_looked_for_stand_out_and_take_no_room_by_it() {
        let span = |text: &str, found| Span { text: text.to_owned(), found };
        let spans = vec![span("All ", false), span("northern pumps", true), span(" failed", false)];
        let mut printed = vec![];
        let options = PrintOptions { width: Some(20), color: true, ..PrintOptions::default() };
        Sheet::new(&mut printed, &options).block("  ", &[Part::Found(Style::new(), spans.clone())]).unwrap();
        assert_eq!(String::from_utf8(printed).unwrap(), "  All \u{1b}[1m\u{1b}[31mnorthern pumps\u{1b}[0m\n  failed\n");
        assert_eq!(laid_out(20, "", &[Part::Found(Style::new().bold(), spans)]), "All northern pumps\nfailed\n");
    }

    #[test]
    fn a_gap_stands_between_words_alone() {
        let plain = |words: &str| Part::Plain(words.to_owned());
        let parts = [Part::Gap, plain("One"), Part::Gap, plain(""), Part::Gap, plain("Two"), Part::Gap];
        assert_eq!(laid_out(20, "", &parts), "One\n\nTwo\n");
    }

    #[test]
    fn a_lead_without_words_stands_alone() {
        assert_eq!(laid_out(20, "14:27  ", &[Part::Plain(String::new())]), "14:27\n");
    }
}
