//! What holds for a whole page, found before its lines are read one by one.

use std::collections::HashSet;

use super::recognise::name::{is_name, is_role};
use super::recognise::shape::ends_sentence;
use crate::layout::text::line::Line;
use crate::locale::words::Words;

/// What holds for a whole page.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The words of its language.
    pub words: &'static Words,
    /// Whether blank lines tell nothing, because paragraphs stand without one between them.
    pub flat: bool,
    /// Whether any line has kept a list mark.
    pub has_list_marks: bool,
    /// The names that stand above a role somewhere on the page.
    pub bylines: HashSet<&'a str>,
    /// The index of the last line that has words.
    pub last_line: usize,
}

impl<'a> Facts<'a> {
    /// The facts of a page whose first entry begins at the line with the index `first`.
    pub fn of(lines: &[Line<'a>], first: usize, words: &'static Words) -> Facts<'a> {
        Facts {
            words,
            flat: is_flat(&lines[first..]),
            has_list_marks: lines.iter().any(|line| line.mark.is_some()),
            bylines: bylines(&lines[first..], words),
            last_line: lines.iter().rposition(|line| !line.is_blank()).unwrap_or_default(),
        }
    }
}

/// Whether two paragraphs in a row stand without a blank line between them more often than with one.
fn is_flat(lines: &[Line]) -> bool {
    let (mut adjacent, mut apart) = (0, 0);
    let mut above: Option<&Line> = None;
    for line in lines.iter().filter(|line| !line.is_blank()) {
        let paragraph = Some(line).filter(|line| is_paragraph(line));
        if let (Some(above), Some(line)) = (above, paragraph) {
            if line.number == above.number + 1 { adjacent += 1 } else { apart += 1 }
        }
        above = paragraph;
    }
    if adjacent + apart > 0 { adjacent > apart } else { !lines.iter().any(Line::is_blank) }
}

fn is_paragraph(line: &Line) -> bool {
    line.mark.is_none() && ends_sentence(line.text)
}

/// The names that stand right above a role.
fn bylines<'a>(lines: &[Line<'a>], words: &Words) -> HashSet<&'a str> {
    let pairs = lines.iter().zip(lines.iter().skip(1));
    pairs
        .filter(|(name, role)| name.mark.is_none() && role.mark.is_none() && !role.is_blank())
        .filter(|(name, role)| is_name(name.text) && is_role(role.text, words))
        .map(|(name, _)| name.text)
        .collect()
}
