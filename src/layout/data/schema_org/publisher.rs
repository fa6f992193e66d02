//! The page's publisher, which data names as the author of entries though it wrote none of them.

use std::collections::HashSet;

use serde_json::Value;

use super::FoundEntry;
use super::entry::people;
use super::json::{Nodes, all};
use super::page_identity::PageIdentity;
use super::repeated::shared;
use crate::layout::letters::letters;

/// The names of a page's publisher, as letters.
#[derive(Debug, Default)]
pub struct Publishers {
    names: HashSet<String>,
    /// Organisations that are authors.
    organisations: HashSet<String>,
    host: String,
}

impl Publishers {
    /// Reads the publishers of the live blog and of its updates, what the page calls its site, and the site's host.
    pub fn read<'a>(
        object: &'a Value,
        updates: &[&'a Value],
        nodes: &Nodes<'a>,
        page: &PageIdentity,
        url: Option<&str>,
    ) -> Publishers {
        let objects = || std::iter::once(object).chain(updates.iter().copied());
        let publishers = objects().flat_map(|object| people(nodes.all(object, "publisher")));
        let names = publishers.map(|(name, _)| letters(&name)).chain(page.sites.iter().cloned());
        let authors = objects().flat_map(|object| nodes.all(object, "author"));
        let organisations =
            authors.filter(|author| is_organisation(author)).flat_map(|author| people([author].into_iter()));
        let host = url.and_then(|url| url::Url::parse(url).ok()?.host_str().map(str::to_owned)).unwrap_or_default();
        Publishers {
            names: names.filter(|name| !name.is_empty()).collect(),
            organisations: organisations.map(|(name, _)| letters(&name)).collect(),
            host: host.trim_start_matches("www.").to_owned(),
        }
    }

    /// Removes them from the authors of entries, and an organisation that most entries have.
    pub fn remove(&self, entries: &mut [FoundEntry]) {
        let authors = entries.iter().filter_map(|found| found.entry.author.as_deref().map(letters));
        let common = shared(authors, entries.len(), |_| false);
        let is_publisher = |name: &str| {
            let letters = letters(name);
            self.is_publisher(&letters)
                || without_domain(name).is_some_and(|site| self.is_publisher(&crate::layout::letters::letters(site)))
                || common.contains(&letters) && self.organisations.contains(&letters)
        };
        // `Ada Example | Quay Post`
        let without_site = |name: &mut String| {
            if let Some((person, site)) = name.split_once(" | ")
                && is_publisher(site)
            {
                *name = person.to_owned();
            }
        };
        for FoundEntry { entry, .. } in entries {
            entry.author.iter_mut().chain(&mut entry.co_authors).for_each(without_site);
            entry.co_authors.retain(|name| !is_publisher(name));
            if entry.author.take_if(|name| is_publisher(name)).is_some() {
                entry.role = None;
                if !entry.co_authors.is_empty() {
                    entry.author = Some(entry.co_authors.remove(0));
                }
            }
        }
    }

    /// `The Quay Post`, `Quay Post`, `QuayPost.in`
    fn is_publisher(&self, name: &str) -> bool {
        let plain = |name: &str| name.strip_prefix("the").unwrap_or(name).to_owned();
        let is_host = || {
            let labels: Vec<&str> = self.host.split('.').collect();
            letters(&self.host) == name
                || labels.iter().rev().skip(1).any(|label| letters(label) == plain(name) && label.len() > 2)
        };
        self.names.iter().any(|own| plain(own) == plain(name)) || is_host()
    }
}

/// `QuayPost.in` as `QuayPost`; other names may be written so, too: `ada.quay`.
fn without_domain(name: &str) -> Option<&str> {
    let (site, end) = name.rsplit_once('.')?;
    (!name.contains(' ') && (2..=4).contains(&end.len())).then_some(site)
}

fn is_organisation(author: &Value) -> bool {
    all(author, "@type").iter().filter_map(Value::as_str).any(|kind| kind.ends_with("Organization"))
}
