//! The words of a user's time.

use std::str::FromStr;

use chrono::TimeDelta;

use super::{Day, Time, When, WhenForm};
use crate::locale::ENGLISH;
use crate::time::local::Clock;
use crate::time::scan::{number, whole_number, word_starts};
use crate::time::stamp::{Impossible, PartialDate, date, time_of_day};
use crate::time::years;
use crate::time::zone::{self, Zone, ZoneWords};

/// Words of a user that are no time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{words:?} is no time: {problem}; give one such as 12:00, \"12:00 BST\", 12:00Z, 2023-06-19, \"2023-06-19 12:00\", \
     2023-06-19T12:00Z, \"19 June 2023\", now, today, yesterday, -2h or \"90 minutes ago\""
)]
pub struct NotATime {
    /// The words given.
    pub words: String,
    /// What is wrong with them.
    pub problem: WhenProblem,
}

/// What is wrong with the words of a time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WhenProblem {
    /// They are in none of the forms.
    #[error("its words are not understood")]
    Words,
    /// They are in one of the forms, but there is no such time or date.
    #[error(transparent)]
    Impossible(#[from] Impossible),
    /// They name a zone that is not known.
    #[error("no zone is called {0:?}")]
    Zone(String),
}

impl FromStr for When {
    type Err = NotATime;

    /// Reads words such as `12:00`, `12:00 BST`, `2023-06-19T12:00Z`, `19 June 2023`, `yesterday 22:00`, `-2h`.
    fn from_str(words: &str) -> Result<When, NotATime> {
        parse(words.trim()).map(When).map_err(|problem| NotATime { words: words.to_owned(), problem })
    }
}

/// `now`, `-2h` or `90 minutes ago`; DAY, DAY TIME ZONE or TIME ZONE DAY, of which the zone and one of the others may be
/// left out.
fn parse(text: &str) -> Result<WhenForm, WhenProblem> {
    if let Some(ago) = ago(text) {
        return Ok(WhenForm::Ago(ago));
    }
    let (first_day, rest) = match leading_day(text) {
        Some((day, rest)) => (Some(day?), rest),
        None => (None, text),
    };
    if let (Some(day), "") = (first_day, rest) {
        return Ok(WhenForm::Day(day));
    }
    match (first_day, time(rest)?) {
        (None, (time, None)) => Ok(WhenForm::Time(time)),
        (Some(day), (time, None)) | (None, (time, Some(day))) => Ok(WhenForm::DayAndTime(day, time)),
        (Some(_), (_, Some(_))) => Err(WhenProblem::Words),
    }
}

/// How long before now.
fn ago(text: &str) -> Option<TimeDelta> {
    if text.eq_ignore_ascii_case("now") {
        return Some(TimeDelta::zero());
    }
    if let Some(ago) = text.strip_prefix(['-', '−']) {
        return length(ago);
    }
    let (ago, suffix) = text.split_at_checked(text.len().checked_sub("ago".len())?)?;
    suffix.eq_ignore_ascii_case("ago").then(|| length(ago))?
}

/// `2h`, `90 minutes`, `1h 30m`.
fn length(text: &str) -> Option<TimeDelta> {
    let (mut length, mut text) = part(text)?;
    while !text.is_empty() {
        let (more, rest) = part(text)?;
        (length, text) = (length.checked_add(&more)?, rest);
    }
    Some(length)
}

/// `2h`, and what follows it.
fn part(text: &str) -> Option<(TimeDelta, &str)> {
    let (count, rest) = number(text.trim_start(), 1..=6)?;
    let rest = rest.trim_start();
    let (unit, rest) = rest.split_at(rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()));
    let seconds = match unit.to_lowercase().as_str() {
        "s" | "sec" | "secs" | "second" | "seconds" => 1,
        "m" | "min" | "mins" | "minute" | "minutes" => 60,
        "h" | "hr" | "hrs" | "hour" | "hours" => 60 * 60,
        "d" | "day" | "days" => 24 * 60 * 60,
        "w" | "week" | "weeks" => 7 * 24 * 60 * 60,
        _ => return None,
    };
    Some((TimeDelta::seconds(i64::from(count) * seconds), rest.trim_start()))
}

/// A day at the beginning, the longest there is, and what follows it.
fn leading_day(text: &str) -> Option<(Result<Day, WhenProblem>, &str)> {
    if let Some((date, time)) = text.split_once(['T', 't'])
        && let (Some(day), false) = (iso_day(date), time.is_empty())
    {
        return Some((day, time));
    }
    let ends: Vec<_> = word_starts(text).chain([text.len()]).collect();
    let mut parts = ends.into_iter().rev().map(|end| text.split_at(end));
    parts.find_map(|(first, rest)| Some((day(first.trim_end())?, rest)))
}

/// `today`, `yesterday`, `2023-06-19`, `19 June 2023`.
fn day(text: &str) -> Option<Result<Day, WhenProblem>> {
    if text.eq_ignore_ascii_case("today") {
        return Some(Ok(Day::Today));
    }
    if text.eq_ignore_ascii_case("yesterday") {
        return Some(Ok(Day::Yesterday));
    }
    iso_day(text).or_else(|| {
        let date = date(text, &ENGLISH)?;
        Some(in_year(date, date.year?))
    })
}

/// `2023-06-19`.
fn iso_day(text: &str) -> Option<Result<Day, WhenProblem>> {
    let (year, rest) = number(text, 4..=4)?;
    let (month, rest) = number(rest.strip_prefix('-')?, 2..=2)?;
    let day = whole_number(rest.strip_prefix('-')?, 2..=2)?;
    Some(in_year(PartialDate { day, month, year: None }, year as i32))
}

fn in_year(date: PartialDate, year: i32) -> Result<Day, WhenProblem> {
    let impossible = if years::contain(year) { Impossible::Date } else { Impossible::Year };
    date.in_year(year).map(Day::On).ok_or(WhenProblem::Impossible(impossible))
}

/// TIME, perhaps a zone, and perhaps a day.
fn time(text: &str) -> Result<(Time, Option<Day>), WhenProblem> {
    let read = time_of_day(text, &ENGLISH).ok_or(WhenProblem::Words)?;
    let time = read.time.ok_or(WhenProblem::Impossible(Impossible::Time))?;
    let (zone, day) = word_starts(read.rest)
        .find_map(|start| Some((&read.rest[..start], Some(day(&read.rest[start..])?))))
        .unwrap_or((read.rest, None));
    let clock = match zone.trim() {
        "" => None,
        zone => Some(named_clock(zone)?),
    };
    Ok((Time { time, to_the_second: read.to_the_second, clock }, day.transpose()?))
}

/// `BST`, `+01:00`, `Eastern Time`, `Europe/London`.
fn named_clock(words: &str) -> Result<Clock, WhenProblem> {
    match Zone::read(words, &ENGLISH).kind {
        ZoneWords::Named(meanings) => Ok(meanings[0].clock()),
        ZoneWords::Offset(offset) => Ok(Clock::Fixed(offset)),
        ZoneWords::Unknown => {
            zone::region(words).map(Clock::Region).map_err(|_| match words.starts_with(char::is_alphabetic) {
                true => WhenProblem::Zone(words.to_owned()),
                false => WhenProblem::Words,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn error(words: &str) -> String {
        words.parse::<When>().unwrap_err().to_string()
    }

    #[test]
    fn a_time_of_day_is_bare_with_and_without_a_zone() {
        for words in ["12:00", "12:00 BST", "12:00Z", "12:00+01:00", "12pm", "12:00:30", "12:00 Europe/Paris"] {
            assert!(words.parse::<When>().unwrap().is_bare_time(), "{words}");
        }
    }

    #[test]
    fn other_words_are_answered_with_the_forms_that_are_read() {
        assert_eq!(
            error("noonish"),
            "\"noonish\" is no time: its words are not understood; give one such as 12:00, \"12:00 BST\", 12:00Z, \
             2023-06-19, \"2023-06-19 12:00\", 2023-06-19T12:00Z, \"19 June 2023\", now, today, yesterday, -2h or \
             \"90 minutes ago\""
        );
        for words in [
            "",
            "12",
            "June 2023",
            "19 June",
            "2023",
            "2h",
            "-2",
            "-2x",
            "ago",
            "-",
            "12:00 12:00",
            "today yesterday",
            "2023-06-19 12:00 2023-06-19",
            "2023-6-19",
            "2023-06-19T",
            "-999999w999999w1x",
            "é ago",
            "12:00\u{301}",
        ] {
            assert_eq!(words.parse::<When>().unwrap_err().problem, WhenProblem::Words, "{words}");
        }
    }

    proptest! {
        #[test]
        fn no_words_make_it_panic(any in ".{0,40}", near in "[0-9]{1,4}[-: ap][0-9a-zTZ:+. -]{0,20}") {
            for words in [any, near] {
                if let Ok(when) = words.parse::<When>() {
                    when.as_capture(chrono_tz::Europe::London, chrono::DateTime::UNIX_EPOCH);
                }
            }
        }
    }

    #[test]
    fn what_cannot_be_is_said_to_be_so() {
        assert!(error("25:00").starts_with("\"25:00\" is no time: there is no such time of day; give one such as"));
        assert!(error("2023-02-29").starts_with("\"2023-02-29\" is no time: there is no such date; give one"));
        assert!(error("31 June 2023 12:00").starts_with("\"31 June 2023 12:00\" is no time: there is no such date"));
        for year_0 in ["0000-06-19", "1 January 0000 12:00"] {
            assert!(error(year_0).contains("is no time: its year is none of 0001 to 9999; give one"), "{year_0}");
        }
        assert!(error("12:00 XYZ").starts_with("\"12:00 XYZ\" is no time: no zone is called \"XYZ\"; give one such"));
    }
}
