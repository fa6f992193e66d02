//! Nodes: values that carry an `@id`, so that others need not tell them again.
//!
//! ```json
//! {"@graph": [{"@type": "BlogPosting", "author": [{"@id": "#ada"}]}, {"@id": "#ada", "name": "Ada Example"}]}
//! ```

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::value::all;

/// The nodes of all data of a page, by their ids.
#[derive(Debug, Clone, Default)]
pub struct Nodes<'a> {
    by_id: HashMap<&'a str, &'a Value>,
}

impl<'a> Nodes<'a> {
    /// The nodes within values. Of several with one id, the first counts.
    pub fn of(values: &'a [Value]) -> Nodes<'a> {
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
        all(object, key).iter().map(|value| self.told(value))
    }

    /// The node that a reference means; any other value is itself.
    pub fn told(&self, value: &'a Value) -> &'a Value {
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
    fn a_reference_means_the_node_wherever_it_is_told() {
        let ada = json!({"@type": "Person", "@id": "#ada", "name": "Ada Example"});
        let values = [
            json!({"author": [{"@id": "#ada"}, {"@type": "Person", "@id": "#ada"}, "#ada"]}),
            json!({"@graph": [{"publisher": {"employee": [{"@id": "#ada"}, ada.clone()]}}]}),
        ];
        assert_eq!(Nodes::of(&values).all(&values[0], "author").collect::<Vec<_>>(), [&ada; 3]);
    }

    #[test]
    fn what_is_no_reference_or_leads_nowhere_stays() {
        let values = [json!({"author": ["Ada Example", {"@id": "#bo"}, {"@id": "#ada", "name": "Bo Example"}, 7]})];
        let told = Nodes::of(&values).all(&values[0], "author").cloned().collect::<Vec<_>>();
        assert_eq!(json!(told), values[0]["author"]);
    }
}
