//! How the values of options are read, and which are offered.

use chrono_tz::Tz;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use liveblog::model::Layout;
use liveblog::output::Format;
use liveblog::query::Property;
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
pub fn zone(name: &str) -> Result<Tz, String> {
    Tz::from_str_insensitive(name)
        .map_err(|_| "no such zone; give an IANA name, such as Europe/London, America/New_York or UTC".to_owned())
}
