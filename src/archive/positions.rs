//! Positions: the entries of several captures of a live blog in one order.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::query::newest_first;

/// An entry to be placed, by its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct EntryPosition {
    pub id: i64,
    pub published: Option<DateTime<Utc>>,
}

/// The stored entries in their order, with the new ones of a capture where it shows them.
///
/// The capture says between which stored entries a new one is. If there are others between them that it does not show,
/// the times decide; without times, new entries come first. So the second page of a long live blog, which shares no entry
/// with the first, goes below it, and a later first page on top.
pub(super) fn merge_positions(known: &[EntryPosition], capture: &[EntryPosition]) -> Vec<EntryPosition> {
    let times = |positions: &[EntryPosition]| newest_first(positions.iter().filter_map(|position| position.published));
    let newest_first = times(known).or(times(capture)).unwrap_or(true);
    let mut order = Vec::with_capacity(known.len() + capture.len());
    let mut places = HashMap::with_capacity(known.len());
    for (place, position) in known.iter().enumerate() {
        places.entry(position.id).or_insert(place);
    }
    // Up to where the stored entries are placed, and the new ones that come next.
    let (mut placed, mut new) = (0, Vec::new());
    for position in capture {
        match places.get(&position.id) {
            Some(&place) if place >= placed => {
                interleave(&mut order, &known[placed..place], &new, newest_first);
                order.push(*position);
                new.clear();
                placed = place + 1;
            }
            // It stood higher before, such as an entry that was pinned to the top: it stays there.
            Some(_) => {}
            None => new.push(*position),
        }
    }
    interleave(&mut order, &known[placed..], &new, newest_first);
    order
}

fn interleave(order: &mut Vec<EntryPosition>, mut known: &[EntryPosition], new: &[EntryPosition], newest_first: bool) {
    let stands_above = |one: &EntryPosition, other: &EntryPosition| match (one.published, other.published) {
        (Some(one), Some(other)) => {
            if newest_first {
                one > other
            } else {
                one < other
            }
        }
        _ => false,
    };
    for position in new {
        let above = known.iter().take_while(|known| stands_above(known, position)).count();
        order.extend(&known[..above]);
        order.push(*position);
        known = &known[above..];
    }
    order.extend(known);
}

/// Numbers that put entries, in this order, beside those that have one already: only if something new stands in their
/// midst are all numbered afresh.
pub(super) fn places(order: &[EntryPosition], known: &HashMap<i64, i64>) -> Vec<i64> {
    let number = |index: usize| i64::try_from(index).unwrap_or(i64::MAX);
    let known_at = |index: usize| known.get(&order[index].id);
    let first = (0..order.len()).find(|&index| known_at(index).is_some());
    let in_a_row = first.is_some_and(|first| (first..order.len()).take(known.len()).all(|at| known_at(at).is_some()));
    let (Some(first), true) = (first, in_a_row) else {
        return (0..order.len()).map(number).collect();
    };
    let last = first + known.len() - 1;
    let place = |index: usize| known_at(index).copied().unwrap_or_default();
    (0..order.len())
        .map(|index| match index {
            _ if index < first => place(first) - number(first - index),
            _ if index > last => place(last) + number(index - last),
            _ => place(index),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Entries by the minute in which they were published, which is their id as well.
    fn positions(minutes: &[i64]) -> Vec<EntryPosition> {
        minutes.iter().map(|&id| EntryPosition { id, published: DateTime::from_timestamp(id * 60, 0) }).collect()
    }

    fn untimed(ids: &[i64]) -> Vec<EntryPosition> {
        ids.iter().map(|&id| EntryPosition { id, published: None }).collect()
    }

    fn ids(positions: &[EntryPosition]) -> Vec<i64> {
        positions.iter().map(|position| position.id).collect()
    }

    #[test]
    fn newer_entries_go_on_top_and_older_ones_below() {
        assert_eq!(ids(&merge_positions(&positions(&[5, 4]), &positions(&[7, 6, 5, 4, 3]))), [7, 6, 5, 4, 3]);
    }

    #[test]
    fn what_a_capture_no_longer_shows_keeps_its_place() {
        assert_eq!(ids(&merge_positions(&untimed(&[5, 4, 3, 2]), &untimed(&[6, 5, 3, 1]))), [6, 5, 4, 3, 1, 2]);
        assert_eq!(ids(&merge_positions(&positions(&[5, 4, 3, 2]), &positions(&[6, 5, 3, 1]))), [6, 5, 4, 3, 2, 1]);
    }

    #[test]
    fn a_second_page_goes_below_and_a_later_first_page_on_top() {
        assert_eq!(ids(&merge_positions(&positions(&[5, 4]), &positions(&[3, 2]))), [5, 4, 3, 2]);
        assert_eq!(ids(&merge_positions(&positions(&[5, 4, 1]), &positions(&[3, 2]))), [5, 4, 3, 2, 1]);
        assert_eq!(ids(&merge_positions(&positions(&[5, 4]), &positions(&[9, 8]))), [9, 8, 5, 4]);
    }

    #[test]
    fn a_page_with_its_oldest_entry_first_grows_at_its_end() {
        assert_eq!(ids(&merge_positions(&positions(&[1, 2]), &positions(&[3, 4]))), [1, 2, 3, 4]);
    }

    #[test]
    fn an_entry_that_moved_stays_where_it_was_first() {
        assert_eq!(ids(&merge_positions(&positions(&[9, 5, 4]), &positions(&[6, 5, 9, 4]))), [9, 6, 5, 4]);
    }

    #[test]
    fn what_has_a_place_keeps_it_while_a_page_grows_at_its_ends() {
        let known = HashMap::from([(5, 10), (4, 12)]);
        assert_eq!(places(&positions(&[7, 6, 5, 4, 3]), &known), [8, 9, 10, 12, 13]);
        assert_eq!(places(&positions(&[6, 5, 9, 4]), &known), [0, 1, 2, 3]);
        assert_eq!(places(&positions(&[7, 6]), &HashMap::new()), [0, 1]);
    }
}
