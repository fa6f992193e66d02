//! Opening an archive. Nothing is written before it is clear what the file is.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use file_id::get_file_id;
use rusqlite::{Connection, MAIN_DB, OpenFlags};

use super::columns::UnreadRows;
use super::files::{has_log, immutable_address, plain_path};
use super::migrations::{BUSY_TIMEOUT, KNOWN, MIGRATIONS, READABLE};
use super::{Archive, Error};

/// Settings of a connection. Bulk runs write the same pages of the indices again and again: they are cached (16 MiB), and
/// moved from the log into the file in large steps (64 MiB).
const SETTINGS: &str = "PRAGMA foreign_keys = ON; PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 8192;";

impl Archive {
    /// Opens an archive to store pages in; creates the file and its directory if there are none. If a run was killed that
    /// stored many pages, first [completes](Self::complete_index) the full-text index.
    ///
    /// ```
    /// use liveblog::archive::Archive;
    ///
    /// let directory = tempfile::tempdir()?;
    /// let archive = Archive::open(&directory.path().join("archive.db"))?;
    /// assert!(archive.pages()?.is_empty());
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Any but [`Error::Missing`] and those about pages; an existing file is left as it was.
    pub fn open(path: &Path) -> Result<Self, Error> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(|source| Error::Folder { path: folder.to_owned(), source })?;
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let archive = Self::connect(path, &plain_path(path), flags)?;
        match archive.complete_index_if_free() {
            // Entries are stored all the same; a search and a check report it.
            Err(Error::Damaged { .. }) | Ok(()) => Ok(archive),
            Err(error) => Err(error),
        }
    }

    /// Opens an archive that exists, to read it.
    ///
    /// # Errors
    /// [`Error::Missing`] if there is no such file; else as [`open`](Self::open).
    pub fn open_existing(path: &Path) -> Result<Self, Error> {
        if !path.exists() {
            return Err(Error::Missing(path.to_owned()));
        }
        match Self::connect(path, &plain_path(path), OpenFlags::SQLITE_OPEN_READ_WRITE) {
            Err(Error::ReadOnly(_) | Error::Unopened { .. } | Error::Full(_)) if !has_log(path) => {
                Self::open_immutable(path)
            }
            opened => opened,
        }
    }

    /// Opens an archive in a directory that cannot be written. SQLite writes files beside a database even to read it,
    /// unless the address says that nobody changes it.
    fn open_immutable(path: &Path) -> Result<Self, Error> {
        let address = immutable_address(path)
            .map_err(|error| Error::Unopened { path: path.to_owned(), reason: error.to_string() })?;
        Self::connect(path, Path::new(&address), OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI)
    }

    fn connect(path: &Path, address: &Path, flags: OpenFlags) -> Result<Self, Error> {
        if path.is_dir() {
            return Err(Error::Unopened { path: path.to_owned(), reason: "it is a folder".to_owned() });
        }
        let opened = Connection::open_with_flags(address, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX);
        // SQLite only says that it cannot open the file. Not asked before: closing a file drops all locks on it.
        if opened.is_err() && fs::File::open(path).is_err_and(|error| error.kind() == ErrorKind::PermissionDenied) {
            return Err(Error::Unopened { path: path.to_owned(), reason: "permission denied".to_owned() });
        }
        let connection = opened.map_err(|error| Error::from_opening(path, address, error))?;
        let file = get_file_id(path).ok();
        let mut archive = Self { connection, path: path.to_owned(), file, unread: UnreadRows::default() };
        archive.prepare()?;
        Ok(archive)
    }

    fn prepare(&mut self) -> Result<(), Error> {
        let db = &self.connection;
        db.set_prepared_statement_cache_capacity(64);
        let set = db.busy_timeout(BUSY_TIMEOUT).and_then(|()| db.execute_batch(SETTINGS));
        set.map_err(|error| self.to_error(error))?;
        match self.version()? {
            KNOWN => Ok(()),
            READABLE.. if db.is_readonly(MAIN_DB).map_err(|error| self.to_error(error))? => Ok(()),
            _ => self.migrate(&MIGRATIONS),
        }
    }

    /// An error of SQLite as one of this archive.
    pub(super) fn to_error(&self, error: rusqlite::Error) -> Error {
        Error::from_sqlite(&self.path, error)
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::time::Duration;

    use super::*;
    use crate::archive::Capture;
    use crate::archive::capture::sha256;
    use crate::archive::migrations::Migration;
    use crate::model::Row;
    use crate::{Document, ParseOptions, parse};

    /// A directory, and in it the path of an archive.
    fn home() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("archive.db");
        (folder, path)
    }

    /// Stores a page of one entry whose text has that length and cannot be compressed.
    fn store(archive: &mut Archive, length: usize) -> Result<(), Error> {
        let digits = (0..length / 64).map(|number| sha256(&number.to_be_bytes()));
        let page = format!("Gate closedpublished at 12:00 GMT 20 June 2023\n\n{}\n", digits.collect::<String>());
        let (document, now) = (Document::from_text("flood.txt", &page), "2023-06-20T12:00:00Z".parse().unwrap());
        let blog = parse(&document, &ParseOptions::new(now)).unwrap();
        archive.store(&Capture::new(&document, &blog, now)).map(drop)
    }

    /// The migrations of a later program.
    fn with(next: &'static str) -> Vec<Migration> {
        MIGRATIONS.into_iter().chain([Migration::Sql(next)]).collect()
    }

    #[test]
    fn an_archive_of_any_name_is_opened_where_nothing_can_be_written_beside_it() {
        let (folder, _) = home();
        for name in ["archive.db", "100%25?mode=rwc#a b.db", ":memory:", "file:é.db"] {
            let path = folder.path().join(name);
            store(&mut Archive::open(&path).unwrap(), 10).unwrap();
            assert_eq!(
                Archive::open_immutable(&path)
                    .unwrap()
                    .count(&crate::query::Query::new(chrono::DateTime::UNIX_EPOCH))
                    .unwrap()
                    .entries,
                1,
                "{name}"
            );
        }
    }

    #[test]
    fn an_archive_that_cannot_be_opened_is_named_as_the_user_named_it() {
        let (_folder, path) = home();
        assert_eq!(
            Archive::open_immutable(&path).unwrap_err().to_string(),
            format!("{}: cannot open the archive: unable to open database file", path.display())
        );
    }

    #[test]
    fn a_later_version_adds_to_what_was_stored() {
        let (_folder, path) = home();
        let mut archive = Archive::open(&path).unwrap();
        store(&mut archive, 10).unwrap();
        let next = with("ALTER TABLE page ADD COLUMN note TEXT; UPDATE page SET note = 'kept';");
        archive.migrate(&next).unwrap();
        let note = archive.connection.query_row("SELECT name || ' ' || note FROM page", [], |row| row.get(0));
        assert_eq!(note, Ok("flood kept".to_owned()));
        drop(archive);
        let error = Archive::open(&path).unwrap_err().to_string();
        let expected = "the archive has version 5, made by a later liveblog; this one knows versions up to 4";
        assert_eq!(error, format!("{}: {expected}", path.display()));
    }

    #[test]
    fn a_migration_that_fails_leaves_the_archive_as_it_was() {
        let (_folder, path) = home();
        let mut archive = Archive::open(&path).unwrap();
        store(&mut archive, 10).unwrap();
        let next = with("ALTER TABLE page ADD COLUMN note TEXT; UPDATE nothing SET note = 'kept';");
        archive.migrate(&next).unwrap_err();
        drop(archive);
        let archive = Archive::open(&path).unwrap();
        assert_eq!(archive.version().unwrap(), KNOWN);
        assert!(archive.connection.prepare("SELECT note FROM page").is_err());
        assert_eq!(archive.count(&crate::query::Query::new(chrono::DateTime::UNIX_EPOCH)).unwrap().entries, 1);
    }

    #[test]
    fn an_archive_of_version_1_that_cannot_be_written_is_read_as_it_is() {
        let (_folder, path) = home();
        let sample = include_bytes!("../../tests/archive/versions/1.db.zst");
        fs::write(&path, zstd::decode_all(&sample[..]).unwrap()).unwrap();
        let older = "UPDATE entry SET published_local = '+10000-01-01T00:00:00+00:00' WHERE title = 'Gate closed';
                     PRAGMA journal_mode = DELETE;";
        Connection::open(&path).unwrap().execute_batch(older).unwrap();
        let before = fs::read(&path).unwrap();
        let archive = Archive::open_immutable(&path).unwrap();
        let mut times = Vec::new();
        let row = |row: Row| {
            times.push((row.entry.title.unwrap_or_default(), row.entry.published_local.is_some()));
            Ok::<_, Error>(())
        };
        let query = crate::query::Query::new(chrono::DateTime::UNIX_EPOCH);
        archive.select(&query, row).unwrap();
        let times: Vec<_> = times.iter().map(|(title, has_time)| (title.as_str(), *has_time)).collect();
        assert_eq!(times, [("Tunnel reopens", true), ("Gate closed", false), ("Ferries", false)]);
        assert_eq!(archive.unread()[0].columns, ["published_local"]);
        assert_eq!(archive.count_found(&query, "cars").unwrap().entries, 1);
        assert_eq!(archive.history("page").unwrap().steps.len(), 3);
        let then = query.at("2023-06-20 15:30Z".parse().unwrap());
        assert_eq!(
            (archive.count(&then).unwrap().entries, archive.count_found(&then, "four").unwrap().entries),
            (3, 1)
        );
        drop(archive);
        assert_eq!(fs::read(&path).unwrap(), before);
        assert_eq!(Archive::open(&path).unwrap().version().unwrap(), KNOWN);
    }

    #[test]
    fn while_another_program_writes_too_long_an_error_says_so() {
        let (_folder, path) = home();
        let (mut writer, mut waiting) = (Archive::open(&path).unwrap(), Archive::open(&path).unwrap());
        waiting.connection.busy_timeout(Duration::from_millis(20)).unwrap();
        let batch = writer.batch().unwrap();
        assert_eq!(
            store(&mut waiting, 10).unwrap_err().to_string(),
            format!("{}: the archive is being written by another program", path.display())
        );
        drop(batch);
        store(&mut waiting, 10).unwrap();
    }

    #[test]
    fn where_there_is_no_room_left_what_was_stored_before_is_safe() {
        let (_folder, path) = home();
        let mut archive = Archive::open(&path).unwrap();
        store(&mut archive, 10).unwrap();
        archive.connection.execute_batch("PRAGMA max_page_count = 60").unwrap();
        assert_eq!(
            store(&mut archive, 900_000).unwrap_err().to_string(),
            format!("{}: there is no room left to write", path.display())
        );
        drop(archive);
        let archive = Archive::open(&path).unwrap();
        assert_eq!(archive.count(&crate::query::Query::new(chrono::DateTime::UNIX_EPOCH)).unwrap().entries, 1);
        assert_eq!(archive.connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)), Ok("ok".to_owned()));
    }
}
