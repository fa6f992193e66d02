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

mod capture;
mod error;
mod keep;
mod select;

use std::path::{Path, PathBuf};

use rusqlite::Connection;

pub use capture::Capture;
pub use error::Error;
pub use keep::{Batch, Kept};

/// An open archive.
#[derive(Debug)]
pub struct Archive {
    connection: Connection,
    path: PathBuf,
}

impl Archive {
    /// Opens an archive to keep pages in; makes the file and its folder where there is none yet.
    ///
    /// # Errors
    /// Any but [`Error::Missing`] and those about pages; the file is then as it was.
    pub fn open(_path: &Path) -> Result<Self, Error> {
        todo!()
    }

    /// Opens an archive to ask it.
    ///
    /// # Errors
    /// [`Error::Missing`] if nothing has been kept yet; else as [`open`](Self::open).
    pub fn open_existing(_path: &Path) -> Result<Self, Error> {
        todo!()
    }
}
