//! What the stamps of a page become: each test shows a page's stamps, in its order, and the instants they mean.

use chrono::{DateTime, Utc};
use chrono_tz::Europe::London;
use chrono_tz::Tz;

use super::*;
use crate::locale::ENGLISH;
use crate::time::stamp;

mod dates;
mod properties;
mod summer_time;
mod years;
mod zones;

fn utc(rfc3339: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(rfc3339).unwrap().to_utc()
}

/// A page of the BBC of which nothing is known but that it is read in summer 2026.
fn unknown() -> TimeContext {
    TimeContext {
        publisher_zone: London,
        user_zone: None,
        captured: None,
        modified: None,
        now: utc("2026-08-01T12:00:00Z"),
    }
}

fn captured(rfc3339: &str) -> TimeContext {
    TimeContext { captured: Some(utc(rfc3339)), ..unknown() }
}

fn in_user_zone(zone: Tz) -> TimeContext {
    TimeContext { user_zone: Some(zone), ..unknown() }
}

fn read<'a>(stamps: &[&'a str]) -> Vec<Option<Stamp<'a>>> {
    stamps.iter().map(|words| stamp::read(words, &ENGLISH)?.ok()).collect()
}

/// Each stamp's instant, and the codes of its doubts.
fn resolve_words(stamps: &[&str], context: &TimeContext) -> Vec<String> {
    let line = |resolved: Option<Resolved>| {
        let Some(Resolved { local, doubts, .. }) = resolved else { return "none".to_owned() };
        let codes = doubts.iter().map(|doubt| format!(" {}", doubt.code));
        local.format("%Y-%m-%d %H:%M%:z").to_string() + &codes.collect::<String>()
    };
    resolve(&read(stamps), context).into_iter().map(line).collect()
}

/// What the doubts of a lone stamp say.
fn doubts(stamp: &str, context: &TimeContext) -> Vec<String> {
    let resolved = resolve(&read(&[stamp]), context).remove(0).unwrap();
    resolved.doubts.into_iter().map(|doubt| format!("{}: {}", doubt.code, doubt.message)).collect()
}

#[test]
fn what_is_no_stamp_stays_none() {
    assert_eq!(resolve_words(&["Lap 16/52", "HT"], &unknown()), ["none", "none"]);
    assert_eq!(resolve(&[], &unknown()), []);
}
