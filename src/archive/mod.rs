//! The archive: every stored page with its captures, its entries and their versions, in one SQLite file.
//!
//! ```
//! use liveblog::archive::{Archive, Capture, Error};
//! use liveblog::query::Query;
//! use liveblog::{Document, ParseOptions, parse};
//!
//! let directory = tempfile::tempdir()?;
//! let mut archive = Archive::open(&directory.path().join("archive.db"))?;
//!
//! // Two captures of one live blog: in the second an entry was edited.
//! for (hour, body) in [(12, "The gate is shut."), (13, "The gate is open.")] {
//!     let page = format!("Flood gatepublished at 12:00 GMT 20 June 2023\n\n{body}\n");
//!     let document = Document::from_text("flood.txt", &page);
//!     let now = format!("2023-06-20T{hour}:30:00Z").parse()?;
//!     let blog = parse(&document, &ParseOptions::new(now))?;
//!     archive.store(&Capture::new(&document, &blog, now))?;
//! }
//!
//! // Select entries, search them, and see what changed.
//! let query = Query::new("2023-06-20T14:00:00Z".parse()?);
//! let mut texts = Vec::new();
//! archive.select(&query, |row| Ok::<_, Error>(texts.push(row.entry.text())))?;
//! assert_eq!(texts, ["The gate is open."]);
//! assert_eq!(archive.count_found(&query, "gate NOT shut")?.entries, 1);
//! let changes = &archive.history("flood")?.steps[1].changes;
//! assert_eq!(changes[0].differences[0].field, "text");
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```

mod backup;
mod capture;
mod check;
mod columns;
mod correct;
mod decide;
mod difference;
mod error;
mod files;
mod fts;
mod history;
mod identity;
mod likeness;
mod match_expression;
mod matching;
mod migrations;
mod numbered;
mod open;
mod page_head;
mod pages;
mod positions;
mod record;
mod reparse;
mod search;
mod select;
mod snapshot;
mod store;
mod stored_page;
mod unindexed;
mod versions;
mod vocabulary;
mod wording;
mod write;

use std::path::PathBuf;

use file_id::FileId;
use rusqlite::Connection;

use self::columns::UnreadRows;

pub use capture::{Capture, Original, Packed};
pub use check::{Checked, Problem};
pub use columns::Unread;
pub use correct::{Correction, StoredCapture, UserMetadata};
pub use difference::{Difference, Piece};
pub use error::Error;
pub use files::is_file_of;
pub use history::{CaptureChanges, Change, ChangeKind, History};
pub use pages::PageSummary;
pub use reparse::Reparsed;
pub use store::Batch;
pub use write::Stored;

/// An open archive.
#[derive(Debug)]
pub struct Archive {
    connection: Connection,
    path: PathBuf,
    /// The file that was opened, so that [`Batch::commit`] can check that it is still in its place.
    file: Option<FileId>,
    unread: UnreadRows,
}

impl Archive {
    /// Returns the rows that could not be read whole since the archive was opened, each once. Values that cannot be read
    /// are null or empty in what is returned; the rest of the row is there.
    pub fn unread(&self) -> Vec<Unread> {
        self.unread.to_vec()
    }
}
