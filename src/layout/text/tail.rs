//! What follows the last entry.

use super::cursor::Doubt;
use super::facts::Facts;
use super::recognise::embed::lines_of_embeds;
use super::recognise::furniture::{is_footer, is_furniture};
use super::uses::Use;
use crate::layout::text::line::Line;
use crate::locale::words::Words;
use crate::model::Code;

/// The index behind the last entry: it ends where a line is less indented than its first, or at the page's footer. The
/// note about other sites' content is the footer's only where it is not part of an embed.
///
/// `first` and `title` are the indexes of its first line and of its title's.
pub fn end_of_last(lines: &[Line], first: usize, title: usize, words: &Words) -> usize {
    let indent = lines[first].indent;
    let body = title + 1;
    let below = &lines[body..];
    let embeds = lines_of_embeds(below);
    let is_end = |&(index, line): &(usize, &Line)| {
        !line.is_blank() && (line.indent < indent || is_footer(line.text, words) && !embeds.contains(&index))
    };
    below.iter().enumerate().find(is_end).map_or(lines.len(), |(index, _)| body + index)
}

/// What follows the last entry: known furniture, words of the footer, and lines that no rule reads.
pub fn tail<'a>(lines: &[Line<'a>], facts: &Facts, uses: &mut Vec<Use<'a>>, doubts: &mut Vec<Doubt>) {
    let mut footer = None;
    let mut unread_in_footer = Vec::new();
    for (index, line) in lines.iter().enumerate().skip(uses.len()) {
        let is_footer = is_footer(line.text, facts.words);
        if is_footer {
            footer.get_or_insert(line.text);
        }
        uses.push(match line {
            line if line.is_blank() => Use::Blank,
            line if is_footer || is_furniture(line.text, facts.words) => Use::Furniture,
            _ => {
                match footer {
                    Some(_) => unread_in_footer.push((index, line.whole)),
                    None => doubts.push(Doubt::unread(index, line)),
                }
                Use::Unread
            }
        });
    }
    doubts.extend(footer.and_then(|footer| unread_below(footer, &unread_in_footer)));
}

/// The lines of a footer make one doubt: they are links to other pages more often than words of the last entry.
fn unread_below(footer: &str, unread: &[(usize, &str)]) -> Option<Doubt> {
    let &(line, _) = unread.first()?;
    let words: Vec<_> = unread.iter().map(|(_, words)| format!("“{words}”")).collect();
    let count = if words.len() == 1 { "1 line".to_owned() } else { format!("{} lines", words.len()) };
    let message = format!("no rule reads {count} below “{footer}”: {}", words.join(" "));
    Some(Doubt { line, code: Code::UnreadLine, message })
}
