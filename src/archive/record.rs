//! An entry as a record of the table `entry`, and back.
//!
//! Most bodies are plain paragraphs. They are kept as text alone, which people can read and search, and which is given
//! out without being parsed; blocks are kept beside the text only where the text does not tell them.

use chrono::{DateTime, SecondsFormat, Utc};
use rusqlite::{Row, ToSql};
use serde::Serialize;
use serde::de::{DeserializeOwned, IntoDeserializer};
use serde_json::{Map, Value};

use super::columns::{Columns, local};
use crate::model::{Block, Entry};

/// The columns that tell an entry, in the order in which [`Record::values`] gives and [`read`] takes them.
macro_rules! columns {
    () => {
        "published, published_local, first_line, last_line, number, key, stamp, modified, breaking, label, title, \
         subtitle, text, body, images, media, url, doubts, captions"
    };
}

macro_rules! select {
    () => {
        concat!(
            "SELECT entry.id, page, place, version, capture, removed, ",
            columns!(),
            ", author, role, co_authors FROM entry LEFT JOIN byline ON byline.id = entry.byline "
        )
    };
}

/// All entries of a live blog, in the order of its page: as [`read`] takes them.
pub(super) const SELECT_PAGE: &str = concat!(select!(), "WHERE page = ? ORDER BY place");

/// The same of the entry in one row.
pub(super) const SELECT_ONE: &str = concat!(select!(), "WHERE entry.id = ?");

/// Adds an entry: where it stands, then what it tells.
pub(super) const INSERT: &str = concat!(
    "INSERT INTO entry (id, page, place, version, capture, byline, ",
    columns!(),
    ") VALUES (?, ?, ?, ?, ?, ?,  ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
);

/// Gives an entry other words; its id comes last.
pub(super) const UPDATE: &str = concat!(
    "UPDATE entry SET (version, capture, byline, ",
    columns!(),
    ") = (?, ?, ?,  ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?"
);

/// An entry in the words of its table.
#[derive(Debug)]
pub(super) struct Record<'a> {
    pub entry: &'a Entry,
    pub published: Option<String>,
    published_local: Option<String>,
    first_line: Option<i64>,
    last_line: Option<i64>,
    number: i64,
    modified: Option<String>,
    pub text: Option<String>,
    body: Option<String>,
    images: Option<String>,
    media: Option<String>,
    doubts: Option<String>,
    pub captions: Option<String>,
    pub co_authors: Option<String>,
}

impl<'a> Record<'a> {
    pub fn of(entry: &'a Entry) -> Self {
        Self {
            entry,
            published: entry.published.map(utc),
            published_local: entry.published_local.map(|time| time.to_rfc3339_opts(SecondsFormat::Secs, false)),
            first_line: entry.lines.map(|[first, _]| integer(first)),
            last_line: entry.lines.map(|[_, last]| integer(last)),
            number: integer(entry.number),
            modified: entry.modified.map(utc),
            text: (!entry.body.is_empty()).then(|| entry.text()),
            body: if is_plain(&entry.body) { None } else { json(&entry.body) },
            images: json(&entry.images),
            media: json(&entry.media),
            doubts: json(&entry.doubts),
            captions: captions(entry),
            co_authors: json(&entry.co_authors),
        }
    }

    /// The values of [`columns`]; `key` is the entry's id within its live blog.
    pub fn values<'s>(&'s self, key: &'s dyn ToSql) -> [&'s dyn ToSql; 19] {
        let Entry { stamp, breaking, label, title, subtitle, url, .. } = self.entry;
        [
            &self.published,
            &self.published_local,
            &self.first_line,
            &self.last_line,
            &self.number,
            key,
            stamp,
            &self.modified,
            breaking,
            label,
            title,
            subtitle,
            &self.text,
            &self.body,
            &self.images,
            &self.media,
            url,
            &self.doubts,
            &self.captions,
        ]
    }
}

/// An entry as it is stored.
#[derive(Debug)]
pub(super) struct StoredRow {
    pub id: i64,
    pub place: i64,
    pub version: i64,
    pub capture: i64,
    pub is_removed: bool,
    pub entry: Entry,
    /// The columns that cannot be read.
    pub unread: Vec<String>,
}

/// Reads a row of [`SELECT_PAGE`].
pub(super) fn read(row: &Row) -> rusqlite::Result<StoredRow> {
    let mut columns = Columns::new(row);
    let id = columns.get()?;
    let _page: i64 = columns.get()?;
    let (place, version, capture) = (columns.get()?, columns.get()?, columns.get()?);
    let is_removed = columns.is_there()?;
    let entry = read_entry(&mut columns)?;
    Ok(StoredRow { id, place, version, capture, is_removed, entry, unread: columns.into_unread() })
}

/// The entry in the next columns, in the order of [`columns`].
fn read_entry(columns: &mut Columns) -> rusqlite::Result<Entry> {
    let published = columns.instant()?;
    let published_local = columns.parse(|text| local(text).ok_or(()))?;
    let lines = Option::zip(columns.get::<Option<i64>>()?, columns.get::<Option<i64>>()?);
    let number = count(columns.get()?);
    let id = columns.text()?.unwrap_or_default();
    let stamp = columns.text()?;
    let modified = columns.instant()?;
    let breaking = columns.get()?;
    let (label, title, subtitle) = (columns.text()?, columns.text()?, columns.text()?);
    let text = columns.str()?;
    // The text holds the words even where the blocks cannot be read.
    let blocks = columns.parse(|text| serde_json::from_str(text))?;
    let body = blocks.unwrap_or_else(|| text.map_or_else(Vec::new, paragraphs));
    let (images, media) = (columns.json()?, columns.json()?);
    let url = columns.text()?;
    let doubts = columns.json()?;
    let _captions = columns.str()?;
    let (author, role, co_authors) = (columns.text()?, columns.text()?, columns.json()?);
    Ok(Entry {
        id,
        number,
        published,
        published_local,
        stamp,
        modified,
        label,
        breaking,
        title,
        subtitle,
        author,
        role,
        co_authors,
        body,
        images,
        media,
        url,
        lines: lines.map(|(first, last)| [count(first), count(last)]),
        doubts,
    })
}

/// Reads an entry from its JSON. Keys whose value is not in its form are left out, and their names are returned; without
/// JSON, all is.
pub(super) fn read_json(content: &str) -> (Entry, Vec<String>) {
    if let Ok(entry) = serde_json::from_str(content) {
        return (entry, Vec::new());
    }
    let Ok(mut keys) = serde_json::from_str::<Map<String, Value>>(content) else {
        return (Entry::default(), vec!["content".to_owned()]);
    };
    let mut unread = Vec::new();
    keys.retain(|key, value| {
        let alone = Value::Object(Map::from_iter([(key.clone(), value.clone())]));
        let is_read = serde_json::from_value::<Entry>(alone).is_ok();
        if !is_read {
            unread.push(key.clone());
        }
        is_read
    });
    (serde_json::from_value(Value::Object(keys)).unwrap_or_default(), unread)
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

/// A list as JSON; an empty one is null.
pub(super) fn json<T: Serialize>(list: &[T]) -> Option<String> {
    (!list.is_empty()).then(|| serde_json::to_string(list).expect("the model's types are JSON: text keys, no maps"))
}

/// A plain value, such as a layout, as the word that stands for it in JSON.
pub(super) fn word(value: impl Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}

/// The value that a word stands for.
pub(super) fn of_word<T: DeserializeOwned>(word: &str) -> Result<T, serde::de::value::Error> {
    T::deserialize(word.into_deserializer())
}

/// An instant as text.
pub(super) fn utc(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn integer(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

pub(super) fn count(integer: i64) -> usize {
    usize::try_from(integer).unwrap_or_default()
}
