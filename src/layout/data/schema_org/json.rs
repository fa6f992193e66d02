//! JSON as publishers write it: values in several shapes, and objects that refer to each other by `@id`.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::{Map, Value};

use super::body::plain;

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
        // Scripts write whole numbers with a fraction, too: `1687181225000.0`.
        Value::Number(number) => Some(number.to_string().trim_end_matches(".0").to_owned().into()),
        Value::Object(inner) => inner.get("@value").and_then(Value::as_str).map(Cow::Borrowed),
        _ => None,
    }
}

/// The first text under a key that has any words, as one line without tags.
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

/// The objects with an `@id` in all data of a page, so that others need only name them.
///
/// ```json
/// {"@graph": [{"@type": "BlogPosting", "author": [{"@id": "#ada"}]}, {"@id": "#ada", "name": "Ada Example"}]}
/// ```
#[derive(Debug, Clone, Default)]
pub struct Nodes<'a> {
    by_id: HashMap<&'a str, &'a Value>,
}

impl<'a> Nodes<'a> {
    /// The nodes within values. Of several with one id, the first counts.
    pub fn new(values: &'a [Value]) -> Nodes<'a> {
        let mut nodes = Nodes::default();
        values.iter().for_each(|value| nodes.add(value));
        nodes
    }

    fn add(&mut self, value: &'a Value) {
        match value {
            Value::Array(values) => values.iter().for_each(|value| self.add(value)),
            Value::Object(keys) => {
                if let Some(id) = id(keys).filter(|_| !is_reference(keys)) {
                    self.by_id.entry(id).or_insert(value);
                }
                keys.values().for_each(|value| self.add(value));
            }
            _ => {}
        }
    }

    /// The values of a key, each reference replaced by the node that it means. One that leads nowhere stays.
    pub fn all(&self, object: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
        all(object, key).iter().map(|value| self.resolve(value))
    }

    /// The node that a reference means; any other value is itself.
    fn resolve(&self, value: &'a Value) -> &'a Value {
        let id = match value {
            Value::String(text) => Some(text.as_str()),
            Value::Object(keys) if is_reference(keys) => id(keys),
            _ => None,
        };
        id.and_then(|id| self.by_id.get(id).copied()).unwrap_or(value)
    }
}

fn id(keys: &Map<String, Value>) -> Option<&str> {
    keys.get("@id").and_then(Value::as_str)
}

/// Whether an object says nothing but which node it means.
fn is_reference(keys: &Map<String, Value>) -> bool {
    keys.contains_key("@id") && keys.keys().all(|key| matches!(key.as_str(), "@id" | "@type" | "@context"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_reference_means_the_node_wherever_it_is_written() {
        let ada = json!({"@type": "Person", "@id": "#ada", "name": "Ada Example"});
        let values = [
            json!({"author": [{"@id": "#ada"}, {"@type": "Person", "@id": "#ada"}, "#ada"]}),
            json!({"@graph": [{"publisher": {"employee": [{"@id": "#ada"}, ada.clone()]}}]}),
        ];
        assert_eq!(Nodes::new(&values).all(&values[0], "author").collect::<Vec<_>>(), [&ada; 3]);
    }

    #[test]
    fn what_is_no_reference_or_leads_nowhere_stays() {
        let values = [json!({"author": ["Ada Example", {"@id": "#bo"}, {"@id": "#ada", "name": "Bo Example"}, 7]})];
        let values_of_key = Nodes::new(&values).all(&values[0], "author").cloned().collect::<Vec<_>>();
        assert_eq!(json!(values_of_key), values[0]["author"]);
    }
}
