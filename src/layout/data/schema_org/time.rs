//! Times in schema.org data: ISO 8601, more or less, with an offset, in a zone, or in neither.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Offset, TimeZone, Utc};
use chrono_tz::Tz;
use serde_json::Value;

use super::Remark;
use super::body::plain;
use super::json::raw;
use super::written_time::WrittenTime;
use crate::locale::ENGLISH;
use crate::model::Code;
use crate::time::local::{Clock, LocalTime};
use crate::time::years;
use crate::time::zone::{self, Zone, ZoneWords};

/// A time with its offset, and what is doubtful about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataTime {
    /// The instant, in whole seconds.
    pub at: DateTime<FixedOffset>,
    /// What was inferred.
    pub doubt: Option<Remark>,
}

/// Where times without an offset are.
#[derive(Debug, Clone, Copy, Default)]
pub struct DefaultZone {
    /// The zone that the user gives.
    pub user: Option<Tz>,
    /// The offset of the page's own times.
    pub page: Option<FixedOffset>,
}

/// The offset of the page's own times. One that is zero may be any template's.
pub fn page_offset(object: &Value) -> Option<FixedOffset> {
    let times = ["datePublished", "dateModified", "dateCreated"].iter().filter_map(|key| raw(object, key));
    let offsets =
        times.filter_map(|words| read(&words, DefaultZone::default()).ok()).filter(|time| time.doubt.is_none());
    offsets.map(|time| *time.at.offset()).find(|offset| offset.local_minus_utc() != 0)
}

/// Reads `2023-06-19T14:27:05.123+01:00` and similar forms. A time without an offset is in the user's zone, else, with
/// a doubt, at the page's offset or in UTC.
///
/// # Errors
///
/// If there is no time of day in the words (a day alone is no midnight), or its year is outside 0001 to 9999.
pub fn read(words: &str, zone: DefaultZone) -> Result<DataTime, Remark> {
    let words = words.trim();
    let time = in_any_year(words, zone)?;
    let at = years::local(time.at).ok_or_else(|| (Code::TimeUnread, years::outside(words)))?;
    if is_unset(at) {
        return Err((Code::TimeUnread, format!("`{words}` is what programs write for no time")));
    }
    Ok(DataTime { at, ..time })
}

/// Whether a time is where clocks of programs begin, at midnight of the year 1 or of 1970.
fn is_unset(at: DateTime<FixedOffset>) -> bool {
    at.timestamp() == 0 || at.year() == 1 && at.naive_local().and_utc().timestamp() == -62_135_596_800
}

fn in_any_year(words: &str, zone: DefaultZone) -> Result<DataTime, Remark> {
    if let Some(at) = DateTime::parse_from_rfc3339(words).ok().or_else(|| since_1970(words)) {
        return Ok(DataTime { at, doubt: None });
    }
    let decoded = if words.contains('&') { plain(words) } else { words.to_owned() };
    let WrittenTime { local, zone: named } =
        WrittenTime::read(&decoded).ok_or_else(|| (Code::TimeUnread, unread(words)))?;
    if !years::contain(local.year()) {
        return Err((Code::TimeUnread, years::outside(words)));
    }
    let (clock, ambiguous) = match (named, zone.user) {
        (Some(zone), _) => {
            zone_clock(zone).ok_or_else(|| (Code::ZoneUnknown, format!("the zone of `{words}` is unknown")))?
        }
        (None, Some(zone)) => (Clock::Region(zone), None),
        (None, None) => {
            let (offset, name) = match zone.page {
                Some(offset) => (offset, format!("{offset}, the offset of the page's own time")),
                None => (Utc.fix(), "UTC".to_owned()),
            };
            let at = offset.from_local_datetime(&local).single().ok_or_else(|| (Code::TimeUnread, unread(words)))?;
            let message = format!("`{words}` names no offset; read as {name}");
            return Ok(DataTime { at, doubt: Some((Code::ZoneInferred, message)) });
        }
    };
    let local_time = clock.local_time(local);
    let name = || named.map(str::to_owned).or(zone.user.map(|zone| zone.to_string())).unwrap_or_default();
    let doubt = match local_time {
        LocalTime::Unambiguous(_) => None,
        LocalTime::Fold(..) => {
            Some((Code::TimeAmbiguous, format!("`{words}` exists twice in {}; the first is taken", name())))
        }
        LocalTime::Gap(at) => {
            let message = format!("`{words}` does not exist in {}; taken as {}", name(), at.format("%H:%M"));
            Some((Code::TimeDoesNotExist, message))
        }
    };
    Ok(DataTime { at: local_time.first(), doubt: ambiguous.or(doubt) })
}

/// The clock of a zone's words, and a doubt if they have several meanings.
fn zone_clock(words: &str) -> Option<(Clock, Option<Remark>)> {
    if let Some(region) = zone::iana(words) {
        return Some((Clock::Region(region), None));
    }
    match Zone::read(words, &ENGLISH).kind {
        ZoneWords::Offset(offset) => Some((Clock::Fixed(offset), None)),
        ZoneWords::Named([meaning]) => Some((meaning.clock(), None)),
        ZoneWords::Named([first, ..]) => {
            let message = format!("{words} has several meanings; taken as that of {}", first.region);
            Some((first.clock(), Some((Code::ZoneAmbiguous, message))))
        }
        ZoneWords::Named([]) | ZoneWords::Unknown => None,
    }
}

/// The time under a key, UTC, and what is doubtful about it.
pub fn at_key(object: &Value, key: &str, zone: DefaultZone) -> (Option<DateTime<Utc>>, Option<Remark>) {
    let (at, remark) = match raw(object, key).map(|words| read(&words, zone)) {
        Some(Ok(time)) => (Some(time.at.to_utc()), time.doubt),
        Some(Err(remark)) => (None, Some(remark)),
        None => (None, None),
    };
    (at, remark.map(|(code, message)| (code, format!("{key}: {message}"))))
}

fn unread(words: &str) -> String {
    let is_day = ["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d"].iter().any(|form| NaiveDate::parse_from_str(words, form).is_ok());
    if years::has_long_year(words) {
        return years::outside(words);
    }
    let what = if is_day { "a day without a time" } else { "no time that can be read" };
    format!("`{words}` is {what}")
}

/// Seconds, milliseconds or microseconds since 1970, as scripts write times, perhaps with a fraction.
fn since_1970(words: &str) -> Option<DateTime<FixedOffset>> {
    let words = words.strip_prefix("/Date(").and_then(|rest| rest.strip_suffix(")/")).unwrap_or(words);
    let (whole, fraction) = words.split_once('.').unwrap_or((words, ""));
    if !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let at = match whole.len() {
        9 | 10 => DateTime::from_timestamp(number, 0),
        12 | 13 => DateTime::from_timestamp_millis(number),
        16 => DateTime::from_timestamp_micros(number),
        _ => None,
    };
    at.map(|at| at.fixed_offset())
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::London;

    use super::*;

    fn shown(words: &str) -> String {
        match read(words, DefaultZone::default()) {
            Ok(DataTime { at, doubt: None }) => at.to_rfc3339(),
            Ok(DataTime { at, doubt: Some((code, _)) }) => format!("{} {code}", at.to_rfc3339()),
            Err((code, message)) => format!("{code}: {message}"),
        }
    }

    #[test]
    fn any_offset_is_kept_and_fractions_are_dropped() {
        assert_eq!(shown("2023-06-19T14:27:05+01:00"), "2023-06-19T14:27:05+01:00");
        assert_eq!(shown("2023-06-19T14:27:05.999Z"), "2023-06-19T14:27:05+00:00");
        assert_eq!(shown("2023-06-19T09:27:05.000-0400"), "2023-06-19T09:27:05-04:00");
        assert_eq!(shown("2023-06-19T18:57+05:30"), "2023-06-19T18:57:00+05:30");
        assert_eq!(shown("2023-06-19 14:27:05 +0100"), "2023-06-19T14:27:05+01:00");
        assert_eq!(shown("Mon, 19 Jun 2023 13:27:05 GMT"), "2023-06-19T13:27:05+00:00");
        assert_eq!(shown("1687181225000"), "2023-06-19T13:27:05+00:00");
        assert_eq!(shown("2023-06-19 13:27:05 UTC"), "2023-06-19T13:27:05+00:00");
        assert_eq!(shown("2023-06-19T13:27 GMT"), "2023-06-19T13:27:00+00:00");
        assert_eq!(shown("2023-06-19 13:27Z"), "2023-06-19T13:27:00+00:00");
    }

    #[test]
    fn a_time_is_read_however_a_template_writes_it() {
        for (words, at) in [
            ("2021-02-01IST11:15:00+05:30", "2021-02-01T11:15:00+05:30"),
            ("2021-02-01IST11:15:00", "2021-02-01T11:15:00+05:30 zone-ambiguous"),
            ("2021-02-01CET11:15", "2021-02-01T11:15:00+01:00"),
            ("2025-02-03T12:00:09+01:00[Europe/Paris]", "2025-02-03T12:00:09+01:00"),
            ("2025-02-03T12:00:09[Europe/Paris]", "2025-02-03T12:00:09+01:00"),
            ("2025-02-03 12:00 Europe/Paris", "2025-02-03T12:00:00+01:00"),
            ("Mon Feb 03 2025 12:00:09 GMT+0100 (Central European Standard Time)", "2025-02-03T12:00:09+01:00"),
            ("Mon Feb  3 12:00:09 GMT 2025", "2025-02-03T12:00:09+00:00"),
            ("Monday, 3 February 2025 12:00:09 +0000", "2025-02-03T12:00:09+00:00"),
            ("2026-07-17 10:05 AM", "2026-07-17T10:05:00+00:00 zone-inferred"),
            ("2026-07-17 10:05 p.m. EDT", "2026-07-17T22:05:00-04:00"),
            ("July 17, 2026 at 12:05 am BST", "2026-07-17T00:05:00+01:00"),
            ("17.07.2026 22:05", "2026-07-17T22:05:00+00:00 zone-inferred"),
            ("2025/02/03 12:00:09+01", "2025-02-03T12:00:09+01:00"),
            ("2025-02-03t12:00:09.5 z", "2025-02-03T12:00:09+00:00"),
            ("2025-02-03T12:00:09&#43;01:00", "2025-02-03T12:00:09+01:00"),
            ("2025-02-03T24:00:00+01:00", "2025-02-04T00:00:00+01:00"),
            ("20250203T120009Z", "2025-02-03T12:00:09+00:00"),
            ("20250203T1200+0100", "2025-02-03T12:00:00+01:00"),
            ("1738584009", "2025-02-03T12:00:09+00:00"),
            ("1738584009.25", "2025-02-03T12:00:09+00:00"),
            ("/Date(1738584009000)/", "2025-02-03T12:00:09+00:00"),
        ] {
            assert_eq!(shown(words), at, "{words}");
        }
    }

    #[test]
    fn days_and_months_that_may_be_exchanged_and_zones_that_nobody_knows_are_no_time() {
        for words in
            ["02/03/2025 12:00", "0000-00-00 00:00:00", "2025-02-03T12:61:00Z", "3 February 12:00", "13:05 PM 2"]
        {
            assert_eq!(shown(words), format!("time-unread: `{words}` is no time that can be read"));
        }
        assert_eq!(
            shown("2025-02-03 12:00 Lunar Time"),
            "zone-unknown: the zone of `2025-02-03 12:00 Lunar Time` is unknown"
        );
    }

    #[test]
    fn without_an_offset_it_is_utc_with_a_doubt() {
        assert_eq!(shown("2023-06-19T14:27:05"), "2023-06-19T14:27:05+00:00 zone-inferred");
        assert_eq!(shown("2023-06-19 14:27"), "2023-06-19T14:27:00+00:00 zone-inferred");
    }

    #[test]
    fn without_an_offset_it_is_in_the_zone_that_the_user_gives() {
        let london = DefaultZone { user: Some(London), page: None };
        let summer = read("2023-06-19T14:27:05", london).unwrap();
        assert_eq!((summer.at.to_rfc3339().as_str(), summer.doubt), ("2023-06-19T14:27:05+01:00", None));
        let code = |words| read(words, london).unwrap().doubt.map(|(code, _)| code);
        assert_eq!(code("2023-10-29T01:30:00"), Some(Code::TimeAmbiguous));
        assert_eq!(code("2023-03-26T01:30:00"), Some(Code::TimeDoesNotExist));
    }

    #[test]
    fn words_without_a_time_of_day_are_no_time() {
        assert_eq!(shown("2023-06-19"), "time-unread: `2023-06-19` is a day without a time");
        for words in ["", "yesterday", "14:27", "2023-13-19T14:27:05Z", "12", "UTC"] {
            assert_eq!(shown(words), format!("time-unread: `{words}` is no time that can be read"));
        }
    }
}
