//! Regions: the IANA name that a user gives with `--zone` or `--tz`.

use chrono_tz::{TZ_VARIANTS, Tz};

use super::zone::named;

/// The region that a user names, in any case.
///
/// # Errors
///
/// Words that are no IANA name; the error says what to give, and the region that may have been meant.
///
/// ```
/// use liveblog::query::parse_zone;
///
/// assert_eq!(parse_zone("europe/london").unwrap(), chrono_tz::Europe::London);
/// assert_eq!(
///     parse_zone("London").unwrap_err().to_string(),
///     "no time zone is called \"London\"; did you mean Europe/London?"
/// );
/// ```
pub fn read(words: &str) -> Result<Tz, NoSuchZone> {
    Tz::from_str_insensitive(words.trim())
        .map_err(|_| NoSuchZone { words: words.to_owned(), meant: meant(words.trim()) })
}

/// The region whose city is called so, or where that name of a zone is used.
fn meant(words: &str) -> Option<Tz> {
    let city = words.replace(' ', "_");
    let in_city = |zone: &&Tz| zone.name().rsplit('/').next().is_some_and(|last| last.eq_ignore_ascii_case(&city));
    TZ_VARIANTS.iter().find(in_city).copied().or_else(|| named(words).map(|meanings| meanings[0].region))
}

/// A zone that a user names and that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no time zone is called {words:?}; {}", match meant {
    Some(zone) => format!("did you mean {zone}?"),
    None => "give its IANA name, such as Europe/London or America/New_York".to_owned(),
})]
pub struct NoSuchZone {
    /// The words given.
    pub words: String,
    /// The zone that may have been meant.
    pub meant: Option<Tz>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(words: &str) -> String {
        read(words).unwrap_err().to_string()
    }

    #[test]
    fn an_iana_name_is_read_in_any_case() {
        assert_eq!(read("america/NEW_york"), Ok(chrono_tz::America::New_York));
        assert_eq!(read("utc"), Ok(chrono_tz::UTC));
    }

    #[test]
    fn a_city_or_an_abbreviation_is_answered_with_its_region() {
        assert_eq!(told("new york"), "no time zone is called \"new york\"; did you mean America/New_York?");
        assert_eq!(told("BST"), "no time zone is called \"BST\"; did you mean Europe/London?");
    }

    #[test]
    fn other_words_are_answered_with_what_to_give() {
        let give = "give its IANA name, such as Europe/London or America/New_York";
        assert_eq!(told("Londn"), format!("no time zone is called \"Londn\"; {give}"));
        assert_eq!(told(""), format!("no time zone is called \"\"; {give}"));
    }
}
