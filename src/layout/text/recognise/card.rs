//! Cards: teasers of other pages.

use super::image::is_marker;
use super::shape::{ends_sentence, same};
use crate::layout::text::cursor::Cursor;
use crate::layout::text::line::Line;
use crate::layout::text::uses::Use;

/// The most lines that a teaser has.
const MOST_LINES: usize = 6;

/// Adjacent lines, then `Read More`:
///
/// ```text
///     How the harbour was built
///     A short history of the northern quay.
///     Read More
/// ```
///
/// perhaps with a blank line before it. In the flat dress, the line above `Read More` and those before it that end no sentence.
pub fn card(at: &mut Cursor) -> Option<()> {
    let first = at.next()?;
    if same(first.text, at.words().read_more) {
        at.take(Use::CardMark);
        return Some(());
    }
    let lines = lines_above_read_more(at, first)?;
    let is_plain = |line: &Line| line.mark.is_none() && !is_marker(line.text, at.words());
    if !(0..lines).all(|count| at.behind(count).is_some_and(is_plain)) {
        return None;
    }
    for count in 0..lines {
        let text = at.next()?.text;
        at.take(Use::Card { text, opens: count == 0 });
    }
    if at.next().is_some() {
        at.take(Use::CardMark);
    }
    Some(())
}

/// How many lines stand above `Read More`, from the next one on.
fn lines_above_read_more(at: &Cursor, first: &Line) -> Option<usize> {
    let is_end = |line: &Line| same(line.text, at.words().read_more);
    let mut above = first;
    for lines in 1..=MOST_LINES {
        match at.adjacent(lines) {
            Some(line) if is_end(line) => return Some(lines),
            Some(line) if !(at.facts.flat && ends_sentence(above.text)) => above = line,
            None if at.ends_with_card && at.behind(lines).is_none() => return Some(lines),
            None if at.ahead(lines).is_some_and(is_end) => return Some(lines),
            _ => return None,
        }
    }
    None
}
