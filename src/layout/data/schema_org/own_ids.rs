//! The ids that an update has: its `@id`, or what its addresses contain beside the page's own.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::FoundEntry;
use super::json::{address, raw};

/// The ids that an update may have, the best first: an `@id` that is no address, and of its addresses the parameter `post`,
/// the fragment, and other parameters.
pub fn candidates(update: &Value) -> Vec<String> {
    let is_address = |name: &String| name.contains(['/', '#', '?']);
    let (addresses, mut ids): (Vec<_>, Vec<_>) = raw(update, "@id").into_iter().partition(is_address);
    let urls = [address(update, "url"), addresses.into_iter().next(), address(update, "mainEntityOfPage")];
    urls.iter().flatten().for_each(|url| ids.extend(in_address(url)));
    ids.extend(raw(update, "identifier"));
    ids.extend(urls[0].as_deref().and_then(last_segment).map(str::to_owned));
    let mut seen = HashSet::new();
    ids.retain(|id| seen.insert(id.clone()));
    ids
}

/// The parameters and the fragment of an address.
pub fn in_address(url: &str) -> Vec<String> {
    let (address, fragment) = url.split_once('#').unwrap_or((url, ""));
    let query = address.split_once('?').map_or("", |(_, query)| query);
    let values = |is_post: bool| {
        let parameters = url::form_urlencoded::parse(query.as_bytes());
        parameters.filter(move |(key, _)| (key == "post") == is_post).map(|(_, value)| value.into_owned())
    };
    values(true).chain([decoded(fragment)]).chain(values(false)).filter(|id| !id.is_empty()).collect()
}

/// The last part of an address, if it is an id: it has a digit, and names no file.
fn last_segment(url: &str) -> Option<&str> {
    let last = url.split(['?', '#']).next()?.trim_end_matches('/').rsplit('/').next()?;
    let is_id = last.contains(|c: char| c.is_ascii_digit()) && !last.contains(['.', ' ']) && !url.contains('#');
    is_id.then_some(last)
}

/// `asset%3A6f1a` as `asset:6f1a`
fn decoded(fragment: &str) -> String {
    if !fragment.contains('%') {
        return fragment.to_owned();
    }
    let mut parsed = url::form_urlencoded::parse(fragment.as_bytes());
    parsed.next().map_or_else(String::new, |(key, _)| key.into_owned())
}

/// Sets the id of each entry: the first that is neither another's nor the page's.
pub fn set(entries: &mut [FoundEntry], page: Option<&str>) {
    let mut pages: HashSet<_> = page.map(in_address).into_iter().flatten().collect();
    pages.extend(page.and_then(last_segment).map(str::to_owned));
    let mut count: HashMap<String, usize> = HashMap::new();
    for id in entries.iter().flat_map(|found| &found.ids) {
        *count.entry(id.clone()).or_insert(0) += 1;
    }
    for FoundEntry { entry, ids, .. } in entries {
        ids.retain(|id| count[id] == 1 && !pages.contains(id));
        entry.id = ids.first().cloned().unwrap_or_default();
    }
}
