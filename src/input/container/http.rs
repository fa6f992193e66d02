//! What a server sent, as crawls keep it: a head, and a page that may be sent in chunks and compressed.
//!
//! ```text
//! HTTP/1.1 200 OK
//! Content-Type: text/html; charset=utf-8
//! Transfer-Encoding: chunked
//! Content-Encoding: gzip
//!
//! 1a4
//! …
//! ```

use std::borrow::Cow;
use std::io::{ErrorKind, Read};

use brotli_decompressor::Decompressor;
use encoding_rs::Encoding;
use flate2::bufread::{DeflateDecoder, ZlibDecoder};

use super::warc::field;
use super::{Content, FileKind, Problem, compressed};

/// The type of a page: `text/html; charset=utf-8`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct MediaType {
    is_html: bool,
    charset: Option<&'static Encoding>,
}

impl MediaType {
    pub(super) fn parse(value: &[u8]) -> Self {
        let mut parts = value.split(|&byte| byte == b';').map(<[u8]>::trim_ascii);
        let kind = parts.next().unwrap_or_default();
        let is_html = [&b"text/html"[..], b"application/xhtml+xml"].iter().any(|html| kind.eq_ignore_ascii_case(html));
        let charset = parts.find_map(|part| {
            let (name, label) = part.split_at_checked(8)?;
            let label = label.trim_ascii();
            let label = label.strip_prefix(b"\"").and_then(|label| label.strip_suffix(b"\"")).unwrap_or(label);
            name.eq_ignore_ascii_case(b"charset=").then(|| Encoding::for_label(label))?
        });
        Self { is_html, charset }
    }

    /// A page of that type, without its bytes.
    pub(super) fn content(self) -> Content {
        Content { is_html: self.is_html, charset: self.charset, ..Content::default() }
    }
}

/// Opens what a server sent.
pub(super) fn open(bytes: &[u8], max_bytes: u64) -> Result<Content, Problem> {
    if !bytes.starts_with(b"HTTP/") {
        // Some crawlers leave the head out.
        return Ok(Content { bytes: bytes.to_vec(), ..Content::default() });
    }
    let (mut media_type, mut is_chunked, mut encodings, mut at) = (MediaType::default(), false, Vec::new(), 0);
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        at += line.len();
        if line.trim_ascii().is_empty() {
            break;
        }
        let Some((name, value)) = field(line) else { continue };
        let is = |known: &str| name.eq_ignore_ascii_case(known.as_bytes());
        if is("Content-Type") {
            media_type = MediaType::parse(value);
        } else if is("Transfer-Encoding") {
            is_chunked = value.to_ascii_lowercase().ends_with(b"chunked");
        } else if is("Content-Encoding") {
            encodings = value.split(|&byte| byte == b',').map(|name| name.trim_ascii().to_ascii_lowercase()).collect();
        }
    }
    let (mut body, mut is_cut_off) = (Cow::Borrowed(&bytes[at..]), false);
    // Many crawlers undo what the head says, and leave the head as it was.
    if let Some((whole, is_whole)) = is_chunked.then(|| unchunk(&body)).flatten() {
        (body, is_cut_off) = (Cow::Owned(whole), !is_whole);
    }
    for encoding in encodings.iter().rev() {
        if let Some(decoded) = decode(encoding, &body, max_bytes)? {
            body = Cow::Owned(decoded);
        }
    }
    Ok(Content { bytes: body.into_owned(), is_cut_off, ..media_type.content() })
}

/// The bytes of chunks, and whether the last one is there; `None` if there are no chunks.
fn unchunk(mut bytes: &[u8]) -> Option<(Vec<u8>, bool)> {
    let mut whole = Vec::with_capacity(bytes.len());
    let mut is_first = true;
    loop {
        let Some((length, rest)) = chunk_head(bytes) else {
            return (!is_first).then_some((whole, false));
        };
        if length == 0 {
            return Some((whole, true));
        }
        let Some((chunk, rest)) = rest.split_at_checked(length) else {
            whole.extend_from_slice(rest);
            return Some((whole, false));
        };
        whole.extend_from_slice(chunk);
        bytes = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        is_first = false;
    }
}

/// The length of a chunk in hexadecimal digits, and what follows its line: `1a4;name=value`.
fn chunk_head(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = memchr::memchr(b'\n', &bytes[..bytes.len().min(1024)])?;
    let line = bytes[..end].split(|&byte| byte == b';').next()?.trim_ascii();
    let length = usize::from_str_radix(std::str::from_utf8(line).ok()?, 16).ok()?;
    Some((length, &bytes[end + 1..]))
}

/// Undoes a content encoding; `None` if the bytes are not encoded so, whatever the head says.
fn decode(encoding: &[u8], bytes: &[u8], max_bytes: u64) -> Result<Option<Vec<u8>>, Problem> {
    let kind = FileKind::detect(bytes);
    match encoding {
        b"gzip" | b"x-gzip" if kind == Some(FileKind::Gzip) => {
            compressed::open(FileKind::Gzip, bytes, max_bytes).map(|content| Some(content.bytes))
        }
        b"zstd" if kind == Some(FileKind::Zstandard) => {
            compressed::open(FileKind::Zstandard, bytes, max_bytes).map(|content| Some(content.bytes))
        }
        // By the standard it is zlib, but some servers send it bare.
        b"deflate" if is_zlib(bytes) => read(ZlibDecoder::new(bytes), max_bytes).map(Some),
        b"deflate" if !is_text(bytes) => read(DeflateDecoder::new(bytes), max_bytes).map(Some),
        b"br" if !is_text(bytes) => read(Decompressor::new(bytes, 4096), max_bytes).map(Some),
        b"" | b"identity" | b"gzip" | b"x-gzip" | b"zstd" | b"deflate" | b"br" => Ok(None),
        _ if is_text(bytes) => Ok(None),
        other => Err(Problem::Encoding(String::from_utf8_lossy(other).into_owned())),
    }
}

/// The two bytes before data of zlib are a multiple of 31.
fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [first, second, ..] if first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)).is_multiple_of(31))
}

/// Whether the bytes begin as text, so that they are not encoded any more.
fn is_text(bytes: &[u8]) -> bool {
    let beginning = &bytes[..bytes.len().min(512)];
    match std::str::from_utf8(beginning) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
}

fn read(decoder: impl Read, max_bytes: u64) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    match decoder.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes) {
        Ok(read) if read as u64 > max_bytes => Err(Problem::TooLarge),
        Ok(_) => Ok(bytes),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Err(Problem::CutOff),
        Err(_) => Err(Problem::Damaged),
    }
}
