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
    /// Copies the archive to `file`, which is written beside its place and put there once it is whole. A file that is
    /// there is an error, unless `replace` says that it may go.
    ///
    /// ```no_run
    /// # fn backup(archive: &liveblog::archive::Archive) -> Result<(), liveblog::archive::Error> {
    /// archive.backup("archive-2023-06-19.db".as_ref(), false)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// If there is such a file, or it is no regular file, or cannot be written, or the archive cannot be read.
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
        // Neither a directory nor a device is something that a copy may take the place of.
        if fs::metadata(file).is_ok_and(|old| !old.is_file()) {
            return Err(unwritten(io::Error::other("it is not a regular file")));
        }
        if file.exists() && !replace {
            return Err(Error::Exists(file.to_owned()));
        }
        let mode = fs::metadata(&self.path).map_err(unwritten)?.permissions();
        // A link goes on leading where it leads.
        let place = file.canonicalize().unwrap_or_else(|_| file.to_owned());
        let folder = folder(&place);
        fs::metadata(folder).map_err(unwritten)?;
        // Only its owner may read the copy before it is whole. The error of making the file would name it, which the
        // user never did.
        let beside = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder);
        let beside = beside.map_err(|error| unwritten(error.kind().into()))?;
        note(beside.path());
        self.copy(beside.path()).map_err(|error| match Error::told(&self.path, error) {
            Error::Full(_) => Error::Full(file.to_owned()),
            error => error,
        })?;
        // Whoever may not read the archive may not read its copy either.
        beside.as_file().set_permissions(mode).map_err(unwritten)?;
        let put = if replace { beside.persist(&place) } else { beside.persist_noclobber(&place) };
        match put {
            Ok(_) => Ok(()),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(Error::Exists(file.to_owned())),
            Err(error) => Err(unwritten(error.error)),
        }
    }

    /// Copies all in one step: a copy in several would begin anew whenever somebody writes.
    fn copy(&self, file: &Path) -> rusqlite::Result<()> {
        let mut copy = Connection::open(plain_path(file))?;
        // A copy that fails is thrown away, so it needs no file beside it to go back to.
        copy.query_row("PRAGMA journal_mode = OFF", [], |_| Ok(()))?;
        Backup::new(&self.connection, &mut copy)?.run_to_completion(i32::MAX, PAUSE, None)?;
        copy.close().map_err(|(_, error)| error)
    }
}
