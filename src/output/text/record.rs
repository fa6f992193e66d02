//! Some fields of each row for reading: a line a field, its name before it.

use std::io::{self, Write};

use super::writer::{Part, TextWriter};
use crate::model::Row;
use crate::output::{Field, Header, Output, PrintOptions};

/// The fields asked for, row by row.
pub(in crate::output) struct Record<W> {
    to: TextWriter<W>,
    fields: Vec<Field>,
    /// How many columns the names take.
    names: usize,
    begun: bool,
}

impl<W: Write> Record<W> {
    pub(in crate::output) fn new(to: W, options: PrintOptions) -> Self {
        let to = TextWriter::new(to, &options);
        let fields = options.fields.unwrap_or_default();
        let names = fields.iter().map(|field| field.name().len()).max().unwrap_or_default();
        Self { to, fields, names, begun: false }
    }
}

impl<W: Write> Output for Record<W> {
    fn begin(&mut self, _: &Header) -> io::Result<()> {
        Ok(())
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            self.to.blank()?;
        }
        for field in &self.fields {
            let gutter = format!("{:1$}", field.name(), self.names + 2);
            self.to.block(&gutter, &[Part::Plain(field.value(row).to_words().into_owned())])?;
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use crate::output::{Format, sample};

    #[test]
    fn a_field_is_a_line_after_its_name() {
        let printed =
            sample::print(Format::Text, sample::fields(&["number", "text"]), &[sample::row(), sample::bare_row()]);
        assert_eq!(
            printed,
            "number  1
text    The \"old\" gates

        • North
        • South

number  2
text
"
        );
    }
}
