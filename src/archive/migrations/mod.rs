//! Migrations: what brings an archive of an earlier version to the present one.

mod version_2;
mod version_3;

use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, Result, Transaction, TransactionBehavior};

use super::{Archive, Error};

/// How long to wait while another program writes. A batch of a bulk run takes seconds.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(60);

/// The steps from each version to the next, the first in an empty file. The version is SQLite's `user_version`.
pub(super) const MIGRATIONS: [Migration; 4] = [
    Migration::Sql(include_str!("../schema.sql")),
    Migration::Run(version_2::remove_unreadable_times),
    Migration::Run(version_3::index_entries_and_show_changes),
    Migration::Sql(include_str!("version_4.sql")),
];

/// A step from one version to the next.
#[derive(Debug, Clone, Copy)]
pub(super) enum Migration {
    Sql(&'static str),
    /// What SQL alone cannot do.
    Run(fn(&Connection) -> Result<()>),
}

/// The version that this program writes.
pub(super) const KNOWN: i64 = MIGRATIONS.len() as i64;

/// The first version with the table `unindexed`.
pub(super) const UNINDEXED_SINCE: i64 = 4;

/// The earliest version whose tables can be read without a migration, in an archive that cannot be written.
pub(super) const READABLE: i64 = 1;

/// By which SQLite and `file` recognise an archive: `live` in ASCII.
const APPLICATION_ID: i64 = 0x6C69_7665;

/// The size of the pages of a new file: fewer entries reach into pages of their own than with the usual 4 KiB, which takes
/// 4% fewer bytes. SQLite leaves a file that has pages as it is.
const PAGE_SIZE: &str = "PRAGMA page_size = 8192";

/// How long to pause before trying again where SQLite itself does not wait.
const RETRY_PAUSE: Duration = Duration::from_millis(5);

impl Archive {
    /// The version of the archive, 0 for an empty file.
    pub(super) fn version(&self) -> Result<i64, Error> {
        // One statement: between two, another program may create the archive.
        let sql = "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)
                   FROM pragma_application_id, pragma_user_version";
        let found = self.connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        match found.map_err(|error| self.to_error(error))? {
            (APPLICATION_ID, version, _) if version > KNOWN => {
                Err(Error::Newer { path: self.path.clone(), version, known: KNOWN })
            }
            (APPLICATION_ID, version, _) => Ok(version),
            (0, 0, 0i64) => Ok(0),
            _ => Err(Error::Foreign(self.path.clone())),
        }
    }

    /// Brings the archive to the version that the last of `migrations` makes, in one transaction.
    pub(super) fn migrate(&mut self, migrations: &[Migration]) -> Result<(), Error> {
        let path = &self.path;
        let to_error = |error| Error::from_sqlite(path, error);
        self.connection.execute_batch(PAGE_SIZE).and_then(|()| self.use_write_ahead_log()).map_err(to_error)?;
        let db = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate).map_err(to_error)?;
        // Another program may have done it while this one waited.
        let done = usize::try_from(self.version()?).unwrap_or_default();
        for step in migrations.get(done..).unwrap_or_default() {
            match step {
                Migration::Sql(sql) => db.execute_batch(sql),
                Migration::Run(run) => run(&db),
            }
            .map_err(to_error)?;
        }
        let version = migrations.len();
        let numbers = format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {version};");
        db.execute_batch(&numbers).and_then(|()| db.commit()).map_err(to_error)
    }

    /// Lets others read while one writes. SQLite keeps this setting in the file, and allows it outside transactions only.
    ///
    /// Of several connections that do it at once, SQLite refuses all but one without waiting, to avoid a deadlock.
    fn use_write_ahead_log(&self) -> Result<()> {
        let begun = Instant::now();
        loop {
            match self.connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())) {
                Err(error) if is_busy(&error) && begun.elapsed() < BUSY_TIMEOUT => thread::sleep(RETRY_PAUSE),
                done => return done,
            }
        }
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
}
