//! A history as text: capture by capture, a line per change, and each edit word by word below it.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use liveblog::archive::{CaptureChanges, Change, ChangeKind, History};
use liveblog::model::Entry;
use liveblog::output::{in_zone, span, terminal_safe};

use super::diff;
use crate::cli::terminal::counted;

/// Writes histories to `to`.
pub struct Text<W> {
    pub to: W,
    pub color: bool,
}

impl<W: Write> Text<W> {
    /// Writes the histories of live blogs, with a blank line between them.
    pub fn write_all(&mut self, histories: &[History]) -> io::Result<()> {
        for (index, history) in histories.iter().enumerate() {
            if index > 0 {
                writeln!(self.to)?;
            }
            self.write(history)?;
        }
        Ok(())
    }

    fn write(&mut self, history: &History) -> io::Result<()> {
        let strong = self.style(Style::new().bold());
        let title = history.title.as_ref().map_or(String::new(), |title| format!(" · {}", terminal_safe(title)));
        let captures = counted(history.steps.len(), "capture", "captures");
        writeln!(self.to, "{strong}{}{strong:#}: {captures}{title}", terminal_safe(&history.page))?;
        for (index, step) in history.steps.iter().enumerate() {
            writeln!(self.to)?;
            self.write_capture(index, step, history.zone)?;
        }
        Ok(())
    }

    fn write_capture(&mut self, index: usize, step: &CaptureChanges, zone: Option<Tz>) -> io::Result<()> {
        let (number, faint) = (index + 1, self.style(Style::new().dimmed()));
        let when = match step.captured {
            Some(captured) => format!("captured {}", moment(captured, zone)),
            None => format!("kept {}", moment(step.kept, zone)),
        };
        let entries = counted(step.entries, "entry", "entries");
        let source = if step.source == "-" { "standard input" } else { &step.source };
        writeln!(self.to, "{number}. {when} {faint}from {}{faint:#}, {entries}", terminal_safe(source))?;
        for change in &step.changes {
            self.write_change(change, zone)?;
        }
        if index > 0 && step.changes.is_empty() {
            writeln!(self.to, "  nothing changed")?;
        }
        Ok(())
    }

    fn write_change(&mut self, change: &Change, zone: Option<Tz>) -> io::Result<()> {
        let (word, color) = match change.became {
            ChangeKind::Added => ("added", AnsiColor::Green),
            ChangeKind::FirstSeen => ("first seen", AnsiColor::Cyan),
            ChangeKind::Edited => ("edited", AnsiColor::Yellow),
            ChangeKind::Removed => ("removed", AnsiColor::Red),
            ChangeKind::Restored => ("restored", AnsiColor::Green),
        };
        let style = self.style(color.on_default());
        let time = change.entry.published.map_or("     ".to_owned(), |time| local(time, zone, "%H:%M"));
        writeln!(self.to, "  {style}{word:10}{style:#}  {time}  {}", terminal_safe(&name(&change.entry)))?;
        for difference in &change.differences {
            let words = diff::highlight(&difference.pieces, self.color);
            writeln!(self.to, "              {:8}  {words}", difference.field)?;
        }
        Ok(())
    }

    fn style(&self, style: Style) -> Style {
        if self.color { style } else { Style::new() }
    }
}

/// How many words name an entry without a title.
const FIRST_WORDS: usize = 12;

/// The title of an entry, else the beginning of its text.
fn name(entry: &Entry) -> String {
    if let Some(title) = &entry.title {
        return title.clone();
    }
    let text = entry.text();
    let mut words = text.split_whitespace();
    let first: Vec<_> = words.by_ref().take(FIRST_WORDS).collect();
    first.join(" ") + if words.next().is_some() { " …" } else { "" }
}

/// `19 June 2023 14:27 BST`
fn moment(time: DateTime<Utc>, zone: Option<Tz>) -> String {
    match zone {
        Some(zone) => span(&in_zone(time, zone), &in_zone(time, zone)),
        None => span::<Utc>(&time, &time),
    }
}

fn local(time: DateTime<Utc>, zone: Option<Tz>, format: &str) -> String {
    in_zone(time, zone.unwrap_or(Tz::UTC)).format(format).to_string()
}
