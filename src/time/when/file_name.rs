//! The time in the name of a file, which says when a page was saved.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::DateTime;
use regex::{Captures, Regex};

use super::When;

/// Why the name of a file does not say when a page was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoTimeInName {
    /// It has no time, or none that exists.
    #[error("its name has no time")]
    Missing,
    /// It has several times.
    #[error("its name has several times")]
    Several,
}

/// A date and perhaps a time, as tools write them into names: `20230619T1212`, `2023-06-19T12-12-30Z`,
/// `2023-06-19_12.12`, `2023-06-19 at 12.12`, `20230619121200`, `2023-06-19`; or seconds or milliseconds since 1970.
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        (?<wayback>\d{14})
        | (?<milliseconds>\d{13})
        | (?<seconds>\d{10})
        | (?<year>\d{4})-?(?<month>\d\d)-?(?<day>\d\d)
          (?:(?:[Tt_.\x20-]|\x20at\x20)(?<hour>\d\d)[:._-]?(?<minute>\d\d)(?:[:._-]?(?<second>\d\d))?(?<utc>[Zz])?)?",
    )
    .expect("the pattern is valid")
});

impl When {
    /// Reads the time in the name of a file, as archives, crawlers and people put it there. 14 digits, as the Wayback
    /// Machine has them, and seconds or milliseconds since 1970 are UTC, and so is what ends in `Z`; any other time names no
    /// zone.
    ///
    /// ```
    /// use liveblog::query::{NoTimeInName, When};
    ///
    /// assert_eq!(When::from_file_name("flood-20230619T1212.txt"), Ok("2023-06-19 12:12".parse()?));
    /// assert_eq!(When::from_file_name("20230619121200.html"), Ok("2023-06-19 12:12:00Z".parse()?));
    /// assert_eq!(When::from_file_name("flood.txt"), Err(NoTimeInName::Missing));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If there is no time in it, or several.
    pub fn from_file_name(name: &str) -> Result<Self, NoTimeInName> {
        let mut times: BTreeSet<String> = BTreeSet::new();
        for found in TIME.captures_iter(name) {
            let (start, end) = (found.get_match().start(), found.get_match().end());
            let is_part = name[..start].ends_with(|c: char| c.is_alphanumeric())
                || name[end..].starts_with(|c: char| c.is_alphanumeric());
            if !is_part {
                times.extend(words(&found));
            }
        }
        let mut times = times.into_iter().filter_map(|words| words.parse().ok());
        match (times.next(), times.next()) {
            (Some(time), None) => Ok(time),
            (Some(_), Some(_)) => Err(NoTimeInName::Several),
            (None, _) => Err(NoTimeInName::Missing),
        }
    }
}

/// The words of a time that is written in digits from its first: `20230619`, `20230619T1212`, `20230619121200`,
/// `1687176720`.
pub(super) fn from_digits(text: &str) -> Option<String> {
    let in_digits = text.bytes().take_while(u8::is_ascii_digit).count() >= 8;
    let found = TIME.captures(text).filter(|found| in_digits && found.get_match().range() == (0..text.len()))?;
    words(&found)
}

/// The words of a time.
fn words(found: &Captures) -> Option<String> {
    let part = |name: &str| found.name(name).map(|part| part.as_str());
    let since_1970 = |milliseconds: i64| {
        let time = DateTime::from_timestamp_millis(milliseconds)?;
        Some(time.format("%F %TZ").to_string())
    };
    if let Some(digits) = part("wayback") {
        let (date, time) = (&digits[..8], &digits[8..]);
        return Some(format!(
            "{}-{}-{} {}:{}:{}Z",
            &date[..4],
            &date[4..6],
            &date[6..],
            &time[..2],
            &time[2..4],
            &time[4..]
        ));
    }
    if let Some(digits) = part("milliseconds") {
        return since_1970(digits.parse().ok()?);
    }
    if let Some(digits) = part("seconds") {
        return since_1970(digits.parse::<i64>().ok()? * 1_000);
    }
    let mut words = format!("{}-{}-{}", part("year")?, part("month")?, part("day")?);
    if let (Some(hour), Some(minute)) = (part("hour"), part("minute")) {
        words += &format!(" {hour}:{minute}");
        words.extend(part("second").map(|second| format!(":{second}")));
        words += part("utc").map_or("", |_| "Z");
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::London;

    use super::*;

    /// When a page of that name was saved, if names are in London.
    fn saved(name: &str) -> String {
        let now = "2026-01-01T00:00:00Z".parse().unwrap();
        match When::from_file_name(name) {
            Ok(when) => when.as_capture(London, now).format("%F %T").to_string(),
            Err(problem) => problem.to_string(),
        }
    }

    #[test]
    fn a_time_without_a_zone_is_local() {
        for name in [
            "flood-20230619T1212.txt",
            "2023-06-19T12-12.html",
            "2023-06-19_12.12.txt",
            "flood_20230619-121200.txt",
            "2023-06-19 12:12:00 flood.txt",
            "Flood 2023-06-19 at 12.12.txt",
            "flood.2023-06-19T12:12.txt.gz",
        ] {
            assert_eq!(saved(name), "2023-06-19 11:12:00", "{name}");
        }
    }

    #[test]
    fn utc_is_what_says_so_or_is_counted_so() {
        for name in [
            "20230619121200",
            "20230619121200-flood.html",
            "flood-20230619T121200Z.txt",
            "2023-06-19T12-12Z.txt",
            "1687176720.txt",
            "flood_1687176720000.json",
        ] {
            assert_eq!(saved(name), "2023-06-19 12:12:00", "{name}");
        }
    }

    #[test]
    fn a_day_means_its_end() {
        for name in ["2023-06-19.txt", "flood-20230619.txt", "2023-06-19-2.txt"] {
            assert_eq!(saved(name), "2023-06-19 22:59:59", "{name}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for name in [
            "flood.txt",
            "",
            "world-65947193.html",
            "000_956ae1a9d39fa35a.txt",
            "2023-13-45.txt",
            "20230619T9912.txt",
            "2023-06-19T1212-0500.txt",
            "x20230619121200.txt",
            "123456789012345678.txt",
        ] {
            assert_eq!(saved(name), "its name has no time", "{name}");
        }
    }

    #[test]
    fn of_several_times_none_is_chosen_but_the_same_may_come_twice() {
        assert_eq!(saved("2023-06-19-to-2023-06-20.txt"), "its name has several times");
        assert_eq!(saved("20230619121200-20230619121200.html"), "2023-06-19 12:12:00");
    }
}
