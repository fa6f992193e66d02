//! Layouts: the grammars of live pages, one file or folder each, and the choice between them.
//!
//! A layout of text works in two steps. It *classifies*: each line gets exactly one *use*, so that nothing is lost
//! by construction. Then uses are *assembled* into entries, by one fold that all layouts share.

pub mod data;
mod merge;
pub mod text;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use thiserror::Error;

use crate::input::{self, Document};
use crate::layout::text::line;
use crate::model::{Code, Coverage, Layout, LiveBlog, VERSION, Warning};
use crate::time::years;
use data::own_json;

pub use text::explain::{Explained, explain};

/// What the page itself does not tell.
#[derive(Debug, Clone)]
pub struct ParseOptions {
    /// The time now, UTC: what is inferred never lies after it.
    pub now: DateTime<Utc>,
    /// The zone of times that name none, instead of the layout's own.
    pub zone: Option<Tz>,
    /// The layout, instead of recognising it.
    pub layout: Option<Layout>,
}

/// Why a page could not be read.
#[derive(Debug, Error)]
pub enum ParseError {
    /// It is no text.
    #[error(transparent)]
    Input(#[from] input::Error),
    /// It is JSON of ours, but cannot be read.
    #[error(transparent)]
    OwnJson(#[from] own_json::Error),
    /// Its lines are so many and so short that it is no text that anybody wrote.
    #[error("{lines} lines in {bytes} bytes, which is no live page")]
    TooManyLines {
        /// How many lines it has.
        lines: usize,
        /// How many bytes it has.
        bytes: usize,
    },
    /// It holds no entries.
    #[error(
        "no live-blog entries found\n  \
         looked for lines such as \"Title published at 14:27 British Summer Time 19 June 2023\",\n  \
         for a \"Live Reporting\" list, and for schema.org LiveBlogPosting data (JSON-LD or microdata)"
    )]
    NoEntries,
}

/// Reads one page.
///
/// # Errors
///
/// If the page is no text, or holds no entries.
///
/// # Examples
///
/// ```
/// use liveblog::{Document, ParseOptions, parse};
///
/// let page = "1. Tunnel reopenspublished at 14:27 British Summer Time 19 June 2023\n\n    It reopened at noon.\n";
/// let blog = parse(&Document::from_text("page.txt", page), &ParseOptions::new("2023-06-20T00:00:00Z".parse()?))?;
/// assert_eq!(blog.entries[0].title.as_deref(), Some("Tunnel reopens"));
/// assert_eq!(blog.entries[0].published, Some("2023-06-19T13:27:00Z".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn parse(document: &Document, options: &ParseOptions) -> Result<LiveBlog, ParseError> {
    if let Some(own) = own_json::read(document) {
        let own = own?;
        let captured = document.captured.and_then(years::utc).or(own.captured);
        let url = document.url.clone().or(own.url);
        return Ok(LiveBlog { captured, url, ..own });
    }
    let decoded = document.text()?;
    let mut blog = match Form::of(&decoded.text) {
        Form::Html => merge::read(&decoded.text, document, options),
        Form::Data => merge::read_data(&decoded.text, document, options),
        Form::Text => {
            check_lines(&decoded.text)?;
            let lines = text::prepared(decoded.text);
            text::read(&line::lines(&lines), text::Known::of(document), document, options)
        }
    }
    .ok_or(ParseError::NoEntries)?;
    if let Some(captured) = document.captured.filter(|at| years::utc(*at).is_none()) {
        let message = years::outside(&captured.to_string());
        blog.warnings.insert(0, Warning { code: Code::TimeUnread, line: None, entry: None, message });
    }
    if decoded.guessed {
        let encoding = decoded.encoding;
        let message = match encoding {
            "windows-1252" => "the text is not UTF-8; read as windows-1252".to_owned(),
            _ => format!("the text is not all {encoding}, as it says; what is not is marked \u{fffd}"),
        };
        blog.warnings.insert(0, Warning { code: Code::EncodingGuessed, line: None, entry: None, message });
    }
    Ok(blog)
}

/// What a page is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// HTML, as a browser or a crawl saves it.
    Html,
    /// JSON of another program.
    Data,
    /// Text.
    Text,
}

impl Form {
    fn of(text: &str) -> Form {
        match text.trim_start().as_bytes().first() {
            Some(b'<') if crate::html::is_html(text) => Form::Html,
            Some(b'{' | b'[') if text.contains("LiveBlogPosting") => Form::Data,
            _ => Form::Text,
        }
    }
}

/// Refuses a text of very many lines that hold hardly anything: each line takes far more memory than a letter.
fn check_lines(text: &str) -> Result<(), ParseError> {
    /// As many as any page may have.
    const LINES: usize = 100_000;
    /// How many bytes there are for each line of a text that has more.
    const BYTES_PER_LINE: usize = 10;
    let lines = memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()).count();
    let most = (text.len() / BYTES_PER_LINE).max(LINES);
    if lines <= most { Ok(()) } else { Err(ParseError::TooManyLines { lines, bytes: text.len() }) }
}

/// A live blog that holds what is known without reading the page.
pub(crate) fn empty(document: &Document, layout: Layout) -> LiveBlog {
    LiveBlog {
        version: VERSION,
        title: None,
        standfirst: None,
        authors: Vec::new(),
        url: document.url.clone(),
        source: document.source.clone(),
        captured: document.captured.and_then(years::utc),
        layout,
        zone: None,
        coverage: Coverage::default(),
        summary: Vec::new(),
        media: Vec::new(),
        entries: Vec::new(),
        warnings: Vec::new(),
    }
}

/// The earliest and the latest entry.
pub(crate) fn coverage(blog: &LiveBlog) -> Coverage {
    let times = || blog.entries.iter().filter_map(|entry| entry.published);
    Coverage { start: times().min(), end: times().max() }
}

impl ParseOptions {
    /// Options for a page of which nothing is known but the time now.
    pub fn new(now: DateTime<Utc>) -> ParseOptions {
        ParseOptions { now, zone: None, layout: None }
    }
}
