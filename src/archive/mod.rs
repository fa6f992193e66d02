//! The archive: every page that was parsed, its captures, its entries and what became of them, in one SQLite file.
//!
//! ```no_run
//! use liveblog::archive::{Archive, Error};
//! use liveblog::query::{Query, TextField};
//! use std::path::Path;
//!
//! let archive = Archive::open_existing(Path::new("archive.db"))?;
//! let query = Query::new(chrono::Utc::now()).contains(TextField::Author, ["Ada Example"]);
//! let selected = archive.select(&query, |row| {
//!     println!("{}", row.entry.title.unwrap_or_default());
//!     Ok::<_, Error>(())
//! })?;
//! assert!(selected.entries > 0);
//! # Ok::<_, Error>(())
//! ```

mod backup;
mod bound_times;
mod capture;
mod changes;
mod check;
mod columns;
mod correct;
mod decide;
mod difference;
mod error;
mod expression;
mod files;
mod find;
mod function;
mod head;
mod history;
mod identity;
mod known;
mod matching;
mod merge;
mod open;
mod original;
mod pages;
mod record;
mod remove;
mod reparse;
mod search;
mod select;
mod sight;
mod storable;
mod store;
mod unread;
mod versions;
mod wording;
mod words;
mod write;

use std::path::PathBuf;

use file_id::FileId;
use rusqlite::Connection;

use self::unread::UnreadRows;

pub use capture::Capture;
pub use changes::{CaptureChanges, Change, ChangeKind, History};
pub use check::{Checked, Problem};
pub use correct::{Correction, StoredCapture, UserMetadata};
pub use difference::{Difference, Piece};
pub use error::Error;
pub use files::is_file_of;
pub use original::Original;
pub use pages::PageSummary;
pub use reparse::Reparsed;
pub use store::{Batch, Stored};
pub use unread::Unread;

/// An open archive.
#[derive(Debug)]
pub struct Archive {
    connection: Connection,
    path: PathBuf,
    /// The file that was opened: by it, [`Batch::commit`] knows whether it is still in its place.
    file: Option<FileId>,
    unread: UnreadRows,
}

impl Archive {
    /// The rows that could not be read whole since the archive was opened, each once. What cannot be read spoils itself
    /// alone: it is null or empty in what is returned.
    pub fn unread(&self) -> Vec<Unread> {
        self.unread.to_vec()
    }
}
