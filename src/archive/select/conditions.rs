//! SQL of conditions: terms over the columns of `entry`, and functions where SQL has none.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicUsize, Ordering};

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::FromSql;
use rusqlite::{Connection, Result};

use crate::archive::columns::parse_instant;
use crate::query::{Condition, Property, TextField};
use crate::time::bounds::Bounds;

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
            ConditionSql::Test(term, Box::new(move |text| needles.occur_in(text)))
        }
        Condition::Matches(patterns) => {
            let patterns = patterns.clone();
            ConditionSql::Test(
                |test| format!("{test}(entry.title, entry.subtitle, coalesce(entry.text, ''))"),
                Box::new(move |text| patterns.iter().any(|pattern| pattern.is_match(text))),
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

/// Terms of a `WHERE` clause over the columns of `entry`, all of which must be true, and the values in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WhereClause {
    terms: Vec<String>,
    pub values: Vec<String>,
}

impl WhereClause {
    /// True of every entry.
    pub fn anything() -> Self {
        Self { terms: Vec::new(), values: Vec::new() }
    }

    /// Adds a term; its `?` are the values in turn.
    pub fn and<const N: usize>(&mut self, term: &str, values: [String; N]) {
        self.terms.push(term.to_owned());
        self.values.extend(values);
    }

    /// Adds all terms of another clause.
    pub fn and_all(&mut self, other: &Self) {
        self.terms.extend_from_slice(&other.terms);
        self.values.extend_from_slice(&other.values);
    }

    /// Selects all entries that this clause leaves out.
    pub fn inverted(self) -> Self {
        // A comparison with null is null, which is not true.
        let term = if self.terms.is_empty() {
            "FALSE".to_owned()
        } else {
            format!("({}) IS NOT TRUE", self.terms.join(" AND "))
        };
        Self { terms: vec![term], ..self }
    }

    /// The SQL, empty if it selects everything.
    pub fn sql(&self) -> String {
        if self.terms.is_empty() { String::new() } else { format!("WHERE {}", self.terms.join(" AND ")) }
    }
}

/// What live blogs with the same bounds have in common: their row, or their zone.
pub(super) trait Key: FromSql + Eq + Hash + Send + 'static {}

impl<K: FromSql + Eq + Hash + Send + 'static> Key for K {}

/// A function that SQLite knows as long as this value lives. Its name is its own: a query may run while the rows of
/// another are still being returned.
#[derive(Debug)]
pub(super) struct SqlFunction<'f> {
    db: &'f Connection,
    pub name: String,
}

impl<'f> SqlFunction<'f> {
    /// Whether one of its arguments is a text that passes the test.
    pub fn test(db: &'f Connection, test: TextTest) -> Result<Self> {
        Self::new(db, move |row| {
            let text = |at| row.get_raw(at).as_str_or_null().ok().flatten();
            Ok((0..row.len()).filter_map(text).any(&test))
        })
    }

    /// Whether a time, its second argument, is within the bounds of the live blogs with a key, its first.
    pub fn in_time<K: Key>(db: &'f Connection, bounds: HashMap<K, Bounds>) -> Result<Self> {
        Self::new(db, move |row| {
            let published = row.get_raw(1).as_str_or_null().ok().flatten().and_then(parse_instant);
            let bounds = bounds.get(&row.get(0)?);
            Ok(bounds.is_none_or(|bounds| published.is_some_and(|time| bounds.contains(time))))
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

impl Drop for SqlFunction<'_> {
    fn drop(&mut self) {
        // SQLite refuses while another query returns its rows; then the function goes with the connection.
        let _ = self.db.remove_function(self.name.as_str(), -1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaking() -> WhereClause {
        let mut clause = WhereClause::anything();
        clause.and("entry.breaking", []);
        clause.and("entry.published >= ?", ["2023".to_owned()]);
        clause
    }

    #[test]
    fn all_terms_must_be_true() {
        assert_eq!(breaking().sql(), "WHERE entry.breaking AND entry.published >= ?");
        assert_eq!(WhereClause::anything().sql(), "");
    }

    #[test]
    fn the_inverse_takes_in_what_compares_with_null() {
        let inverse = breaking().inverted();
        assert_eq!(inverse.sql(), "WHERE (entry.breaking AND entry.published >= ?) IS NOT TRUE");
        assert_eq!(inverse.values, ["2023"]);
    }
}
