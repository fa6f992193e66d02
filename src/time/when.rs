//! A stand-in for a user's time words, until they are built.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

/// A time in the user's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When;

/// A span of time, both ends included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// The first instant.
    pub from: Option<DateTime<Utc>>,
    /// The last instant.
    pub to: Option<DateTime<Utc>>,
}

/// Resolves a user's time words for one live blog.
pub fn bounds(
    _since: Option<&When>,
    _until: Option<&When>,
    _zone: Option<Tz>,
    _last: Option<DateTime<Utc>>,
    _now: DateTime<Utc>,
) -> Bounds {
    Bounds::default()
}
