//! An entry as a row of the table `entry`, and back.
//!
//! Most bodies are plain paragraphs. They are stored as text alone, which people can read and search, and which is
//! returned without parsing; blocks are stored beside the text only where they cannot be made from it.

use std::sync::LazyLock;

use chrono::SecondsFormat;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Result, Row, ToSql};
use serde_json::Map;

use super::columns::{Columns, json_column, parse_local, to_i64, to_usize, utc};
use crate::model::{Block, Entry};

/// A column of `entry` with a part of an entry: how it is written, and how it is read back into the entry.
struct Column {
    name: &'static str,
    write: for<'e> fn(&'e Entry) -> ToSqlOutput<'e>,
    /// `None` for what only the search reads.
    read: Option<fn(&mut Columns, &mut Entry) -> Result<()>>,
}

macro_rules! column {
    ($name:literal, write: $write:expr, read: $read:expr) => {
        Column { name: $name, write: $write, read: Some($read) }
    };
    ($name:literal, write: $write:expr) => {
        Column { name: $name, write: $write, read: None }
    };
}

/// Columns of an entry, in the order in which they are written and read: a new field is a line here and in the schema.
#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    column!("published", write: |e| owned(e.published.map(utc)), read: |c, e| set(&mut e.published, c.instant())),
    column!("published_local", write: |e| owned(e.published_local.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, false))),
        read: |c, e| set(&mut e.published_local, c.parse_column(|text| parse_local(text).ok_or(())))),
    column!("first_line", write: |e| owned(e.lines.map(|[first, _]| to_i64(first))),
        read: |c, e| set(&mut e.lines, c.get::<Option<i64>>().map(|line| line.map(|first| [to_usize(first); 2])))),
    column!("last_line", write: |e| owned(e.lines.map(|[_, last]| to_i64(last))),
        read: |c, e| { let last: Option<i64> = c.get()?; e.lines = e.lines.zip(last).map(|([first, _], last)| [first, to_usize(last)]); Ok(()) }),
    column!("number", write: |e| owned(to_i64(e.number)), read: |c, e| set(&mut e.number, c.count())),
    column!("stamp", write: |e| text(&e.stamp), read: |c, e| set(&mut e.stamp, c.text())),
    column!("modified", write: |e| owned(e.modified.map(utc)), read: |c, e| set(&mut e.modified, c.instant())),
    column!("breaking", write: |e| owned(e.breaking), read: |c, e| set(&mut e.breaking, c.get())),
    column!("label", write: |e| text(&e.label), read: |c, e| set(&mut e.label, c.text())),
    column!("title", write: |e| text(&e.title), read: |c, e| set(&mut e.title, c.text())),
    column!("subtitle", write: |e| text(&e.subtitle), read: |c, e| set(&mut e.subtitle, c.text())),
    // The text has the words even where the blocks in the next column cannot be read.
    column!("text", write: |e| owned((!e.body.is_empty()).then(|| e.text())),
        read: |c, e| set(&mut e.body, c.str().map(|text| text.map_or_else(Vec::new, paragraphs)))),
    column!("body", write: |e| owned(if is_plain(&e.body) { None } else { json_column(&e.body) }),
        read: |c, e| { if let Some(blocks) = c.parse_column(|text| serde_json::from_str(text))? { e.body = blocks; } Ok(()) }),
    column!("images", write: |e| owned(json_column(&e.images)), read: |c, e| set(&mut e.images, c.json())),
    column!("media", write: |e| owned(json_column(&e.media)), read: |c, e| set(&mut e.media, c.json())),
    column!("url", write: |e| text(&e.url), read: |c, e| set(&mut e.url, c.text())),
    column!("doubts", write: |e| owned(json_column(&e.doubts)), read: |c, e| set(&mut e.doubts, c.json())),
    // For the search alone: the images and media have the same words.
    column!("captions", write: |e| owned(captions(e)), read: |c, _| c.str().map(drop)),
    // Archives before version 3 have it in their bylines.
    column!("authors", write: |e| owned(author_names(e))),
];

fn owned(value: impl Into<Value>) -> ToSqlOutput<'static> {
    ToSqlOutput::Owned(value.into())
}

fn text(text: &Option<String>) -> ToSqlOutput<'_> {
    ToSqlOutput::Borrowed(ValueRef::from(text.as_deref()))
}

fn set<T>(field: &mut T, value: Result<T>) -> Result<()> {
    *field = value?;
    Ok(())
}

/// The names of [`COLUMNS`], and a placeholder for each.
fn names_and_placeholders() -> (String, String) {
    let names: Vec<_> = COLUMNS.iter().map(|column| column.name).collect();
    (names.join(", "), vec!["?"; COLUMNS.len()].join(", "))
}

fn select(which: &str) -> String {
    let names = COLUMNS.iter().filter(|column| column.read.is_some()).map(|column| column.name);
    format!(
        "SELECT entry.id, place, key, version, capture, removed, {names}, author, role, co_authors
         FROM entry LEFT JOIN byline ON byline.id = entry.byline {which}",
        names = names.collect::<Vec<_>>().join(", ")
    )
}

/// All entries of a live blog in the order of its page, for [`read`].
pub(super) static SELECT_PAGE: LazyLock<String> = LazyLock::new(|| select("WHERE page = ? ORDER BY place"));

/// The entry in one row, for [`read`].
pub(super) static SELECT_ONE: LazyLock<String> = LazyLock::new(|| select("WHERE entry.id = ?"));

/// Adds an entry: its row, its place in the archive, then [`Record::values`].
pub(super) static INSERT: LazyLock<String> = LazyLock::new(|| {
    let (names, placeholders) = names_and_placeholders();
    format!(
        "INSERT INTO entry (id, page, place, key, version, capture, byline, {names})
         VALUES (?, ?, ?, ?, ?, ?, ?, {placeholders})"
    )
});

/// Replaces the words of an entry by another version: that, then [`Record::values`], then its row.
pub(super) static UPDATE: LazyLock<String> = LazyLock::new(|| {
    let (names, placeholders) = names_and_placeholders();
    format!("UPDATE entry SET (version, capture, byline, {names}) = (?, ?, ?, {placeholders}) WHERE id = ?")
});

/// What is made of an entry for its table; the other values are the entry's own.
#[derive(Debug)]
pub(super) struct Encoded {
    made: Vec<Option<Value>>,
    co_authors: Option<String>,
}

impl Encoded {
    pub fn new(entry: &Entry) -> Self {
        let made = |column: &Column| match (column.write)(entry) {
            ToSqlOutput::Owned(value) => Some(value),
            _ => None,
        };
        Self { made: COLUMNS.iter().map(made).collect(), co_authors: json_column(&entry.co_authors) }
    }

    /// The record of the same entry.
    pub fn into_record(self, entry: &Entry) -> Record<'_> {
        let value =
            |(made, column): (Option<Value>, &Column)| made.map_or_else(|| (column.write)(entry), ToSqlOutput::Owned);
        let values = self.made.into_iter().zip(COLUMNS).map(value).collect();
        Record { entry, values, co_authors: self.co_authors }
    }
}

/// An entry as values of its table.
#[derive(Debug)]
pub(super) struct Record<'e> {
    pub entry: &'e Entry,
    values: Vec<ToSqlOutput<'e>>,
    pub co_authors: Option<String>,
}

impl<'e> Record<'e> {
    pub fn new(entry: &'e Entry) -> Self {
        let values = COLUMNS.iter().map(|column| (column.write)(entry)).collect();
        Self { entry, values, co_authors: json_column(&entry.co_authors) }
    }

    /// The values of [`COLUMNS`].
    pub fn values(&self) -> impl Iterator<Item = &dyn ToSql> {
        self.values.iter().map(|value| value as &dyn ToSql)
    }

    /// The value of one of [`COLUMNS`]; null for any other name.
    pub fn value(&self, name: &str) -> &dyn ToSql {
        let at = COLUMNS.iter().position(|column| column.name == name);
        at.and_then(|at| self.values.get(at)).map_or(&rusqlite::types::Null, |value| value as &dyn ToSql)
    }
}

/// An entry as it is stored.
#[derive(Debug)]
pub(super) struct EntryRow {
    pub id: i64,
    pub place: i64,
    pub version: i64,
    pub capture: i64,
    pub is_removed: bool,
    pub entry: Entry,
    /// The columns that cannot be read.
    pub unread: Vec<String>,
}

/// Reads a row of [`SELECT_PAGE`] or [`SELECT_ONE`].
pub(super) fn read(row: &Row) -> Result<EntryRow> {
    let mut columns = Columns::new(row);
    let (id, place) = (columns.get()?, columns.get()?);
    let mut entry = Entry { id: columns.text()?.unwrap_or_default(), ..Entry::default() };
    let (version, capture) = (columns.get()?, columns.get()?);
    let is_removed = columns.is_there()?;
    for read in COLUMNS.iter().filter_map(|column| column.read) {
        read(&mut columns, &mut entry)?;
    }
    (entry.author, entry.role, entry.co_authors) = (columns.text()?, columns.text()?, columns.json()?);
    Ok(EntryRow { id, place, version, capture, is_removed, entry, unread: columns.into_unread() })
}

/// Reads an entry from its JSON. Keys whose value cannot be read are left out and their names returned; without JSON,
/// everything is left out.
pub(super) fn read_json(content: &str) -> (Entry, Vec<String>) {
    if let Ok(entry) = serde_json::from_str(content) {
        return (entry, Vec::new());
    }
    let Ok(mut keys) = serde_json::from_str::<Map<String, serde_json::Value>>(content) else {
        return (Entry::default(), vec!["content".to_owned()]);
    };
    let mut unread = Vec::new();
    keys.retain(|key, value| {
        let alone = serde_json::Value::Object(Map::from_iter([(key.clone(), value.clone())]));
        let is_read = serde_json::from_value::<Entry>(alone).is_ok();
        if !is_read {
            unread.push(key.clone());
        }
        is_read
    });
    (serde_json::from_value(serde_json::Value::Object(keys)).unwrap_or_default(), unread)
}

/// The names of all authors.
pub(super) fn author_names(entry: &Entry) -> Option<String> {
    let names: Vec<_> = entry.author.iter().chain(&entry.co_authors).map(String::as_str).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// The words of images and media.
pub(super) fn captions(entry: &Entry) -> Option<String> {
    let images = entry.images.iter().flat_map(|image| [&image.alt, &image.source, &image.caption]);
    let words: Vec<_> =
        images.chain(entry.media.iter().map(|media| &media.caption)).flatten().map(String::as_str).collect();
    (!words.is_empty()).then(|| words.join("\n"))
}

/// Whether a body can be read back from its text: [`paragraphs`] undoes what [`Entry::text`] does.
fn is_plain(body: &[Block]) -> bool {
    body.iter().all(|block| match block {
        Block::Paragraph { text, links } => links.is_empty() && !text.is_empty() && !text.contains('\n'),
        _ => false,
    })
}

fn paragraphs(text: &str) -> Vec<Block> {
    text.split("\n\n").map(|text| Block::Paragraph { text: text.to_owned(), links: Vec::new() }).collect()
}
