//! Traits of a whole page, found before its lines are read one by one.

use std::collections::HashSet;

use super::recognise::name::{is_name, is_role};
use super::recognise::shape::ends_sentence;
use crate::layout::text::line::Line;
use crate::locale::Language;

/// What is true of a whole page.
#[derive(Debug)]
pub struct PageTraits<'a> {
    /// Its language.
    pub language: &'static Language,
    /// Whether blank lines mean nothing, because paragraphs follow each other without one.
    pub is_flat: bool,
    /// Whether any line has kept a list mark.
    pub has_list_marks: bool,
    /// The names above a role somewhere on the page.
    pub bylines: HashSet<&'a str>,
    /// The index of the last line that is not blank.
    pub last_line: usize,
    /// Whether the reading is to be explained.
    pub explains: bool,
}

impl<'a> PageTraits<'a> {
    /// The traits of a page whose first entry begins at the line with the index `first`.
    pub fn new(lines: &[Line<'a>], first: usize, language: &'static Language, explains: bool) -> PageTraits<'a> {
        PageTraits {
            language,
            explains,
            is_flat: is_flat(&lines[first..]),
            has_list_marks: lines.iter().any(|line| line.mark.is_some()),
            bylines: bylines(&lines[first..], language),
            last_line: lines.iter().rposition(|line| !line.is_blank()).unwrap_or_default(),
        }
    }
}

/// Whether two paragraphs in a row are adjacent more often than they have a blank line between them.
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

/// The names directly above a role.
fn bylines<'a>(lines: &[Line<'a>], language: &Language) -> HashSet<&'a str> {
    let is_byline = |name: &Line, role: &Line| {
        name.mark.is_none() && role.mark.is_none() && is_name(name.text) && is_role(role.text, language)
    };
    let pairs = lines.windows(2).filter(|pair| is_byline(&pair[0], &pair[1]));
    pairs.map(|pair| pair[0].text).collect()
}
