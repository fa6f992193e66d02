//! Parquet: rows with real lists, structs and times, for DuckDB, pandas, Spark and their like.

mod column;
mod row;

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Schema, SchemaRef};
use chrono_tz::Tz;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;

use self::column::Column;
use super::{Field, Header, Output, PrintOptions};
use crate::model::{PageHead, Row};

/// How many bytes of values a group of rows has, before they are encoded and compressed: compressed they wait in memory.
const GROUP_BYTES: usize = 128 << 20;

/// How many rows, and how many bytes of values, become arrays at once.
const BATCH_ROWS: usize = 1024;
const BATCH_BYTES: usize = 1 << 20;

/// The columns by which rows are selected: readers skip groups and pages by their least and greatest values.
const WITH_STATISTICS: [&str; 3] = ["page", "published", "author"];

/// The texts that hardly ever recur, so that to look for those that do is wasted.
const WITHOUT_DICTIONARY: [&str; 3] = ["id", "text", "body.list.element.text"];

/// Rows as one file of Parquet.
pub(crate) struct Parquet<W: Write + Send> {
    /// The file, once it is begun; when it has ended, none.
    file: Option<ArrowWriter<W>>,
    to: Option<W>,
    fields: Option<Vec<Field>>,
    columns: Vec<Column<Row>>,
    zones: Option<Zones>,
    schema: SchemaRef,
    /// How many rows, and how many bytes of values, wait in the columns.
    rows: usize,
    bytes: usize,
    /// How many bytes of values were written to the current group, and how many it may have.
    group_bytes: usize,
    max_group_bytes: usize,
}

impl<W: Write + Send> Parquet<W> {
    pub(crate) fn new(to: W, options: PrintOptions) -> Self {
        Self {
            file: None,
            to: Some(to),
            fields: options.fields,
            columns: Vec::new(),
            zones: None,
            schema: Arc::new(Schema::empty()),
            rows: 0,
            bytes: 0,
            group_bytes: 0,
            max_group_bytes: GROUP_BYTES,
        }
    }

    /// A group for each row, for tests of what need not be read.
    #[cfg(test)]
    pub(crate) fn with_group_per_row(self) -> Self {
        Self { max_group_bytes: 1, ..self }
    }

    /// Writes the rows that wait in the columns.
    fn write_batch(&mut self) -> Result<(), ParquetError> {
        let Some(file) = self.file.as_mut().filter(|_| self.rows > 0) else { return Ok(()) };
        let columns = self.columns.iter_mut().map(Column::take);
        let zones = self.zones.iter_mut().map(|zones| Ok(zones.take()));
        let arrays: Vec<ArrayRef> = columns.chain(zones).collect::<Result<_, ArrowError>>()?;
        file.write(&RecordBatch::try_new(Arc::clone(&self.schema), arrays)?)?;
        self.group_bytes += self.bytes;
        (self.rows, self.bytes) = (0, 0);
        if self.group_bytes >= self.max_group_bytes {
            self.group_bytes = 0;
            file.flush()?;
        }
        Ok(())
    }
}

impl<W: Write + Send> Output for Parquet<W> {
    fn begin(&mut self, header: &Header) -> io::Result<()> {
        let mut all = row::columns();
        match &self.fields {
            Some(fields) => {
                let take = |field: &Field| Some(all.swap_remove(all.iter().position(|it| it.name() == field.name())?));
                self.columns = fields.iter().filter_map(take).collect();
            }
            None => (self.columns, self.zones) = (all, Some(Zones::new(header.order.is_mixed()))),
        }
        let zone = self.zones.as_ref().map(|_| arrow_schema::Field::new(Zones::NAME, DataType::Utf8, true));
        self.schema = Arc::new(Schema::new(self.columns.iter().map(Column::field).chain(zone).collect::<Vec<_>>()));
        let Some(to) = self.to.take() else { return Ok(()) };
        let file = ArrowWriter::try_new_with_options(to, Arc::clone(&self.schema), options());
        self.file = Some(file.map_err(into_io_error)?);
        Ok(())
    }

    fn page(&mut self, page: &PageHead) -> io::Result<()> {
        if let Some(zones) = &mut self.zones {
            zones.add(page);
        }
        Ok(())
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        self.bytes += self.columns.iter_mut().map(|column| column.push(row)).sum::<usize>();
        if let Some(zones) = &mut self.zones {
            zones.push(&row.page);
        }
        self.rows += 1;
        if self.rows >= BATCH_ROWS || self.bytes >= BATCH_BYTES.min(self.max_group_bytes) {
            self.write_batch().map_err(into_io_error)?;
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.write_batch().map_err(into_io_error)?;
        match self.file.take() {
            Some(file) => file.into_inner().map_err(into_io_error)?.flush(),
            None => Ok(()),
        }
    }
}

/// The column `page_zone`, behind those of the row: the zone of its live blog, in which a user's times are read.
struct Zones {
    /// Whether the rows of all live blogs are mixed.
    is_mixed: bool,
    /// The zones of the live blogs that were announced; where they are not mixed, only of the last of them.
    of_pages: HashMap<String, Tz>,
    column: StringBuilder,
}

impl Zones {
    const NAME: &str = "page_zone";

    fn new(is_mixed: bool) -> Self {
        Self { is_mixed, of_pages: HashMap::new(), column: StringBuilder::new() }
    }

    fn add(&mut self, PageHead { page, zone, .. }: &PageHead) {
        if !self.is_mixed {
            self.of_pages.clear();
        }
        if let Some(zone) = zone {
            self.of_pages.insert(page.clone(), *zone);
        }
    }

    fn push(&mut self, page: &str) {
        self.column.append_option(self.of_pages.get(page).map(|zone| zone.name()));
    }

    fn take(&mut self) -> ArrayRef {
        Arc::new(self.column.finish())
    }
}

/// How files are written.
fn options() -> ArrowWriterOptions {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by(CREATED_BY.to_owned())
        .set_max_row_group_row_count(None)
        .set_statistics_enabled(EnabledStatistics::None);
    let properties = WITH_STATISTICS.into_iter().fold(properties, |properties, column| {
        properties.set_column_statistics_enabled(column.into(), EnabledStatistics::Page)
    });
    let properties = WITHOUT_DICTIONARY.into_iter().fold(properties, |properties, column| {
        properties.set_column_dictionary_enabled(
            ColumnPath::from(column.split('.').map(str::to_owned).collect::<Vec<_>>()),
            false,
        )
    });
    // Readers find the types in Parquet's own schema.
    let options = ArrowWriterOptions::new().with_skip_arrow_metadata(true).with_schema_root("row".to_owned());
    options.with_properties(properties.build())
}

const CREATED_BY: &str = concat!("liveblog version ", env!("CARGO_PKG_VERSION"));

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
    use std::fs::File;

    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::schema::parser::parse_message_type;

    use super::*;
    use crate::model::{Block, Link};
    use crate::output::{Arrangement, sample};

    /// A file of what is printed.
    fn print(options: PrintOptions, rows: impl FnOnce(&mut dyn Output)) -> File {
        print_under(&Header::default(), options, rows)
    }

    fn print_under(header: &Header, options: PrintOptions, rows: impl FnOnce(&mut dyn Output)) -> File {
        let mut printed = Vec::new();
        let mut output = Parquet::new(&mut printed, options);
        output.begin(header).unwrap();
        rows(&mut output);
        output.end().unwrap();
        drop(output);
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&printed).unwrap();
        file
    }

    fn reader(file: &File) -> SerializedFileReader<File> {
        SerializedFileReader::new(file.try_clone().unwrap()).unwrap()
    }

    /// Rows as the reader of the same crate prints them.
    fn rows(file: &File) -> impl Iterator<Item = String> + use<> {
        reader(file).into_iter().map(|row| row.unwrap().to_string())
    }

    fn read_back(rows: &[Row]) -> Vec<String> {
        read_fields_back(PrintOptions::default(), rows)
    }

    fn read_fields_back(options: PrintOptions, written: &[Row]) -> Vec<String> {
        rows(&print(options, |output| written.iter().for_each(|row| output.row(row).unwrap()))).collect()
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
             doubts: [\"image-or-text\"], page_zone: null}"
        );
        assert!(
            read[1].contains(
                "body: [], text: \"\", images: [], media: [], url: null, lines: null, doubts: [], page_zone: null}"
            ),
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
    fn the_schema_stays_as_it_was_written_once() {
        let expected = parse_message_type(include_str!("row.schema")).unwrap();
        let printed = print(PrintOptions::default(), |_| ());
        assert_eq!(reader(&printed).metadata().file_metadata().schema(), &expected);
    }

    #[test]
    fn columns_are_all_fields_and_the_zone_of_the_page() {
        let columns: Vec<_> = row::columns().iter().map(Column::name).collect();
        assert_eq!(columns, Field::all().map(Field::name).collect::<Vec<_>>());
    }

    #[test]
    fn each_row_has_the_zone_of_its_page() {
        let zones = |order| {
            let header = Header { order, ..Header::default() };
            let printed = print_under(&header, PrintOptions::default(), |output| {
                for (page, zone) in [("flood", Some(Tz::Europe__London)), ("storm", None)] {
                    output.page(&PageHead { page: page.into(), zone, ..PageHead::default() }).unwrap();
                    output.row(&Row { page: page.into(), ..sample::bare_row() }).unwrap();
                }
                // A timeline comes back to a page; one page after another does not.
                output.row(&Row { page: "flood".into(), ..sample::bare_row() }).unwrap();
            });
            rows(&printed).map(|row| row.rsplit("page_zone: ").next().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(zones(Arrangement::Pages), ["\"Europe/London\"}", "null}", "null}"]);
        assert_eq!(zones(Arrangement::Timeline), ["\"Europe/London\"}", "null}", "\"Europe/London\"}"]);
    }

    #[test]
    fn what_rows_are_selected_by_has_statistics_per_group_and_page() {
        let printed = print(PrintOptions::default(), |output| output.row(&sample::row()).unwrap());
        let reader = reader(&printed);
        let group = reader.metadata().row_group(0);
        let with: Vec<_> = group.columns().iter().filter(|column| column.column_index_offset().is_some()).collect();
        let names: Vec<_> = with.iter().map(|column| column.column_path().string()).collect();
        assert_eq!(names, ["page", "published", "author"]);
        assert!(with.iter().all(|column| column.statistics().is_some_and(|found| found.min_bytes_opt().is_some())));
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
