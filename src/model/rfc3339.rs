//! RFC 3339: how times are written, in JSON and in every format.

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};

/// An instant: `2023-06-19T13:27:00Z`.
///
/// Letter by letter as chrono's own form, which takes three times as long.
pub(crate) fn utc(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// A local time: `2023-06-19T14:27:00+01:00`, and `+00:00`, never `Z`: an offset of a local time is not a claim to be UTC.
pub(crate) fn local(time: DateTime<FixedOffset>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, false)
}
