//! Where output goes: standard output, a file, a directory with a file per live blog, or a data set. Every file is checked
//! where it is opened.

mod data_set;
mod directory;
mod protected;
mod sink;

use std::collections::HashSet;
use std::io::{self, IsTerminal, Write, stdout};
use std::path::Path;

use liveblog::output::{Arrangement, Detail, Format, FormatKind, Header, PrintOptions, wrap};
use serde::Serialize;

pub use self::data_set::DataSet;
pub use self::directory::PageDirectory;
pub use self::protected::Protected;
pub use self::sink::Sink;
use super::Error;
use super::args::Target;
use super::terminal::is_colored;

/// However wide the terminal, lines longer than this are hard to read.
const MAX_WIDTH: usize = 100;

/// A directory of output.
pub enum Directory {
    /// One file per live blog.
    Pages(PageDirectory),
    /// One data set of all rows.
    DataSet(DataSet),
}

impl Target {
    /// The format that was asked for, by name or by the file's extension.
    pub fn format(&self) -> Result<Option<Format>, Error> {
        let format = match self.path() {
            _ if self.json => Some(Format::Json),
            _ if self.jsonl => Some(Format::Jsonl),
            _ if self.csv => Some(Format::Csv),
            _ if self.format.is_some() => self.format,
            Some(path) if is_directory(path) => return Err(Error::directory_without_format(path)),
            Some(file) => Some(Format::from_path(file).ok_or_else(|| Error::unknown_extension(file, &Format::ALL))?),
            None => None,
        };
        // Without a format, text is printed.
        let printed = format.unwrap_or(Format::Text);
        if let Some(option) = self.unused(printed) {
            return Err(Error::no_meaning(option, printed));
        }
        if printed.is_binary() && self.path().is_none() && stdout().is_terminal() {
            return Err(Error::binary_on_terminal(printed));
        }
        Ok(format)
    }

    /// The first option that was given and has no meaning for a format.
    fn unused(&self, format: Format) -> Option<&'static str> {
        use FormatKind::{Chart, Document, Feed, Table, Text};
        let kind = format.kind();
        let options = [
            ("--fields", self.fields.is_some(), kind.has_fields()),
            ("--brief", self.brief, matches!(kind, Text | Document)),
            ("--full", self.full, matches!(kind, Text | Document)),
            ("--heading", self.heading.is_some(), matches!(kind, Document | Feed | Chart)),
            ("--feed-url", self.feed_url.is_some(), kind == Feed),
            ("--width", self.width.is_some(), kind == Text),
            ("--bom", self.bom, kind == Table),
            ("--escape-formulas", self.escape_formulas, kind == Table),
        ];
        options.into_iter().find_map(|(name, given, has_meaning)| (given && !has_meaning).then_some(name))
    }

    /// Whether fields were picked.
    pub fn has_fields(&self) -> bool {
        self.fields.is_some()
    }

    /// The file or directory to write to; `None` for standard output.
    pub fn path(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| path.as_os_str() != "-")
    }

    /// Opens standard output or the file.
    pub fn open(&self, protected: &Protected) -> Result<Sink, Error> {
        match self.path() {
            None => Ok(Sink::standard_output()),
            Some(path) if is_directory(path) => Err(Error::needs_one_file(path)),
            Some(file) => Sink::file(file, protected),
        }
    }

    /// Makes the directory to write to, if one was asked for.
    pub fn directory(&self, format: Format, protected: &Protected) -> Option<Result<Directory, Error>> {
        let path = self.path().filter(|path| is_directory(path))?;
        Some(match format {
            Format::Parquet => DataSet::new(path, protected.clone()).map(Directory::DataSet),
            _ => PageDirectory::new(path, format, protected.clone()).map(Directory::Pages),
        })
    }

    /// How rows of several live blogs are put together, under the title that was asked for.
    pub fn header(&self, order: Arrangement) -> Header {
        Header { order, title: self.heading.clone(), ..Header::default() }
    }

    /// How to print there.
    pub fn options(&self) -> PrintOptions {
        let mut fields = self.fields.clone();
        if let Some(fields) = &mut fields {
            let mut seen = HashSet::new();
            fields.retain(|field| seen.insert(field.name()));
        }
        let plain = PrintOptions {
            fields,
            images: self.images,
            width: self.width,
            detail: match self {
                Self { brief: true, .. } => Detail::Brief,
                Self { full: true, .. } => Detail::Full,
                _ => Detail::Usual,
            },
            feed_url: self.feed_url.clone(),
            byte_order_mark: self.bom,
            escape_formulas: self.escape_formulas,
            ..PrintOptions::default()
        };
        if self.path().is_some() {
            return plain;
        }
        PrintOptions { width: self.width.or_else(width), color: is_colored(), indent: stdout().is_terminal(), ..plain }
    }
}

/// Whether a path means a directory: it ends in a slash, or is one.
fn is_directory(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().as_encoded_bytes().last().is_some_and(|&end| std::path::is_separator(end.into()))
}

/// A line for reading, wrapped to a width; the lines that it becomes begin with `indent`.
pub fn wrapped(line: &str, indent: &str, width: Option<usize>) -> String {
    width.map_or_else(|| line.to_owned(), |width| wrap(line, width, indent).join("\n"))
}

/// The width of the terminal, else of `COLUMNS`; `None` in a pipe, where whole lines are easier to search.
pub fn width() -> Option<usize> {
    let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
    let width = match terminal_size::terminal_size_of(stdout()) {
        Some((width, _)) => Some(width.0.into()),
        None => columns(),
    };
    width.map(|width: usize| width.min(MAX_WIDTH))
}

/// Writes JSON for standard output, indented on a terminal.
pub fn write_json(to: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    if stdout().is_terminal() {
        serde_json::to_writer_pretty(&mut *to, value)?;
    } else {
        serde_json::to_writer(&mut *to, value)?;
    }
    writeln!(to)
}
