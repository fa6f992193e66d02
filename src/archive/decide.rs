//! Deciding, for each entry of a capture, whether it is new, edited, or as it was.

use std::collections::HashSet;

use super::Capture;
use super::known::{Known, KnownEntry};
use super::matching::matches;
use super::record::utc;
use super::sight::Part;
use super::versions::{self, Versions};
use super::wording::{Cut, tells_more, words};
use crate::model::Entry;

/// What is to become of an entry of a capture.
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

/// How the archive changes.
#[derive(Debug)]
pub(super) enum Change<'k> {
    /// Not at all.
    None,
    /// By a new entry, which has this id within its live blog.
    Added { key: String },
    /// The current version has the same words, but is stored as this capture has it.
    Replaced { kept: &'k KnownEntry },
    /// The versions of the entry are from now on these.
    Versions(Versions<'k>),
}

/// Decides on all entries of a capture. Rows of new entries count from `next`.
pub(super) fn decide<'k>(known: &'k Known, capture: &'k Capture, mut next: i64) -> Vec<Decision<'k>> {
    let fresh = &capture.blog.entries;
    let time = utc(capture.time());
    let before = known.captures.partition_point(|capture| capture.time <= time);
    let seen_later: HashSet<i64> =
        known.captures[before..].iter().flat_map(|capture| &capture.shown).map(|(entry, _)| *entry).collect();
    let entries: Vec<&Entry> = known.entries.iter().map(|known| &known.entry).collect();
    let mut keys: HashSet<String> = entries.iter().map(|entry| entry.id.clone()).collect();

    let mut decisions = Vec::with_capacity(fresh.len());
    for (index, (entry, matched)) in fresh.iter().zip(matches(&entries, fresh)).enumerate() {
        let cut = Cut::of(fresh, index);
        decisions.push(match matched.map(|at| &known.entries[at]) {
            Some(kept) => {
                let seen = versions::Seen { entry, cut, before, is_latest: !seen_later.contains(&kept.id) };
                compared(known, kept, seen)
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

fn compared<'k>(known: &'k Known, kept: &'k KnownEntry, seen: versions::Seen<'k>) -> Decision<'k> {
    let words_now = words(seen.entry);
    // Most entries are as they were in the capture before: then no other version or capture matters.
    if seen.is_latest && words_now == words(&kept.entry) {
        let part = seen.cut.start.then(|| Part::new(0..words_now.len()));
        let change = if tells_more(seen.entry, &kept.entry) { Change::Replaced { kept } } else { Change::None };
        return Decision { id: kept.id, version: kept.version, part, change };
    }
    let (version, part, versions) = versions::resolve(known, kept, seen, words_now);
    Decision { id: kept.id, version, part, change: Change::Versions(versions) }
}

/// The id of a new entry within its live blog: its own, unless another entry has it, which was told of the same minute.
fn free_key(keys: &mut HashSet<String>, id: &str) -> String {
    let counted = (2..).map(|count| format!("{id}-{count}"));
    let key = std::iter::once(id.to_owned()).chain(counted).find(|key| !keys.contains(key)).unwrap_or_default();
    keys.insert(key.clone());
    key
}
