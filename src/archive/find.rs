//! Finding the entries that a query asks for: all its conditions as SQL, with functions of ours where SQL has none.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{CachedStatement, Connection, Result, Row, params_from_iter};
use serde_json::json;

use super::columns::{Columns, instant};
use super::expression::Expression;
use super::function::Function;
use super::pages::Page;
use super::record::{self, StoredRow, utc};
use super::search::EXCERPT;
use super::select::{ConditionSql, condition_sql};
use super::words::expression;
use crate::model::Entry;
use crate::query::{Condition, Order, PreparedQuery, Query};
use crate::time::bounds::Bounds;

/// Finds the entries that a query asks for.
pub(super) struct Finder<'f> {
    db: &'f Connection,
    query: &'f Query,
    /// Where to look: among all entries, or among those that hold what is searched for, told by `searched`.
    from: &'static str,
    searched: Expression,
    /// The conditions on words and on the live blog.
    words: Expression,
    /// The conditions on the time.
    time: Expression,
    /// What the expressions call, kept for as long.
    _functions: Vec<Function<'f>>,
}

/// The columns of a [`Found`].
const FOUND: &str = "entry.id, entry.page, entry.place, entry.published";

/// An entry that was found, by its row, and what it takes to put it in order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub id: i64,
    pub page: i64,
    pub place: i64,
    pub published: Option<DateTime<Utc>>,
}

impl<'f> Finder<'f> {
    /// Makes ready to find. `pages` are all live blogs, if the query asks for a time or for some of them.
    pub fn new(db: &'f Connection, prepared: &'f PreparedQuery, pages: &[Page]) -> Result<Self> {
        let query = prepared.query();
        let mut functions = Vec::new();
        let mut words = of_words(db, &query.conditions, &mut functions)?;
        let on_page = |page: &Page| (page.id, prepared.on_page(&page.name, page.zone, page.last));
        let asked: HashMap<_, _> = pages.iter().map(on_page).filter(|(_, page)| page.is_asked_for).collect();
        if !query.pages.is_empty() {
            let asked: Vec<_> = asked.keys().collect();
            words.and("entry.page IN (SELECT value FROM json_each(?))", [json!(asked).to_string()]);
        }
        let mut time = Expression::anything();
        if query.asks_for_time() {
            let bounds = asked.into_iter().filter_map(|(id, page)| Some((id, page.bounds?))).collect();
            time = of_time(db, bounds, &mut functions)?;
        }
        Ok(Self { db, query, from: "entry", searched: Expression::anything(), words, time, _functions: functions })
    }

    /// Looks only among the entries that hold these words of a user's.
    pub fn search(&mut self, words: &str) {
        // The other way round SQLite would ask the index about each entry.
        self.from = "entry_fts CROSS JOIN entry ON entry.id = entry_fts.rowid";
        self.searched.and("entry_fts MATCH ?", [expression(words)]);
    }

    /// How many entries are asked for.
    pub fn count(&self) -> Result<usize> {
        self.count_by(&self.asked())
    }

    /// How many entries were left out only because they have no time.
    pub fn untimed(&self) -> Result<usize> {
        if self.query.invert || !self.query.asks_for_time() {
            return Ok(0);
        }
        let mut untimed = self.searched.clone();
        untimed.and("entry.published IS NULL", []);
        untimed.and_all(&self.words);
        self.leave_out_removed(&mut untimed);
        self.count_by(&untimed)
    }

    /// The entries that are asked for, in no order.
    pub fn found(&self) -> Result<Vec<Found>> {
        let asked = self.asked();
        let mut found = self.db.prepare(&format!("SELECT {FOUND} FROM {} {}", self.from, asked.clause()))?;
        found.query_map(params_from_iter(&asked.values), |row| self.found_in(row))?.collect()
    }

    /// What gives the entries that are asked for among those searched, the best match first; each with its excerpt.
    pub fn best_first(&self) -> (String, Vec<String>) {
        let (asked, from) = (self.asked(), self.from);
        let way = if self.query.reverse { "DESC" } else { "ASC" };
        let sql = format!("SELECT {FOUND}, {EXCERPT} FROM {from} {} ORDER BY entry_fts.rank {way}", asked.clause());
        (sql, asked.values)
    }

    /// The entry that a row tells of.
    pub fn found_in(&self, row: &Row) -> Result<Found> {
        let mut columns = Columns::new(row);
        let (id, page, place) = (columns.get()?, columns.get()?, columns.get()?);
        let published = if self.query.order == Order::Time { columns.str()?.and_then(instant) } else { None };
        Ok(Found { id, page, place, published })
    }

    /// The statement that reads one entry.
    pub fn one(&self) -> Result<CachedStatement<'f>> {
        self.db.prepare_cached(record::SELECT_ONE)
    }

    /// An entry that was found.
    pub fn entry(&self, one: &mut CachedStatement, found: &Found) -> Result<StoredRow> {
        one.query_row([found.id], record::read)
    }

    fn asked(&self) -> Expression {
        let mut wanted = self.time.clone();
        wanted.and_all(&self.words);
        let mut asked = self.searched.clone();
        asked.and_all(&if self.query.invert { wanted.inverted() } else { wanted });
        self.leave_out_removed(&mut asked);
        asked
    }

    fn leave_out_removed(&self, expression: &mut Expression) {
        if !self.query.removed {
            expression.and("entry.removed IS NULL", []);
        }
    }

    fn count_by(&self, expression: &Expression) -> Result<usize> {
        let mut count = self.db.prepare(&format!("SELECT count(*) FROM {} {}", self.from, expression.clause()))?;
        count.query_row(params_from_iter(&expression.values), |row| row.get::<_, i64>(0)).map(record::count)
    }
}

/// The conditions on words. Those on the byline are asked of each distinct one, of which there are few.
fn of_words<'f>(db: &'f Connection, conditions: &[Condition], functions: &mut Vec<Function<'f>>) -> Result<Expression> {
    let mut all = Expression::anything();
    let mut on_byline = Vec::new();
    for condition in conditions {
        match condition_sql(condition) {
            ConditionSql::Term(term) => all.and(term, []),
            ConditionSql::Test(term, test) => {
                let function = Function::test(db, test)?;
                all.and(&term(&function.name), []);
                functions.push(function);
            }
            ConditionSql::Byline => on_byline.push(condition),
        }
    }
    if !on_byline.is_empty() {
        let mut bylines = db.prepare_cached("SELECT id, author, role, co_authors FROM byline")?;
        let bylines = bylines.query_map([], |row| {
            let mut columns = Columns::new(row);
            let id = columns.get()?;
            let (author, role, co_authors) = (columns.text()?, columns.text()?, columns.json()?);
            Ok((id, Entry { author, role, co_authors, ..Entry::default() }))
        })?;
        let mut fitting: Vec<i64> = Vec::new();
        for byline in bylines {
            let (id, entry) = byline?;
            if on_byline.iter().all(|condition| condition.matches(&entry)) {
                fitting.push(id);
            }
        }
        all.and("entry.byline IN (SELECT value FROM json_each(?))", [json!(fitting).to_string()]);
    }
    Ok(all)
}

/// The conditions on the time: from the earliest to the latest that is asked for of any live blog; and where that is not
/// the same for each, whether the time is what is asked for of this one.
fn of_time<'f>(
    db: &'f Connection,
    bounds: HashMap<i64, Bounds>,
    functions: &mut Vec<Function<'f>>,
) -> Result<Expression> {
    let mut time = Expression::anything();
    time.and("entry.published IS NOT NULL", []);
    // An open end is none: `None` is before any start, so that the earliest start is open if any is.
    if let Some(from) = bounds.values().map(|bounds| bounds.from).min().flatten() {
        time.and("entry.published >= ?", [utc(from)]);
    }
    let ends: Option<Vec<_>> = bounds.values().map(|bounds| bounds.to).collect();
    if let Some(to) = ends.and_then(|ends| ends.into_iter().max()) {
        time.and("entry.published <= ?", [utc(to)]);
    }
    let mut all = bounds.values();
    if let Some(first) = all.next()
        && all.any(|bounds| bounds != first)
    {
        let function = Function::in_time(db, move |page| bounds.get(&page).copied())?;
        time.and(&format!("{}(entry.page, entry.published)", function.name), []);
        functions.push(function);
    }
    Ok(time)
}
