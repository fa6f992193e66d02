//! Selecting: what a query asks for, found, put in order, and given out entry by entry.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use rusqlite::Connection;

use super::columns::Columns;
use super::find::{Finder, Found};
use super::record::StoredRow;
use super::unread::UnreadRows;
use super::{Archive, Error, pages};
use crate::model::Row;
use crate::query::{Condition, Property, Query, Selected, SortKey, TextField, contains_any};

impl Archive {
    /// Gives the entries that are asked for to `each`, in the query's order, one by one.
    ///
    /// # Errors
    /// If the archive cannot be read, if the query names a live blog that it does not hold, or what `each` fails with.
    pub fn select<E: From<Error>>(
        &self,
        query: &Query,
        mut each: impl FnMut(Row) -> Result<(), E>,
    ) -> Result<Selected, E> {
        let told = |error| self.told(error);
        self.ask(query, None, |finder, query| {
            let mut selected = Selected { entries: 0, untimed: finder.untimed().map_err(told)? };
            let mut heads = Heads::new(&self.connection, &self.unread);
            let found = heads.in_order(query, finder.found().map_err(told)?).map_err(told)?;
            let mut one = finder.one().map_err(told)?;
            for found in found {
                if query.limit.is_some_and(|limit| selected.entries >= limit) {
                    break;
                }
                let stored = finder.entry(&mut one, &found).map_err(told)?;
                selected.entries += 1;
                each(heads.row(found.page, stored).map_err(told)?)?;
            }
            Ok(selected)
        })
    }

    /// How many entries are asked for.
    ///
    /// ```no_run
    /// # use liveblog::{archive::{Archive, Error}, query::Query};
    /// # fn count(archive: &Archive) -> Result<(), Error> {
    /// let breaking = archive.count(&Query::new(chrono::Utc::now()).breaking())?.entries;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// If the archive cannot be read, or the query names a live blog that it does not hold.
    pub fn count(&self, query: &Query) -> Result<Selected, Error> {
        self.count_of(query, None)
    }

    pub(super) fn count_of(&self, query: &Query, words: Option<&str>) -> Result<Selected, Error> {
        self.ask(query, words, |finder, query| {
            let told = |error| self.told(error);
            let entries = finder.count().map_err(told)?.min(query.limit.unwrap_or(usize::MAX));
            Ok(Selected { entries, untimed: finder.untimed().map_err(told)? })
        })
    }

    /// Answers a query, with its live blogs by their full names, among the entries that hold the words, if there are
    /// some; from one state of the archive: what others write meanwhile is not seen.
    pub(super) fn ask<T, E: From<Error>>(
        &self,
        query: &Query,
        words: Option<&str>,
        answer: impl FnOnce(&Finder, &Query) -> Result<T, E>,
    ) -> Result<T, E> {
        let told = |error| self.told(error);
        let _snapshot = self.connection.unchecked_transaction().map_err(told)?;
        let needs_pages = query.asks_for_time() || !query.pages.is_empty();
        let pages = if needs_pages { self.all_pages().map_err(told)? } else { Vec::new() };
        let named = |name: &String| pages::named(&pages, name).map(|page| page.name.clone());
        let names: Vec<_> = query.pages.iter().map(named).collect::<Result<_, _>>()?;
        for page in pages.iter().filter(|page| names.is_empty() || names.contains(&page.name)) {
            self.unread.note(&page.name, None, page.unread.clone());
        }
        let query = Query { pages: names, ..query.clone() };
        let prepared = query.prepare();
        let mut finder = Finder::new(&self.connection, &prepared, &pages).map_err(told)?;
        words.into_iter().for_each(|words| finder.search(words));
        answer(&finder, &query)
    }
}

/// What rows tell of their live blogs, read as it is needed.
pub(super) struct Heads<'h> {
    db: &'h Connection,
    read: HashMap<i64, Head>,
    unread: &'h UnreadRows,
}

struct Head {
    name: String,
    title: Option<String>,
    url: Option<String>,
    newest_first: bool,
}

impl<'h> Heads<'h> {
    pub fn new(db: &'h Connection, unread: &'h UnreadRows) -> Self {
        Self { db, read: HashMap::new(), unread }
    }

    /// What was found in the query's order, live blogs by name.
    fn in_order(&mut self, query: &Query, found: Vec<Found>) -> rusqlite::Result<Vec<Found>> {
        for found in &found {
            self.head(found.page)?;
        }
        let mut by_name: Vec<_> = self.read.iter().collect();
        by_name.sort_unstable_by_key(|(_, head)| &head.name);
        let ranks: HashMap<i64, usize> = by_name.iter().enumerate().map(|(rank, (page, _))| (**page, rank)).collect();
        let key = |found: &Found| {
            let newest_first = self.read[&found.page].newest_first;
            SortKey::new(query.order, found.published, ranks[&found.page], found.place, newest_first)
        };
        let mut found: Vec<_> = found.into_iter().map(|found| (key(&found), found)).collect();
        query.sort(&mut found);
        Ok(found.into_iter().map(|(_, found)| found).collect())
    }

    /// An entry as a row.
    pub fn row(&mut self, page: i64, stored: StoredRow) -> rusqlite::Result<Row> {
        let StoredRow { entry, is_removed: removed, unread: columns, .. } = stored;
        let unread = self.unread;
        let Head { name, title, url, .. } = self.head(page)?;
        unread.note(name, Some(&entry.id), columns);
        Ok(Row { page: name.clone(), page_title: title.clone(), page_url: url.clone(), removed, entry })
    }

    fn head(&mut self, page: i64) -> rusqlite::Result<&Head> {
        match self.read.entry(page) {
            Entry::Occupied(read) => Ok(read.into_mut()),
            Entry::Vacant(vacant) => {
                let sql = "SELECT name, title, url, newest_first FROM page WHERE id = ?";
                let head = self.db.prepare_cached(sql)?.query_row([page], |row| {
                    let mut columns = Columns::new(row);
                    let name = columns.text()?.unwrap_or_default();
                    let (title, url, newest_first) = (columns.text()?, columns.text()?, columns.get()?);
                    self.unread.note(&name, None, columns.into_unread());
                    Ok(Head { name, title, url, newest_first })
                })?;
                Ok(vacant.insert(head))
            }
        }
    }
}

/// How SQL answers a condition.
pub(super) enum ConditionSql {
    /// By this term over the columns of `entry`.
    Term(&'static str),
    /// By this term, which calls a function: whether one of its arguments passes the test.
    Test(fn(function: &str) -> String, TextTest),
    /// From the byline (author, role and co-authors) alone: [`Condition::matches`] of each distinct one.
    Byline,
}

pub(super) type TextTest = Box<dyn Fn(&str) -> bool + Send>;

/// Whether a body has a block of that type. Bodies of plain paragraphs are stored without blocks; invalid JSON has none.
macro_rules! with_block {
    ($type:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM json_each(iif(json_valid(entry.body), entry.body, NULL)) \
             WHERE iif(type = 'object', value, NULL) ->> 'type' = '",
            $type,
            "')"
        )
    };
}

/// Returns how SQL answers a condition.
pub(super) fn condition_sql(condition: &Condition) -> ConditionSql {
    match condition {
        Condition::Contains(field, needles) => {
            let term: fn(&str) -> String = match field {
                TextField::Author | TextField::Role => return ConditionSql::Byline,
                TextField::Title => |test| format!("{test}(entry.title)"),
                TextField::Label => |test| format!("entry.label IS NOT NULL AND {test}(entry.label)"),
                TextField::ImageSource => |test| {
                    format!(
                        "EXISTS (SELECT 1 FROM json_each(iif(json_valid(entry.images), entry.images, NULL)) \
                         WHERE {test}(iif(type = 'object', value, NULL) ->> 'source'))"
                    )
                },
            };
            let needles = needles.clone();
            ConditionSql::Test(term, Box::new(move |text| contains_any(text, &needles)))
        }
        Condition::Matches(pattern) => {
            let pattern = pattern.clone();
            ConditionSql::Test(
                |test| format!("{test}(entry.title, entry.subtitle, coalesce(entry.text, ''))"),
                Box::new(move |text| pattern.is_match(text)),
            )
        }
        Condition::Breaking => ConditionSql::Term("entry.breaking"),
        Condition::Has(property) => match property {
            Property::Author => ConditionSql::Byline,
            Property::Image => ConditionSql::Term("entry.images IS NOT NULL"),
            Property::Media => ConditionSql::Term("entry.media IS NOT NULL"),
            Property::List => ConditionSql::Term(with_block!("list")),
            Property::Quote => ConditionSql::Term(with_block!("quote")),
            Property::Embed => ConditionSql::Term(with_block!("embed")),
        },
    }
}
