//! Entries in any publisher's document: the element that holds the entry that the data tells of.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::layout::recognise::furniture::is_furniture;
use crate::layout::schema_org::Body;
use crate::layout::words::ENGLISH;
use crate::model::Entry;
use crate::page::Html;
use crate::page::html::{Element, Kind, Passage};

/// The elements of a document, by what tells which entry they hold.
pub struct Elements<'a> {
    by_id: HashMap<&'a str, Element<'a>>,
    by_title: HashMap<String, Vec<Element<'a>>>,
}

impl<'a> Elements<'a> {
    /// The elements of a page.
    pub fn of(page: &'a Html) -> Elements<'a> {
        let mut by_title: HashMap<_, Vec<_>> = HashMap::new();
        for element in page.elements().filter(|element| is_heading(*element)) {
            if let Some(title) = element.passages().into_iter().next() {
                by_title.entry(key(&title.text)).or_default().push(element);
            }
        }
        Elements { by_id: page.by_id(), by_title }
    }

    /// The entry as the document tells it: found by its id, by its address, or by its title and time.
    pub fn entry(&self, entry: &Entry) -> Option<Entry> {
        let by_id = self.by_id.get(entry.id.as_str()).filter(|_| !entry.id.is_empty());
        let fragment = entry.url.as_deref().and_then(|url| url.split_once('#')).map(|(_, fragment)| fragment);
        let found = by_id.or_else(|| self.by_id.get(fragment?)).copied().or_else(|| self.titled(entry))?;
        told(holder(found)?, entry)
    }

    /// The heading with the entry's title. Of several, the one beside the entry's time.
    fn titled(&self, entry: &Entry) -> Option<Element<'a>> {
        let headings = self.by_title.get(&key(entry.title.as_deref()?))?;
        match &headings[..] {
            [heading] => Some(*heading),
            several => several.iter().copied().find(|heading| {
                let time = holder(*heading).and_then(datetime);
                time.zip(entry.published).is_some_and(|(one, other)| (one - other).num_seconds().abs() < 60)
            }),
        }
    }
}

/// The innermost element around a mark or a heading that holds more than it, and no other entry.
fn holder(element: Element) -> Option<Element> {
    /// Between a heading and the element that holds the entry there are few others.
    const LEVELS: usize = 4;
    let is_rich = |element: &Element| element.passages().iter().any(|passage| is_content(&passage.kind));
    if !is_heading(element) && is_rich(&element) {
        return Some(element);
    }
    let found = element.around().take(LEVELS).find(is_rich)?;
    let headings = found.within().filter(|inner| is_heading(*inner)).take(2).count();
    (headings < 2).then_some(found)
}

fn is_heading(element: Element) -> bool {
    matches!(element.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn is_content(kind: &Kind) -> bool {
    !matches!(kind, Kind::Heading(_) | Kind::Time(_))
}

/// What an element says of its entry.
fn told(element: Element, entry: &Entry) -> Option<Entry> {
    let mut passages = element.passages();
    let is_title = |passage: &Passage| {
        matches!(passage.kind, Kind::Heading(_))
            && entry.title.as_deref().is_none_or(|title| key(title) == key(&passage.text))
    };
    // What stands above the title is time, byline and kicker.
    let heading = passages
        .iter()
        .position(is_title)
        .or_else(|| passages.iter().position(|passage| matches!(passage.kind, Kind::Heading(_))));
    let below = passages.split_off(heading.map_or(0, |heading| heading + 1));
    let title = passages.pop().map(|heading| heading.text);
    let body = Body::of(below.into_iter().filter(|passage| !is_around(passage, entry)).collect());
    let published = datetime(element);
    Some(Entry { title, published, body: body.blocks, images: body.images, media: body.media, ..Entry::default() })
}

/// Whether the words stand around every entry: its time, its author, tools to share it.
fn is_around(passage: &Passage, entry: &Entry) -> bool {
    let text = passage.text.as_str();
    let names = entry.author.iter().chain(&entry.role).chain(&entry.co_authors);
    let is_name = |name: &String| text == name || text.strip_prefix(ENGLISH.by) == Some(name);
    matches!(passage.kind, Kind::Time(_)) || is_furniture(text, &ENGLISH) || names.into_iter().any(is_name)
}

/// The time of the first `datetime` attribute.
fn datetime(element: Element) -> Option<DateTime<Utc>> {
    let mut told = std::iter::once(element).chain(element.within()).filter_map(|inner| inner.attr("datetime"));
    told.find_map(|words| Some(DateTime::parse_from_rfc3339(words.trim()).ok()?.to_utc()))
}

/// A title by which it is found, whatever its spaces.
fn key(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}
