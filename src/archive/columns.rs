//! Reading a row column by column: a value that cannot be read spoils itself, not the row.

use chrono::{DateTime, FixedOffset, Utc};
use rusqlite::types::{FromSql, ValueRef};
use rusqlite::{Result, Row};
use serde::de::DeserializeOwned;

use crate::time::years;

/// The columns of a row, from left to right.
pub(super) struct Columns<'r, 'stmt> {
    row: &'r Row<'stmt>,
    at: usize,
    unread: Vec<String>,
}

impl<'r, 'stmt> Columns<'r, 'stmt> {
    pub fn new(row: &'r Row<'stmt>) -> Self {
        Self { row, at: 0, unread: Vec::new() }
    }

    /// The next column, which the schema keeps from being anything else.
    pub fn get<T: FromSql>(&mut self) -> Result<T> {
        self.at += 1;
        self.row.get(self.at - 1)
    }

    /// Whether the next column is not null.
    pub fn is_there(&mut self) -> Result<bool> {
        self.at += 1;
        self.row.get_ref(self.at - 1).map(|value| value != ValueRef::Null)
    }

    /// The next column as text; what is no text is left out.
    pub fn str(&mut self) -> Result<Option<&'r str>> {
        self.at += 1;
        match self.row.get_ref(self.at - 1)?.as_str_or_null() {
            Ok(text) => Ok(text),
            Err(_) => self.leave_out(),
        }
    }

    /// The same as a text of its own.
    pub fn text(&mut self) -> Result<Option<String>> {
        Ok(self.str()?.map(str::to_owned))
    }

    /// The next column, parsed; what cannot be parsed is left out.
    pub fn parse<T, E>(&mut self, parse: impl FnOnce(&str) -> std::result::Result<T, E>) -> Result<Option<T>> {
        match self.str()?.map(parse) {
            Some(Err(_)) => self.leave_out(),
            Some(Ok(value)) => Ok(Some(value)),
            None => Ok(None),
        }
    }

    /// The next column as JSON, its default if it is null; what cannot be parsed is left out.
    pub fn json<T: DeserializeOwned + Default>(&mut self) -> Result<T> {
        Ok(self.parse(|text| serde_json::from_str(text))?.unwrap_or_default())
    }

    /// The next column as an instant.
    pub fn instant(&mut self) -> Result<Option<DateTime<Utc>>> {
        self.parse(|text| instant(text).ok_or(()))
    }

    /// The names of the columns that were left out so far.
    pub fn into_unread(self) -> Vec<String> {
        self.unread
    }

    /// Notes that the column that was read last is left out.
    fn leave_out<T>(&mut self) -> Result<Option<T>> {
        self.unread.push(self.row.as_ref().column_name(self.at - 1)?.to_owned());
        Ok(None)
    }
}

/// The instant that a text of the archive stands for, if it is one that can be written so.
pub(super) fn instant(text: &str) -> Option<DateTime<Utc>> {
    local(text).map(|at| at.to_utc())
}

/// The same as it is told by its own offset.
pub(super) fn local(text: &str) -> Option<DateTime<FixedOffset>> {
    years::read(text).ok().flatten()
}
