//! Finding the entries that a query asks for: SQL tells what it can from the indexes, the rest is judged row by row.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{CachedStatement, Connection, Result, Row, params_from_iter};
use serde_json::json;

use super::expression::Expression;
use super::pages::Page;
use super::record::{self, instant, listed, parsed, utc};
use crate::model::Entry;
use crate::query::{Condition, Conditions, OnPage, Order, Query, Sql, Verdict};
use crate::time::bounds::Bounds;

/// Finds the entries that a query asks for.
pub(super) struct Finder<'f> {
    db: &'f Connection,
    query: &'f Query,
    /// The conditions as they hold for each live blog, by its row; none where they are the same for all.
    pages: HashMap<i64, OnPage<'f>>,
    /// The conditions as they hold for any other live blog.
    elsewhere: OnPage<'f>,
    /// What SQL can tell of the conditions on words and on the live blog.
    words: Expression,
    /// What SQL can tell of the time.
    time: Expression,
}

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
    pub fn new(db: &'f Connection, conditions: &'f Conditions, pages: &[Page]) -> Result<Self> {
        let query = conditions.query();
        let on_page = |page: &Page| (page.id, conditions.on_page(&page.name, page.zone, page.last));
        let pages: HashMap<i64, OnPage> = pages.iter().map(on_page).collect();
        let mut words = of_words(db, conditions.all())?;
        if !query.pages.is_empty() {
            let asked: Vec<_> = pages.iter().filter(|(_, page)| page.asked).map(|(id, _)| id).collect();
            words.and("entry.page IN (SELECT value FROM json_each(?))", [json!(asked).to_string()]);
        }
        let bounds = pages.values().filter(|page| page.asked).filter_map(|page| page.bounds);
        let time = if query.asks_for_time() { of_time(bounds) } else { Expression::anything() };
        Ok(Self { db, query, pages, elsewhere: conditions.on_page("", None, None), words, time })
    }

    /// How many entries are asked for.
    pub fn count(&self) -> Result<usize> {
        let asked = self.asked();
        if asked.exact {
            return self.count_by(&asked);
        }
        let (found, mut one) = (self.found()?, self.one()?);
        if self.is_sure() {
            return Ok(found.len());
        }
        found.iter().try_fold(0, |count, found| Ok(count + usize::from(self.entry(&mut one, found)?.is_some())))
    }

    /// How many entries were left out only because they have no time.
    pub fn untimed(&self) -> Result<usize> {
        if self.query.invert || !self.query.asks_for_time() {
            return Ok(0);
        }
        let mut untimed = self.words.clone();
        untimed.and("entry.published IS NULL", []);
        self.leave_out_removed(&mut untimed);
        if untimed.exact {
            return self.count_by(&untimed);
        }
        let (found, mut one) = (self.found_by(&untimed)?, self.one()?);
        let is_untimed = |found| Ok(usize::from(self.judged(&mut one, found)?.0 == Verdict::Untimed));
        found.iter().map(is_untimed).sum()
    }

    /// The entries that are asked for, in no order; those among them that [`entry`](Self::entry) gives.
    pub fn found(&self) -> Result<Vec<Found>> {
        let mut found = self.found_by(&self.asked())?;
        if !self.time.exact && !self.query.invert {
            found.retain(|found| self.on_page(found.page).in_time(found.published));
        }
        Ok(found)
    }

    /// The statement that reads one entry.
    pub fn one(&self) -> Result<CachedStatement<'f>> {
        self.db.prepare_cached(record::SELECT_ONE)
    }

    /// An entry that was found, and whether it is removed; `None` if it turns out not to be asked for.
    pub fn entry(&self, one: &mut CachedStatement, found: &Found) -> Result<Option<(Entry, bool)>> {
        if self.is_sure() {
            return one.query_row([found.id], told).map(Some);
        }
        let (verdict, told) = self.judged(one, found)?;
        Ok((verdict == Verdict::Selected).then_some(told))
    }

    fn judged(&self, one: &mut CachedStatement, found: &Found) -> Result<(Verdict, (Entry, bool))> {
        let told = one.query_row([found.id], told)?;
        Ok((self.on_page(found.page).judge(&told.0, told.1), told))
    }

    /// Whether all that is found is asked for.
    fn is_sure(&self) -> bool {
        self.words.exact && (self.time.exact || !self.query.invert)
    }

    fn on_page(&self, page: i64) -> &OnPage<'f> {
        self.pages.get(&page).unwrap_or(&self.elsewhere)
    }

    fn asked(&self) -> Expression {
        let mut asked = self.words.clone();
        asked.and_all(&self.time);
        if self.query.invert {
            asked = asked.inverted();
        }
        self.leave_out_removed(&mut asked);
        asked
    }

    fn leave_out_removed(&self, expression: &mut Expression) {
        if !self.query.removed {
            expression.and("entry.removed IS NULL", []);
        }
    }

    fn count_by(&self, expression: &Expression) -> Result<usize> {
        let mut count = self.db.prepare_cached(&format!("SELECT count(*) FROM entry {}", expression.clause()))?;
        count.query_row(params_from_iter(&expression.values), |row| row.get::<_, i64>(0)).map(record::count)
    }

    fn found_by(&self, expression: &Expression) -> Result<Vec<Found>> {
        let sql = format!("SELECT id, page, place, published FROM entry {}", expression.clause());
        let needs_time = self.query.order == Order::Time || !self.time.exact;
        let mut found = self.db.prepare_cached(&sql)?;
        let found = found.query_map(params_from_iter(&expression.values), |row| {
            let published = if needs_time { parsed(row, 3, instant)? } else { None };
            Ok(Found { id: row.get(0)?, page: row.get(1)?, place: row.get(2)?, published })
        })?;
        found.collect()
    }
}

fn told(row: &Row) -> Result<(Entry, bool)> {
    Ok((record::read(row)?, record::is_removed(row)?))
}

/// What SQL can tell of conditions on words. Those on the byline are asked of each distinct one, of which there are few.
fn of_words(db: &Connection, conditions: &[Condition]) -> Result<Expression> {
    let mut all = Expression::anything();
    let mut on_byline = Vec::new();
    for condition in conditions {
        match condition.sql() {
            Sql::Exact(term) => all.and(term, []),
            Sql::Superset(term) => {
                all.and(term, []);
                all.exact = false;
            }
            Sql::Byline => on_byline.push(condition),
        }
    }
    if !on_byline.is_empty() {
        let mut bylines = db.prepare_cached("SELECT id, author, role, co_authors FROM byline")?;
        let bylines = bylines.query_map([], |row| {
            let co_authors = listed(row, 3)?.unwrap_or_default();
            Ok((row.get(0)?, Entry { author: row.get(1)?, role: row.get(2)?, co_authors, ..Entry::default() }))
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

/// What SQL can tell of the time: all, if it is the same for each live blog; else from the earliest to the latest.
fn of_time(bounds: impl Iterator<Item = Bounds>) -> Expression {
    let bounds: Vec<_> = bounds.collect();
    let mut time = Expression::anything();
    time.and("entry.published IS NOT NULL", []);
    time.exact = bounds.windows(2).all(|two| two[0] == two[1]);
    // An open end is none: `None` is before any start, so that the earliest start is open if any is.
    if let Some(from) = bounds.iter().map(|bounds| bounds.from).min().flatten() {
        time.and("entry.published >= ?", [utc(from)]);
    }
    let ends: Option<Vec<_>> = bounds.iter().map(|bounds| bounds.to).collect();
    if let Some(to) = ends.and_then(|ends| ends.into_iter().max()) {
        time.and("entry.published <= ?", [utc(to)]);
    }
    time
}
