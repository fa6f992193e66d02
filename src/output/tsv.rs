//! Tab-separated values: one line a row, whatever its text, so that `cut`, `sort` and `wc` can be used.
//!
//! Tabs, line ends and backslashes are escaped as jq's `@tsv` and Miller do: `\t`, `\n`, `\r`, `\\`. Lists of names have
//! `; ` between them; other arrays are JSON.

use std::borrow::Cow;
use std::io::{self, Write};

use super::csv::{BYTE_ORDER_MARK, columns, escape_formula};
use super::{Field, Header, Output, PrintOptions};
use crate::model::Row;

pub(super) struct Tsv<W> {
    to: W,
    columns: Vec<Field>,
    byte_order_mark: bool,
    escape_formulas: bool,
    /// The current line: one write for its many cells.
    line: String,
}

impl<W: Write> Tsv<W> {
    pub(super) fn new(to: W, options: PrintOptions) -> Self {
        Self {
            to,
            byte_order_mark: options.byte_order_mark,
            escape_formulas: options.escape_formulas,
            columns: columns(options),
            line: String::new(),
        }
    }
}

impl<W: Write> Output for Tsv<W> {
    fn begin(&mut self, _: &Header) -> io::Result<()> {
        let mark = if self.byte_order_mark { BYTE_ORDER_MARK } else { "" };
        let names: Vec<_> = self.columns.iter().map(|column| column.name()).collect();
        writeln!(self.to, "{mark}{}", names.join("\t"))
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        self.line.clear();
        for (index, column) in self.columns.iter().enumerate() {
            if index > 0 {
                self.line.push('\t');
            }
            let value = column.value(row);
            let cell = if self.escape_formulas { escape_formula(value.to_words()) } else { value.to_words() };
            self.line.push_str(&tsv_safe(&cell));
        }
        self.line.push('\n');
        self.to.write_all(self.line.as_bytes())
    }

    fn end(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// The text as a cell of tab-separated values: tabs, line ends and backslashes are escaped with a backslash.
///
/// ```
/// assert_eq!(liveblog::output::tsv_safe("Gates\tclosed\nat C:\\"), r"Gates\tclosed\nat C:\\");
/// ```
pub fn tsv_safe(cell: &str) -> Cow<'_, str> {
    const SPECIAL: [char; 4] = ['\t', '\n', '\r', '\\'];
    if !cell.contains(SPECIAL) {
        return cell.into();
    }
    let mut safe = String::with_capacity(cell.len() + 8);
    for c in cell.chars() {
        match c {
            '\t' => safe.push_str("\\t"),
            '\n' => safe.push_str("\\n"),
            '\r' => safe.push_str("\\r"),
            '\\' => safe.push_str("\\\\"),
            _ => safe.push(c),
        }
    }
    safe.into()
}

#[cfg(test)]
mod tests {
    use crate::output::{Format, sample};

    #[test]
    fn a_row_is_a_line_and_a_list_of_names_is_readable() {
        let mut row = sample::row();
        row.entry.co_authors.push("Cleo Example".into());
        (row.entry.title, row.entry.subtitle) = (Some("Gates\tclosed".into()), Some("C:\\new\r".into()));
        let options = sample::fields(&["number", "title", "subtitle", "co_authors", "doubts", "text", "lines"]);
        assert_eq!(
            sample::print(Format::Tsv, options, &[row, sample::bare_row()]),
            "number\ttitle\tsubtitle\tco_authors\tdoubts\ttext\tlines\n\
             1\tGates\\tclosed\tC:\\\\new\\r\tBob Example; Cleo Example\timage-or-text\t\
             The \"old\" gates\\n\\n• North\\n• South\t[3,9]\n\
             2\t\t\t\t\t\t\n"
        );
    }

    #[test]
    fn arrays_of_objects_are_json() {
        let printed = sample::print(Format::Tsv, sample::fields(&["media"]), &[sample::row(), sample::bare_row()]);
        assert_eq!(printed, "media\n[{\"caption\":\"The gates close\",\"url\":null,\"position\":0}]\n\n");
    }

    #[test]
    fn a_spreadsheet_runs_no_formula_where_that_is_asked_for() {
        let mut row = sample::row();
        row.entry.title = Some("=1+1".into());
        let mut options = sample::fields(&["title"]);
        (options.byte_order_mark, options.escape_formulas) = (true, true);
        assert_eq!(sample::print(Format::Tsv, options, &[row]), "\u{feff}title\n'=1+1\n");
    }
}
