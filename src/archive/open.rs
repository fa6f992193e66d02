//! Opening an archive: what the file is, is found out before anything is written to it.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::{Archive, Error};

/// What each version adds to the one before, the first to an empty file. An archive tells its version by SQLite's
/// `user_version`.
const MIGRATIONS: [&str; 1] = [include_str!("schema.sql")];

/// The version that this program writes.
const KNOWN: i64 = MIGRATIONS.len() as i64;

/// By which SQLite and `file` tell an archive from other databases: `live` in ASCII.
const APPLICATION_ID: i64 = 0x6C69_7665;

/// How long to wait while somebody else writes. A batch of a bulk run takes seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// What SQLite forgets when the file is closed. Bulk runs write the same pages of the index again and again: they are
/// kept in memory (32 MiB), and moved from the log into the file in large steps (64 MiB).
const SETTINGS: &str = "PRAGMA foreign_keys = ON; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 16384;";

impl Archive {
    /// Opens an archive to keep pages in; makes the file and its folder where there is none yet.
    ///
    /// # Errors
    /// Any but [`Error::Missing`] and those about pages; a file that is there is left as it was.
    pub fn open(path: &Path) -> Result<Self, Error> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(|source| Error::Folder { path: folder.to_owned(), source })?;
        }
        Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens an archive to ask it.
    ///
    /// # Errors
    /// [`Error::Missing`] if nothing has been kept yet; else as [`open`](Self::open).
    pub fn open_existing(path: &Path) -> Result<Self, Error> {
        if !path.exists() {
            return Err(Error::Missing(path.to_owned()));
        }
        Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Self, Error> {
        if path.is_dir() {
            return Err(Error::Unopened { path: path.to_owned(), reason: "it is a folder".to_owned() });
        }
        let opened = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX);
        let connection = opened.map_err(|error| Error::told(path, error))?;
        let mut archive = Self { connection, path: path.to_owned() };
        archive.prepare()?;
        Ok(archive)
    }

    fn prepare(&mut self) -> Result<(), Error> {
        let db = &self.connection;
        db.set_prepared_statement_cache_capacity(64);
        let set = db.busy_timeout(PATIENCE).and_then(|()| db.execute_batch(SETTINGS));
        set.map_err(|error| self.told(error))?;
        if self.version()? < KNOWN { self.migrate() } else { Ok(()) }
    }

    /// The version of the archive, 0 for an empty file.
    fn version(&self) -> Result<i64, Error> {
        let ask =
            |sql| self.connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(|error| self.told(error));
        let (application, version) = (ask("PRAGMA application_id")?, ask("PRAGMA user_version")?);
        match application {
            APPLICATION_ID if version > KNOWN => Err(Error::Newer { path: self.path.clone(), version, known: KNOWN }),
            APPLICATION_ID => Ok(version),
            0 if version == 0 && ask("SELECT count(*) FROM sqlite_schema")? == 0 => Ok(0),
            _ => Err(Error::Foreign(self.path.clone())),
        }
    }

    /// Brings the archive to the version of this program, in one step that leaves it as it was if it fails.
    fn migrate(&mut self) -> Result<(), Error> {
        let path = &self.path;
        let told = |error| Error::told(path, error);
        // Readers go on while somebody writes. SQLite keeps this in the file and allows it outside transactions only.
        self.connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).map_err(told)?;
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(told)?;
        // Somebody else may have done it while this waited.
        let done = usize::try_from(self.version()?).unwrap_or_default();
        let steps = MIGRATIONS[done..].concat();
        let numbers = format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {KNOWN};");
        self.connection.execute_batch(&format!("{steps} {numbers} COMMIT")).map_err(|error| self.told(error))
    }

    pub(super) fn told(&self, error: rusqlite::Error) -> Error {
        Error::told(&self.path, error)
    }
}
