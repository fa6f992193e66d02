//! Deciding: how each entry of a capture compares with the stored ones, and what changes by it.

use std::collections::HashSet;

use super::Capture;
use super::columns::utc;
use super::matching::match_entries;
use super::stored_page::{Part, StoredEntry, StoredPage};
use super::versions::{self, Versions};
use super::wording::{Cut, has_more, words};
use crate::model::Entry;

/// How an entry of a capture is stored.
#[derive(Debug)]
pub(super) struct Decision<'k> {
    /// The entry's row.
    pub id: i64,
    /// The version of its words that the capture shows.
    pub version: i64,
    /// Which part of them, if it may be cut off.
    pub part: Option<Part>,
    pub change: Change<'k>,
}

/// What changes in the archive.
#[derive(Debug)]
pub(super) enum Change<'k> {
    /// Nothing.
    None,
    /// A new entry, with this id within its live blog.
    Added { key: String },
    /// The current version has the same words, but is stored as this capture has it.
    Replaced { stored_entry: &'k StoredEntry },
    /// The entry has these versions.
    Versions(Versions<'k>),
}

/// Compares all entries of a capture with the stored ones. Rows of new entries are numbered from `next`.
pub(super) fn decide<'k>(stored_page: &'k StoredPage, capture: &'k Capture, mut next: i64) -> Vec<Decision<'k>> {
    let fresh = &capture.blog.entries;
    let time = utc(capture.time());
    let before = stored_page.captures.partition_point(|capture| capture.time <= time);
    let seen_later: HashSet<i64> =
        stored_page.captures[before..].iter().flat_map(|capture| &capture.shown).map(|(entry, _)| *entry).collect();
    let entries: Vec<&Entry> = stored_page.entries.iter().map(|stored| &stored.entry).collect();
    let mut keys: HashSet<String> = entries.iter().map(|entry| entry.id.clone()).collect();

    let mut decisions = Vec::with_capacity(fresh.len());
    for (index, (entry, matched)) in fresh.iter().zip(match_entries(&entries, fresh)).enumerate() {
        let cut = Cut::new(fresh, index);
        decisions.push(match matched.map(|at| &stored_page.entries[at]) {
            Some(stored_entry) => {
                let seen = versions::Seen { entry, cut, before, is_latest: !seen_later.contains(&stored_entry.id) };
                decide_on_match(stored_page, stored_entry, seen)
            }
            None => {
                next += 1;
                let key = free_key(&mut keys, &entry.id);
                let part = cut.start.then(|| Part::new(0..words(entry).len()));
                Decision { id: next - 1, version: 1, part, change: Change::Added { key } }
            }
        });
    }
    decisions
}

fn decide_on_match<'k>(
    stored_page: &'k StoredPage,
    stored_entry: &'k StoredEntry,
    seen: versions::Seen<'k>,
) -> Decision<'k> {
    let words_now = words(seen.entry);
    // Most entries did not change since the last capture: then no other version or capture matters.
    if seen.is_latest && words_now == words(&stored_entry.entry) {
        let part = seen.cut.start.then(|| Part::new(0..words_now.len()));
        let change =
            if has_more(seen.entry, &stored_entry.entry) { Change::Replaced { stored_entry } } else { Change::None };
        return Decision { id: stored_entry.id, version: stored_entry.version, part, change };
    }
    let (version, part, versions) = versions::resolve(stored_page, stored_entry, seen, words_now);
    Decision { id: stored_entry.id, version, part, change: Change::Versions(versions) }
}

/// The id of a new entry within its live blog: its own, with a number if another entry of the same minute has it.
fn free_key(keys: &mut HashSet<String>, id: &str) -> String {
    let counted = (2..).map(|count| format!("{id}-{count}"));
    let key = std::iter::once(id.to_owned()).chain(counted).find(|key| !keys.contains(key)).unwrap_or_default();
    keys.insert(key.clone());
    key
}
