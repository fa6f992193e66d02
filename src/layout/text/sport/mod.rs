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

mod clock;
mod entry_starts;
mod heading;
mod page_head;

use super::classify::{Classified, Outline};
use super::cursor::Cursor;
use super::evidence;
use super::recognise::name::{author_and_role, is_name, is_role};
use super::recognise::{body, embed, furniture, image};
use super::rules::{Rule, Rules};
use super::uses::{Title, Use};
use crate::layout::text::PageContext;
use crate::layout::text::line::Line;
use crate::locale::ENGLISH;
use crate::model::{Code, Layout};
use crate::time::stamp::Stamp;
use clock::ClockLine;
use entry_starts::{ClockOpening, ClockStart, ends_in_name, entry_starts, is_channel};
use heading::{EntryHeading, is_title};
use page_head::{HeadDate, SportHead};

/// The use of each line, if an entry on the page begins with a clock. Agendas and chronologies also have such lines
/// (`1066:`), so the page must be known to be a live page, or show it.
pub fn classify<'a>(lines: &[Line<'a>], page: PageContext) -> Option<Classified<'a>> {
    let date = HeadDate::find(lines);
    let starts = entry_starts(lines, date.map(|date| date.date));
    let outline = Outline {
        layout: Layout::BbcSport,
        language: &ENGLISH,
        starts: starts.iter().map(|start| start.line).collect(),
        last_title: starts.last()?.line,
    };
    if !page.is_live && !is_live(lines, &starts, &outline.starts) {
        return None;
    }
    let mut head = SportHead::new(&lines[..starts[0].line], date);
    let rules = Rules::new(RECOGNISERS, outline.language);
    Some(outline.classify(
        lines,
        page,
        |index, line, doubts| head.classify(index, line, doubts),
        |at, index| entry(at, &starts[index], &rules),
    ))
}

/// Whether the page shows that it is a live page: by its head, by what only such pages have, or by its clocks. Words
/// beside clocks are in timetables and minutes, too, so that clocks alone show less there.
fn is_live(lines: &[Line], starts: &[ClockStart], indexes: &[usize]) -> bool {
    let head = &lines[..indexes[0]];
    let clocks = || starts.iter().filter_map(ClockStart::clock);
    if page_head::is_live_head(head) || evidence::is_live_page(lines, indexes, &ENGLISH) {
        return true;
    }
    let all_alone = clocks().all(ClockLine::is_alone);
    if all_alone && page_head::has_date_line(head) {
        return true;
    }
    let is_numbered = lines[indexes[0]].mark.is_some();
    let says_live = evidence::says_live(head, clocks().map(|clock| clock.rest));
    evidence::begin_with_clocks(clocks().map(|clock| clock.words), says_live)
        && (all_alone || is_numbered && evidence::have_prose(lines, indexes))
}

/// What the lines below clock and title are recognised by; the first that takes the next line has it.
pub(super) const RECOGNISERS: &[Rule] = &[
    Rule::by_words("furniture", furniture::furniture).opened_by(furniture::openings),
    Rule::by_words("quote", body::quote).opened_by(body::quote_openings),
    Rule::by_words("embed", embed::embed).opened_by(|_| embed::openings()),
    Rule::by_shape("cut mark", image::cut_mark),
    Rule::by_shape("image", image::image),
    Rule::by_shape("media", image::media).opened_by(|language| language.media_caption.first_letters()),
    Rule::by_words("item", body::item).no_sentence(),
    Rule::by_shape("image at end", image_at_end),
    Rule::by_words("paragraph", body::paragraph),
];

fn entry<'a>(at: &mut Cursor<'_, 'a>, start: &ClockStart<'a>, rules: &Rules) {
    at.next();
    if start.numbers_left_out > 0 {
        let message = format!("the numbers leave out {} between this entry and the next", start.numbers_left_out);
        at.doubt(Code::MaybeSeveralEntries, message);
    }
    if start.clock_line > start.line {
        at.take(Use::Furniture);
        at.next();
    }
    match start.opening {
        ClockOpening::Clock { clock, stamp } => clock_line(at, &clock, stamp),
        ClockOpening::Lost => {
            at.doubt(Code::EntryInferred, "the entries' numbers leave one out; it begins here, without a time");
            lost(at);
        }
    }
    at.read_with(rules);
}

/// The line of the clock, and the title or the author on the line under it.
fn clock_line<'a>(at: &mut Cursor<'_, 'a>, clock: &ClockLine<'a>, stamp: Option<Stamp<'a>>) {
    let heading = EntryHeading::read(clock.rest, at.language());
    if let (Some(reading), true, Some(line)) = (heading.reading(), clock.has_colon, at.next()) {
        at.doubt(Code::HeadingInferred, format!("“{}” does not say what it is: {reading}", line.text));
    }
    if stamp.is_none() {
        at.doubt(Code::TimeUnread, format!("“{}” is no time that can be read", clock.words));
    }
    let mut title = Title { words: Some(clock.words), stamp, label: clock.kicker, ..Title::default() };
    heading.add_to(&mut title);
    let may_have_title_below = title.text.is_none() && title.paragraph.is_none();
    at.take(Use::Title(Box::new(title)));
    if may_have_title_below && at.below(0).is_some_and(|line| !line.is_blank()) {
        top(at);
    }
}

/// The line under the time, adjacent to it: an author, or the title, and below it a portrait's alternative text.
fn top(at: &mut Cursor) -> Option<()> {
    let line = at.next().filter(|line| line.mark.is_none())?;
    if at.page.is_flat && !is_title(line.text) {
        return None;
    }
    match author(line.text, at) {
        Some((name, role)) => at.take(Use::Author(vec![name], role)),
        None => {
            if is_plain(line.text) {
                let message = format!("“{}” is under the clock; read as the title, not as an image", line.text);
                at.doubt(Code::ImageOrText, message);
            }
            at.take(Use::Headed(line.text));
        }
    }
    let below = at.below(0).filter(|line| !line.is_blank() && line.mark.is_none() && is_title(line.text))?;
    if !at.page.is_flat || is_name(below.text) {
        if !is_name(below.text) {
            let message = format!("“{}” is under the title; read as an image's alternative text", below.text);
            at.doubt(Code::ImageOrText, message);
        }
        at.take(Use::Image { alt: Some(below.text), source: None });
    }
    Some(())
}

/// Words that may as well describe an image. `KICKER- TITLE`, a score, and a programme before a title are none.
fn is_plain(text: &str) -> bool {
    !text.contains(|c: char| c.is_ascii_digit() || "-–:…?!'".contains(c)) && !text.contains("BBC")
}

/// Text has a blank line below it, an image need not have one: words right above the next entry are an image's.
fn image_at_end(at: &mut Cursor) -> Option<()> {
    let line = at.next().filter(|line| line.mark.is_none() && line.indent > 0 && at.below(1).is_none())?;
    if at.is_last()
        || at.at_top
        || at.page.is_flat
        || !at.stands_apart()
        || !is_title(line.text)
        || !is_plain(line.text)
    {
        return None;
    }
    let message = format!("“{}” is right above the next entry; read as an image's alternative text", line.text);
    at.doubt(Code::ImageOrText, message);
    at.take(Use::Image { alt: Some(line.text), source: None });
    Some(())
}

/// The first line of an entry that lost number and time: `NAME, ROLE on PROGRAMME`, or a reader's channel.
fn lost(at: &mut Cursor) {
    let Some(line) = at.next() else { return };
    if let Some((name, role)) = author(line.text, at) {
        at.take(Use::Author(vec![name], role));
    } else if let Some((name, role)) = line.text.split_once(", ").filter(|(name, _)| ends_in_name(name)) {
        at.take(Use::Author(vec![name], Some(role)));
    } else if is_title(line.text) || is_channel(line.text) {
        at.take(Use::Headed(line.text));
    }
}

/// `NAME, ROLE`, or `BBC Radio 5 live's NAME`.
fn author<'a>(text: &'a str, at: &Cursor) -> Option<(&'a str, Option<&'a str>)> {
    author_and_role(text).filter(|(_, role)| role.is_none_or(|role| is_role(role, at.language())))
}
