//! Feeds: what Atom and JSON Feed have in common, ids that never change, titles and times.
//!
//! A feed's own id and title come after its entries: only then are all its live blogs known, and neither format requires
//! another order.

mod atom;
mod json_feed;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::{Arrangement, describe};
use crate::model::Row;

pub(super) use atom::Atom;
pub(super) use json_feed::JsonFeed;

/// An entry without a title is titled with at most so many characters of its text.
const FIRST_WORDS: usize = 80;

/// What the feed says of itself, from the entries so far.
#[derive(Default)]
pub(super) struct Feed {
    order: Arrangement,
    /// The live blog of the last row: its name, its title and its address.
    page: Option<(String, String, Option<String>)>,
    pages: usize,
    names: Sha256,
    updated: DateTime<Utc>,
}

impl Feed {
    pub(super) fn new(order: Arrangement) -> Self {
        Self { order, ..Self::default() }
    }

    /// Counts an entry.
    pub(super) fn take(&mut self, row: &Row) {
        self.updated = self.updated.max(updated(row));
        if self.page.as_ref().is_none_or(|(name, ..)| *name != row.page) {
            self.page = Some((row.page.clone(), describe::page(row).to_owned(), row.page_url.clone()));
            self.pages += 1;
            self.names.update(&row.page);
            self.names.update([0]);
        }
    }

    /// The id of the feed: that of its live blog, or one made from the names of all.
    pub(super) fn id(&self) -> String {
        match &self.page {
            Some((name, _, url)) if self.pages == 1 => page_id(name, url.as_deref()),
            _ => urn(self.names.clone()),
        }
    }

    pub(super) fn title(&self) -> &str {
        match &self.page {
            Some((_, title, _)) if self.pages == 1 => title,
            _ => self.order.title().unwrap_or("Live blogs"),
        }
    }

    /// The address of its live blog, if it is of one alone.
    pub(super) fn url(&self) -> Option<&str> {
        self.page.as_ref().filter(|_| self.pages == 1)?.2.as_deref()
    }

    pub(super) fn updated(&self) -> DateTime<Utc> {
        self.updated
    }
}

/// When an entry was last changed; 1970 for one without a time, because feeds require one.
pub(super) fn updated(row: &Row) -> DateTime<Utc> {
    row.entry.modified.max(row.entry.published).unwrap_or_default()
}

/// The title of an entry, else its first words.
pub(super) fn title(row: &Row) -> String {
    let title = row.entry.title.clone().unwrap_or_else(|| describe::first_words(row));
    match title.char_indices().nth(FIRST_WORDS) {
        _ if title.is_empty() => format!("Entry {}", row.entry.number),
        Some((end, _)) if row.entry.title.is_none() => format!("{}…", title[..end].trim_end()),
        _ => title,
    }
}

/// What an entry is about, as tags.
pub(super) fn tags(row: &Row) -> impl Iterator<Item = &str> {
    row.entry.breaking.then_some("Breaking").into_iter().chain(row.entry.label.as_deref())
}

/// The id of an entry: its address on the page, or one made from the name of the page and its own id.
pub(super) fn entry_id(row: &Row) -> String {
    match row.page_url.as_deref().filter(|url| is_address(url)) {
        Some(url) => format!("{}#{}", url.split('#').next().unwrap_or(url), fragment(&row.entry.id)),
        None => urn(Sha256::new().chain_update(&row.page).chain_update([0]).chain_update(&row.entry.id)),
    }
}

/// The id of a live blog: its address, else one made from its name.
pub(super) fn page_id(page: &str, url: Option<&str>) -> String {
    match url.filter(|url| is_address(url)) {
        Some(url) => url.to_owned(),
        None => urn(Sha256::new().chain_update(page).chain_update([0])),
    }
}

/// Whether an address can be an id: feeds require an absolute one.
fn is_address(url: &str) -> bool {
    super::markup::address(url).is_some() && !url.contains(|c: char| c.is_whitespace() || "<>\"{}|\\^`".contains(c))
}

/// An id as the fragment of an address.
pub(super) fn fragment(id: &str) -> String {
    id.bytes().fold(String::with_capacity(id.len()), |mut fragment, byte| {
        match byte {
            b'-' | b'.' | b'_' | b'~' | b':' | b'@' | b'/' | b'?' => fragment.push(byte.into()),
            byte if byte.is_ascii_alphanumeric() => fragment.push(byte.into()),
            byte => fragment += &format!("%{byte:02X}"),
        }
        fragment
    })
}

/// A UUID of version 8, whose bits are up to us.
fn urn(names: Sha256) -> String {
    let mut bytes: [u8; 16] = [0; 16];
    bytes.iter_mut().zip(names.finalize()).for_each(|(to, from)| *to = from);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let parts = [&bytes[..4], &bytes[4..6], &bytes[6..8], &bytes[8..10], &bytes[10..]];
    format!("urn:uuid:{}", parts.map(hex).join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::sample;

    #[test]
    fn an_entry_is_named_after_its_place_on_the_page() {
        let mut row = sample::row();
        row.page_url = Some("https://example.org/flood#top".into());
        assert_eq!(entry_id(&row), "https://example.org/flood#0123456789ab");
        row.entry.id = "a b".into();
        assert_eq!(entry_id(&row), "https://example.org/flood#a%20b");
    }

    #[test]
    fn without_an_address_names_are_made_from_names() {
        assert_eq!(page_id("flood.txt", None), "urn:uuid:21ebef18-659f-8ccc-a36e-e198171ba4b6");
        assert_eq!(page_id("flood.txt", Some("/flood")), page_id("flood.txt", None));
        let other = Row { page: "storm.txt".into(), ..sample::row() };
        assert_ne!(entry_id(&sample::row()), entry_id(&other));
        assert_ne!(entry_id(&sample::row()), page_id("flood.txt", None));
    }

    #[test]
    fn an_entry_without_a_title_is_known_by_its_first_words() {
        let mut row = sample::row();
        row.entry.title = None;
        assert_eq!(title(&row), "The \"old\" gates");
        row.entry.body = vec![crate::model::Block::paragraph(&"Water! ".repeat(20))];
        assert_eq!(title(&row), format!("{} Wat…", ["Water!"; 11].join(" ")));
        assert_eq!(title(&sample::bare_row()), "Entry 2");
    }
}
