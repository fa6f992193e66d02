//! Stamps: the words after `published at`, read as a time, a zone and a date.

use chrono::NaiveTime;

use super::words::{clock, date_at_end};
use super::zone::{Sense, Zone};
use crate::locale::Language;

pub use super::words::PartialDate;

/// A stamp as its words tell it, each part as far as it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp<'a> {
    /// The time of day, in the zone of the stamp.
    pub time: NaiveTime,
    /// The zone, known or not.
    pub zone: Option<Zone<'a>>,
    /// The date, with or without its year.
    pub date: Option<PartialDate>,
}

/// Words in the shape of a stamp that tell a time that cannot be.
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

/// Reads the words after `published at`, all of them: TIME ZONE DATE, of which only the time must be there. `None` says
/// that they are no stamp, as `Lap 16/52`, the clock of a race, is none.
///
/// # Errors
///
/// Words in the shape of a stamp that tell a time or a date that cannot be.
pub fn read<'a>(words: &'a str, language: &Language) -> Option<Result<Stamp<'a>, Impossible>> {
    let clock = clock(words.trim(), language)?;
    let (zone, date) = zone_and_date(clock.rest, language)?;
    Some(match (clock.time, date) {
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
    (zone.sense != Sense::Unknown || is_name(words)).then_some((Some(zone), date))
}

/// One to six capitalised words, `Lunar Standard Time`, `LST`: they may name a zone that no table has. Others are prose.
fn is_name(words: &str) -> bool {
    let is_capitalised = |word: &str| {
        word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || "-'’.&".contains(c))
    };
    words.split_whitespace().all(is_capitalised) && words.split_whitespace().count() <= 6
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::locale::{ENGLISH, WELSH};

    use super::*;

    /// A stamp as one line: time, `[zone]`, date.
    fn told(words: &str) -> String {
        told_in(words, &ENGLISH)
    }

    fn told_in(words: &str, language: &Language) -> String {
        let Stamp { time, zone, date } = match read(words, language) {
            Some(Ok(stamp)) => stamp,
            Some(Err(impossible)) => return impossible.to_string(),
            None => return "no stamp".to_owned(),
        };
        let zone = zone.map_or(String::new(), |Zone { words, sense }| match sense {
            Sense::Unknown => format!(" [{words}?]"),
            _ => format!(" [{words}]"),
        });
        let date = date.map_or(String::new(), |PartialDate { day, month, year }| match year {
            Some(year) => format!(" {day}.{month}.{year}"),
            None => format!(" {day}.{month}"),
        });
        format!("{}{zone}{date}", time.format("%H:%M"))
    }

    #[test]
    fn a_full_stamp_tells_time_zone_and_date() {
        assert_eq!(told("14:27 British Summer Time 19 June 2023"), "14:27 [British Summer Time] 19.6.2023");
        assert_eq!(told("14:27 BST Monday 19 June 2023"), "14:27 [BST] 19.6.2023");
        assert_eq!(told("2:27 p.m. GMT+1, June 19, 2023"), "14:27 [GMT+1] 19.6.2023");
        assert_eq!(told("14:27 UTC+05:30 19 Jun 2023"), "14:27 [UTC+05:30] 19.6.2023");
    }

    #[test]
    fn each_part_but_the_time_can_be_left_out() {
        assert_eq!(told("15:29 Greenwich Mean Time 20 January"), "15:29 [Greenwich Mean Time] 20.1");
        assert_eq!(told("15:29 GMT"), "15:29 [GMT]");
        assert_eq!(told("15:29 20 January"), "15:29 20.1");
        assert_eq!(told("13:38"), "13:38");
    }

    #[test]
    fn spaces_of_any_kind_part_the_words() {
        assert_eq!(told(" 14:27\u{a0}British  Summer Time\t19 June 2023 "), "14:27 [British  Summer Time] 19.6.2023");
        assert_eq!(told("2:27\u{202f}pm\u{a0}BST 19 June"), "14:27 [BST] 19.6");
    }

    #[test]
    fn a_zone_of_no_table_is_kept_as_unknown() {
        assert_eq!(told("14:27 Lunar Standard Time 19 June 2023"), "14:27 [Lunar Standard Time?] 19.6.2023");
        assert_eq!(told("14:27 LST"), "14:27 [LST?]");
    }

    #[test]
    fn prose_is_no_stamp() {
        for words in [
            "14:27 in the afternoon",
            "14:27 on 19 June 2023",
            "14:27 BST 19 Juno 2023",
            "14:27 One Two Three Four Five Six Seven",
        ] {
            assert_eq!(told(words), "no stamp", "{words}");
        }
    }

    #[test]
    fn the_clock_of_a_match_is_no_stamp() {
        for words in ["Lap 16/52", "45'", "45+2", "HT", "FT", "90' +4", "T20", "3rd set", ""] {
            assert_eq!(told(words), "no stamp", "{words}");
        }
    }

    #[test]
    fn a_time_or_a_date_that_cannot_be_is_said_to_be_so() {
        assert_eq!(told("25:00 GMT 19 June 2023"), "there is no such time of day");
        assert_eq!(told("14:27 BST 31 June"), "there is no such date");
        assert_eq!(told("14:27 GMT 29 February 2023"), "there is no such date");
        assert_eq!(told("14:27 GMT 29 February"), "14:27 [GMT] 29.2");
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
        assert_eq!(told_in(words, &WELSH), "14:27 [Amser Haf Prydain] 19.6.2023");
        assert_eq!(told(words), "no stamp");
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
