//! Parquet: the rows of a data set, one of whose columns is the text or HTML of a page.
//!
//! Only the columns that matter are read, and a few rows at once. As in JSON Lines, a row becomes a record of WARC: a page
//! with its address and its time, which is read and stored as any other.

use std::borrow::Cow;
use std::fs::File;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
};
use arrow_array::{Array, ArrayRef, RecordBatch, StructArray};
use arrow_schema::{DataType, Fields, TimeUnit};
use chrono::{DateTime, NaiveDateTime, Utc};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};

use super::page_row::record;
use crate::input::columns::{DataSetColumns, is_ours};
use crate::input::damage::unless_damaged;
use crate::input::documents::Input;
use crate::input::{Document, Error, OpenOptions, printable};

/// How many rows are in memory at once: pages can be large.
const BATCH_ROWS: usize = 64;

/// The rows of a file, each a document.
pub struct Parquet {
    name: String,
    modified: Option<DateTime<Utc>>,
    max_bytes: u64,
    columns: DataSetColumns,
    file: File,
    metadata: ArrowReaderMetadata,
    mask: ProjectionMask,
    bytes_read: Arc<AtomicU64>,
    /// The groups of rows that are not read yet, and the rows before the first of them.
    groups: Range<usize>,
    group_start: u64,
    group: Option<ParquetRecordBatchReader>,
    batch: Option<StructArray>,
    /// The next row of the batch, and its number in the file.
    at: usize,
    row: u64,
    /// What is reported before the first row.
    problem: Option<String>,
}

/// Reads the metadata of a file that is a data set with pages in it, and not our own rows.
pub fn data_set(input: &Input, columns: &DataSetColumns) -> Option<ArrowReaderMetadata> {
    if !input.beginning.starts_with(b"PAR1") {
        return None;
    }
    // The types are those of Parquet, whatever program wrote them.
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let file = input.file()?;
    let metadata = unless_damaged(|| ArrowReaderMetadata::load(file, options))?.ok()?;
    let fields = metadata.schema().fields();
    let is_ours = is_ours(fields.iter().map(|field| field.name().as_str()));
    let has_text = columns.text.is_some() || columns.text_names().iter().any(|name| is_text(fields, name));
    (!is_ours && has_text).then_some(metadata)
}

impl Parquet {
    pub fn new(input: Input, metadata: ArrowReaderMetadata, options: &OpenOptions) -> Result<Self, Error> {
        let (name, modified) = (input.name.clone(), input.modified);
        let (file, bytes_read) = input.into_file().map_err(|problem| Error::from_io(name.clone(), problem))?;
        let columns = options.columns.clone();
        let names = [columns.text_names(), columns.url_names(), columns.date_names()].concat();
        let mask = ProjectionMask::columns(metadata.parquet_schema(), names);
        let given = columns.text.as_deref().filter(|name| !is_text(metadata.schema().fields(), name));
        let problem = given.map(|name| format!("there is no column {name:?} of texts"));
        let groups = if problem.is_some() { 0..0 } else { 0..metadata.metadata().num_row_groups() };
        Ok(Self {
            name,
            modified,
            max_bytes: options.max_bytes,
            columns,
            file,
            metadata,
            mask,
            bytes_read,
            groups,
            group_start: 0,
            group: None,
            batch: None,
            at: 0,
            row: 0,
            problem,
        })
    }

    /// Reads the next batch of rows, of this group or the next; `None` behind the last.
    fn next_batch(&mut self) -> Result<Option<RecordBatch>, Damaged> {
        loop {
            if let Some(group) = &mut self.group {
                match unless_damaged(|| group.next().transpose()) {
                    Some(Ok(Some(batch))) => return Ok(Some(batch)),
                    Some(Ok(None)) => self.group = None,
                    Some(Err(_)) | None => return Err(Damaged),
                }
            }
            let Some(group) = self.groups.next() else { return Ok(None) };
            self.group = Some(self.open_group(group)?);
        }
    }

    fn open_group(&mut self, group: usize) -> Result<ParquetRecordBatchReader, Damaged> {
        let metadata = self.metadata.metadata().row_group(group);
        self.row = self.group_start;
        self.group_start += u64::try_from(metadata.num_rows()).unwrap_or_default();
        // Progress is by the bytes of the file, of all columns.
        self.bytes_read.fetch_add(u64::try_from(metadata.compressed_size()).unwrap_or_default(), Ordering::Relaxed);
        let file = self.file.try_clone().map_err(|_| Damaged)?;
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone());
        let builder = builder.with_projection(self.mask.clone()).with_row_groups(vec![group]);
        unless_damaged(|| builder.with_batch_size(BATCH_ROWS).build()).and_then(Result::ok).ok_or(Damaged)
    }

    /// What is wrong with the rest of the group: what follows in it cannot be found.
    fn damage(&mut self) -> Error {
        self.group = None;
        let name = format!("{}#{}", printable(&self.name), self.row + 1);
        let problem = match self.groups.is_empty() {
            true => "the rows from here on are damaged, and left out".to_owned(),
            false => {
                format!("the rows from here on are damaged, and left out; row {} is the next", self.group_start + 1)
            }
        };
        Error::Record { name, problem }
    }

    /// The document of the next row in the batch, if it has a page, or what is wrong with it.
    fn next_document(&mut self) -> Option<Result<Document, Error>> {
        let batch = self.batch.as_ref()?;
        while self.at < batch.len() {
            let at = self.at;
            (self.at, self.row) = (at + 1, self.row + 1);
            let first = |names: Vec<&str>| names.into_iter().find_map(|name| value(column(batch, name)?, at));
            let Some(text) = first(self.columns.text_names()) else { continue };
            let source = format!("{}#{}", self.name, self.row);
            if text.len() as u64 > self.max_bytes {
                return Some(Err(Error::TooLarge { name: source, limit: self.max_bytes }));
            }
            let words = |names| Some(String::from_utf8_lossy(&first(names)?).into_owned());
            let (url, date) = (words(self.columns.url_names()), words(self.columns.date_names()));
            let bytes = record(&text, url.as_deref(), date.as_deref());
            return Some(Ok(Document { source, url: None, captured: None, modified: self.modified, bytes }));
        }
        None
    }
}

impl Iterator for Parquet {
    type Item = Result<Document, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(problem) = self.problem.take() {
            return Some(Err(Error::Record { name: printable(&self.name).into_owned(), problem }));
        }
        loop {
            if let Some(document) = self.next_document() {
                return Some(document);
            }
            self.at = 0;
            match self.next_batch() {
                Ok(Some(batch)) => self.batch = Some(batch.into()),
                Ok(None) => return None,
                Err(Damaged) => {
                    self.batch = None;
                    return Some(Err(self.damage()));
                }
            }
        }
    }
}

/// A part of the file is damaged.
struct Damaged;

/// Whether there is a column of texts; a dot leads into a struct, unless the name itself has one.
fn is_text(fields: &Fields, name: &str) -> bool {
    let find = |name: &str| fields.iter().find(|field| field.name() == name).map(|field| field.data_type());
    match (find(name), name.split_once('.')) {
        (Some(DataType::Utf8 | DataType::Binary), _) => true,
        (None, Some((outer, inner))) => {
            matches!(find(outer), Some(DataType::Struct(fields)) if is_text(fields, inner))
        }
        _ => false,
    }
}

/// A column by its name, found in the same way.
fn column<'b>(batch: &'b StructArray, name: &str) -> Option<&'b ArrayRef> {
    batch.column_by_name(name).or_else(|| {
        let (outer, inner) = name.split_once('.')?;
        column(batch.column_by_name(outer)?.as_struct_opt()?, inner)
    })
}

/// A value as words: a text, the bytes of a page, a number, an instant, a day.
fn value(array: &ArrayRef, at: usize) -> Option<Cow<'_, [u8]>> {
    if array.is_null(at) {
        return None;
    }
    let words = match array.data_type() {
        DataType::Utf8 => return Some(array.as_string::<i32>().value(at).as_bytes().into()),
        DataType::Binary => return Some(array.as_binary::<i32>().value(at).into()),
        DataType::Int32 => array.as_primitive::<Int32Type>().value(at).to_string(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(at).to_string(),
        DataType::Date32 => array.as_primitive::<Date32Type>().value_as_date(at)?.to_string(),
        DataType::Timestamp(unit, _) => {
            let time: Option<NaiveDateTime> = match unit {
                TimeUnit::Millisecond => array.as_primitive::<TimestampMillisecondType>().value_as_datetime(at),
                TimeUnit::Microsecond => array.as_primitive::<TimestampMicrosecondType>().value_as_datetime(at),
                TimeUnit::Nanosecond => array.as_primitive::<TimestampNanosecondType>().value_as_datetime(at),
                // Parquet has no such unit.
                TimeUnit::Second => None,
            };
            time?.and_utc().to_rfc3339()
        }
        _ => return None,
    };
    Some(words.into_bytes().into())
}

#[cfg(test)]
mod tests {
    use arrow_array::{BinaryArray, StringArray, TimestampMillisecondArray};
    use arrow_schema::Field;
    use parquet::arrow::ArrowWriter;
    use parquet::basic::Compression;
    use parquet::file::properties::WriterProperties;

    use super::*;
    use crate::input::sources;

    /// A file with these columns, in groups of two rows.
    fn write(columns: Vec<(&str, ArrayRef)>, compression: Compression) -> Vec<u8> {
        let rows = RecordBatch::try_from_iter(columns).unwrap();
        let properties = WriterProperties::builder()
            .set_max_row_group_row_count(Some(2))
            .set_dictionary_enabled(false)
            .set_compression(compression);
        let mut writer = ArrowWriter::try_new(Vec::new(), rows.schema(), Some(properties.build())).unwrap();
        writer.write(&rows).unwrap();
        writer.into_inner().unwrap()
    }

    fn strings(values: &[Option<&str>]) -> ArrayRef {
        Arc::new(values.iter().collect::<StringArray>())
    }

    /// The documents in a file, each as its name and its record after its type, or as what is reported.
    fn read_with(file: &[u8], options: &OpenOptions) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("set.parquet");
        std::fs::write(&path, file).unwrap();
        let name = |name: &str| name.rsplit('/').next().unwrap().to_owned();
        let documents = sources(&[path]).0[0].open(options).unwrap();
        let shown = documents.map(|row| match row {
            Ok(document) => {
                let record = String::from_utf8_lossy(&document.bytes).replace("\r\n", " ");
                match record.split_once("conversion ") {
                    Some((_, record)) => format!("{} {record}", name(&document.source)),
                    None => document.text().unwrap_err().to_string().rsplit("/set").next().unwrap().to_owned(),
                }
            }
            Err(error) => name(&error.to_string()),
        });
        shown.collect()
    }

    fn read(file: &[u8]) -> Vec<String> {
        read_with(file, &OpenOptions::default())
    }

    #[test]
    fn each_row_with_a_text_is_a_document_in_every_compression() {
        for compression in [
            Compression::UNCOMPRESSED,
            Compression::SNAPPY,
            Compression::ZSTD(Default::default()),
            Compression::GZIP(Default::default()),
            Compression::LZ4_RAW,
        ] {
            let text = strings(&[Some("One"), None, Some("Three")]);
            let url = strings(&[Some("https://a.example"), None, None]);
            let date = Arc::new(TimestampMillisecondArray::from(vec![Some(1_556_197_074_000), None, None]));
            let file = write(vec![("text", text), ("url", url), ("timestamp", date)], compression);
            let head = "WARC-Target-URI: https://a.example WARC-Date: 2019-04-25T12:57:54+00:00";
            let kind = |length| format!("Content-Type: text/plain; charset=utf-8 Content-Length: {length} ");
            let expected =
                [format!("set.parquet#1 {head} {} One", kind(3)), format!("set.parquet#3 {} Three", kind(5))];
            assert_eq!(read(&file), expected, "{compression:?}");
        }
    }

    #[test]
    fn a_column_may_be_in_a_struct_and_a_page_bytes_in_another_encoding() {
        let fields = vec![Arc::new(Field::new("url", DataType::Utf8, true))];
        let meta = StructArray::new(fields.into(), vec![strings(&[Some("https://a.example")])], None);
        let html: ArrayRef = Arc::new(BinaryArray::from(vec![b"<p>caf\xe9".as_slice()]));
        let file = write(vec![("html", html), ("meta", Arc::new(meta))], Compression::UNCOMPRESSED);
        let head = "WARC-Target-URI: https://a.example Content-Type: text/plain Content-Length: 7 ";
        assert_eq!(read(&file), [format!("set.parquet#1 {head} <p>caf\u{fffd}")]);
    }

    #[test]
    fn a_table_without_pages_is_no_data_set() {
        let refused = ".parquet: this is a Parquet file, not a page of text or HTML";
        assert_eq!(read(&write(vec![("name", strings(&[Some("Ada")]))], Compression::UNCOMPRESSED)), [refused]);
        // Our own rows have a column of text, too.
        let ours = ["page", "id", "text"].map(|name| (name, strings(&[Some("x")])));
        assert_eq!(read(&write(ours.to_vec(), Compression::UNCOMPRESSED)), [refused]);
    }

    #[test]
    fn a_column_that_the_user_names_must_be_there() {
        let file = write(vec![("text", strings(&[Some("One")]))], Compression::UNCOMPRESSED);
        let columns = DataSetColumns { text: Some("words".into()), ..DataSetColumns::default() };
        let options = OpenOptions { columns, ..OpenOptions::default() };
        assert_eq!(read_with(&file, &options), ["set.parquet: there is no column \"words\" of texts"]);
    }

    #[test]
    fn a_row_that_is_too_large_and_a_group_that_is_damaged_are_named_and_the_rest_is_read() {
        let long = "x".repeat(2_000);
        let text = strings(&[Some("One"), Some(&long), Some("Three"), Some("Four"), Some("Five")]);
        let mut file = write(vec![("text", text)], Compression::SNAPPY);
        let options = OpenOptions { max_bytes: 1_000, ..OpenOptions::default() };
        let too_large = "set.parquet#2: larger than 1000 bytes, the most that is read of one input";
        let ends = |shown: &[String]| -> Vec<String> {
            shown.iter().map(|line| line.rsplit("  ").next().unwrap().to_owned()).collect()
        };
        assert_eq!(ends(&read_with(&file, &options)), ["One", too_large, "Three", "Four", "Five"]);
        let at = memchr::memmem::find(&file, b"Three").unwrap();
        file[at - 8..at + 4].fill(0xff);
        let damaged = "set.parquet#3: the rows from here on are damaged, and left out; row 5 is the next";
        assert_eq!(ends(&read_with(&file, &options)), ["One", too_large, damaged, "Five"]);
    }
}
