//! The versions of an entry: which wordings its captures show, and which of them is current.
//!
//! All captures of the entry are looked at together, so that the order in which they were stored does not matter:
//!
//! - A wording is a version of its own unless every page that shows it may be cut off there, and it is a part of another.
//! - A page that is cut off shows the version that was current before it, if its words are a part of that; else the
//!   latest earlier one of which they are; else the first later one.
//! - The version that the latest capture shows is current.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::stored_page::Part;
use super::stored_page::{StoredEntry, StoredPage};
use super::wording::{Cut, has_more, words};
use crate::model::Entry;

/// An entry as a new capture has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen<'k> {
    pub entry: &'k Entry,
    pub cut: Cut,
    /// How many of the stored captures were saved before this one.
    pub before: usize,
    /// Whether no later capture shows the entry.
    pub is_latest: bool,
}

/// What is to be stored of an entry.
#[derive(Debug)]
pub(super) struct Versions<'k> {
    pub stored_entry: &'k StoredEntry,
    pub current: Version<'k>,
    pub others: Vec<Version<'k>>,
    /// What earlier stored captures show of it, where that differs from what is stored.
    pub moved: Vec<Moved>,
    /// Whether the new capture adds a version, or makes another one current.
    pub is_edit: bool,
}

/// A version, and the capture it is read from; `None`: the new one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Version<'k> {
    pub version: i64,
    pub capture: Option<i64>,
    pub entry: &'k Entry,
}

/// Which version of an entry a capture shows.
#[derive(Debug)]
pub(super) struct Moved {
    pub capture: i64,
    pub version: i64,
    pub part: Option<Part>,
}

/// What a capture shows of the entry: these words.
struct Sighting<'w> {
    words: &'w str,
    cut: Cut,
    /// The capture, and what is stored of it; `None` for the new one.
    stored: Option<(i64, i64, Option<Part>)>,
}

/// The versions of an entry once a new capture is stored; first, which version and part that capture shows.
pub(super) fn resolve<'k>(
    stored_page: &'k StoredPage,
    stored_entry: &'k StoredEntry,
    seen: Seen<'k>,
    words_now: String,
) -> (i64, Option<Part>, Versions<'k>) {
    let versions_before = versions_before(stored_page, stored_entry);
    let sightings = sightings(stored_page, stored_entry, &versions_before, &seen, &words_now);
    let wordings = wordings(&sightings);
    let shown = assign_wordings(&sightings, &wordings);

    let mut last_number = versions_before.iter().map(|(version, _)| version.version).max().unwrap_or_default();
    let mut is_new = false;
    let mut versions: Vec<Version> = Vec::with_capacity(wordings.len());
    for &wording in &wordings {
        let same = versions_before.iter().find(|(_, words)| words == wording);
        versions.push(match same {
            Some((version, _)) if wording == words_now && replaces(&seen, version.entry) => {
                Version { capture: None, entry: seen.entry, ..*version }
            }
            Some((version, _)) => *version,
            None => {
                let version =
                    completed_version(wording, &versions_before, &sightings, &wordings).unwrap_or_else(|| {
                        is_new = true;
                        last_number += 1;
                        last_number
                    });
                Version { version, capture: None, entry: seen.entry }
            }
        });
    }

    let (mut shown_by_new, mut moved) = ((0, None), Vec::new());
    for (sighting, &wording) in sightings.iter().zip(&shown) {
        let version = versions[wording].version;
        let range = sighting.cut.part(sighting.words, wordings[wording]);
        let is_whole = sighting.words == wordings[wording];
        let part = range.filter(|_| !is_whole || sighting.cut.start).map(Part::new);
        match sighting.stored {
            None => shown_by_new = (version, part),
            Some((capture, ..)) if sighting.stored != Some((capture, version, part)) => {
                moved.push(Moved { capture, version, part });
            }
            Some(_) => {}
        }
    }
    let current = shown.last().map_or(0, |last| *last);
    let is_edit = is_new || (seen.is_latest && versions[current].version != stored_entry.version);
    let others = versions.iter().enumerate().filter(|(at, _)| *at != current).map(|(_, version)| *version);
    let others = others.collect();
    (shown_by_new.0, shown_by_new.1, Versions { stored_entry, current: versions[current], others, moved, is_edit })
}

/// The versions that are stored, each with its words.
fn versions_before<'k>(stored_page: &'k StoredPage, stored_entry: &'k StoredEntry) -> Vec<(Version<'k>, String)> {
    let now =
        Version { version: stored_entry.version, capture: Some(stored_entry.capture), entry: &stored_entry.entry };
    let others = stored_page.other_versions(stored_entry.id).iter();
    let others =
        others.map(|other| Version { version: other.version, capture: Some(other.capture), entry: &other.entry });
    std::iter::once(now).chain(others).map(|version| (version, words(version.entry))).collect()
}

/// The number of a stored version that a new wording completes, and that is no version of its own any more.
fn completed_version(
    wording: &str,
    versions_before: &[(Version, String)],
    sightings: &[Sighting],
    wordings: &[&str],
) -> Option<i64> {
    let is_completed = |words: &str| {
        let is_part = |sighting: &Sighting| sighting.words == words && sighting.cut.part(words, wording).is_some();
        !wordings.contains(&words) && sightings.iter().any(is_part)
    };
    versions_before.iter().find(|(_, words)| is_completed(words)).map(|(version, _)| version.version)
}

/// What each capture shows of the entry, in the order in which they were saved.
fn sightings<'w>(
    stored_page: &StoredPage,
    stored_entry: &StoredEntry,
    versions_before: &'w [(Version, String)],
    seen: &Seen,
    words_now: &'w str,
) -> Vec<Sighting<'w>> {
    let new = Sighting { words: words_now, cut: seen.cut, stored: None };
    let (mut sightings, mut new) = (Vec::new(), Some(new));
    for (index, capture) in stored_page.captures.iter().enumerate() {
        if index == seen.before {
            sightings.extend(new.take());
        }
        let Some(at) = capture.place(stored_entry.id) else { continue };
        let shows = capture.shown[at].1;
        let Some((version, whole)) = versions_before.iter().find(|(version, _)| version.version == shows) else {
            continue;
        };
        let part = capture.parts.get(&stored_entry.id).copied();
        let begins_page = match part {
            Some(part) => part.begins_page(whole),
            None => version.capture == Some(capture.id) && version.entry.lines.is_some_and(|[first, _]| first == 1),
        };
        let cut = Cut { start: at == 0 && begins_page, end: at + 1 == capture.shown.len() };
        // An archive of another version may have counted words otherwise.
        let words = part.and_then(|part| part.slice(whole)).filter(|words| cut.part(words, whole).is_some());
        sightings.push(Sighting { words: words.unwrap_or(whole), cut, stored: Some((capture.id, shows, part)) });
    }
    sightings.extend(new);
    sightings
}

/// The wordings that are versions of their own, the longest first.
fn wordings<'w>(sightings: &[Sighting<'w>]) -> Vec<&'w str> {
    let distinct: BTreeSet<(Reverse<usize>, &str)> =
        sightings.iter().map(|sighting| (Reverse(sighting.words.len()), sighting.words)).collect();
    let mut wordings: Vec<&str> = Vec::new();
    for (_, words) in distinct {
        let is_part = |sighting: &Sighting| wordings.iter().any(|whole| sighting.cut.part(words, whole).is_some());
        if !sightings.iter().filter(|sighting| sighting.words == words).all(is_part) {
            wordings.push(words);
        }
    }
    wordings
}

/// Which wording each capture shows.
fn assign_wordings(sightings: &[Sighting], wordings: &[&str]) -> Vec<usize> {
    let exact = |sighting: &Sighting| wordings.iter().position(|wording| *wording == sighting.words);
    let mut shown: Vec<usize> = Vec::with_capacity(sightings.len());
    for (at, sighting) in sightings.iter().enumerate() {
        let fits = |wording: &usize| sighting.cut.part(sighting.words, wordings[*wording]).is_some();
        let wording = exact(sighting)
            .or_else(|| shown.iter().rev().copied().find(fits))
            .or_else(|| sightings[at..].iter().filter_map(exact).find(fits));
        // Some wording fits, or the words would be one.
        shown.push(wording.or_else(|| (0..wordings.len()).find(fits)).unwrap_or_default());
    }
    shown
}

/// Whether an entry replaces one with the same words.
fn replaces(seen: &Seen, stored: &Entry) -> bool {
    has_more(seen.entry, stored) && (seen.is_latest || seen.entry.doubts.len() < stored.doubts.len())
}
