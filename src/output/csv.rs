//! CSV as RFC 4180 lays down, and its sister with tabs.

use std::io::{self, Write};

use csv::{Terminator, Writer, WriterBuilder};

use super::{Field, Header, Output, PrintOptions};
use crate::model::Row;

/// How tables differ: what separates cells, and what ends a line.
pub(super) struct Dialect {
    delimiter: u8,
    terminator: Terminator,
}

pub(super) const COMMA: Dialect = Dialect { delimiter: b',', terminator: Terminator::CRLF };
pub(super) const TAB: Dialect = Dialect { delimiter: b'\t', terminator: Terminator::Any(b'\n') };

pub(super) struct Csv<W: Write> {
    to: Writer<W>,
    columns: Vec<Field>,
}

impl<W: Write> Csv<W> {
    pub(super) fn new(to: W, dialect: Dialect, options: PrintOptions) -> Self {
        let to = WriterBuilder::new().delimiter(dialect.delimiter).terminator(dialect.terminator).from_writer(to);
        // `text` in place of `body`: blocks do not fit into a cell.
        let all = || Field::all().filter(|field| field.name() != "body").collect();
        Self { to, columns: options.fields.unwrap_or_else(all) }
    }
}

impl<W: Write> Output for Csv<W> {
    fn begin(&mut self, _: &Header) -> io::Result<()> {
        self.to.write_record(self.columns.iter().map(|column| column.name())).map_err(into_io_error)
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        for column in &self.columns {
            self.to.write_field(column.value(row).as_str()).map_err(into_io_error)?;
        }
        // An empty record ends the line.
        self.to.write_record(None::<&[u8]>).map_err(into_io_error)
    }

    fn end(&mut self) -> io::Result<()> {
        self.to.flush()
    }
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
    fn tabs_separate_the_cells_of_tsv() {
        let options = sample::fields(&["number", "title", "published_local"]);
        assert_eq!(
            sample::print(Format::Tsv, options, &[sample::row(), sample::bare_row()]),
            "number\ttitle\tpublished_local\n1\tGates, “closed”\t2023-06-19T14:27:00+01:00\n2\t\t\n"
        );
    }
}
