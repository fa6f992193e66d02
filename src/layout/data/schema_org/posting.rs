//! The live blog among all data that a page contains.

use std::collections::HashSet;
use std::ptr;

use serde_json::Value;

use super::json::{Nodes, mend, raw, unprefixed};

/// All data of a page with a live blog.
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
    /// Other live blogs, each with how many updates it has, unless this one has all of them.
    pub others: Vec<(&'a Value, usize)>,
    /// The nodes that it and they refer to.
    pub nodes: Nodes<'a>,
}

impl Data {
    /// Reads all scripts if one of them contains a live blog: the others may have its authors and images. Broken ones, and
    /// those of very many tiny objects, are ignored.
    pub fn read(scripts: impl Iterator<Item = String>) -> Data {
        let has_live_blog = |text: &String| text.contains("liveBlogUpdate") || text.contains("LiveBlogPosting");
        let read = |text: &String| serde_json::from_str(text).or_else(|_| serde_json::from_str(&mend(text))).ok();
        let mut texts: Vec<_> = scripts.filter(|text| !is_crowded(text)).collect();
        if !texts.iter().any(has_live_blog) {
            texts.clear();
        }
        let is_prefixed = |text: &String| text.contains(":liveBlogUpdate") || text.contains("/liveBlogUpdate");
        let values = texts.iter().filter_map(read);
        Data::new(if texts.iter().any(is_prefixed) { values.map(unprefixed).collect() } else { values.collect() })
    }

    /// Data that was read already.
    pub fn new(values: Vec<Value>) -> Data {
        Data { values }
    }

    /// The live blog with the most updates; `None` if there is none that has any.
    pub fn posting(&self) -> Option<Posting<'_>> {
        let mut found = Vec::new();
        self.values.iter().for_each(|value| postings(value, &mut found));
        let nodes = Nodes::new(&self.values);
        let mut postings: Vec<_> = found.into_iter().map(|object| (object, updates(object, &nodes))).collect();
        postings.retain(|(_, updates)| !updates.is_empty());
        // Of equal ones, the first.
        let (most, _) = postings.iter().enumerate().rev().max_by_key(|(_, (_, updates))| updates.len())?;
        let (object, updates) = postings.remove(most);
        let known: HashSet<_> = updates.iter().map(|update| key(update)).collect();
        postings.retain(|(_, updates)| !updates.iter().all(|update| known.contains(&key(update))));
        let others = postings.into_iter().map(|(object, updates)| (object, updates.len())).collect();
        Some(Posting { object, updates, others, nodes })
    }
}

/// Whether a script has so many objects that it is no live blog's: in memory, each takes hundreds of bytes.
fn is_crowded(text: &str) -> bool {
    /// As many as any live blog may have.
    const OBJECTS: usize = 20_000;
    /// How many bytes there are for each object of a script that has more.
    const BYTES_PER_OBJECT: usize = 64;
    memchr::memchr_iter(b'{', text.as_bytes()).count() > (text.len() / BYTES_PER_OBJECT).max(OBJECTS)
}

/// The updates of a live blog, which may be in a list, or be the items of one. One that is named twice is one.
fn updates<'a>(object: &'a Value, nodes: &Nodes<'a>) -> Vec<&'a Value> {
    let mut updates: Vec<_> = nodes.all(object, "liveBlogUpdate").collect();
    for list in ["@list", "itemListElement", "item"] {
        let within = |value: &'a Value| match value.get(list) {
            Some(_) => nodes.all(value, list).collect(),
            None => vec![value],
        };
        let mut seen = HashSet::new();
        updates = updates.into_iter().filter(|value| seen.insert(ptr::from_ref(*value))).flat_map(within).collect();
    }
    let mut seen = HashSet::new();
    updates.retain(|update| update.is_object() && seen.insert(ptr::from_ref(*update)));
    updates
}

/// What two copies of an update have in common.
fn key(update: &Value) -> [Option<String>; 2] {
    [raw(update, "headline").or_else(|| raw(update, "name")), raw(update, "datePublished")]
}

/// All live blogs within a value: in arrays, under `@graph`, or anywhere else. News sites also have
/// other types for articles with live updates; one without updates is no live blog.
fn postings<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| postings(value, found)),
        Value::Object(keys) if keys.contains_key("liveBlogUpdate") => found.push(value),
        Value::Object(keys) => keys.values().for_each(|value| postings(value, found)),
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
    fn another_live_blog_is_reported_unless_the_larger_says_all_that_it_says() {
        let others = |script: &str| {
            let data = Data::read([TWO.to_owned(), script.to_owned()].into_iter());
            data.posting().unwrap().others.iter().map(|(_, count)| *count).collect::<Vec<_>>()
        };
        assert_eq!(others(r#"{"liveBlogUpdate": [{"headline": "C"}]}"#), [1]);
        assert_eq!(others(r#"{"liveBlogUpdate": [{"headline": "B"}]}"#), [0; 0]);
        assert_eq!(others(r#"{"liveBlogUpdate": []}"#), [0; 0]);
    }

    #[test]
    fn updates_may_stand_in_a_list() {
        let list = r##"{"@type": "LiveBlogPosting", "liveBlogUpdate": {"@type": "ItemList", "itemListElement": [
            {"@type": "ListItem", "item": {"headline": "A"}}, {"headline": "B"}, {"item": {"@id": "#c"}}, {"@id": "#c"}]},
            "hasPart": {"@id": "#c", "headline": "C"}}"##;
        assert_eq!(headlines(&[list]), ["A", "B", "C"]);
        assert_eq!(headlines(&[r#"{"liveBlogUpdate": {"@list": [{"headline": "A"}]}}"#]), ["A"]);
        let circle = r##"{"@id": "#a", "liveBlogUpdate": {"@id": "#a", "itemListElement": [{"@id": "#a"}]}}"##;
        assert_eq!(headlines(&[circle]), ["-"]);
    }

    #[test]
    fn keys_may_be_addresses() {
        let plain = r#"{"schema:liveBlogUpdate": {"schema:headline": "A"}}"#;
        for prefix in ["schema:", "http://schema.org/", "https://schema.org/"] {
            assert_eq!(headlines(&[&plain.replace("schema:", prefix)]), ["A"], "{prefix}");
        }
    }

    #[test]
    fn updates_may_be_written_elsewhere_in_the_graph() {
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
