//! Merging: the entries of several captures of a live blog put in one order.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::query::newest_first;

/// An entry that has, or is given, its place: `id` tells it from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub id: i64,
    pub published: Option<DateTime<Utc>>,
}

/// The entries that are known, in their order, with the new ones of a capture where it shows them.
///
/// Between which known entries a new one stands, the capture says; if others that it does not show stand there too, the
/// times decide, or else what is new comes first. So the second page of a long live blog, which shares no entry with the
/// first, goes below it, and a later first page on top.
pub(super) fn merged(known: &[Slot], capture: &[Slot]) -> Vec<Slot> {
    let times = |slots: &[Slot]| newest_first(slots.iter().filter_map(|slot| slot.published));
    let newest_first = times(known).or(times(capture)).unwrap_or(true);
    let mut order = Vec::with_capacity(known.len() + capture.len());
    let (mut rest, mut new) = (known, Vec::new());
    for slot in capture {
        if let Some(at) = rest.iter().position(|known| known.id == slot.id) {
            interleave(&mut order, &rest[..at], &new, newest_first);
            order.push(*slot);
            new.clear();
            rest = &rest[at + 1..];
        } else if !known.iter().any(|known| known.id == slot.id) {
            new.push(*slot);
        }
        // Else it stood higher before, such as an entry that was pinned to the top: it stays there.
    }
    interleave(&mut order, rest, &new, newest_first);
    order
}

fn interleave(order: &mut Vec<Slot>, mut known: &[Slot], new: &[Slot], newest_first: bool) {
    let stands_above = |one: &Slot, other: &Slot| match (one.published, other.published) {
        (Some(one), Some(other)) => {
            if newest_first {
                one > other
            } else {
                one < other
            }
        }
        _ => false,
    };
    for slot in new {
        let above = known.iter().take_while(|known| stands_above(known, slot)).count();
        order.extend(&known[..above]);
        order.push(*slot);
        known = &known[above..];
    }
    order.extend(known);
}

/// Numbers that put entries, in this order, beside those that have one already: only if something new stands in their
/// midst are all numbered afresh.
pub(super) fn places(order: &[Slot], known: &HashMap<i64, i64>) -> Vec<i64> {
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
    fn slots(minutes: &[i64]) -> Vec<Slot> {
        minutes.iter().map(|&id| Slot { id, published: DateTime::from_timestamp(id * 60, 0) }).collect()
    }

    fn untimed(ids: &[i64]) -> Vec<Slot> {
        ids.iter().map(|&id| Slot { id, published: None }).collect()
    }

    fn ids(slots: &[Slot]) -> Vec<i64> {
        slots.iter().map(|slot| slot.id).collect()
    }

    #[test]
    fn newer_entries_go_on_top_and_older_ones_below() {
        assert_eq!(ids(&merged(&slots(&[5, 4]), &slots(&[7, 6, 5, 4, 3]))), [7, 6, 5, 4, 3]);
    }

    #[test]
    fn what_a_capture_no_longer_shows_keeps_its_place() {
        assert_eq!(ids(&merged(&untimed(&[5, 4, 3, 2]), &untimed(&[6, 5, 3, 1]))), [6, 5, 4, 3, 1, 2]);
        assert_eq!(ids(&merged(&slots(&[5, 4, 3, 2]), &slots(&[6, 5, 3, 1]))), [6, 5, 4, 3, 2, 1]);
    }

    #[test]
    fn a_second_page_goes_below_and_a_later_first_page_on_top() {
        assert_eq!(ids(&merged(&slots(&[5, 4]), &slots(&[3, 2]))), [5, 4, 3, 2]);
        assert_eq!(ids(&merged(&slots(&[5, 4, 1]), &slots(&[3, 2]))), [5, 4, 3, 2, 1]);
        assert_eq!(ids(&merged(&slots(&[5, 4]), &slots(&[9, 8]))), [9, 8, 5, 4]);
    }

    #[test]
    fn a_page_that_tells_its_oldest_entry_first_grows_at_its_end() {
        assert_eq!(ids(&merged(&slots(&[1, 2]), &slots(&[3, 4]))), [1, 2, 3, 4]);
    }

    #[test]
    fn an_entry_that_moved_stays_where_it_was_first() {
        assert_eq!(ids(&merged(&slots(&[9, 5, 4]), &slots(&[6, 5, 9, 4]))), [9, 6, 5, 4]);
    }

    #[test]
    fn what_has_a_place_keeps_it_while_a_page_grows_at_its_ends() {
        let known = HashMap::from([(5, 10), (4, 12)]);
        assert_eq!(places(&slots(&[7, 6, 5, 4, 3]), &known), [8, 9, 10, 12, 13]);
        assert_eq!(places(&slots(&[6, 5, 9, 4]), &known), [0, 1, 2, 3]);
        assert_eq!(places(&slots(&[7, 6]), &HashMap::new()), [0, 1]);
    }
}
