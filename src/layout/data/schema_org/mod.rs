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
mod microdata;
mod posting;
mod repeated;
mod time;

use std::collections::HashMap;

use serde_json::Value;

use crate::html::{Addresses, Html};
use crate::input::Document;
use crate::layout::{ParseOptions, empty};
use crate::model::{Code, Coverage, Entry, Layout, LiveBlog, Warning};
use entry::people;
use json::{address, words};
use posting::{Data, Posting};
use repeated::PageValues;

pub use body::Body;
pub use entry::Remark;
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
    /// The names of the page's publisher.
    pub publishers: Vec<String>,
}

/// An entry, and what is doubtful about it.
#[derive(Debug, Default)]
pub struct FoundEntry {
    /// The entry.
    pub entry: Entry,
    /// Its doubts.
    pub remarks: Vec<Remark>,
    /// Whether the data has the page's time as its own.
    pub repeats_time: bool,
    /// Whether its title is one that most entries have in the data.
    pub repeats_title: bool,
}

impl FoundEntry {
    /// Removes a title that the data repeats.
    pub fn drop_repeated_title(&mut self) {
        if std::mem::take(&mut self.repeats_title) {
            self.entry.title = None;
        }
    }
}

/// Reads the live blog in the data of a page: in its scripts, else in the attributes of its elements.
pub fn read(page: &Html, document: &Document, options: &ParseOptions) -> Option<Found> {
    read_posting(&Data::read(page.data()), Some(page), document, options).or_else(|| {
        let found = read_posting(&Data::new(microdata::read(page)), Some(page), document, options)?;
        Some(Found { is_marked: true, ..found })
    })
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
    let Posting { object, updates, others, nodes } = data.posting()?;
    let mut blog = empty(document, Layout::SchemaOrg);
    blog.title = title(object);
    blog.standfirst = words(object, "description");
    blog.authors = people(nodes.all(object, "author")).into_iter().map(|(name, _)| name).collect();
    let own_url = ["url", "@id", "mainEntityOfPage"].iter().filter_map(|key| address(object, key));
    blog.url = blog.url.or_else(|| own_url.into_iter().find(|url| url.starts_with("http")));
    let [start, end] = ["coverageStartTime", "coverageEndTime"].map(|key| time::at_key(object, key, options.zone));
    blog.coverage = Coverage { start: start.0, end: end.0 };
    blog.warnings.extend([start.1, end.1].into_iter().flatten().map(|(code, message)| page_warning(code, message)));

    blog.warnings.extend(others.into_iter().map(|(other, count)| left_out(other, count)));

    let addresses = Addresses::new(blog.url.as_deref().or(page.and_then(|page| page.head().url.as_deref())));
    let read = |update| entry::entry(update, &nodes, &addresses, options.zone);
    let found = |(entry, remarks)| FoundEntry { entry, remarks, ..FoundEntry::default() };
    let mut entries: Vec<_> = updates.into_iter().map(read).map(found).collect();
    blog.zone = options.zone.filter(|_| entries.iter().any(|found| found.entry.published.is_some()));
    let mut page_values = PageValues::read(object, &nodes, page, &addresses, options.zone);
    page_values.titles.extend(blog.title.clone());
    blog.warnings.extend(repeated::remove(&mut entries, &blog, &page_values));
    set_own_ids(&mut entries);
    let publishers = people(nodes.all(object, "publisher")).into_iter().map(|(name, _)| name).collect();
    Some(Found { blog, entries, is_marked: false, publishers })
}

fn title(object: &Value) -> Option<String> {
    words(object, "headline").or_else(|| words(object, "name"))
}

/// The warning of another live blog beside the one that is read.
fn left_out(other: &Value, count: usize) -> Warning {
    let title = title(other).map_or("without a title".to_owned(), |title| format!("“{title}”"));
    let updates = if count == 1 { "1 update".to_owned() } else { format!("{count} updates") };
    let message = format!("the page holds a second live blog, {title} with {updates}; the larger one is read");
    page_warning(Code::SourcesDisagree, message)
}

/// A warning that concerns no single entry.
pub fn page_warning(code: Code, message: String) -> Warning {
    Warning { code, line: None, entry: None, message }
}

/// Sets the ids that the entries' addresses contain, but for those that several share.
fn set_own_ids(entries: &mut [FoundEntry]) {
    let mut count = HashMap::new();
    for id in entries.iter().filter_map(|found| own_id(&found.entry)) {
        *count.entry(id).or_insert(0) += 1;
    }
    for FoundEntry { entry, .. } in entries {
        entry.id = own_id(entry).filter(|id| count.get(id) == Some(&1)).unwrap_or_default();
    }
}

/// The id in an entry's address: its fragment, else the post that it asks for; or the `@id`, if that is no address.
fn own_id(entry: &Entry) -> Option<String> {
    if !entry.id.is_empty() {
        return Some(entry.id.clone());
    }
    let (address, fragment) = entry.url.as_deref()?.split_once('#').unwrap_or((entry.url.as_deref()?, ""));
    let query = address.split_once('?').map_or("", |(_, query)| query);
    let post = url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "post").map(|(_, id)| id);
    post.map(|id| id.into_owned()).or_else(|| (!fragment.is_empty()).then(|| fragment.to_owned()))
}
