//! Values that the data repeats in its entries though they are the page's: its time, its headline, its logo, its description.
//!
//! ```json
//! {"headline": "Flood", "datePublished": "2023-06-19T14:27:00Z", "liveBlogUpdate": [
//!   {"headline": "Flood", "datePublished": "2023-06-19T14:27:00Z", "articleBody": "The tunnel is shut."},
//!   {"headline": "Flood", "datePublished": "2023-06-19T14:27:00Z", "articleBody": "The tunnel is open."}, …]}
//! ```

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use chrono::{DateTime, NaiveTime, Utc};
use serde_json::Value;

use super::json::{self, Nodes, image_addresses};
use super::page_identity::PageIdentity;
use super::time::DefaultZone;
use super::{FoundEntry, page_warning, time};
use crate::html::Addresses;
use crate::layout::letters::{body_letters, letters};
use crate::model::{Code, LiveBlog, Warning};

/// Values of the page itself that entries may repeat.
#[derive(Debug, Default)]
pub struct PageValues {
    /// What it calls itself.
    pub identity: PageIdentity,
    /// When it was published, and when changed.
    pub times: HashSet<DateTime<Utc>>,
    /// The addresses of its pictures and of its publisher's logo.
    pub pictures: HashSet<String>,
    /// Its description, and its whole text; as letters.
    pub texts: HashSet<String>,
}

impl PageValues {
    /// Reads the values of the page from its data; what the document calls itself is known already.
    pub fn read<'a>(
        object: &'a Value,
        nodes: &Nodes<'a>,
        identity: PageIdentity,
        addresses: &Addresses,
        zone: DefaultZone,
    ) -> PageValues {
        let times = ["datePublished", "dateCreated", "dateModified"].iter();
        let texts = ["description", "articleBody", "text"].iter();
        PageValues {
            identity,
            times: times.filter_map(|key| time::at_key(object, key, zone).0).collect(),
            texts: texts.filter_map(|key| json::words(object, key)).map(|words| letters(&words)).collect(),
            pictures: pictures(object, nodes).filter_map(|url| addresses.absolute(&url)).collect(),
        }
    }
}

/// The addresses of the pictures of a page, and of its publisher's logo.
fn pictures<'a>(object: &'a Value, nodes: &Nodes<'a>) -> impl Iterator<Item = String> {
    let own = ["image", "thumbnailUrl", "primaryImageOfPage"].into_iter().flat_map(|key| nodes.all(object, key));
    let publishers: Vec<_> = nodes.all(object, "publisher").collect();
    let logos = publishers.into_iter().flat_map(|publisher| ["logo", "image"].map(|key| (publisher, key)));
    let logos: Vec<_> = logos.flat_map(|(publisher, key)| nodes.all(publisher, key)).collect();
    own.chain(logos).flat_map(image_addresses).collect::<Vec<_>>().into_iter()
}

/// Removes from the entries the values that are the page's, and reports times and titles.
pub fn remove(entries: &mut [FoundEntry], blog: &LiveBlog, page: &PageValues) -> Vec<Warning> {
    let without_addresses = |found: &mut FoundEntry| found.entry.url.take_if(|url| Some(&*url) == blog.url.as_ref());
    entries.iter_mut().for_each(|found| drop(without_addresses(found)));
    remove_pictures(entries, page);
    remove_bodies(entries, page);
    [remove_times(entries, page), remove_titles(entries, page)].into_iter().flatten().collect()
}

/// The values that are the page's: more than half of the entries have them, three at least; or three have them and the
/// page itself, too. A few entries of one minute are a busy minute.
pub fn shared<T: Hash + Eq>(
    values: impl Iterator<Item = T>,
    entries: usize,
    is_pages: impl Fn(&T) -> bool,
) -> HashSet<T> {
    const FEWEST: usize = 3;
    let mut counts: HashMap<T, usize> = HashMap::new();
    values.for_each(|value| *counts.entry(value).or_insert(0) += 1);
    let is_shared = |value: &T, count: usize| count >= FEWEST && (count * 2 > entries || is_pages(value));
    counts.into_iter().filter(|(value, count)| is_shared(value, *count)).map(|(value, _)| value).collect()
}

fn remove_times(entries: &mut [FoundEntry], page: &PageValues) -> Option<Warning> {
    let count = entries.len();
    // A day that is written as its midnight is no time of several entries.
    let midnight = |found: &FoundEntry| found.entry.published_local.filter(|local| local.time() == NaiveTime::MIN);
    let midnights: HashSet<_> = entries.iter().filter_map(midnight).map(|local| local.to_utc()).collect();
    let is_pages = |time: &DateTime<Utc>| page.times.contains(time) || midnights.contains(time);
    let published = shared(entries.iter().filter_map(|found| found.entry.published), count, is_pages);
    let modified = shared(entries.iter().filter_map(|found| found.entry.modified), count, is_pages);
    let (mut repeating, mut changed) = (0, 0);
    for found in entries {
        let entry = &mut found.entry;
        if entry.published.is_some_and(|time| published.contains(&time)) {
            (entry.published, entry.published_local, entry.stamp) = (None, None, None);
            found.repeats_time = true;
            repeating += 1;
        }
        changed += usize::from(entry.modified.take_if(|time| modified.contains(time)).is_some());
    }
    let message = match (repeating, changed) {
        (0, 0) => return None,
        (0, _) => format!("{changed} entries carry one time of change, which is the page's; it is left out of them"),
        _ => format!("{repeating} entries carry one time, which is the page's; it is left out of them"),
    };
    Some(page_warning(Code::TimeRepeated, message))
}

/// A title that is the page's own is so even once. Others that are shared are left out only when the document has been
/// searched for the entry.
fn remove_titles(entries: &mut [FoundEntry], page: &PageValues) -> Option<Warning> {
    let titles = || entries.iter().filter_map(|found| found.entry.title.clone());
    let repeated = shared(titles(), entries.len(), |_| false);
    let mut counts: HashMap<String, usize> = HashMap::new();
    titles().for_each(|title| *counts.entry(title).or_insert(0) += 1);
    let mut taken = 0;
    for found in entries {
        let own = found.entry.title.take_if(|title| page.identity.is_title(title));
        found.is_common_title = found.entry.title.as_ref().is_some_and(|title| counts[title] > 1);
        found.repeats_title = found.entry.title.as_ref().is_some_and(|title| repeated.contains(title));
        taken += usize::from(own.is_some() || found.repeats_title);
    }
    let message = match taken {
        0 => return None,
        1 => "1 entry carries the page's own title; it is left out of it".to_owned(),
        _ => format!("{taken} entries carry the page's own title; it is left out of them"),
    };
    Some(page_warning(Code::TitleRepeated, message))
}

/// Pictures of the page are removed if two entries have them, others if they are shared.
fn remove_pictures(entries: &mut [FoundEntry], page: &PageValues) {
    let urls = |found: &FoundEntry| -> HashSet<String> {
        found.entry.images.iter().filter_map(|image| image.url.clone()).collect()
    };
    let is_own = |url: &String| page.pictures.contains(url);
    let mut repeated = shared(entries.iter().flat_map(urls), entries.len(), is_own);
    let mut seen = HashSet::new();
    let pages = entries.iter().flat_map(urls).filter(is_own);
    repeated.extend(pages.filter(|url| !seen.insert(url.clone())).collect::<Vec<_>>());
    for FoundEntry { entry, .. } in entries {
        entry.images.retain(|image| image.url.as_ref().is_none_or(|url| !repeated.contains(url)));
    }
}

/// Removes bodies that are the page's: its description, its whole text, or words that most entries have in common.
fn remove_bodies(entries: &mut [FoundEntry], page: &PageValues) {
    let bodies: Vec<_> = entries.iter().map(|found| body_letters(&found.entry.body)).collect();
    let filled = bodies.iter().filter(|letters| !letters.is_empty());
    let repeated = shared(filled, entries.len(), |letters| page.texts.contains(*letters));
    for (FoundEntry { entry, .. }, letters) in entries.iter_mut().zip(&bodies) {
        if repeated.contains(letters) {
            entry.body.clear();
            entry.images.iter_mut().for_each(|image| image.position = 0);
            entry.media.iter_mut().for_each(|media| media.position = 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values_shared_with_page(values: &[u32], pages: u32) -> Vec<u32> {
        let mut shared: Vec<_> =
            shared(values.iter().copied(), values.len(), |value| *value == pages).into_iter().collect();
        shared.sort_unstable();
        shared
    }

    #[test]
    fn what_more_than_half_of_the_entries_have_is_the_pages() {
        assert_eq!(values_shared_with_page(&[1, 1, 1, 2, 3], 0), [1]);
        assert_eq!(values_shared_with_page(&[1, 1, 1, 2, 3, 4], 0), [0; 0]);
        assert_eq!(values_shared_with_page(&[1, 1], 0), [0; 0]);
    }

    #[test]
    fn what_three_entries_have_in_common_with_the_page_is_the_pages() {
        assert_eq!(values_shared_with_page(&[1, 1, 1, 2, 3, 4, 5, 6], 1), [1]);
        assert_eq!(values_shared_with_page(&[1, 1, 2, 3, 4, 5, 6, 7], 1), [0; 0]);
    }
}
