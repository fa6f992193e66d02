//! Entries in any publisher's document: the element that contains an entry of the data.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};

use crate::html::{Element, ElementSet, Html, Passage, PassageKind};
use crate::layout::data::schema_org::Body;
use crate::layout::text::recognise::furniture::is_furniture;
use crate::layout::text::recognise::name::is_name;
use crate::layout::text::recognise::shape::strip_opening;
use crate::locale::ENGLISH;
use crate::model::Entry;
use crate::time::years;

/// The elements of a document, by what an entry is found by: its id, its title, its time.
pub struct Elements<'a> {
    page: &'a Html,
    by_id: HashMap<&'a str, Element<'a>>,
    /// The page's own heading, if there is one.
    heading: Option<Element<'a>>,
    /// Made when an entry is not found by its id.
    by_title: OnceCell<HashMap<String, Vec<Element<'a>>>>,
    /// Made for a title that several headings have.
    by_time: RefCell<HashMap<String, ByTime<'a>>>,
    /// The elements with several headings.
    crowded: OnceCell<ElementSet>,
}

/// Of the headings with one title, the first for each time beside one, in seconds since 1970, with its place
/// among them.
type ByTime<'a> = BTreeMap<i64, (usize, Element<'a>)>;

/// An element that contains one entry, and its passages.
struct EntryElement<'a> {
    element: Element<'a>,
    passages: Vec<Passage>,
}

impl<'a> Elements<'a> {
    /// The elements of a page.
    pub fn new(page: &'a Html) -> Elements<'a> {
        let mut headings = page.elements().filter(|element| element.name() == "h1");
        let heading = headings.next().filter(|_| headings.next().is_none());
        Elements {
            page,
            by_id: page.by_id(),
            heading,
            by_title: OnceCell::new(),
            by_time: RefCell::default(),
            crowded: OnceCell::new(),
        }
    }

    /// The entry as the document shows it: found by its id, by its address, or by its title and time.
    pub fn entry(&self, entry: &Entry) -> Option<Entry> {
        let by_id = self.by_id.get(entry.id.as_str()).filter(|_| !entry.id.is_empty());
        let fragment = entry.url.as_deref().and_then(|url| url.split_once('#')).map(|(_, fragment)| fragment);
        let marked = by_id.or_else(|| self.by_id.get(fragment?)).copied();
        let found = marked.and_then(|element| self.entry_element(element)).or_else(|| self.find_by_title(entry))?;
        Some(found.read(entry))
    }

    /// An element with the page's own heading contains all entries.
    fn is_whole_page(&self, found: &EntryElement) -> bool {
        self.heading.is_some_and(|heading| heading.ancestors().any(|around| around.is(found.element)))
    }

    /// The element of the heading with the entry's title. Of several, the first beside the entry's time.
    fn find_by_title(&self, entry: &Entry) -> Option<EntryElement<'a>> {
        let title = key(entry.title.as_deref()?);
        match &self.by_title.get_or_init(|| by_title(self.page)).get(&title)?[..] {
            [heading] => self.entry_element(*heading),
            several => self.entry_element(self.beside_time(title, several, entry.published?)?),
        }
    }

    /// The first of several headings with one title that has the same minute beside it.
    fn beside_time(&self, title: String, headings: &[Element<'a>], at: DateTime<Utc>) -> Option<Element<'a>> {
        let mut by_time = self.by_time.borrow_mut();
        let times = by_time.entry(title).or_insert_with(|| {
            let mut times = BTreeMap::new();
            for (index, heading) in headings.iter().enumerate() {
                if let Some(at) = self.entry_element(*heading).and_then(|found| datetime(found.element)) {
                    times.entry(at.timestamp()).or_insert((index, *heading));
                }
            }
            times
        });
        let near = times.range(at.timestamp() - 59..=at.timestamp() + 59);
        near.map(|(_, found)| found).min_by_key(|(index, _)| *index).map(|(_, heading)| *heading)
    }

    /// The innermost element around a mark or a heading that contains more than it, and no other entry.
    fn entry_element(&self, element: Element<'a>) -> Option<EntryElement<'a>> {
        self.nearest(element).filter(|found| !self.is_whole_page(found))
    }

    fn nearest(&self, element: Element<'a>) -> Option<EntryElement<'a>> {
        /// Between a heading and the element of the entry there are few others.
        const LEVELS: usize = 4;
        let with_content = |element: Element<'a>| {
            let passages = element.passages();
            passages.iter().any(|passage| is_content(&passage.kind)).then_some(EntryElement { element, passages })
        };
        if let Some(found) = Some(element).filter(|element| !element.is_heading()).and_then(with_content) {
            return Some(found);
        }
        let crowded = self.crowded.get_or_init(|| self.page.with_several(Element::is_heading));
        // What is around several headings need not be read: so is all around that.
        let mut around = element.ancestors().take(LEVELS).take_while(|around| !crowded.contains(*around));
        around.find_map(with_content)
    }
}

fn by_title(page: &Html) -> HashMap<String, Vec<Element<'_>>> {
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for element in page.elements().filter(|element| element.is_heading()) {
        if let Some(title) = element.passages().into_iter().next() {
            found.entry(key(&title.text)).or_default().push(element);
        }
    }
    found
}

fn is_content(kind: &PassageKind) -> bool {
    !matches!(kind, PassageKind::Heading(_) | PassageKind::Time(_))
}

impl EntryElement<'_> {
    /// Reads the entry in the element; `entry` is the same one in the data.
    fn read(self, entry: &Entry) -> Entry {
        let EntryElement { element, mut passages } = self;
        let is_heading = |passage: &Passage| matches!(passage.kind, PassageKind::Heading(_));
        let title = entry.title.as_deref().map(key);
        let is_title =
            |passage: &Passage| is_heading(passage) && title.as_ref().is_none_or(|title| *title == key(&passage.text));
        // Above the title are time, byline and kicker.
        let heading = passages.iter().position(is_title).or_else(|| passages.iter().position(is_heading));
        let below = passages.split_off(heading.map_or(0, |heading| heading + 1));
        let title = heading.and_then(|_| passages.pop()).map(|heading| heading.text);
        let author =
            below.first().and_then(|first| byline_below_title(&first.text)).or_else(|| author_beside_time(&passages));
        let around = |passage: &Passage| {
            is_around(passage, entry) || author.is_some() && byline_below_title(&passage.text) == author
        };
        let body = Body::from_passages(below.into_iter().filter(|passage| !around(passage)).collect());
        let published = datetime(element);
        Entry {
            title,
            author,
            published,
            body: body.blocks,
            images: body.images,
            media: body.media,
            ..Entry::default()
        }
    }
}

/// `By Ada Example` under a title.
fn byline_below_title(text: &str) -> Option<String> {
    strip_opening(text, ENGLISH.by).map(str::trim).filter(|name| is_name(name)).map(str::to_owned)
}

/// A name with the time above a title, on one line with it or not: `17:24 Ada Example`.
fn author_beside_time(above: &[Passage]) -> Option<String> {
    const KICKERS: [&str; 12] = [
        "breaking",
        "news",
        "live",
        "latest",
        "update",
        "updates",
        "key",
        "event",
        "moment",
        "exclusive",
        "watch",
        "opinion",
    ];
    let is_kicker = |word: &str| KICKERS.iter().any(|kicker| kicker.eq_ignore_ascii_case(word));
    let is_written = |text: &str| text.contains(char::is_lowercase) && !text.split_whitespace().any(is_kicker);
    let mut has_time = false;
    above.iter().find_map(|passage| {
        let name = passage.text.trim_start_matches(|c: char| !c.is_alphabetic());
        has_time |=
            matches!(passage.kind, PassageKind::Time(_)) || passage.text.starts_with(|c: char| c.is_ascii_digit());
        let is_author = has_time
            && matches!(passage.kind, PassageKind::Paragraph | PassageKind::Text | PassageKind::Author)
            && is_name(name)
            && is_written(name);
        is_author.then(|| name.to_owned())
    })
}

/// Longer than this, in bytes, is no name and no furniture.
const SHORT: usize = 120;

/// Whether the words are around every entry: its time, its author, tools to share it.
fn is_around(passage: &Passage, entry: &Entry) -> bool {
    let text = passage.text.as_str();
    let names = entry.author.iter().chain(&entry.role).chain(&entry.co_authors);
    let is_name = |name: &String| text == name || text.strip_prefix(ENGLISH.by) == Some(name);
    matches!(passage.kind, PassageKind::Time(_) | PassageKind::BreakingMark)
        || text.len() < SHORT && (is_furniture(text, &ENGLISH) || names.into_iter().any(is_name))
}

/// The time of the first `datetime` attribute.
fn datetime(element: Element) -> Option<DateTime<Utc>> {
    let mut values = std::iter::once(element).chain(element.descendants()).filter_map(|inner| inner.attr("datetime"));
    values.find_map(|words| Some(years::read(words.trim()).ok()??.to_utc()))
}

/// A title by which it is found, whatever its spaces.
fn key(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bodies that the document adds to entries of one title.
    fn bodies(html: &str, times: &[&str]) -> Vec<Option<Vec<crate::model::Block>>> {
        let page = Html::read(html, None);
        let elements = Elements::new(&page);
        let entry = |time: &&str| Entry { title: Some("A".into()), published: time.parse().ok(), ..Entry::default() };
        times.iter().map(|time| Some(elements.entry(&entry(time))?.body)).collect()
    }

    #[test]
    fn of_several_headings_with_one_title_the_first_beside_the_time_counts() {
        let post = |minute, words| {
            format!("<div><time datetime=2023-06-19T13:{minute}:00Z></time><h2>A</h2><p>{words}</p></div>")
        };
        let html = [post(27, "One."), post(28, "Two."), post(28, "Three.")].concat();
        let found = bodies(&html, &["2023-06-19T13:28:30Z", "2023-06-19T13:27:00Z", "2023-06-19T14:00:00Z", "no time"]);
        let body = |words| Some(vec![crate::model::Block::paragraph(words)]);
        assert_eq!(found, [body("Two."), body("One."), None, None]);
    }
}
