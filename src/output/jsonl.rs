//! JSON Lines: one row a line.

use std::io::{self, Write};

use super::field::Picked;
use super::json_line::PushJson;
use super::{Field, Header, Output, PrintOptions};
use crate::model::Row;

pub(super) struct Jsonl<W> {
    to: W,
    fields: Option<Vec<Field>>,
    /// The current row: one write for the many small pieces of JSON.
    line: Vec<u8>,
}

impl<W: Write> Jsonl<W> {
    pub(super) fn new(to: W, options: PrintOptions) -> Self {
        Self { to, fields: options.fields, line: vec![] }
    }
}

impl<W: Write> Output for Jsonl<W> {
    fn begin(&mut self, _: &Header) -> io::Result<()> {
        Ok(())
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        self.line.clear();
        match &self.fields {
            Some(fields) => serde_json::to_writer(&mut self.line, &Picked { row, fields })?,
            None => row.push_json(&mut self.line),
        }
        self.line.push(b'\n');
        self.to.write_all(&self.line)
    }

    fn end(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use crate::output::{Format, PrintOptions, sample};

    #[test]
    fn a_row_is_a_line() {
        let rows = [sample::row(), sample::bare_row()];
        let printed = sample::print(Format::Jsonl, PrintOptions::default(), &rows);
        assert_eq!(printed, rows.map(|row| serde_json::to_string(&row).unwrap() + "\n").concat());
    }

    #[test]
    fn fields_are_picked_in_the_order_asked_for() {
        let options = sample::fields(&["title", "number", "published", "co_authors", "subtitle"]);
        assert_eq!(
            sample::print(Format::Jsonl, options, &[sample::row()]),
            "{\"title\":\"Gates, “closed”\",\"number\":1,\"published\":\"2023-06-19T13:27:00Z\",\
             \"co_authors\":[\"Bob Example\"],\"subtitle\":null}\n"
        );
    }
}
