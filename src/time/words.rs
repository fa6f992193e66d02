//! The words that stamps and users have in common: a time of day, and a date.

use std::ops::RangeInclusive;

use chrono::{NaiveDate, NaiveTime};

use super::years;
use crate::locale::Language;

/// A time of day, and what follows it.
pub(super) struct Clock<'a> {
    /// The time; `None` if there is no such time: `25:00`, `14:27 am`.
    pub(super) time: Option<NaiveTime>,
    /// Whether it is told to the second.
    pub(super) to_the_second: bool,
    /// What follows.
    pub(super) rest: &'a str,
}

/// A date that may lack its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartialDate {
    /// The day of the month, from 1.
    pub day: u32,
    /// The month, from 1.
    pub month: u32,
    /// The year.
    pub year: Option<i32>,
}

impl PartialDate {
    /// The date in the given year, if it has one then: 29 February is in leap years alone, and no date is outside the
    /// years 0001 to 9999.
    pub fn in_year(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day).filter(|_| years::contain(year))
    }

    /// Whether there is such a date, in some year if it names none; the year may be any.
    pub fn exists(self) -> bool {
        NaiveDate::from_ymd_opt(self.year.unwrap_or(2000), self.month, self.day).is_some()
    }
}

/// `14:27`, `14.27`, `14:27:05`, `2:27 pm`, `2pm` at the beginning of `text`.
pub(super) fn clock<'a>(text: &'a str, language: &Language) -> Option<Clock<'a>> {
    let (hour, rest) = number(text, 1..=2)?;
    let (minute, rest) = optional(sixtieth(rest), rest);
    let (second, rest) = optional(sixtieth(rest), rest);
    let (half, rest) = optional(half_of_day(rest, language), rest);
    // `45'` and `16/52` count something else.
    let ends =
        rest.chars().next().is_none_or(|next| next.is_whitespace() || next.is_alphabetic() || "+-−,".contains(next));
    if !ends || (minute.is_none() && half.is_none()) {
        return None;
    }
    let hour = match half {
        None => Some(hour),
        Some(half) => (hour <= 12).then_some(hour % 12 + half),
    };
    let time = hour.and_then(|hour| NaiveTime::from_hms_opt(hour, minute.unwrap_or(0), second.unwrap_or(0)));
    Some(Clock { time, to_the_second: second.is_some(), rest: rest.trim_start() })
}

/// `:27` or `.27`: minutes or seconds.
fn sixtieth(text: &str) -> Option<(u32, &str)> {
    number(text.strip_prefix([':', '.'])?, 2..=2)
}

/// `am` or `pm`, perhaps after a space: the hours to be added.
fn half_of_day<'a>(text: &'a str, language: &Language) -> Option<(u32, &'a str)> {
    let text = text.trim_start();
    let one_of = |words: &[&str]| words.iter().find_map(|word| whole_word(text, word));
    one_of(language.am).map(|rest| (0, rest)).or_else(|| one_of(language.pm).map(|rest| (12, rest)))
}

/// `19 June 2023`, `19th June`, `Monday 19 Jun`, `June 19, 2023`, and nothing else.
pub(super) fn date(text: &str, language: &Language) -> Option<PartialDate> {
    let (before, date) = date_at_end(text, language)?;
    before.is_empty().then_some(date)
}

/// A date at the end of `text`, and what stands before it. It is read from its end, because a zone may stand before it, and
/// no word needs to be looked at twice.
pub(super) fn date_at_end<'a>(text: &'a str, language: &Language) -> Option<(&'a str, PartialDate)> {
    let (rest, last) = last_word(text)?;
    let (text, year) = match whole_number(last, 4..=4) {
        Some(year) => (rest, Some(year as i32)),
        None => (text, None),
    };
    let (rest, second) = last_word(text)?;
    let (mut before, first) = last_word(rest)?;
    let (day, month) = match day(first, language) {
        Some(day) => (day, language.month(second)?),
        None => (day(second, language)?, language.month(first)?),
    };
    // A day of the week has at most two words: `Dydd Llun`.
    for _ in 0..2 {
        before = before_weekday(before, language).unwrap_or(before);
    }
    Some((before, PartialDate { day, month, year }))
}

/// What stands before a day of the week.
fn before_weekday<'a>(text: &'a str, language: &Language) -> Option<&'a str> {
    let (before, last) = last_word(text)?;
    language.weekdays.iter().any(|day| day.eq_ignore_ascii_case(last)).then_some(before)
}

/// `19` or `19th`.
fn day(word: &str, language: &Language) -> Option<u32> {
    let (day, rest) = number(word, 1..=2)?;
    (rest.is_empty() || language.ordinals.iter().any(|ordinal| ordinal.eq_ignore_ascii_case(rest))).then_some(day)
}

/// The last word without the stop or comma at its end, and what stands before it.
fn last_word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end();
    let (before, word) = text.rsplit_once(char::is_whitespace).unwrap_or(("", text));
    let word = word.trim_end_matches([',', '.']);
    (!word.is_empty()).then_some((before, word))
}

/// Where the words of a text start.
pub(super) fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut in_word = false;
    text.char_indices().filter_map(move |(at, c)| {
        let before = std::mem::replace(&mut in_word, !c.is_whitespace());
        (in_word && !before).then_some(at)
    })
}

/// A number with so many digits, and what follows it.
pub(super) fn number(text: &str, digits: RangeInclusive<usize>) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(length);
    digits.contains(&length).then(|| Some((number.parse().ok()?, rest)))?
}

/// A number with so many digits, and nothing else.
pub(super) fn whole_number(text: &str, digits: RangeInclusive<usize>) -> Option<u32> {
    number(text, digits).filter(|(_, rest)| rest.is_empty()).map(|(number, _)| number)
}

/// What follows `word` in any case, unless it goes on.
pub(super) fn whole_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    after(text, word).filter(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// What follows `prefix` in any case.
pub(super) fn after<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// Something that may be there, and what follows it or, without it, the text as it was.
fn optional<'a, T>(read: Option<(T, &'a str)>, text: &'a str) -> (Option<T>, &'a str) {
    read.map_or((None, text), |(value, rest)| (Some(value), rest))
}

#[cfg(test)]
mod tests {
    use crate::locale::{ENGLISH, WELSH};

    use super::*;

    fn told(text: &str) -> Option<(String, &str)> {
        clock(text, &ENGLISH)
            .map(|clock| (clock.time.map_or("impossible".to_owned(), |time| time.to_string()), clock.rest))
    }

    #[test]
    fn a_time_of_day_is_told_in_several_ways() {
        for (text, time) in [
            ("14:27", "14:27:00"),
            ("14.27", "14:27:00"),
            ("9:05", "09:05:00"),
            ("14:27:05", "14:27:05"),
            ("2:27 pm", "14:27:00"),
            ("2.27PM", "14:27:00"),
            ("2:27\u{202f}p.m.", "14:27:00"),
            ("12:01am", "00:01:00"),
            ("12pm", "12:00:00"),
        ] {
            assert_eq!(told(text), Some((time.to_owned(), "")), "{text}");
        }
    }

    #[test]
    fn what_follows_a_time_is_left() {
        assert_eq!(told("14:27 BST"), Some(("14:27:00".to_owned(), "BST")));
        assert_eq!(told("12:00Z"), Some(("12:00:00".to_owned(), "Z")));
        assert_eq!(told("12:00+01:00"), Some(("12:00:00".to_owned(), "+01:00")));
        // The abbreviation of a zone is not the half of the day.
        assert_eq!(told("2:27 AMT"), Some(("02:27:00".to_owned(), "AMT")));
    }

    #[test]
    fn a_time_that_cannot_be_is_told_apart_from_no_time() {
        for text in ["25:00", "14:60", "14:27:60", "14:27 am", "99:99"] {
            assert_eq!(told(text), Some(("impossible".to_owned(), "")), "{text}");
        }
        for text in ["", "14", "45'", "16/52", "14:2", "14:275", "114:27", "14:27:5", "Lap 3", "HT", "١٤:٢٧"] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_is_told_in_several_ways() {
        let date_of = |text| date(text, &ENGLISH).map(|date| (date.day, date.month, date.year));
        for text in ["19 June 2023", "19th Jun 2023", "Monday 19 June 2023", "Mon, 19 June, 2023", "June 19, 2023"] {
            assert_eq!(date_of(text), Some((19, 6, Some(2023))), "{text}");
        }
        for text in ["1 Sept", "September 1st", "1 sep."] {
            assert_eq!(date_of(text), Some((1, 9, None)), "{text}");
        }
        for text in ["", "19", "June", "June 2023", "19 Summer", "19 June 23", "19 June 2023 Breaking", "119 June"] {
            assert_eq!(date_of(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_is_told_in_welsh() {
        let date = date("Dydd Llun 19 Mehefin 2023", &WELSH).unwrap();
        assert_eq!((date.day, date.month, date.year), (19, 6, Some(2023)));
    }

    #[test]
    fn a_leap_day_exists_without_a_year_and_in_leap_years() {
        let leap_day = |year| PartialDate { day: 29, month: 2, year };
        assert!(leap_day(None).exists() && leap_day(Some(2024)).exists());
        assert!(!leap_day(Some(2023)).exists());
    }

    #[test]
    fn a_partial_date_is_completed_by_a_year() {
        use crate::time::stamp::PartialDate;

        let leap_day = PartialDate { day: 29, month: 2, year: None };
        assert_eq!(leap_day.in_year(2023), None);
        assert!(leap_day.in_year(2024).is_some() && leap_day.exists());
    }
}
