//! The keys of our JSON: what an object of ours is follows from them. No other module knows them.

use std::borrow::Cow;

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};

/// What an object of ours is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Object {
    /// A live blog.
    LiveBlog,
    /// Schema.org data of a live blog, perhaps another program's.
    Posting,
    /// One entry of a live blog.
    Row,
}

/// Which keys an object has. What one version writes may be missing in another's, so that no key alone decides; nor do
/// keys that other programs write as well.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Keys<'a> {
    version: Present,
    entries: Present,
    layout: Present,
    coverage: Present,
    warnings: Present,
    #[serde(rename = "liveBlogUpdate")]
    updates: Present,
    /// The live blog that a row belongs to: its name, title and address, the same in all of its rows.
    #[serde(borrow)]
    pub page: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub page_title: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub page_url: Option<Cow<'a, str>>,
    id: Present,
    number: Present,
    published: Present,
    published_local: Present,
    stamp: Present,
    co_authors: Present,
    body: Present,
    images: Present,
    lines: Present,
    doubts: Present,
}

/// Whether a key is there, null or not.
#[derive(Debug, Default)]
struct Present(bool);

impl<'de> Deserialize<'de> for Present {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(from).map(|_| Self(true))
    }
}

impl Keys<'_> {
    /// What the object is, if it is ours.
    pub fn object(&self) -> Option<Object> {
        let (has_page, has_id) = (self.page.is_some(), self.id.0);
        if self.updates.0 {
            Some(Object::Posting)
        } else if self.entries.0 && (self.version.0 || count([&self.layout, &self.coverage, &self.warnings]) > 1) {
            Some(Object::LiveBlog)
        } else if has_page && has_id || (has_page || has_id) && self.is_entry() && self.has_own_words() {
            Some(Object::Row)
        } else {
            None
        }
    }

    /// The live blog that a row belongs to: its `page`, `page_title` and `page_url`. Rows that name none are of one that is
    /// named after the file.
    pub fn live_blog(&self) -> [&str; 3] {
        [&self.page, &self.page_title, &self.page_url].map(|name| name.as_deref().unwrap_or_default())
    }

    /// Whether the object has the form of an entry.
    pub fn is_entry(&self) -> bool {
        let Self { id, number, published, published_local, stamp, co_authors, body, images, lines, doubts, .. } = self;
        count([id, number, published, published_local, stamp, co_authors, body, images, lines, doubts]) > 2
    }

    /// Whether there are keys that no other program would call so.
    fn has_own_words(&self) -> bool {
        count([&self.published_local, &self.stamp, &self.co_authors, &self.doubts]) > 1
    }
}

fn count<const N: usize>(keys: [&Present; N]) -> usize {
    keys.into_iter().filter(|key| key.0).count()
}
