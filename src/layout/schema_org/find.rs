//! The live blog among all data that a page holds.

use serde_json::Value;

use super::mend::mend;
use super::nodes::Nodes;
use super::value::is_of_type;

/// All data of a page that holds a live blog.
#[derive(Debug)]
pub struct Data {
    values: Vec<Value>,
}

/// A live blog, and its updates in their order.
#[derive(Debug, Clone)]
pub struct Posting<'a> {
    /// The live blog itself.
    pub object: &'a Value,
    /// Its updates.
    pub updates: Vec<&'a Value>,
    /// The nodes that it and they refer to.
    pub nodes: Nodes<'a>,
}

impl Data {
    /// Reads all scripts if one of them holds a live blog, for the others may tell of its authors and images. Broken
    /// ones are left alone.
    pub fn read(scripts: impl Iterator<Item = String>) -> Data {
        let holds_live_blog = |text: &String| text.contains("liveBlogUpdate") || text.contains("LiveBlogPosting");
        let read = |text: &String| serde_json::from_str(text).or_else(|_| serde_json::from_str(&mend(text))).ok();
        let mut texts: Vec<_> = scripts.collect();
        if !texts.iter().any(holds_live_blog) {
            texts.clear();
        }
        Data::of(texts.iter().filter_map(read).collect())
    }

    /// Data that was read already.
    pub fn of(values: Vec<Value>) -> Data {
        Data { values }
    }

    /// The live blog with the most updates; `None` if there is none that has any.
    pub fn posting(&self) -> Option<Posting<'_>> {
        let mut found = Vec::new();
        self.values.iter().for_each(|value| postings(value, &mut found));
        let nodes = Nodes::of(&self.values);
        let postings = found.into_iter().map(|object| (object, updates(object, &nodes)));
        // Of equal ones, the first.
        let (object, updates) = postings.rev().max_by_key(|(_, updates)| updates.len())?;
        (!updates.is_empty()).then_some(Posting { object, updates, nodes })
    }
}

/// The updates of a live blog.
fn updates<'a>(object: &'a Value, nodes: &Nodes<'a>) -> Vec<&'a Value> {
    nodes.all(object, "liveBlogUpdate").filter(|update| update.is_object()).collect()
}

/// All live blogs within a value: in arrays, under `@graph`, or anywhere else.
fn postings<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| postings(value, found)),
        Value::Object(keys) => {
            // News sites give other types, too, to articles with live updates.
            if is_of_type(value, "LiveBlogPosting") || keys.contains_key("liveBlogUpdate") {
                found.push(value);
            } else {
                keys.values().for_each(|value| postings(value, found));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headlines(scripts: &[&str]) -> Vec<String> {
        let data = Data::read(scripts.iter().map(|script| script.to_string()));
        let updates = data.posting().map(|posting| posting.updates).unwrap_or_default();
        updates.iter().map(|update| update["headline"].as_str().unwrap_or("-").to_owned()).collect()
    }

    const TWO: &str = r#"{"@type": "LiveBlogPosting", "liveBlogUpdate": [{"headline": "A"}, {"headline": "B"}]}"#;

    #[test]
    fn a_live_blog_is_found_among_several_scripts_of_which_some_are_broken() {
        assert_eq!(headlines(&[r#"{"@type": "NewsArticle"}"#, "{ LiveBlogPosting", TWO]), ["A", "B"]);
    }

    #[test]
    fn a_live_blog_is_found_in_an_array_and_in_a_graph() {
        assert_eq!(headlines(&[&format!("[{{}}, {TWO}]")]), ["A", "B"]);
        assert_eq!(headlines(&[&format!(r#"{{"@context": "https://schema.org", "@graph": [{TWO}]}}"#)]), ["A", "B"]);
        assert_eq!(headlines(&[&format!(r#"{{"@type": "WebPage", "mainEntity": {TWO}}}"#)]), ["A", "B"]);
    }

    #[test]
    fn a_type_may_be_an_array_or_an_address() {
        assert_eq!(
            headlines(&[&TWO.replace("\"LiveBlogPosting\"", r#"["NewsArticle", "LiveBlogPosting"]"#)]),
            ["A", "B"]
        );
        assert_eq!(headlines(&[&TWO.replace("LiveBlogPosting", "https://schema.org/LiveBlogPosting")]), ["A", "B"]);
        assert_eq!(headlines(&[&TWO.replace("LiveBlogPosting", "NewsArticle")]), ["A", "B"]);
    }

    #[test]
    fn the_live_blog_with_the_most_updates_counts() {
        let one = r#"{"@type": "LiveBlogPosting", "liveBlogUpdate": {"headline": "C"}}"#;
        assert_eq!(headlines(&[one]), ["C"]);
        assert_eq!(headlines(&[one, TWO]), ["A", "B"]);
    }

    #[test]
    fn updates_may_be_told_elsewhere_in_the_graph() {
        let graph = r##"{"@graph": [
            {"@type": "LiveBlogPosting", "liveBlogUpdate": [{"@id": "#b"}, {"@id": "#a"}]},
            {"@id": "#a", "headline": "A"}, {"@id": "#b", "headline": "B"}]}"##;
        assert_eq!(headlines(&[graph]), ["B", "A"]);
    }

    #[test]
    fn data_without_updates_is_no_live_blog() {
        assert!(headlines(&[r#"{"@type": "LiveBlogPosting", "liveBlogUpdate": []}"#]).is_empty());
        assert!(headlines(&[r#"{"@type": "LiveBlogPosting"}"#]).is_empty());
        assert!(headlines(&[r#"{"@type": "NewsArticle", "headline": "On LiveBlogPosting"}"#]).is_empty());
        assert!(headlines(&[&TWO[..TWO.len() / 2]]).is_empty());
    }
}
