//! HTML of any publisher, with a schema.org `LiveBlogPosting` in its scripts, or in the attributes of its elements.
//!
//! ```json
//! {"@type": "LiveBlogPosting", "headline": "Tunnel under water", "liveBlogUpdate": [
//!   {"@type": "BlogPosting", "headline": "Tunnel reopens", "datePublished": "2023-06-19T14:27:00+01:00",
//!    "author": {"@type": "Person", "name": "Ada Example"}, "articleBody": "It reopened at noon."}]}
//! ```
//!
//! Every publisher writes it in a way of its own; what is there in any of the ways seen is read. Lines are not told:
//! those of the HTML mean nothing to a reader.

mod body;
mod entry;
mod find;
mod mend;
mod microdata;
mod nodes;
mod time;
mod value;

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{Options, empty};
use crate::input::Document;
use crate::model::{Code, Coverage, Entry, Layout, LiveBlog, Warning};
use crate::page::Html;
use crate::page::html::Addresses;
use entry::people;
use find::{Data, Posting};
use value::{address, image_addresses, words};

pub use body::Body;
pub use entry::Remark;

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
}

/// Reads the live blog that a page holds: in its scripts, else in the attributes of its elements.
pub fn read(page: &Html, document: &Document, options: &Options) -> Option<Found> {
    let url = page.head().url.as_deref();
    found(&Data::read(page.data()), url, document, options).or_else(|| {
        let found = found(&Data::of(microdata::items(page)), url, document, options)?;
        Some(Found { is_marked: true, ..found })
    })
}

/// Reads the live blog that scripts hold, if they hold one.
pub fn read_scripts(scripts: impl Iterator<Item = String>, document: &Document, options: &Options) -> Option<Found> {
    found(&Data::read(scripts), None, document, options)
}

/// Reads the live blog in data; `url` is what the head of its page gives as the page's own.
fn found(data: &Data, url: Option<&str>, document: &Document, options: &Options) -> Option<Found> {
    let Posting { object, updates, others, nodes } = data.posting()?;
    let mut blog = empty(document, Layout::SchemaOrg);
    blog.title = title(object);
    blog.standfirst = words(object, "description");
    blog.authors = people(nodes.all(object, "author")).into_iter().map(|(name, _)| name).collect();
    let own_url = ["url", "@id", "mainEntityOfPage"].iter().filter_map(|key| address(object, key));
    blog.url = blog.url.or_else(|| own_url.into_iter().find(|url| url.starts_with("http")));
    let [start, end] = ["coverageStartTime", "coverageEndTime"].map(|key| time::of(object, key, options.zone));
    blog.coverage = Coverage { start: start.0, end: end.0 };
    blog.warnings.extend([start.1, end.1].into_iter().flatten().map(|(code, message)| of_page(code, message)));

    blog.warnings.extend(others.into_iter().map(|(other, count)| left_out(other, count)));

    let addresses = Addresses::of(blog.url.as_deref().or(url));
    let read = |update| entry::entry(update, &nodes, &addresses, options.zone);
    let mut entries: Vec<_> =
        updates.into_iter().map(read).map(|(entry, remarks)| FoundEntry { entry, remarks }).collect();
    blog.zone = options.zone.filter(|_| entries.iter().any(|found| found.entry.published.is_some()));
    let pictures: HashSet<_> = nodes.all(object, "image").flat_map(image_addresses).collect();
    blog.warnings.extend(without_the_pages_own(&mut entries, &blog, &pictures));
    name(&mut entries);
    Some(Found { blog, entries, is_marked: false })
}

fn title(object: &Value) -> Option<String> {
    words(object, "headline").or_else(|| words(object, "name"))
}

/// That a page holds another live blog beside the one that is read.
fn left_out(other: &Value, count: usize) -> Warning {
    let title = title(other).map_or("without a title".to_owned(), |title| format!("“{title}”"));
    let updates = if count == 1 { "1 update".to_owned() } else { format!("{count} updates") };
    let message = format!("the page holds a second live blog, {title} with {updates}; the larger one is read");
    of_page(Code::SourcesDisagree, message)
}

/// A warning that concerns no single entry.
fn of_page(code: Code, message: String) -> Warning {
    Warning { code, line: None, entry: None, message }
}

/// Some publishers give each entry what is the page's: its headline, its picture, its address.
/// A title is told: without it, an entry may have none.
fn without_the_pages_own(entries: &mut [FoundEntry], blog: &LiveBlog, pictures: &HashSet<String>) -> Option<Warning> {
    let count = |holds: &dyn Fn(&Entry) -> bool| entries.iter().filter(|found| holds(&found.entry)).count();
    let titled = count(&|entry| entry.title.is_some() && entry.title == blog.title);
    let repeats_title = titled > 1;
    let is_own = |url: &Option<String>| url.as_ref().is_some_and(|url| pictures.contains(url));
    let repeats_picture = count(&|entry| entry.images.iter().any(|image| is_own(&image.url))) > 1;
    for FoundEntry { entry, .. } in entries {
        entry.title = entry.title.take().filter(|title| !repeats_title || Some(title) != blog.title.as_ref());
        entry.url = entry.url.take().filter(|url| Some(url) != blog.url.as_ref());
        entry.images.retain(|image| !repeats_picture || !is_own(&image.url));
    }
    let message = || format!("{titled} entries carry the page's own title; it is left out of them");
    repeats_title.then(|| of_page(Code::TitleRepeated, message()))
}

/// Gives the entries the ids that their addresses hold, but for such that several share.
fn name(entries: &mut [FoundEntry]) {
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
