//! BBC News and Sport as captured since about 2023: entries whose titles end in `published at …`.
//!
//! ```text
//! Summary
//!
//!   • A point of the summary
//!
//!   1. Tunnel reopens after floodpublished at 14:27 British Summer Time 19 June 2023
//!
//!     Reporter Name
//!     Transport correspondent
//!
//!     First paragraph of the body.
//! ```
//!
//! The grammar hangs on the stamps and on the shape of lines; list marks, indents and blank lines help where a dump
//! has kept them.

mod head;
mod starts;

use super::cursor::{Cursor, Recogniser};
use super::facts::Facts;
use super::recognise::{byline, card, embed, furniture, image, media, prose, quote, title};
use super::uses::{Title, Use};
use super::words::LANGUAGES;
use super::{Classified, LONDON, suspicion, tail};
use crate::model::{Code, Layout};
use crate::page::Line;
use starts::Start;
use title::TimeWords;

/// The use of each line, if there is an entry on the page.
pub fn classify<'a>(lines: &[Line<'a>]) -> Option<Classified<'a>> {
    let mut languages = LANGUAGES.iter().map(|words| (*words, starts::starts(lines, words)));
    let (words, starts) = languages.find(|(_, starts)| !starts.is_empty())?;
    let first = starts.first()?.first_line();
    let last = starts.last()?;
    let end = tail::end_of_last(lines, last.first_line(), last.title_line, words);
    let facts = Facts::of(lines, first, words);

    let (mut uses, mut doubts) = (Vec::with_capacity(lines.len()), Vec::new());
    head::head(&lines[..first], &facts, &mut uses, &mut doubts);
    for (index, start) in starts.iter().enumerate() {
        let next = starts.get(index + 1);
        let entry_end = next.map_or(end, Start::first_line);
        let mut at = Cursor::new(&facts, lines, entry_end, &mut uses, &mut doubts);
        at.ends_with_card = next.is_some_and(|next| next.title.ends_card);
        entry(&mut at, start, lines);
    }
    tail::tail(lines, &facts, &mut uses, &mut doubts);
    suspicion::hard_wrapped(lines, &mut doubts);
    let firsts: Vec<_> = starts.iter().map(Start::first_line).collect();
    suspicion::several_entries(lines, &firsts, end, &mut doubts);
    Some(Classified { layout: Layout::Bbc, home: LONDON, uses, starts: firsts, end, doubts })
}

/// What the lines below title and stamp are recognised by; the first that takes the next line has it.
const RECOGNISERS: &[Recogniser] = &[
    image::pictured,
    furniture::furniture,
    byline::byline,
    quote::quote,
    embed::embed,
    image::image,
    media::media,
    card::card,
    image::portrait,
    image::gallery,
    prose::item,
    prose::paragraph,
];

fn entry<'a>(at: &mut Cursor<'_, 'a>, start: &Start<'a>, lines: &[Line<'a>]) {
    if let Some(label) = start.label {
        let text = lines[label].text;
        at.take(if text.is_empty() { Use::Furniture } else { Use::Label(text) });
    }
    at.next();
    match start.time {
        Some(TimeWords::Unread) => {
            at.doubt(Code::TimeUnread, "the words behind the title are no time that can be read")
        }
        None => at.doubt(Code::StampMissing, "the page is cut off before the entry's stamp"),
        Some(TimeWords::Time | TimeWords::Clock) => {}
    }
    at.take(Use::Title(start.title.clone()));
    second_stamp(at, &start.title);
    breaking(at);
    at.read_with(RECOGNISERS);
}

/// A line under the title that is only a stamp repeats it, perhaps in the zone of whoever saved the page. It is the
/// stamp only if it names a zone and the title's does not.
fn second_stamp<'a>(at: &mut Cursor<'_, 'a>, title: &Title<'a>) -> Option<()> {
    let line = at.next().filter(|line| line.mark.is_none())?;
    let (words, stamp) = title::stamp_alone(line.text, at.words())?;
    let tells_more = title.stamp.as_ref().is_some_and(|first| first.zone.is_none()) && stamp.zone.is_some();
    at.take(Use::SecondStamp(tells_more.then_some((words, stamp))));
    Some(())
}

/// `Breaking` alone on the line directly under the stamp.
fn breaking(at: &mut Cursor) -> Option<()> {
    let line = at.next()?;
    super::recognise::shape::same(line.text, at.words().breaking).then(|| at.take(Use::Breaking))
}
