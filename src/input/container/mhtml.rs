//! MHTML: a page and its images as the parts of a MIME message, as Chrome, Edge and Internet Explorer save it.
//!
//! ```text
//! From: <Saved by Blink>
//! Snapshot-Content-Location: https://news.example/live/flood
//! Date: Mon, 19 Jun 2023 14:27:05 -0000
//! MIME-Version: 1.0
//! Content-Type: multipart/related; type="text/html"; boundary="----MultipartBoundary--x----"
//!
//! ------MultipartBoundary--x----
//! Content-Type: text/html
//! Content-Transfer-Encoding: quoted-printable
//! Content-Location: https://news.example/live/flood
//!
//! <p>The caf=C3=A9 is =
//! open.</p>
//! ------MultipartBoundary--x------
//! ```

use chrono::{DateTime, Utc};
use encoding_rs::Encoding;
use mailparse::{MailHeaderMap, ParsedMail, parse_mail};

use super::{Content, Problem};
use crate::time::years;

pub(super) fn open(bytes: &[u8]) -> Result<Content, Problem> {
    let bytes = without_blank_lines(bytes);
    if has_too_many_parts(bytes) {
        return Err(Problem::Damaged);
    }
    let message = parse_mail(bytes).map_err(|_| Problem::Damaged)?;
    let location = message.headers.get_first_value("Snapshot-Content-Location");
    let page = root(&message, location.as_deref()).ok_or(Problem::NoPage)?;
    Ok(Content {
        doubts: Vec::new(),
        bytes: page.get_body_raw().map_err(|_| Problem::Damaged)?,
        is_html: true,
        charset: charset(page),
        url: location.or_else(|| page.headers.get_first_value("Content-Location")),
        captured: saved_at(&message),
        is_cut_off: is_cut_off(&message, page),
    })
}

/// A message begins with its first header; blank lines would end the headers.
fn without_blank_lines(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start()
}

/// Whether there are so many parts and headers, and so short ones, that no browser wrote them: each takes far more memory
/// than its line. Some lines within the parts are counted as well, those of a text below a line that begins with `--`.
fn has_too_many_parts(bytes: &[u8]) -> bool {
    /// As many as any page may have.
    const LINES: usize = 100_000;
    /// How many bytes there are for each line of a message that has more. Encoded texts have lines of 76.
    const BYTES_PER_LINE: usize = 64;
    let (mut count, mut in_headers, mut start) = (0, true, 0);
    for end in memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]) {
        let line = &bytes[start..end];
        start = end + 1;
        in_headers = line.starts_with(b"--") || in_headers && !line.trim_ascii().is_empty();
        count += usize::from(in_headers);
    }
    count > LINES.max(bytes.len() / BYTES_PER_LINE)
}

/// The part that is the page: the one that the message names as its start, or the one with the page's own address;
/// else the first one of HTML. The others of HTML are frames within the page.
fn root<'a>(message: &'a ParsedMail<'a>, location: Option<&str>) -> Option<&'a ParsedMail<'a>> {
    let start = message.ctype.params.get("start");
    let is =
        |part: &ParsedMail, header: &str, value: &str| part.headers.get_first_value(header).as_deref() == Some(value);
    let pages = || message.parts().filter(|part| is_html(part));
    pages()
        .find(|part| start.is_some_and(|start| is(part, "Content-ID", start)))
        .or_else(|| pages().find(|part| location.is_some_and(|location| is(part, "Content-Location", location))))
        .or_else(|| pages().next())
}

fn is_html(part: &ParsedMail) -> bool {
    matches!(part.ctype.mimetype.as_str(), "text/html" | "application/xhtml+xml")
}

/// The encoding that a part names; one that names none is not `us-ascii`, as MIME has it, but what its HTML says.
fn charset(part: &ParsedMail) -> Option<&'static Encoding> {
    Encoding::for_label(part.ctype.params.get("charset")?.as_bytes())
}

/// When the page was saved. The date of a message to somebody is when that was sent.
fn saved_at(message: &ParsedMail) -> Option<DateTime<Utc>> {
    if message.headers.get_first_header("To").is_some() {
        return None;
    }
    let date = message.headers.get_first_value("Date")?;
    years::utc(DateTime::parse_from_rfc2822(date.trim()).ok()?.to_utc())
}

/// Whether the message ends within a part: the line that ends the last part is missing.
fn is_cut_off(message: &ParsedMail, part: &ParsedMail) -> bool {
    !message.subparts.is_empty() && part.raw_bytes.as_ptr_range().end == message.raw_bytes.as_ptr_range().end
}
