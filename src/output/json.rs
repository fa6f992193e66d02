//! JSON: one array of rows; a live blog as one object; and objects of other formats, member by member.

use std::fmt;
use std::io::{self, Write};

use serde::ser::{Error, Serialize, Serializer};
use serde_json::value::RawValue;

use super::field::Picked;
use super::json_line::PushJson;
use super::{Field, Header, Output, PrintOptions};
use crate::model::{LiveBlog, Row};

/// One array of rows, a row on a line, or indented.
pub(super) struct Json<W> {
    to: W,
    fields: Option<Vec<Field>>,
    indent: bool,
    rows: usize,
    /// The current row: one write for the many small pieces of JSON.
    line: Vec<u8>,
}

impl<W: Write> Json<W> {
    pub(super) fn new(to: W, options: PrintOptions) -> Self {
        Self { to, fields: options.fields, indent: options.indent, rows: 0, line: vec![] }
    }

    /// Adds a row, or the fields of it, to the line.
    fn add(&mut self, row: &Row) -> io::Result<()> {
        let picked = self.fields.as_deref().map(|fields| Picked { row, fields });
        match (&picked, self.indent) {
            (Some(picked), true) => add_indented(&mut self.line, picked),
            (Some(picked), false) => Ok(serde_json::to_writer(&mut self.line, picked)?),
            (None, true) => add_indented(&mut self.line, row),
            (None, false) => {
                row.push_json(&mut self.line);
                Ok(())
            }
        }
    }
}

impl<W: Write> Output for Json<W> {
    fn begin(&mut self, _: &Header) -> io::Result<()> {
        self.to.write_all(b"[")
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        self.line.clear();
        if self.rows > 0 {
            self.line.push(b',');
        }
        self.rows += 1;
        self.line.push(b'\n');
        self.add(row)?;
        self.to.write_all(&self.line)
    }

    fn end(&mut self) -> io::Result<()> {
        self.to.write_all(if self.rows > 0 { b"\n]\n" } else { b"]\n" })?;
        self.to.flush()
    }
}

/// Adds a value, indented by one step more than it would be alone.
fn add_indented(line: &mut Vec<u8>, value: &impl Serialize) -> io::Result<()> {
    let json = serde_json::to_string_pretty(value)?;
    // JSON has line breaks only between its values.
    write!(line, "  {}", json.replace('\n', "\n  "))
}

/// Writes a live blog as one object, on a line of its own or indented.
///
/// # Errors
/// Those of the writer.
pub fn write_live_blog(to: &mut impl Write, live_blog: &LiveBlog, indent: bool) -> io::Result<()> {
    if indent {
        serde_json::to_writer_pretty(&mut *to, live_blog)?;
        return to.write_all(b"\n");
    }
    let mut line = Vec::new();
    live_blog.push_json(&mut line);
    line.push(b'\n');
    to.write_all(&line)
}

/// An object in the order of its members. Those that are null or an empty list are left out.
#[derive(Default)]
pub(super) struct Object {
    /// The members, without the brackets.
    members: String,
}

/// The [`Object`] of these members, as `json!` would write it: `compact!({"name": name, "url": url})`.
macro_rules! compact {
    ({$($name:literal: $value:expr),* $(,)?}) => {{
        let mut object = $crate::output::json::Object::default();
        $(object.add($name, &$value)?;)*
        object
    }};
}
pub(super) use compact;

impl Object {
    pub(super) fn add(&mut self, name: &str, value: &impl Serialize) -> serde_json::Result<()> {
        let value = serde_json::to_string(value)?;
        if value != "null" && value != "[]" {
            self.members += if self.members.is_empty() { "\"" } else { ",\"" };
            self.members += name;
            self.members += "\":";
            self.members += &value;
        }
        Ok(())
    }

    /// The members, without the brackets.
    pub(super) fn members(&self) -> &str {
        &self.members
    }
}

impl fmt::Display for Object {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        write!(to, "{{{}}}", self.members)
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let json = RawValue::from_string(self.to_string()).map_err(S::Error::custom)?;
        json.serialize(to)
    }
}

#[cfg(test)]
mod tests {
    use crate::output::{Format, PrintOptions, sample};

    #[test]
    fn rows_are_one_array_a_row_on_a_line() {
        let printed = sample::print(Format::Json, PrintOptions::default(), &[sample::row(), sample::bare_row()]);
        let lines: Vec<_> = printed.lines().collect();
        assert_eq!((lines.len(), lines[0], lines[3]), (4, "[", "]"));
        assert_eq!(lines[1], format!("{},", serde_json::to_string(&sample::row()).unwrap()));
    }

    #[test]
    fn indented_rows_are_the_same_array() {
        let rows = [sample::row(), sample::bare_row()];
        let options = PrintOptions { indent: true, ..PrintOptions::default() };
        assert_eq!(sample::print(Format::Json, options, &rows), serde_json::to_string_pretty(&rows).unwrap() + "\n");
    }

    #[test]
    fn fields_are_picked_in_the_order_asked_for() {
        let options = sample::fields(&["title", "text", "co_authors"]);
        assert_eq!(
            sample::print(Format::Json, options, &[sample::row()]),
            "[\n{\"title\":\"Gates, “closed”\",\"text\":\"The \\\"old\\\" gates\\n\\n• North\\n• South\",\
             \"co_authors\":[\"Bob Example\"]}\n]\n"
        );
    }

    #[test]
    fn no_rows_are_an_empty_array() {
        assert_eq!(sample::print(Format::Json, PrintOptions::default(), &[]), "[]\n");
    }

    #[test]
    fn an_object_keeps_the_order_of_its_members_and_leaves_out_empty_ones() -> serde_json::Result<()> {
        let object = compact!({
            "z": "last",
            "none": None::<&str>,
            "a": compact!({"text": "", "list": [0; 0]}),
            "list": ["\""],
        });
        assert_eq!(serde_json::to_string(&object)?, r#"{"z":"last","a":{"text":""},"list":["\""]}"#);
        Ok(())
    }
}
