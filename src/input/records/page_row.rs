//! A row of a data set: its columns, and the page that is in them.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::input::columns::{DataSetColumns, is_ours, saved_at};
use crate::input::container::warc::write_record;

/// The page in a row.
#[derive(Debug, PartialEq, Eq)]
pub struct PageRow<'a> {
    pub text: Cow<'a, str>,
    pub url: Option<Cow<'a, str>>,
    pub date: Option<Cow<'a, str>>,
}

/// Why a line is no row.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum PageRowError {
    #[error("the line is no JSON, from byte {0} on, and is left out")]
    NoJson(usize),
    #[error("the row has no column {0:?}, and is left out")]
    NoColumn(String),
}

impl<'a> PageRow<'a> {
    /// Whether a line that may be cut off is a row with a page; `None` if it is no object.
    pub fn is_page(line: &[u8], columns: &DataSetColumns) -> Option<bool> {
        let mut names = Vec::new();
        let mut json = serde_json::Deserializer::from_slice(line);
        // Of a line that is cut off, the names before that are enough.
        let _ = Names(&mut names).deserialize(&mut json);
        let has = |column: &&str| names.iter().any(|name| name == column || column.split('.').next() == Some(name));
        (!names.is_empty()).then(|| columns.text_names().iter().any(has) && !is_ours(names.iter().map(|name| &**name)))
    }

    /// Reads a line; `None` if it is an object without the text of a page.
    pub fn read(line: &'a [u8], columns: &DataSetColumns) -> Result<Option<Self>, PageRowError> {
        let row: Columns = serde_json::from_slice(line).map_err(|error| PageRowError::NoJson(error.column()))?;
        if is_ours(row.0.iter().map(|(name, _)| &**name)) {
            return Ok(None);
        }
        let first = |names: Vec<&str>| names.into_iter().find_map(|name| row.get(name)?.text());
        match (first(columns.text_names()), &columns.text) {
            (Some(text), _) => {
                Ok(Some(Self { text, url: first(columns.url_names()), date: first(columns.date_names()) }))
            }
            (None, Some(name)) if row.get(name).is_none() => Err(PageRowError::NoColumn(name.clone())),
            _ => Ok(None),
        }
    }

    /// The page as a record of WARC.
    pub fn to_record(&self) -> Vec<u8> {
        record(self.text.as_bytes(), self.url.as_deref(), self.date.as_deref())
    }
}

/// The page in a row of any format, as a record of WARC. A date that cannot be read is written as it is, and reported as
/// that of any record.
pub fn record(text: &[u8], url: Option<&str>, date: Option<&str>) -> Vec<u8> {
    let date = date.map(|date| saved_at(date).map_or(Cow::from(date), |at| at.to_rfc3339().into()));
    write_record(url, date.as_deref(), text)
}

/// The columns of a row, each as JSON.
#[derive(Debug)]
struct Columns<'a>(Vec<(Cow<'a, str>, Value<'a>)>);

/// A value of JSON, not yet read.
#[derive(Debug, Clone, Copy)]
struct Value<'a>(&'a str);

impl<'a> Columns<'a> {
    /// The value of a column; a dot leads into an object, unless the name itself has one.
    fn get(&self, name: &str) -> Option<Value<'a>> {
        if let Some((_, value)) = self.0.iter().find(|(column, _)| column == name) {
            return Some(*value);
        }
        let (outer, inner) = name.split_once('.')?;
        let (_, Value(object)) = self.0.iter().find(|(column, _)| column == outer)?;
        serde_json::from_str::<Columns>(object).ok()?.get(inner)
    }
}

impl<'a> Value<'a> {
    /// A text, or a number as it is written.
    fn text(self) -> Option<Cow<'a, str>> {
        match self.0.as_bytes().first()? {
            b'"' => Some(self.string()),
            b'0'..=b'9' => Some(self.0.into()),
            _ => None,
        }
    }

    /// A string. Half of a character that takes two escapes, as cut texts have it, becomes a replacement character.
    fn string(self) -> Cow<'a, str> {
        #[derive(Deserialize)]
        struct Text<'a>(#[serde(borrow)] Cow<'a, str>);
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = String;

            fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
                to.write_str("a string")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<String, E> {
                Ok(String::from_utf8_lossy(bytes).into_owned())
            }
        }
        let text = serde_json::from_str::<Text>(self.0).map(|text| text.0);
        text.or_else(|_| serde_json::Deserializer::from_str(self.0).deserialize_bytes(Bytes).map(Cow::from))
            .unwrap_or_default()
    }
}

impl<'de> Deserialize<'de> for Columns<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Columns<'de>;

            fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
                to.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
                let mut columns = Vec::new();
                while let Some(Name(name)) = object.next_key()? {
                    columns.push((name, Value(object.next_value::<&RawValue>()?.get())));
                }
                Ok(Columns(columns))
            }
        }
        from.deserialize_map(Object)
    }
}

/// The name of a column.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// Collects the names of columns, up to where the line ends or is broken.
struct Names<'n, 'a>(&'n mut Vec<Cow<'a, str>>);

impl<'de> DeserializeSeed<'de> for Names<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Names<'_, 'de> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        while let Some(Name(name)) = object.next_key()? {
            self.0.push(name);
            object.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Option<[Option<String>; 3]>, PageRowError> {
        read_columns(line, &DataSetColumns::default())
    }

    fn read_columns(line: &str, columns: &DataSetColumns) -> Result<Option<[Option<String>; 3]>, PageRowError> {
        let row = PageRow::read(line.as_bytes(), columns)?;
        Ok(row.map(|PageRow { text, url, date }| [Some(text), url, date].map(|value| value.map(Cow::into_owned))))
    }

    fn page(text: &str, url: &str, date: &str) -> Result<Option<[Option<String>; 3]>, PageRowError> {
        Ok(Some([text, url, date].map(|value| Some(value.to_owned()))))
    }

    #[test]
    fn the_columns_of_the_large_data_sets_are_known_by_their_names() {
        for line in [
            r#"{"text":"A page","timestamp":"2019-04-25T12:57:54Z","url":"https://a.example"}"#,
            r#"{"url":"https://a.example","date_download":"2019-04-25T12:57:54Z","digest":"x","raw_content":"A page"}"#,
            r#"{"id":"1","text":"A page","dump":"CC","url":"https://a.example","date":"2019-04-25T12:57:54Z"}"#,
            r#"{"text":"A page","id":"1","created":"2019-04-25T12:57:54Z","metadata":{"url":"https://a.example"}}"#,
            r#"{"content":"A page","warc_headers":{"warc-target-uri":"https://a.example","warc-date":"2019-04-25T12:57:54Z"}}"#,
            r#"{"text":"A page","meta":{"url":"https://a.example","timestamp":"2019-04-25T12:57:54Z"}}"#,
            r#"{"f":"x","o":1,"u":"https://a.example","ts":"2019-04-25T12:57:54Z","text":"A page"}"#,
            r#"{"metadata":{"WARC-Target-URI":"https://a.example","WARC-Date":"2019-04-25T12:57:54Z"},"text":"A page"}"#,
        ] {
            assert_eq!(read(line), page("A page", "https://a.example", "2019-04-25T12:57:54Z"), "{line}");
            assert_eq!(PageRow::is_page(line.as_bytes(), &DataSetColumns::default()), Some(true), "{line}");
        }
    }

    #[test]
    fn escaped_names_and_values_and_numbers_are_read() {
        let line = r#"{"te\u0078t":"A \"page\"\n","url":"https:\/\/a.example","timestamp":1556197074}"#;
        assert_eq!(read(line), page("A \"page\"\n", "https://a.example", "1556197074"));
        let half = r#"{"text":"A \ud83d page","url":"u","date":"d"}"#;
        assert_eq!(read(half), page("A \u{fffd}\u{fffd}\u{fffd} page", "u", "d"));
    }

    #[test]
    fn columns_that_the_user_names_come_alone() {
        let given = |name: &str| Some(name.to_owned());
        let columns = DataSetColumns { text: given("doc.words"), url: given("a.b"), date: given("day") };
        let line =
            r#"{"text":"no","url":"no","date":"no","a.b":"https://a.example","day":"2019","doc":{"words":"A page"}}"#;
        assert_eq!(read_columns(line, &columns), page("A page", "https://a.example", "2019"));
        let missing = read_columns(r#"{"text":"A page"}"#, &columns);
        assert_eq!(missing, Err(PageRowError::NoColumn("doc.words".to_owned())));
        assert_eq!(read_columns(r#"{"doc":{"words":null}}"#, &columns), Ok(None));
    }

    #[test]
    fn other_objects_are_no_rows_and_other_lines_no_objects() {
        for line in [r#"{"version":1,"entries":[]}"#, r#"{"page":"a","id":"b","text":"An entry"}"#, r#"{"text":null}"#]
        {
            assert_eq!(read(line), Ok(None), "{line}");
        }
        assert_eq!(read(r#"{"text":"A page"#), Err(PageRowError::NoJson(15)));
        assert!(read(r#"["text"]"#).is_err());
        for (line, is_page) in [
            (r#"{"url":"https://a.example","text":"A page that is cut o"#, Some(true)),
            (r#"{"page":"a","id":"b","text":"An ent"#, Some(false)),
            (r#"{"version":1"#, Some(false)),
            ("{", None),
            ("12:00 A text", None),
        ] {
            assert_eq!(PageRow::is_page(line.as_bytes(), &DataSetColumns::default()), is_page, "{line}");
        }
    }
}
