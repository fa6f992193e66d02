//! JSON Lines: the rows of a data set, an object a line, one of whose columns is the text or HTML of a page.
//!
//! ```text
//!     {"text": "Tunnel reopens published at 14:27 …", "url": "https://pages.example/live", "date": "2024-01-02"}
//! ```
//!
//! A row becomes a record of WARC: a page with its address and its time, which is read and stored as any other. A line
//! without such a column is handed on as it is: our own JSON may stand between the rows.

use chrono::{DateTime, Utc};
use memchr::memchr;

use super::page_row::{PageRow, PageRowError};
use super::stream::Stream;
use crate::input::columns::DataSetColumns;
use crate::input::{Document, Error, OpenOptions, printable};

/// How many bytes are searched at once for the end of a line.
const BLOCK: usize = 64 << 10;

/// The rows of a file, each a document.
pub struct JsonLines {
    name: String,
    modified: Option<DateTime<Utc>>,
    stream: Stream,
    columns: DataSetColumns,
    max_bytes: u64,
    /// How many lines were read.
    lines: u64,
}

/// Whether a file is a data set: the first of its lines that is an object has the text of a page. Of a line that is long,
/// its beginning is enough.
pub fn is_data_set(beginning: &[u8], columns: &DataSetColumns) -> bool {
    let beginning = beginning.strip_prefix(BOM).unwrap_or(beginning).trim_ascii_start();
    // Nearly all pages need no look beyond the first byte. An object that is indented is part of a larger one.
    let mut lines = beginning.split(|&byte| byte == b'\n').take_while(|_| beginning.starts_with(b"{"));
    lines.find_map(|line| PageRow::is_page(line, columns).filter(|_| line.starts_with(b"{"))).unwrap_or_default()
}

const BOM: &[u8] = b"\xef\xbb\xbf";

impl Iterator for JsonLines {
    type Item = Result<Document, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(length) = self.find_line_end() else {
                let damage = self.stream.take_damage()?;
                return Some(Err(damage.into_error(&self.name)));
            };
            self.lines += 1;
            if length as u64 > self.max_bytes {
                self.skip_line();
                return Some(Err(Error::TooLarge { name: self.source(), limit: self.max_bytes }));
            }
            let line = self.stream.bytes()[..length].strip_prefix(BOM).unwrap_or(&self.stream.bytes()[..length]);
            let row = (!line.trim_ascii().is_empty()).then(|| PageRow::read(line, &self.columns));
            let row = row.map(|row| row.map(|row| row.map_or_else(|| line.to_vec(), |row| row.to_record())));
            self.stream.consume(length + 1);
            match row {
                None => {}
                Some(Ok(bytes)) => return Some(Ok(self.document(bytes))),
                Some(Err(problem)) => return Some(Err(self.error(&problem))),
            }
        }
    }
}

impl JsonLines {
    pub fn new(name: String, modified: Option<DateTime<Utc>>, stream: Stream, options: &OpenOptions) -> Self {
        let (columns, max_bytes) = (options.columns.clone(), options.max_bytes);
        Self { name, modified, stream, columns, max_bytes, lines: 0 }
    }

    /// The length of the next line, or of as much of it as shows that it is too long; `None` at the end of the file, or
    /// before a damage.
    fn find_line_end(&mut self) -> Option<usize> {
        let mut searched = 0;
        loop {
            let bytes = self.stream.bytes();
            if let Some(end) = memchr(b'\n', &bytes[searched..]) {
                return Some(searched + end);
            }
            searched = bytes.len();
            if searched as u64 > self.max_bytes {
                return Some(searched);
            }
            if !self.stream.fill(searched + 1) {
                // Before a damage, there may be less than there was.
                let left = self.stream.bytes().len();
                return (left > 0).then_some(left);
            }
        }
    }

    /// Passes over the rest of a line that is too long.
    fn skip_line(&mut self) {
        loop {
            let bytes = self.stream.bytes();
            let end = memchr(b'\n', bytes);
            let count = end.map_or(bytes.len(), |end| end + 1);
            self.stream.consume(count);
            if end.is_some() || !self.stream.fill(BLOCK) && self.stream.bytes().is_empty() {
                return;
            }
        }
    }

    fn document(&self, bytes: Vec<u8>) -> Document {
        Document { source: self.source(), url: None, captured: None, modified: self.modified, bytes }
    }

    /// `set.jsonl#12`: the file and the number of the line.
    fn source(&self) -> String {
        format!("{}#{}", self.name, self.lines)
    }

    fn error(&self, problem: &PageRowError) -> Error {
        Error::Record { name: printable(&self.source()).into_owned(), problem: problem.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::super::members::{Compression, Members};
    use super::*;

    /// The documents in a file, each as its name and text, or as what is reported.
    fn read(file: impl Into<Vec<u8>>, compression: Compression, max_bytes: u64) -> Vec<String> {
        let options = OpenOptions { max_bytes, ..OpenOptions::default() };
        let members = Members::new(Cursor::new(file.into()), compression, b"{", &options);
        let rows = JsonLines::new("set.jsonl".to_owned(), None, Stream::new(members), &options);
        rows.map(|row| match row {
            Ok(document) => {
                let text = String::from_utf8_lossy(&document.bytes);
                format!("{} {}", document.source, text.rsplit("\r\n\r\n").next().unwrap())
            }
            Err(error) => error.to_string(),
        })
        .collect()
    }

    #[test]
    fn each_line_is_a_document_named_after_its_number() {
        let file = "\u{feff}{\"text\":\"One\"}\n\r\n{\"text\":\"Two\"}\r\n{\"version\":1,\"entries\":[]}";
        let documents = ["set.jsonl#1 One", "set.jsonl#3 Two", "set.jsonl#4 {\"version\":1,\"entries\":[]}"];
        assert_eq!(read(file, Compression::None, 1_000), documents);
    }

    #[test]
    fn a_line_that_is_broken_or_too_long_costs_no_other() {
        let long = "x".repeat(3 * BLOCK);
        let file = format!("{{\"text\":\"One\"}}\n{{\"text\n{{\"text\":\"{long}\"}}\n{{\"text\":\"Four\"}}\n");
        let documents = read(file, Compression::None, 2 * BLOCK as u64);
        assert_eq!(
            documents[..2],
            ["set.jsonl#1 One", "set.jsonl#2: the line is no JSON, from byte 6 on, and is left out"]
        );
        assert_eq!(
            documents[2..],
            ["set.jsonl#3: larger than 128 kB, the most that is read of one input", "set.jsonl#4 Four"]
        );
    }

    #[test]
    fn a_compressed_file_that_is_cut_off_is_named_behind_its_last_rows() {
        let row = |number: u64| format!("{{\"text\":\"{number} {}\"}}\n", number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let packed = zstd::encode_all(Cursor::new((0..40_000).map(row).collect::<String>()), 1).unwrap();
        let documents = read(&packed[..packed.len() / 2], Compression::Zstandard, 1_000);
        let (last, rows) = documents.split_last().unwrap();
        assert_eq!(
            *last,
            "set.jsonl#0: the file is cut off within the compressed part that begins here; nothing behind it is read"
        );
        assert!(
            rows.len() > 15_000
                && rows.iter().zip(1..).all(|(row, line)| row.starts_with(&format!("set.jsonl#{line} ")))
        );
    }

    #[test]
    fn a_file_is_a_data_set_if_its_first_object_is_a_row() {
        for (beginning, is_set) in [
            ("\u{feff}\n {\"text\":\"One\"}\n", true),
            ("{\"text\":\"cut o", true),
            ("{broken\n{\"text\":\"Two\"}\n", true),
            ("{\"version\":1,\"entries\":[]}\n{\"text\":\"Two\"}\n", false),
            ("{\n  \"@type\": \"LiveBlogPosting\"\n}", false),
            ("{\n  \"entries\": [\n    {\"text\":\"Two\"},\n    {\"text\":\"Three\"}\n  ]\n}", false),
            ("12:00 A page\n{\"text\":\"Two\"}\n", false),
            ("", false),
        ] {
            assert_eq!(is_data_set(beginning.as_bytes(), &DataSetColumns::default()), is_set, "{beginning}");
        }
    }

    proptest! {
        /// Whatever the text, its row is one document with just that text; whatever the bytes, each line that is not blank
        /// is a document or a report.
        #[test]
        fn every_line_is_a_document_or_a_report(text in ".*", bytes in vec(any::<u8>(), 0..200), most in 1_000_u64..2_000) {
            let text = text.replace('\r', " ");
            let row = serde_json::json!({"url": text, "text": text, "date": text}).to_string().into_bytes();
            let blank = |line: &&[u8]| !line.trim_ascii().is_empty();
            let other = bytes.strip_prefix(BOM).unwrap_or(&bytes);
            let others = other.split(|&byte| byte == b'\n').filter(blank).count();
            let documents = read([&row, &b"\n"[..], other].concat(), Compression::None, most);
            prop_assert_eq!(documents.len(), others + 1);
            prop_assert_eq!(&documents[0], &format!("set.jsonl#1 {text}"));
            is_data_set(&bytes, &DataSetColumns::default());
        }
    }
}
