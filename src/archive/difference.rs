//! The difference between two versions of an entry, word by word.

use std::ops::Range;

use serde::Serialize;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::wording::parts;
use crate::model::Entry;

/// How a part of an entry changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The part, by the name of a row's field: `title`, `text`, `captions` …
    pub field: &'static str,
    /// Its words, in order, with white space between pieces: the kept and the removed ones are the words before, the kept
    /// and the added ones the words after.
    pub pieces: Vec<Piece>,
    /// Its text before, a paragraph a line; not in JSON, which has its words.
    #[serde(skip)]
    pub before: String,
    /// Its text after, likewise.
    #[serde(skip)]
    pub after: String,
}

/// Consecutive words that both versions have, or one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Piece {
    /// Words in both.
    Kept(String),
    /// Words that were taken out.
    Removed(String),
    /// Words that were put in.
    Added(String),
}

/// How the words of an entry differ, part by part.
pub(super) fn differences(before: &Entry, after: &Entry) -> Vec<Difference> {
    let parts = parts(before).into_iter().zip(parts(after));
    let differences =
        parts.map(|((field, before), (_, after))| Difference { field, pieces: pieces(&before, &after), before, after });
    differences.filter(|difference| difference.pieces.iter().any(|piece| !matches!(piece, Piece::Kept(_)))).collect()
}

fn pieces(before: &str, after: &str) -> Vec<Piece> {
    let (before, after) = (Words::new(before), Words::new(after));
    let operations: Vec<_> = capture_diff_slices(Algorithm::Patience, &before.words, &after.words)
        .into_iter()
        .map(|operation| operation.as_tag_tuple())
        .collect();
    let kept: usize = operations.iter().filter(|(tag, ..)| *tag == DiffTag::Equal).map(|(_, old, _)| old.len()).sum();
    // A rewritten text still has a few words such as `the` in common; pieces between them would be unreadable.
    if kept * 2 < before.words.len().min(after.words.len()) {
        return vec![Piece::Removed(before.all()), Piece::Added(after.all())];
    }
    let mut pieces = Vec::new();
    for (tag, old, new) in operations {
        if tag == DiffTag::Equal {
            pieces.push(Piece::Kept(after.text(new)));
            continue;
        }
        if !old.is_empty() {
            pieces.push(Piece::Removed(before.text(old)));
        }
        if !new.is_empty() {
            pieces.push(Piece::Added(after.text(new)));
        }
    }
    pieces
}

/// The words of a text, and which of them begin a line.
struct Words<'t> {
    words: Vec<&'t str>,
    begins_line: Vec<bool>,
}

impl<'t> Words<'t> {
    fn new(text: &'t str) -> Self {
        let words = text.lines().flat_map(|line| line.split_whitespace().enumerate());
        let (words, begins_line) = words.map(|(index, word)| (word, index == 0)).unzip();
        Self { words, begins_line }
    }

    fn all(&self) -> String {
        self.text(0..self.words.len())
    }

    /// Some of the words, a space or a line break between them.
    fn text(&self, range: Range<usize>) -> String {
        let mut text = String::new();
        for index in range {
            if !text.is_empty() {
                text.push(if self.begins_line[index] { '\n' } else { ' ' });
            }
            text.push_str(self.words[index]);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Block;

    fn kept(words: &str) -> Piece {
        Piece::Kept(words.to_owned())
    }

    fn removed(words: &str) -> Piece {
        Piece::Removed(words.to_owned())
    }

    fn added(words: &str) -> Piece {
        Piece::Added(words.to_owned())
    }

    #[test]
    fn words_that_differ_stand_between_those_that_were_kept() {
        assert_eq!(
            pieces("The gate is shut for the night.", "The gate is open for the whole night."),
            [kept("The gate is"), removed("shut"), added("open"), kept("for the"), added("whole"), kept("night.")]
        );
    }

    #[test]
    fn what_was_rewritten_is_replaced_as_a_whole() {
        assert_eq!(
            pieces("Pumps run at the northern portal.", "By noon the tunnel is dry."),
            [removed("Pumps run at the northern portal."), added("By noon the tunnel is dry.")]
        );
    }

    #[test]
    fn line_breaks_are_kept_and_make_no_difference() {
        assert_eq!(pieces("One.\nTwo.", "One. Two."), [kept("One. Two.")]);
        assert_eq!(pieces("One.", "One.\nTwo.\nThree."), [kept("One."), added("Two.\nThree.")]);
    }

    #[test]
    fn each_part_of_an_entry_is_compared_on_its_own() {
        let before =
            Entry { title: Some("Gate shut".to_owned()), body: vec![Block::paragraph("By noon.")], ..Entry::default() };
        let after = Entry { title: Some("Gate open".to_owned()), role: Some("Editor".to_owned()), ..before.clone() };
        let difference = |field, pieces, before: &str, after: &str| Difference {
            field,
            pieces,
            before: before.to_owned(),
            after: after.to_owned(),
        };
        assert_eq!(
            differences(&before, &after),
            [
                difference("title", vec![kept("Gate"), removed("shut"), added("open")], "Gate shut", "Gate open"),
                difference("role", vec![added("Editor")], "", "Editor"),
            ]
        );
    }

    #[test]
    fn a_list_that_was_text_is_no_difference() {
        let items = vec!["One".to_owned(), "Two".to_owned()];
        let list = Entry { body: vec![Block::List { ordered: false, items, links: vec![] }], ..Entry::default() };
        let text = Entry { body: vec![Block::paragraph("One"), Block::paragraph("Two")], ..Entry::default() };
        assert_eq!(differences(&list, &text), []);
    }
}
