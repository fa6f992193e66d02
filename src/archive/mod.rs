//! The archive: every page that was parsed, its captures, its entries and what became of them, in one SQLite file.
//!
//! ```no_run
//! use liveblog::archive::{Archive, Error};
//! use liveblog::query::Query;
//! use std::path::Path;
//!
//! let archive = Archive::open_existing(Path::new("archive.db"))?;
//! let query = Query { authors: vec!["Ada Example".into()], ..Query::default() };
//! let selected = archive.select(&query, |row| {
//!     println!("{}", row.entry.title.unwrap_or_default());
//!     Ok::<_, Error>(())
//! })?;
//! assert!(selected.entries > 0);
//! # Ok::<_, Error>(())
//! ```

mod again;
mod backup;
mod capture;
mod changes;
mod check;
mod decide;
mod difference;
mod error;
mod expression;
mod find;
mod function;
mod head;
mod history;
mod identity;
mod keep;
mod known;
mod matching;
mod merge;
mod open;
mod original;
mod pages;
mod record;
mod remove;
mod said;
mod search;
mod select;
mod sight;
mod versions;
mod wording;
mod words;
mod write;

use std::path::PathBuf;

use rusqlite::Connection;

pub use again::Again;
pub use capture::Capture;
pub use changes::{Became, Change, History, Step};
pub use check::{Checked, Problem};
pub use difference::{Difference, Piece};
pub use error::Error;
pub use keep::{Batch, Kept};
pub use original::Original;
pub use pages::Archived;
pub use said::{Corrected, Said, Stored};

/// An open archive.
#[derive(Debug)]
pub struct Archive {
    connection: Connection,
    path: PathBuf,
}
