//! Saved live pages, the minute-by-minute pages of BBC News and others, turned into data: a summary, and timestamped
//! entries with author, role, title, body and images, their times in UTC.
//!
//! [`parse`] reads a page; what comes of it, a [`LiveBlog`], is plain data. [`query::Query`] selects entries, of pages
//! and of an archive alike; [`output`] prints them; [`archive::Archive`] keeps them.
//!
//! ```
//! use liveblog::query::Query;
//! use liveblog::{Document, ParseOptions, parse};
//!
//! let page = "\
//! Summary
//!
//!   • The tunnel under the harbour has reopened
//!
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
//! let now = "2023-06-20T00:00:00Z".parse()?;
//! let blog = parse(&Document::from_text("page.txt", page), &ParseOptions::new(now))?;
//! assert_eq!(blog.summary, ["The tunnel under the harbour has reopened"]);
//! assert_eq!(blog.entries[0].published, Some("2023-06-19T13:27:00Z".parse()?));
//!
//! let query = Query { authors: vec!["harbour".into()], now, ..Query::default() };
//! let mut titles = Vec::new();
//! query.select([("page".to_owned(), blog)], |_, row| Ok::<(), ()>(titles.extend(row.entry.title))).unwrap();
//! assert_eq!(titles, ["Tunnel reopens"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Nothing reads a clock or a zone of the machine: the time now, and what else the page does not tell, is given in
//! [`ParseOptions`]. Every inference is a [`model::Warning`] with the line that made it necessary.

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
mod time;

pub use chrono;
pub use chrono_tz;

pub use error::Error;
pub use input::Document;
pub use layout::{Explained, ParseError, ParseOptions, explain, parse};
pub use model::{Entry, LiveBlog};
