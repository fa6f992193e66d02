//! What a capture shows of an entry: the version of its words, and which part of them if the page is cut off there.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// An entry on a captured page, in JSON `[entry, version]`, or `[entry, version, [from, to]]` where the page shows only
/// a part of the version's words, or may have been cut off before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sight(
    /// The row of the entry.
    pub i64,
    pub i64,
    #[serde(default, skip_serializing_if = "Option::is_none")] pub Option<Part>,
);

/// Which part of a version's [words](super::wording::words) a capture shows, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Part(usize, usize);

impl Part {
    pub fn new(range: Range<usize>) -> Self {
        Self(range.start, range.end)
    }

    /// The words of the part, if `whole` still is what it was taken from.
    pub fn of(self, whole: &str) -> Option<&str> {
        whole.get(self.0..self.1)
    }

    /// Whether the words before the part are missing, or may be.
    pub fn begins_page(self, whole: &str) -> bool {
        self.0 > 0 || self.1 == whole.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sight_is_two_numbers_and_the_part_of_what_is_cut_off() {
        let sights = [Sight(7, 1, None), Sight(8, 2, Some(Part(0, 12)))];
        let json = "[[7,1],[8,2,[0,12]]]";
        assert_eq!(serde_json::to_string(&sights).unwrap(), json);
        assert_eq!(serde_json::from_str::<Vec<Sight>>(json).unwrap(), sights);
    }
}
