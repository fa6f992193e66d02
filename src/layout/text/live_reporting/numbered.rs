//! The starts of numbered entries.

use super::entry_starts::{Opening, Start};
use crate::layout::text::line::{Line, Mark};
use crate::layout::text::recognise::shape::is_phrase;
use crate::locale::Language;

/// The lines from `begin` on whose numbers continue the count, at the indent of the first entry's. A number may be left
/// out if the indent distinguishes entries from lists.
pub fn starts<'a>(lines: &[Line<'a>], begin: usize, language: &Language) -> Vec<Start<'a>> {
    let mut starts: Vec<Start> = Vec::new();
    let (mut last, mut indent) = (None, 0);
    let is_indented = lines[begin..].iter().any(|line| line.indent > 0);
    for (index, line) in lines.iter().enumerate().skip(begin) {
        let Some(Mark::Number(number)) = line.mark else { continue };
        let continues = match last {
            None => true,
            Some(last) if is_indented => line.indent <= indent + 1 && number > last,
            Some(last) => number == last + 1,
        };
        if !continues || line.text.is_empty() {
            continue;
        }
        match (last, starts.last_mut()) {
            (Some(last), Some(above)) => above.numbers_left_out = number - last - 1,
            _ => indent = line.indent,
        }
        last = Some(number);
        let opening = Opening::read(line.text, language);
        starts.push(Start { line: index, text: line.text, opening, is_inferred: false, numbers_left_out: 0 });
    }
    starts
}

/// Three numbered lines or more that end no sentence, with text between them: a list of entries, not of points.
pub fn are_titles(lines: &[Line], starts: &[Start]) -> bool {
    let has_body = |pair: &[Start]| lines[pair[0].line + 1..pair[1].line].iter().any(|line| !line.is_blank());
    starts.len() >= 3
        && starts.windows(2).all(has_body)
        && starts.iter().filter(|start| is_phrase(start.text, 16)).count() * 4 >= starts.len() * 3
}
