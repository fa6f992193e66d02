//! `pages`: list the archived live blogs.

use std::io::{self, Write};

use anstyle::Style;
use chrono::{DateTime, FixedOffset, Utc};
use chrono_tz::Tz;
use clap::Args;
use csv::{Terminator, WriterBuilder};
use liveblog::archive::PageSummary;
use liveblog::input::printable;
use liveblog::output::{Format, in_zone, span, terminal_safe};
use serde::Serialize;

use super::args::{self, Context};
use super::pipeline::report_unread;
use super::target::{Sink, terminal_width, write_json, write_wrapped};
use super::terminal::{self, counted, is_colored};
use super::{Error, Outcome};

/// List the archived live blogs
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Pages {
    #[command(flatten)]
    listing: Listing,
}

const EXAMPLES: &str = "\
Examples:
  liveblog pages                                 names, entries, times, captures and titles
  liveblog pages | grep -i flood                 only those with flood in their line
  liveblog pages --csv > pages.csv               a table for a spreadsheet
  liveblog pages --jsonl | jq -r 'select(.captures > 1).name'
                                                 those with several captures";

impl Pages {
    pub fn run(self, context: &Context) -> Result<Outcome, Error> {
        let archive = context.open_archive()?;
        let pages = archive.pages()?;
        self.listing.print(&pages, summary_line)?;
        if pages.is_empty() {
            terminal::note("no live blogs are kept");
        }
        Ok(report_unread(&archive.unread()))
    }
}

/// `flood: 20 entries, 19 June 2023 11:02–14:27 BST, 2 captures · The harbour tunnel`
pub fn summary_line(page: &PageSummary, color: bool) -> String {
    let PageSummary { name, title, entries, removed, captures, .. } = page;
    let removed = if *removed > 0 { format!(" and {removed} removed") } else { String::new() };
    let time = time_span(page).map_or(", without times".to_owned(), |time| format!(", {time}"));
    let (entries, captures) = (counted(*entries, "entry", "entries"), counted(*captures, "capture", "captures"));
    let (strong, faint) =
        if color { (Style::new().bold(), Style::new().dimmed()) } else { (Style::new(), Style::new()) };
    let title = title.as_ref().map_or(String::new(), |title| format!(" {faint}· {}{faint:#}", terminal_safe(title)));
    format!("{strong}{}{strong:#}: {entries}{removed}{time}, {captures}{title}", terminal_safe(&printable(name)))
}

/// The times of its first and last entry, in its own zone.
fn time_span(page: &PageSummary) -> Option<String> {
    Some(local_span(page.zone, (page.first?, page.first_local), (page.last?, page.last_local)))
}

/// From when to when, in the page's zone, else in that of its stamps, else in UTC.
pub fn local_span(zone: Option<Tz>, first: EntryTime, last: EntryTime) -> String {
    match (zone, first, last) {
        (Some(zone), (first, _), (last, _)) => span(&in_zone(first, zone), &in_zone(last, zone)),
        (None, (_, Some(first)), (_, Some(last))) => span(&first, &last),
        (None, (first, _), (last, _)) => span(&first, &last),
    }
}

/// When an entry was published, and the same by the clock of its stamp.
pub type EntryTime = (DateTime<Utc>, Option<DateTime<FixedOffset>>);

/// The formats of a list.
const FORMATS: [Format; 5] = [Format::Text, Format::Json, Format::Jsonl, Format::Csv, Format::Tsv];

/// How to print a list.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct Listing {
    /// The format: text, json, jsonl, csv or tsv
    #[arg(long, value_name = "FORMAT", value_parser = args::format(&FORMATS), hide_possible_values = true, group = "form")]
    format: Option<Format>,
    /// As JSON
    #[arg(long, group = "form")]
    json: bool,
    /// As JSON Lines
    #[arg(long, group = "form")]
    jsonl: bool,
    /// As comma-separated values
    #[arg(long, group = "form")]
    csv: bool,
}

impl Listing {
    /// Prints a list; `text` makes a line of text of a row, in colour or not.
    pub fn print<T: Serialize>(&self, rows: &[T], text: impl Fn(&T, bool) -> String) -> Result<(), Error> {
        let mut to = Sink::standard_output();
        let printed = match self.format() {
            Format::Json => write_json(&mut to, &rows),
            Format::Jsonl => rows.iter().try_for_each(|row| {
                serde_json::to_writer(&mut to, row)?;
                writeln!(to)
            }),
            Format::Csv => table(&mut to, rows, b',', Terminator::CRLF),
            Format::Tsv => table(&mut to, rows, b'\t', Terminator::Any(b'\n')),
            _ => {
                rows.iter().try_for_each(|row| write_wrapped(&mut to, &text(row, is_colored()), "  ", terminal_width()))
            }
        };
        printed.map_err(Error::writing(&to.name()))?;
        to.finish()
    }

    fn format(&self) -> Format {
        match self {
            Self { json: true, .. } => Format::Json,
            Self { jsonl: true, .. } => Format::Jsonl,
            Self { csv: true, .. } => Format::Csv,
            Self { format, .. } => format.unwrap_or(Format::Text),
        }
    }
}

/// Writes rows as a table.
pub fn table<T: Serialize>(to: impl Write, rows: &[T], delimiter: u8, terminator: Terminator) -> io::Result<()> {
    let mut table = WriterBuilder::new().delimiter(delimiter).terminator(terminator).from_writer(to);
    for row in rows {
        table.serialize(row).map_err(|error| match error.into_kind() {
            // A closed pipe must still be known as one.
            csv::ErrorKind::Io(error) => error,
            other => io::Error::other(format!("{other:?}")),
        })?;
    }
    table.flush()
}
