//! The starts of numbered entries.

use super::entry_starts::{EntryStart, Opening};
use crate::layout::text::line::{Line, Mark};
use crate::layout::text::recognise::name::{is_name, is_organisation, may_be_name, names_bbc};
use crate::layout::text::recognise::shape::is_phrase;
use crate::locale::Language;

/// The lines from `begin` on whose numbers continue the count, at the indent of the first entry's. A number may be left
/// out if the indent distinguishes entries from lists.
pub fn starts<'a>(lines: &[Line<'a>], begin: usize, language: &Language) -> Vec<EntryStart<'a>> {
    let mut starts: Vec<EntryStart> = Vec::new();
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
        let opening = match Opening::read(line.text, language) {
            Opening::Title if is_byline(line.text, &lines[index + 1..], language) => Opening::Byline,
            opening => opening,
        };
        starts.push(EntryStart { line: index, text: line.text, opening, is_inferred: false, numbers_left_out: 0 });
    }
    starts
}

/// Whether the words are a name above its role at the BBC. An organisation alone may as well be the author of an entry
/// whose title is a name.
fn is_byline(name: &str, below: &[Line], language: &Language) -> bool {
    let role = below.iter().find(|line| !line.is_blank()).filter(|line| line.mark.is_none());
    (is_name(name) || may_be_name(name))
        && role.is_some_and(|role| names_bbc(role.text, language) && !is_organisation(role.text, language))
}

/// The starts with those of entries that lost their numbers, where the numbers leave out as many as there are double
/// blank lines in the entry above. One right under the title is a dropped element.
pub fn with_lost<'a>(lines: &[Line<'a>], numbered: Vec<EntryStart<'a>>) -> Vec<EntryStart<'a>> {
    let ends: Vec<_> = numbered.iter().skip(1).map(|next| next.line).chain([lines.len()]).collect();
    let mut starts = Vec::with_capacity(numbered.len());
    for (mut start, end) in numbered.into_iter().zip(ends) {
        let below = |index: usize| lines[start.line + 1..index].iter().any(|line| !line.is_blank());
        let is_lost = |&index: &usize| {
            !lines[index].is_blank() && lines[index - 1].is_blank() && lines[index - 2].is_blank() && below(index)
        };
        let left_out = std::mem::take(&mut start.numbers_left_out);
        let lost: Vec<_> = if left_out > 0 { (start.line + 3..end).filter(is_lost).collect() } else { Vec::new() };
        if lost.len() != left_out as usize {
            start.numbers_left_out = left_out;
            starts.push(start);
            continue;
        }
        starts.push(start);
        let lost = lost.into_iter().map(|line| EntryStart {
            line,
            text: lines[line].text,
            opening: Opening::Text,
            is_inferred: true,
            numbers_left_out: 0,
        });
        starts.extend(lost);
    }
    starts
}

/// Three numbered lines or more that end no sentence, with text between them: a list of entries, not of points.
pub fn are_titles(lines: &[Line], starts: &[EntryStart]) -> bool {
    let has_body = |pair: &[EntryStart]| lines[pair[0].line + 1..pair[1].line].iter().any(|line| !line.is_blank());
    starts.len() >= 3
        && starts.windows(2).all(has_body)
        && starts.iter().filter(|start| is_phrase(start.text, 16)).count() * 4 >= starts.len() * 3
}
