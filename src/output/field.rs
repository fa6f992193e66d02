//! The fields of a row, by name: the columns of a table, and what a user picks.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, Utc};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::value::RawValue;

use crate::model::{Row, rfc3339};

/// A field of a row: a key of its JSON, or `text`.
#[derive(Clone, Copy)]
pub struct Field {
    name: &'static str,
    value: fn(&Row) -> Value<'_>,
}

/// All fields: the keys of a row's JSON in its order, and beside `body` the same as plain text.
static FIELDS: [Field; 24] = [
    Field { name: "page", value: |row| Value::Text(row.page.as_str().into()) },
    Field { name: "page_title", value: |row| text(&row.page_title) },
    Field { name: "page_url", value: |row| text(&row.page_url) },
    Field { name: "removed", value: |row| json(row.removed) },
    Field { name: "id", value: |row| Value::Text(row.entry.id.as_str().into()) },
    Field { name: "number", value: |row| json(row.entry.number) },
    Field { name: "published", value: |row| time(row.entry.published) },
    Field { name: "published_local", value: |row| local_time(row.entry.published_local) },
    Field { name: "stamp", value: |row| text(&row.entry.stamp) },
    Field { name: "modified", value: |row| time(row.entry.modified) },
    Field { name: "label", value: |row| text(&row.entry.label) },
    Field { name: "breaking", value: |row| json(row.entry.breaking) },
    Field { name: "title", value: |row| text(&row.entry.title) },
    Field { name: "subtitle", value: |row| text(&row.entry.subtitle) },
    Field { name: "author", value: |row| text(&row.entry.author) },
    Field { name: "role", value: |row| text(&row.entry.role) },
    Field { name: "co_authors", value: |row| words(&row.entry.co_authors) },
    Field { name: "body", value: |row| json(&row.entry.body) },
    Field { name: "text", value: |row| Value::Text(row.entry.text().into()) },
    Field { name: "images", value: |row| json(&row.entry.images) },
    Field { name: "media", value: |row| json(&row.entry.media) },
    Field { name: "url", value: |row| text(&row.entry.url) },
    Field { name: "lines", value: |row| json(row.entry.lines) },
    Field { name: "doubts", value: |row| words(&row.entry.doubts) },
];

impl Field {
    /// All fields.
    pub fn all() -> impl Iterator<Item = Self> {
        FIELDS.iter().copied()
    }

    /// The name that users give; in JSON, the key.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// Its value in a row.
    pub(super) fn value(self, row: &Row) -> Value<'_> {
        (self.value)(row)
    }
}

impl fmt::Debug for Field {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str(self.name)
    }
}

impl FromStr for Field {
    type Err = UnknownField;

    fn from_str(name: &str) -> Result<Self, UnknownField> {
        Self::all().find(|field| field.name == name).ok_or_else(|| UnknownField(name.to_owned()))
    }
}

/// A field that rows do not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no field\n  known are {known}", known = FIELDS.map(Field::name).join(", "))]
pub struct UnknownField(String);

/// The value of a field.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Value<'a> {
    Null,
    Text(Cow<'a, str>),
    /// A list of names or codes.
    Words(Vec<Cow<'a, str>>),
    /// A number, a truth value, another array: its JSON.
    Json(Box<RawValue>),
}

impl Value<'_> {
    /// As text from which the value can be read again: arrays as JSON.
    pub(super) fn to_cell(&self) -> Cow<'_, str> {
        match self {
            Self::Null => "".into(),
            Self::Text(text) => text.as_ref().into(),
            Self::Words(words) => serde_json::to_string(words).unwrap_or_default().into(),
            Self::Json(json) => json.get().into(),
        }
    }

    /// As text to read: names with `; ` between them, and nothing for an empty list.
    pub(super) fn to_words(&self) -> Cow<'_, str> {
        match self {
            Self::Words(words) => words.join("; ").into(),
            Self::Json(json) if json.get() == "[]" => "".into(),
            _ => self.to_cell(),
        }
    }
}

/// Some fields of a row as an object of JSON, in the order asked for.
pub(super) struct Picked<'a> {
    pub(super) row: &'a Row,
    pub(super) fields: &'a [Field],
}

impl Serialize for Picked<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.fields.len()))?;
        for field in self.fields {
            map.serialize_entry(field.name(), &field.value(self.row))?;
        }
        map.end()
    }
}

fn text(text: &Option<String>) -> Value<'_> {
    text.as_deref().map_or(Value::Null, |text| Value::Text(text.into()))
}

fn time(time: Option<DateTime<Utc>>) -> Value<'static> {
    time.map_or(Value::Null, |time| Value::Text(rfc3339::utc(time).into()))
}

fn local_time(time: Option<DateTime<FixedOffset>>) -> Value<'static> {
    time.map_or(Value::Null, |time| Value::Text(rfc3339::local(time).into()))
}

fn words<T: ToString>(words: &[T]) -> Value<'_> {
    Value::Words(words.iter().map(|word| word.to_string().into()).collect())
}

/// The model's values all have a JSON form; one that had none would be null.
fn json(value: impl Serialize) -> Value<'static> {
    match serde_json::value::to_raw_value(&value) {
        Ok(json) if json.get() != "null" => Value::Json(json),
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::sample;

    #[test]
    fn fields_are_the_keys_of_a_rows_json_in_its_order_and_text_after_body() {
        let json = serde_json::to_string(&sample::row()).unwrap();
        let mut last = 0;
        for field in Field::all().filter(|field| field.name != "text") {
            let key = format!("\"{}\":", field.name);
            let position = json[last..].find(&key).unwrap_or_else(|| panic!("{key} out of order in {json}"));
            last += position;
        }
        let serde_json::Value::Object(keys) = serde_json::from_str(&json).unwrap() else { panic!("{json}") };
        assert_eq!(keys.len() + 1, FIELDS.len());
    }

    #[test]
    fn a_field_has_the_value_of_the_json() {
        for row in [sample::row(), sample::bare_row()] {
            let json = serde_json::to_value(&row).unwrap();
            for field in Field::all().filter(|field| field.name != "text") {
                assert_eq!(serde_json::to_value(field.value(&row)).unwrap(), json[field.name], "{field:?}");
            }
        }
    }

    #[test]
    fn an_unknown_field_lists_the_known_ones() {
        let error = "headline".parse::<Field>().unwrap_err().to_string();
        assert!(
            error.starts_with("\"headline\" is no field\n  known are page, page_title, page_url, removed, id,"),
            "{error}"
        );
    }
}
