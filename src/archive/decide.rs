//! Deciding, for each entry of a capture, whether it is new, edited, or as it was.

use std::collections::HashSet;

use super::Capture;
use super::known::{Known, KnownEntry};
use super::matching::matches;
use super::record::utc;
use super::wording::{Telling, Wording, tells_more};
use crate::model::Entry;

/// What is to become of an entry of a capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decision {
    /// The entry's row.
    pub id: i64,
    /// The version of its words that the capture shows.
    pub version: i64,
    pub change: Change,
}

/// How the archive changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// Not at all.
    None,
    /// By a new entry, which has this id within its live blog.
    Added { key: String },
    /// The same words are told from now on as this capture tells them.
    Retold,
    /// Other words take the place of those that are kept, which become an earlier version.
    Edited,
    /// Other words are kept as a version, but a later capture has already told what became of them.
    Versioned,
}

/// Decides on all entries of a capture. Rows of new entries count from `next`.
pub(super) fn decide(known: &Known, capture: &Capture, mut next: i64) -> Vec<Decision> {
    let fresh = &capture.blog.entries;
    let time = utc(capture.time());
    let later = known.captures.iter().filter(|capture| capture.time > time);
    let seen_later: HashSet<i64> = later.flat_map(|capture| &capture.shown).map(|(entry, _)| *entry).collect();
    let entries: Vec<&Entry> = known.entries.iter().map(|known| &known.entry).collect();
    let mut keys: HashSet<String> = entries.iter().map(|entry| entry.id.clone()).collect();

    let mut decisions = Vec::with_capacity(fresh.len());
    for (index, (entry, matched)) in fresh.iter().zip(matches(&entries, fresh)).enumerate() {
        let telling = Telling { entry, ends_page: index + 1 == fresh.len() };
        decisions.push(match matched.map(|at| &known.entries[at]) {
            Some(kept) => compared(known, kept, telling, seen_later.contains(&kept.id)),
            None => {
                next += 1;
                let key = free_key(&mut keys, &entry.id);
                Decision { id: next - 1, version: 1, change: Change::Added { key } }
            }
        });
    }
    decisions
}

fn compared(known: &Known, kept: &KnownEntry, telling: Telling, seen_later: bool) -> Decision {
    let decide = |version, change| Decision { id: kept.id, version, change };
    let current = Telling { entry: &kept.entry, ends_page: known.ends_page(kept) };
    match telling.compare(current) {
        Wording::Same if !seen_later && tells_more(telling.entry, &kept.entry) => {
            return decide(kept.version, Change::Retold);
        }
        Wording::Completed => return decide(kept.version, Change::Retold),
        Wording::Same | Wording::CutOff => return decide(kept.version, Change::None),
        Wording::Other => {}
    }
    let others = known.versions.iter().filter(|version| version.entry == kept.id);
    let is_same = |wording| matches!(wording, Wording::Same | Wording::CutOff);
    let told_before =
        others.clone().find(|version| is_same(telling.compare(Telling { entry: &version.told, ends_page: false })));
    match told_before {
        Some(version) if seen_later => decide(version.version, Change::None),
        Some(version) => decide(version.version, Change::Edited),
        None => {
            let last = others.map(|version| version.version).max().unwrap_or(0).max(kept.version);
            decide(last + 1, if seen_later { Change::Versioned } else { Change::Edited })
        }
    }
}

/// The id of a new entry within its live blog: its own, unless another entry has it, which was told of the same minute.
fn free_key(keys: &mut HashSet<String>, id: &str) -> String {
    let counted = (2..).map(|count| format!("{id}-{count}"));
    let key = std::iter::once(id.to_owned()).chain(counted).find(|key| !keys.contains(key)).unwrap_or_default();
    keys.insert(key.clone());
    key
}
