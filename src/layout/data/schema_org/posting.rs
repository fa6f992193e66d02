//! The live blog among all data that a page contains.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::ptr;

use serde_json::Value;

use super::json::{Nodes, address, is_of_type, raw, unprefixed, words};
use super::mend;
use super::page_identity::{PageIdentity, address_key};
use crate::layout::letters::letters;

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
    /// Whether the page names it by its address or its title, or contains no other name of it.
    pub is_pages: bool,
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
        let mut texts: Vec<_> = scripts.filter(|text| !is_crowded(text)).collect();
        if !texts.iter().any(has_live_blog) {
            texts.clear();
        }
        let is_prefixed = |text: &String| text.contains(":liveBlogUpdate") || text.contains("/liveBlogUpdate");
        let values = texts.iter().flat_map(|text| mend::read(text));
        Data::new(if texts.iter().any(is_prefixed) { values.map(unprefixed).collect() } else { values.collect() })
    }

    /// Data that was read already.
    pub fn new(values: Vec<Value>) -> Data {
        Data { values }
    }

    /// The live blog of the page: that of its address, else that of its title, else the one with the most updates. `None`
    /// if that has no updates.
    pub fn posting(&self, page: &PageIdentity) -> Option<Posting<'_>> {
        let mut found = Vec::new();
        self.values.iter().for_each(|value| postings(value, &mut found));
        let nodes = Nodes::new(&self.values);
        let mut blogs = join_parts(found, &nodes);
        let rank = |blog: &Blog| match blog.object {
            object if addresses(object).any(|url| page.is_address(&url)) => 3,
            object if title(object).is_some_and(|title| page.resembles(&title)) => 2,
            object if addresses(object).next().is_none() && title(object).is_none() => 1,
            _ => 0,
        };
        // Of equal ones, the first. One without updates may be the page's own beside those of others.
        let ranks: Vec<_> = blogs.iter().map(|blog| (rank(blog), blog.updates.len())).collect();
        let best = |is_filled: bool| {
            let candidates = ranks.iter().enumerate().rev().filter(|(_, (_, updates))| (*updates > 0) == is_filled);
            candidates.max_by_key(|(_, rank)| **rank)
        };
        let (at, (rank, _)) = best(true)?;
        if *rank == 0 && best(false).is_some_and(|(_, (rank, _))| *rank > 1) {
            return None;
        }
        let Blog { object, updates, .. } = blogs.remove(at);
        let known: HashSet<_> = updates.iter().map(|update| key(update)).collect();
        blogs.retain(|other| !other.updates.iter().all(|update| known.contains(&key(update))));
        let others = blogs.into_iter().map(|other| (other.object, other.updates.len())).collect();
        Some(Posting { object, updates, is_pages: *rank > 0, others, nodes })
    }
}

/// A live blog in the data.
struct Blog<'a> {
    object: &'a Value,
    updates: Vec<&'a Value>,
    /// Whether each of its updates has an id of its own.
    has_ids: bool,
}

/// The live blogs; the parts of one, which several scripts may contain, are joined by their address, or their title.
fn join_parts<'a>(found: Vec<&'a Value>, nodes: &Nodes<'a>) -> Vec<Blog<'a>> {
    let mut blogs: Vec<Blog> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for object in found {
        let mut names: Vec<_> = addresses(object).filter_map(|url| address_key(&url)).collect();
        if names.is_empty() {
            names.extend(title(object).map(|title| letters(&title)));
        }
        let updates = updates(object, nodes);
        let mut ids = HashSet::new();
        let has_ids = updates.iter().all(|update| id(update).is_some_and(|id| ids.insert(id)));
        match names.iter().find_map(|name| places.get(name)) {
            Some(&at) => {
                blogs[at].updates.extend(updates);
                blogs[at].has_ids &= has_ids;
            }
            None => {
                // A part without an address is known by its title.
                names.extend(title(object).map(|title| letters(&title)));
                for name in names {
                    places.entry(name).or_insert(blogs.len());
                }
                blogs.push(Blog { object, updates, has_ids });
            }
        }
    }
    for blog in &mut blogs {
        blog.updates = without_copies(std::mem::take(&mut blog.updates), blog.has_ids);
    }
    blogs
}

/// The updates, each once; of two copies, the one that says more.
fn without_copies(updates: Vec<&Value>, has_ids: bool) -> Vec<&Value> {
    let mut places = HashMap::new();
    let mut kept: Vec<&Value> = Vec::with_capacity(updates.len());
    let size = |update: &Value| update.as_object().map_or(0, serde_json::Map::len);
    for update in updates {
        // Without an id and a time, nothing says that two are one.
        if id(update).is_none() && raw(update, "datePublished").is_none() {
            kept.push(update);
            continue;
        }
        let words = (!has_ids).then(|| (key(update), raw(update, "articleBody")));
        match places.entry((id(update), words)) {
            Entry::Occupied(place) => {
                let known: &mut &Value = &mut kept[*place.get()];
                if size(update) > size(known) {
                    *known = update;
                }
            }
            Entry::Vacant(place) => {
                place.insert(kept.len());
                kept.push(update);
            }
        }
    }
    kept
}

fn id(update: &Value) -> Option<String> {
    raw(update, "@id").or_else(|| address(update, "url"))
}

/// The addresses that a live blog gives for itself.
pub fn addresses(object: &Value) -> impl Iterator<Item = String> {
    ["url", "@id", "mainEntityOfPage"]
        .iter()
        .filter_map(|key| address(object, key))
        .filter(|url| url.starts_with("http"))
}

/// Its title.
pub fn title(object: &Value) -> Option<String> {
    words(object, "headline").or_else(|| words(object, "name"))
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
/// other types for articles with live updates.
fn postings<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| postings(value, found)),
        Value::Object(keys) if keys.contains_key("liveBlogUpdate") || is_of_type(value, "LiveBlogPosting") => {
            found.push(value)
        }
        Value::Object(keys) => keys.values().for_each(|value| postings(value, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headlines(scripts: &[&str]) -> Vec<String> {
        let data = Data::read(scripts.iter().map(|script| script.to_string()));
        let updates = data.posting(&PageIdentity::default()).map(|posting| posting.updates).unwrap_or_default();
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
            data.posting(&PageIdentity::default()).unwrap().others.iter().map(|(_, count)| *count).collect::<Vec<_>>()
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
