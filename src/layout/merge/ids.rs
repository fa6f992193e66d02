//! Ids in any form: `60300f5f` of the data is `id="block-60300f5f"` of the document, and `?entry=14` is `data-post-id="14"`.

use std::collections::{HashMap, HashSet};

use crate::html::{Element, Html};
use crate::layout::data::schema_org::FoundEntry;

/// The elements of entries, by their ids.
pub struct Ids<'a> {
    elements: Vec<Option<Element<'a>>>,
}

/// How a page writes an id of the data: the attribute, what stands before the id there, and what stands before it in the
/// data.
type Spelling<'a> = (&'a str, &'a str, String);

/// An element with an id that an entry may have.
struct Candidate<'a> {
    form: Spelling<'a>,
    element: Element<'a>,
}

impl<'a> Ids<'a> {
    /// Finds the elements. Of several with one id, those count whose form most entries are found by; a form is a habit of
    /// the page.
    pub fn new(page: &'a Html, entries: &[FoundEntry]) -> Ids<'a> {
        let names: Vec<Vec<&str>> = unique_names(entries);
        let wanted: HashSet<&str> = names.iter().flatten().map(|name| split(name).1).collect();
        let by_id = by_id(page, &wanted);
        let candidates: Vec<Vec<Candidate>> = names.iter().map(|names| candidates(names, &by_id)).collect();
        let mut counts: HashMap<&Spelling, usize> = HashMap::new();
        for entry in &candidates {
            let forms: HashSet<_> = entry.iter().map(|candidate| &candidate.form).collect();
            forms.into_iter().for_each(|form| *counts.entry(form).or_insert(0) += 1);
        }
        let is_exact = |candidate: &Candidate| candidate.form.1 == candidate.form.2;
        // An id that is written otherwise is none by chance if others are written so, too, or if it has a digit.
        let is_sure = |candidate: &&Candidate| is_exact(candidate) || counts[&candidate.form] > 1 || entries.len() == 1;
        let rank = |candidate: &Candidate| {
            (counts[&candidate.form], candidate.form.0 == "id", is_exact(candidate), words(candidate.element))
        };
        let best = |entry: &Vec<Candidate<'a>>| {
            let sure = entry.iter().filter(is_sure).rev();
            sure.max_by_key(|candidate| rank(candidate)).map(|candidate| candidate.element)
        };
        Ids { elements: candidates.iter().map(best).collect() }
    }

    /// The element of an entry.
    pub fn element(&self, index: usize) -> Option<Element<'a>> {
        self.elements[index]
    }
}

/// The ids that the elements of entries have in one of their own attributes, as they stand there: each has one, and no two
/// the same.
pub fn shown<'a>(elements: &[Option<Element<'a>>]) -> Option<Vec<Option<&'a str>>> {
    let found: Vec<Element> = elements.iter().flatten().copied().collect();
    let names = found.first()?.attrs().map(|(name, _)| name).filter(|name| is_id(name, found[0]));
    // A number that is written for scripts says more than the place of a link: `data-entry="5120" id="entry-5120"`.
    let mut names: Vec<_> = names.collect();
    names.sort_by_key(|name| !name.starts_with("data-"));
    let name = names.into_iter().find(|name| {
        let ids: HashSet<_> = found.iter().filter_map(|element| element.attr(name)).map(|id| split(id).1).collect();
        found.len() > 1 && ids.len() == found.len() && !ids.contains("") && !are_places(&ids)
    })?;
    Some(elements.iter().map(|element| element.and_then(|element| element.attr(name))).collect())
}

/// Whether ids are the places of entries in their list, which change with each new one: 0, 1, 2.
fn are_places(ids: &HashSet<&str>) -> bool {
    let numbers: Option<HashSet<usize>> = ids.iter().map(|id| id.parse().ok()).collect();
    numbers.is_some_and(|numbers| numbers.iter().all(|number| *number <= numbers.len()))
}

/// How many bytes of words an element contains, up to those of a long entry.
fn words(element: Element) -> usize {
    element.text_length(10_000)
}

/// The names of each entry that no other has: its ids, and the last part of its address.
fn unique_names(entries: &[FoundEntry]) -> Vec<Vec<&str>> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for found in entries {
        let distinct: HashSet<_> = names(found).collect();
        distinct.into_iter().for_each(|name| *counts.entry(name).or_insert(0) += 1);
    }
    entries.iter().map(|found| names(found).filter(|name| counts[name] == 1).collect()).collect()
}

fn names(found: &FoundEntry) -> impl Iterator<Item = &str> {
    let path = found.entry.url.as_deref().and_then(|url| url.split(['?', '#']).next());
    let last = path.and_then(|path| path.trim_end_matches('/').rsplit('/').next()).filter(|last| !last.is_empty());
    found.ids.iter().map(String::as_str).chain(last)
}

/// The elements by the ids in their attributes, without what stands before them; of each id, the first few.
fn by_id<'a>(page: &'a Html, wanted: &HashSet<&str>) -> HashMap<&'a str, Vec<(&'a str, &'a str, Element<'a>)>> {
    /// More elements with one id are no entries.
    const MOST: usize = 8;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for element in page.elements().filter(|_| !wanted.is_empty()) {
        for (name, value) in element.attrs() {
            let (before, bare) = split(value);
            if wanted.contains(bare) && is_id(name, element) {
                let elements = found.entry(bare).or_default();
                if elements.len() < MOST {
                    elements.push((name, before, element));
                }
            }
        }
    }
    found
}

/// Whether an attribute is an id: `id`, `data-post-id`, `data-block`, and not `data-index`.
fn is_id(name: &str, element: Element) -> bool {
    const WORDS: [&str; 8] = ["id", "key", "post", "entry", "block", "update", "urn", "anchor"];
    let data = name.strip_prefix("data-");
    matches!(name, "id" | "itemid")
        || data.is_some_and(|data| data.split('-').any(|word| WORDS.contains(&word) || word.ends_with("id")))
        || name == "name" && element.name() == "a"
}

fn candidates<'a>(
    names: &[&str],
    by_id: &HashMap<&'a str, Vec<(&'a str, &'a str, Element<'a>)>>,
) -> Vec<Candidate<'a>> {
    let of_name = |name: &&str| {
        let (before, bare) = split(name);
        let before = before.to_owned();
        let elements = by_id.get(bare).into_iter().flatten();
        elements.map(move |(name, own, element)| Candidate { form: (*name, *own, before.clone()), element: *element })
    };
    names.iter().flat_map(of_name).collect()
}

/// The words before an id, and the id: `block-` and `60300f5f`, `post-asset:` and `6f1a`.
pub fn split(name: &str) -> (&str, &str) {
    let is_separator = |c: char| matches!(c, '-' | '_' | ':' | '.' | '=' | '/');
    let end = name.find(|c: char| !c.is_ascii_alphabetic() && !is_separator(c)).unwrap_or(name.len());
    let start = name[..end].rfind(is_separator).map_or(0, |at| at + 1);
    if start == name.len() { ("", name) } else { name.split_at(start) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_before_an_id_are_no_part_of_it() {
        assert_eq!(split("block-60300f5f"), ("block-", "60300f5f"));
        assert_eq!(split("post-asset:6f1a"), ("post-asset:", "6f1a"));
        assert_eq!(split("60300f5f"), ("", "60300f5f"));
        assert_eq!(split("liveblog-entry-b"), ("liveblog-entry-", "b"));
        assert_eq!(split("b"), ("", "b"));
        assert_eq!(split("post-"), ("", "post-"));
        assert_eq!(
            split("urn:newsml:lb.example:2023-09-04T09:12:44:1"),
            ("urn:newsml:lb.example:", "2023-09-04T09:12:44:1")
        );
    }
}
