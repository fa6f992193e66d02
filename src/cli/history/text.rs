//! A history as text: capture by capture, a line per change, and each edit word by word below it.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use chrono_tz::Tz;
use liveblog::archive::{CaptureChanges, Change, ChangeKind, History};
use liveblog::output::terminal_safe;

use super::describe::{capture_time, entry_name, local_time, source, word};
use super::diff;
use crate::cli::listing::TextStyle;
use crate::cli::target::wrapped;
use crate::cli::terminal::counted;

/// Writes histories to `to`.
pub struct Text<W> {
    pub to: W,
    pub style: TextStyle,
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
        let captures = counted(history.captures, "capture", "captures");
        let shown =
            if history.steps.len() < history.captures { format!("{} of ", history.steps.len()) } else { String::new() };
        let line = format!("{strong}{}{strong:#}: {shown}{captures}{title}", terminal_safe(&history.page));
        self.write_line(&line, 2)?;
        for step in &history.steps {
            writeln!(self.to)?;
            self.write_capture(step, history.zone)?;
        }
        Ok(())
    }

    fn write_capture(&mut self, step: &CaptureChanges, zone: Option<Tz>) -> io::Result<()> {
        let (number, faint) = (step.number, self.style(Style::new().dimmed()));
        let when = capture_time(step, zone);
        let entries = counted(step.entries, "entry", "entries");
        let line = format!("{number}. {when} {faint}from {}{faint:#}, {entries}", terminal_safe(source(step)));
        self.write_line(&line, 3)?;
        for change in &step.changes {
            self.write_change(change, zone)?;
        }
        if number > 1 && step.changes.is_empty() {
            writeln!(self.to, "  nothing changed")?;
        }
        Ok(())
    }

    fn write_change(&mut self, change: &Change, zone: Option<Tz>) -> io::Result<()> {
        let color = match change.became {
            ChangeKind::Added | ChangeKind::Restored => AnsiColor::Green,
            ChangeKind::FirstSeen => AnsiColor::Cyan,
            ChangeKind::Edited => AnsiColor::Yellow,
            ChangeKind::Removed => AnsiColor::Red,
        };
        let (word, style) = (word(change.became), self.style(color.on_default()));
        let time = change.entry.published.map_or("     ".to_owned(), |time| local_time(time, zone, "%H:%M"));
        let name = terminal_safe(&entry_name(&change.entry)).into_owned();
        self.write_line(&format!("  {style}{word:10}{style:#}  {time}  {name}"), 21)?;
        for difference in &change.differences {
            let words = diff::highlight(&difference.pieces, self.style.color);
            self.write_line(&format!("              {:8}  {words}", difference.field), 24)?;
        }
        Ok(())
    }

    /// Writes a line; what does not fit is indented by so many columns below it.
    fn write_line(&mut self, line: &str, indent: usize) -> io::Result<()> {
        writeln!(self.to, "{}", wrapped(line, &" ".repeat(indent), self.style.width))
    }

    fn style(&self, style: Style) -> Style {
        if self.style.color { style } else { Style::new() }
    }
}
