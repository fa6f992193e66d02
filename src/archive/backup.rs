//! Backups: a copy of the archive as it is at one moment, while others may go on reading and writing.

use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;

use super::{Archive, Error};

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
    /// If there is such a file, or it cannot be written, or the archive cannot be read.
    pub fn backup(&self, file: &Path, replace: bool) -> Result<(), Error> {
        let unwritten = |reason: io::Error| Error::Unwritten { path: file.to_owned(), reason };
        let is_archive = || Some(file.canonicalize().ok()? == self.path.canonicalize().ok()?);
        if is_archive() == Some(true) {
            return Err(unwritten(io::Error::other("it is the archive itself")));
        }
        if file.exists() && !replace {
            return Err(Error::Exists(file.to_owned()));
        }
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        std::fs::metadata(folder).map_err(unwritten)?;
        // The error of making the file would tell its name, which the user never gave.
        let beside =
            builder.prefix(".liveblog-").tempfile_in(folder).map_err(|error| unwritten(error.kind().into()))?;
        self.copy(beside.path()).map_err(|error| match Error::told(&self.path, error) {
            Error::Full(_) => Error::Full(file.to_owned()),
            error => error,
        })?;
        let put = if replace { beside.persist(file) } else { beside.persist_noclobber(file) };
        match put {
            Ok(_) => Ok(()),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(Error::Exists(file.to_owned())),
            Err(error) => Err(unwritten(error.error)),
        }
    }

    /// Copies all in one step: a copy in several would begin anew whenever somebody writes.
    fn copy(&self, file: &Path) -> rusqlite::Result<()> {
        let mut copy = Connection::open(file)?;
        Backup::new(&self.connection, &mut copy)?.run_to_completion(i32::MAX, PAUSE, None)?;
        copy.close().map_err(|(_, error)| error)
    }
}
