//! An opened input as the documents in it: the page that a file is, or the records that it contains, one after another.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Stdin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};

use super::records::{RecordKind, Records};
use super::{DataSetColumns, Document, Error, MAX_BYTES, Source};
use crate::time::years;

/// How inputs are opened.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct OpenOptions {
    /// The most bytes that a document may have; [`MAX_BYTES`] unless set. Larger records are left out, and reported.
    pub max_bytes: u64,
    /// How many times larger than its compressed bytes a part of a compressed file of records may be, once it has more
    /// than `max_bytes`; [`MAX_RATIO`] unless set.
    pub max_ratio: u64,
    /// The columns of a data set; those that are not named are found by their names.
    pub columns: DataSetColumns,
}

/// The default limit of [`OpenOptions::max_ratio`]: files of gzip cannot exceed it by much, others are made to.
pub const MAX_RATIO: u64 = 1_000;

impl Default for OpenOptions {
    fn default() -> Self {
        Self { max_bytes: MAX_BYTES, max_ratio: MAX_RATIO, columns: DataSetColumns::default() }
    }
}

/// The documents of an input, in their order: see [`Source::open`].
///
/// An error is about one document, such as a damaged record; the iterator goes on with the next.
pub struct Documents {
    content: Content,
    bytes_read: Arc<AtomicU64>,
}

enum Content {
    /// The file is a page.
    Page(Option<Document>),
    /// It contains records.
    Records(Records),
}

impl Iterator for Documents {
    type Item = Result<Document, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.content {
            Content::Page(page) => page.take().map(Ok),
            Content::Records(records) => records.next(),
        }
    }
}

impl Documents {
    /// Whether they are records of a crawl or rows of a data set: most of them may be no live pages.
    pub fn are_records(&self) -> bool {
        matches!(self.content, Content::Records(_))
    }

    /// How many bytes of the input were read so far, compressed as it is.
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read.load(Ordering::Relaxed)
    }
}

impl Source {
    /// Opens it. A file of records, such as a crawl, is read as its documents are asked for, and never held as a whole;
    /// any other is read here. What it is shows in its first bytes, whatever its name.
    ///
    /// A file of our own JSON is one document, which can contain several live blogs: see [`split`](crate::split).
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Unreadable`], and [`Error::TooLarge`].
    pub fn open(&self, options: &OpenOptions) -> Result<Documents, Error> {
        let failed = |problem| Error::from_io(self.name(), problem);
        let mut input = Input::open(self).map_err(failed)?;
        input.read_beginning().map_err(failed)?;
        let bytes_read = Arc::clone(&input.bytes_read);
        let content = match RecordKind::detect(&input, options) {
            Some(kind) => Content::Records(kind.open(input, options)),
            None => Content::Page(Some(input.into_document(options.max_bytes)?)),
        };
        Ok(Documents { content, bytes_read })
    }
}

/// An input that is open.
pub(super) struct Input {
    /// Its name, as given.
    pub name: String,
    /// When the file was last changed, UTC.
    pub modified: Option<DateTime<Utc>>,
    /// Its first bytes, which were read to see what it is.
    pub beginning: Vec<u8>,
    /// Whether they are all.
    pub is_whole: bool,
    /// Where the rest is read from.
    rest: Rest,
    /// The length of a file.
    length: Option<u64>,
    bytes_read: Arc<AtomicU64>,
}

/// The rest of an input.
enum Rest {
    StandardInput(Stdin),
    File(File),
}

/// How much of an input is read to see what it is. A smaller file is read whole, since nearly all files are pages.
const BEGINNING: u64 = 64 << 10;
const SMALL_FILE: u64 = 1 << 20;

impl Input {
    fn open(source: &Source) -> io::Result<Self> {
        let (rest, mut modified, mut length) = match source {
            Source::StandardInput => (Rest::StandardInput(io::stdin()), None, None),
            Source::File { path, .. } => (Rest::File(File::open(path)?), None, None),
        };
        if let Rest::File(file) = &rest {
            let metadata = file.metadata()?;
            // Not every file system keeps the time of a change; without it the page says less, but is read.
            modified = metadata.modified().ok().and_then(years::from_system);
            length = metadata.is_file().then_some(metadata.len());
        }
        let bytes_read = Arc::default();
        Ok(Self { name: source.name(), modified, beginning: Vec::new(), is_whole: false, rest, length, bytes_read })
    }

    fn read_beginning(&mut self) -> io::Result<()> {
        let most = self.length.filter(|length| (1..=SMALL_FILE).contains(length)).unwrap_or(BEGINNING);
        self.beginning.reserve_exact(usize::try_from(most + 1).unwrap_or_default());
        self.read_up_to(most)
    }

    /// Reads on until so many bytes are read, and one more to see whether there are more. Some inputs, such as
    /// `/dev/zero`, never end.
    fn read_up_to(&mut self, most: u64) -> io::Result<()> {
        let wanted = most.saturating_add(1).saturating_sub(self.beginning.len() as u64);
        let read = self.rest.by_ref().take(wanted).read_to_end(&mut self.beginning)? as u64;
        self.bytes_read.fetch_add(read, Ordering::Relaxed);
        self.is_whole |= read < wanted;
        Ok(())
    }

    /// Reads all of it as one document.
    fn into_document(mut self, max_bytes: u64) -> Result<Document, Error> {
        if !self.is_whole && (self.beginning.len() as u64) <= max_bytes {
            let length = self.length.unwrap_or_default().min(max_bytes);
            let more = length.saturating_add(1).saturating_sub(self.beginning.len() as u64);
            self.beginning.reserve_exact(usize::try_from(more).unwrap_or_default());
            self.read_up_to(max_bytes).map_err(|problem| Error::from_io(self.name.clone(), problem))?;
        }
        let is_whole = self.is_whole && self.beginning.len() as u64 <= max_bytes;
        let Self { name: source, modified, beginning: bytes, .. } = self;
        let document = Document { source, url: None, captured: None, modified, bytes };
        if is_whole {
            return Ok(document);
        }
        // What it is says more than how large it is, unless it is what the page is packed in.
        Err(match document.text() {
            Err(Error::NoText { kind, .. }) if kind.can_be_opened() => None,
            Err(error) => Some(error),
            Ok(_) => None,
        }
        .unwrap_or(Error::TooLarge { name: document.source, limit: max_bytes }))
    }

    /// All its bytes, from the first one on.
    pub fn into_reader(self) -> impl Read + Send + 'static {
        let rest = Counted { rest: self.rest, bytes: self.bytes_read };
        io::Cursor::new(self.beginning).chain(rest)
    }

    /// Its bytes from that one on, if it is a file that can be read in any order.
    pub fn read_at(&self, start: u64) -> io::Result<impl Read + Send + 'static> {
        let Rest::File(file) = &self.rest else { return Err(io::ErrorKind::NotSeekable.into()) };
        let mut file = file.try_clone()?;
        file.seek(SeekFrom::Start(start))?;
        Ok(Counted { rest: Rest::File(file), bytes: Arc::clone(&self.bytes_read) })
    }

    /// The file, if it is one that can be read in any order; its position is anywhere.
    pub fn file(&self) -> Option<&File> {
        match &self.rest {
            Rest::File(file) if self.length.is_some() => Some(file),
            _ => None,
        }
    }

    /// The same, and where its bytes are counted from now on; none is read yet.
    #[cfg(feature = "parquet")]
    pub fn into_file(self) -> io::Result<(File, Arc<AtomicU64>)> {
        self.bytes_read.store(0, Ordering::Relaxed);
        match self.rest {
            Rest::File(file) => Ok((file, self.bytes_read)),
            Rest::StandardInput(_) => Err(io::ErrorKind::NotSeekable.into()),
        }
    }
}

impl Read for Rest {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::StandardInput(input) => input.read(buffer),
            Self::File(file) => file.read(buffer),
        }
    }
}

/// A reader whose bytes are counted.
struct Counted {
    rest: Rest,
    bytes: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.rest.read(buffer)?;
        self.bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::input::sources;

    fn open(path: PathBuf, max_bytes: u64) -> Result<Vec<Document>, Error> {
        sources(&[path]).0[0].open(&OpenOptions { max_bytes, ..OpenOptions::default() })?.collect()
    }

    #[test]
    fn a_file_that_is_not_there_is_named_when_it_is_opened() {
        let error = open("nowhere/page.txt".into(), MAX_BYTES).unwrap_err();
        assert_eq!(error.to_string(), "nowhere/page.txt: no such file or directory");
    }

    #[test]
    fn a_document_knows_when_its_file_was_changed() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("page.txt");
        std::fs::write(&path, "text").unwrap();
        let documents = open(path, MAX_BYTES).unwrap();
        assert!(documents[0].modified.is_some() && documents[0].bytes == b"text");
    }

    #[test]
    fn a_page_has_at_most_so_many_bytes() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("page.txt");
        for length in [0, 1, 4_000, BEGINNING, BEGINNING + 1, SMALL_FILE, SMALL_FILE + 1, 3 * SMALL_FILE] {
            std::fs::write(&path, "x".repeat(length as usize)).unwrap();
            assert_eq!(open(path.clone(), length).unwrap()[0].bytes.len() as u64, length);
            if length > 0 {
                assert!(
                    matches!(open(path.clone(), length - 1), Err(Error::TooLarge { limit, .. }) if limit == length - 1)
                );
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn an_input_without_end_is_read_up_to_the_limit() {
        let error = open("/dev/zero".into(), 100_000).unwrap_err();
        assert_eq!(error.to_string(), "/dev/zero: this is binary data, not a text");
    }
}
