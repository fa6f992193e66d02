//! Backups: a copy of the archive as it is at one moment, while others may go on reading and writing.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;

use super::files::{folder, is_file_of, plain_path};
use super::{Archive, Error};
use crate::input::UNFINISHED;

/// How long to wait before trying again where somebody else is in the way.
const PAUSE: Duration = Duration::from_millis(50);

impl Archive {
    /// Copies the archive to `file`. The copy is written beside it and renamed once it is complete. An existing file is an
    /// error unless `replace` is set.
    ///
    /// ```
    /// # use liveblog::archive::{Archive, Capture};
    /// # use liveblog::{Document, ParseOptions, parse};
    /// # let directory = tempfile::tempdir()?;
    /// # let mut archive = Archive::open(&directory.path().join("archive.db"))?;
    /// # for (hour, word) in [(12, "shut"), (13, "open")] {
    /// #     let page = format!("Flood gatepublished at 12:00 GMT 20 June 2023\n\nThe gate is {word}.\n");
    /// #     let document = Document::from_text("flood.txt", &page);
    /// #     let now = format!("2023-06-20T{hour}:30:00Z").parse()?;
    /// #     archive.store(&Capture::new(&document, &parse(&document, &ParseOptions::new(now))?, now))?;
    /// # }
    /// let copy = directory.path().join("archive-2023-06-20.db");
    /// archive.backup(&copy, false)?;
    /// assert_eq!(Archive::open_existing(&copy)?.pages()?, archive.pages()?);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the file exists, is no regular file, or cannot be written, or the archive cannot be read.
    pub fn backup(&self, file: &Path, replace: bool) -> Result<(), Error> {
        self.backup_noting(file, replace, |_| ())
    }

    /// Copies the archive as [`backup`](Self::backup) does, and calls `note` with the path of the unfinished copy, so
    /// that a program which is interrupted can remove it.
    ///
    /// # Errors
    /// As [`backup`](Self::backup).
    pub fn backup_noting(&self, file: &Path, replace: bool, note: impl FnOnce(&Path)) -> Result<(), Error> {
        let unwritten = |reason: io::Error| Error::Unwritten { path: file.to_owned(), reason };
        if is_file_of(&self.path, file) {
            return Err(unwritten(io::Error::other("it is the archive itself")));
        }
        // A copy never replaces a directory or a device.
        if fs::metadata(file).is_ok_and(|old| !old.is_file()) {
            return Err(unwritten(io::Error::other("it is not a regular file")));
        }
        if file.exists() && !replace {
            return Err(Error::Exists(file.to_owned()));
        }
        let mode = fs::metadata(&self.path).map_err(unwritten)?.permissions();
        // A link stays a link.
        let place = file.canonicalize().unwrap_or_else(|_| file.to_owned());
        let folder = folder(&place);
        fs::metadata(folder).map_err(unwritten)?;
        // Only its owner may read the copy before it is complete. The error of creating this file would name it, but the
        // user never did.
        let beside = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder);
        let beside = beside.map_err(|error| unwritten(error.kind().into()))?;
        note(beside.path());
        self.copy(beside.path()).map_err(|error| match Error::from_sqlite(&self.path, error) {
            Error::Full(_) => Error::Full(file.to_owned()),
            error => error,
        })?;
        // The copy has the permissions of the archive.
        beside.as_file().set_permissions(mode).map_err(unwritten)?;
        let put = if replace { beside.persist(&place) } else { beside.persist_noclobber(&place) };
        match put {
            Ok(_) => Ok(()),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(Error::Exists(file.to_owned())),
            Err(error) => Err(unwritten(error.error)),
        }
    }

    /// Copies everything in one step: a copy in several would start again whenever another program writes.
    fn copy(&self, file: &Path) -> rusqlite::Result<()> {
        let mut copy = Connection::open(plain_path(file))?;
        // A copy that fails is deleted, so it needs no journal.
        copy.query_row("PRAGMA journal_mode = OFF", [], |_| Ok(()))?;
        Backup::new(&self.connection, &mut copy)?.run_to_completion(i32::MAX, PAUSE, None)?;
        copy.close().map_err(|(_, error)| error)
    }
}
