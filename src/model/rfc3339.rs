//! RFC 3339: how times are written, in JSON and in every format.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDateTime, SecondsFormat, Timelike, Utc};

/// An instant: `2023-06-19T13:27:00Z`.
pub(crate) fn utc(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// A local time: `2023-06-19T14:27:00+01:00`, and `+00:00`, never `Z`: an offset of a local time is not a claim to be UTC.
pub(crate) fn local(time: DateTime<FixedOffset>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// Adds an instant as [`utc`] writes it.
pub(crate) fn push_utc(to: &mut Vec<u8>, time: DateTime<Utc>) {
    match digits(time.naive_utc()) {
        Some(digits) => {
            to.extend_from_slice(&digits);
            to.push(b'Z');
        }
        None => to.extend_from_slice(utc(time).as_bytes()),
    }
}

/// Adds a local time as [`local`] writes it.
pub(crate) fn push_local(to: &mut Vec<u8>, time: DateTime<FixedOffset>) {
    let offset = time.offset().local_minus_utc();
    let minutes = offset.unsigned_abs() / 60;
    match time.naive_utc().checked_add_offset(*time.offset()).and_then(digits) {
        Some(digits) if offset % 60 == 0 => {
            to.extend_from_slice(&digits);
            let (hours, minutes) = (minutes / 60, minutes % 60);
            let sign = if offset < 0 { b'-' } else { b'+' };
            to.extend_from_slice(&[sign, tens(hours), ones(hours), b':', tens(minutes), ones(minutes)]);
        }
        _ => to.extend_from_slice(local(time).as_bytes()),
    }
}

/// The digits of a time of whole seconds in a year of four digits: `2023-06-19T13:27:00`. Nearly all are; `None` leaves the
/// others to chrono.
fn digits(time: NaiveDateTime) -> Option<[u8; 19]> {
    let year = u32::try_from(time.year()).ok().filter(|year| *year <= 9999)?;
    if time.nanosecond() > 0 {
        return None;
    }
    let (century, year, month, day) = (year / 100, year % 100, time.month(), time.day());
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    Some([
        tens(century),
        ones(century),
        tens(year),
        ones(year),
        b'-',
        tens(month),
        ones(month),
        b'-',
        tens(day),
        ones(day),
        b'T',
        tens(hour),
        ones(hour),
        b':',
        tens(minute),
        ones(minute),
        b':',
        tens(second),
        ones(second),
    ])
}

/// The digit of the tens.
fn tens(number: u32) -> u8 {
    b'0' + (number / 10) as u8
}

/// The digit of the ones.
fn ones(number: u32) -> u8 {
    b'0' + (number % 10) as u8
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_time_is_added_as_chrono_writes_it(
            seconds in prop_oneof![-70_000_000_000..260_000_000_000i64, 1_300_000_000..1_800_000_000i64],
            nanoseconds in prop_oneof![Just(0), 0..2_000_000_000u32],
            offset in prop_oneof![(-14..=14).prop_map(|hours| hours * 3600), -86_399..=86_399],
        ) {
            let Some(time) = DateTime::from_timestamp(seconds, nanoseconds) else { return Ok(()) };
            let local_time = time.with_timezone(&FixedOffset::east_opt(offset).unwrap());
            let (mut pushed, mut pushed_local) = (Vec::new(), Vec::new());
            push_utc(&mut pushed, time);
            push_local(&mut pushed_local, local_time);
            prop_assert_eq!(String::from_utf8(pushed).unwrap(), utc(time));
            prop_assert_eq!(String::from_utf8(pushed_local).unwrap(), local(local_time));
        }
    }
}
