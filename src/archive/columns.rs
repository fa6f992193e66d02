//! Values of the archive's tables: how they are written, how a row is read column by column, and what cannot be read.
//!
//! A value that cannot be read spoils itself alone, not its row: it is left out, and reported as [`Unread`].

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use rusqlite::types::{FromSql, ValueRef};
use rusqlite::{Result, Row};
use serde::Serialize;
use serde::de::value::Error as ValueError;
use serde::de::{DeserializeOwned, IntoDeserializer};

use crate::time::years;

/// A cursor over the columns of a row, from left to right.
pub(super) struct Columns<'r, 'stmt> {
    row: &'r Row<'stmt>,
    next: usize,
    unread: Vec<String>,
}

impl<'r, 'stmt> Columns<'r, 'stmt> {
    pub fn new(row: &'r Row<'stmt>) -> Self {
        Self { row, next: 0, unread: Vec::new() }
    }

    /// The next column, where the schema allows no other type.
    pub fn get<T: FromSql>(&mut self) -> Result<T> {
        self.next += 1;
        self.row.get(self.next - 1)
    }

    /// The next column, a count.
    pub fn count(&mut self) -> Result<usize> {
        self.get().map(to_usize)
    }

    /// Whether the next column is not null.
    pub fn is_there(&mut self) -> Result<bool> {
        self.next += 1;
        self.row.get_ref(self.next - 1).map(|value| value != ValueRef::Null)
    }

    /// The next column as text; left out if it is no text.
    pub fn str(&mut self) -> Result<Option<&'r str>> {
        self.next += 1;
        match self.row.get_ref(self.next - 1)?.as_str_or_null() {
            Ok(text) => Ok(text),
            Err(_) => self.leave_out(),
        }
    }

    /// The next column as a text of its own; left out if it is no text.
    pub fn text(&mut self) -> Result<Option<String>> {
        Ok(self.str()?.map(str::to_owned))
    }

    /// The next column, parsed; left out if that fails.
    pub fn parse_column<T, E>(&mut self, parse: impl FnOnce(&str) -> Result<T, E>) -> Result<Option<T>> {
        match self.str()?.map(parse) {
            Some(Err(_)) => self.leave_out(),
            Some(Ok(value)) => Ok(Some(value)),
            None => Ok(None),
        }
    }

    /// The next column as JSON, its default if it is null; left out if it cannot be parsed.
    pub fn json<T: DeserializeOwned + Default>(&mut self) -> Result<T> {
        Ok(self.parse_column(|text| serde_json::from_str(text))?.unwrap_or_default())
    }

    /// The next column as an instant.
    pub fn instant(&mut self) -> Result<Option<DateTime<Utc>>> {
        self.parse_column(|text| parse_instant(text).ok_or(()))
    }

    /// The names of the columns that were left out so far.
    pub fn into_unread(self) -> Vec<String> {
        self.unread
    }

    /// Leaves out the column that was read last.
    fn leave_out<T>(&mut self) -> Result<Option<T>> {
        self.unread.push(self.row.as_ref().column_name(self.next - 1)?.to_owned());
        Ok(None)
    }
}

/// Parses an instant; `None` outside the years that can be written.
pub(super) fn parse_instant(text: &str) -> Option<DateTime<Utc>> {
    parse_local(text).map(|at| at.to_utc())
}

/// Parses a time with its offset; `None` outside the years that can be written.
pub(super) fn parse_local(text: &str) -> Option<DateTime<FixedOffset>> {
    years::read(text).ok().flatten()
}

/// An instant as text.
pub(super) fn utc(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A list as JSON; an empty one is null.
pub(super) fn json_column<T: Serialize>(list: &[T]) -> Option<String> {
    (!list.is_empty()).then(|| serde_json::to_string(list).expect("the model's types are JSON: text keys, no maps"))
}

/// The name of a plain value in JSON, such as that of a layout.
pub(super) fn json_name(value: impl Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}

/// The value with that name in JSON.
pub(super) fn from_json_name<T: DeserializeOwned>(name: &str) -> Result<T, ValueError> {
    T::deserialize(name.into_deserializer())
}

pub(super) fn to_i64(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

pub(super) fn to_usize(integer: i64) -> usize {
    usize::try_from(integer).unwrap_or_default()
}

/// A row of the archive with values that cannot be read, which are left out: they are null or empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The live blog's name in the archive.
    pub page: String,
    /// The id of the entry; without it, the live blog itself, or a capture of it.
    pub entry: Option<String>,
    /// The names of the columns that were left out.
    pub columns: Vec<String>,
}

impl fmt::Display for Unread {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        let Self { page, entry, columns } = self;
        let left_out = columns.join(", ");
        match entry {
            Some(entry) => write!(to, "{page}: entry {entry} cannot be read whole; left out: {left_out}"),
            None => write!(to, "{page}: the live blog cannot be read whole; left out: {left_out}"),
        }
    }
}

/// A live blog, and an entry of it.
type RowName = (String, Option<String>);

/// The columns that could not be read, by live blog and entry.
#[derive(Debug, Default)]
pub(super) struct UnreadRows(RefCell<BTreeMap<RowName, BTreeSet<String>>>);

impl UnreadRows {
    /// Adds a row, if anything of it was left out.
    pub fn add(&self, page: &str, entry: Option<&str>, columns: Vec<String>) {
        if !columns.is_empty() {
            self.extend([Unread { page: page.to_owned(), entry: entry.map(str::to_owned), columns }]);
        }
    }

    pub fn extend(&self, rows: impl IntoIterator<Item = Unread>) {
        let mut unread = self.0.borrow_mut();
        for Unread { page, entry, columns } in rows {
            unread.entry((page, entry)).or_default().extend(columns);
        }
    }

    pub fn to_vec(&self) -> Vec<Unread> {
        let row = |((page, entry), columns): (&RowName, &BTreeSet<String>)| Unread {
            page: page.clone(),
            entry: entry.clone(),
            columns: columns.iter().cloned().collect(),
        };
        self.0.borrow().iter().map(row).collect()
    }
}
