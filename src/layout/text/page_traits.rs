//! Traits of a whole page, found before its lines are read one by one, and signs that its text is damaged.

use std::collections::HashSet;

use super::classify::Classified;
use super::cursor::Doubt;
use super::recognise::name::{is_name, is_role};
use super::recognise::shape::ends_sentence;
use crate::layout::text::line::Line;
use crate::locale::Language;
use crate::model::Code;

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
}

impl<'a> PageTraits<'a> {
    /// The traits of a page whose first entry begins at the line with the index `first`.
    pub fn new(lines: &[Line<'a>], first: usize, language: &'static Language) -> PageTraits<'a> {
        PageTraits {
            language,
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

/// The most lines and characters that an entry plausibly has.
const MOST_LINES: usize = 40;
const MOST_CHARS: usize = 5_000;

/// Adds a doubt if much text follows the only stamp: some extractors keep the first entry's heading and drop all others.
pub fn check_single_entry(lines: &[Line], classified: &mut Classified) {
    let &[start] = classified.starts.as_slice() else { return };
    let body: Vec<_> = lines[start..classified.end].iter().filter(|line| !line.is_blank()).collect();
    let chars: usize = body.iter().map(|line| line.whole.chars().count()).sum();
    if body.len() > MOST_LINES || chars > MOST_CHARS {
        classified.doubts.push(Doubt {
            line: start,
            code: Code::MaybeSeveralEntries,
            message: format!(
                "{} lines and {chars} characters follow the only stamp; entries may have run together",
                body.len()
            ),
        });
    }
}

/// Adds a doubt if the text was wrapped: many lines end near one width without ending a sentence, most of them directly
/// above a line that begins with a small letter.
pub fn check_line_ends(lines: &[Line], doubts: &mut Vec<Doubt>) {
    /// Words longer than this rarely are what broke a line.
    const SLACK: usize = 14;
    let adjacent = |pair: &&[Line]| !pair[0].is_blank() && !pair[1].is_blank() && pair[1].mark.is_none();
    let pairs: Vec<_> = lines.windows(2).filter(adjacent).collect();
    let continued = pairs.iter().filter(|pair| pair[1].whole.starts_with(char::is_lowercase)).count();
    if continued * 2 < pairs.len() {
        return;
    }
    let width_of = |line: &Line| line.indent + line.whole.chars().count();
    let width = pairs.iter().map(|pair| width_of(&pair[0])).max().unwrap_or_default();
    let is_full = |line: &Line| width_of(line) + SLACK >= width && !line.whole.ends_with(['.', '!', '?']);
    let full = pairs.iter().filter(|pair| is_full(&pair[0])).count();
    if (40..=132).contains(&width) && full >= 8 && full * 10 >= pairs.len() * 6 {
        doubts.push(Doubt {
            line: 0,
            code: Code::HardWrapped,
            message: format!("{full} lines end near column {width} within a sentence; save the page without wrapping"),
        });
    }
}
