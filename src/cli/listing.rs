//! Lists that hold no entries: in which format they are printed.

use std::io::{self, BufWriter, IsTerminal, Write, stdout};

use anstream::{AutoStream, ColorChoice};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use csv::{Terminator, WriterBuilder};
use liveblog::output::Format;
use serde::Serialize;

use super::Error;

/// The formats of a list.
const FORMATS: [Format; 5] = [Format::Text, Format::Json, Format::Jsonl, Format::Csv, Format::Tsv];

/// How to print a list.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct Listing {
    /// The format: text, json, jsonl, csv or tsv
    #[arg(long, value_name = "FORMAT", value_parser = format(), hide_possible_values = true, group = "form")]
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

fn format() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(FORMATS.map(Format::name)).try_map(|name| name.parse::<Format>())
}

impl Listing {
    /// Prints a list; `text` is a row for reading, in colour or not.
    pub fn print<T: Serialize>(&self, rows: &[T], text: impl Fn(&T, bool) -> String) -> Result<(), Error> {
        let mut to = BufWriter::new(stdout().lock());
        let printed = match self.format() {
            Format::Json => json(&mut to, &rows),
            Format::Jsonl => rows.iter().try_for_each(|row| {
                serde_json::to_writer(&mut to, row)?;
                writeln!(to)
            }),
            Format::Csv => table(&mut to, rows, b',', Terminator::CRLF),
            Format::Tsv => table(&mut to, rows, b'\t', Terminator::Any(b'\n')),
            _ => rows.iter().try_for_each(|row| writeln!(to, "{}", text(row, is_colored()))),
        };
        printed.and_then(|()| to.flush()).map_err(Error::writing("standard output"))
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

/// Whether what is for reading is printed in colour.
pub fn is_colored() -> bool {
    AutoStream::choice(&stdout()) != ColorChoice::Never
}

/// JSON, indented on a terminal.
pub fn json(to: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    if stdout().is_terminal() {
        serde_json::to_writer_pretty(&mut *to, value)?;
    } else {
        serde_json::to_writer(&mut *to, value)?;
    }
    writeln!(to)
}

fn table<T: Serialize>(to: impl Write, rows: &[T], delimiter: u8, terminator: Terminator) -> io::Result<()> {
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
