//! Times in schema.org data: ISO 8601, more or less.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde_json::Value;

use super::Remark;
use super::json::raw;
use crate::model::Code;
use crate::time::local::{Clock, LocalTime};
use crate::time::years;

/// A time with its offset, and what is doubtful about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataTime {
    /// The instant, in whole seconds.
    pub at: DateTime<FixedOffset>,
    /// What was inferred.
    pub doubt: Option<Remark>,
}

/// Reads `2023-06-19T14:27:05.123+01:00` and similar forms. A time without an offset is in the user's zone, else in UTC,
/// with a doubt.
///
/// # Errors
///
/// If there is no time of day in the words (a day alone is no midnight), or its year is outside 0001 to 9999.
pub fn read(words: &str, user_zone: Option<Tz>) -> Result<DataTime, Remark> {
    let words = words.trim();
    let time = in_any_year(words, user_zone)?;
    let at = years::local(time.at).ok_or_else(|| (Code::TimeUnread, years::outside(words)))?;
    Ok(DataTime { at, ..time })
}

fn in_any_year(words: &str, user_zone: Option<Tz>) -> Result<DataTime, Remark> {
    if let Some(at) = with_offset(words) {
        return Ok(DataTime { at, doubt: None });
    }
    let local = without_offset(words).ok_or_else(|| (Code::TimeUnread, unread(words)))?;
    let Some(zone) = user_zone else {
        let at = Utc.from_utc_datetime(&local).fixed_offset();
        let message = format!("`{words}` names no offset; read as UTC");
        return Ok(DataTime { at, doubt: Some((Code::ZoneInferred, message)) });
    };
    if !years::contain(local.year()) {
        return Err((Code::TimeUnread, years::outside(words)));
    }
    let local_time = Clock::Region(zone).local_time(local);
    let doubt = match local_time {
        LocalTime::Unambiguous(_) => None,
        LocalTime::Fold(..) => {
            Some((Code::TimeAmbiguous, format!("`{words}` exists twice in {zone}; the first is taken")))
        }
        LocalTime::Gap(at) => {
            let message = format!("`{words}` does not exist in {zone}; taken as {}", at.format("%H:%M"));
            Some((Code::TimeDoesNotExist, message))
        }
    };
    Ok(DataTime { at: local_time.first(), doubt })
}

/// The time under a key, UTC, and what is doubtful about it.
pub fn at_key(object: &Value, key: &str, user_zone: Option<Tz>) -> (Option<DateTime<Utc>>, Option<Remark>) {
    let (at, remark) = match raw(object, key).map(|words| read(&words, user_zone)) {
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

fn with_offset(words: &str) -> Option<DateTime<FixedOffset>> {
    // The colon in the offset, the seconds and the `T` may be missing; the offset may follow a space.
    const FORMS: [&str; 6] = [
        "%Y-%m-%dT%H:%M:%S%.f%#z",
        "%Y-%m-%dT%H:%M%#z",
        "%Y-%m-%d %H:%M:%S%.f %#z",
        "%Y-%m-%d %H:%M:%S%.f%#z",
        "%Y-%m-%d %H:%M %#z",
        "%Y%m%dT%H%M%S%#z",
    ];
    let at = DateTime::parse_from_rfc3339(words).or_else(|_| DateTime::parse_from_rfc2822(words)).ok();
    at.or_else(|| FORMS.iter().find_map(|form| DateTime::parse_from_str(words, form).ok()))
        .or_else(|| since_1970(words))
        .or_else(|| Some(without_offset(in_utc(words)?)?.and_utc().fixed_offset()))
}

/// The words before the name of UTC: `2023-06-19 14:27:05 UTC`.
fn in_utc(words: &str) -> Option<&str> {
    ["UTC", "GMT", "Z"].iter().find_map(|name| words.strip_suffix(name)).map(str::trim_end)
}

fn without_offset(words: &str) -> Option<NaiveDateTime> {
    const FORMS: [&str; 4] = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M"];
    let local = FORMS.iter().find_map(|form| NaiveDateTime::parse_from_str(words, form).ok())?;
    Some(local)
}

/// Seconds or milliseconds since 1970, as scripts write times.
fn since_1970(words: &str) -> Option<DateTime<FixedOffset>> {
    let number: i64 = words.parse().ok()?;
    let at = match words.len() {
        10 => DateTime::from_timestamp(number, 0),
        13 => DateTime::from_timestamp_millis(number),
        _ => None,
    };
    at.map(|at| at.fixed_offset())
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::London;

    use super::*;

    fn shown(words: &str) -> String {
        match read(words, None) {
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
    fn without_an_offset_it_is_utc_with_a_doubt() {
        assert_eq!(shown("2023-06-19T14:27:05"), "2023-06-19T14:27:05+00:00 zone-inferred");
        assert_eq!(shown("2023-06-19 14:27"), "2023-06-19T14:27:00+00:00 zone-inferred");
    }

    #[test]
    fn without_an_offset_it_is_in_the_zone_that_the_user_gives() {
        let summer = read("2023-06-19T14:27:05", Some(London)).unwrap();
        assert_eq!((summer.at.to_rfc3339().as_str(), summer.doubt), ("2023-06-19T14:27:05+01:00", None));
        let code = |words| read(words, Some(London)).unwrap().doubt.map(|(code, _)| code);
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
