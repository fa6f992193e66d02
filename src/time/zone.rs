//! Zones: what the names that pages and users give mean.

use chrono::{DateTime, FixedOffset, Utc};
use chrono_tz::Tz;

use super::calendar::Clock;
use super::words::after;
use crate::locale::Language;

pub use super::names::named;

/// The words that stand where a zone is named, and what they mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone<'a> {
    /// The words: `British Summer Time`, `GMT+1`.
    pub words: &'a str,
    /// What they mean.
    pub sense: Sense,
}

/// What the words of a zone mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// A name, with its meanings, the usual one first: `IST` and `CST` have several.
    Named(&'static [Meaning]),
    /// An offset from UTC: `GMT+1`, `+05:30`.
    Offset(FixedOffset),
    /// No zone that is known.
    Unknown,
}

/// One meaning of a zone's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// The offset that the name stands for; `None` if the name is generic, as `Eastern Time` is, and follows the calendar
    /// of its region.
    pub offset: Option<FixedOffset>,
    /// The region that uses the name, London for `Greenwich Mean Time`.
    pub region: Tz,
    /// Another region where the name stands all year, as `Mountain Standard Time` does in Phoenix.
    pub elsewhere: Option<Tz>,
}

impl Zone<'_> {
    /// Reads the words of a zone; those of `language` come before the English ones.
    pub fn read<'a>(words: &'a str, language: &Language) -> Zone<'a> {
        // A page may hold several spaces between the words, or such as do not break.
        let is_spaced_out = |word: &str| word.is_empty() || word.contains(char::is_whitespace);
        let sense = match sense(words, language) {
            Sense::Unknown if words.split(' ').any(is_spaced_out) => {
                sense(&words.split_whitespace().collect::<Vec<_>>().join(" "), language)
            }
            sense => sense,
        };
        Zone { words, sense }
    }
}

impl Meaning {
    /// The clock that shows the time of this zone.
    pub fn clock(self) -> Clock {
        self.offset.map_or(Clock::Of(self.region), Clock::Fixed)
    }

    /// The region where the name is in force at an instant, if it is in one.
    pub fn region_at(self, at: DateTime<Utc>) -> Option<Tz> {
        let in_force = |region: &Tz| self.offset.is_none_or(|offset| Clock::Of(*region).at(at).offset() == &offset);
        std::iter::once(self.region).chain(self.elsewhere).find(in_force)
    }
}

fn sense(words: &str, language: &Language) -> Sense {
    let translated = language.zones.iter().find(|(name, _)| name.eq_ignore_ascii_case(words));
    let english = translated.map_or(words, |(_, english)| english);
    let named = named(english).map(Sense::Named);
    named.or_else(|| offset(english).map(Sense::Offset)).unwrap_or(Sense::Unknown)
}

/// The offset that words such as `GMT+1`, `UTC+05:30`, `UTC−3`, `+0100` or `-05:00` tell, up to 14 hours.
pub fn offset(words: &str) -> Option<FixedOffset> {
    let words = ["GMT", "UTC"].iter().find_map(|prefix| after(words, prefix)).unwrap_or(words).trim_start();
    let (sign, digits) = match words.chars().next()? {
        '+' => (1, &words[1..]),
        // A hyphen, the minus sign that CLDR's formats print, or an en dash.
        minus @ ('-' | '−' | '–') => (-1, &words[minus.len_utf8()..]),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 => digits.split_at_checked(2)?,
        None => (digits, "00"),
    };
    let number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<i32>().ok())?;
    let in_shape = matches!(hours.len(), 1 | 2) && minutes.len() == 2;
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let east = sign * (hours * 60 + minutes) * 60;
    (in_shape && minutes < 60 && east.abs() <= 14 * 3600).then(|| FixedOffset::east_opt(east))?
}

#[cfg(test)]
mod tests {
    use crate::locale::{ENGLISH, WELSH};

    use super::*;

    /// Offset and regions of the usual meaning.
    fn usual(words: &str) -> String {
        match Zone::read(words, &ENGLISH).sense {
            Sense::Named(meanings) => {
                let Meaning { offset, region, elsewhere } = meanings[0];
                let parts = [
                    offset.map(|offset| offset.to_string()),
                    Some(region.to_string()),
                    elsewhere.map(|zone| zone.to_string()),
                ];
                parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
            }
            Sense::Offset(offset) => offset.to_string(),
            Sense::Unknown => "unknown".to_owned(),
        }
    }

    #[test]
    fn names_and_abbreviations_are_known_in_any_case() {
        assert_eq!(usual("British Summer Time"), "+01:00 Europe/London");
        assert_eq!(usual("greenwich mean time"), "+00:00 Europe/London");
        assert_eq!(usual("CEST"), "+02:00 Europe/Paris");
        assert_eq!(usual("aedt"), "+11:00 Australia/Sydney");
        assert_eq!(usual("Z"), "+00:00 UTC");
    }

    #[test]
    fn a_generic_name_has_a_region_and_no_offset() {
        assert_eq!(usual("Eastern Time"), "America/New_York");
        assert_eq!(usual("Venezuela Time"), "America/Caracas");
    }

    #[test]
    fn a_standard_time_can_stand_all_year_in_another_region() {
        assert_eq!(usual("MST"), "-07:00 America/Denver America/Phoenix");
    }

    #[test]
    fn offsets_are_read_with_and_without_a_prefix() {
        let read = ["GMT+1", "UTC+05:30", "UTC−3", "gmt-5:30", "UTC +2", "+01:00", "+0100", "-05", "UTC–4", "GMT+0"];
        let offsets =
            ["+01:00", "+05:30", "-03:00", "-05:30", "+02:00", "+01:00", "+01:00", "-05:00", "-04:00", "+00:00"];
        assert_eq!(read.map(usual), offsets);
    }

    #[test]
    fn numbers_that_are_no_offset_are_unknown() {
        for words in ["+15:00", "+1:5", "GMT+", "+01:60", "UTC+100", "1", "+a1", "−", "+٣", "GMT+1:", ""] {
            assert_eq!(usual(words), "unknown", "{words}");
        }
    }

    #[test]
    fn every_welsh_name_has_its_english_one_in_the_table() {
        for (welsh, _) in WELSH.zones {
            assert!(matches!(Zone::read(welsh, &WELSH).sense, Sense::Named(_)), "{welsh}");
        }
    }

    #[test]
    fn a_meaning_has_a_clock() {
        use crate::time::{calendar::Clock, zone::named};
        use chrono_tz::America::New_York;

        assert_eq!(named("EDT").unwrap()[0].clock().to_string(), "-04:00");
        assert_eq!(named("Eastern Time").unwrap()[0].clock(), Clock::Of(New_York));
    }

    #[test]
    fn a_meaning_has_a_region() {
        use crate::time::zone::named;

        let mountain = named("MST").unwrap()[0];
        let summer = "2024-07-04T12:00:00Z".parse().unwrap();
        assert_eq!(mountain.region_at(summer), Some(chrono_tz::America::Phoenix));
    }

    #[test]
    fn an_offset_is_read_from_digits() {
        use crate::time::zone::offset;

        assert_eq!(offset("UTC+05:30").unwrap().to_string(), "+05:30");
        assert_eq!(offset("GMT"), None); // a name
    }

    #[test]
    fn a_zone_is_read_in_the_language_of_the_page() {
        use crate::locale::WELSH;

        let Sense::Named([meaning]) = Zone::read("Amser Haf Prydain", &WELSH).sense else { panic!() };
        assert_eq!(meaning.offset.unwrap().to_string(), "+01:00");
        assert_eq!(meaning.region.name(), "Europe/London");
    }
}
