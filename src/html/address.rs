//! Addresses in a document, which may be relative to it.

use url::Url;

use super::saved::unarchived;

/// What relative addresses are resolved against: the document's own address, if it is known.
#[derive(Debug, Default)]
pub struct Addresses {
    base: Option<Url>,
}

impl Addresses {
    /// Addresses of a document that was published at `url`.
    pub fn new(url: Option<&str>) -> Addresses {
        Addresses { base: url.and_then(|url| Url::parse(url.trim()).ok()) }
    }

    /// An address as the document has it, made absolute if that can be done. Scripts, places within the page and data
    /// are no addresses.
    pub fn absolute(&self, address: &str) -> Option<String> {
        const NO_ADDRESSES: [&str; 5] = ["javascript:", "data:", "about:", "blob:", "#"];
        let address = unarchived(address.trim());
        if address.is_empty() || NO_ADDRESSES.iter().any(|scheme| address.starts_with(scheme)) {
            return None;
        }
        let is_absolute = address.starts_with("https://") || address.starts_with("http://");
        let joined = self.base.as_ref().filter(|_| !is_absolute).and_then(|base| base.join(address).ok());
        Some(joined.map_or_else(|| address.to_owned(), String::from))
    }
}

/// The sites whose posts and videos are embedded, by their hosts.
const SITES: [(&str, &str); 14] = [
    ("twitter.com", "twitter"),
    ("x.com", "twitter"),
    ("youtube.com", "youtube"),
    ("youtube-nocookie.com", "youtube"),
    ("youtu.be", "youtube"),
    ("instagram.com", "instagram"),
    ("facebook.com", "facebook"),
    ("fb.watch", "facebook"),
    ("tiktok.com", "tiktok"),
    ("threads.net", "threads"),
    ("threads.com", "threads"),
    ("bsky.app", "bluesky"),
    ("t.me", "telegram"),
    ("vimeo.com", "vimeo"),
];

/// The site that an address leads to, if posts of it are embedded.
pub fn site(address: &str) -> Option<&'static str> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next()?;
    let is_site = |site: &str| host.strip_suffix(site).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'));
    SITES.iter().find(|(site, _)| is_site(site)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_are_resolved_against_the_documents_own() {
        let addresses = Addresses::new(Some("https://news.example/live/flood?page=2"));
        let absolute = |address| addresses.absolute(address);
        assert_eq!(absolute("/story/1"), Some("https://news.example/story/1".to_owned()));
        assert_eq!(absolute("//img.example/a.jpg"), Some("https://img.example/a.jpg".to_owned()));
        assert_eq!(absolute("http://other.example"), Some("http://other.example".to_owned()));
        assert_eq!(Addresses::new(None).absolute("/story/1"), Some("/story/1".to_owned()));
    }

    #[test]
    fn scripts_data_and_places_within_the_page_are_no_addresses() {
        for address in ["javascript:void(0)", "data:image/gif;base64,AA", "#top", "  "] {
            assert_eq!(Addresses::default().absolute(address), None, "{address}");
        }
    }

    #[test]
    fn a_site_is_known_by_its_host_and_not_by_words_in_the_address() {
        assert_eq!(site("https://mobile.twitter.com/example/status/1"), Some("twitter"));
        assert_eq!(site("https://x.com/example"), Some("twitter"));
        assert_eq!(site("https://ax.com/x.com"), None);
        assert_eq!(site("twitter.com"), None);
    }
}
