//! What is printed: one file or folder per format, each behind the same small trait.
//!
//! A format takes one row at a time and keeps as few as it can, so that a million rows stream. [`write()`] is the short way;
//! [`Format::output`] takes options:
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

mod chart;
mod clock;
mod csv;
mod describe;
mod feed;
mod field;
mod format;
mod gathered;
mod html;
mod json;
mod json_line;
mod json_text;
mod jsonl;
mod jsonld;
mod markdown;
mod markup;
#[cfg(feature = "parquet")]
pub(crate) mod parquet;
#[cfg(test)]
pub(crate) mod sample;
mod svg;
mod terminal;
mod text;
mod tsv;

use std::borrow::Borrow;
use std::io::{self, Write};

use chrono_tz::Tz;

use crate::model::{Excerpt, PageHead, Row};

pub use crate::time::years::in_zone;
pub use describe::span;
pub use field::{Field, UnknownField};
pub use format::{Format, FormatKind, UnknownFormat};
pub use json::write_live_blog;
pub use markdown::markdown_safe;
pub use markup::html_safe;
pub use terminal::terminal_safe;
pub use text::wrap;
pub use tsv::tsv_safe;

/// Prints rows in a format. Call `begin` once, `row` for each, `end` once; and `page` before the first row of each live
/// blog.
pub trait Output {
    /// Prints what comes before the rows.
    ///
    /// # Errors
    /// Those of the writer, here and below.
    fn begin(&mut self, head: &Header) -> io::Result<()>;

    /// Called once before the first row of each live blog. The rows up to the next call are its own, unless those of all
    /// live blogs are mixed. Formats that print rows alone ignore it.
    fn page(&mut self, _: &PageHead) -> io::Result<()> {
        Ok(())
    }

    /// Prints an entry.
    fn row(&mut self, row: &Row) -> io::Result<()>;

    /// Prints an entry that a search found. Only formats for reading show the excerpt.
    fn found(&mut self, row: &Row, _excerpt: &Excerpt) -> io::Result<()> {
        self.row(row)
    }

    /// Prints what comes after the rows, and flushes.
    fn end(&mut self) -> io::Result<()>;
}

/// What is known before the first row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// How rows of several live blogs are put together.
    pub order: Arrangement,
    /// The zone of the times in formats for reading; without it, each entry's own.
    pub zone: Option<Tz>,
    /// The title of a document, a feed or a chart; without it, that of its live blog.
    pub title: Option<String>,
    /// The live blog that all entries are of, where their order mixes live blogs. Without it, that is found out.
    pub only: Option<PageHead>,
    /// Whether these are some entries of their live blogs, not all: documents quote them.
    pub is_excerpt: bool,
}

impl Header {
    /// The title that was asked for, else that of a document that mixes the entries of all live blogs.
    fn title(&self) -> Option<&str> {
        let only = self.only.as_ref().map(describe::title);
        self.title.as_deref().or(only).or(self.order.title())
    }

    /// Whether each entry names its live blog.
    fn names_pages(&self) -> bool {
        self.order.is_mixed() && self.only.is_none()
    }
}

/// How rows of several live blogs are put together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// One live blog after another.
    #[default]
    Pages,
    /// All together, by time.
    Timeline,
    /// As a search found them, the best match first.
    Found,
}

impl Arrangement {
    /// The title of a document that mixes the entries of all live blogs.
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

/// How much is printed of each entry, in formats for reading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Detail {
    /// All of it; on a timeline as text, its title.
    #[default]
    Usual,
    /// Its time and its title, in a line.
    Brief,
    /// All of it.
    Full,
}

/// How to print. A format ignores the options that it has no use for.
#[derive(Debug, Clone, Default)]
pub struct PrintOptions {
    /// The fields to print, in this order; without it, all.
    pub fields: Option<Vec<Field>>,
    /// How much is printed of each entry.
    pub detail: Detail,
    /// How many columns a line may take; without it, lines are not wrapped.
    pub width: Option<usize>,
    /// Whether to use colour.
    pub color: bool,
    /// Whether documents show images from their addresses: then opening one sends requests to those servers.
    pub images: bool,
    /// Whether JSON is indented.
    pub indent: bool,
    /// The address at which a feed will be published.
    pub feed_url: Option<String>,
    /// Whether a table begins with a byte-order mark, by which Excel knows UTF-8.
    pub byte_order_mark: bool,
    /// Whether cells that a spreadsheet would run as formulas, those that begin with `=`, `+`, `-`, `@`, a tab or a
    /// carriage return, begin with an apostrophe instead.
    pub escape_formulas: bool,
}

/// Writes rows in a format, with its default options.
///
/// ```
/// use liveblog::output::{self, Format};
/// # let page = "1. Tunnel reopenspublished at 14:27 British Summer Time 19 June 2023\n\nIt did.\n";
/// # let now = "2023-06-20T00:00:00Z".parse()?;
/// # let blog = liveblog::parse(&liveblog::Document::from_text("page.txt", page), &liveblog::ParseOptions::new(now))?;
///
/// let mut csv = Vec::new();
/// output::write(Format::Csv, &mut csv, blog.into_rows("tunnel"))?;
/// assert!(csv.starts_with(b"page,page_title,page_url,"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Those of the writer.
pub fn write<R: Borrow<Row>>(
    format: Format,
    to: impl Write + Send,
    rows: impl IntoIterator<Item = R>,
) -> io::Result<()> {
    let mut output = format.output(to, PrintOptions::default());
    output.begin(&Header::default())?;
    rows.into_iter().try_for_each(|row| output.row(row.borrow()))?;
    output.end()
}
