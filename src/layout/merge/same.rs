//! The same entry in the data and in the document: by its id, its address, or its title and time.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::precedence;
use crate::layout::data::schema_org::FoundEntry;
use crate::model::Entry;

/// The entries of the data, each filled from the same one of the document; and those that only the document has, each
/// behind the one that it follows there.
pub fn merge_entries(data: Vec<FoundEntry>, document: Vec<Entry>, pages_authors: &HashSet<String>) -> Vec<FoundEntry> {
    let mut known = Known::new(&data, &document);
    // The place of the entry that follows each, counted from 1; that of the first one comes first, and 0 ends the list.
    let mut following: Vec<usize> = (1..=data.len()).chain([0]).collect();
    let mut entries = data;
    let mut behind = 0;
    for from in document {
        let same = known.candidates(&from).into_iter().find(|at| is_same(&entries[*at].entry, &from));
        match same {
            Some(at) => {
                precedence::fill_entry(&mut entries[at], from, pages_authors);
                behind = at + 1;
            }
            None => {
                entries.push(FoundEntry { entry: from, ..FoundEntry::default() });
                following.push(following[behind]);
                following[behind] = entries.len();
                behind = entries.len();
            }
        }
        known.add(behind - 1, &entries[behind - 1].entry);
    }
    let mut entries: Vec<_> = entries.into_iter().map(Some).collect();
    let places = std::iter::successors(Some(following[0]), |place| Some(following[*place]));
    places.take_while(|place| *place > 0).filter_map(|place| entries[place - 1].take()).collect()
}

/// Whether two entries have the same id or address, or the same title and nearly the same time.
fn is_same(one: &Entry, other: &Entry) -> bool {
    let same_url = one.url.is_some() && one.url == other.url;
    let same_id = !one.id.is_empty() && one.id == other.id || leads_to(one, other) || leads_to(other, one);
    let apart = one.published.zip(other.published).map(|(one, other)| (one - other).abs());
    let same_title = one.title.is_some() && one.title == other.title;
    same_url || same_id || same_title && apart.is_none_or(|apart| apart < NEAR)
}

/// How far apart the times of one entry may be.
const NEAR: TimeDelta = TimeDelta::minutes(1);

/// What stands before the id of an entry in its address: `…/live/flood#post-asset:6f1a`.
const BEFORE_ID: [char; 4] = ['#', '-', '=', '/'];

/// Whether the address of one entry ends with the id of the other: `…/live/flood#post-asset:6f1a` with `asset:6f1a`.
fn leads_to(one: &Entry, other: &Entry) -> bool {
    one.url.as_deref().is_some_and(|url| endings(url).any(|ending| ending == other.id))
}

/// The ends of an address that may be an id.
fn endings(url: &str) -> impl Iterator<Item = &str> {
    url.match_indices(BEFORE_ID).map(|(at, _)| &url[at + 1..]).filter(|ending| !ending.is_empty())
}

/// The entries by what may make another one [the same](is_same): of several alike, the first.
#[derive(Default)]
struct Known {
    by_url: HashMap<String, usize>,
    by_id: HashMap<String, usize>,
    /// By the ids in the document with which their addresses end.
    by_ending: HashMap<String, usize>,
    by_title: HashMap<String, Titled>,
    ids_in_document: HashSet<String>,
}

/// The entries with one title.
struct Titled {
    first: usize,
    by_time: BTreeMap<Option<DateTime<Utc>>, usize>,
}

impl Known {
    fn new(data: &[FoundEntry], document: &[Entry]) -> Self {
        let ids_in_document = document.iter().map(|entry| entry.id.clone()).collect();
        let mut known = Self { ids_in_document, ..Self::default() };
        data.iter().enumerate().for_each(|(at, found)| known.add(at, &found.entry));
        known
    }

    fn add(&mut self, at: usize, entry: &Entry) {
        let Entry { id, url, title, published, .. } = entry;
        if !id.is_empty() {
            self.by_id.entry(id.clone()).or_insert(at);
        }
        if let Some(url) = url {
            self.by_url.entry(url.clone()).or_insert(at);
            for ending in endings(url).filter(|ending| self.ids_in_document.contains(*ending)) {
                self.by_ending.entry(ending.to_owned()).or_insert(at);
            }
        }
        if let Some(title) = title {
            let titled = self.by_title.entry(title.clone());
            let titled = titled.or_insert_with(|| Titled { first: at, by_time: BTreeMap::new() });
            titled.by_time.entry(*published).or_insert(at);
        }
    }

    /// The entries that may be the same, in the order in which they were added.
    fn candidates(&self, entry: &Entry) -> Vec<usize> {
        let Entry { id, url, title, published, .. } = entry;
        let mut found: Vec<_> = [self.by_id.get(id), self.by_ending.get(id)].into_iter().flatten().copied().collect();
        if let Some(url) = url {
            found.extend(self.by_url.get(url));
            found.extend(endings(url).filter_map(|ending| self.by_id.get(ending)));
        }
        if let Some(titled) = title.as_ref().and_then(|title| self.by_title.get(title)) {
            match published {
                Some(at) => {
                    found.extend(titled.by_time.get(&None));
                    found.extend(titled.by_time.range(Some(*at - NEAR)..=Some(*at + NEAR)).map(|(_, at)| at));
                }
                None => found.push(titled.first),
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str, url: &str, title: &str, minute: i64) -> Entry {
        let or_none = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let published = DateTime::from_timestamp(minute * 60, 0).filter(|_| minute > 0);
        Entry { id: id.to_owned(), url: or_none(url), title: or_none(title), published, ..Entry::default() }
    }

    /// The ids and the addresses after data and document are merged.
    fn merged(data: &[Entry], document: &[Entry]) -> Vec<String> {
        let data = data.iter().map(|entry| FoundEntry { entry: entry.clone(), ..FoundEntry::default() }).collect();
        let merged = merge_entries(data, document.to_vec(), &HashSet::new());
        let shown = |Entry { id, url, .. }: Entry| format!("{id}{}", url.unwrap_or_default());
        merged.into_iter().map(|found| shown(found.entry)).collect()
    }

    #[test]
    fn entries_that_only_the_document_has_follow_those_before_them() {
        let data = [entry("a", "", "A", 9), entry("b", "", "B", 8)];
        let document = ["x", "a", "y", "z", "b", "a", "w"].map(|id| entry(id, "", "", 0));
        assert_eq!(merged(&data, &document), ["x", "a", "w", "y", "z", "b"]);
    }

    #[test]
    fn candidates_are_all_that_can_be_the_same() {
        let ids = ["", "a", "asset:b", "c"];
        let urls = ["", "https://news.example/live#post-asset:b", "https://news.example/live?post=c", "/a"];
        let titles = ["", "Gate shut"];
        let all = |at: usize| entry(ids[at % 4], urls[at / 4 % 4], titles[at / 16 % 2], [0, 1, 2, 3][at / 32 % 4]);
        let entries: Vec<_> = (0..128).map(all).collect();
        for one in &entries {
            let data = [FoundEntry { entry: one.clone(), ..FoundEntry::default() }];
            let known = Known::new(&data, &entries);
            for other in entries.iter().filter(|other| is_same(one, other)) {
                assert_eq!(known.candidates(other), [0], "{one:?} {other:?}");
            }
        }
    }
}
