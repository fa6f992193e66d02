//! Inputs: files, directories and standard input, each a page or the records of a crawl, read as [`Document`]s; and the
//! decoding of their text.

#[cfg(feature = "files")]
mod columns;
mod container;
#[cfg(feature = "parquet")]
pub(crate) mod damage;
mod decode;
#[cfg(feature = "files")]
mod documents;
mod error;
#[cfg(feature = "files")]
mod files;
mod kind;
mod name;
#[cfg(feature = "files")]
mod records;

use chrono::{DateTime, Utc};

#[cfg(feature = "files")]
pub use columns::DataSetColumns;
#[cfg(feature = "parquet")]
pub use damage::catches_panics;
pub use decode::DecodedText;
#[cfg(feature = "files")]
pub use documents::{Documents, MAX_RATIO, OpenOptions};
pub use error::{Error, printable};
#[cfg(feature = "files")]
pub use files::{Source, sources};
pub use kind::FileKind;
pub use name::display_name;

/// The default limit of an input's size in bytes: many times the largest live page known.
pub const MAX_BYTES: u64 = 64 << 20;

/// How the name of a file begins that liveblog has not finished writing: nobody saved it, so it is not a page.
pub const UNFINISHED: &str = ".liveblog-";

/// One saved page, as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The file name, address or record id, as given.
    pub source: String,
    /// Where the page was published, if the user or the record says so.
    pub url: Option<String>,
    /// When the page was saved, UTC, if the user or the record says so.
    pub captured: Option<DateTime<Utc>>,
    /// When the file was last changed, UTC; for standard input `None`.
    pub modified: Option<DateTime<Utc>>,
    /// The page itself as it was saved: undecoded, and within what it is packed in, such as MHTML.
    pub bytes: Vec<u8>,
}

impl Document {
    /// A page of which only its name and its text are known.
    pub fn from_text(source: &str, text: &str) -> Document {
        Document { source: source.to_owned(), url: None, captured: None, modified: None, bytes: text.into() }
    }
}
