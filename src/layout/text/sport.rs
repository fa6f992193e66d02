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

use chrono::NaiveTime;

use super::classify::{Classified, Outline};
use super::cursor::{Cursor, Doubt, Rule};
use super::recognise::furniture::is_furniture;
use super::recognise::name::{author_and_role, is_name, is_role};
use super::recognise::shape::{begins_with, ends_sentence, is_phrase, opens_quotation, same};
use super::recognise::{body, embed, furniture, image};
use super::uses::{Title, Use};
use crate::layout::text::line::{Line, Mark};
use crate::layout::text::{PageContext, evidence};
use crate::locale::ENGLISH;
use crate::model::{Code, Layout};
use crate::time::stamp::{self, PartialDate, Stamp};

/// The use of each line, if an entry on the page begins with a clock. Agendas and chronologies also have such lines
/// (`1066:`), so the page must be known to be a live page, or show it.
pub fn classify<'a>(lines: &[Line<'a>], page: PageContext) -> Option<Classified<'a>> {
    let date = find_head_date(lines);
    let starts = entry_starts(lines, date.map(|date| date.date));
    let outline = Outline {
        layout: Layout::BbcSport,
        language: &ENGLISH,
        starts: starts.iter().map(|start| start.line).collect(),
        last_title: starts.last()?.line,
    };
    let is_live = page.is_bbc_live
        || has_known_head(lines)
        || evidence::is_live_page(lines, &outline.starts, outline.language)
        || evidence::begin_with_clocks(starts.iter().filter_map(Start::clock));
    if !is_live {
        return None;
    }
    let mut head = Head { date_line: date.map(|date| date.line), titles: 0 };
    Some(outline.classify(
        lines,
        page,
        |index, line, doubts| head.classify(index, line, doubts),
        |at, index| entry(at, &starts[index]),
    ))
}

/// The lines before the first entry: the title, then the standfirst, both above a date that is only a hint.
struct Head {
    date_line: Option<usize>,
    /// How many lines have been read as title or standfirst.
    titles: usize,
}

impl Head {
    fn classify<'a>(&mut self, index: usize, line: &Line<'a>, doubts: &mut Vec<Doubt>) -> Option<Use<'a>> {
        if is_furniture(line.text, &ENGLISH) || same(line.text, "As it happened") || is_contact(line) {
            return Some(Use::Furniture);
        }
        if self.date_line == Some(index) {
            let message = format!("“{}” dates the page's newest entry; it can be days off", line.text);
            doubts.push(Doubt { line: index, code: Code::DateFromHeader, message });
            return Some(Use::Furniture);
        }
        if self.date_line.is_some_and(|date| index > date) || line.mark.is_some() {
            return None;
        }
        self.titles += 1;
        match self.titles {
            1 => Some(Use::Headline(line.text)),
            2 => Some(Use::Standfirst(line.text)),
            _ => None,
        }
    }
}

/// The bullets that say how to reach the page's writers.
fn is_contact(line: &Line) -> bool {
    const WAYS: [&str; 6] = ["Send", "Text", "Twitter", "Email", "Tweet", "Facebook"];
    line.mark == Some(Mark::Bullet) && WAYS.iter().any(|way| begins_with(line.text, way))
}

/// The date of the page's head, and the index of its line.
#[derive(Debug, Clone, Copy)]
struct HeadDate {
    date: PartialDate,
    line: usize,
}

/// `5 April 2014 Last updated at 11:28`: when the page was last changed, which can be days after the match; its time
/// and zone are not the entries'.
fn find_head_date(lines: &[Line]) -> Option<HeadDate> {
    lines.iter().take(40).enumerate().find_map(|(line, head)| {
        let words = head.text.split(" Last updated").next()?;
        // A stamp begins with its time; any will do, because only the date is used.
        let date = stamp::read(&format!("00:00 {words}"), &ENGLISH)?.ok()?.date?;
        date.year.map(|_| HeadDate { date, line })
    })
}

/// Whether the page has a line that only the heads of this layout have.
fn has_known_head(lines: &[Line]) -> bool {
    lines.iter().any(|line| {
        same(line.text, "As it happened")
            || same(line.text, "Live Reporting")
            || begins_with(line.text, "To get involved contact us in")
            || line.text.contains(" Last updated at ")
    })
}

/// The first line of an entry.
#[derive(Debug)]
struct Start<'a> {
    /// Its index.
    line: usize,
    /// What it begins with.
    opening: Opening<'a>,
}

/// What an entry begins with.
#[derive(Debug, Clone, Copy)]
enum Opening<'a> {
    /// Its clock.
    Clock {
        /// The words.
        words: &'a str,
        /// What they say; `None` if there is no such time.
        stamp: Option<Stamp<'a>>,
    },
    /// Neither number nor clock: they were lost.
    Lost,
}

impl<'a> Start<'a> {
    /// The words of its clock.
    fn clock(&self) -> Option<&'a str> {
        match self.opening {
            Opening::Clock { words, .. } => Some(words),
            Opening::Lost => None,
        }
    }
}

/// Where the entries begin: at their clocks, and where a gap in the numbers shows that one was lost. The newest has the
/// date of the page's head, and the others have none: their dates follow from the order.
fn entry_starts<'a>(lines: &[Line<'a>], mut date: Option<PartialDate>) -> Vec<Start<'a>> {
    let mut starts: Vec<Start> = Vec::new();
    let mut last_number = None;
    for (index, line) in lines.iter().enumerate() {
        let Some((words, time)) = clock(line.text).filter(|_| line.mark.is_some() || is_flat_clock(line.text)) else {
            continue;
        };
        let number = match line.mark {
            Some(Mark::Number(number)) => Some(number),
            _ => None,
        };
        if let (Some(last), Some(number), Some(above)) = (last_number, number, starts.last()) {
            let lost = number.saturating_sub(last + 1) as usize;
            starts.extend(lost_between(lines, above.line + 1, index, lost));
        }
        let stamp = time.map(|time| Stamp { time, zone: None, date: date.take() });
        starts.push(Start { line: index, opening: Opening::Clock { words, stamp } });
        last_number = number.or(last_number.map(|last| last + 1));
    }
    starts
}

/// `19:44:` or `1944:`; the words without the colon at their end, and the time, if there is such a time.
fn clock(text: &str) -> Option<(&str, Option<NaiveTime>)> {
    let words = text.strip_suffix(':')?;
    let digits: String = words.chars().filter(|c| *c != ':').collect();
    let shape = words.len() - digits.len() <= 1
        && (3..=4).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit());
    let number: u32 = digits.parse().ok().filter(|_| shape)?;
    Some((words, NaiveTime::from_hms_opt(number / 100, number % 100, 0)))
}

/// Without a list mark a line that is only a clock must have all four digits.
fn is_flat_clock(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() == 4
}

/// The first lines of at most `most` entries that lost number and time: after a double blank line, or at a line that
/// plainly opens one.
fn lost_between<'a>(lines: &[Line<'a>], begin: usize, end: usize, most: usize) -> Vec<Start<'a>> {
    let opens = |index: &usize| {
        let blank =
            |back: usize| index.checked_sub(back).is_some_and(|above| above >= begin && lines[above].is_blank());
        !lines[*index].is_blank() && blank(1) && (blank(2) || is_opening(lines[*index].text))
    };
    let mut places: Vec<usize> = (begin..end).filter(opens).collect();
    if places.len() > most {
        // A plain opening is better evidence than a blank line.
        places.sort_by_key(|&index| !is_opening(lines[index].text));
        places.truncate(most);
        places.sort_unstable();
    }
    places.into_iter().map(|line| Start { line, opening: Opening::Lost }).collect()
}

/// `NAME, ROLE on PROGRAMME`, or a channel that readers are asked to use.
fn is_opening(text: &str) -> bool {
    is_channel(text)
        || text
            .split_once(", ")
            .is_some_and(|(name, role)| is_name(name) && role.contains("BBC") && !ends_sentence(text))
}

/// `Join the debate at #…`, `Text us on 81111`, `Get Involved- …`
fn is_channel(text: &str) -> bool {
    ["Join the debate at", "Text us on", "Get Involved-", "Get involved-"]
        .iter()
        .any(|opening| begins_with(text, opening))
}

/// What the lines below clock and title are recognised by; the first that takes the next line has it.
const RECOGNISERS: &[Rule] = &[
    Rule::by_words("furniture", furniture::furniture),
    Rule::by_words("quote", body::quote),
    Rule::by_words("embed", embed::embed),
    Rule::by_shape("image", image::image),
    Rule::by_shape("media", image::media),
    Rule::by_words("item", body::item),
    Rule::by_words("paragraph", body::paragraph),
];

fn entry<'a>(at: &mut Cursor<'_, 'a>, start: &Start<'a>) {
    at.next();
    match start.opening {
        Opening::Clock { words, stamp } => {
            at.take(Use::Title(Box::new(Title { words: Some(words), stamp, ..Title::default() })));
            if at.below(0).is_some_and(|line| !line.is_blank()) {
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
    if at.page.is_flat && !is_title(line.text) {
        return None;
    }
    match author(line.text, at) {
        Some((name, role)) => at.take(Use::Author(vec![name], role)),
        None => at.take(Use::Headed(line.text)),
    }
    let below = at.below(0).filter(|line| !line.is_blank() && line.mark.is_none() && is_title(line.text))?;
    if !at.page.is_flat || is_name(below.text) {
        at.take(Use::Image { alt: Some(below.text), source: None });
    }
    Some(())
}

/// The first line of an entry that lost number and time: `NAME, ROLE on PROGRAMME`, or a reader's channel.
fn lost(at: &mut Cursor) {
    let Some(line) = at.next() else { return };
    if let Some((name, role)) = author(line.text, at) {
        at.take(Use::Author(vec![name], role));
    } else if is_title(line.text) || is_channel(line.text) {
        at.take(Use::Headed(line.text));
    }
}

fn is_title(text: &str) -> bool {
    is_phrase(text, 14) && !opens_quotation(text)
}

/// `NAME, ROLE`, or `BBC Radio 5 live's NAME`.
fn author<'a>(text: &'a str, at: &Cursor) -> Option<(&'a str, Option<&'a str>)> {
    author_and_role(text).filter(|(_, role)| role.is_none_or(|role| is_role(role, at.language())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_has_three_or_four_digits_and_a_colon_behind_them() {
        let time = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0);
        assert_eq!(clock("19:44:"), Some(("19:44", time(19, 44))));
        assert_eq!(clock("0905:"), Some(("0905", time(9, 5))));
        assert_eq!(clock("2561:"), Some(("2561", None)));
        assert_eq!(clock("19:44"), None);
        assert_eq!(clock("Standings:"), None);
    }
}
