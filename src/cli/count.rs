//! `count`: how many entries there are, per author, hour, label …

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use liveblog::output::{Format, terminal_safe};
use liveblog::query::{Counts, GroupBy, GroupCount};
use serde::ser::{Serialize, SerializeMap, Serializer};
use unicode_width::UnicodeWidthStr;

use super::answer::Answer;
use super::args::{Conditions, Context, Portion};
use super::entries::{EntrySource, select_from_pages};
use super::listing::{self, Listing, write_rows};
use super::reading::Reading;
use super::target;
use super::{Error, Outcome};

/// Count entries, by author, hour, label, and so on
///
/// Groups come with the most frequent first, times as they go on. An entry without a value counts as `(none)`, which is
/// null in JSON and empty in CSV. An entry with several authors, or images, counts for each of them.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Count {
    /// Saved live pages, rows in Parquet, directories of either, or -; without any, the archive is asked
    #[arg(value_name = "PAGE", conflicts_with = "page")]
    pages: Vec<PathBuf>,
    /// What to count by, one or several: author, role, label, page, layout, day, hour, minute, weekday, image-source,
    /// has-image; without it, all entries together
    #[arg(long, value_name = "FIELD", value_delimiter = ',', value_parser = group_by(), hide_possible_values = true)]
    by: Vec<GroupBy>,
    #[command(flatten)]
    conditions: Conditions,
    #[command(flatten)]
    portion: Portion,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    listing: Listing,
}

const EXAMPLES: &str = "\
Examples:
  liveblog count --by author -n 10               who wrote most
  liveblog count --by hour --on 2023-06-19       a day, hour by hour, with a bar for each
  liveblog count page.txt --by label,author      two fields: who wrote what
  liveblog count --by day --csv -o days.csv      a table for a spreadsheet";

fn group_by() -> impl TypedValueParser<Value = GroupBy> {
    PossibleValuesParser::new(GroupBy::ALL.map(GroupBy::name)).try_map(|name| name.parse::<GroupBy>())
}

impl Count {
    pub fn run(self, context: &Context) -> Result<Outcome, Error> {
        let Self { pages, by, conditions, portion, reading, listing } = self;
        let pages = reading.pages_if_any(&pages)?;
        let source = EntrySource::new(pages.as_deref(), &reading);
        let exit_status = conditions.exit_status;
        let query = conditions.query(context);
        source.check(&query)?;
        let (answer, counts) = match source {
            EntrySource::Pages(pages, reading) => {
                let mut counts = Counts::new(&by, query.zone);
                let answer = select_from_pages(pages, reading, &query, context, |head, row| {
                    counts.add(&head.page, head.layout, &row.entry, 1);
                    Ok(())
                })?;
                (answer, counts)
            }
            _ => {
                let archive = context.open_archive()?;
                let (selected, counts) = archive.count_by(&query, &by)?;
                (Answer::stored(selected, &archive, &query), counts)
            }
        };
        let mut rows = counts.into_rows();
        portion.apply_to(&mut rows);
        listing.print(&listing::ROWS, context, |to, format, _| write(to, format, &by, &rows))?;
        answer.report();
        source.report_unread_input();
        Ok(answer.outcome(exit_status))
    }
}

fn write(to: &mut impl Write, format: Format, by: &[GroupBy], rows: &[GroupCount]) -> io::Result<()> {
    match format {
        Format::Text => write_text(to, rows),
        Format::Csv | Format::Tsv => {
            let header: Vec<_> = by.iter().copied().map(key).chain(["count".to_owned()]).collect();
            listing::write_records(to, format, &header, rows.iter().map(record))
        }
        _ => {
            let rows: Vec<_> = rows.iter().map(|row| JsonRow { by, row }).collect();
            write_rows(to, format, &rows, |_| String::new())
        }
    }
}

/// The name of a field in JSON and in tables: `image_source`.
fn key(by: GroupBy) -> String {
    by.name().replace('-', "_")
}

fn record(row: &GroupCount) -> Vec<String> {
    row.values.iter().map(|value| value.clone().unwrap_or_default()).chain([row.count.to_string()]).collect()
}

/// A row as JSON: its values by their names, then the count.
struct JsonRow<'r> {
    by: &'r [GroupBy],
    row: &'r GroupCount,
}

impl Serialize for JsonRow<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        for (by, value) in self.by.iter().zip(&self.row.values) {
            match (by, value.as_deref()) {
                (GroupBy::HasImage, value) => map.serialize_entry(&key(*by), &(value == Some("true")))?,
                (_, value) => map.serialize_entry(&key(*by), &value)?,
            }
        }
        map.serialize_entry("count", &self.row.count)?;
        map.end()
    }
}

/// The longest bar, in columns.
const LONGEST_BAR: usize = 40;

/// Writes rows in columns. Where the width is known, as on a terminal, each has a bar.
fn write_text(to: &mut impl Write, rows: &[GroupCount]) -> io::Result<()> {
    let cell = |value: &Option<String>| terminal_safe(value.as_deref().unwrap_or("(none)")).into_owned();
    let cells: Vec<Vec<_>> = rows.iter().map(|row| row.values.iter().map(cell).collect()).collect();
    let columns = cells.first().map_or(0, Vec::len);
    let width_of = |column: usize| cells.iter().map(|row| row[column].width()).max().unwrap_or(0);
    let widths: Vec<_> = (0..columns).map(width_of).collect();
    let most = rows.iter().map(|row| row.count).max().unwrap_or(0);
    let digits = most.to_string().len();
    let used = widths.iter().map(|width| width + 2).sum::<usize>() + digits + 2;
    let longest = target::width().map_or(0, |width| width.saturating_sub(used).min(LONGEST_BAR));
    for (row, cells) in rows.iter().zip(&cells) {
        for (cell, width) in cells.iter().zip(&widths) {
            write!(to, "{cell}{:1$}", "", width - cell.width() + 2)?;
        }
        let bar = bar(row.count, most, longest);
        writeln!(to, "{:>digits$}{}{bar}", row.count, if bar.is_empty() { "" } else { "  " })?;
    }
    Ok(())
}

/// A bar as long as the share of `count` in `most`, in eighths of a column; what is not nothing has at least one.
fn bar(count: usize, most: usize, longest: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if count == 0 || longest == 0 {
        return String::new();
    }
    let eighths = (count * longest * 8 / most).max(1);
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}
