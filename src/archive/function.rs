//! Conditions that SQLite cannot tell, as functions of SQL: it asks them about each row that comes into question.

use std::sync::atomic::{AtomicUsize, Ordering};

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::{Connection, Result};

use super::columns::instant;
use crate::query::Condition;
use crate::time::bounds::Bounds;

/// A function that is known to SQLite as long as this lives, by a name that no other has: a query may be asked while
/// the rows of another are being given out.
#[derive(Debug)]
pub(super) struct Function<'f> {
    db: &'f Connection,
    pub name: String,
}

impl<'f> Function<'f> {
    /// Whether a condition holds for one of its arguments; none of them are null.
    pub fn holds(db: &'f Connection, condition: &Condition) -> Result<Self> {
        let condition = condition.clone();
        Self::new(db, move |row| {
            // What is no text holds nothing.
            let text = |at| row.get_raw(at).as_str_or_null().ok().flatten();
            for at in 0..row.len() {
                if text(at).is_some_and(|text| condition.holds(text)) {
                    return Ok(true);
                }
            }
            Ok(false)
        })
    }

    /// Whether a time, its second argument, is as asked for of a live blog, its first.
    pub fn in_time(db: &'f Connection, bounds: impl Fn(i64) -> Option<Bounds> + Send + 'static) -> Result<Self> {
        Self::new(db, move |row| {
            let published = row.get_raw(1).as_str_or_null().ok().flatten().and_then(instant);
            Ok(bounds(row.get(0)?).is_none_or(|bounds| published.is_some_and(|time| bounds.contains(time))))
        })
    }

    fn new(db: &'f Connection, function: impl Fn(&mut Context) -> Result<bool> + Send + 'static) -> Result<Self> {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("condition_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
        db.create_scalar_function(name.as_str(), -1, flags, function)?;
        Ok(Self { db, name })
    }
}

impl Drop for Function<'_> {
    fn drop(&mut self) {
        // SQLite keeps it while another query gives out its rows; then it goes with the connection.
        let _ = self.db.remove_function(self.name.as_str(), -1);
    }
}
