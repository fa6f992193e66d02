//! A record of a crawl, in WARC: a head, and a page of text, or what a server sent.
//!
//! ```text
//! WARC/1.0
//! WARC-Type: conversion
//! WARC-Target-URI: https://pages.example/live
//! WARC-Date: 2024-01-02T03:04:05Z
//! Content-Type: text/plain
//! Content-Length: 4000
//!
//! Tunnel reopens published at 14:27 …
//! ```

use chrono::{DateTime, Utc};
use memchr::memmem;
use url::Url;

use super::http;
use super::{Content, Problem};
use crate::model::{Code, Warning};

/// A head has at most so many bytes.
pub const MAX_HEAD: usize = 64 << 10;

/// The head of a record.
#[derive(Debug, Default)]
pub struct Head<'a> {
    /// What the record is: `response`, `conversion` …
    kind: &'a [u8],
    /// How many bytes follow the head; `None` if it does not say so.
    pub length: Option<u64>,
    url: Option<&'a [u8]>,
    date: Option<&'a [u8]>,
    content_type: &'a [u8],
    is_truncated: bool,
}

impl<'a> Head<'a> {
    /// Reads the head at the beginning of `bytes`, which has that length with the blank line behind it; `None` if there
    /// is no whole head.
    pub fn parse(bytes: &'a [u8]) -> Option<(Self, usize)> {
        let bytes = &bytes[..bytes.len().min(MAX_HEAD)];
        if !begins_record(bytes) {
            return None;
        }
        let (mut head, mut at) = (Self::default(), 0);
        for line in bytes.split_inclusive(|&byte| byte == b'\n') {
            at += line.len();
            match line {
                [b'\n'] | [b'\r', b'\n'] => return Some((head, at)),
                _ => head.add(line),
            }
        }
        None
    }

    /// Adds a line, if it is a field that matters.
    fn add(&mut self, line: &'a [u8]) {
        let Some((name, value)) = field(line) else { return };
        let is = |known: &str| name.eq_ignore_ascii_case(known.as_bytes());
        if is("WARC-Type") {
            self.kind = value;
        } else if is("Content-Length") {
            self.length = std::str::from_utf8(value).ok().and_then(|value| value.parse().ok());
        } else if is("WARC-Target-URI") {
            // An early draft of the standard has it in brackets.
            let bare = value.strip_prefix(b"<").and_then(|value| value.strip_suffix(b">"));
            self.url = Some(bare.unwrap_or(value));
        } else if is("WARC-Date") {
            self.date = Some(value);
        } else if is("Content-Type") {
            self.content_type = value;
        } else if is("WARC-Truncated") {
            self.is_truncated = true;
        }
    }

    /// Whether records of its kind contain pages. A revisit has only the head of the page, a request what was asked.
    pub fn may_have_page(&self) -> bool {
        ["conversion", "response", "resource"].iter().any(|kind| self.kind.eq_ignore_ascii_case(kind.as_bytes()))
    }

    /// Where the page was published; and the doubt about an address that is none.
    fn url(&self) -> (Option<String>, Option<Warning>) {
        let Some(value) = self.url else { return (None, None) };
        let value = String::from_utf8_lossy(value);
        match Url::parse(&value) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => (Some(value.into_owned()), None),
            _ => (None, Some(doubt(Code::AddressUnread, format!("“{value}” is no address of a page")))),
        }
    }

    /// When the page was saved, UTC; and the doubt about a date that is none.
    fn captured(&self) -> (Option<DateTime<Utc>>, Option<Warning>) {
        let Some(value) = self.date else { return (None, None) };
        let value = String::from_utf8_lossy(value);
        match DateTime::parse_from_rfc3339(&value) {
            Ok(time) => (Some(time.to_utc()), None),
            Err(_) => (None, Some(doubt(Code::TimeUnread, format!("“{value}” is no time at which a page was saved")))),
        }
    }
}

fn doubt(code: Code, message: String) -> Warning {
    Warning { code, line: None, entry: None, message }
}

/// Whether a record begins here: `WARC/1.0` and the end of the line.
pub fn begins_record(bytes: &[u8]) -> bool {
    match bytes {
        [b'W', b'A', b'R', b'C', b'/', b'0'..=b'9', b'.', b'0'..=b'9', end, ..] => end.is_ascii_whitespace(),
        _ => false,
    }
}

/// Where the next record begins in `bytes`, on a line of its own behind others.
pub fn find_record(bytes: &[u8]) -> Option<usize> {
    memmem::find_iter(bytes, b"\nWARC/").map(|at| at + 1).find(|at| begins_record(&bytes[*at..]))
}

/// `Name: value`
pub(super) fn field(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = memchr::memchr(b':', line)?;
    Some((line[..colon].trim_ascii(), line[colon + 1..].trim_ascii()))
}

/// Writes a page of text or HTML as a record, with what is said to be its address and when it was saved.
pub fn write_record(url: Option<&str>, date: Option<&str>, page: &[u8]) -> Vec<u8> {
    let mut record = b"WARC/1.1\r\nWARC-Type: conversion\r\n".to_vec();
    for (name, value) in [("WARC-Target-URI", url), ("WARC-Date", date)] {
        let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) else { continue };
        // A head is not so long either. What is left of the address begins as none does, so that it is reported.
        let is_long = value.len() > MAX_HEAD / 4;
        let value =
            if is_long { ['…'].into_iter().chain(value.chars().take(100)).collect() } else { value.to_owned() };
        record.extend(format!("{name}: {}\r\n", value.replace(char::is_control, " ")).into_bytes());
    }
    // A page in another encoding says which, or it is guessed.
    let charset = if std::str::from_utf8(page).is_ok() { "; charset=utf-8" } else { "" };
    record.extend(format!("Content-Type: text/plain{charset}\r\nContent-Length: {}\r\n\r\n", page.len()).bytes());
    record.extend_from_slice(page);
    record
}

/// Opens a record; `None` if it is none that contains a page, or not the only one.
pub(super) fn open(bytes: &[u8], max_bytes: u64) -> Option<Result<Content, Problem>> {
    let (head, start) = Head::parse(bytes)?;
    let length = head.length.and_then(|length| usize::try_from(length).ok())?;
    let body = bytes[start..].get(..length)?;
    let rest = &bytes[start + length..];
    if !head.may_have_page() || !rest.trim_ascii().is_empty() {
        return None;
    }
    let is_http = head.content_type.get(..16).is_some_and(|kind| kind.eq_ignore_ascii_case(b"application/http"));
    let opened = match is_http {
        true => http::open(body, max_bytes),
        false => Ok(Content { bytes: body.to_vec(), ..http::MediaType::parse(head.content_type).content() }),
    };
    Some(opened.map(|content| {
        let ((url, no_url), (captured, no_time)) = (head.url(), head.captured());
        let is_cut_off = content.is_cut_off || head.is_truncated;
        let doubts = no_url.into_iter().chain(no_time).collect();
        Content { url, captured, is_cut_off, doubts, ..content }
    }))
}
