//! How to print changes, and where to.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use csv::Terminator;
use liveblog::archive::History;
use liveblog::output::Format;

use super::document::{write_html, write_markdown};
use super::rows::{rows, table_rows};
use super::text::Text;
use crate::cli::Error;
use crate::cli::args::{self, Context};
use crate::cli::pages::table;
use crate::cli::target::{Protected, Sink, terminal_width, write_json};
use crate::cli::terminal::is_colored;

/// The formats of changes.
const FORMATS: [Format; 7] =
    [Format::Text, Format::Json, Format::Jsonl, Format::Csv, Format::Tsv, Format::Markdown, Format::Html];

/// How to print changes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct ChangesTarget {
    /// The format: text, json, jsonl, csv, tsv, markdown or html
    #[arg(long, value_name = "FORMAT", value_parser = args::format(&FORMATS), hide_possible_values = true, group = "form")]
    format: Option<Format>,
    /// As JSON: one array of changes
    #[arg(long, group = "form")]
    json: bool,
    /// As JSON Lines: one change a line
    #[arg(long, group = "form")]
    jsonl: bool,
    /// As comma-separated values: one row for each field that differs
    #[arg(long, group = "form")]
    csv: bool,
    /// Write to FILE (format from its extension); - is standard output. An existing file is replaced once the new one is
    /// complete
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl ChangesTarget {
    /// Prints the changes.
    pub fn print(&self, histories: &[History], context: &Context) -> Result<(), Error> {
        let format = self.format()?;
        let mut sink = match self.file() {
            Some(file) => Sink::file(file, &Protected::new(&[], context))?,
            None => Sink::standard_output(),
        };
        let (color, width) = if self.file().is_none() { (is_colored(), terminal_width()) } else { (false, None) };
        write(&mut sink, format, histories, color, width).map_err(Error::writing(&sink.name()))?;
        sink.finish()
    }

    fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|file| file.as_os_str() != "-")
    }

    fn format(&self) -> Result<Format, Error> {
        match (self, self.file()) {
            (Self { json: true, .. }, _) => Ok(Format::Json),
            (Self { jsonl: true, .. }, _) => Ok(Format::Jsonl),
            (Self { csv: true, .. }, _) => Ok(Format::Csv),
            (Self { format: Some(format), .. }, _) => Ok(*format),
            (_, None) => Ok(Format::Text),
            (_, Some(file)) => Format::from_path(file)
                .filter(|format| FORMATS.contains(format))
                .ok_or_else(|| Error::unknown_extension(file, &FORMATS)),
        }
    }
}

fn write(
    to: &mut impl Write,
    format: Format,
    histories: &[History],
    color: bool,
    width: Option<usize>,
) -> io::Result<()> {
    match format {
        Format::Json => write_json(to, &rows(histories).collect::<Vec<_>>()),
        Format::Jsonl => rows(histories).try_for_each(|row| {
            serde_json::to_writer(&mut *to, &row)?;
            writeln!(to)
        }),
        Format::Csv => table(to, &table_rows(histories), b',', Terminator::CRLF),
        Format::Tsv => table(to, &table_rows(histories), b'\t', Terminator::Any(b'\n')),
        Format::Markdown => write_markdown(to, histories),
        Format::Html => write_html(to, histories),
        _ => Text { to, color, width }.write_all(histories),
    }
}
