//! `pages`: list the archived live blogs.

use anstyle::Style;
use chrono::{DateTime, FixedOffset, Utc};
use chrono_tz::Tz;
use clap::Args;
use liveblog::archive::PageSummary;
use liveblog::input::printable;
use liveblog::output::{in_zone, span, terminal_safe};

use super::args::{Context, Portion};
use super::listing::{self, Listing, write_rows};
use super::pipeline::report_unread;
use super::target::wrapped;
use super::terminal::{self, counted};
use super::{Error, Outcome};

/// List the archived live blogs
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Pages {
    #[command(flatten)]
    portion: Portion,
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
        let mut pages = archive.pages()?;
        let is_empty = pages.is_empty();
        self.portion.apply_to(&mut pages);
        self.listing.print(&listing::ROWS, context, |to, format, style| {
            write_rows(to, format, &pages, |page| wrapped(&summary_line(page, style.color), "  ", style.width))
        })?;
        if is_empty {
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
