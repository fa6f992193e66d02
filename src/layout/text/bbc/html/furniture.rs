//! What the lines of a document leave out, for `--explain`.

use super::page_head::add_page_head;
use super::{add_entry, without_markers};
use crate::html::{Element, ElementSet, FlowPiece, Html, Passage, PassageKind};
use crate::layout::text::line::DocumentLines;

/// A line or an element that is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Furniture {
    /// The index of the line that it stands before.
    pub before: usize,
    /// The words, or, of an element such as navigation, its name and its number of words.
    pub text: String,
}

/// What [`document_lines`] leaves out: dropped elements, and what stands outside the entries. What an entry leaves out
/// is listed behind it.
pub fn furniture(page: &Html, entries: &[Element]) -> Vec<Furniture> {
    let mut lines = DocumentLines::default();
    let mut furniture = Vec::new();
    let outside = page.root().pieces(&ElementSet::new(entries));
    if entries.is_empty() {
        for piece in outside {
            match piece {
                FlowPiece::Passage(passage) => lines.passage(passage, 0),
                FlowPiece::Dropped { name, words } => furniture.push(dropped(&lines, &name, words)),
                FlowPiece::LeftOut => {}
            }
        }
        return furniture;
    }
    add_page_head(page, &mut lines);
    let mut in_head: Vec<_> = lines.lines().iter().map(|line| line.text.to_owned()).collect();
    let mut entries = entries.iter().zip(1..);
    for piece in outside {
        match piece {
            FlowPiece::Passage(Passage { kind: PassageKind::Media(_), .. }) => {}
            FlowPiece::Passage(passage) => match in_head.iter().position(|text| *text == passage.text) {
                Some(index) => drop(in_head.swap_remove(index)),
                None if passage.text.is_empty() => {}
                None => furniture.push(Furniture { before: lines.line_count(), text: passage.text }),
            },
            FlowPiece::Dropped { name, words } => furniture.push(dropped(&lines, &name, words)),
            FlowPiece::LeftOut => {
                let Some((element, number)) = entries.next() else { continue };
                lines.begin_entry();
                add_entry(*element, number, &mut lines);
                let title = lines.last_title().unwrap_or_default();
                // A time is a part of the title, or of no line.
                let is_unused = |passage: &Passage| {
                    matches!(passage.kind, PassageKind::Time(_)) && !title.contains(without_markers(&passage.text))
                };
                for piece in element.pieces(&ElementSet::default()) {
                    match piece {
                        FlowPiece::Dropped { name, words } => furniture.push(dropped(&lines, &name, words)),
                        FlowPiece::Passage(passage) if is_unused(&passage) => {
                            furniture.push(Furniture { before: lines.line_count(), text: passage.text })
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    furniture
}

/// All elements that are dropped from a document, wherever they stand.
pub fn dropped_elements(page: &Html) -> Vec<Furniture> {
    let pieces = page.root().pieces(&ElementSet::default()).into_iter();
    pieces
        .filter_map(|piece| match piece {
            FlowPiece::Dropped { name, words } => Some(Furniture { before: 0, text: count_words(&name, words) }),
            _ => None,
        })
        .collect()
}

fn dropped(above: &DocumentLines, name: &str, words: usize) -> Furniture {
    Furniture { before: above.line_count(), text: count_words(name, words) }
}

/// `<nav> 34 words`
fn count_words(name: &str, words: usize) -> String {
    format!("<{name}> {words} {}", if words == 1 { "word" } else { "words" })
}
