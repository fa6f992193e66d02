//! A date, a clock and a zone in the many orders and signs in which templates write them.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use crate::locale::ENGLISH;
use crate::time::stamp;

/// A time of day on a date, and the words of its zone if it names one.
///
/// ```text
/// 2021-02-01IST11:15:00+05:30    Mon Feb 03 2025 12:00:09 GMT+0000 (Coordinated Universal Time)
/// 2026-07-17 10:05 AM            2025-02-03T12:00:09+01:00[Europe/Paris]
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenTime<'a> {
    /// Date and time of day, in the zone.
    pub local: NaiveDateTime,
    /// The zone's words: `+05:30`, `GMT+0000`, `Europe/Paris`.
    pub zone: Option<&'a str>,
}

impl<'a> WrittenTime<'a> {
    /// Reads all of the words. A date without a year, or with day and month in an order that nobody knows, is none.
    pub fn read(words: &'a str) -> Option<WrittenTime<'a>> {
        let (words, region) = without_brackets(words.trim());
        let (date_words, clock, rest) = parts(words)?;
        let (rest, year) = year_at_end(rest);
        let (date, letters) = date(date_words, year)?;
        // What stands in the place of `T` may be the zone.
        let in_place_of_t = letters.filter(|letters| !matches!(*letters, "T" | "t" | "at"));
        let zone = Some(rest).filter(|rest| !rest.is_empty()).or(region).or(in_place_of_t);
        let zone = zone.map(|zone| if zone.eq_ignore_ascii_case("z") { "UTC" } else { zone });
        Some(WrittenTime { local: clock.on(date)?, zone })
    }
}

/// The words without a remark at their end: `(Coordinated Universal Time)`, or a region, which is returned: `[Europe/Paris]`.
fn without_brackets(words: &str) -> (&str, Option<&str>) {
    let bracketed = |open, close| words.strip_suffix(close).and_then(|rest: &str| rest.rsplit_once(open));
    match (bracketed('[', ']'), bracketed('(', ')')) {
        (Some((rest, region)), _) => (rest.trim_end(), Some(region)),
        (_, Some((rest, _))) => (rest.trim_end(), None),
        _ => (words, None),
    }
}

/// A clock; 24:00 is midnight at the end of its day.
struct ClockTime {
    time: NaiveTime,
    days: i64,
}

impl ClockTime {
    fn new(hour: u32, minute: u32, second: u32) -> Option<ClockTime> {
        let is_end = (hour, minute, second) == (24, 0, 0);
        let time = NaiveTime::from_hms_opt(if is_end { 0 } else { hour }, minute, second)?;
        Some(ClockTime { time, days: i64::from(is_end) })
    }

    fn on(&self, date: NaiveDate) -> Option<NaiveDateTime> {
        date.and_time(self.time).checked_add_signed(TimeDelta::days(self.days))
    }
}

/// The words before the clock, the clock, and those behind it.
fn parts(words: &str) -> Option<(&str, ClockTime, &str)> {
    let Some(colon) = words.find(':') else { return compact(words) };
    let digits = words[..colon].bytes().rev().take_while(u8::is_ascii_digit).count();
    let start = colon - digits;
    let hour = number(&words[start..colon], 1..=2)?;
    let (minute, rest) = leading_number(&words[colon + 1..])?;
    let (second, rest) = match rest.strip_prefix(':') {
        Some(rest) => leading_number(rest)?,
        None => (0, rest),
    };
    let fraction = rest.strip_prefix(['.', ',']).map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    let rest = fraction.unwrap_or(rest).trim_start();
    let half = |words: &[&str]| words.iter().filter_map(|half| after_word(rest, half)).min_by_key(|rest| rest.len());
    let (hour, rest) = match (half(ENGLISH.am), half(ENGLISH.pm)) {
        (Some(rest), _) if (1..=12).contains(&hour) => (hour % 12, rest),
        (_, Some(rest)) if (1..=12).contains(&hour) => (hour % 12 + 12, rest),
        // 24 hours with a half that says it again.
        (_, Some(rest)) if hour > 12 => (hour, rest),
        _ => (hour, rest),
    };
    Some((words[..start].trim_end(), ClockTime::new(hour, minute, second)?, rest.trim()))
}

/// `20250203T120009Z`, with or without seconds.
fn compact(words: &str) -> Option<(&str, ClockTime, &str)> {
    let (date, rest) = words.split_once(['T', 't', ' '])?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (clock, rest) = rest.split_at(digits);
    let second = match digits {
        4 => 0,
        6 => number(&clock[4..], 2..=2)?,
        _ => return None,
    };
    let clock = ClockTime::new(number(&clock[..2], 2..=2)?, number(&clock[2..4], 2..=2)?, second)?;
    (date.len() == 8).then_some((date, clock, rest.trim()))
}

/// `GMT 2025`, as some languages print times: the zone, and the year.
fn year_at_end(rest: &str) -> (&str, Option<&str>) {
    let (zone, year) = rest.rsplit_once(' ').unwrap_or(("", rest));
    match number(year, 4..=4) {
        Some(_) => (zone.trim_end(), Some(year)),
        None => (rest, None),
    }
}

/// The date, and letters glued to its end or behind it.
fn date<'a>(words: &'a str, year: Option<&str>) -> Option<(NaiveDate, Option<&'a str>)> {
    let trimmed = words.trim_end_matches([',', ' ']);
    let stem = trimmed.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let letters = Some(&trimmed[stem.len()..]).filter(|letters| !letters.is_empty());
    let whole = match year {
        Some(year) => format!("{} {year}", trimmed.split_whitespace().collect::<Vec<_>>().join(" ")),
        None => trimmed.to_owned(),
    };
    let stem = stem.trim_end_matches([',', ' ']);
    whole_date(&whole).map(|date| (date, None)).or_else(|| Some((whole_date(stem)?, letters)))
}

fn whole_date(words: &str) -> Option<NaiveDate> {
    const FORMS: [&str; 4] = ["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d.%m.%Y"];
    let digits = || FORMS.iter().find_map(|form| NaiveDate::parse_from_str(words, form).ok());
    let in_words = || {
        let date = stamp::date(words, &ENGLISH)?;
        date.in_year(date.year?)
    };
    digits().or_else(in_words)
}

fn number(digits: &str, length: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let is_number = length.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok())?
}

/// Two digits, and what follows them.
fn leading_number(text: &str) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(2)?;
    Some((number(digits, 2..=2)?, rest))
}

/// What follows a word in any case, unless it goes on.
fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    (head.eq_ignore_ascii_case(word) && !rest.starts_with(char::is_alphanumeric)).then_some(rest)
}
