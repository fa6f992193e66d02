//! The years that a time may lie in: 0001 to 9999, the years that RFC 3339 can write.
//!
//! Every reader passes its times through here, so that a time that cannot be printed, stored as text or compared as text
//! never reaches the model. A time outside is `None`, and its reader reports [`TimeUnread`](crate::model::Code::TimeUnread).

use std::time::SystemTime;

use chrono::{DateTime, Datelike, FixedOffset, ParseError, SubsecRound, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// The first year.
pub const FIRST: i32 = 1;

/// The last year.
pub const LAST: i32 = 9999;

/// The first second of the first year and the last of the last, since 1970.
const FIRST_SECOND: i64 = -62_135_596_800;
const LAST_SECOND: i64 = 253_402_300_799;

/// What a warning says of words whose time lies outside.
pub fn outside(words: &str) -> String {
    format!("`{words}` lies outside the years 0001 to 9999")
}

/// Whether a year is one of 0001 to 9999.
pub fn contain(year: i32) -> bool {
    (FIRST..=LAST).contains(&year)
}

/// Returns the instant if its year in UTC is one of 0001 to 9999.
pub fn utc(at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    Some(at).filter(|at| contain(at.year()))
}

/// Returns the instant, in whole seconds and with whole minutes of its offset, if its year is one of 0001 to 9999, in UTC
/// and by its own offset. Fractions of a second are dropped.
///
/// Offsets of before about 1890 have seconds, which RFC 3339 cannot write. They are rounded up, so that a time in whole
/// minutes keeps its minute; the instant stays.
pub fn local(at: DateTime<FixedOffset>) -> Option<DateTime<FixedOffset>> {
    let seconds = at.offset().local_minus_utc();
    let offset = FixedOffset::east_opt(seconds + (-seconds).rem_euclid(60))?;
    let at = at.with_timezone(&offset).trunc_subsecs(0);
    (contain(at.year()) && contain(at.naive_utc().year())).then_some(at)
}

/// Reads RFC 3339; `None` if the time lies outside.
///
/// # Errors
///
/// If the words are no time.
pub fn read(words: &str) -> Result<Option<DateTime<FixedOffset>>, ParseError> {
    match words.parse::<DateTime<FixedOffset>>() {
        Ok(at) => Ok(local(at)),
        Err(_) if has_long_year(words) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether words begin with a year as ISO 8601 writes those beyond four digits: `+262143-12-31`, `-0001-01-01`.
pub fn has_long_year(words: &str) -> bool {
    let Some(rest) = words.strip_prefix(['+', '-']) else { return false };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    digits >= 4
        && matches!(&rest.as_bytes()[digits..], [b'-', month, day, b'-', ..] if is_digit(month) && is_digit(day))
}

/// The instant that the file system reports, if it lies within.
pub fn from_system(at: SystemTime) -> Option<DateTime<Utc>> {
    let since = |from: SystemTime, to: SystemTime| TimeDelta::from_std(to.duration_since(from).ok()?).ok();
    let behind = since(SystemTime::UNIX_EPOCH, at);
    let from_epoch = behind.or_else(|| Some(-since(at, SystemTime::UNIX_EPOCH)?))?;
    utc(DateTime::UNIX_EPOCH.checked_add_signed(from_epoch)?)
}

/// The instant, or the nearest that lies within: for what a user asks, where nothing lies beyond.
pub fn nearest(at: DateTime<Utc>) -> DateTime<Utc> {
    let seconds = at.timestamp().clamp(FIRST_SECOND, LAST_SECOND);
    if seconds == at.timestamp() { at } else { DateTime::from_timestamp(seconds, 0).unwrap_or(at) }
}

/// The instant as the clocks of a zone show it; in UTC where they show a year outside, which is so for some hours at
/// either end.
pub fn in_zone<Z: TimeZone>(at: DateTime<Z>, zone: Tz) -> DateTime<Tz> {
    let shown = at.with_timezone(&zone);
    if contain(shown.year()) { shown } else { at.with_timezone(&Tz::UTC) }
}

#[cfg(test)]
mod tests {
    use chrono_tz::{America, Asia};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn both_ends_count_by_utc_and_by_the_offset() {
        let within = |words: &str| read(words).unwrap().map(|at| at.to_rfc3339());
        for words in ["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00", "9999-12-31T23:00:00+05:00"] {
            assert_eq!(within(words).as_deref(), Some(words));
        }
        for words in [
            "0000-12-31T23:59:59Z",
            "0001-01-01T00:00:00+05:00",
            "9999-12-31T23:00:00-05:00",
            "+10000-01-01T00:00:00Z",
            "-0001-01-01T00:00:00Z",
            "+999999999999-01-01T00:00:00Z",
            "-262144-01-01T00:00:00Z",
        ] {
            assert_eq!(within(words), None, "{words}");
        }
        for words in ["+1000-1-01", "-5 hours", "2023-02-30T00:00:00Z", "+10000", ""] {
            assert!(read(words).is_err(), "{words}");
        }
    }

    #[test]
    fn an_offset_with_seconds_is_rounded_up_and_the_instant_stays() {
        let offset = |seconds| FixedOffset::east_opt(seconds).unwrap();
        let at = offset(-75).with_ymd_and_hms(1800, 1, 1, 12, 0, 0).unwrap();
        assert_eq!(local(at).unwrap().to_rfc3339(), "1800-01-01T12:00:15-00:01");
        assert_eq!(local(at).unwrap().to_utc(), at.to_utc());
    }

    #[test]
    fn times_of_files_may_be_any() {
        let day = std::time::Duration::from_secs(86_400);
        assert_eq!(from_system(SystemTime::UNIX_EPOCH - day).unwrap().to_rfc3339(), "1969-12-31T00:00:00+00:00");
        let far = SystemTime::UNIX_EPOCH.checked_add(std::time::Duration::from_secs(1 << 50)).unwrap();
        assert_eq!(from_system(far), None);
    }

    proptest! {
        #[test]
        fn any_instant_is_within_or_none_and_is_shown_in_any_zone(seconds: i64, east in -86_399..86_400) {
            let near = seconds % (400_000 * 31_556_952);
            for at in [seconds, near, near % (10_500 * 31_556_952)].into_iter().filter_map(|at| DateTime::from_timestamp(at, 0)) {
                prop_assert!(contain(nearest(at).year()));
                let Some(kept) = local(at.with_timezone(&FixedOffset::east_opt(east).unwrap())) else { continue };
                prop_assert!(contain(kept.year()) && kept.to_utc() == at && kept.offset().local_minus_utc() % 60 == 0);
                for zone in [Asia::Tokyo, America::New_York] {
                    prop_assert_eq!(in_zone(kept, zone).format("%Y").to_string().len(), 4);
                }
            }
        }
    }

    #[test]
    fn an_instant_outside_the_years_is_none() {
        use chrono::{DateTime, Utc};

        assert_eq!(utc(DateTime::UNIX_EPOCH), Some(DateTime::UNIX_EPOCH));
        assert_eq!(utc(DateTime::<Utc>::MAX_UTC), None);
    }

    #[test]
    fn offsets_are_rounded_to_whole_minutes() {
        use chrono::{FixedOffset, TimeZone};

        let local = FixedOffset::east_opt(19 * 60 + 32).unwrap().with_ymd_and_hms(1880, 1, 1, 12, 0, 0).unwrap();
        assert_eq!(super::local(local).unwrap().to_rfc3339(), "1880-01-01T12:00:28+00:20");
    }

    #[test]
    fn rfc_3339_outside_the_years_is_none() {
        assert!(read("2023-06-19T14:27:00+01:00").unwrap().is_some());
        assert_eq!(read("+10000-01-01T00:00:00Z"), Ok(None));
        assert_eq!(read("0001-01-01T00:00:00+01:00"), Ok(None)); // 31 December 0000 in UTC
        assert!(read("soon").is_err());
    }

    #[test]
    fn a_local_time_outside_the_years_is_shown_in_utc() {
        use chrono_tz::Europe::Paris;

        let at = |words| in_zone(read(words).unwrap().unwrap(), Paris).to_rfc3339();
        assert_eq!(at("2023-06-19T13:27:00Z"), "2023-06-19T15:27:00+02:00");
        assert_eq!(at("9999-12-31T23:30:00Z"), "9999-12-31T23:30:00+00:00");
    }
}
