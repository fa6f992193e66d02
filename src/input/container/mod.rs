//! What a page is packed in: a page that a browser saved as one file, a compressed file, or one in the other.
//!
//! A container is recognised by its content, never by the name of its file. It is opened where the page is parsed, so
//! that a [`Document`] has the bytes that the user has, and so does the archive.

#[cfg(feature = "containers")]
mod compressed;
#[cfg(feature = "containers")]
mod http;
#[cfg(feature = "containers")]
mod mhtml;
#[cfg(feature = "containers")]
pub(super) mod warc;
#[cfg(feature = "containers")]
mod web_archive;

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use encoding_rs::Encoding;

use super::{DecodedText, Document, Error, FileKind, printable};
use crate::model::Warning;

/// How many containers are opened, one in the other. A compressed file can contain itself.
const MAX_DEPTH: usize = 8;

/// A document without what it was packed in.
#[derive(Debug)]
pub(crate) struct Unpacked<'a> {
    /// The page, with the address and the time that the container names, where the user named none.
    pub document: Cow<'a, Document>,
    /// Whether the container ends within the page.
    pub is_cut_off: bool,
    /// Whether the container says that the page is HTML.
    pub is_html: bool,
    /// What the container says that is in doubt.
    pub doubts: Vec<Warning>,
    /// The encoding that the container names.
    charset: Option<&'static Encoding>,
}

impl Unpacked<'_> {
    /// The page as text.
    pub fn text(&self) -> Result<DecodedText<'_>, Error> {
        self.document.text_in(self.charset)
    }
}

impl Document {
    /// Opens what the page is packed in, so that it has at most `max_bytes`.
    pub(crate) fn unpack(&self, max_bytes: u64) -> Result<Unpacked<'_>, Error> {
        let mut unpacked = Unpacked {
            document: Cow::Borrowed(self),
            is_cut_off: false,
            is_html: false,
            doubts: Vec::new(),
            charset: None,
        };
        for _ in 0..MAX_DEPTH {
            let Some(kind) = FileKind::detect(&unpacked.document.bytes) else { break };
            let Some(opened) = open(kind, &unpacked.document.bytes, max_bytes) else { break };
            let name = || printable(&self.source).into_owned();
            let content = opened.map_err(|problem| match problem {
                Problem::CutOff => Error::CutOff { name: name(), kind },
                Problem::Damaged => Error::Damaged { name: name(), kind },
                Problem::NoPage => Error::NoPage { name: name(), kind },
                Problem::TooLarge => Error::TooLarge { name: name(), limit: max_bytes },
                Problem::Encoding(encoding) => Error::Encoding { name: name(), encoding },
            })?;
            unpacked = unpacked.with_content(content);
        }
        Ok(unpacked)
    }

    /// The document, or the first bytes of a compressed one: enough to see whether it may be our own JSON.
    pub(crate) fn beginning(&self) -> Cow<'_, [u8]> {
        decompressed_beginning(&self.bytes)
    }
}

/// The bytes, or the first ones that are compressed in them.
pub(super) fn decompressed_beginning(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut bytes = Cow::Borrowed(bytes);
    for _ in 0..MAX_DEPTH {
        let Some(kind) = FileKind::detect(&bytes) else { break };
        let Some(content) = beginning(kind, &bytes) else { break };
        bytes = Cow::Owned(content);
    }
    bytes
}

impl<'a> Unpacked<'a> {
    fn with_content(mut self, content: Content) -> Unpacked<'a> {
        self.doubts.extend(content.doubts);
        let Document { source, url, captured, modified, .. } = &*self.document;
        let is_published = |url: &String| url.starts_with("http://") || url.starts_with("https://");
        Unpacked {
            document: Cow::Owned(Document {
                source: source.clone(),
                url: url.clone().or(content.url.filter(is_published)),
                captured: captured.or(content.captured),
                modified: *modified,
                bytes: content.bytes,
            }),
            is_cut_off: self.is_cut_off || content.is_cut_off,
            is_html: content.is_html,
            doubts: self.doubts,
            charset: content.charset,
        }
    }
}

/// What was in a container, and what it says about it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Content {
    bytes: Vec<u8>,
    /// Whether it says that they are HTML.
    is_html: bool,
    /// The encoding of the bytes.
    charset: Option<&'static Encoding>,
    /// Where the page was published.
    url: Option<String>,
    /// When the page was saved, UTC.
    captured: Option<DateTime<Utc>>,
    /// Whether the container ends within the page.
    is_cut_off: bool,
    /// What it says that is in doubt.
    doubts: Vec<Warning>,
}

/// Why a container cannot be opened.
#[derive(Debug, PartialEq, Eq)]
enum Problem {
    /// It ends too early.
    CutOff,
    /// It can no longer be read.
    Damaged,
    /// There is no page in it.
    NoPage,
    /// What is in it is too large.
    TooLarge,
    /// The page is encoded in a way that is not read.
    Encoding(String),
}

/// Opens a container; `None` if files of that kind are not opened.
#[cfg(feature = "containers")]
fn open(kind: FileKind, bytes: &[u8], max_bytes: u64) -> Option<Result<Content, Problem>> {
    match kind {
        FileKind::Mhtml => Some(mhtml::open(bytes)),
        FileKind::SafariWebArchive => Some(web_archive::open(bytes)),
        FileKind::Gzip | FileKind::Zstandard => Some(compressed::open(kind, bytes, max_bytes)),
        FileKind::Warc => warc::open(bytes, max_bytes),
        _ => None,
    }
}

/// The first bytes in a compressed file.
#[cfg(feature = "containers")]
fn beginning(kind: FileKind, bytes: &[u8]) -> Option<Vec<u8>> {
    matches!(kind, FileKind::Gzip | FileKind::Zstandard).then(|| compressed::beginning(kind, bytes))
}

#[cfg(not(feature = "containers"))]
fn open(_: FileKind, _: &[u8], _: u64) -> Option<Result<Content, Problem>> {
    None
}

#[cfg(not(feature = "containers"))]
fn beginning(_: FileKind, _: &[u8]) -> Option<Vec<u8>> {
    None
}
