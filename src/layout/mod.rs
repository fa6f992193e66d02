//! Layouts: the grammars of live pages, one file or folder each, and the choice between them.
//!
//! A layout of text works in two steps. It *classifies*: each line gets exactly one *use*, so that nothing is lost
//! by construction. Then uses are *assembled* into entries, by one fold that all layouts share.

pub mod data;
mod document;
mod letters;
mod merge;
pub mod text;

use std::borrow::Cow;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use chrono_tz::Tz;
use thiserror::Error;

use crate::input::{self, Document, MAX_BYTES};
use crate::layout::text::line::{self, Line};
use crate::model::{Code, Coverage, Entry, Layout, LiveBlog, Warning};
use crate::time::years;
use data::own_json;
use text::explain::{explain_lines, explain_live_blog, with_furniture};
use text::{Classified, PageContext, bbc, live_reporting, sport};

pub use data::own_json::{OwnJsonError, split};
pub use text::explain::ExplainedLine;

/// The grammar of a layout of text: each line with its use, if there are entries on the page.
type TextGrammar = for<'a> fn(&[Line<'a>], PageContext) -> Option<Classified<'a>>;

/// The layouts of text, in the order in which they are tried: the first one that finds entries is the page's.
const TEXT_LAYOUTS: &[(Layout, TextGrammar)] = &[
    (Layout::Bbc, bbc::classify),
    (Layout::BbcSport, sport::classify),
    (Layout::BbcLiveReporting, live_reporting::classify),
];

/// The layouts of data. What data leaves out is taken from the document around it, see [`merge`].
const DATA_LAYOUTS: &[Layout] = &[Layout::SchemaOrg];

/// What there is to know about a layout beside its grammar.
pub(crate) struct LayoutSpec {
    /// Its name, as in the JSON.
    pub(crate) name: &'static str,
    /// What its pages are recognised by, for the message about a page that has none of it.
    pub(crate) looks_for: Option<&'static str>,
}

impl Layout {
    pub(crate) fn spec(self) -> LayoutSpec {
        let (name, looks_for) = match self {
            Layout::Bbc => ("bbc", Some("lines such as \"Title published at 14:27 British Summer Time 19 June 2023\"")),
            Layout::BbcLiveReporting => ("bbc-live-reporting", Some("a \"Live Reporting\" list")),
            Layout::BbcSport => ("bbc-sport", None),
            Layout::SchemaOrg => ("schema-org", Some("schema.org LiveBlogPosting data (JSON-LD or microdata)")),
            Layout::OwnJson => ("own-json", None),
            Layout::Other(name) => (name.as_str(), None),
        };
        LayoutSpec { name, looks_for }
    }

    /// Its name, as in the JSON: `bbc-live-reporting`.
    pub fn name(self) -> &'static str {
        self.spec().name
    }

    /// The layouts that pages are recognised as, in the order in which they are tried.
    pub fn recognisable() -> impl Iterator<Item = Layout> {
        TEXT_LAYOUTS.iter().map(|(layout, _)| *layout).chain(DATA_LAYOUTS.iter().copied())
    }
}

/// What a page is read with.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ParseOptions {
    /// The time now, UTC: what is inferred never lies after it.
    pub now: DateTime<Utc>,
    /// The zone of times that name none, instead of the layout's own.
    pub zone: Option<Tz>,
    /// The layout, instead of recognising it.
    pub layout: Option<Layout>,
    /// How many bytes a page may have that is packed in a container; [`MAX_BYTES`] unless set.
    pub max_bytes: u64,
}

/// Why a page could not be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ParseError {
    /// It is no text.
    #[error(transparent)]
    Input(#[from] input::Error),
    /// It is JSON of ours, but cannot be read.
    #[error(transparent)]
    OwnJson(#[from] OwnJsonError),
    /// Its lines are so many and so short that it is no text that anybody wrote.
    #[error("{lines} lines in {bytes} bytes, which is no live page")]
    TooManyLines {
        /// How many lines it has.
        lines: usize,
        /// How many bytes it has.
        bytes: usize,
    },
    /// It has no entries.
    #[error("no live-blog entries found\n  looked for {}", looked_for())]
    NoEntries,
}

/// What the layouts look for, wrapped and indented as part of a message.
fn looked_for() -> String {
    const WIDTH: usize = 100;
    let all: Vec<_> = Layout::recognisable().filter_map(|layout| layout.spec().looks_for).collect();
    let mut text = String::new();
    let mut width = 0;
    for (index, one) in all.iter().enumerate() {
        let part = match index {
            0 => (*one).to_owned(),
            _ if index + 1 == all.len() => format!("and for {one}"),
            _ => format!("for {one}"),
        };
        if index > 0 {
            text.push(',');
            let fits = width + part.len() < WIDTH;
            text.push_str(if fits { " " } else { "\n  " });
            width = if fits { width } else { 0 };
        }
        width += part.len();
        text.push_str(&part);
    }
    text
}

/// Reads one page.
///
/// # Errors
///
/// If the page is no text, or has no entries.
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
    let unpacked = document.unpack(options.max_bytes)?;
    let is_capture_time_given = document.captured.is_some();
    let document = &*unpacked.document;
    if let Some(own) = own_json::read(document) {
        let own = own?;
        let captured = document.captured.and_then(years::utc).or(own.captured);
        let url = document.url.clone().or(own.url);
        return Ok(LiveBlog { captured, url, ..own });
    }
    let decoded = unpacked.text()?;
    let blog = match SourceFormat::detect(&decoded.text, unpacked.is_html) {
        SourceFormat::Html => merge::read(&decoded.text, document, options),
        SourceFormat::Json => merge::read_data(&decoded.text, document, options),
        SourceFormat::Text => {
            check_lines(&decoded.text)?;
            read_text(decoded.text, document, options)
        }
    };
    let mut blog = blog.ok_or(ParseError::NoEntries)?;
    let encoding = decoded.guessed.then(|| guessed_encoding(decoded.encoding));
    let cut_off = unpacked.is_cut_off.then(cut_off);
    let doubts = cut_off.into_iter().chain(encoding).chain(capture_time_out_of_range(document));
    let refuted = if is_capture_time_given { None } else { take_refuted_capture_time(&mut blog) };
    let doubts = doubts.chain(unpacked.doubts.iter().cloned()).chain(refuted);
    blog.warnings.splice(0..0, doubts);
    Ok(blog)
}

/// Reads a page of text.
fn read_text(text: Cow<str>, document: &Document, options: &ParseOptions) -> Option<LiveBlog> {
    let text = text::normalize_page(text);
    text::read(&line::lines(&text), PageContext::from_document(document), document, options)
}

/// Returns what each line of a page was read as. For HTML, these are the lines of its document, or, if it contains
/// schema.org data, the values of the data, a line each. What a document drops, such as navigation, is a line of
/// furniture, with its number of words.
///
/// # Errors
///
/// Those of [`parse`].
pub fn explain(document: &Document, options: &ParseOptions) -> Result<Vec<ExplainedLine>, ParseError> {
    let unpacked = document.unpack(options.max_bytes)?;
    let document = &*unpacked.document;
    let decoded = unpacked.text()?;
    let explain_text = |lines: &[Line], page: PageContext| {
        let classified = classify_lines(lines, PageContext { explains: true, ..page }, options)?;
        Some(explain_lines(lines, &classified))
    };
    let explained = match SourceFormat::detect(&decoded.text, unpacked.is_html) {
        SourceFormat::Html => merge::explain(
            &decoded.text,
            document,
            options,
            |blog, furniture| Some(explain_live_blog(blog, furniture)),
            |lines, page, furniture| Some(with_furniture(explain_text(lines, page)?, furniture)),
        ),
        SourceFormat::Json => {
            merge::read_data(&decoded.text, document, options).map(|blog| explain_live_blog(&blog, &[]))
        }
        SourceFormat::Text => {
            check_lines(&decoded.text)?;
            let text = text::normalize_page(decoded.text);
            explain_text(&line::lines(&text), PageContext::from_document(document))
        }
    };
    explained.ok_or(ParseError::NoEntries)
}

/// Classifies the lines by the layout that the options name, else by the first one that finds entries.
pub(crate) fn classify_lines<'a>(
    lines: &[Line<'a>],
    page: PageContext,
    options: &ParseOptions,
) -> Option<Classified<'a>> {
    let Some(layout) = options.layout else {
        return TEXT_LAYOUTS.iter().find_map(|(_, classify)| classify(lines, page));
    };
    let (_, classify) = TEXT_LAYOUTS.iter().find(|(known, _)| *known == layout)?;
    // A layout that the user names needs no evidence.
    classify(lines, PageContext { is_live: true, ..page })
}

/// What a page is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SourceFormat {
    /// HTML, as a browser or a crawl saves it.
    Html,
    /// JSON of another program.
    Json,
    /// Text.
    Text,
}

impl SourceFormat {
    /// The format of a text, which may be known to be HTML.
    fn detect(text: &str, is_html: bool) -> SourceFormat {
        match text.trim_start().as_bytes().first() {
            first if is_html || first == Some(&b'<') && crate::html::is_html(text) => SourceFormat::Html,
            Some(b'{' | b'[') if text.contains("LiveBlogPosting") => SourceFormat::Json,
            _ => SourceFormat::Text,
        }
    }
}

fn guessed_encoding(encoding: &str) -> Warning {
    let message = match encoding {
        "windows-1252" => "the text is not UTF-8; read as windows-1252".to_owned(),
        _ => format!("the text is not all {encoding}, as it says; what is not is marked \u{fffd}"),
    };
    Warning { code: Code::EncodingGuessed, line: None, entry: None, message }
}

fn cut_off() -> Warning {
    let message = "the file is cut off within the page; what comes after is missing".to_owned();
    Warning { code: Code::PageCutOff, line: None, entry: None, message }
}

fn capture_time_out_of_range(document: &Document) -> Option<Warning> {
    let captured = document.captured.filter(|at| years::utc(*at).is_none())?;
    let message = years::outside(&captured.to_string());
    Some(Warning { code: Code::TimeUnread, line: None, entry: None, message })
}

/// Takes out a capture time that what the page is packed in names, and that the page refutes, as it has an entry of later
/// than that: some data sets have the time of publication where others have that of the capture.
fn take_refuted_capture_time(blog: &mut LiveBlog) -> Option<Warning> {
    /// The clocks of a crawler and of a publisher differ.
    const TOLERANCE: TimeDelta = TimeDelta::minutes(10);
    let latest = blog.entries.iter().filter_map(|entry| entry.published).max()?;
    let captured = blog.captured.take_if(|captured| latest > *captured + TOLERANCE)?;
    let [captured, latest] = [captured, latest].map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true));
    let message =
        format!("said to be saved at {captured}, but it has an entry of {latest}; when it was saved is not known");
    Some(Warning { code: Code::SourcesDisagree, line: None, entry: None, message })
}

/// Refuses a text of very many, nearly empty lines, because each line takes far more memory than a letter.
fn check_lines(text: &str) -> Result<(), ParseError> {
    /// As many as any page may have.
    const LINES: usize = 100_000;
    /// How many bytes there are for each line of a text that has more.
    const BYTES_PER_LINE: usize = 16;
    if text.len() <= LINES {
        return Ok(());
    }
    let lines = memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()).count();
    let most = (text.len() / BYTES_PER_LINE).max(LINES);
    if lines <= most { Ok(()) } else { Err(ParseError::TooManyLines { lines, bytes: text.len() }) }
}

/// A live blog with only what is known without reading the page.
pub(crate) fn empty(document: &Document, layout: Layout) -> LiveBlog {
    LiveBlog {
        url: document.url.clone(),
        source: document.source.clone(),
        captured: document.captured.and_then(years::utc),
        layout,
        ..LiveBlog::default()
    }
}

/// The times of the earliest and the latest entry.
pub(crate) fn coverage(entries: &[Entry]) -> Coverage {
    let times = || entries.iter().filter_map(|entry| entry.published);
    Coverage { start: times().min(), end: times().max() }
}

impl ParseOptions {
    /// Options for a page of which nothing is known but the time now.
    pub fn new(now: DateTime<Utc>) -> ParseOptions {
        ParseOptions { now, zone: None, layout: None, max_bytes: MAX_BYTES }
    }

    /// Reads times that name no zone in `zone`, instead of in the publisher's.
    #[must_use]
    pub fn zone(mut self, zone: impl Into<Option<Tz>>) -> ParseOptions {
        self.zone = zone.into();
        self
    }

    /// Parses the page as `layout`, instead of detecting it.
    #[must_use]
    pub fn layout(mut self, layout: impl Into<Option<Layout>>) -> ParseOptions {
        self.layout = layout.into();
        self
    }

    /// Refuses a page of more than `max_bytes` that is packed in a container.
    #[must_use]
    pub fn max_bytes(mut self, max_bytes: u64) -> ParseOptions {
        self.max_bytes = max_bytes;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_layouts_are_those_of_the_json() {
        for layout in Layout::recognisable().chain([Layout::OwnJson]) {
            assert_eq!(layout.name(), layout.to_string());
        }
    }

    #[test]
    fn the_schema_lists_every_layout() {
        let schema: serde_json::Value = serde_json::from_str(crate::model::SCHEMA).unwrap();
        let listed = schema["properties"]["layout"]["enum"].as_array().unwrap();
        for layout in Layout::recognisable().chain([Layout::OwnJson]) {
            assert!(listed.iter().any(|name| name == layout.name()), "{layout}");
        }
    }
}
