//! Lists: what is printed that is no entries, such as the archived live blogs, counts and changes, and where to.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use csv::{ReaderBuilder, Terminator, Writer, WriterBuilder};
use liveblog::output::{Format, tsv_safe};
use serde::Serialize;

use super::Error;
use super::args::{self, Context};
use super::target::{Protected, Sink, width, write_json};
use super::terminal::is_colored;

/// The formats of a list of plain rows.
pub const ROWS: [Format; 5] = [Format::Text, Format::Json, Format::Jsonl, Format::Csv, Format::Tsv];

/// The formats of a list that is also a document.
pub const ROWS_AND_DOCUMENTS: [Format; 7] =
    [Format::Text, Format::Json, Format::Jsonl, Format::Csv, Format::Tsv, Format::Markdown, Format::Html];

/// How text is printed: in a file, without colour and in whole lines.
#[derive(Debug, Clone, Copy, Default)]
pub struct TextStyle {
    pub color: bool,
    /// How many columns a line may take.
    pub width: Option<usize>,
}

/// How to print a list, and where to.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct Listing {
    /// The format: text, json, jsonl, csv or tsv; of changes also markdown and html
    #[arg(short, long, value_name = "FORMAT", value_parser = args::format(&ROWS_AND_DOCUMENTS), hide_possible_values = true, group = "form")]
    format: Option<Format>,
    /// As JSON
    #[arg(long, group = "form")]
    json: bool,
    /// As JSON Lines: one row a line
    #[arg(long, group = "form")]
    jsonl: bool,
    /// As comma-separated values
    #[arg(long, group = "form")]
    csv: bool,
    /// Write to FILE (format from its extension); - is standard output. An existing file is replaced once the new one is
    /// complete
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Listing {
    /// Opens the output in one of these formats, and lets `write` write the list.
    pub fn print(
        &self,
        formats: &[Format],
        context: &Context,
        write: impl FnOnce(&mut Sink, Format, TextStyle) -> io::Result<()>,
    ) -> Result<(), Error> {
        let format = self.format(formats)?;
        let mut sink = match self.file() {
            Some(file) => Sink::file(file, &Protected::new(&[], context))?,
            None => Sink::standard_output(),
        };
        let style = match self.file() {
            Some(_) => TextStyle::default(),
            None => TextStyle { color: is_colored(), width: width() },
        };
        write(&mut sink, format, style).map_err(Error::writing(&sink.name()))?;
        sink.finish()
    }

    fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|file| file.as_os_str() != "-")
    }

    fn format(&self, formats: &[Format]) -> Result<Format, Error> {
        let format = match (self, self.file()) {
            (Self { json: true, .. }, _) => Format::Json,
            (Self { jsonl: true, .. }, _) => Format::Jsonl,
            (Self { csv: true, .. }, _) => Format::Csv,
            (Self { format: Some(format), .. }, _) => *format,
            (_, None) => Format::Text,
            (_, Some(file)) => Format::from_path(file)
                .filter(|format| formats.contains(format))
                .ok_or_else(|| Error::unknown_extension(file, formats))?,
        };
        if formats.contains(&format) { Ok(format) } else { Err(Error::not_listed_as(format, formats)) }
    }
}

/// Writes rows in one of the formats of [`ROWS`]; `text` makes a line of text of a row.
pub fn write_rows<T: Serialize>(
    to: &mut impl Write,
    format: Format,
    rows: &[T],
    text: impl Fn(&T) -> String,
) -> io::Result<()> {
    match format {
        Format::Json => write_json(to, &rows),
        Format::Jsonl => rows.iter().try_for_each(|row| {
            serde_json::to_writer(&mut *to, row)?;
            writeln!(to)
        }),
        Format::Csv | Format::Tsv => write_table(to, format, rows),
        _ => rows.iter().try_for_each(|row| writeln!(to, "{}", text(row))),
    }
}

/// Writes rows as CSV or TSV, under the names of their fields.
pub fn write_table<T: Serialize>(to: impl Write, format: Format, rows: &[T]) -> io::Result<()> {
    write_cells(to, format, |csv| rows.iter().try_for_each(|row| csv.serialize(row)))
}

/// Writes records as CSV or TSV, under a header.
pub fn write_records(
    to: impl Write,
    format: Format,
    header: &[String],
    mut records: impl Iterator<Item = Vec<String>>,
) -> io::Result<()> {
    write_cells(to, format, |csv| {
        csv.write_record(header)?;
        records.try_for_each(|record| csv.write_record(record))
    })
}

/// Writes a table as CSV, or its cells as TSV, where nothing is quoted.
fn write_cells(
    mut to: impl Write,
    format: Format,
    write: impl FnOnce(&mut Writer<&mut Vec<u8>>) -> csv::Result<()>,
) -> io::Result<()> {
    let mut table = Vec::new();
    let mut csv = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(&mut table);
    write(&mut csv)?;
    csv.flush()?;
    drop(csv);
    if format != Format::Tsv {
        return to.write_all(&table);
    }
    for record in ReaderBuilder::new().has_headers(false).from_reader(table.as_slice()).records() {
        let record = record?;
        let cells: Vec<_> = record.iter().map(tsv_safe).collect();
        writeln!(to, "{}", cells.join("	"))?;
    }
    Ok(())
}
