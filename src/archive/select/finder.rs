//! Finding the entries that a query selects: all its conditions as one SQL statement.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use rusqlite::{CachedStatement, Connection, Result, Row, params_from_iter};
use serde_json::json;

use super::conditions::{ConditionSql, Key, SqlFunction, WhereClause, condition_sql};
use super::readers::Readers;
use crate::archive::columns::{Columns, parse_instant, to_usize, utc};
use crate::archive::fts::EXCERPT;
use crate::archive::match_expression::fts_expression;
use crate::archive::pages::{PageKey, all_pages};
use crate::archive::record::{self, EntryRow};
use crate::model::Entry;
use crate::query::{Condition, Order, PreparedQuery, Query, Selected};
use crate::time::bounds::Bounds;

/// Finds the entries that a query selects.
pub(in crate::archive) struct Finder<'f> {
    db: &'f Connection,
    query: &'f Query,
    /// All entries, or those in the full-text index that match `searched`.
    from: &'static str,
    searched: WhereClause,
    /// The conditions on words and on the live blog.
    words: WhereClause,
    /// The conditions on the time.
    time: WhereClause,
    /// The functions that the clauses call.
    _functions: Vec<SqlFunction<'f>>,
    /// The connections that look through all entries, if any.
    readers: Readers,
}

/// What is known of all live blogs: as much as the query depends on.
pub(in crate::archive) enum Known {
    Nothing,
    /// Their zones, each once.
    Zones(Vec<Option<Tz>>),
    Pages(Vec<PageKey>),
}

impl Known {
    /// Reads what a query depends on.
    pub fn read(db: &Connection, query: &Query) -> Result<Self> {
        if !query.pages.is_empty() || query.at.is_some() || query.asks_for_bare_time() {
            return Ok(Self::Pages(all_pages(db)?));
        }
        if !query.asks_for_time() {
            return Ok(Self::Nothing);
        }
        // A zone that cannot be read is reported with its live blog.
        Ok(match zones(db)? {
            Some(zones) => Self::Zones(zones),
            None => Self::Pages(all_pages(db)?),
        })
    }

    /// The live blogs, if more of them is known than their zones.
    pub fn pages(&self) -> &[PageKey] {
        if let Self::Pages(pages) = self { pages } else { &[] }
    }
}

/// The zones of the live blogs, each once; `None` if one of them cannot be read.
fn zones(db: &Connection) -> Result<Option<Vec<Option<Tz>>>> {
    let mut zones = db.prepare_cached("SELECT DISTINCT zone FROM page")?;
    let zones = zones.query_map([], |row| match row.get_ref(0)?.as_str_or_null() {
        Ok(zone) => Ok(zone.map(str::parse).transpose().ok()),
        Err(_) => Ok(None),
    })?;
    zones.collect()
}

/// The columns of a [`Found`].
const FOUND: &str = "entry.id, entry.page, entry.place, entry.published";

/// An entry that was found, by its row, and what its order depends on.
#[derive(Debug, Clone, Copy)]
pub(in crate::archive) struct Found {
    pub id: i64,
    pub page: i64,
    pub place: i64,
    pub published: Option<DateTime<Utc>>,
}

impl<'f> Finder<'f> {
    /// With `known`, what the query depends on is known of the live blogs.
    pub fn new(db: &'f Connection, prepared: &'f PreparedQuery, known: &Known) -> Result<Self> {
        let query = prepared.query();
        let mut functions = Vec::new();
        let mut words = word_clause(db, &query.conditions, &mut functions)?;
        let mut time = WhereClause::anything();
        match known {
            Known::Nothing => {}
            Known::Zones(zones) => {
                let bounds =
                    |zone: &Option<Tz>| Some((zone.map(|zone| zone.name().to_owned()), query.bounds(*zone, None)?));
                let zone = "(SELECT zone FROM page WHERE page.id = entry.page)";
                time = time_clause(db, zone, zones.iter().filter_map(bounds).collect(), &mut functions)?;
            }
            Known::Pages(pages) => {
                let on_page = |page: &PageKey| (page.id, prepared.on_page(&page.name, page.zone, page.last));
                let asked: HashMap<_, _> = pages.iter().map(on_page).filter(|(_, page)| page.is_asked_for).collect();
                if !query.pages.is_empty() {
                    let asked: Vec<_> = asked.keys().collect();
                    words.and("entry.page IN (SELECT value FROM json_each(?))", [json!(asked).to_string()]);
                }
                if query.asks_for_time() {
                    let bounds = asked.into_iter().filter_map(|(id, page)| Some((id, page.bounds?))).collect();
                    time = time_clause(db, "entry.page", bounds, &mut functions)?;
                }
            }
        }
        Ok(Self {
            db,
            query,
            from: "entry",
            searched: WhereClause::anything(),
            words,
            time,
            _functions: functions,
            readers: Readers::default(),
        })
    }

    /// Looks through the entries with these connections, too.
    pub fn read_with(&mut self, readers: Readers) {
        self.readers = readers;
    }

    /// Looks only among the entries that contain these words.
    pub fn search(&mut self, words: &str) {
        // In the other order SQLite would query the index for each entry.
        self.from = "entry_fts CROSS JOIN entry ON entry.id = entry_fts.rowid";
        self.searched.and("entry_fts MATCH ?", [fts_expression(words)]);
    }

    /// How many entries are selected.
    pub fn count(&self) -> Result<usize> {
        if self.readers.is_empty() {
            return self.count_by(&self.selected());
        }
        Ok(self.in_parts(|finder, selected| finder.count_by(selected))?.into_iter().sum())
    }

    /// What is to be said of the selection, beside how many entries there are.
    pub fn left_out(&self) -> Result<Selected> {
        Ok(Selected { entries: 0, untimed: self.untimed()?, completed: self.completed()? })
    }

    /// How many entries have words that only a capture after the time of the snapshot shows.
    fn completed(&self) -> Result<usize> {
        if self.query.at.is_none() {
            return Ok(0);
        }
        let mut completed = self.selected();
        completed.and("entry.completed", []);
        self.count_by(&completed)
    }

    /// How many entries were left out only because they have no time.
    fn untimed(&self) -> Result<usize> {
        if self.query.invert || !self.query.asks_for_time() {
            return Ok(0);
        }
        let mut untimed = self.searched.clone();
        untimed.and("entry.published IS NULL", []);
        untimed.and_all(&self.words);
        self.leave_out_removed(&mut untimed);
        self.count_by(&untimed)
    }

    /// The entries that are selected, in no order.
    pub fn found(&self) -> Result<Vec<Found>> {
        if self.readers.is_empty() {
            return self.found_by(&self.selected());
        }
        Ok(self.in_parts(|finder, selected| finder.found_by(selected))?.concat())
    }

    /// Does `work` with each of the readers, and the conditions on its part of the entries.
    fn in_parts<T: Send>(&self, work: impl Fn(&Finder, &WhereClause) -> Result<T> + Sync) -> Result<Vec<T>> {
        let query = self.query;
        self.readers.in_parts(self.db, |db, part| {
            let prepared = query.prepare();
            let finder = Finder::new(db, &prepared, &Known::Nothing)?;
            let mut selected = finder.selected();
            selected.and(part, []);
            work(&finder, &selected)
        })
    }

    fn found_by(&self, selected: &WhereClause) -> Result<Vec<Found>> {
        let mut found = self.db.prepare(&format!("SELECT {FOUND} FROM {} {}", self.from, selected.sql()))?;
        found.query_map(params_from_iter(&selected.values), |row| self.found_in(row))?.collect()
    }

    /// The entries that are selected in groups that are alike in these columns of `page`, `entry` and `byline`, read by
    /// `read`: the columns, then how many entries.
    pub fn groups<T>(&self, columns: &[&str], read: impl FnMut(&Row) -> Result<T>) -> Result<Vec<T>> {
        let selected = self.selected();
        let places: Vec<_> = (1..=columns.len()).map(|place| place.to_string()).collect();
        let sql = format!(
            "SELECT {}, count(*) FROM {} JOIN page ON page.id = entry.page LEFT JOIN byline ON byline.id = entry.byline \
             {} GROUP BY {}",
            columns.join(", "),
            self.from,
            selected.sql(),
            places.join(", ")
        );
        self.db.prepare(&sql)?.query_map(params_from_iter(&selected.values), read)?.collect()
    }

    /// The SQL and its values that return what a search finds, the best match first, each with its excerpt.
    pub fn best_first(&self) -> (String, Vec<String>) {
        let (selected, from) = (self.selected(), self.from);
        let direction = if self.query.reverse { "DESC" } else { "ASC" };
        let sql =
            format!("SELECT {FOUND}, {EXCERPT} FROM {from} {} ORDER BY entry_fts.rank {direction}", selected.sql());
        (sql, selected.values)
    }

    /// Reads a row of [`FOUND`].
    pub fn found_in(&self, row: &Row) -> Result<Found> {
        let mut columns = Columns::new(row);
        let (id, page, place) = (columns.get()?, columns.get()?, columns.get()?);
        let published = if self.query.order == Order::Time { columns.str()?.and_then(parse_instant) } else { None };
        Ok(Found { id, page, place, published })
    }

    /// The statement for [`entry`](Self::entry).
    pub fn entry_statement(&self) -> Result<CachedStatement<'f>> {
        self.db.prepare_cached(&record::SELECT_ONE)
    }

    /// Reads an entry that was found.
    pub fn entry(&self, statement: &mut CachedStatement, found: &Found) -> Result<EntryRow> {
        statement.query_row([found.id], record::read)
    }

    fn selected(&self) -> WhereClause {
        let mut wanted = self.time.clone();
        wanted.and_all(&self.words);
        let mut selected = self.searched.clone();
        selected.and_all(&if self.query.invert { wanted.inverted() } else { wanted });
        self.leave_out_removed(&mut selected);
        selected
    }

    fn leave_out_removed(&self, clause: &mut WhereClause) {
        if !self.query.removed {
            clause.and("entry.removed IS NULL", []);
        }
    }

    fn count_by(&self, clause: &WhereClause) -> Result<usize> {
        let mut count = self.db.prepare(&format!("SELECT count(*) FROM {} {}", self.from, clause.sql()))?;
        count.query_row(params_from_iter(&clause.values), |row| row.get(0)).map(to_usize)
    }
}

/// The conditions on words. Those on the byline are tested on each distinct byline, of which there are few.
fn word_clause<'f>(
    db: &'f Connection,
    conditions: &[Condition],
    functions: &mut Vec<SqlFunction<'f>>,
) -> Result<WhereClause> {
    let mut all = WhereClause::anything();
    let mut on_byline = Vec::new();
    for condition in conditions {
        match condition_sql(condition) {
            ConditionSql::Term(term) => all.and(term, []),
            ConditionSql::Test(term, test) => {
                let function = SqlFunction::test(db, test)?;
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
        let mut matching: Vec<i64> = Vec::new();
        for byline in bylines {
            let (id, entry) = byline?;
            if on_byline.iter().all(|condition| condition.matches(&entry)) {
                matching.push(id);
            }
        }
        all.and("entry.byline IN (SELECT value FROM json_each(?))", [json!(matching).to_string()]);
    }
    Ok(all)
}

/// The conditions on the time, by a key of live blogs with the same bounds: from the earliest start to the latest end of
/// any live blog; and where the bounds are not the same for all live blogs, from the latest start to the earliest end, or
/// within those of its own.
fn time_clause<'f, K: Key>(
    db: &'f Connection,
    key: &str,
    bounds: HashMap<K, Bounds>,
    functions: &mut Vec<SqlFunction<'f>>,
) -> Result<WhereClause> {
    let mut time = WhereClause::anything();
    time.and("entry.published IS NOT NULL", []);
    // `None` is an open end. It orders before any start, so the earliest start is open if any is.
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
        let latest_start = bounds.values().filter_map(|bounds| bounds.from).max().map_or(String::new(), utc);
        let earliest_end = bounds.values().filter_map(|bounds| bounds.to).min().map_or("a".to_owned(), utc);
        let function = SqlFunction::in_time(db, bounds)?;
        let term = format!("(entry.published BETWEEN ? AND ? OR {}({key}, entry.published))", function.name);
        time.and(&term, [latest_start, earliest_end]);
        functions.push(function);
    }
    Ok(time)
}
