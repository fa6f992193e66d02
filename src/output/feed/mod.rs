//! Feeds: what Atom and JSON Feed have in common, ids that never change, titles, authors and times.
//!
//! What a feed says of itself comes before its entries, and only the last of them completes it: entries are kept in
//! memory, as they will be written.

mod atom;
mod json_feed;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::clock::Clocks;
use super::gathered::head_of;
use super::{Header, describe};
use crate::model::{PageHead, Row, rfc3339};

pub(super) use atom::Atom;
pub(super) use json_feed::JsonFeed;

/// What the feed says of itself, from the entries so far.
#[derive(Default)]
pub(super) struct Feed {
    head: Header,
    clocks: Clocks,
    /// What live blogs say of themselves, by name.
    heads: HashMap<String, PageHead>,
    sources: Vec<Source>,
    /// Where in `sources` a live blog is.
    indices: HashMap<String, usize>,
    updated: DateTime<Utc>,
}

/// A live blog whose entries are in the feed.
pub(super) struct Source {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) url: Option<String>,
    /// Who publishes it: its site, else itself.
    pub(super) author: String,
}

impl Feed {
    pub(super) fn new(head: &Header) -> Self {
        Self { head: head.clone(), clocks: Clocks::new(head), ..Self::default() }
    }

    /// Notes what a live blog says of itself.
    pub(super) fn page(&mut self, page: &PageHead) {
        self.clocks.page(page);
        self.heads.insert(page.page.clone(), page.clone());
    }

    /// Counts an entry, and returns its live blog.
    pub(super) fn take(&mut self, row: &Row) -> &Source {
        self.updated = self.updated.max(updated(row));
        let index = match self.indices.get(&row.page) {
            Some(&index) => index,
            None => {
                let source = Source::new(row, self.heads.get(&row.page));
                self.sources.push(source);
                self.indices.insert(row.page.clone(), self.sources.len() - 1);
                self.sources.len() - 1
            }
        };
        &self.sources[index]
    }

    /// When an entry was published, by the clock of its readers.
    pub(super) fn published(&self, row: &Row) -> Option<String> {
        self.clocks.local(row).map(|time| rfc3339::local(time.fixed_offset()))
    }

    /// Its only live blog, if there is one.
    fn only(&self) -> Option<&Source> {
        self.sources.first().filter(|_| self.sources.len() == 1)
    }

    /// The id of the feed: that of its live blog, or one made from those of all, in whatever order.
    pub(super) fn id(&self) -> String {
        if let Some(only) = self.only() {
            return only.id.clone();
        }
        let mut ids: Vec<_> = self.sources.iter().map(|source| source.id.as_str()).collect();
        ids.sort_unstable();
        urn(&ids)
    }

    pub(super) fn title(&self) -> &str {
        let only = self.only().map(|source| source.title.as_str());
        self.head.title.as_deref().or(only).or(self.head.title()).unwrap_or("Live blogs")
    }

    /// Who publishes it: the site of all its live blogs, else the feed itself.
    pub(super) fn author(&self) -> &str {
        match self.sources.as_slice() {
            [first, others @ ..] if others.iter().all(|other| other.author == first.author) => &first.author,
            _ => self.title(),
        }
    }

    /// The address of its live blog, if it is of one alone.
    pub(super) fn url(&self) -> Option<&str> {
        self.only()?.url.as_deref()
    }

    pub(super) fn updated(&self) -> DateTime<Utc> {
        self.updated
    }
}

impl Source {
    /// The live blog of a row; `head` is what it says of itself, if that is known.
    fn new(row: &Row, head: Option<&PageHead>) -> Self {
        let title = describe::page(row).to_owned();
        let url = row.page_url.clone();
        let author = url.as_deref().and_then(site).map_or_else(|| title.clone(), str::to_owned);
        let head = head.cloned().unwrap_or_else(|| head_of(row));
        Self { id: page_id(&head, row), title, url, author }
    }
}

/// The site of an address: `example.org`.
fn site(url: &str) -> Option<&str> {
    let (_, rest) = super::markup::address(url)?.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}

/// When an entry was last changed; 1970 for one without a time, because feeds require one.
pub(super) fn updated(row: &Row) -> DateTime<Utc> {
    row.entry.modified.max(row.entry.published).unwrap_or_default()
}

/// What an entry is about, as tags.
pub(super) fn tags(row: &Row) -> impl Iterator<Item = &str> {
    row.entry.breaking.then_some("Breaking").into_iter().chain(row.entry.label.as_deref())
}

/// The id of an entry: its address on the page, or one made from what it and its live blog say; never from a path, which
/// may be typed in many ways.
pub(super) fn entry_id(row: &Row) -> String {
    let entry = &row.entry;
    match row.page_url.as_deref().filter(|url| is_address(url)) {
        Some(url) => format!("{}#{}", url.split('#').next().unwrap_or(url), fragment(&entry.id)),
        None => {
            let published = entry.published.map(rfc3339::utc).unwrap_or_default();
            let titles = [&row.page_title, &entry.title].map(|title| title.as_deref().unwrap_or_default());
            urn(&[titles[0], &entry.id, &published, titles[1]])
        }
    }
}

/// The id of a live blog: its address, else one made from its title and its first time; without either, from an entry.
fn page_id(head: &PageHead, row: &Row) -> String {
    if let Some(url) = head.url.as_deref().filter(|url| is_address(url)) {
        return url.to_owned();
    }
    let start = head.coverage.start.or(head.coverage.end).map(rfc3339::utc);
    match (&head.title, start) {
        (None, None) => urn(&["", "", &row.entry.id]),
        (title, start) => urn(&[title.as_deref().unwrap_or_default(), &start.unwrap_or_default()]),
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

/// A UUID made from names. Its version is 8, whose bits are up to us.
fn urn(names: &[&str]) -> String {
    let mut hash = Sha256::new();
    for name in names {
        hash.update(name);
        hash.update([0]);
    }
    let mut bytes: [u8; 16] = [0; 16];
    bytes.iter_mut().zip(hash.finalize()).for_each(|(to, from)| *to = from);
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
    fn without_an_address_ids_are_made_from_what_is_said_and_never_from_a_path() {
        let (row, head) = (sample::row(), sample::head());
        assert_eq!(page_id(&head, &row), "urn:uuid:f61cf117-b6de-88f9-a596-a042b596b4f9");
        assert_eq!(entry_id(&row), "urn:uuid:4be70087-6587-8a46-944b-715018c52691");
        let moved = Row { page: "/home/ada/flood.txt".into(), ..row.clone() };
        let other_head = PageHead { page: moved.page.clone(), url: Some("/flood".into()), ..head.clone() };
        assert_eq!((page_id(&other_head, &moved), entry_id(&moved)), (page_id(&head, &row), entry_id(&row)));

        let other = Row { page_title: Some("Storm".into()), ..row.clone() };
        assert_ne!(entry_id(&row), entry_id(&other));
        let bare = head_of(&sample::bare_row());
        assert_ne!(page_id(&bare, &row), page_id(&bare, &sample::bare_row()));
    }

    #[test]
    fn a_feed_of_several_live_blogs_has_one_id_whatever_their_order() {
        let mut rows =
            [sample::row(), Row { page: "storm.txt".into(), page_title: Some("Storm".into()), ..sample::row() }];
        let id = |rows: &[Row]| {
            let mut feed = Feed::default();
            rows.iter().for_each(|row| drop(feed.take(row).id.clone()));
            feed.id()
        };
        let before = id(&rows);
        rows.reverse();
        assert_eq!(id(&rows), before);
    }

    #[test]
    fn the_author_of_a_feed_is_its_site_else_its_live_blog() {
        assert_eq!(site("https://www.example.org:443/flood"), Some("example.org"));
        assert_eq!(site("/flood"), None);
        let mut feed = Feed::default();
        assert_eq!(feed.take(&sample::row()).author, "Flood");
        assert_eq!(feed.author(), "Flood");
        let storm = Row { page: "storm".into(), page_url: Some("https://example.org/storm".into()), ..sample::row() };
        assert_eq!(feed.take(&storm).author, "example.org");
        assert_eq!(feed.author(), "Live blogs");
    }
}
