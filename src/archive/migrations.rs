//! Migrations: what brings an archive of an earlier version to the present one.

use std::thread;
use std::time::{Duration, Instant};

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, ErrorCode, Result, Transaction, TransactionBehavior, params};
use serde_json::{Map, Value};

use super::columns::{parse_instant, parse_local};
use super::{Archive, Error};
use crate::model::Code;
use crate::query::newest_first;

/// How long to wait while another program writes. A batch of a bulk run takes seconds.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(60);

/// The steps from each version to the next, the first in an empty file. The version is SQLite's `user_version`.
pub(super) const MIGRATIONS: [Migration; 2] =
    [Migration::Sql(include_str!("schema.sql")), Migration::Run(remove_unreadable_times)];

/// A step from one version to the next.
#[derive(Debug, Clone, Copy)]
pub(super) enum Migration {
    Sql(&'static str),
    /// What SQL alone cannot do.
    Run(fn(&Connection) -> Result<()>),
}

/// The version that this program writes.
pub(super) const KNOWN: i64 = MIGRATIONS.len() as i64;

/// The earliest version whose tables can be read without a migration, in an archive that cannot be written.
pub(super) const READABLE: i64 = 1;

/// By which SQLite and `file` recognise an archive: `live` in ASCII.
const APPLICATION_ID: i64 = 0x6C69_7665;

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
        self.use_write_ahead_log().map_err(to_error)?;
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

/// Whether a time, null or not, can be read.
const CAN_BE_READ: &str = "can_be_read";
/// Doubts as JSON, with that of a time that is not read.
const WITH_DOUBT: &str = "with_doubt";

/// Version 2: times that cannot be read back are null.
///
/// Version 1 stored any year. A time outside the years 0001 to 9999, such as `+10000-01-01T00:00:00Z`, could not be read
/// back, and does not compare as text. What remains is what is parsed of such a page today: no time, and the doubt
/// `time-unread`.
fn remove_unreadable_times(db: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    db.create_scalar_function(CAN_BE_READ, 1, flags, |row| {
        let time = row.get_raw(0).as_str_or_null();
        Ok(time.is_ok_and(|time| time.is_none_or(|time| parse_local(time).is_some())))
    })?;
    db.create_scalar_function(WITH_DOUBT, 1, flags, |row| {
        Ok(with_doubt(row.get_raw(0).as_str_or_null().ok().flatten()))
    })?;
    let done = clear_entry_times(db).and_then(|()| clear_version_times(db)).and_then(|()| clear_page_times(db));
    db.remove_function(CAN_BE_READ, 1)?;
    db.remove_function(WITH_DOUBT, 1)?;
    done
}

fn clear_entry_times(db: &Connection) -> Result<()> {
    // Captures first: of an entry that is removed, the capture says since when.
    db.execute_batch(
        "UPDATE capture SET captured = NULL WHERE NOT can_be_read(captured);
         UPDATE capture SET modified = NULL WHERE NOT can_be_read(modified);
         UPDATE capture SET kept = coalesce(captured, modified) WHERE NOT can_be_read(kept)
             AND coalesce(captured, modified) IS NOT NULL;
         UPDATE entry SET removed = (SELECT max(coalesce(captured, kept)) FROM capture WHERE capture.page = entry.page)
             WHERE NOT can_be_read(removed);
         UPDATE entry SET published = NULL, published_local = NULL, doubts = with_doubt(doubts)
             WHERE NOT (can_be_read(published) AND can_be_read(published_local));
         UPDATE entry SET modified = NULL, doubts = with_doubt(doubts) WHERE NOT can_be_read(modified);",
    )
}

fn clear_version_times(db: &Connection) -> Result<()> {
    let mut all = db.prepare("SELECT entry, version, content FROM entry_version")?;
    let mut changed: Vec<(i64, i64, String)> = Vec::new();
    let mut rows = all.query([])?;
    while let Some(row) = rows.next()? {
        // What is no text, or no JSON, is not made worse.
        if let Some(content) = row.get_ref(2)?.as_str().ok().and_then(without_unreadable_times) {
            changed.push((row.get(0)?, row.get(1)?, content));
        }
    }
    let mut update = db.prepare("UPDATE entry_version SET content = ? WHERE entry = ? AND version = ?")?;
    changed
        .into_iter()
        .try_for_each(|(entry, version, content)| update.execute(params![content, entry, version]).map(drop))
}

/// An entry's JSON without the times that cannot be read; `None` if there are none.
fn without_unreadable_times(content: &str) -> Option<String> {
    let mut keys: Map<String, Value> = serde_json::from_str(content).ok()?;
    let is_unread = |key: &str| keys.get(key).and_then(Value::as_str).is_some_and(|time| parse_local(time).is_none());
    let (is_published_unread, is_modified_unread) =
        (is_unread("published") || is_unread("published_local"), is_unread("modified"));
    let unread: &[&str] = match (is_published_unread, is_modified_unread) {
        (false, false) => return None,
        (true, false) => &["published", "published_local"],
        (false, true) => &["modified"],
        (true, true) => &["published", "published_local", "modified"],
    };
    for key in unread {
        keys.insert((*key).to_owned(), Value::Null);
    }
    let doubts = with_doubt(keys.get("doubts").map(Value::to_string).as_deref());
    keys.insert("doubts".to_owned(), serde_json::from_str(&doubts).unwrap_or_default());
    Some(Value::Object(keys).to_string())
}

fn clear_page_times(db: &Connection) -> Result<()> {
    let sql = "SELECT id FROM page
               WHERE NOT (can_be_read(last) AND can_be_read(reports_from) AND can_be_read(reports_to))";
    let pages: Vec<i64> = db.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<Result<_>>()?;
    for page in pages {
        // Where the page does not say from when to when it reports, its entries do.
        db.execute(
            "UPDATE page SET
                 last         = (SELECT max(published) FROM entry WHERE page = ?1),
                 reports_from = iif(can_be_read(reports_from), reports_from, (SELECT min(published) FROM entry WHERE page = ?1)),
                 reports_to   = iif(can_be_read(reports_to), reports_to, (SELECT max(published) FROM entry WHERE page = ?1))
             WHERE id = ?1",
            [page],
        )?;
        let mut times =
            db.prepare("SELECT published FROM entry WHERE page = ? AND published IS NOT NULL ORDER BY place")?;
        let times: Vec<String> = times.query_map([page], |row| row.get(0))?.collect::<Result<_>>()?;
        let newest_first = newest_first(times.iter().filter_map(|time| parse_instant(time))).unwrap_or(true);
        db.execute("UPDATE page SET newest_first = ? WHERE id = ?", params![newest_first, page])?;
    }
    Ok(())
}

/// Doubts as JSON, with that of a time that is not read.
fn with_doubt(doubts: Option<&str>) -> String {
    let doubts = doubts.and_then(|doubts| serde_json::from_str::<Vec<Code>>(doubts).ok());
    let mut doubts = doubts.unwrap_or_default();
    if !doubts.contains(&Code::TimeUnread) {
        doubts.push(Code::TimeUnread);
    }
    serde_json::to_string(&doubts).expect("codes are text")
}
