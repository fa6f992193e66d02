//! Files of many records, each of which may be a live page: crawls and data sets. One file a kind, which is known by its
//! first bytes.
//!
//! A kind gets an [`Input`], reads it as its documents are asked for, and never holds more than a record and what is
//! needed to find the next one. What is wrong with a record is an error in its place, and the rest is read on.

mod json_lines;
mod members;
mod page_row;
#[cfg(feature = "parquet")]
mod parquet;
mod stream;
mod wacz;
mod warc;

use super::{Document, Error, FileKind, OpenOptions, documents::Input};
use crate::input::container;
use members::{Compression, Members};
use stream::Stream;
use wacz::{PackedFile, Wacz};

/// The documents of an input, or what is wrong with each.
pub(super) type Records = Box<dyn Iterator<Item = Result<Document, Error>> + Send>;

/// A kind of file with records in it.
pub(super) enum RecordKind {
    /// WARC, and so WET: the records of a crawl.
    Warc(Compression),
    /// WACZ: the files of a crawl in a ZIP archive.
    Wacz(Vec<PackedFile>),
    /// JSON Lines: the rows of a data set.
    JsonLines(Compression),
    /// Parquet: the same.
    #[cfg(feature = "parquet")]
    Parquet(::parquet::arrow::arrow_reader::ArrowReaderMetadata),
}

impl RecordKind {
    /// The kind of an input; `None` if it is one document.
    pub fn detect(input: &Input, options: &OpenOptions) -> Option<Self> {
        #[cfg(feature = "parquet")]
        if let Some(metadata) = parquet::data_set(input, &options.columns) {
            return Some(Self::Parquet(metadata));
        }
        let kind = FileKind::detect(&input.beginning);
        match kind {
            Some(FileKind::Zip) => wacz::files(input).map(Self::Wacz),
            Some(FileKind::Gzip | FileKind::Zstandard) => {
                let content = container::decompressed_beginning(&input.beginning);
                let compression = Compression::detect(&input.beginning);
                Self::in_content(FileKind::detect(&content), &content, compression, options)
            }
            _ => Self::in_content(kind, &input.beginning, Compression::None, options),
        }
    }

    /// The kind of an input by the first bytes that are in it, once it is decompressed, and what these are.
    fn in_content(
        kind: Option<FileKind>,
        beginning: &[u8],
        compression: Compression,
        options: &OpenOptions,
    ) -> Option<Self> {
        match kind {
            Some(FileKind::Warc) => Some(Self::Warc(compression)),
            None if json_lines::is_data_set(beginning, &options.columns) => Some(Self::JsonLines(compression)),
            _ => None,
        }
    }

    /// The records of an input of this kind.
    pub fn open(self, input: Input, options: &OpenOptions) -> Records {
        let (name, modified) = (input.name.clone(), input.modified);
        match self {
            Self::Warc(compression) => {
                let members = Members::new(input.into_reader(), compression, b"WARC/", options);
                Box::new(warc::Warc::new(name, modified, Stream::new(members), options))
            }
            Self::Wacz(files) => Box::new(Wacz::new(input, files, options)),
            Self::JsonLines(compression) => {
                let members = Members::new(input.into_reader(), compression, b"{", options);
                Box::new(json_lines::JsonLines::new(name, modified, Stream::new(members), options))
            }
            #[cfg(feature = "parquet")]
            Self::Parquet(metadata) => match parquet::Parquet::new(input, metadata, options) {
                Ok(rows) => Box::new(rows),
                Err(error) => Box::new(std::iter::once(Err(error))),
            },
        }
    }
}
