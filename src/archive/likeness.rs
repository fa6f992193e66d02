//! Likeness: how many words two entries have in common, and which stored entries may be alike at all.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use crate::model::{Code, Entry};

/// An entry's words, for comparing entries.
pub(super) struct Words<'a> {
    pub entry: &'a Entry,
    /// Most entries are known by their ids and titles, and their words are never asked for.
    all: OnceCell<HashSet<String>>,
}

impl<'a> Words<'a> {
    pub fn new(entry: &'a Entry) -> Self {
        Self { entry, all: OnceCell::new() }
    }

    fn all(&self) -> &HashSet<String> {
        self.all.get_or_init(|| {
            let Entry { title, .. } = self.entry;
            let text = self.entry.text();
            let words = title.iter().flat_map(|title| title.split_whitespace()).chain(text.split_whitespace());
            words.map(str::to_lowercase).collect()
        })
    }

    /// How alike two entries are, up to 1, if enough to be one.
    pub fn likeness(&self, other: &Self) -> Option<f64> {
        let (one, two) = (self.entry, other.entry);
        let likeness = match (&one.stamp, &two.stamp) {
            (Some(_), Some(_)) if one.published != two.published && one.stamp != two.stamp => return None,
            (Some(_), Some(_)) if one.title.is_some() && one.title == two.title => return Some(1.0),
            // The same words in the title, or in the first paragraph, gave the same id.
            (None, None) if one.id != two.id => {
                return Some(self.common(other, usize::max)).filter(|&part| part >= 0.6);
            }
            // The stamp is what a page that is cut off loses first.
            (None, Some(_)) if !is_cut_off(one) => return None,
            (Some(_), None) if !is_cut_off(two) => return None,
            _ => self.common(other, usize::min),
        };
        Some(likeness).filter(|&part| part >= 0.5)
    }

    /// Which part of the words of one, the longer or the shorter, is also in the other.
    fn common(&self, other: &Self, which: fn(usize, usize) -> usize) -> f64 {
        let (one, two) = (self.all(), other.all());
        let all = which(one.len(), two.len());
        if all == 0 { 0.0 } else { one.intersection(two).count() as f64 / all as f64 }
    }
}

fn is_cut_off(entry: &Entry) -> bool {
    entry.doubts.contains(&Code::StampMissing)
}

/// Stored entries, grouped so that only those are compared that [may be alike](Words::likeness).
#[derive(Default)]
pub(super) struct Groups<'w> {
    by_time: HashMap<Option<DateTime<Utc>>, Group<'w>>,
    by_stamp: HashMap<&'w str, Group<'w>>,
    stamped: Group<'w>,
    unstamped: Group<'w>,
    cut_off: Group<'w>,
}

impl<'w> Groups<'w> {
    /// Groups these entries, in the order in which they are given; each is known by its number.
    pub fn new(entries: impl Iterator<Item = (usize, &'w Words<'w>)>) -> Self {
        let mut groups = Self::default();
        for (number, words) in entries {
            let Entry { stamp, published, .. } = words.entry;
            let member = (number, words);
            match stamp {
                Some(stamp) => {
                    groups.by_time.entry(*published).or_default().members.push(member);
                    groups.by_stamp.entry(stamp).or_default().members.push(member);
                    groups.stamped.members.push(member);
                }
                None => groups.unstamped.members.push(member),
            }
            if stamp.is_none() && is_cut_off(words.entry) {
                groups.cut_off.members.push(member);
            }
        }
        groups
    }

    /// The entries that may be alike, each once, in their order.
    pub fn candidates(&self, words: &Words) -> Vec<(usize, &'w Words<'w>)> {
        let Entry { stamp, published, .. } = words.entry;
        let groups = match stamp {
            Some(stamp) => [self.by_time.get(published), self.by_stamp.get(stamp.as_str()), Some(&self.cut_off)],
            None => [Some(&self.unstamped), Some(&self.stamped).filter(|_| is_cut_off(words.entry)), None],
        };
        let mut candidates: Vec<_> = groups.into_iter().flatten().flat_map(|group| group.candidates(words)).collect();
        candidates.sort_unstable_by_key(|(number, _)| *number);
        candidates.dedup_by_key(|(number, _)| *number);
        candidates
    }
}

/// Entries of one time, or of none.
#[derive(Default)]
struct Group<'w> {
    members: Vec<(usize, &'w Words<'w>)>,
    /// The places of members by their words.
    by_word: OnceCell<HashMap<&'w str, Vec<usize>>>,
}

impl<'w> Group<'w> {
    /// The members that may be alike. Of a large group, those with which an entry has the most of its rarest words in
    /// common: to compare each with each would take hours where thousands have one stamp.
    fn candidates(&self, words: &Words) -> Vec<(usize, &'w Words<'w>)> {
        /// In larger groups, members are found by their words.
        const LARGE: usize = 64;
        /// How many of the rarest words are looked up, and how many members of each.
        const RAREST: (usize, usize) = (8, 1024);
        /// How many members are compared then.
        const CLOSEST: usize = 16;
        if self.members.len() <= LARGE {
            return self.members.clone();
        }
        let by_word = self.by_word.get_or_init(|| {
            let mut by_word: HashMap<_, Vec<_>> = HashMap::new();
            for (place, (_, member)) in self.members.iter().enumerate() {
                member.all().iter().for_each(|word| by_word.entry(word.as_str()).or_default().push(place));
            }
            by_word
        });
        let mut with_word: Vec<_> =
            words.all().iter().filter_map(|word| by_word.get_key_value(word.as_str())).collect();
        with_word.sort_unstable_by_key(|(word, places)| (places.len(), **word));
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for place in with_word.into_iter().take(RAREST.0).flat_map(|(_, places)| places.iter().take(RAREST.1)) {
            *shared.entry(*place).or_default() += 1;
        }
        let mut closest: Vec<_> = shared.into_iter().collect();
        closest.sort_unstable_by_key(|(place, count)| (std::cmp::Reverse(*count), *place));
        closest.into_iter().take(CLOSEST).map(|(place, _)| self.members[place]).collect()
    }
}
