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
pub(crate) mod html;
mod starts;

use super::classify::{Classified, Outline};
use super::cursor::{Cursor, Recogniser};
use super::recognise::name::is_role;
use super::recognise::{byline, card, embed, furniture, image, media, prose, quote, title};
use super::suspicion;
use super::uses::{Title, Use};
use crate::layout::text::Known;
use crate::layout::text::line::Line;
use crate::locale::words::LANGUAGES;
use crate::model::{Code, Layout};
use starts::Start;
use title::TimeWords;

/// The use of each line, if there is an entry on the page.
pub fn classify<'a>(lines: &[Line<'a>], known: Known) -> Option<Classified<'a>> {
    let mut languages = LANGUAGES.iter().map(|words| (*words, starts::starts(lines, words)));
    let (words, starts) = languages.find(|(_, starts)| !starts.is_empty())?;
    let outline = Outline {
        layout: Layout::Bbc,
        words,
        starts: starts.iter().map(Start::first_line).collect(),
        last_title: starts.last()?.title_line,
    };
    let mut classified = outline.classify(lines, known, head::head, |at, index| {
        at.ends_with_card = starts.get(index + 1).is_some_and(|next| next.title.ends_card);
        entry(at, &starts[index], lines);
    });
    suspicion::hard_wrapped(lines, &mut classified.doubts);
    suspicion::several_entries(lines, &mut classified);
    Some(classified)
}

/// What the lines below title and stamp are recognised by; the first that takes the next line has it.
const RECOGNISERS: &[Recogniser] = &[
    title::subtitle,
    image::pictured,
    furniture::furniture,
    byline::byline,
    byline::page_credit,
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
        None if at.next().is_some_and(|line| line.hints.entry.is_some()) => {
            at.doubt(Code::StampMissing, "the document has no time for the entry")
        }
        None => at.doubt(Code::StampMissing, "the page is cut off before the entry's stamp"),
        Some(TimeWords::Time | TimeWords::Clock) => {}
    }
    at.take(Use::Title(Box::new(start.title.clone())));
    second_stamp(at, &start.title);
    breaking(at);
    at.read_with(RECOGNISERS);
}

/// A line under the title that is only a stamp repeats it, perhaps in the zone of whoever saved the page. It is the
/// stamp only if it names a zone and the title's does not. A name behind it, above a role, is the author's.
fn second_stamp<'a>(at: &mut Cursor<'_, 'a>, title: &Title<'a>) -> Option<()> {
    let line = at.next().filter(|line| line.mark.is_none())?;
    let Some((words, stamp)) = title::stamp_alone(line.text, at.words()) else {
        let name = title::name_behind_stamp(line.text, at.words())?;
        let role = at.adjacent(1).filter(|role| role.mark.is_none() && is_role(role.text, at.words()))?;
        at.take(Use::Author(vec![name], None));
        at.take(Use::Role(role.text));
        return Some(());
    };
    let tells_more = title.stamp.as_ref().is_some_and(|first| first.zone.is_none()) && stamp.zone.is_some();
    at.take(Use::SecondStamp(tells_more.then(|| Box::new((words, stamp)))));
    Some(())
}

/// `Breaking` alone on the line directly under the stamp.
fn breaking(at: &mut Cursor) -> Option<()> {
    let line = at.next()?;
    super::recognise::shape::same(line.text, at.words().breaking).then(|| at.take(Use::Breaking))
}
