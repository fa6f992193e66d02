//! Parquet: rows with real lists, structs and times, for DuckDB, pandas and their like.
//!
//! Rows are gathered into groups, whose size bounds the memory that it takes.

mod shred;

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::Type;
use serde_json::json;

use self::shred::Columns;
use super::{Field, Header, Output, PrintOptions};
use crate::model::{Block, Row};

/// The schema: the keys of a row's JSON in its order, and beside `body` the same as plain text.
const SCHEMA: &str = include_str!("row.schema");

/// How many bytes of values a group of rows has.
const GROUP: usize = 4 << 20;

pub(super) struct Parquet<W: Write + Send> {
    /// The file, once it is begun; when it has ended, none.
    file: Option<SerializedFileWriter<W>>,
    to: Option<W>,
    fields: Option<Vec<Field>>,
    columns: Columns,
}

impl<W: Write + Send> Parquet<W> {
    pub(super) fn new(to: W, options: PrintOptions) -> Self {
        Self { file: None, to: Some(to), fields: options.fields, columns: Columns::default() }
    }

    /// Writes the waiting rows as a group.
    fn write_group(&mut self) -> io::Result<()> {
        let Some(file) = self.file.as_mut().filter(|_| !self.columns.is_empty()) else { return Ok(()) };
        let mut group = file.next_row_group().map_err(into_io_error)?;
        for column in self.columns.take() {
            let Some(mut to) = group.next_column().map_err(into_io_error)? else { break };
            column.write(&mut to).map_err(into_io_error)?;
            to.close().map_err(into_io_error)?;
        }
        group.close().map_err(into_io_error)?;
        Ok(())
    }
}

impl<W: Write + Send> Output for Parquet<W> {
    fn begin(&mut self, _: &Header) -> io::Result<()> {
        let schema = Arc::new(schema(self.fields.as_deref()).map_err(into_io_error)?);
        self.columns = Columns::from_schema(&schema);
        let packed = Compression::ZSTD(ZstdLevel::default());
        let properties =
            WriterProperties::builder().set_compression(packed).set_created_by(CREATED_BY.to_owned()).build();
        let Some(to) = self.to.take() else { return Ok(()) };
        self.file = Some(SerializedFileWriter::new(to, schema, Arc::new(properties)).map_err(into_io_error)?);
        Ok(())
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        let mut value = serde_json::to_value(row)?;
        // The columns of blocks are those of the types that are known.
        for (at, block) in row.entry.body.iter().enumerate() {
            if let Block::Other(block) = block {
                value["body"][at] = json!({"type": block.name(), "text": block.text()});
            }
        }
        value["text"] = row.entry.text().into();
        self.columns.push(&value)?;
        if self.columns.bytes() > GROUP { self.write_group() } else { Ok(()) }
    }

    fn end(&mut self) -> io::Result<()> {
        self.write_group()?;
        match self.file.take() {
            Some(file) => file.into_inner().map_err(into_io_error)?.flush(),
            None => Ok(()),
        }
    }
}

const CREATED_BY: &str = concat!("liveblog version ", env!("CARGO_PKG_VERSION"));

/// The schema of all columns, or of these fields in their order.
fn schema(fields: Option<&[Field]>) -> Result<Type, ParquetError> {
    let all = parse_message_type(SCHEMA)?;
    let Some(fields) = fields else { return Ok(all) };
    let column = |field: &Field| all.get_fields().iter().find(|column| column.name() == field.name()).cloned();
    Type::group_type_builder(all.name()).with_fields(fields.iter().filter_map(column).collect()).build()
}

/// The writer's own error, so that a closed pipe is still known as one.
fn into_io_error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        error => io::Error::other(error),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;
    use crate::model::Link;
    use crate::output::sample;

    /// Rows as the reader of the same crate prints them.
    fn read_back(rows: &[Row]) -> Vec<String> {
        read_fields_back(PrintOptions::default(), rows)
    }

    fn read_fields_back(options: PrintOptions, rows: &[Row]) -> Vec<String> {
        let mut printed = Vec::new();
        let mut output = Parquet::new(&mut printed, options);
        output.begin(&Header::default()).unwrap();
        rows.iter().for_each(|row| output.row(row).unwrap());
        output.end().unwrap();
        drop(output);
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), printed).unwrap();
        let reader = SerializedFileReader::new(file.reopen().unwrap()).unwrap();
        reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect()
    }

    #[test]
    fn rows_have_real_lists_structs_and_times() {
        let mut row = sample::row();
        let link = |text: &str| Link { text: text.into(), url: "https://example.org".into() };
        row.entry.body = vec![
            Block::Paragraph { text: "One two".into(), links: vec![link("One"), link("two")] },
            Block::List { ordered: true, items: vec!["A".into(), "B".into()], links: vec![] },
            Block::Quote { text: "Three".into(), attribution: None },
        ];
        let read = read_back(&[row, sample::bare_row()]);
        assert_eq!(
            read[0],
            "{page: \"flood.txt\", page_title: \"Flood\", page_url: null, removed: false, id: \"0123456789ab\", number: 1, \
             published: 2023-06-19 13:27:00.000000 +00:00, published_local: \"2023-06-19T14:27:00+01:00\", \
             stamp: \"14:27 British Summer Time 19 June 2023\", modified: null, label: \"Analysis\", breaking: true, \
             title: \"Gates, “closed”\", subtitle: null, author: \"Ada Example\", role: \"Transport correspondent\", \
             co_authors: [\"Bob Example\"], body: [\
             {type: \"paragraph\", text: \"One two\", ordered: null, items: null, links: \
             [{text: \"One\", url: \"https://example.org\"}, {text: \"two\", url: \"https://example.org\"}], \
             attribution: null, site: null, url: null}, \
             {type: \"list\", text: null, ordered: true, items: [\"A\", \"B\"], links: null, attribution: null, \
             site: null, url: null}, \
             {type: \"quote\", text: \"Three\", ordered: null, items: null, links: null, attribution: null, site: null, \
             url: null}], \
             text: \"One two\n\n1. A\n2. B\n\nThree\", \
             images: [{alt: \"A gate\", source: \"Reuters\", caption: null, url: null, position: 1}], \
             media: [{caption: \"The gates close\", url: null, position: 0}], url: null, lines: [3, 9], \
             doubts: [\"image-or-text\"]}"
        );
        assert!(
            read[1].contains("body: [], text: \"\", images: [], media: [], url: null, lines: null, doubts: []}"),
            "{}",
            read[1]
        );
    }

    #[test]
    fn a_block_that_is_not_known_is_its_words() {
        let mut row = sample::bare_row();
        let json = r#"{"type": "table", "text": {"rows": [["One"], ["Two"]]}, "items": 7}"#;
        row.entry.body = vec![serde_json::from_str(json).unwrap()];
        let read = read_back(&[row]).remove(0);
        assert!(read.contains("body: [{type: \"table\", text: \"One\nTwo\", ordered: null, items: null,"), "{read}");
    }

    #[test]
    fn columns_are_all_fields() {
        let schema = parse_message_type(SCHEMA).unwrap();
        let columns: BTreeSet<_> = schema.get_fields().iter().map(|field| field.name()).collect();
        assert_eq!(columns, Field::all().map(Field::name).collect());
    }

    #[test]
    fn fields_are_picked_in_the_order_asked_for_even_where_none_has_a_value() {
        let rows = [sample::row(), sample::bare_row()];
        assert_eq!(
            read_fields_back(sample::fields(&["title", "number"]), &rows),
            ["{title: \"Gates, “closed”\", number: 1}", "{title: null, number: 2}"]
        );
        assert_eq!(read_fields_back(sample::fields(&["subtitle"]), &rows), ["{subtitle: null}"; 2]);
    }

    #[test]
    fn many_rows_are_several_groups() {
        let mut row = sample::row();
        row.entry.body = vec![Block::paragraph(&"Water. ".repeat(100_000))];
        assert_eq!(read_back(&vec![row; 60]).len(), 60);
    }

    #[test]
    fn no_rows_are_a_file_too() {
        assert!(read_back(&[]).is_empty());
    }
}
