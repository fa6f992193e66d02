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
mod repeated;
mod time;
mod value;

use std::collections::HashMap;

use serde_json::Value;

use crate::html::{Addresses, Element, Html};
use crate::input::Document;
use crate::layout::{ParseOptions, empty};
use crate::model::{Code, Coverage, Entry, Layout, LiveBlog, Warning};
use entry::people;
use find::{Data, Posting};
use nodes::Nodes;
use repeated::OfPage;
use value::{address, image_addresses, words};

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
    /// Whether the data gives it the page's time for its own.
    pub repeats_time: bool,
    /// Whether its title is one that most entries have in the data.
    pub repeats_title: bool,
}

impl FoundEntry {
    /// Leaves out a title that the data repeats.
    pub fn drop_repeated_title(&mut self) {
        if std::mem::take(&mut self.repeats_title) {
            self.entry.title = None;
        }
    }
}

/// Reads the live blog that a page holds: in its scripts, else in the attributes of its elements.
pub fn read(page: &Html, document: &Document, options: &ParseOptions) -> Option<Found> {
    found(&Data::read(page.data()), Some(page), document, options).or_else(|| {
        let found = found(&Data::of(microdata::items(page)), Some(page), document, options)?;
        Some(Found { is_marked: true, ..found })
    })
}

/// Reads the live blog that scripts hold, if they hold one.
pub fn read_scripts(
    scripts: impl Iterator<Item = String>,
    document: &Document,
    options: &ParseOptions,
) -> Option<Found> {
    found(&Data::read(scripts), None, document, options)
}

/// Reads the live blog in data, which stands in `page` or alone.
fn found(data: &Data, page: Option<&Html>, document: &Document, options: &ParseOptions) -> Option<Found> {
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

    let addresses = Addresses::new(blog.url.as_deref().or(page.and_then(|page| page.head().url.as_deref())));
    let read = |update| entry::entry(update, &nodes, &addresses, options.zone);
    let mut entries: Vec<_> = updates
        .into_iter()
        .map(read)
        .map(|(entry, remarks)| FoundEntry { entry, remarks, ..FoundEntry::default() })
        .collect();
    blog.zone = options.zone.filter(|_| entries.iter().any(|found| found.entry.published.is_some()));
    let of_page = OfPage {
        titles: page.into_iter().flat_map(titles).chain(blog.title.clone()).collect(),
        times: ["datePublished", "dateCreated", "dateModified"]
            .iter()
            .filter_map(|key| time::of(object, key, options.zone).0)
            .collect(),
        texts: ["description", "articleBody", "text"].iter().filter_map(|key| words(object, key)).collect(),
        pictures: pictures(object, &nodes).filter_map(|url| addresses.absolute(&url)).collect(),
    };
    blog.warnings.extend(repeated::take_out(&mut entries, &blog, &of_page));
    name(&mut entries);
    let publishers = people(nodes.all(object, "publisher")).into_iter().map(|(name, _)| name).collect();
    Some(Found { blog, entries, is_marked: false, publishers })
}

/// What a page calls itself: its only `h1`, its `title`, and that without the name of the site: `Flood - Ellan News`.
fn titles(page: &Html) -> Vec<String> {
    let mut headings = page.elements().filter(|element| element.name() == "h1");
    let heading = headings.next().filter(|_| headings.next().is_none());
    let joined = |texts: Vec<String>| Some(texts.join(" ")).filter(|text| !text.is_empty());
    let heading = heading.map(|heading| heading.passages().into_iter().map(|passage| passage.text).collect());
    let head = page.elements().find(|element| element.name() == "title").and_then(Element::first_words);
    let title = head.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "));
    let without_site = |title: &String| {
        let ends = [" - ", " | ", " – ", " — "].iter().filter_map(|mark| title.rfind(mark));
        ends.map(|end| title[..end].to_owned()).collect::<Vec<_>>()
    };
    let shorter = title.iter().flat_map(without_site).collect::<Vec<_>>();
    heading.and_then(joined).into_iter().chain(title).chain(shorter).collect()
}

/// The addresses of the pictures of a page, and of its publisher's logo.
fn pictures<'a>(object: &'a Value, nodes: &Nodes<'a>) -> impl Iterator<Item = String> {
    let own = ["image", "thumbnailUrl", "primaryImageOfPage"].into_iter().flat_map(|key| nodes.all(object, key));
    let publishers: Vec<_> = nodes.all(object, "publisher").collect();
    let logos = publishers.into_iter().flat_map(|publisher| ["logo", "image"].map(|key| (publisher, key)));
    let logos: Vec<_> = logos.flat_map(|(publisher, key)| nodes.all(publisher, key)).collect();
    own.chain(logos).flat_map(image_addresses).collect::<Vec<_>>().into_iter()
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
