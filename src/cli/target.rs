//! Where output goes, and in which format.

use std::io::{IsTerminal, stdout};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use clap::Args;
use liveblog::output::{Field, Format, PrintOptions};

use super::folder::Folder;
use super::protected::Protected;
use super::sink::Sink;
use super::{Error, values};

/// However wide the terminal, lines longer than this are hard to read.
const WIDEST: usize = 100;

/// How to print, and where to.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct Target {
    /// The format
    #[arg(long, value_name = "FORMAT", value_parser = values::format(), group = "form")]
    format: Option<Format>,
    /// As JSON
    #[arg(long, group = "form")]
    json: bool,
    /// As JSON Lines: one entry a line
    #[arg(long, group = "form")]
    jsonl: bool,
    /// As comma-separated values
    #[arg(long, group = "form")]
    csv: bool,
    /// Only these fields, in this order, in csv, tsv, jsonl or text: published,title,author
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', value_parser = str::parse::<Field>)]
    fields: Option<Vec<Field>>,
    /// Show images from their addresses, in html and other documents: whoever opens one asks the publishers' servers
    #[arg(long)]
    images: bool,
    /// Write to FILE, whose ending picks the format, or into DIR/, one file per live blog; - is standard output. A file
    /// that is there is replaced once the new one is whole
    #[arg(short, long, value_name = "FILE|DIR/")]
    output: Option<PathBuf>,
}

impl Target {
    /// The format that was asked for, by name or by the file's ending.
    pub fn format(&self) -> Result<Option<Format>, Error> {
        let format = match self.place() {
            _ if self.json => Some(Format::Json),
            _ if self.jsonl => Some(Format::Jsonl),
            _ if self.csv => Some(Format::Csv),
            _ if self.format.is_some() => self.format,
            Some(file) if is_folder(file) => {
                return Err(Error::Usage(format!("{}: a directory has no ending; give --format", file.display())));
            }
            Some(file) => Some(Format::from_path(file).ok_or_else(|| ending_unknown(file))?),
            None => None,
        };
        match format {
            Some(format) if self.fields.is_some() && !format.has_fields() => {
                Err(Error::Usage(format!("--fields has no meaning for {}", format.name())))
            }
            Some(format) if format.is_binary() && self.place().is_none() && stdout().is_terminal() => Err(
                Error::Usage(format!("{} is no text, and standard output is a terminal; give -o FILE", format.name())),
            ),
            format => Ok(format),
        }
    }

    /// Whether fields were picked.
    pub fn has_fields(&self) -> bool {
        self.fields.is_some()
    }

    /// The file or directory to write to; `None` for standard output.
    fn place(&self) -> Option<&Path> {
        self.output.as_deref().filter(|place| place.as_os_str() != "-")
    }

    /// Opens the place to write to.
    pub fn open(&self, protected: &Protected) -> Result<Sink, Error> {
        match self.place() {
            None => Ok(Sink::standard_output()),
            Some(folder) if is_folder(folder) => {
                Err(Error::Usage(format!("{}: this goes into one file; give -o FILE, no directory", folder.display())))
            }
            Some(file) => Sink::file(file, protected),
        }
    }

    /// The directory to write to, one file per live blog, if one was asked for.
    pub fn folder(&self, format: Format, protected: &Protected) -> Option<Result<Folder, Error>> {
        let folder = self.place().filter(|folder| is_folder(folder))?;
        Some(Folder::new(folder, format, protected.clone()))
    }

    /// How to print there.
    pub fn options(&self) -> PrintOptions {
        let plain = PrintOptions { fields: self.fields.clone(), images: self.images, ..PrintOptions::default() };
        if self.place().is_some() {
            return plain;
        }
        let color = AutoStream::choice(&stdout()) != ColorChoice::Never;
        PrintOptions { width: width(), color, indent: stdout().is_terminal(), ..plain }
    }
}

/// Whether a place is a directory, by its closing slash or because it is one.
fn is_folder(place: &Path) -> bool {
    place.is_dir()
        || place.as_os_str().as_encoded_bytes().last().is_some_and(|&end| std::path::is_separator(end.into()))
}

fn ending_unknown(file: &Path) -> Error {
    let endings = Format::ALL.map(|format| format!(".{}", format.extension())).join(", ");
    Error::Usage(format!("{}: no format has this ending; known are {endings}, or give --format", file.display()))
}

/// The width of the terminal, else what COLUMNS says; in a pipe, lines stay whole, so that they can be searched.
fn width() -> Option<usize> {
    let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
    let width = match terminal_size::terminal_size_of(stdout()) {
        Some((width, _)) => Some(width.0.into()),
        None => columns(),
    };
    width.map(|width: usize| width.min(WIDEST))
}
