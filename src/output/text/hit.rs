//! What a search found, for reading: title, circumstances, and the words that were looked for.

use std::io::{self, Write};

use anstyle::Style;
use chrono_tz::Tz;

use super::sheet::{Part, Sheet};
use super::words;
use crate::model::{Excerpt, Row, Span};

/// Prints an entry that was found. Hits come from any page and any day in turn, so that each names its own.
pub(super) fn print<W: Write>(to: &mut Sheet<W>, row: &Row, excerpt: &Excerpt, zone: Option<Tz>) -> io::Result<()> {
    let time = words::local(row, zone).map(|time| time.format("%-d %B %Y %H:%M %:z").to_string());
    let about = [time.unwrap_or_default(), words::about(row), words::page(row).to_owned()];
    let about: Vec<_> = about.into_iter().filter(|words| !words.is_empty()).collect();
    let title = Part::Found(Style::new().bold(), excerpt.title.clone());
    to.block("", &[title, Part::Faint(about.join(" · ")), Part::Found(Style::new(), in_a_line(&excerpt.text))])
}

/// The same words without the ends of paragraphs, of which an excerpt holds mere ends and beginnings.
fn in_a_line(spans: &[Span]) -> Vec<Span> {
    let line = |text: &str| text.split('\n').filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    spans.iter().map(|span| Span { text: line(&span.text), found: span.found }).collect()
}
