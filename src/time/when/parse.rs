//! The words of a user's time.

use std::str::FromStr;

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::dates::{Dates, Day, dates, day, year_first};
use super::{Time, When, WhenForm, file_name};
use crate::locale::ENGLISH;
use crate::time::local::Clock;
use crate::time::scan::{number, whole_word, word_starts};
use crate::time::stamp::{Impossible, time_of_day};
use crate::time::zone::{self, Zone, ZoneWords};

/// Words of a user that are no time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{words:?} is no time{problem}")]
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
    #[error(
        "; give one such as\n  \
         12:00, noon, midnight, \"12:00 BST\", 12:00Z, \"12:00 Europe/Paris\"\n  \
         2023-06-19, \"19 June 2023\", today, yesterday, monday\n  \
         \"2023-06-19 12:00\", 2023-06-19T12:00Z, \"yesterday noon\"\n  \
         2023-06, \"June 2023\", 2023, \"last week\", \"this month\"\n  \
         now, -2h, \"90 minutes ago\"\n  \
         20230619120000 (14 digits, UTC), 1687176000 (seconds since 1970)"
    )]
    Words,
    /// They are in one of the forms, but there is no such time or date.
    #[error(": {0}")]
    Impossible(#[from] Impossible),
    /// They name a zone that is not known.
    #[error(": no zone is called {0:?}")]
    Zone(String),
    /// They are a length of time, `2h`.
    #[error(": it is a length of time; -{0} is so long ago")]
    Length(String),
    /// They are a date in figures whose year is not first; the dates that they can be.
    #[error(
        ": the day or the month may be first; write the year first{}",
        match &.0[..] {
            [] => ", as in 2023-06-19".to_owned(),
            dates => format!(": {}", dates.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ")),
        }
    )]
    MonthOrDayFirst(Vec<NaiveDate>),
}

impl FromStr for When {
    type Err = NotATime;

    /// Reads words such as `12:00`, `12:00 BST`, `2023-06-19T12:00Z`, `19 June 2023`, `yesterday 22:00`, `-2h`.
    fn from_str(words: &str) -> Result<When, NotATime> {
        parse(words.trim()).map(When).map_err(|problem| NotATime { words: words.to_owned(), problem })
    }
}

/// `now`, `-2h` or `90 minutes ago`; a period such as `last week`; DAY, DAY TIME ZONE or TIME ZONE DAY, of which the zone and one of the others may be
/// left out.
fn parse(text: &str) -> Result<WhenForm, WhenProblem> {
    if let Some(ago) = ago(text) {
        return Ok(WhenForm::Ago(ago));
    }
    if length(text).is_some() {
        return Err(WhenProblem::Length(text.to_owned()));
    }
    if let Some(words) = file_name::from_digits(text) {
        return parse(&words);
    }
    if let Some(dates) = dates(text) {
        return dates.map(WhenForm::Dates);
    }
    let (first_day, rest) = match leading_day(text) {
        Some((day, rest)) => (Some(day?), rest),
        None => (None, text),
    };
    if let (Some(day), "") = (first_day, rest) {
        return Ok(WhenForm::Dates(Dates::Day(day)));
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
        && let (Some(day), false) = (year_first(date), time.is_empty())
    {
        return Some((day, time));
    }
    let ends: Vec<_> = word_starts(text).chain([text.len()]).collect();
    let mut parts = ends.into_iter().rev().map(|end| text.split_at(end));
    parts.find_map(|(first, rest)| Some((day(first.trim_end())?, rest)))
}

/// TIME, perhaps a zone, and perhaps a day.
fn time(text: &str) -> Result<(Time, Option<Day>), WhenProblem> {
    let (time, to_the_second, rest) = match noon_or_midnight(text) {
        Some((time, rest)) => (time, false, rest),
        None => {
            let read = time_of_day(text, &ENGLISH).ok_or(WhenProblem::Words)?;
            (read.time.ok_or(WhenProblem::Impossible(Impossible::Time))?, read.to_the_second, read.rest)
        }
    };
    let (zone, day) =
        word_starts(rest).find_map(|start| Some((&rest[..start], Some(day(&rest[start..])?)))).unwrap_or((rest, None));
    let clock = match zone.trim() {
        "" => None,
        zone => Some(named_clock(zone)?),
    };
    Ok((Time { time, to_the_second, clock }, day.transpose()?))
}

/// `noon`, or `midnight`, with which a day begins.
fn noon_or_midnight(text: &str) -> Option<(NaiveTime, &str)> {
    let noon = || Some((NaiveTime::from_hms_opt(12, 0, 0)?, whole_word(text, "noon")?));
    let (time, rest) = noon().or_else(|| Some((NaiveTime::MIN, whole_word(text, "midnight")?)))?;
    Some((time, rest.trim_start()))
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
            "\"noonish\" is no time; give one such as
  12:00, noon, midnight, \"12:00 BST\", 12:00Z, \"12:00 Europe/Paris\"
  2023-06-19, \"19 June 2023\", today, yesterday, monday
  \"2023-06-19 12:00\", 2023-06-19T12:00Z, \"yesterday noon\"
  2023-06, \"June 2023\", 2023, \"last week\", \"this month\"
  now, -2h, \"90 minutes ago\"
  20230619120000 (14 digits, UTC), 1687176000 (seconds since 1970)"
        );
        for words in [
            "",
            "12",
            "1200",
            "19 June",
            "-2",
            "-2x",
            "ago",
            "-",
            "12:00 12:00",
            "today yesterday",
            "last monday",
            "2023-06 12:00",
            "2023-06-19 12:00 2023-06-19",
            "2023-06-19T",
            "202306191200",
            "-999999w999999w1x",
            "é ago",
            "12:00\u{301}",
        ] {
            assert_eq!(words.parse::<When>().unwrap_err().problem, WhenProblem::Words, "{words}");
        }
    }

    #[test]
    fn every_form_of_the_list_is_read() {
        let list = error("noonish");
        for line in list.lines().skip(1) {
            for words in line.split(", ").map(|words| words.split(" (").next().unwrap_or_default()) {
                assert!(words.trim().trim_matches('"').parse::<When>().is_ok() || words == "UTC)", "{words}");
            }
        }
    }

    #[test]
    fn a_length_is_answered_with_its_time_ago() {
        assert_eq!(error("2h"), "\"2h\" is no time: it is a length of time; -2h is so long ago");
        assert_eq!(error("1w"), "\"1w\" is no time: it is a length of time; -1w is so long ago");
    }

    #[test]
    fn a_date_in_figures_without_the_year_first_is_refused() {
        for (words, meant) in [
            ("19/06/2023", ": 2023-06-19"),
            ("6/5/2023 12:00", ": 2023-05-06 or 2023-06-05"),
            ("12:00 6.6.2023", ": 2023-06-06"),
            ("19-06-23", ", as in 2023-06-19"),
        ] {
            let reason = "the day or the month may be first; write the year first";
            assert_eq!(error(words), format!("{words:?} is no time: {reason}{meant}"));
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
        assert_eq!(error("25:00"), "\"25:00\" is no time: there is no such time of day");
        assert_eq!(error("2023-02-29"), "\"2023-02-29\" is no time: there is no such date");
        assert_eq!(error("2023-13"), "\"2023-13\" is no time: there is no such date");
        assert!(error("31 June 2023 12:00").starts_with("\"31 June 2023 12:00\" is no time: there is no such date"));
        for year_0 in ["0000-06-19", "1 January 0000 12:00"] {
            assert!(error(year_0).contains("is no time: its year is none of 0001 to 9999"), "{year_0}");
        }
        assert_eq!(error("12:00 XYZ"), "\"12:00 XYZ\" is no time: no zone is called \"XYZ\"");
    }
}
