//! BBC Sport from 2012 to 2014: numbered entries that begin with a clock.
//!
//! ```text
//! 5 April 2014 Last updated at 11:28
//! As it happened
//!   1. 19:44:
//!
//!     Body of the newest entry.
//!
//!
//!     Get Involved- a reader's channel
//!
//!     A reader's message: it lost its number and time
//!
//!   3. 1941:
//!     Manager reaction- Teams 3-0
//!     Jose Somebody
//!
//!     Body.
//! ```

mod head;
mod starts;

use super::classify::{Classified, Outline};
use super::cursor::{Cursor, Recogniser};
use super::recognise::name::{is_name, is_role};
use super::recognise::shape::{ends_sentence, is_phrase, opens_quotation, strip_opening};
use super::recognise::{embed, furniture, image, media, prose, quote};
use super::uses::{Title, Use};
use crate::layout::text::line::Line;
use crate::layout::text::{Known, evidence};
use crate::locale::words::ENGLISH;
use crate::model::{Code, Layout};
use starts::{Opening, Start};

/// The use of each line, if an entry on the page begins with a clock. Agendas and chronologies have such lines, too
/// (`1066:`), so that the page must be known to be a live page, or show it.
pub fn classify<'a>(lines: &[Line<'a>], known: Known) -> Option<Classified<'a>> {
    let date = head::date(lines);
    let starts = starts::starts(lines, date.map(|date| date.date));
    let outline = Outline {
        layout: Layout::BbcSport,
        words: &ENGLISH,
        starts: starts.iter().map(|start| start.line).collect(),
        last_title: starts.last()?.line,
    };
    let is_live = known.is_bbc_live
        || head::is_known(lines)
        || evidence::is_live_page(lines, &outline.starts, outline.words)
        || evidence::begin_with_clocks(starts.iter().filter_map(Start::clock));
    is_live
        .then(|| outline.classify(lines, known, |head| head::head(head, date), |at, index| entry(at, &starts[index])))
}

/// What the lines below clock and title are recognised by; the first that takes the next line has it.
const RECOGNISERS: &[Recogniser] =
    &[furniture::furniture, quote::quote, embed::embed, image::image, media::media, prose::item, prose::paragraph];

fn entry<'a>(at: &mut Cursor<'_, 'a>, start: &Start<'a>) {
    at.next();
    match start.opening {
        Opening::Clock { words, stamp } => {
            at.take(Use::Title(Box::new(Title { words: Some(words), stamp, ..Title::default() })));
            if at.behind(0).is_some_and(|line| !line.is_blank()) {
                top(at);
            }
        }
        Opening::Lost => {
            at.doubt(Code::EntryInferred, "the entries' numbers leave one out; it begins here, without a time");
            lost(at);
        }
    }
    at.read_with(RECOGNISERS);
}

/// The line under the time, adjacent to it: an author, or the title, and below it a portrait's alternative text.
fn top(at: &mut Cursor) -> Option<()> {
    let line = at.next().filter(|line| line.mark.is_none())?;
    if at.facts.flat && !is_title(line.text) {
        return None;
    }
    match author(line.text, at) {
        Some((name, role)) => at.take(Use::Author(vec![name], role)),
        None => at.take(Use::Headed(line.text)),
    }
    let below = at.behind(0).filter(|line| !line.is_blank() && line.mark.is_none() && is_title(line.text))?;
    if !at.facts.flat || is_name(below.text) {
        at.take(Use::Image { alt: Some(below.text), source: None });
    }
    Some(())
}

/// The first line of an entry that lost number and time: `NAME, ROLE on PROGRAMME`, or a reader's channel.
fn lost(at: &mut Cursor) {
    let Some(line) = at.next() else { return };
    if let Some((name, role)) = author(line.text, at) {
        at.take(Use::Author(vec![name], role));
    } else if is_title(line.text) || starts::is_channel(line.text) {
        at.take(Use::Headed(line.text));
    }
}

fn is_title(text: &str) -> bool {
    is_phrase(text, 14) && !opens_quotation(text)
}

/// `NAME, ROLE`, or `BBC Radio 5 live's NAME`.
fn author<'a>(text: &'a str, at: &Cursor) -> Option<(&'a str, Option<&'a str>)> {
    if let Some((name, role)) = text.split_once(", ") {
        let role_of_line = is_name(name) && !ends_sentence(text) && is_role(role, at.words());
        return role_of_line.then_some((name, Some(role)));
    }
    let (_, name) = strip_opening(text, "BBC ")?.split_once("'s ")?;
    is_name(name).then_some((name, None))
}
