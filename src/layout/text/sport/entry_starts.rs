//! Where the entries begin.

use super::clock::ClockLine;
use crate::layout::text::line::{Line, Mark};
use crate::layout::text::recognise::name::is_name;
use crate::layout::text::recognise::shape::{at_most_words, begins_with, ends_sentence};
use crate::time::stamp::{PartialDate, Stamp};

/// The first line of an entry.
#[derive(Debug)]
pub struct ClockStart<'a> {
    /// Its index.
    pub line: usize,
    /// The index of the line with the clock: below the first, if a list mark is alone on that.
    pub clock_line: usize,
    /// How many entries the numbers leave out between it and the next, of which no start was found.
    pub numbers_left_out: usize,
    /// What it begins with.
    pub opening: ClockOpening<'a>,
}

/// What an entry begins with.
#[derive(Debug, Clone, Copy)]
pub enum ClockOpening<'a> {
    /// Its clock, with what is before and behind it.
    Clock {
        /// The line.
        clock: ClockLine<'a>,
        /// What the clock says; `None` if there is no such time.
        stamp: Option<Stamp<'a>>,
    },
    /// Neither number nor clock: they were lost.
    Lost,
}

impl<'a> ClockStart<'a> {
    /// Its clock.
    pub fn clock(&self) -> Option<&ClockLine<'a>> {
        match &self.opening {
            ClockOpening::Clock { clock, .. } => Some(clock),
            ClockOpening::Lost => None,
        }
    }
}

/// Where the entries begin: at their clocks, and where a gap in the numbers shows that one was lost. The newest has the
/// date of the page's head, and the others have none: their dates follow from the order.
pub fn entry_starts<'a>(lines: &[Line<'a>], date: Option<PartialDate>) -> Vec<ClockStart<'a>> {
    let mut starts: Vec<ClockStart> = Vec::new();
    let mut last_number = None;
    let mut loses_numbers = false;
    for (clock_line, clock) in clock_lines(lines) {
        let line = mark_above(lines, clock_line).unwrap_or(clock_line);
        let number = number(&lines[line]);
        if let (Some(last), Some(number), Some(above)) = (last_number, number, starts.last_mut()) {
            let left_out = number.saturating_sub(last + 1) as usize;
            let lost = lost_between(lines, above.clock_line + 1, line, left_out);
            above.numbers_left_out = left_out - lost.len();
            starts.extend(lost);
            loses_numbers |= left_out > 0;
        }
        let stamp = clock.time.map(|time| Stamp { time, zone: None, date: None });
        let opening = ClockOpening::Clock { clock, stamp };
        starts.push(ClockStart { line, clock_line, numbers_left_out: 0, opening });
        last_number = number.or(last_number.map(|last| last + 1));
    }
    // No number is below the last entry to prove a gap, so only a plain opening begins another there.
    if let Some(last) = starts.last().filter(|_| loses_numbers) {
        let opens = |&index: &usize| lines[index - 1].is_blank() && is_opening(lines, index);
        starts.extend((last.clock_line + 1..lines.len()).filter(opens).map(lost));
    }
    starts.extend(cut_clock(lines, starts.last(), last_number));
    if let Some(stamp) = newest(&mut starts) {
        stamp.date = date;
    }
    starts
}

/// The stamp of the newest entry: the first, unless most times lead forward.
fn newest<'s, 'a>(starts: &'s mut [ClockStart<'a>]) -> Option<&'s mut Stamp<'a>> {
    let mut stamps: Vec<_> = starts
        .iter_mut()
        .filter_map(|start| match &mut start.opening {
            ClockOpening::Clock { stamp, .. } => stamp.as_mut(),
            ClockOpening::Lost => None,
        })
        .collect();
    let steps = stamps.windows(2).map(|pair| (pair[1].time - pair[0].time).num_minutes());
    // A longer step leads over midnight.
    let forward: i64 = steps.filter(|step| step.abs() < 12 * 60).map(i64::signum).sum();
    if forward > 1 { stamps.pop() } else { stamps.into_iter().next() }
}

/// The lines that begin with a clock, all of one kind: numbered, or else with four digits and a colon. Clocks without a
/// colon count only where most numbers have one, and no clock has a colon.
fn clock_lines<'a>(lines: &[Line<'a>]) -> Vec<(usize, ClockLine<'a>)> {
    let read = |(index, line): (usize, &Line<'a>)| Some((index, ClockLine::read(line.text)?));
    let mut clocks: Vec<_> = lines.iter().enumerate().filter_map(read).collect();
    let is_numbered = |index: usize| number(&lines[index]).is_some();
    let first_number = clocks.iter().map(|(index, _)| *index).find(|&index| is_numbered(index));
    clocks.retain(|&(index, ref clock)| match (lines[index].mark, first_number) {
        (Some(Mark::Number(_)), Some(first)) => lines[index].indent <= lines[first].indent + 1,
        (None, None) => clock.stands_without_mark(),
        (None, Some(_)) => clock.stands_without_mark() && clock.is_alone(),
        _ => clock.has_colon && clock.is_alone(),
    });
    let any_colon = clocks.iter().any(|(_, clock)| clock.has_colon);
    let bare = clocks.iter().filter(|(_, clock)| !clock.has_colon).count();
    let numbers = lines[first_number.unwrap_or(lines.len())..].iter().filter(|line| number(line).is_some()).count();
    if any_colon || bare * 2 <= numbers {
        clocks.retain(|(_, clock)| clock.has_colon);
    }
    clocks
}

/// `5. 1`: the next number, and of its clock a digit or two, at which the page was cut off.
fn cut_clock<'a>(lines: &[Line<'a>], above: Option<&ClockStart>, last_number: Option<u32>) -> Option<ClockStart<'a>> {
    let above = above?;
    let line = lines.iter().rposition(|line| !line.is_blank()).filter(|&line| line > above.clock_line)?;
    let Line { text, indent, .. } = lines[line];
    let is_next = number(&lines[line]) == Some(last_number? + 1) && indent <= lines[above.line].indent + 1;
    let is_cut = text.len() < "19:44".len() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    let clock = ClockLine { kicker: None, words: text, time: None, has_colon: false, rest: "" };
    let opening = ClockOpening::Clock { clock, stamp: None };
    (is_next && is_cut).then_some(ClockStart { line, clock_line: line, numbers_left_out: 0, opening })
}

/// The line above a clock on which its list mark is alone: `1.` / `0933:`.
fn mark_above(lines: &[Line], clock: usize) -> Option<usize> {
    let above = lines[..clock].iter().rposition(|line| !line.is_blank())?;
    let is_mark = lines[clock].mark.is_none() && lines[above].text.is_empty() && number(&lines[above]).is_some();
    is_mark.then_some(above)
}

fn number(line: &Line) -> Option<u32> {
    match line.mark {
        Some(Mark::Number(number)) => Some(number),
        _ => None,
    }
}

/// The first lines of at most `most` entries that lost number and time: after a double blank line, or at a line that
/// plainly opens one.
fn lost_between<'a>(lines: &[Line<'a>], begin: usize, end: usize, most: usize) -> Vec<ClockStart<'a>> {
    let opens = |index: &usize| {
        let blank =
            |back: usize| index.checked_sub(back).is_some_and(|above| above >= begin && lines[above].is_blank());
        !lines[*index].is_blank() && blank(1) && (blank(2) || is_opening(lines, *index))
    };
    let mut places: Vec<usize> = (begin..end).filter(opens).collect();
    if places.len() > most {
        // A plain opening is better evidence than a blank line.
        places.sort_by_key(|&index| !is_opening(lines, index));
        places.truncate(most);
        places.sort_unstable();
    }
    places.into_iter().map(lost).collect()
}

fn lost<'a>(line: usize) -> ClockStart<'a> {
    ClockStart { line, clock_line: line, numbers_left_out: 0, opening: ClockOpening::Lost }
}

/// `NAME, ROLE on PROGRAMME`, somebody else above their words, or a channel that readers are asked to use.
fn is_opening(lines: &[Line], index: usize) -> bool {
    let text = lines[index].text;
    let is_quoted = || {
        let below = lines[index + 1..].iter().position(|line| !line.is_blank());
        below.is_some_and(|below| below > 0 && lines[index + 1 + below].text.starts_with(['"', '“']))
    };
    let is_person = |(name, role): (&str, &str)| {
        ends_in_name(name) && !ends_sentence(text) && (role.contains("BBC") || is_name(name) && is_quoted())
    };
    lines[index].mark.is_none() && (is_channel(text) || text.split_once(", ").is_some_and(is_person))
}

/// `Ada Quay`, `Former United captain Ada Quay`
pub fn ends_in_name(text: &str) -> bool {
    let last_two = text.rmatch_indices(' ').nth(1).map(|(at, _)| &text[at + 1..]);
    is_name(text) || at_most_words(text, 8) && last_two.is_some_and(is_name)
}

/// `Join the debate at #…`, `Text us on 81111`, `Get Involved- …`
pub fn is_channel(text: &str) -> bool {
    ["Join the debate at", "Text us on", "Get Involved-", "Get involved-"]
        .iter()
        .any(|opening| begins_with(text, opening))
}
