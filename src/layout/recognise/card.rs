//! Cards: teasers of other pages.

use super::image::is_marker;
use super::shape::{ends_sentence, same};
use crate::layout::cursor::Cursor;
use crate::layout::uses::Use;

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
    let read_more = at.words().read_more;
    if same(first.text, read_more) {
        at.take(Use::CardMark);
        return Some(());
    }
    let mut lines = 1;
    let mut above = first;
    loop {
        if above.mark.is_some() || is_marker(above.text, at.words()) || lines > MOST_LINES {
            return None;
        }
        match at.adjacent(lines) {
            Some(line) if same(line.text, read_more) => break,
            Some(line) if !(at.facts.flat && ends_sentence(above.text)) => above = line,
            None if at.ends_with_card && at.behind(lines).is_none() => break,
            None if at.ahead(lines).is_some_and(|line| same(line.text, read_more)) => break,
            _ => return None,
        }
        lines += 1;
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
