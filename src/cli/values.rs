//! How the values of options are read, and which are offered.

use chrono_tz::Tz;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use liveblog::model::Layout;
use liveblog::output::Format;
use liveblog::query::Property;
use liveblog::time::zone::{UnknownZone, region};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error;

/// One of the formats.
pub fn format() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::name)).try_map(|name| name.parse::<Format>())
}

/// One of the layouts that can be recognised.
pub fn layout() -> impl TypedValueParser<Value = Layout> {
    let mut names: Vec<_> = Layout::recognisable().map(Layout::name).collect();
    names.sort_unstable();
    PossibleValuesParser::new(names)
        .try_map(|name| Layout::deserialize(IntoDeserializer::<Error>::into_deserializer(name)))
}

/// One of the properties of an entry.
pub fn property() -> impl TypedValueParser<Value = Property> {
    PossibleValuesParser::new(["image", "media", "list", "quote", "embed", "author"]).map(|name| match name.as_str() {
        "image" => Property::Image,
        "media" => Property::Media,
        "list" => Property::List,
        "quote" => Property::Quote,
        "embed" => Property::Embed,
        _ => Property::Author,
    })
}

/// A zone by its IANA name, in any case.
pub fn zone(name: &str) -> Result<Tz, UnknownZone> {
    region(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_that_does_not_exist_is_answered_with_the_one_that_may_be_meant() {
        assert_eq!(zone("europe/london").unwrap(), Tz::Europe__London);
        let message = "no time zone is called \"London\"; did you mean Europe/London?";
        assert_eq!(zone("London").unwrap_err().to_string(), message);
    }
}
