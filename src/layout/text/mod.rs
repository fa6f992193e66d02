//! Text layouts: a page as lines, each with one use.

pub(crate) mod assemble;
pub(crate) mod bbc;
pub(crate) mod classify;
pub(crate) mod cursor;
pub(crate) mod evidence;
pub(crate) mod explain;
pub(crate) mod headline;
pub(crate) mod ids;
pub mod line;
pub(crate) mod live_reporting;
pub(crate) mod page_traits;
pub(crate) mod recognise;
pub(crate) mod rules;
pub(crate) mod run_together;
pub(crate) mod sport;
pub(crate) mod times;
pub(crate) mod uses;

use std::borrow::Cow;

use super::{ParseOptions, classify_lines, coverage, empty};
use crate::html::normalize;
use crate::input::Document;
use crate::model::LiveBlog;
use line::Line;
use recognise::furniture::remove_link_notes;

pub(crate) use classify::Classified;

/// Normalizes the text of a page: its spaces and escapes, and notes about links that are no words of the page.
pub(crate) fn normalize_page(text: Cow<str>) -> Cow<str> {
    remove_link_notes(line::unescape(normalize(text)))
}

/// What is known about a page beside its lines.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PageContext<'p> {
    /// Its title.
    pub(crate) title: Option<&'p str>,
    /// Whether it is known to be a live page, by its address, its document or the user, so that its lines need no
    /// evidence of that.
    pub(crate) is_live: bool,
    /// Whether its reading is to be explained.
    pub(crate) explains: bool,
}

impl PageContext<'_> {
    pub(crate) fn from_document(document: &Document) -> PageContext<'static> {
        PageContext {
            is_live: document.url.as_deref().is_some_and(evidence::is_live_address),
            ..PageContext::default()
        }
    }
}

/// Reads the lines of a page; `None` if there is no entry among them.
pub(crate) fn read(lines: &[Line], page: PageContext, document: &Document, options: &ParseOptions) -> Option<LiveBlog> {
    let mut classified = classify_lines(lines, page, options)?;
    let mut blog = empty(document, classified.layout);
    let mut drafts = assemble::assemble(lines, &classified, &mut blog);
    let (zone, doubts) = times::resolve_times(&mut drafts, &classified, document, options);
    classified.doubts.extend(doubts);
    classified.doubts.sort_by_key(|doubt| doubt.line);

    blog.zone = zone;
    blog.entries = drafts.into_iter().map(|draft| draft.entry).collect();
    ids::assign_ids(&mut blog.entries);
    blog.coverage = coverage(&blog.entries);
    blog.warnings = assemble::warnings(lines, &classified, &mut blog.entries);
    Some(blog)
}
