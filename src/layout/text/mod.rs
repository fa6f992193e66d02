//! Text layouts: a page as lines, each with one use.

pub(crate) mod assemble;
pub(crate) mod bbc;
pub(crate) mod classify;
pub(crate) mod cursor;
pub(crate) mod evidence;
pub(crate) mod explain;
pub(crate) mod facts;
pub(crate) mod identity;
pub mod line;
pub(crate) mod live_reporting;
pub(crate) mod recognise;
pub(crate) mod sport;
pub(crate) mod suspicion;
pub(crate) mod tail;
pub(crate) mod times;
pub(crate) mod uses;

use std::borrow::Cow;

use super::{ParseOptions, coverage, empty};
use crate::html::normalize;
use crate::input::Document;
use crate::model::{Layout, LiveBlog};
use classify::Classified;
use line::Line;
use recognise::furniture::without_link_notes;

/// The text as its lines are read from it.
pub(crate) fn prepared(text: Cow<str>) -> Cow<str> {
    without_link_notes(line::unescape(normalize(text)))
}

/// Reads the lines of a page; `None` if there is no entry among them.
pub(crate) fn read(lines: &[Line], known: Known, document: &Document, options: &ParseOptions) -> Option<LiveBlog> {
    let mut classified = classify(lines, known, options)?;
    let mut blog = empty(document, classified.layout);
    let mut drafts = assemble::assemble(lines, &classified, &mut blog);
    let (zone, doubts) = times::settle(&mut drafts, &classified.starts, classified.home, document, options);
    classified.doubts.extend(doubts);
    classified.doubts.sort_by_key(|doubt| doubt.line);

    blog.zone = zone;
    blog.entries = drafts.into_iter().map(|draft| draft.entry).collect();
    identity::give_ids(&mut blog.entries);
    blog.coverage = coverage(&blog);
    blog.warnings = assemble::warnings(lines, &classified, &mut blog.entries);
    Some(blog)
}

/// What is known of a page beside its lines.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Known<'p> {
    /// Its title.
    pub(crate) title: Option<&'p str>,
    /// Whether it is a live page of the BBC, so that its lines need no evidence of that.
    pub(crate) is_bbc_live: bool,
}

impl Known<'_> {
    pub(crate) fn of(document: &Document) -> Known<'static> {
        Known { title: None, is_bbc_live: document.url.as_deref().is_some_and(evidence::is_live_address) }
    }
}

pub(crate) fn classify<'a>(lines: &[Line<'a>], known: Known, options: &ParseOptions) -> Option<Classified<'a>> {
    // Whoever names the layout needs no evidence for it.
    let known = Known { is_bbc_live: known.is_bbc_live || options.layout.is_some(), ..known };
    match options.layout {
        None => bbc::classify(lines, known)
            .or_else(|| sport::classify(lines, known))
            .or_else(|| live_reporting::classify(lines, known)),
        Some(Layout::Bbc) => bbc::classify(lines, known),
        Some(Layout::BbcSport) => sport::classify(lines, known),
        Some(Layout::BbcLiveReporting) => live_reporting::classify(lines, known),
        Some(_) => None,
    }
}
