//! The zone that a user names, which may be that of the machine.

use chrono_tz::Tz;
use liveblog::query::region;

/// The name of the machine's zone.
pub const LOCAL: &str = "local";

/// Reads the name of a zone: `local`, or what [`region`] knows.
pub fn zone(words: &str) -> Result<Tz, String> {
    if !words.trim().eq_ignore_ascii_case(LOCAL) {
        return region(words).map_err(|error| error.to_string());
    }
    let name = local_name()?;
    region(&name).map_err(|_| format!("the machine's zone, {name:?}, is no IANA name; name the zone"))
}

/// The name of the machine's zone: that of the variable `TZ`, as in every program of the user; else that of the system.
fn local_name() -> Result<String, String> {
    match std::env::var("TZ") {
        Ok(name) if name.is_empty() => Ok("UTC".to_owned()),
        Ok(name) => Ok(name.trim_start_matches(':').to_owned()),
        Err(_) => iana_time_zone::get_timezone().map_err(|_| "the machine has no zone; name one".to_owned()),
    }
}
