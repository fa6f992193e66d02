//! What follows the last entry.

use super::cursor::Doubt;
use super::facts::Facts;
use super::recognise::furniture::{is_footer, is_furniture};
use super::uses::Use;
use super::words::Words;
use crate::page::Line;

/// The index behind the last entry: it ends where a line is less indented than its first, or at the page's footer.
///
/// `first` and `title` are the indexes of its first line and of its title's.
pub fn end_of_last(lines: &[Line], first: usize, title: usize, words: &Words) -> usize {
    let indent = lines[first].indent;
    let body = title + 1;
    let below = lines[body..].iter();
    below
        .enumerate()
        .find(|(_, line)| !line.is_blank() && (line.indent < indent || is_footer(line.text, words)))
        .map_or(lines.len(), |(index, _)| body + index)
}

/// What follows the last entry: from the footer's first words on all is furniture; anything before it is unread.
pub fn tail<'a>(lines: &[Line<'a>], facts: &Facts, uses: &mut Vec<Use<'a>>, doubts: &mut Vec<Doubt>) {
    let mut in_footer = false;
    for (index, line) in lines.iter().enumerate().skip(uses.len()) {
        in_footer |= is_footer(line.text, facts.words);
        uses.push(match line {
            line if line.is_blank() => Use::Blank,
            line if in_footer || is_furniture(line.text, facts.words) => Use::Furniture,
            _ => {
                doubts.push(Doubt::unread(index, line));
                Use::Unread
            }
        });
    }
}
