//! Zones: the names of zones on pages and in options, and what they mean.

use chrono::{DateTime, FixedOffset, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};

use super::local::Clock;
use super::scan::after;
use crate::locale::Language;

pub use super::zone_names::named;

/// The words that name a zone, and what they mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone<'a> {
    /// The words: `British Summer Time`, `GMT+1`.
    pub words: &'a str,
    /// What they are.
    pub kind: ZoneWords,
}

/// What the words of a zone mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZoneWords {
    /// A name, with its meanings, the usual one first: `IST` and `CST` have several.
    Named(&'static [ZoneMeaning]),
    /// An offset from UTC: `GMT+1`, `+05:30`.
    Offset(FixedOffset),
    /// No zone that is known.
    Unknown,
}

/// One meaning of a zone's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ZoneMeaning {
    /// The offset that the name means; `None` if the name is generic, as `Eastern Time` is, and follows the calendar
    /// of its region.
    pub offset: Option<FixedOffset>,
    /// The region that uses the name, London for `Greenwich Mean Time`.
    pub region: Tz,
    /// Another region where the name is used all year, as `Mountain Standard Time` does in Phoenix.
    pub elsewhere: Option<Tz>,
}

impl Zone<'_> {
    /// Reads the words of a zone; those of `language` come before the English ones.
    pub fn read<'a>(words: &'a str, language: &Language) -> Zone<'a> {
        // A page may have several spaces between the words, or no-break spaces.
        let is_spaced_out = |word: &str| word.is_empty() || word.contains(char::is_whitespace);
        let kind = match zone_words(words, language) {
            ZoneWords::Unknown if words.split(' ').any(is_spaced_out) => {
                zone_words(&words.split_whitespace().collect::<Vec<_>>().join(" "), language)
            }
            kind => kind,
        };
        Zone { words, kind }
    }
}

impl ZoneMeaning {
    /// The clock that shows the time of this zone.
    pub fn clock(self) -> Clock {
        self.offset.map_or(Clock::Region(self.region), Clock::Fixed)
    }

    /// The region where the name is in force at an instant, if it is in one.
    pub fn region_at(self, at: DateTime<Utc>) -> Option<Tz> {
        let in_force = |region: &Tz| self.offset.is_none_or(|offset| Clock::Region(*region).at(at).offset() == &offset);
        std::iter::once(self.region).chain(self.elsewhere).find(in_force)
    }
}

fn zone_words(words: &str, language: &Language) -> ZoneWords {
    let translated = language.zones.iter().find(|(name, _)| name.eq_ignore_ascii_case(words));
    let english = translated.map_or(words, |(_, english)| english);
    let named = named(english).map(ZoneWords::Named);
    named.or_else(|| offset(english).map(ZoneWords::Offset)).unwrap_or(ZoneWords::Unknown)
}

/// The offset that words such as `GMT+1`, `UTC+05:30`, `UTC−3`, `+0100` or `-05:00` mean, up to 14 hours.
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

/// The region of an IANA name, in any case.
pub fn iana(words: &str) -> Option<Tz> {
    Tz::from_str_insensitive(words.trim()).ok()
}

/// The zone that a user names: by its IANA name, by its city, where one zone alone has it, or by whole hours from UTC,
/// for which the IANA database has zones without summer time: `+02:00` is `Etc/GMT-2`. Any case will do.
///
/// ```
/// use chrono_tz::{America, Etc, Europe};
/// use liveblog::query::region;
///
/// assert_eq!(region("europe/london"), Ok(Europe::London));
/// assert_eq!(region("New York"), Ok(America::New_York));
/// assert_eq!(region("+02:00"), Ok(Etc::GMTMinus2));
/// ```
///
/// # Errors
///
/// If no zone is called so; the error suggests the one that may be meant.
pub fn region(words: &str) -> Result<Tz, UnknownZone> {
    let name = words.trim();
    let unknown = |problem| UnknownZone { words: words.to_owned(), problem };
    if let Some(zone) = iana(name) {
        return Ok(zone);
    }
    if let Some(offset) = offset(name) {
        return at_offset(offset).ok_or_else(|| unknown(ZoneProblem::Offset));
    }
    let cities: Vec<_> = in_city(name).collect();
    match (&cities[..], named(name)) {
        ([zone], _) => Ok(*zone),
        ([], None) => Err(unknown(ZoneProblem::Unknown)),
        ([], Some(meanings)) => Err(unknown(ZoneProblem::Near(vec![meanings[0].region]))),
        (several, _) => Err(unknown(ZoneProblem::Near(several.to_vec()))),
    }
}

/// The zones of a city: `new york`. Zones of `Etc` are named after offsets, with the sign the other way round.
fn in_city(words: &str) -> impl Iterator<Item = Tz> {
    let city = words.replace(' ', "_");
    let has_city = move |zone: &Tz| {
        zone.name().rsplit_once('/').is_some_and(|(area, last)| area != "Etc" && last.eq_ignore_ascii_case(&city))
    };
    TZ_VARIANTS.iter().copied().filter(has_city)
}

/// The zone that is at an offset all year.
fn at_offset(offset: FixedOffset) -> Option<Tz> {
    let seconds = offset.local_minus_utc();
    let hours = seconds / 3600;
    match seconds % 3600 {
        0 if hours == 0 => Some(Tz::UTC),
        // POSIX counts to the west.
        0 => iana(&format!("Etc/GMT{:+}", -hours)),
        _ => None,
    }
}

/// A name that no zone has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no time zone is called {words:?}; {problem}")]
pub struct UnknownZone {
    /// The words given.
    pub words: String,
    /// What is wrong with them.
    pub problem: ZoneProblem,
}

/// What is wrong with the name of a zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ZoneProblem {
    /// Nothing is near it.
    #[error("give its IANA name, such as Europe/London or America/New_York, or whole hours from UTC, such as +02:00")]
    Unknown,
    /// The zones that may be meant.
    #[error("did you mean {}?", .0.iter().map(|zone| zone.name()).collect::<Vec<_>>().join(" or "))]
    Near(Vec<Tz>),
    /// An offset from UTC that no zone keeps.
    #[error(
        "only whole hours from UTC, up to -12:00 and +14:00, are a zone; give the name of a place, such as Asia/Kolkata"
    )]
    Offset,
}

#[cfg(test)]
mod tests {
    use crate::locale::{ENGLISH, WELSH};

    use super::*;

    /// Offset and regions of the usual meaning.
    fn usual(words: &str) -> String {
        match Zone::read(words, &ENGLISH).kind {
            ZoneWords::Named(meanings) => {
                let ZoneMeaning { offset, region, elsewhere } = meanings[0];
                let parts = [
                    offset.map(|offset| offset.to_string()),
                    Some(region.to_string()),
                    elsewhere.map(|zone| zone.to_string()),
                ];
                parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
            }
            ZoneWords::Offset(offset) => offset.to_string(),
            ZoneWords::Unknown => "unknown".to_owned(),
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
            assert!(matches!(Zone::read(welsh, &WELSH).kind, ZoneWords::Named(_)), "{welsh}");
        }
    }

    fn error(words: &str) -> String {
        region(words).unwrap_err().to_string()
    }

    #[test]
    fn an_iana_name_is_read_in_any_case() {
        assert_eq!(region("america/NEW_york"), Ok(chrono_tz::America::New_York));
        assert_eq!(region("utc"), Ok(chrono_tz::UTC));
    }

    #[test]
    fn a_city_is_enough_where_one_zone_has_it() {
        assert_eq!(region("London"), Ok(chrono_tz::Europe::London));
        assert_eq!(region(" new york"), Ok(chrono_tz::America::New_York));
        assert_eq!(
            error("Louisville"),
            "no time zone is called \"Louisville\"; did you mean America/Kentucky/Louisville or America/Louisville?"
        );
    }

    #[test]
    fn whole_hours_from_utc_are_a_zone_with_the_usual_sign() {
        for (words, hours) in [("+02:00", 2), ("-05:00", -5), ("GMT+2", 2), ("UTC-3", -3), ("+0", 0), ("+14:00", 14)] {
            let at = DateTime::UNIX_EPOCH;
            let offset = Clock::Region(region(words).unwrap()).at(at).offset().local_minus_utc();
            assert_eq!(offset, hours * 3600, "{words}");
        }
        for words in ["+05:30", "-13:00"] {
            assert!(error(words).ends_with("are a zone; give the name of a place, such as Asia/Kolkata"), "{words}");
        }
    }

    #[test]
    fn an_abbreviation_is_answered_with_its_region() {
        assert_eq!(error("BST"), "no time zone is called \"BST\"; did you mean Europe/London?");
    }

    #[test]
    fn other_words_are_answered_with_what_to_give() {
        let give =
            "give its IANA name, such as Europe/London or America/New_York, or whole hours from UTC, such as +02:00";
        assert_eq!(error("Londn"), format!("no time zone is called \"Londn\"; {give}"));
        assert_eq!(error(""), format!("no time zone is called \"\"; {give}"));
    }

    #[test]
    fn the_words_of_a_zone_are_read_in_the_language_of_the_page() {
        use crate::{
            locale::WELSH,
            time::zone::{Zone, ZoneWords},
        };

        let ZoneWords::Named([meaning]) = Zone::read("Amser Haf Prydain", &WELSH).kind else { panic!() };
        assert_eq!(meaning.offset.unwrap().to_string(), "+01:00");
        assert_eq!(meaning.region.name(), "Europe/London");
    }

    #[test]
    fn a_meaning_has_a_clock() {
        use crate::time::{local::Clock, zone::named};
        use chrono_tz::America::New_York;

        assert_eq!(named("EDT").unwrap()[0].clock().to_string(), "-04:00");
        assert_eq!(named("Eastern Time").unwrap()[0].clock(), Clock::Region(New_York));
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
}
