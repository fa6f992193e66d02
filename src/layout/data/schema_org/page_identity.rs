//! What a page calls itself, and where it is: its own live blog is known by them among others in its data.

use std::collections::HashSet;

use crate::html::{Element, Html};
use crate::input::Document;
use crate::layout::letters::letters;

/// Titles and addresses of a page.
#[derive(Debug, Default)]
pub struct PageIdentity {
    /// Its only `h1`, its `title`, its title for other sites, each with and without the name of the site; as letters.
    pub titles: HashSet<String>,
    /// What follows the title in `title`, as letters: the name of the site.
    pub sites: HashSet<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its addresses, by [`address_key`].
    addresses: Vec<String>,
}

/// Between a title and the name of its site.
const MARKS: [&str; 5] = [" - ", " | ", " – ", " — ", " · "];

impl PageIdentity {
    /// Reads them from the document; the address may be known from elsewhere, too.
    pub fn read(page: Option<&Html>, document: &Document) -> PageIdentity {
        let head = page.and_then(|page| page.head().url.as_deref());
        let mut identity = PageIdentity { url: head.map(str::to_owned), ..PageIdentity::default() };
        identity.addresses.extend([head, document.url.as_deref()].into_iter().flatten().filter_map(address_key));
        let Some(page) = page else { return identity };
        let mut headings = page.elements().filter(|element| element.name() == "h1");
        let heading = headings.next().filter(|_| headings.next().is_none());
        let texts =
            heading.map(|heading| heading.passages().into_iter().map(|passage| passage.text).collect::<Vec<_>>());
        let title = page.elements().find(|element| element.name() == "title").and_then(Element::first_words);
        let meta = |element: &Element| {
            element.name() == "meta"
                && element
                    .attr("property")
                    .or(element.attr("name"))
                    .is_some_and(|name| name == "og:title" || name == "twitter:title")
        };
        let site = |element: &Element| element.name() == "meta" && element.attr("property") == Some("og:site_name");
        let sites = page.elements().filter(site).filter_map(|element| element.attr("content"));
        identity.sites.extend(sites.map(letters));
        let others: Vec<_> = page.elements().filter(meta).filter_map(|element| element.attr("content")).collect();
        identity.titles.extend(texts.map(|texts| letters(&texts.concat())).filter(|title| !title.is_empty()));
        title.into_iter().chain(others).for_each(|title| identity.add_title(title));
        identity
    }

    /// Adds a title; what follows it behind a mark may be the name of the site.
    fn add_title(&mut self, title: &str) {
        for (at, mark) in MARKS.iter().filter_map(|mark| Some((title.rfind(mark)?, mark))) {
            self.titles.insert(letters(&title[..at]));
            self.sites.insert(letters(&title[at + mark.len()..]));
        }
        self.titles.insert(letters(title));
        self.titles.remove("");
    }

    /// Whether a title is the page's: `Flood live`, `Flood live - Ellan News`.
    pub fn is_title(&self, title: &str) -> bool {
        let is_with_site = |mark: &&str| {
            let parts = title.rsplit_once(*mark);
            parts.is_some_and(|(title, site)| {
                self.sites.contains(&letters(site)) && self.titles.contains(&letters(title))
            })
        };
        self.titles.contains(&letters(title)) || MARKS.iter().any(is_with_site)
    }

    /// Whether a title of a live blog is one of the page's, which may have more words or fewer.
    pub fn resembles(&self, title: &str) -> bool {
        /// Fewer letters may be those of any title: `Live`.
        const FEWEST: usize = 8;
        let title = letters(title);
        let is_part = |one: &str, other: &str| one.len() >= FEWEST && other.contains(one);
        self.titles.iter().any(|own| *own == title || is_part(own, &title) || is_part(&title, own))
    }

    /// Whether an address is the page's.
    pub fn is_address(&self, url: &str) -> bool {
        address_key(url).is_some_and(|key| self.addresses.contains(&key))
    }

    /// Whether the address of the page is known.
    pub fn has_address(&self) -> bool {
        !self.addresses.is_empty()
    }
}

/// The address of a page, whatever its scheme, its host's prefix and its fragment; `None` for that of a whole site.
pub fn address_key(url: &str) -> Option<String> {
    let rest = url.trim().strip_prefix("https://").or_else(|| url.trim().strip_prefix("http://"))?;
    let page = rest.split('#').next()?.trim_end_matches('/');
    let prefixes = ["www.", "m.", "amp."];
    let page = prefixes.iter().find_map(|prefix| page.strip_prefix(prefix)).unwrap_or(page);
    page.contains(['/', '?']).then(|| page.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_known_by_its_titles_and_addresses() {
        let page = "<title>Flood live: all updates | Ellan News</title><link rel=canonical href=https://www.news.example/live/flood>\
                    <h1>Flood <b>live</b></h1>";
        let document =
            Document { url: Some("https://news.example/live/flood?page=2".to_owned()), ..Document::from_text("a", "") };
        let identity = PageIdentity::read(Some(&Html::read(page, None)), &document);
        for title in
            ["Flood live", "FLOOD LIVE: all updates", "Flood live – Ellan News", "Flood live: all updates | Ellan News"]
        {
            assert!(identity.is_title(title), "{title}");
        }
        for title in ["Flood live - the mayor speaks", "Flood", "Ellan News"] {
            assert!(!identity.is_title(title), "{title}");
        }
        assert!(identity.resembles("Flood live: all updates from the harbour") && !identity.resembles("Storm live"));
        for url in ["http://news.example/live/flood/#entry-1", "https://www.news.example/live/flood?page=2"] {
            assert!(identity.is_address(url), "{url}");
        }
        assert!(
            !identity.is_address("https://news.example/live/storm") && !identity.is_address("https://news.example/")
        );
    }
}
