//! Stamps: the words after `published at`, parsed as a time, a zone and a date. A user's times have the same parts.

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::scan::{number, whole_number, whole_word};
use super::years;
use super::zone::{Zone, ZoneWords};
use crate::locale::Language;

/// The parts of a stamp, as far as they are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp<'a> {
    /// The time of day, in the zone of the stamp.
    pub time: NaiveTime,
    /// The zone, known or not.
    pub zone: Option<Zone<'a>>,
    /// The date, with or without its year.
    pub date: Option<PartialDate>,
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
    /// The date in that year, if there is one: 29 February is in leap years alone, and no date is outside the
    /// years 0001 to 9999.
    pub fn in_year(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day).filter(|_| years::contain(year))
    }

    /// Whether there is such a date, in some year if it names none; the year may be any.
    pub fn exists(self) -> bool {
        NaiveDate::from_ymd_opt(self.year.unwrap_or(2000), self.month, self.day).is_some()
    }
}

impl From<NaiveDate> for PartialDate {
    fn from(date: NaiveDate) -> Self {
        Self { day: date.day(), month: date.month(), year: Some(date.year()) }
    }
}

/// Why words in the shape of a stamp are no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Impossible {
    /// `25:00`, `14:27 am`.
    #[error("there is no such time of day")]
    Time,
    /// `31 June`, `29 February 2023`.
    #[error("there is no such date")]
    Date,
    /// `1 January 0000`; only a user's time is refused for it, because a page's stamp is one whatever its year.
    #[error("its year is none of 0001 to 9999")]
    Year,
}

/// Parses the words after `published at`, all of them: TIME ZONE DATE, of which only TIME is required. Returns `None` for
/// words that are no stamp, such as `Lap 16/52`, the clock of a race.
///
/// # Errors
///
/// If the words have the shape of a stamp, but there is no such time or date.
pub fn read<'a>(words: &'a str, language: &Language) -> Option<Result<Stamp<'a>, Impossible>> {
    let TimeOfDay { time, rest, .. } = time_of_day(words.trim(), language)?;
    let (zone, date) = zone_and_date(rest, language)?;
    Some(match (time, date) {
        (None, _) => Err(Impossible::Time),
        (_, Some(date)) if !date.exists() => Err(Impossible::Date),
        (Some(time), date) => Ok(Stamp { time, zone, date }),
    })
}

/// The words after the time: a date at the end, and a zone before it.
fn zone_and_date<'a>(words: &'a str, language: &Language) -> Option<(Option<Zone<'a>>, Option<PartialDate>)> {
    let (words, date) = date_at_end(words, language).map_or((words, None), |(zone, date)| (zone, Some(date)));
    let words = words.trim_matches(|c: char| c.is_whitespace() || c == ',');
    if words.is_empty() {
        return Some((None, date));
    }
    let zone = Zone::read(words, language);
    (zone.kind != ZoneWords::Unknown || is_name(words)).then_some((Some(zone), date))
}

/// One to six capitalised words, `Lunar Standard Time`, `LST`: they may name a zone that no table has. Others are prose.
fn is_name(words: &str) -> bool {
    let is_capitalised = |word: &str| {
        word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || "-'’.&".contains(c))
    };
    words.split_whitespace().all(is_capitalised) && words.split_whitespace().count() <= 6
}

/// A time of day, and what follows it.
pub(super) struct TimeOfDay<'a> {
    /// The time; `None` if there is no such time: `25:00`, `14:27 am`.
    pub(super) time: Option<NaiveTime>,
    /// Whether it has seconds.
    pub(super) to_the_second: bool,
    /// What follows.
    pub(super) rest: &'a str,
}

/// `14:27`, `14.27`, `14:27:05`, `2:27 pm`, `2pm` at the beginning of `text`.
pub(super) fn time_of_day<'a>(text: &'a str, language: &Language) -> Option<TimeOfDay<'a>> {
    let (hour, rest) = number(text, 1..=2)?;
    let (minute, rest) = optional(minutes_or_seconds(rest), rest);
    let (second, rest) = optional(minutes_or_seconds(rest), rest);
    let (half, rest) = optional(am_or_pm(rest, language), rest);
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
    Some(TimeOfDay { time, to_the_second: second.is_some(), rest: rest.trim_start() })
}

/// `:27` or `.27`: minutes or seconds.
fn minutes_or_seconds(text: &str) -> Option<(u32, &str)> {
    number(text.strip_prefix([':', '.'])?, 2..=2)
}

/// `am` or `pm`, perhaps after a space: the hours to be added.
fn am_or_pm<'a>(text: &'a str, language: &Language) -> Option<(u32, &'a str)> {
    let text = text.trim_start();
    let one_of = |words: &[&str]| words.iter().find_map(|word| whole_word(text, word));
    one_of(language.am).map(|rest| (0, rest)).or_else(|| one_of(language.pm).map(|rest| (12, rest)))
}

/// `19 June 2023`, `19th June`, `Monday 19 Jun`, `June 19, 2023`, and nothing else.
pub fn date(text: &str, language: &Language) -> Option<PartialDate> {
    let (before, date) = date_at_end(text, language)?;
    before.is_empty().then_some(date)
}

/// A date at the end of `text`, and what is before it. It is parsed from its end, because a zone may be before it; no word
/// is looked at twice.
fn date_at_end<'a>(text: &'a str, language: &Language) -> Option<(&'a str, PartialDate)> {
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
        let Some(rest) = before_weekday(before, language) else { break };
        before = rest;
    }
    Some((before, PartialDate { day, month, year }))
}

/// What is before a day of the week.
fn before_weekday<'a>(text: &'a str, language: &Language) -> Option<&'a str> {
    let (before, last) = last_word(text)?;
    language.weekdays.iter().any(|day| day.eq_ignore_ascii_case(last)).then_some(before)
}

/// `19` or `19th`.
fn day(word: &str, language: &Language) -> Option<u32> {
    let (day, rest) = number(word, 1..=2)?;
    (rest.is_empty() || language.ordinals.iter().any(|ordinal| ordinal.eq_ignore_ascii_case(rest))).then_some(day)
}

/// The last word without the stop or comma at its end, and what is before it.
fn last_word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end();
    let (before, word) = text.rsplit_once(char::is_whitespace).unwrap_or(("", text));
    let word = word.trim_end_matches([',', '.']);
    (!word.is_empty()).then_some((before, word))
}

/// Something that may be there, and what follows it or, without it, the text as it was.
fn optional<'a, T>(read: Option<(T, &'a str)>, text: &'a str) -> (Option<T>, &'a str) {
    read.map_or((None, text), |(value, rest)| (Some(value), rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::locale::{ENGLISH, WELSH};

    use super::*;

    /// A stamp as one line: time, `[zone]`, date.
    fn parts(words: &str) -> String {
        parts_in(words, &ENGLISH)
    }

    fn parts_in(words: &str, language: &Language) -> String {
        let Stamp { time, zone, date } = match read(words, language) {
            Some(Ok(stamp)) => stamp,
            Some(Err(impossible)) => return impossible.to_string(),
            None => return "no stamp".to_owned(),
        };
        let zone = zone.map_or(String::new(), |Zone { words, kind }| match kind {
            ZoneWords::Unknown => format!(" [{words}?]"),
            _ => format!(" [{words}]"),
        });
        let date = date.map_or(String::new(), |PartialDate { day, month, year }| match year {
            Some(year) => format!(" {day}.{month}.{year}"),
            None => format!(" {day}.{month}"),
        });
        format!("{}{zone}{date}", time.format("%H:%M"))
    }

    #[test]
    fn a_full_stamp_has_time_zone_and_date() {
        assert_eq!(parts("14:27 British Summer Time 19 June 2023"), "14:27 [British Summer Time] 19.6.2023");
        assert_eq!(parts("14:27 BST Monday 19 June 2023"), "14:27 [BST] 19.6.2023");
        assert_eq!(parts("2:27 p.m. GMT+1, June 19, 2023"), "14:27 [GMT+1] 19.6.2023");
        assert_eq!(parts("14:27 UTC+05:30 19 Jun 2023"), "14:27 [UTC+05:30] 19.6.2023");
    }

    #[test]
    fn each_part_but_the_time_can_be_left_out() {
        assert_eq!(parts("15:29 Greenwich Mean Time 20 January"), "15:29 [Greenwich Mean Time] 20.1");
        assert_eq!(parts("15:29 GMT"), "15:29 [GMT]");
        assert_eq!(parts("15:29 20 January"), "15:29 20.1");
        assert_eq!(parts("13:38"), "13:38");
    }

    #[test]
    fn spaces_of_any_kind_part_the_words() {
        assert_eq!(parts(" 14:27\u{a0}British  Summer Time\t19 June 2023 "), "14:27 [British  Summer Time] 19.6.2023");
        assert_eq!(parts("2:27\u{202f}pm\u{a0}BST 19 June"), "14:27 [BST] 19.6");
    }

    #[test]
    fn a_zone_of_no_table_is_kept_as_unknown() {
        assert_eq!(parts("14:27 Lunar Standard Time 19 June 2023"), "14:27 [Lunar Standard Time?] 19.6.2023");
        assert_eq!(parts("14:27 LST"), "14:27 [LST?]");
    }

    #[test]
    fn prose_is_no_stamp() {
        for words in [
            "14:27 in the afternoon",
            "14:27 on 19 June 2023",
            "14:27 BST 19 Juno 2023",
            "14:27 One Two Three Four Five Six Seven",
        ] {
            assert_eq!(parts(words), "no stamp", "{words}");
        }
    }

    #[test]
    fn the_clock_of_a_match_is_no_stamp() {
        for words in ["Lap 16/52", "45'", "45+2", "HT", "FT", "90' +4", "T20", "3rd set", ""] {
            assert_eq!(parts(words), "no stamp", "{words}");
        }
    }

    #[test]
    fn a_time_or_a_date_that_cannot_be_is_said_to_be_so() {
        assert_eq!(parts("25:00 GMT 19 June 2023"), "there is no such time of day");
        assert_eq!(parts("14:27 BST 31 June"), "there is no such date");
        assert_eq!(parts("14:27 GMT 29 February 2023"), "there is no such date");
        assert_eq!(parts("14:27 GMT 29 February"), "14:27 [GMT] 29.2");
    }

    proptest! {
        #[test]
        fn no_words_make_it_panic(any in ".{0,60}", near in "[0-9]{1,3}[:.][0-9]{2}[ \u{a0}0-9:a-zA-ZÀ-ž+−.,-]{0,40}") {
            for words in [any, near] {
                let _ = (read(&words, &ENGLISH), read(&words, &WELSH));
            }
        }
    }

    #[test]
    fn welsh_words_are_read_by_the_welsh_table() {
        let words = "14:27 Amser Haf Prydain 19 Mehefin 2023";
        assert_eq!(parts_in(words, &WELSH), "14:27 [Amser Haf Prydain] 19.6.2023");
        assert_eq!(parts(words), "no stamp");
    }

    fn time_and_rest(text: &str) -> Option<(String, &str)> {
        time_of_day(text, &ENGLISH)
            .map(|read| (read.time.map_or("impossible".to_owned(), |time| time.to_string()), read.rest))
    }

    #[test]
    fn a_time_of_day_is_written_in_several_ways() {
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
            assert_eq!(time_and_rest(text), Some((time.to_owned(), "")), "{text}");
        }
    }

    #[test]
    fn what_follows_a_time_is_left() {
        assert_eq!(time_and_rest("14:27 BST"), Some(("14:27:00".to_owned(), "BST")));
        assert_eq!(time_and_rest("12:00Z"), Some(("12:00:00".to_owned(), "Z")));
        assert_eq!(time_and_rest("12:00+01:00"), Some(("12:00:00".to_owned(), "+01:00")));
        // The abbreviation of a zone is not the half of the day.
        assert_eq!(time_and_rest("2:27 AMT"), Some(("02:27:00".to_owned(), "AMT")));
    }

    #[test]
    fn a_time_that_cannot_be_is_not_the_same_as_no_time() {
        for text in ["25:00", "14:60", "14:27:60", "14:27 am", "99:99"] {
            assert_eq!(time_and_rest(text), Some(("impossible".to_owned(), "")), "{text}");
        }
        for text in ["", "14", "45'", "16/52", "14:2", "14:275", "114:27", "14:27:5", "Lap 3", "HT", "١٤:٢٧"] {
            assert_eq!(time_and_rest(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_is_written_in_several_ways() {
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
    fn a_date_is_read_in_welsh() {
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

    #[test]
    fn a_stamp_has_a_time_and_perhaps_a_zone_and_a_date() {
        use crate::locale::ENGLISH;
        use crate::time::stamp::Impossible;

        let stamp = read("2.27pm BST 19 June", &ENGLISH).unwrap().unwrap();
        assert_eq!(stamp.time.to_string(), "14:27:00");
        assert_eq!(stamp.zone.unwrap().words, "BST");
        assert_eq!(stamp.date.unwrap().year, None);

        assert_eq!(read("14:27 BST 31 June", &ENGLISH), Some(Err(Impossible::Date)));
        assert_eq!(read("Lap 16/52", &ENGLISH), None);
    }
}
