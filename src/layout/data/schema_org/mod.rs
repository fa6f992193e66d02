//! HTML of any publisher, with a schema.org `LiveBlogPosting` in its scripts, or in the attributes of its elements.
//!
//! ```json
//! {"@type": "LiveBlogPosting", "headline": "Tunnel under water", "liveBlogUpdate": [
//!   {"@type": "BlogPosting", "headline": "Tunnel reopens", "datePublished": "2023-06-19T14:27:00+01:00",
//!    "author": {"@type": "Person", "name": "Ada Example"}, "articleBody": "It reopened at noon."}]}
//! ```
//!
//! Every publisher writes it in a way of its own; all ways seen so far are read. Entries have no lines:
//! those of the HTML mean nothing to a reader.

mod body;
mod entry;
mod json;
mod mend;
mod microdata;
mod own_ids;
mod page_identity;
mod posting;
mod publisher;
mod repeated;
mod time;
mod written_time;

use chrono::TimeDelta;
use serde_json::Value;

use crate::html::{Addresses, Html};
use crate::input::Document;
use crate::layout::letters::letters;
use crate::layout::{ParseOptions, empty};
use crate::model::{Code, Coverage, Entry, Layout, LiveBlog, Warning};
use entry::people;
use json::words;
use page_identity::PageIdentity;
use posting::{Data, Posting, title};
use publisher::Publishers;
use repeated::PageValues;

pub use body::Body;
pub use entry::Remark;
pub use page_identity::address_key;
pub use repeated::shared;

/// A live blog whose entries may still be filled from elsewhere in the page.
#[derive(Debug)]
pub struct Found {
    /// The live blog, without its entries.
    pub blog: LiveBlog,
    /// Its entries.
    pub entries: Vec<FoundEntry>,
    /// Whether the elements of the document are marked as its data, so that their bodies are whole.
    pub is_marked: bool,
}

/// An entry, and what is doubtful about it.
#[derive(Debug, Default)]
pub struct FoundEntry {
    /// The entry.
    pub entry: Entry,
    /// Its doubts.
    pub remarks: Vec<Remark>,
    /// What names it in the document: none of them names another entry.
    pub ids: Vec<String>,
    /// Whether the data has the page's time as its own.
    pub repeats_time: bool,
    /// Whether its title is one that most entries have in the data.
    pub repeats_title: bool,
    /// Whether another entry has the same title in the data.
    pub is_common_title: bool,
}

impl FoundEntry {
    /// Removes a title that the data repeats.
    pub fn drop_repeated_title(&mut self) {
        if std::mem::take(&mut self.repeats_title) {
            self.entry.title = None;
        }
    }
}

/// Reads the live blog in the data of a page: in its scripts, else in the attributes of its elements. It may have no entries.
pub fn read(page: &Html, document: &Document, options: &ParseOptions) -> Option<Found> {
    let is_filled = |found: &Found| !found.entries.is_empty();
    let in_scripts = read_posting(&Data::read(page.data()), Some(page), document, options);
    if in_scripts.as_ref().is_some_and(is_filled) {
        return in_scripts;
    }
    let marked = read_posting(&Data::new(microdata::read(page)), Some(page), document, options);
    let marked = marked.map(|found| Found { is_marked: true, ..found });
    if marked.as_ref().is_some_and(is_filled) { marked } else { in_scripts.or(marked) }
}

/// Reads the live blog in scripts alone.
pub fn read_scripts(
    scripts: impl Iterator<Item = String>,
    document: &Document,
    options: &ParseOptions,
) -> Option<Found> {
    read_posting(&Data::read(scripts), None, document, options)
}

/// Reads the live blog in data, which is in `page` or alone.
fn read_posting(data: &Data, page: Option<&Html>, document: &Document, options: &ParseOptions) -> Option<Found> {
    let identity = PageIdentity::read(page, document);
    let Posting { object, updates, is_pages, others, nodes } = data.posting(&identity)?;
    let mut blog = empty(document, Layout::SchemaOrg);
    blog.title = title(object);
    blog.standfirst = words(object, "description");
    blog.authors = people(nodes.all(object, "author")).into_iter().map(|(name, _)| name).collect();
    blog.url = blog.url.or_else(|| own_url(object, &identity));
    let zone = time::DefaultZone { user: options.zone, page: time::page_offset(object) };
    let [start, end] = ["coverageStartTime", "coverageEndTime"].map(|key| time::at_key(object, key, zone));
    blog.coverage = Coverage { start: start.0, end: end.0 };
    blog.warnings.extend([start.1, end.1].into_iter().flatten().map(|(code, message)| page_warning(code, message)));

    if !is_pages && identity.has_address() {
        let title = blog.title.as_deref().unwrap_or_default();
        let message = format!("the live blog in the data, “{title}”, has another address and title than the page");
        blog.warnings.push(page_warning(Code::SourcesDisagree, message));
    }
    blog.warnings.extend(others.into_iter().map(|(other, count)| left_out(other, count)));

    let addresses = Addresses::new(blog.url.as_deref().or(page.and_then(|page| page.head().url.as_deref())));
    let publishers = Publishers::read(object, &updates, &nodes, &identity, blog.url.as_deref());
    let read = |update| {
        let (mut entry, mut remarks) = entry::entry(update, &nodes, &addresses, zone);
        // Clocks may be a little wrong.
        if let Some(at) = entry.published.take_if(|at| *at - options.now > TimeDelta::days(1)) {
            entry.published_local = None;
            remarks.push((Code::TimeUnread, format!("{at} has not come yet, so that no entry can be of it")));
        }
        FoundEntry { entry, remarks, ids: own_ids::candidates(update), ..FoundEntry::default() }
    };
    let mut entries: Vec<_> = updates.into_iter().map(read).collect();
    blog.zone = options.zone.filter(|_| entries.iter().any(|found| found.entry.published.is_some()));
    let mut page_values = PageValues::read(object, &nodes, identity, &addresses, zone);
    page_values.identity.titles.extend(blog.title.as_deref().map(letters));
    blog.warnings.extend(repeated::remove(&mut entries, &blog, &page_values));
    publishers.remove(&mut entries);
    own_ids::set(&mut entries, blog.url.as_deref());
    Some(Found { blog, entries, is_marked: false })
}

/// The address of the live blog: the page's own if the data says so, else the first in the data, without a place on it.
fn own_url(object: &Value, page: &PageIdentity) -> Option<String> {
    let url = posting::addresses(object).next()?;
    let pages = page.url.clone().filter(|_| page.is_address(&url));
    pages.or_else(|| url.split('#').next().map(str::to_owned))
}

/// The warning of another live blog beside the one that is read.
fn left_out(other: &Value, count: usize) -> Warning {
    let title = title(other).map_or("without a title".to_owned(), |title| format!("“{title}”"));
    let updates = if count == 1 { "1 update".to_owned() } else { format!("{count} updates") };
    let message = format!("the data contains another live blog, {title} with {updates}, which is not read");
    page_warning(Code::SourcesDisagree, message)
}

/// A warning that concerns no single entry.
pub fn page_warning(code: Code, message: String) -> Warning {
    Warning { code, line: None, entry: None, message }
}
