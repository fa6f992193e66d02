//! CSV as RFC 4180 lays down.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::{Terminator, Writer, WriterBuilder};

use super::{Field, Header, Output, PrintOptions};
use crate::model::Row;

pub(super) struct Csv<W: Write> {
    to: Writer<W>,
    columns: Vec<Field>,
    byte_order_mark: bool,
    escape_formulas: bool,
}

impl<W: Write> Csv<W> {
    pub(super) fn new(to: W, options: PrintOptions) -> Self {
        Self {
            to: WriterBuilder::new().terminator(Terminator::CRLF).from_writer(to),
            byte_order_mark: options.byte_order_mark,
            escape_formulas: options.escape_formulas,
            columns: columns(options),
        }
    }
}

impl<W: Write> Output for Csv<W> {
    fn begin(&mut self, _: &Header) -> io::Result<()> {
        let mut mark = if self.byte_order_mark { BYTE_ORDER_MARK } else { "" };
        for column in &self.columns {
            self.to.write_field(format!("{}{}", std::mem::take(&mut mark), column.name())).map_err(into_io_error)?;
        }
        self.end_record()
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        for column in &self.columns {
            let value = column.value(row);
            let cell = if self.escape_formulas { escape_formula(value.to_cell()) } else { value.to_cell() };
            self.to.write_field(cell.as_ref()).map_err(into_io_error)?;
        }
        self.end_record()
    }

    fn end(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl<W: Write> Csv<W> {
    /// Ends a line: an empty record does.
    fn end_record(&mut self) -> io::Result<()> {
        self.to.write_record(None::<&[u8]>).map_err(into_io_error)
    }
}

/// By it Excel knows UTF-8.
pub(super) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The columns of a table: `text` in place of `body`, because blocks do not fit into a cell.
pub(super) fn columns(options: PrintOptions) -> Vec<Field> {
    let all = || Field::all().filter(|field| field.name() != "body").collect();
    options.fields.unwrap_or_else(all)
}

/// Puts an apostrophe before what a spreadsheet would run as a formula, as OWASP advises.
pub(super) fn escape_formula(cell: Cow<str>) -> Cow<str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}").into() } else { cell }
}

/// The writer's own error, so that a closed pipe is still known as one.
fn into_io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use crate::output::{Format, PrintOptions, sample};

    #[test]
    fn a_table_has_a_head_and_quotes_what_needs_it() {
        let options = sample::fields(&["page", "title", "text", "co_authors", "subtitle", "breaking"]);
        assert_eq!(
            sample::print(Format::Csv, options, &[sample::row()]),
            "page,title,text,co_authors,subtitle,breaking\r\n\
             flood.txt,\"Gates, “closed”\",\"The \"\"old\"\" gates\n\n• North\n• South\",\"[\"\"Bob Example\"\"]\",,true\r\n"
        );
    }

    #[test]
    fn text_replaces_body() {
        assert_eq!(
            sample::print(Format::Csv, PrintOptions::default(), &[]),
            "page,page_title,page_url,removed,id,number,published,published_local,stamp,modified,label,breaking,title,\
             subtitle,author,role,co_authors,text,images,media,url,lines,doubts\r\n"
        );
    }

    #[test]
    fn a_spreadsheet_knows_the_encoding_and_runs_no_formula_where_that_is_asked_for() {
        let mut row = sample::row();
        (row.entry.title, row.entry.label) = (Some("=1+1".into()), Some("@ada, –5".into()));
        let print = |on| {
            let mut options = sample::fields(&["title", "label", "number"]);
            (options.byte_order_mark, options.escape_formulas) = (on, on);
            sample::print(Format::Csv, options, std::slice::from_ref(&row))
        };
        assert_eq!(print(false), "title,label,number\r\n=1+1,\"@ada, –5\",1\r\n");
        assert_eq!(print(true), "\u{feff}title,label,number\r\n'=1+1,\"'@ada, –5\",1\r\n");
    }
}
