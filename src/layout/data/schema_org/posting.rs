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

    /// The live blog of the page: that of its address, else that of its title, else the one with the most updates. It may
    /// have none.
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
        let own_empty =
            best(false).filter(|(_, (empty, _))| best(true).is_none_or(|(_, (rank, _))| *rank == 0 && *empty > 1));
        let (at, (rank, _)) = own_empty.or(best(true))?;
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

/// The updates, each once; of two copies, the one that was changed last, else the one that says more.
fn without_copies(updates: Vec<&Value>, has_ids: bool) -> Vec<&Value> {
    let mut places = HashMap::new();
    let mut kept: Vec<&Value> = Vec::with_capacity(updates.len());
    let size = |update: &Value| update.as_object().map_or(0, serde_json::Map::len);
    let rank = |update: &Value| (raw(update, "dateModified"), size(update));
    // An id that all updates have is the page's.
    let ids: HashSet<_> = updates.iter().filter_map(|update| id(update)).collect();
    let are_own = has_ids || ids.len() > 1;
    for update in updates {
        // Without an id and a time, nothing says that two are one.
        if id(update).is_none() && raw(update, "datePublished").is_none() {
            kept.push(update);
            continue;
        }
        let is_named = id(update).is_some() && are_own;
        let words = (!has_ids).then(|| (key(update), raw(update, "articleBody").filter(|_| !is_named)));
        match places.entry((id(update), words)) {
            Entry::Occupied(place) => {
                let known: &mut &Value = &mut kept[*place.get()];
                if rank(update) > rank(known) {
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

/// The updates of a live blog, which may be in a list, or be the items of one; some templates name them as the posts or the
/// parts of a blog. One that is named twice is one, and an object without a key is none.
fn updates<'a>(object: &'a Value, nodes: &Nodes<'a>) -> Vec<&'a Value> {
    let keys = ["liveBlogUpdate", "blogPost", "blogPosts", "hasPart"];
    let has_updates = |key: &&str| object.get(*key).is_some_and(|value| !value.is_null());
    let mut updates: Vec<_> =
        keys.iter().find(|key| has_updates(key)).map(|key| nodes.all(object, key).collect()).unwrap_or_default();
    for list in ["@list", "itemListElement", "item"] {
        let within = |value: &'a Value| match value.get(list) {
            Some(_) => nodes.all(value, list).collect(),
            None => numbered(value).unwrap_or_else(|| vec![value]),
        };
        let mut seen = HashSet::new();
        updates = updates.into_iter().filter(|value| seen.insert(ptr::from_ref(*value))).flat_map(within).collect();
    }
    let mut seen = HashSet::new();
    let is_filled = |update: &Value| update.as_object().is_some_and(|keys| !keys.is_empty());
    updates.retain(|update| is_filled(update) && seen.insert(ptr::from_ref(*update)));
    updates
}

/// The values of an array within another, or of an array that a script wrote with its numbers: `{"0": {…}, "1": {…}}`.
fn numbered(value: &Value) -> Option<Vec<&Value>> {
    match value {
        Value::Array(values) => Some(values.iter().collect()),
        Value::Object(keys) if !keys.is_empty() => {
            let mut values: Vec<(usize, &Value)> =
                keys.iter().map(|(key, value)| Some((key.parse().ok()?, value))).collect::<Option<_>>()?;
            values.sort_unstable_by_key(|(number, _)| *number);
            Some(values.into_iter().map(|(_, value)| value).collect())
        }
        _ => None,
    }
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
    fn updates_may_stand_in_arrays_within_arrays_or_under_numbers() {
        let of = |updates: &str| headlines(&[&format!(r#"{{"@type": "LiveBlogPosting", {updates}}}"#)]);
        assert_eq!(of(r#""liveBlogUpdate": [[{"headline": "A"}, null, {}], [{"headline": "B"}]]"#), ["A", "B"]);
        assert_eq!(of(r#""liveBlogUpdate": {"10": {"headline": "B"}, "2": {"headline": "A"}}"#), ["A", "B"]);
        assert_eq!(of(r#""blogPost": [{"headline": "A"}]"#), ["A"]);
        assert_eq!(of(r#""hasPart": [{"headline": "A"}], "liveBlogUpdate": null"#), ["A"]);
    }

    #[test]
    fn of_two_copies_the_one_that_was_changed_last_counts() {
        let copies = r##"{"liveBlogUpdate": [
            {"@id": "#a", "headline": "A", "articleBody": "Old.", "dateModified": "2024-06-05T10:00:00Z"}, {"@id": "#b"},
            {"@id": "#a", "headline": "A", "articleBody": "New.", "dateModified": "2024-06-05T11:00:00Z"}]}"##;
        let data = Data::read([copies.to_owned()].into_iter());
        let bodies: Vec<_> =
            data.posting(&PageIdentity::default()).unwrap().updates.iter().map(|one| &one["articleBody"]).collect();
        assert_eq!(bodies, ["New.".into(), Value::Null].iter().collect::<Vec<_>>());
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
