//! Opening an archive: what the file is, is found out before anything is written to it.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use file_id::get_file_id;
use rusqlite::{Connection, ErrorCode, MAIN_DB, OpenFlags, Transaction, TransactionBehavior};

use super::bound_times::bound_times;
use super::files::{has_log, immutable_address, plain_path};
use super::unread::UnreadRows;
use super::{Archive, Error};

/// What each version changes in the one before, the first in an empty file. An archive tells its version by SQLite's
/// `user_version`.
const MIGRATIONS: [Migration; 2] = [Migration::Sql(include_str!("schema.sql")), Migration::Run(bound_times)];

/// The earliest version whose tables this program reads as they are: an archive that cannot be written is not migrated.
const READABLE: i64 = 1;

/// A step from one version to the next.
#[derive(Debug, Clone, Copy)]
enum Migration {
    Sql(&'static str),
    /// What SQL alone cannot do.
    Run(fn(&Connection) -> rusqlite::Result<()>),
}

/// The version that this program writes.
const KNOWN: i64 = MIGRATIONS.len() as i64;

/// By which SQLite and `file` tell an archive from other databases: `live` in ASCII.
const APPLICATION_ID: i64 = 0x6C69_7665;

/// How long to wait while somebody else writes. A batch of a bulk run takes seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long to pause before trying again what SQLite itself does not wait for.
const PAUSE: Duration = Duration::from_millis(5);

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
        Self::connect(path, &plain_path(path), OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens an archive to ask it.
    ///
    /// # Errors
    /// [`Error::Missing`] if nothing has been kept yet; else as [`open`](Self::open).
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

    /// Opens an archive in a folder that cannot be written. Even those who only read want to leave word of that beside
    /// the file, unless they are told that nobody writes.
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
        let connection = opened.map_err(|error| Error::opening(path, address, error))?;
        let file = get_file_id(path).ok();
        let mut archive = Self { connection, path: path.to_owned(), file, unread: UnreadRows::default() };
        archive.prepare()?;
        Ok(archive)
    }

    fn prepare(&mut self) -> Result<(), Error> {
        let db = &self.connection;
        db.set_prepared_statement_cache_capacity(64);
        let set = db.busy_timeout(PATIENCE).and_then(|()| db.execute_batch(SETTINGS));
        set.map_err(|error| self.told(error))?;
        match self.version()? {
            KNOWN => Ok(()),
            READABLE.. if db.is_readonly(MAIN_DB).map_err(|error| self.told(error))? => Ok(()),
            _ => self.migrate(&MIGRATIONS),
        }
    }

    /// The version of the archive, 0 for an empty file.
    fn version(&self) -> Result<i64, Error> {
        // In one statement: between two, somebody else may make the archive.
        let sql = "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)
                   FROM pragma_application_id, pragma_user_version";
        let told = self.connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        match told.map_err(|error| self.told(error))? {
            (APPLICATION_ID, version, _) if version > KNOWN => {
                Err(Error::Newer { path: self.path.clone(), version, known: KNOWN })
            }
            (APPLICATION_ID, version, _) => Ok(version),
            (0, 0, 0i64) => Ok(0),
            _ => Err(Error::Foreign(self.path.clone())),
        }
    }

    /// Brings the archive to the version that the last of `migrations` makes, in one step that leaves it as it was if it
    /// fails.
    fn migrate(&mut self, migrations: &[Migration]) -> Result<(), Error> {
        let path = &self.path;
        let told = |error| Error::told(path, error);
        self.let_readers_go_on().map_err(told)?;
        let db = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate).map_err(told)?;
        // Somebody else may have done it while this waited.
        let done = usize::try_from(self.version()?).unwrap_or_default();
        for step in migrations.get(done..).unwrap_or_default() {
            match step {
                Migration::Sql(sql) => db.execute_batch(sql),
                Migration::Run(run) => run(&db),
            }
            .map_err(told)?;
        }
        let version = migrations.len();
        let numbers = format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {version};");
        db.execute_batch(&numbers).and_then(|()| db.commit()).map_err(told)
    }

    /// Has others read on while somebody writes. SQLite keeps this in the file, and allows it outside transactions only.
    ///
    /// Of several who do it at once, SQLite turns away all but one without waiting, lest they wait for each other.
    fn let_readers_go_on(&self) -> rusqlite::Result<()> {
        let begun = Instant::now();
        loop {
            match self.connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())) {
                Err(error) if is_busy(&error) && begun.elapsed() < PATIENCE => thread::sleep(PAUSE),
                done => return done,
            }
        }
    }

    pub(super) fn told(&self, error: rusqlite::Error) -> Error {
        Error::told(&self.path, error)
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::archive::Capture;
    use crate::archive::capture::sha256;
    use crate::model::Row;
    use crate::{Document, ParseOptions, parse};

    /// A folder, and in it the path of an archive.
    fn home() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("archive.db");
        (folder, path)
    }

    /// Keeps a page of one entry whose text is that long, of letters that cannot be packed away.
    fn keep(archive: &mut Archive, length: usize) -> Result<(), Error> {
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
            keep(&mut Archive::open(&path).unwrap(), 10).unwrap();
            assert_eq!(
                Archive::open_immutable(&path).unwrap().count(&Default::default()).unwrap().entries,
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
            format!(
                "{}: cannot open the archive: unable to open database file\n  choose another place with --archive FILE",
                path.display()
            )
        );
    }

    #[test]
    fn a_later_version_adds_to_what_was_kept() {
        let (_folder, path) = home();
        let mut archive = Archive::open(&path).unwrap();
        keep(&mut archive, 10).unwrap();
        let next = with("ALTER TABLE page ADD COLUMN note TEXT; UPDATE page SET note = 'kept';");
        archive.migrate(&next).unwrap();
        let told = archive.connection.query_row("SELECT name || ' ' || note FROM page", [], |row| row.get(0));
        assert_eq!(told, Ok("flood kept".to_owned()));
        drop(archive);
        let error = Archive::open(&path).unwrap_err().to_string();
        let expected =
            "the archive has version 3, made by a later liveblog; this one knows versions up to 2\n  update liveblog";
        assert_eq!(error, format!("{}: {expected}", path.display()));
    }

    #[test]
    fn a_migration_that_fails_leaves_the_archive_as_it_was() {
        let (_folder, path) = home();
        let mut archive = Archive::open(&path).unwrap();
        keep(&mut archive, 10).unwrap();
        let next = with("ALTER TABLE page ADD COLUMN note TEXT; UPDATE nothing SET note = 'kept';");
        archive.migrate(&next).unwrap_err();
        drop(archive);
        let archive = Archive::open(&path).unwrap();
        assert_eq!(archive.version().unwrap(), KNOWN);
        assert!(archive.connection.prepare("SELECT note FROM page").is_err());
        assert_eq!(archive.count(&Default::default()).unwrap().entries, 1);
    }

    #[test]
    fn an_archive_of_version_1_that_cannot_be_written_is_read_as_it_is() {
        let (_folder, path) = home();
        let mut archive = Archive::open(&path).unwrap();
        keep(&mut archive, 10).unwrap();
        let older = "UPDATE entry SET published_local = '+10000-01-01T00:00:00+00:00'; PRAGMA user_version = 1;
                     PRAGMA journal_mode = DELETE;";
        archive.connection.execute_batch(older).unwrap();
        drop(archive);
        let before = fs::read(&path).unwrap();
        let archive = Archive::open_immutable(&path).unwrap();
        let mut times = Vec::new();
        let row = |row: Row| {
            times.push((row.entry.published.is_some(), row.entry.published_local));
            Ok::<_, Error>(())
        };
        archive.select(&Default::default(), row).unwrap();
        assert_eq!(times, [(true, None)]);
        assert_eq!(archive.unread()[0].columns, ["published_local"]);
        drop(archive);
        assert_eq!(fs::read(&path).unwrap(), before);
        assert_eq!(Archive::open(&path).unwrap().version().unwrap(), KNOWN);
    }

    #[test]
    fn while_another_program_writes_too_long_that_is_told() {
        let (_folder, path) = home();
        let (mut writer, mut waiting) = (Archive::open(&path).unwrap(), Archive::open(&path).unwrap());
        waiting.connection.busy_timeout(Duration::from_millis(20)).unwrap();
        let batch = writer.batch().unwrap();
        assert_eq!(
            keep(&mut waiting, 10).unwrap_err().to_string(),
            format!(
                "{}: the archive is being written by another program\n  try again when that has finished",
                path.display()
            )
        );
        drop(batch);
        keep(&mut waiting, 10).unwrap();
    }

    #[test]
    fn where_there_is_no_room_left_what_was_kept_before_is_safe() {
        let (_folder, path) = home();
        let mut archive = Archive::open(&path).unwrap();
        keep(&mut archive, 10).unwrap();
        archive.connection.execute_batch("PRAGMA max_page_count = 60").unwrap();
        assert_eq!(
            keep(&mut archive, 900_000).unwrap_err().to_string(),
            format!("{}: there is no room left to write\n  make room; what was kept before is safe", path.display())
        );
        drop(archive);
        let archive = Archive::open(&path).unwrap();
        assert_eq!(archive.count(&Default::default()).unwrap().entries, 1);
        assert_eq!(archive.connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)), Ok("ok".to_owned()));
    }
}
