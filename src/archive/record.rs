//! An entry as a record of the table `entry`, and back.
//!
//! Most bodies are plain paragraphs. They are kept as text alone, which people can read and search, and which is given
//! out without being parsed; blocks are kept beside the text only where the text does not tell them.

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use rusqlite::types::{Type, ValueRef};
use rusqlite::{Row, ToSql};
use serde::Serialize;
use serde::de::{DeserializeOwned, IntoDeserializer};

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

/// All entries of a live blog, in the order of its page: where each stands, and from column [`TOLD`] on what it tells.
pub(super) const SELECT_PAGE: &str = concat!(select!(), "WHERE page = ? ORDER BY place");

/// The same of the entry in one row.
pub(super) const SELECT_ONE: &str = concat!(select!(), "WHERE entry.id = ?");

/// The first column of [`SELECT_PAGE`] that [`read`] takes.
const TOLD: usize = 6;

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

/// The entry that a row tells.
pub(super) fn read(row: &Row) -> rusqlite::Result<Entry> {
    let at = TOLD;
    let lines = Option::zip(row.get::<_, Option<i64>>(at + 2)?, row.get::<_, Option<i64>>(at + 3)?);
    Ok(Entry {
        published: parsed(row, at, instant)?,
        published_local: parsed(row, at + 1, DateTime::parse_from_rfc3339)?,
        lines: lines.map(|(first, last)| [count(first), count(last)]),
        number: count(row.get(at + 4)?),
        id: row.get(at + 5)?,
        stamp: row.get(at + 6)?,
        modified: parsed(row, at + 7, instant)?,
        breaking: row.get(at + 8)?,
        label: row.get(at + 9)?,
        title: row.get(at + 10)?,
        subtitle: row.get(at + 11)?,
        body: match listed(row, at + 13)? {
            Some(blocks) => blocks,
            None => row.get_ref(at + 12)?.as_str_or_null()?.map_or_else(Vec::new, paragraphs),
        },
        images: listed(row, at + 14)?.unwrap_or_default(),
        media: listed(row, at + 15)?.unwrap_or_default(),
        url: row.get(at + 16)?,
        doubts: listed(row, at + 17)?.unwrap_or_default(),
        author: row.get(at + 19)?,
        role: row.get(at + 20)?,
        co_authors: listed(row, at + 21)?.unwrap_or_default(),
    })
}

/// Whether the entry that a row tells is removed.
pub(super) fn is_removed(row: &Row) -> rusqlite::Result<bool> {
    row.get_ref(TOLD - 1).map(|removed| removed != ValueRef::Null)
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

/// A list from JSON, borrowed while it is parsed.
pub(super) fn listed<T: DeserializeOwned>(row: &Row, at: usize) -> rusqlite::Result<Option<T>> {
    parsed(row, at, |text| serde_json::from_str(text))
}

/// A text column, null or parsed; what cannot be parsed is told as damage of that column.
pub(super) fn parsed<T, E: std::error::Error + Send + Sync + 'static>(
    row: &Row,
    at: usize,
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> rusqlite::Result<Option<T>> {
    let text = row.get_ref(at)?.as_str_or_null()?;
    text.map(parse)
        .transpose()
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(at, Type::Text, Box::new(error)))
}

/// An instant as text, and back.
pub(super) fn utc(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

pub(super) fn instant(text: &str) -> Result<DateTime<Utc>, chrono::ParseError> {
    text.parse::<DateTime<FixedOffset>>().map(|time| time.to_utc())
}

fn integer(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

pub(super) fn count(integer: i64) -> usize {
    usize::try_from(integer).unwrap_or_default()
}
