//! Entries that the document marks alike and the data lacks: some that a template cut off, or all.
//!
//! ```html
//! <ol><li class="update"><time datetime="2024-01-05T12:05:00Z">13:05</time><p>The road is open.</p></li>
//!   <li class="update is-alert"><time datetime="2024-01-05T11:40:00Z">12:40</time><p>The road is shut.</p></li></ol>
//! ```

use std::collections::{HashMap, HashSet};

use crate::html::{Element, Html};
use crate::layout::document;

/// An element that no entry of the data belongs to, though it is marked as those of entries are.
pub struct Unlisted<'a> {
    /// The element.
    pub element: Element<'a>,
    /// Behind how many entries of the data it stands.
    pub place: usize,
    /// The only entry of the data that it may be, as both stand between the same neighbours.
    pub may_be: Option<usize>,
    /// Whether it may be one of several entries of the data whose elements were not found.
    pub is_doubtful: bool,
}

/// The elements that are marked as those of the entries of the data are, and are none of them.
pub fn unlisted<'a>(elements: &[Vec<Element<'a>>]) -> Vec<Unlisted<'a>> {
    let mut lists: Vec<Vec<(usize, Element)>> = Vec::new();
    let mut places = HashMap::new();
    for (index, element) in elements.iter().enumerate().filter_map(|(index, found)| Some((index, single(found)?))) {
        if let Some(parent) = element.ancestors().next() {
            let at = *places.entry(parent.key()).or_insert(lists.len());
            if at == lists.len() {
                lists.push(Vec::new());
            }
            lists[at].push((index, element));
        }
    }
    lists.iter().flat_map(|listed| beside(listed, elements)).collect()
}

/// The element of an entry, unless it has none or several.
pub fn single<'a>(found: &[Element<'a>]) -> Option<Element<'a>> {
    if let [element] = found { Some(*element) } else { None }
}

/// The unlisted elements in one list, of which some are found.
fn beside<'a>(listed: &[(usize, Element<'a>)], elements: &[Vec<Element<'a>>]) -> Vec<Unlisted<'a>> {
    let (_, first) = listed[0];
    let mark = Mark::shared(listed.iter().map(|(_, element)| *element));
    if !mark.is_sure(listed.len()) {
        return Vec::new();
    }
    let known: HashMap<_, _> = listed.iter().map(|(index, element)| (element.key(), *index)).collect();
    let around: HashSet<_> =
        elements.iter().flatten().flat_map(|element| element.ancestors()).map(|around| around.key()).collect();
    let is_entry = |element: &Element| {
        known.contains_key(&element.key())
            || mark.fits(*element) && !around.contains(&element.key()) && is_entry(*element)
    };
    let mut siblings: Vec<_> = siblings(first).filter(is_entry).collect();
    let indexes: Vec<_> = siblings.iter().filter_map(|element| known.get(&element.key())).collect();
    if indexes.windows(2).filter(|pair| pair[0] > pair[1]).count() * 2 > indexes.len().saturating_sub(1) {
        siblings.reverse();
    }
    let mut unlisted = Vec::new();
    let mut place = 0;
    let runs = siblings.chunk_by(|one, other| !known.contains_key(&one.key()) && !known.contains_key(&other.key()));
    let runs: Vec<_> = runs.collect();
    for (at, run) in runs.iter().enumerate() {
        if let Some(index) = known.get(&run[0].key()) {
            place = index + 1;
            continue;
        }
        let next = runs.get(at + 1).and_then(|next| known.get(&next[0].key())).copied();
        let next = next.unwrap_or(elements.len());
        let missing: Vec<_> = (place..next).filter(|index| elements[*index].is_empty()).collect();
        let are_same = missing.len() == run.len();
        unlisted.extend(run.iter().enumerate().map(|(nth, element)| Unlisted {
            element: *element,
            place,
            may_be: missing.get(nth).copied().filter(|_| are_same),
            is_doubtful: !missing.is_empty(),
        }));
    }
    unlisted
}

/// An element and those beside it, in their order.
fn siblings(element: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    let parent = element.ancestors().next();
    let first = parent.and_then(|parent| parent.descendants().find(|inner| !inner.is(parent)));
    first.into_iter().flat_map(|first| std::iter::once(first).chain(first.next_siblings()))
}

/// The name, the property and the classes that elements of entries share.
struct Mark<'a> {
    name: &'a str,
    property: Option<&'a str>,
    classes: Vec<&'a str>,
}

impl<'a> Mark<'a> {
    fn shared(mut elements: impl Iterator<Item = Element<'a>>) -> Mark<'a> {
        let Some(first) = elements.next() else { return Mark { name: "", property: None, classes: Vec::new() } };
        let mut classes = classes(first);
        elements.for_each(|element| classes.retain(|class| element.has_class(class)));
        Mark { name: first.name(), property: first.attr("itemprop"), classes }
    }

    /// Whether it is that of entries alone: one element without a class may be like any other.
    fn is_sure(&self, count: usize) -> bool {
        !self.classes.is_empty() || self.property.is_some() || count > 1 && matches!(self.name, "article" | "li")
    }

    fn fits(&self, element: Element) -> bool {
        let is_named = element.name() == self.name && element.attr("itemprop") == self.property;
        is_named && self.classes.iter().all(|class| element.has_class(class))
    }
}

fn classes(element: Element<'_>) -> Vec<&str> {
    element.attr("class").unwrap_or_default().split_whitespace().collect()
}

/// Whether an element has words and a time of its own.
fn is_entry(element: Element) -> bool {
    document::has_prose(element) && document::is_dated(element)
}

/// The entries of a page whose data has none: the largest group of elements with one parent, one name and one class, each
/// with words and with an instant in an attribute.
pub fn dated(page: &Html) -> Vec<Element<'_>> {
    /// Between an entry and its time there are few elements.
    const FURTHEST: usize = 6;
    /// Fewer may be anything.
    const FEWEST: usize = 2;
    let mut groups: Vec<Vec<Element>> = Vec::new();
    let mut places = HashMap::new();
    for time in page.elements().filter(|element| document::instants(*element).next().is_some()) {
        let around: Vec<_> = std::iter::once(time).chain(time.ancestors()).take(FURTHEST).collect();
        for pair in around.windows(2) {
            let (element, parent) = (pair[0], pair[1]);
            if matches!(element.name(), "html" | "head" | "body" | "time" | "meta") {
                continue;
            }
            let mark = (parent.key(), element.name(), classes(element).first().copied());
            let at = *places.entry(mark).or_insert(groups.len());
            if at == groups.len() {
                groups.push(Vec::new());
            }
            if groups[at].last().is_none_or(|last| !last.is(element)) {
                groups[at].push(element);
            }
        }
    }
    // A photo may be an entry without a word, but not most of them.
    let with_words = |group: &[Element]| group.iter().filter(|element| is_entry(**element)).count();
    groups.iter_mut().for_each(|group| group.retain(|element| document::has_content(*element)));
    groups.retain(|group| group.len() >= FEWEST && !is_by_readers(group[0]) && with_words(group) * 2 > group.len());
    groups.into_iter().rev().max_by_key(Vec::len).unwrap_or_default()
}

/// Whether an element is within what readers wrote.
fn is_by_readers(element: Element) -> bool {
    const WORDS: [&str; 5] = ["comment", "comments", "disqus", "responses", "replies"];
    let has_word = |names: &str| names.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| WORDS.contains(&word));
    let is_named = |around: Element| ["class", "id"].into_iter().filter_map(|name| around.attr(name)).any(has_word);
    std::iter::once(element).chain(element.ancestors()).any(is_named)
}
