//! BBC News from 2014 to mid-2024: a numbered list under `Live Reporting`, without times.
//!
//! ```text
//! Live Reporting
//! Edited by First Editor and Second Editor
//! All times stated are UK
//!   1. Title of the newest entry
//!
//!     Reporter Name
//!
//!     BBC News
//!
//!     First paragraph.
//! ```

mod head;
mod image;
mod signature;
mod starts;

use super::classify::{Classified, Outline};
use super::cursor::{Cursor, Recogniser};
use super::recognise::shape::{same, strip_opening};
use super::recognise::{embed, furniture, media, prose, quote};
use super::uses::{Title, Use};
use crate::layout::text::Known;
use crate::layout::text::line::Line;
use crate::locale::words::ENGLISH;
use crate::model::{Code, Layout};
use starts::{Opening, Start};

/// The use of each line, if there is an entry on the page.
pub fn classify<'a>(lines: &[Line<'a>], known: Known) -> Option<Classified<'a>> {
    let words = &ENGLISH;
    let starts = starts::starts(lines, words, known.is_bbc_live)?;
    let outline = Outline {
        layout: Layout::BbcLiveReporting,
        words,
        starts: starts.iter().map(|start| start.line).collect(),
        last_title: starts.last()?.line,
    };
    Some(outline.classify(lines, known, head::head, |at, index| entry(at, &starts[index])))
}

/// What the lines below the title are recognised by; the first that takes the next line has it.
const RECOGNISERS: &[Recogniser] = &[
    furniture::furniture,
    signature::byline,
    quote::quote,
    embed::embed,
    image::marked,
    media::media,
    prose::item,
    image::alone,
    image::beside_text,
];

/// What a reader sends is text: no line of it is a byline or an image.
const MESSAGE: &[Recogniser] =
    &[furniture::furniture, image::marked, media::media, embed::embed, prose::item, image::beside_text];

fn entry<'a>(at: &mut Cursor<'_, 'a>, start: &Start<'a>) {
    at.next();
    if start.inferred {
        at.doubt(Code::EntryInferred, "no number begins the entry; the shape of its first lines does");
    }
    match start.opening {
        Opening::Title => at.take(title(start.text, at)),
        Opening::Nothing => at.take(Use::Furniture),
        Opening::Above => {
            at.take(Use::Furniture);
            titled_below(at);
        }
        Opening::Label => {
            at.take(Use::Label(start.text));
            titled_below(at);
        }
        Opening::Message => {
            at.take(Use::Author(vec![start.text], None));
            return at.read_with(MESSAGE);
        }
        Opening::Signed { name, role } => at.take(Use::Author(vec![name], Some(role))),
    }
    at.read_with(RECOGNISERS);
}

/// The title is the next paragraph.
fn titled_below(at: &mut Cursor) {
    if let Some(line) = at.next().filter(|line| line.mark.is_none()) {
        at.take(title(line.text, at));
    }
}

/// `BreakingBridge closed`: the mark of breaking news is glued before the title.
fn title<'a>(text: &'a str, at: &Cursor) -> Use<'a> {
    let breaking = strip_opening(text, at.words().breaking)
        .filter(|rest| rest.starts_with(char::is_uppercase) || rest.starts_with(['\'', '"', '‘', '“']));
    let placeholder = same(text, at.words().placeholder);
    Use::Title(Box::new(Title {
        text: (!placeholder).then_some(breaking.unwrap_or(text)),
        breaking: breaking.is_some(),
        ..Title::default()
    }))
}
