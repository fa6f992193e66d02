//! What became of the entries of a live blog from one capture to the next.

use std::collections::{HashMap, HashSet};

/// What a capture shows: its entries as on the page, each with the version of its words.
pub(super) type Shown = Vec<(i64, i64)>;

/// The entries that `now` shows to be gone, told by the captures before it, in order of time.
///
/// A capture shows a part of a live blog, so that an entry it lacks need not be gone. It is gone if the entries around
/// it, on the last page that had it, now stand side by side.
pub(super) fn gone(before: &[Shown], now: &Shown) -> Vec<i64> {
    let places: HashMap<i64, usize> = now.iter().enumerate().map(|(place, (entry, _))| (*entry, place)).collect();
    let mut seen_since: HashSet<i64> = places.keys().copied().collect();
    let mut gone = Vec::new();
    for page in before.iter().rev() {
        gone.extend(between_neighbours(page, &places).filter(|entry| !seen_since.contains(entry)));
        seen_since.extend(page.iter().map(|(entry, _)| entry));
    }
    gone
}

/// The entries that are gone after all captures, which are in order of time, each with the index of the first that no
/// longer had it. One that a later capture has again is back.
pub(super) fn removed(captures: &[Shown]) -> HashMap<i64, usize> {
    let mut removed = HashMap::new();
    for (index, now) in captures.iter().enumerate() {
        for entry in gone(&captures[..index], now) {
            removed.entry(entry).or_insert(index);
        }
        for (entry, _) in now {
            removed.remove(entry);
        }
    }
    removed
}

/// The entries of a page that stood between two that now stand side by side, at `places`.
fn between_neighbours(page: &Shown, places: &HashMap<i64, usize>) -> impl Iterator<Item = i64> {
    let place = |(at, (entry, _)): (usize, &(i64, i64))| Some((at, *places.get(entry)?));
    let still: Vec<_> = page.iter().enumerate().filter_map(place).collect();
    let side_by_side = |two: &[(usize, usize)]| (two[0].1 + 1 == two[1].1).then_some(two[0].0 + 1..two[1].0);
    let runs: Vec<_> = still.windows(2).filter_map(side_by_side).collect();
    runs.into_iter().flatten().map(|at| page[at].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(captures: &[&[i64]]) -> Vec<(i64, usize)> {
        let shown: Vec<Shown> =
            captures.iter().map(|entries| entries.iter().map(|&entry| (entry, 1)).collect()).collect();
        let mut removed: Vec<_> = removed(&shown).into_iter().collect();
        removed.sort_unstable();
        removed
    }

    #[test]
    fn an_entry_is_removed_once_its_neighbours_stand_side_by_side() {
        assert_eq!(after(&[&[5, 4, 3], &[6, 5, 4, 3], &[6, 5, 3]]), [(4, 2)]);
    }

    #[test]
    fn a_run_of_entries_is_removed_together() {
        assert_eq!(after(&[&[5, 4, 3, 2], &[5, 2]]), [(3, 1), (4, 1)]);
    }

    #[test]
    fn entries_at_the_end_of_a_page_or_on_another_page_are_not_removed() {
        assert_eq!(after(&[&[5, 4, 3, 2], &[7, 6, 5, 4], &[1, 0]]), []);
    }

    #[test]
    fn with_a_new_entry_between_its_neighbours_an_entry_need_not_be_removed() {
        assert_eq!(after(&[&[5, 4, 3], &[5, 9, 3]]), []);
    }

    #[test]
    fn an_entry_that_comes_back_is_no_longer_removed() {
        assert_eq!(after(&[&[5, 4, 3], &[5, 3], &[5, 4, 3]]), []);
    }

    #[test]
    fn a_page_saved_before_an_entry_was_there_does_not_remove_it() {
        assert_eq!(after(&[&[5, 3], &[5, 4, 3]]), []);
    }
}
