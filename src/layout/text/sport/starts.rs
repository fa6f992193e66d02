//! Where the entries of a page begin: at their clocks, and where a gap in the numbers says that one was lost.

use chrono::NaiveTime;

use crate::layout::text::line::{Line, Mark};
use crate::layout::text::recognise::name::is_name;
use crate::layout::text::recognise::shape::{begins_with, ends_sentence};
use crate::time::stamp::{PartialDate, Stamp};

/// The first line of an entry.
#[derive(Debug)]
pub struct Start<'a> {
    /// Its index.
    pub line: usize,
    /// What stands there.
    pub opening: Opening<'a>,
}

/// What an entry begins with.
#[derive(Debug, Clone, Copy)]
pub enum Opening<'a> {
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
    pub fn clock(&self) -> Option<&'a str> {
        match self.opening {
            Opening::Clock { words, .. } => Some(words),
            Opening::Lost => None,
        }
    }
}

/// The starts of all entries. The newest has the date of the page's head, and the others have no date of their own:
/// it follows from their order.
pub fn starts<'a>(lines: &[Line<'a>], mut date: Option<PartialDate>) -> Vec<Start<'a>> {
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

/// The first lines of at most that many entries that lost number and time: behind a double blank line, or at a line
/// that plainly opens one.
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
pub fn is_channel(text: &str) -> bool {
    ["Join the debate at", "Text us on", "Get Involved-", "Get involved-"]
        .iter()
        .any(|opening| begins_with(text, opening))
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
