//! The element of the document that an entry of the data belongs to: known by an id or an address, else by title and time,
//! else by the first words of the body, else by the clocks of all that are left.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Timelike, Utc};

use super::ids::Ids;
use crate::html::{Element, ElementSet, Html, PassageKind};
use crate::layout::data::schema_org::FoundEntry;
use crate::layout::document;
use crate::layout::letters::{body_letters, letters, push_letters};
use crate::model::Block;

/// The element of each entry, or those that follow each other; none if it is not found. No element belongs to two, and none
/// contains the element of another.
pub fn elements<'a>(page: &'a Html, entries: &[FoundEntry]) -> Vec<Vec<Element<'a>>> {
    let search = Search::new(page, entries);
    let mut anchors: Vec<_> = entries.iter().enumerate().map(|(index, found)| search.anchor(index, found)).collect();
    let found = around_anchors(page, &search, &anchors);
    let missing: Vec<_> = (0..entries.len()).filter(|index| found[*index].is_empty()).collect();
    let clocks = clocks(page, missing.iter().map(|index| &entries[*index]));
    if clocks.is_empty() {
        return found;
    }
    missing.into_iter().zip(clocks).for_each(|(index, clock)| anchors[index] = Some(clock));
    around_anchors(page, &search, &anchors)
}

/// The elements of entries around what marks them.
fn around_anchors<'a>(page: &'a Html, search: &Search<'a>, anchors: &[Option<Element<'a>>]) -> Vec<Vec<Element<'a>>> {
    let crowded = page.with_several(&ElementSet::new(&anchors.iter().flatten().copied().collect::<Vec<_>>()));
    let is_single = |element: &Element| !crowded.contains(*element) && !search.is_whole_page(*element);
    let found = |anchor: Element<'a>| {
        let around = search.around(anchor, &crowded).filter(is_single);
        let run = || Some(search.run(anchor, &crowded)).filter(|run| !run.is_empty());
        let whole = around.filter(|element| document::has_prose(*element)).map(|element| vec![element]);
        whole.or_else(run).or(around.map(|element| vec![element])).unwrap_or_default()
    };
    let mut seen = HashSet::new();
    let twice: HashSet<_> =
        anchors.iter().flatten().map(|anchor| anchor.key()).filter(|key| !seen.insert(*key)).collect();
    let single = anchors.iter().map(|anchor| anchor.filter(|anchor| !twice.contains(&anchor.key())));
    single.map(|anchor| anchor.map(found).unwrap_or_default()).collect()
}

/// What entries are found by.
struct Search<'a> {
    page: &'a Html,
    ids: Ids<'a>,
    /// The page's own heading, if there is one.
    heading: Option<Element<'a>>,
    by_title: HashMap<String, Headings<'a>>,
    words: Words<'a>,
    /// The elements by the instants in their attributes that one entry has.
    by_time: HashMap<i64, Option<Element<'a>>>,
    /// For each level of heading, the elements with several of it.
    with_headings: [ElementSet; 6],
}

/// The headings with one title.
struct Headings<'a> {
    first: Element<'a>,
    is_one: bool,
    /// Of several, the first for each time beside one, in seconds since 1970, with its place among them.
    by_time: BTreeMap<i64, (usize, Element<'a>)>,
}

const LEVELS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

impl<'a> Search<'a> {
    fn new(page: &'a Html, entries: &[FoundEntry]) -> Search<'a> {
        let mut headings = page.elements().filter(|element| element.name() == "h1");
        let heading = headings.next().filter(|_| headings.next().is_none());
        let with_headings = LEVELS.map(|level| {
            let headings: Vec<_> = page.elements().filter(|element| element.name() == level).collect();
            if headings.len() > 1 { page.with_several(&ElementSet::new(&headings)) } else { ElementSet::default() }
        });
        let words = Words::new(page, entries);
        let ids = Ids::new(page, entries);
        let by_time = by_time(page, entries);
        let mut search = Search { page, ids, heading, by_title: HashMap::new(), words, by_time, with_headings };
        search.by_title = search.headings();
        search
    }

    /// The headings of the page but its own, by their titles.
    fn headings(&self) -> HashMap<String, Headings<'a>> {
        let mut found: HashMap<_, Vec<Element>> = HashMap::new();
        let is_own = |element: Element| self.heading.is_some_and(|own| own.is(element));
        for element in self.page.elements().filter(|element| element.is_heading() && !is_own(*element)) {
            let title = element.passages().into_iter().find(|passage| !matches!(passage.kind, PassageKind::Time(_)));
            let title = title.map(|title| letters(&title.text)).filter(|title| !title.is_empty());
            if let Some(title) = title {
                found.entry(title).or_default().push(element);
            }
        }
        let headings = |(title, elements): (String, Vec<Element<'a>>)| {
            let mut by_time = BTreeMap::new();
            for (index, heading) in elements.iter().enumerate().filter(|_| elements.len() > 1) {
                let around = self.around(*heading, &ElementSet::default());
                if let Some(at) = around.and_then(document::published) {
                    by_time.entry(at.timestamp()).or_insert((index, *heading));
                }
            }
            (title, Headings { first: elements[0], is_one: elements.len() == 1, by_time })
        };
        found.into_iter().map(headings).collect()
    }

    /// What marks the element of an entry: the element itself, or something in it.
    fn anchor(&self, index: usize, found: &FoundEntry) -> Option<Element<'a>> {
        let by_title = || {
            let headings = self.by_title.get(&letters(found.entry.title.as_deref()?))?;
            if headings.is_one { Some(headings.first) } else { headings.beside(found.entry.published?) }
        };
        self.ids.element(index).or_else(by_title).or_else(|| self.words.element(&found.entry.body)).or_else(|| {
            let at = found.entry.published.filter(|_| !found.repeats_time)?;
            *self.by_time.get(&at.timestamp())?
        })
    }

    /// An element with the page's own heading contains all entries.
    fn is_whole_page(&self, element: Element) -> bool {
        self.heading.is_some_and(|heading| heading.ancestors().chain([heading]).any(|around| around.is(element)))
    }

    /// The element of an entry around what marks it: it contains more than a heading, and nothing of another entry.
    fn around(&self, anchor: Element<'a>, crowded: &ElementSet) -> Option<Element<'a>> {
        /// Between a heading and the element of the entry there are few others.
        const FURTHEST: usize = 6;
        let is_mark = anchor.is_heading() || self.words.is_anchor(anchor) || document::clock(anchor).is_some();
        if !is_mark && document::has_content(anchor) {
            return Some(anchor);
        }
        let has_several = |element: &Element| self.has_several(*element, anchor, crowded);
        let around: Vec<_> = anchor.ancestors().take(FURTHEST).take_while(|around| !has_several(around)).collect();
        let is_entry = |element: &&Element| matches!(element.name(), "article" | "li");
        around.iter().rev().find(is_entry).or(around.last()).copied().filter(|around| document::has_content(*around))
    }

    /// Where a heading and the body of its entry stand side by side: from what is around the heading alone to the next one.
    fn run(&self, anchor: Element<'a>, crowded: &ElementSet) -> Vec<Element<'a>> {
        let Some(level) = LEVELS.iter().position(|level| *level == anchor.name()) else { return Vec::new() };
        let around = std::iter::once(anchor).chain(anchor.ancestors());
        let around = around.take_while(|around| !self.has_several(*around, anchor, crowded));
        let Some(first) = around.last() else { return Vec::new() };
        let has_heading = |element: &Element| {
            let mut inside = std::iter::once(*element).chain(element.descendants());
            inside.any(|inner| LEVELS[..=level].contains(&inner.name()))
        };
        let mut run = vec![first];
        run.extend(first.next_siblings().take_while(|next| !has_heading(next)));
        // A clock above the next heading is its own.
        let is_clock = |element: &Element| matches!(&element.passages()[..], [line] if document::is_time(&line.text));
        while run.len() > 1 && run.last().is_some_and(is_clock) {
            run.pop();
        }
        if run.len() > 1 { run } else { Vec::new() }
    }

    /// Whether an element contains more than the entry of an anchor: several headings of its level, or another entry's anchor.
    fn has_several(&self, element: Element, anchor: Element, crowded: &ElementSet) -> bool {
        let level = LEVELS.iter().position(|level| *level == anchor.name()).map(|at| &self.with_headings[at]);
        let headings = level
            .map_or_else(|| self.with_headings.iter().any(|set| set.contains(element)), |set| set.contains(element));
        headings
            || crowded.contains(element)
            || self.is_whole_page(element)
            || matches!(element.name(), "body" | "html" | "main")
    }
}

/// The elements with the instants of entries in their attributes; those are none that several entries or elements have.
fn by_time<'a>(page: &'a Html, entries: &[FoundEntry]) -> HashMap<i64, Option<Element<'a>>> {
    let mut counts: HashMap<i64, usize> = HashMap::new();
    for at in entries.iter().filter_map(|found| found.entry.published) {
        *counts.entry(at.timestamp()).or_insert(0) += 1;
    }
    counts.retain(|_, count| *count == 1);
    let mut found: HashMap<i64, Option<Element>> = HashMap::new();
    for element in page.elements().filter(|_| !counts.is_empty()) {
        for at in document::instants(element).filter(|at| counts.contains_key(at)) {
            let place = found.entry(at).or_insert(Some(element));
            let is_inside = |outer: &Element| outer.is(element) || element.ancestors().any(|around| around.is(*outer));
            if !place.as_ref().is_some_and(is_inside) {
                *place = None;
            }
        }
    }
    found
}

/// The elements that show the clocks of entries, each of one; none unless all do, which those of another zone do not.
fn clocks<'a, 'f>(page: &'a Html, entries: impl Iterator<Item = &'f FoundEntry>) -> Vec<Element<'a>> {
    let clock = |found: &FoundEntry| {
        let local = found.entry.published_local.filter(|_| !found.repeats_time)?;
        Some((local.hour(), local.minute()))
    };
    let Some(wanted) = entries.map(clock).collect::<Option<Vec<_>>>().filter(|wanted| wanted.len() > 1) else {
        return Vec::new();
    };
    let mut places: HashMap<_, Vec<Element>> = wanted.iter().map(|clock| (*clock, Vec::new())).collect();
    for element in page.elements().filter(|element| element.name() != "body") {
        if let Some(shown) = document::clock(element).and_then(|clock| places.get_mut(&clock)) {
            let is_inside = |outer: &Element| element.ancestors().any(|around| around.is(*outer));
            if !shown.last().is_some_and(is_inside) {
                shown.push(element);
            }
        }
    }
    let one = |clock| places.get(clock).and_then(|shown| if let [one] = shown[..] { Some(one) } else { None });
    let found: Option<Vec<_>> = wanted.iter().map(one).collect();
    found.filter(|_| places.len() == wanted.len()).unwrap_or_default()
}

impl<'a> Headings<'a> {
    /// The first heading with the same minute beside it.
    fn beside(&self, at: DateTime<Utc>) -> Option<Element<'a>> {
        let near = self.by_time.range(at.timestamp() - 59..=at.timestamp() + 59);
        near.map(|(_, found)| found).min_by_key(|(index, _)| *index).map(|(_, heading)| *heading)
    }
}

/// Where the first words of entries stand on the page.
struct Words<'a> {
    by_opening: HashMap<Vec<u8>, Option<Element<'a>>>,
    anchors: ElementSet,
}

impl<'a> Words<'a> {
    /// Fewer letters, in bytes, are those of any text.
    const OPENING: usize = 24;

    fn new(page: &'a Html, entries: &[FoundEntry]) -> Words<'a> {
        let openings = entries.iter().filter_map(|found| Words::opening(&body_letters(&found.entry.body)));
        let mut by_opening: HashMap<_, Option<Element>> = openings.map(|opening| (opening, None)).collect();
        let mut stream = String::new();
        let mut starts = Vec::new();
        for (element, text) in page.texts().filter(|_| !by_opening.is_empty()) {
            let start = stream.len();
            push_letters(&mut stream, text);
            if stream.len() > start {
                starts.push((start, element));
            }
        }
        let mut twice = Vec::new();
        let mut anchors = Vec::new();
        for (start, element) in starts {
            let Some(opening) = stream.as_bytes().get(start..start + Words::OPENING) else { break };
            match by_opening.get_mut(opening) {
                Some(Some(_)) => twice.push(opening.to_owned()),
                Some(place) => {
                    *place = Some(element);
                    anchors.push(element);
                }
                None => {}
            }
        }
        by_opening.extend(twice.into_iter().map(|opening| (opening, None)));
        Words { by_opening, anchors: ElementSet::new(&anchors) }
    }

    fn opening(letters: &str) -> Option<Vec<u8>> {
        letters.as_bytes().get(..Words::OPENING).map(<[u8]>::to_owned)
    }

    fn element(&self, body: &[Block]) -> Option<Element<'a>> {
        *self.by_opening.get(&Words::opening(&body_letters(body))?)?
    }

    fn is_anchor(&self, element: Element) -> bool {
        self.anchors.contains(element)
    }
}
