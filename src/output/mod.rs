//! What is printed: one file per format, each behind the same small trait.
//!
//! A format is given rows one at a time and keeps none that it need not, so that a million rows stream.
//!
//! ```
//! use liveblog::model::Row;
//! use liveblog::output::{Format, Header, PrintOptions};
//!
//! let mut row = Row::default();
//! row.page = "flood".into();
//! row.entry.title = Some("Gates closed".into());
//! let format: Format = "csv".parse()?;
//! let options = PrintOptions { fields: Some(vec!["page".parse()?, "title".parse()?]), ..PrintOptions::default() };
//!
//! let mut printed = Vec::new();
//! let mut output = format.output(&mut printed, options);
//! output.begin(&Header::default())?;
//! output.row(&row)?;
//! output.end()?;
//! drop(output);
//! assert_eq!(printed, b"page,title\r\nflood,Gates closed\r\n");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod atom;
mod csv;
mod feed;
mod field;
mod html;
mod json;
mod jsonfeed;
mod jsonl;
mod jsonld;
mod markdown;
mod markup;
#[cfg(feature = "parquet")]
mod parquet;
mod parts;
#[cfg(test)]
mod sample;
mod terminal;
mod text;
mod words;

use std::io::{self, Write};
use std::path::Path;
use std::str::FromStr;

use chrono_tz::Tz;

use crate::model::{Excerpt, PageHead, Row};

pub use crate::time::years::in_zone;
pub use field::{Field, UnknownField};
pub use json::live_blog;
pub use terminal::terminal_safe;
pub use words::span;

/// A format at work on one run of rows: `begin` once, `row` for each, `end` once; and `page` before the first row of
/// each live blog.
pub trait Output {
    /// Prints what stands before the rows.
    ///
    /// # Errors
    /// Those of the writer, here and below.
    fn begin(&mut self, head: &Header) -> io::Result<()>;

    /// Takes on a live blog, before the first of its rows. Those that follow are its own up to the next call, unless
    /// they are mixed. Formats of rows alone need nothing of it.
    fn page(&mut self, _: &PageHead) -> io::Result<()> {
        Ok(())
    }

    /// Prints an entry.
    fn row(&mut self, row: &Row) -> io::Result<()>;

    /// Prints an entry that a search found; what it found there is shown by formats for reading alone.
    fn found(&mut self, row: &Row, _excerpt: &Excerpt) -> io::Result<()> {
        self.row(row)
    }

    /// Prints what stands behind the rows, and flushes.
    fn end(&mut self) -> io::Result<()>;
}

/// What is known before the first row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Header {
    /// How rows of several live blogs are put together.
    pub order: Arrangement,
    /// The zone to tell times in, where a format is for reading; without it, each entry's own.
    pub zone: Option<Tz>,
}

/// How rows of several live blogs are put together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// One live blog after another.
    #[default]
    Pages,
    /// In one line of time.
    Timeline,
    /// As a search found them, the best first.
    Found,
}

impl Arrangement {
    /// The title of a document in which the entries of all live blogs are mixed.
    fn title(self) -> Option<&'static str> {
        match self {
            Self::Pages => None,
            Self::Timeline => Some("Timeline"),
            Self::Found => Some("Found entries"),
        }
    }

    /// Whether the entries of all live blogs are mixed.
    pub fn is_mixed(self) -> bool {
        self != Self::Pages
    }
}

/// How to print; a format takes what concerns it.
#[derive(Debug, Clone, Default)]
pub struct PrintOptions {
    /// The fields to print, in this order; without it, all.
    pub fields: Option<Vec<Field>>,
    /// How many columns a line may take; without it, lines are not wrapped.
    pub width: Option<usize>,
    /// Whether to use colour.
    pub color: bool,
    /// Whether documents show images from their addresses, so that whoever opens one asks those servers.
    pub images: bool,
    /// Whether JSON is indented.
    pub indent: bool,
}

/// A format of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// For reading.
    Text,
    /// One array of rows.
    Json,
    /// JSON Lines: one row a line.
    Jsonl,
    /// Comma-separated values, RFC 4180.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// Markdown: a document per live blog.
    Markdown,
    /// One page of HTML.
    Html,
    /// JSON-LD: a schema.org LiveBlogPosting per live blog.
    JsonLd,
    /// An Atom feed, RFC 4287.
    Atom,
    /// A JSON Feed, version 1.1.
    JsonFeed,
    /// Parquet: columns.
    #[cfg(feature = "parquet")]
    Parquet,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 10 + cfg!(feature = "parquet") as usize] = [
        Self::Text,
        Self::Json,
        Self::Jsonl,
        Self::Csv,
        Self::Tsv,
        Self::Markdown,
        Self::Html,
        Self::JsonLd,
        Self::Atom,
        Self::JsonFeed,
        #[cfg(feature = "parquet")]
        Self::Parquet,
    ];

    /// The name that users give.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::JsonLd => "jsonld",
            Self::Atom => "atom",
            Self::JsonFeed => "jsonfeed",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
        }
    }

    /// The ending of its files, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            other => other.name(),
        }
    }

    /// The format that a file's ending asks for.
    pub fn from_path(file: &Path) -> Option<Self> {
        match file.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "ndjson" => Some(Self::Jsonl),
            ending => Self::ALL.into_iter().find(|format| format.extension() == ending),
        }
    }

    /// Whether it tells of the live blogs themselves, so that [`Output::page`] means something to it.
    pub fn has_pages(self) -> bool {
        matches!(self, Self::Markdown | Self::Html | Self::JsonLd)
    }

    /// Whether it is not for reading as text.
    pub fn is_binary(self) -> bool {
        match self {
            #[cfg(feature = "parquet")]
            Self::Parquet => true,
            _ => false,
        }
    }

    /// Whether [`PrintOptions::fields`] means something to it.
    pub fn has_fields(self) -> bool {
        matches!(self, Self::Text | Self::Jsonl | Self::Csv | Self::Tsv)
    }

    /// The format at work, printing to `to`.
    pub fn output<'a>(self, to: impl Write + Send + 'a, options: PrintOptions) -> Box<dyn Output + 'a> {
        match self {
            Self::Text if options.fields.is_some() => Box::new(text::Record::new(to, options)),
            Self::Text => Box::new(text::Text::new(to, options)),
            Self::Json => Box::new(json::Json::new(to, options)),
            Self::Jsonl => Box::new(jsonl::Jsonl::new(to, options)),
            Self::Csv => Box::new(csv::Csv::new(to, csv::COMMA, options)),
            Self::Tsv => Box::new(csv::Csv::new(to, csv::TAB, options)),
            Self::Markdown => Box::new(markdown::Markdown::new(to, options)),
            Self::Html => Box::new(html::Html::new(to, options)),
            Self::JsonLd => Box::new(jsonld::JsonLd::new(to)),
            Self::Atom => Box::new(atom::Atom::new(to, options)),
            Self::JsonFeed => Box::new(jsonfeed::JsonFeed::new(to, options)),
            #[cfg(feature = "parquet")]
            Self::Parquet => Box::new(parquet::Parquet::new(to)),
        }
    }
}

/// A format that is none of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no format\n  known are {known}", known = Format::ALL.map(Format::name).join(", "))]
pub struct UnknownFormat(String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        Self::ALL.into_iter().find(|format| format.name() == name).ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_of_a_file_picks_the_format() {
        let of = |file: &str| Format::from_path(Path::new(file));
        assert_eq!(of("flood.CSV"), Some(Format::Csv));
        assert_eq!(of("flood.2023.ndjson"), Some(Format::Jsonl));
        assert_eq!(of("flood.txt"), Some(Format::Text));
        assert_eq!(of("flood.docx"), None);
        assert_eq!(of("csv"), None);
    }

    #[test]
    fn an_unknown_format_is_told_the_known_ones() {
        let error = "xlsx".parse::<Format>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "\"xlsx\" is no format\n  known are text, json, jsonl, csv, tsv, markdown, html, jsonld, atom, jsonfeed, parquet"
        );
    }
}
