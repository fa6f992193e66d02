//! Where output goes, and in which format.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write, stdout};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use clap::Args;
use liveblog::output::{Field, Format, Options};
use tempfile::NamedTempFile;

use super::{Error, values};

/// However wide the terminal, lines longer than this are hard to read.
const WIDEST: usize = 100;

/// How to print, and where to.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct Target {
    /// The format: text, json, jsonl, csv or tsv
    #[arg(long, value_name = "FORMAT", value_parser = values::format(), hide_possible_values = true, group = "form")]
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
    /// Write to FILE, whose ending picks the format
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Target {
    /// The format that was asked for, by name or by the file's ending.
    pub fn format(&self) -> Result<Option<Format>, Error> {
        let format = match &self.output {
            _ if self.json => Some(Format::Json),
            _ if self.jsonl => Some(Format::Jsonl),
            _ if self.csv => Some(Format::Csv),
            _ if self.format.is_some() => self.format,
            Some(file) => Some(Format::of_file(file).ok_or_else(|| ending_unknown(file))?),
            None => None,
        };
        match format {
            Some(format) if self.fields.is_some() && !format.has_fields() => {
                Err(Error::Usage(format!("--fields has no meaning for {}", format.name())))
            }
            format => Ok(format),
        }
    }

    /// Whether fields were picked.
    pub fn has_fields(&self) -> bool {
        self.fields.is_some()
    }

    /// Opens the place to write to.
    pub fn open(&self) -> Result<Sink, Error> {
        match &self.output {
            None => Ok(Sink::StandardOutput(BufWriter::new(stdout().lock()))),
            Some(file) => Sink::beside(file).map_err(Error::writing(&file.display().to_string())),
        }
    }

    /// How to print there.
    pub fn options(&self) -> Options {
        let fields = self.fields.clone();
        if self.output.is_some() {
            return Options { fields, ..Options::default() };
        }
        let color = AutoStream::choice(&stdout()) != ColorChoice::Never;
        Options { fields, width: width(), color, indent: stdout().is_terminal() }
    }
}

fn ending_unknown(file: &Path) -> Error {
    let endings = Format::ALL.map(|format| format!(".{}", format.name())).join(", ").replace(".text", ".txt");
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

/// A place that is written to.
pub enum Sink {
    StandardOutput(BufWriter<StdoutLock<'static>>),
    /// A device or a pipe, which nothing can take the place of.
    Device(PathBuf, BufWriter<File>),
    /// A new file beside the one that it will replace, once it is whole.
    Beside(PathBuf, BufWriter<NamedTempFile>),
}

impl Sink {
    fn beside(file: &Path) -> io::Result<Self> {
        let old = fs::metadata(file).ok();
        if old.as_ref().is_some_and(|old| !old.is_file() && !old.is_dir()) {
            return Ok(Self::Device(file.to_owned(), BufWriter::new(File::options().write(true).open(file)?)));
        }
        // A link goes on leading where it leads.
        let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        if let Some(old) = &old {
            builder.permissions(old.permissions());
        }
        // The error of making the file would tell its name, which the user never gave.
        fs::metadata(folder)?;
        let beside = builder.prefix(".liveblog-").tempfile_in(folder).map_err(|error| error.kind())?;
        Ok(Self::Beside(file, BufWriter::new(beside)))
    }

    /// The name by which its errors tell of it.
    pub fn name(&self) -> String {
        match self {
            Self::StandardOutput(_) => "standard output".to_owned(),
            Self::Device(file, _) | Self::Beside(file, _) => file.display().to_string(),
        }
    }

    /// Ends the output: only now is a file at its place.
    pub fn finish(mut self) -> Result<(), Error> {
        let place = self.name();
        let finished = match self {
            Self::Beside(file, beside) => replace(&file, beside),
            Self::StandardOutput(_) | Self::Device(..) => self.flush(),
        };
        finished.map_err(Error::writing(&place))
    }
}

/// Puts the new file in the place of the old.
fn replace(file: &Path, beside: BufWriter<NamedTempFile>) -> io::Result<()> {
    beside.into_inner()?.persist(file)?;
    Ok(())
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::StandardOutput(to) => to.write(bytes),
            Self::Device(_, to) => to.write(bytes),
            Self::Beside(_, to) => to.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::StandardOutput(to) => to.flush(),
            Self::Device(_, to) => to.flush(),
            Self::Beside(_, to) => to.flush(),
        }
    }
}
