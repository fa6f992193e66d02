//! Matching: which entries of a capture are stored already, whether or not their words changed.

use std::collections::HashMap;

use super::likeness::{Groups, Words};
use crate::model::Entry;

/// For each entry of a capture, which of the stored entries it is.
///
/// The publisher's own ids decide. Ids made from stamps count equal stamps from the oldest on the page, so that a page
/// cut within a minute counts otherwise: there the words must be alike too, or the neighbours the same.
pub(super) fn match_entries(known: &[&Entry], fresh: &[Entry]) -> Vec<Option<usize>> {
    let mut matching = Matching { of_fresh: vec![None; fresh.len()], taken: vec![false; known.len()] };
    if known.is_empty() {
        return matching.of_fresh;
    }
    let known: Vec<_> = known.iter().map(|entry| Words::new(entry)).collect();
    let fresh: Vec<_> = fresh.iter().map(Words::new).collect();
    let mut by_id = HashMap::with_capacity(known.len());
    for (k, words) in known.iter().enumerate() {
        by_id.entry(words.entry.id.as_str()).or_insert(k);
    }
    let same_id = |f: &Words| by_id.get(f.entry.id.as_str()).copied();

    for (f, words) in fresh.iter().enumerate() {
        let decides = |k: &usize| !is_made(&words.entry.id) || known[*k].likeness(words).is_some();
        if let Some(k) = same_id(words).filter(decides) {
            matching.join(k, f);
        }
    }
    let groups = Groups::new(known.iter().enumerate().filter(|(k, _)| !matching.taken[*k]));
    let mut pairs = Vec::new();
    for f in (0..fresh.len()).filter(|&f| matching.of_fresh[f].is_none()) {
        let candidates = groups.candidates(&fresh[f]).into_iter();
        pairs.extend(candidates.filter_map(|(k, words)| Some((words.likeness(&fresh[f])?, k, f))));
    }
    // The most alike first; the sort keeps the page's order among equals.
    pairs.sort_by(|(one, ..), (other, ..)| other.total_cmp(one));
    for (_, k, f) in pairs {
        matching.join(k, f);
    }
    for (f, words) in fresh.iter().enumerate() {
        if let Some(k) = same_id(words).filter(|&k| matching.beside_same(k, f)) {
            matching.join(k, f);
        }
    }
    matching.of_fresh
}

struct Matching {
    of_fresh: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Matching {
    fn join(&mut self, known: usize, fresh: usize) {
        if !self.taken[known] && self.of_fresh[fresh].is_none() {
            self.of_fresh[fresh] = Some(known);
            self.taken[known] = true;
        }
    }

    /// Whether the entry above or the one below is the same for both.
    fn beside_same(&self, known: usize, fresh: usize) -> bool {
        let at = |fresh: Option<usize>| fresh.and_then(|fresh| self.of_fresh.get(fresh).copied().flatten());
        let above = at(fresh.checked_sub(1)).is_some_and(|above| Some(above) == known.checked_sub(1));
        above || at(Some(fresh + 1)) == Some(known + 1)
    }
}

/// Whether an id was made by the parser, 12 hex digits and perhaps a count, rather than given by the publisher.
fn is_made(id: &str) -> bool {
    let (hash, count) = id.split_once('-').unwrap_or((id, "2"));
    hash.len() == 12
        && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && count.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, Code};

    /// An entry whose stamp, if not empty, makes its id.
    fn entry(id: &str, stamp: &str, title: &str, body: &str) -> Entry {
        let or_none = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let body = or_none(body).map(|text| Block::Paragraph { text, links: vec![] });
        let published = or_none(stamp).map(|stamp| format!("2023-06-19T{stamp}:00Z").parse().unwrap());
        Entry {
            id: id.to_owned(),
            published,
            stamp: or_none(stamp),
            title: or_none(title),
            body: body.into_iter().collect(),
            ..Entry::default()
        }
    }

    fn matched(known: &[Entry], fresh: &[Entry]) -> Vec<Option<usize>> {
        match_entries(&known.iter().collect::<Vec<_>>(), fresh)
    }

    #[test]
    fn the_publishers_id_decides_whatever_became_of_the_words() {
        let known = [entry("asset:1", "12:00", "Gate closed", "It is shut.")];
        let fresh = [entry("asset:1", "12:05", "Pumps arrive", "Two of them.")];
        assert_eq!(matched(&known, &fresh), [Some(0)]);
    }

    #[test]
    fn entries_of_one_minute_are_distinguished_by_their_words_not_by_their_count() {
        let known = [
            entry("aaaaaaaaaaaa-2", "12:00", "Pumps arrive", "Two of them."),
            entry("aaaaaaaaaaaa", "12:00", "Gate closed", "It is shut."),
        ];
        // The page now ends within that minute, so that the newer entry counts as the first.
        let fresh = [entry("aaaaaaaaaaaa", "12:00", "Pumps arrive late", "Two of them.")];
        assert_eq!(matched(&known, &fresh), [Some(0)]);
    }

    #[test]
    fn an_entry_rewritten_from_end_to_end_is_known_by_its_neighbour() {
        let known =
            [entry("aaaaaaaaaaaa", "12:05", "Pumps arrive", "Two."), entry("bbbbbbbbbbbb", "12:00", "Gate", "Shut.")];
        let fresh =
            [entry("aaaaaaaaaaaa", "12:05", "Nothing here", ""), entry("bbbbbbbbbbbb", "12:00", "Gate", "Shut.")];
        assert_eq!(matched(&known, &fresh), [Some(0), Some(1)]);
    }

    #[test]
    fn another_entry_of_the_same_minute_without_a_neighbour_in_common_is_new() {
        let known = [entry("aaaaaaaaaaaa", "12:00", "Pumps arrive", "Two of them.")];
        let fresh = [entry("aaaaaaaaaaaa", "12:00", "Gate closed", "It is shut.")];
        assert_eq!(matched(&known, &fresh), [None]);
    }

    #[test]
    fn without_stamps_most_of_the_words_must_be_the_same() {
        let known = [entry("aaaaaaaaaaaa", "", "Good morning", "The tunnel is closed and engineers are on their way.")];
        let edited = [entry("bbbbbbbbbbbb", "", "Good day", "The tunnel is closed and engineers are on their way.")];
        let another = [entry("bbbbbbbbbbbb", "", "Good morning", "A new day begins at the harbour, without any rain.")];
        assert_eq!(matched(&known, &edited), [Some(0)]);
        assert_eq!(matched(&known, &another), [None]);
    }

    #[test]
    fn an_entry_that_lost_its_stamp_at_the_cut_off_end_is_known_by_its_words() {
        let known = [entry("aaaaaaaaaaaa", "12:00", "Gate closed for the night", "It is shut.")];
        let mut fresh = [entry("bbbbbbbbbbbb", "", "Gate closed for", "")];
        assert_eq!(matched(&known, &fresh), [None]);
        fresh[0].doubts.push(Code::StampMissing);
        assert_eq!(matched(&known, &fresh), [Some(0)]);
    }

    /// Entries of one minute, each with words of its own among those that all have.
    fn crowd(numbers: std::ops::Range<usize>) -> Vec<Entry> {
        let entry_of = |number: usize| {
            let body = format!("Gate{number}, pump{number}, quay{number} and ship{number} are shut.");
            entry(&format!("aaaaaaaaaaaa-{number}"), "12:00", "", &body)
        };
        numbers.map(entry_of).collect()
    }

    #[test]
    fn in_a_crowd_of_one_minute_each_is_known_by_its_rarest_words() {
        let known = crowd(2..502);
        // The oldest hundred are cut off, so that all are counted otherwise.
        let mut fresh = crowd(102..502);
        for (index, entry) in fresh.iter_mut().enumerate() {
            entry.id = format!("aaaaaaaaaaaa-{}", index + 2);
        }
        assert_eq!(matched(&known, &fresh), (100..500).map(Some).collect::<Vec<_>>());
    }
}
