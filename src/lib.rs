//! Saved live pages, the minute-by-minute pages of BBC News and others, turned into data: a summary, and timestamped
//! entries with author, role, title, body and images, their times in UTC.
//!
//! [`parse`] turns a page into a [`LiveBlog`], which is plain data. A [`query::Query`] selects entries of pages and of
//! an archive alike; [`archive::Archive`] stores pages with their originals; [`output`] prints rows in eleven formats.
//!
#![cfg_attr(all(feature = "archive", feature = "output"), doc = "```")]
#![cfg_attr(not(all(feature = "archive", feature = "output")), doc = "```ignore")]
//! use liveblog::archive::{Archive, Capture};
//! use liveblog::output::{self, Format};
//! use liveblog::query::{Query, TextField};
//! use liveblog::{Document, Error, ParseOptions, parse};
//!
//! # let directory = tempfile::tempdir()?;
//! # let path = directory.path().join("archive.db");
//! # let now = "2023-06-20T00:00:00Z".parse()?;
//! let page = "\
//!   1. Tunnel reopenspublished at 14:27 British Summer Time 19 June 2023
//!
//!     Ada Harbour
//!     Transport correspondent
//!
//!     It reopened at noon.
//!   2. Good morningpublished at 09:00 British Summer Time 19 June 2023
//!
//!     The tunnel is still closed.
//! ";
//! let document = Document::from_text("tunnel.txt", page);
//! let blog = parse(&document, &ParseOptions::new(now))?;
//! assert_eq!(blog.entries[0].published, Some("2023-06-19T13:27:00Z".parse()?)); // UTC
//!
//! let mut archive = Archive::open(&path)?;
//! archive.store(&Capture::new(&document, &blog, now))?;
//!
//! let query = Query::new(now).contains(TextField::Author, ["harbour"]);
//! let mut rows = Vec::new();
//! archive.select(&query, |row| {
//!     rows.push(row);
//!     Ok::<_, Error>(())
//! })?;
//! let mut csv = Vec::new();
//! output::write(Format::Csv, &mut csv, &rows)?;
//! assert!(String::from_utf8(csv)?.contains("Tunnel reopens"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Nothing reads a clock or a zone of the machine: the time now, and what else the page does not say, is given in
//! [`ParseOptions`]. Every inference is a [`model::Warning`] with the line that made it necessary.
//!
//! # Features
//!
//! All are on by default, because they are what the program is made of. A library needs few of them:
//!
//! ```toml
//! liveblog = { version = "0.1", default-features = false, features = ["archive"] }
//! ```
//!
//! - `archive`: [`archive`], with SQLite
//! - `containers`: [`parse`] reads pages in MHTML, Safari web archives, gzip and Zstandard; without it, it says what they are
//! - `files`: [`input::sources`], which lists and reads directories
//! - `output`: [`output`] without Parquet
//! - `parquet`: Parquet as well, and [`rows`], which reads it back
//! - `cli`: the program, with all of these
//!
//! No feature changes what a page means.

// Helpers are shared: one that the archive alone needs is unused without it. What nobody needs shows with all features.
#![cfg_attr(not(feature = "cli"), allow(dead_code, unused_imports))]

#[cfg(feature = "archive")]
pub mod archive;
mod error;
mod html;
pub mod input;
mod layout;
mod locale;
pub mod model;
#[cfg(feature = "output")]
pub mod output;
pub mod query;
#[cfg(feature = "parquet")]
pub mod rows;
mod time;

pub use chrono;
pub use chrono_tz;

pub use error::Error;
pub use input::Document;
pub use layout::{ExplainedLine, OwnJsonError, ParseError, ParseOptions, explain, parse, split};
pub use model::{Entry, LiveBlog};

/// The example in the README, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
