//! Values of schema.org data, which may be a text, an object, or an array of either.

use std::borrow::Cow;

use serde_json::Value;

use crate::layout::data::schema_org::body::plain;

/// The values of a key: none, one, or those of an array.
pub fn all<'a>(object: &'a Value, key: &str) -> &'a [Value] {
    match object.get(key) {
        None | Some(Value::Null) => &[],
        Some(Value::Array(values)) => values,
        Some(value) => std::slice::from_ref(value),
    }
}

/// The first text under a key that is not blank: a string, a number, or what an object says.
pub fn raw(object: &Value, key: &str) -> Option<String> {
    let texts = all(object, key).iter().filter_map(text);
    texts.map(|text| text.trim().to_owned()).find(|text| !text.is_empty())
}

/// The text that a value is: a string, a number, or what an object says.
pub fn text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(text.into()),
        // Scripts tell whole numbers with a fraction, too: `1687181225000.0`.
        Value::Number(number) => Some(number.to_string().trim_end_matches(".0").to_owned().into()),
        Value::Object(inner) => inner.get("@value").and_then(Value::as_str).map(Cow::Borrowed),
        _ => None,
    }
}

/// The first text under a key that holds any words, as one line without tags.
pub fn words(object: &Value, key: &str) -> Option<String> {
    raw(object, key).map(|text| plain(&text)).filter(|text| !text.is_empty())
}

/// The first address under a key: a string, or an object's own.
pub fn address(object: &Value, key: &str) -> Option<String> {
    all(object, key).iter().find_map(|value| addresses_of(value).into_iter().next())
}

/// The addresses that a value is or has, the best first.
pub fn addresses_of(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()).into_iter().collect(),
        object => ["url", "contentUrl", "embedUrl", "@id"].iter().filter_map(|key| raw(object, key)).collect(),
    }
}

/// The addresses of an image, the best first. An `@id` with a fragment names it, and leads nowhere.
pub fn image_addresses(value: &Value) -> impl Iterator<Item = String> {
    addresses_of(value).into_iter().filter(|address| !address.contains('#'))
}

/// Whether an object is of a type, however the type is written: `LiveBlogPosting`, `schema:LiveBlogPosting`, in an
/// array of types.
pub fn is_of_type(object: &Value, name: &str) -> bool {
    let types = all(object, "@type").iter().filter_map(Value::as_str);
    types.filter_map(|kind| kind.rsplit(['/', ':', '#']).next()).any(|kind| kind == name)
}

/// The value with the plain names of schema.org for keys: `headline` for `schema:headline`, `https://schema.org/headline`.
pub fn unprefixed(value: Value) -> Value {
    const PREFIXES: [&str; 3] = ["schema:", "http://schema.org/", "https://schema.org/"];
    let plain = |key: String| match PREFIXES.iter().find_map(|prefix| key.strip_prefix(prefix)) {
        Some(name) => name.to_owned(),
        None => key,
    };
    match value {
        Value::Array(values) => values.into_iter().map(unprefixed).collect(),
        Value::Object(keys) => keys.into_iter().map(|(key, value)| (plain(key), unprefixed(value))).collect(),
        value => value,
    }
}
