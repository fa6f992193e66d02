//! Version 2: times that cannot be read back are null.

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, Result, params};
use serde_json::{Map, Value};

use crate::archive::columns::{parse_instant, parse_local};
use crate::model::Code;
use crate::query::newest_first;

/// Whether a time, null or not, can be read.
const CAN_BE_READ: &str = "can_be_read";
/// Doubts as JSON, with that of a time that is not read.
const WITH_DOUBT: &str = "with_doubt";

/// Removes times that cannot be read back.
///
/// Version 1 stored any year. A time outside the years 0001 to 9999, such as `+10000-01-01T00:00:00Z`, could not be read
/// back, and does not compare as text. What remains is what is parsed of such a page today: no time, and the doubt
/// `time-unread`.
pub(super) fn remove_unreadable_times(db: &Connection) -> Result<()> {
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
