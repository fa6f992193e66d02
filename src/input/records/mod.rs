//! Files of many records, each of which may be a live page: crawls. One file a kind, which is known by its first bytes.
//!
//! A kind gets an [`Input`], reads it as its documents are asked for, and never holds more than a record and what is
//! needed to find the next one. What is wrong with a record is an error in its place, and the rest is read on.

mod members;
mod stream;
mod wacz;
mod warc;

use super::{Document, Error, FileKind, OpenOptions, documents::Input};
use crate::input::container;
use members::{Compression, Members};
use stream::Stream;
use wacz::Wacz;
use warc::Warc;

/// The documents of an input, or what is wrong with each.
pub(super) type Records = Box<dyn Iterator<Item = Result<Document, Error>> + Send>;

/// The records of an input, if it is a file of records; else the input.
pub(super) fn open(input: Input, options: &OpenOptions) -> Result<Records, Input> {
    if FileKind::detect(&input.beginning) == Some(FileKind::Zip) {
        return Wacz::open(input, options).map(|wacz| Box::new(wacz) as Records);
    }
    let content = container::decompressed_beginning(&input.beginning);
    match FileKind::detect(&content) {
        Some(FileKind::Warc) => Ok(Box::new(warc(input, options))),
        // Other kinds have their place here: each is recognised by the first bytes, and read by a file of its own.
        _ => Err(input),
    }
}

/// WARC, and so WET: the records of a crawl.
fn warc(input: Input, options: &OpenOptions) -> Warc {
    let (name, modified, compression) = (input.name.clone(), input.modified, Compression::detect(&input.beginning));
    let members = Members::new(input.into_reader(), compression, b"WARC/", options);
    Warc::new(name, modified, Stream::new(members), options)
}
