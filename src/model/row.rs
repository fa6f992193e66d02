//! Entries as rows, each with the live blog that it belongs to, and what is printed beside them.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{Coverage, Entry, Layout, LiveBlog, Media};

/// An entry together with the live blog that it belongs to: what row formats print and the archive returns.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Row {
    /// The live blog's name in the archive, else its source.
    pub page: String,
    /// The live blog's headline.
    pub page_title: Option<String>,
    /// The live blog's address.
    pub page_url: Option<String>,
    /// Whether a later capture no longer had it; only the archive can know.
    pub removed: bool,
    /// The entry.
    #[serde(flatten)]
    pub entry: Entry,
}

/// A live blog without its entries: what a document about it shows before them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct PageHead {
    /// The live blog's name, as in [`Row::page`].
    pub page: String,
    /// Its headline.
    pub title: Option<String>,
    /// The line under the headline.
    pub standfirst: Option<String>,
    /// Its own credits.
    pub authors: Vec<String>,
    /// Its address.
    pub url: Option<String>,
    /// How its page is laid out.
    pub layout: Layout,
    /// The zone in which it gives its times.
    pub zone: Option<Tz>,
    /// From when to when it reports, UTC.
    pub coverage: Coverage,
    /// The points of its summary.
    pub summary: Vec<String>,
    /// Video and audio of its head or summary.
    pub media: Vec<Media>,
}

/// The words of an entry in which a search found what it looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The title, whole.
    pub title: Vec<Span>,
    /// The part of all other words that fits best, else the beginning of the body; `…` marks what was cut.
    pub text: Vec<Span>,
}

/// A stretch of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The words, with the spaces between them.
    pub text: String,
    /// Whether they are what was looked for.
    pub found: bool,
}

impl LiveBlog {
    /// Returns the live blog without its entries, under the name `page`.
    pub fn head(&self, page: &str) -> PageHead {
        PageHead {
            page: page.to_owned(),
            title: self.title.clone(),
            standfirst: self.standfirst.clone(),
            authors: self.authors.clone(),
            url: self.url.clone(),
            layout: self.layout,
            zone: self.zone,
            coverage: self.coverage,
            summary: self.summary.clone(),
            media: self.media.clone(),
        }
    }

    /// Returns the entry as a row of this live blog, under the name `page`.
    pub fn row(&self, page: &str, entry: Entry) -> Row {
        let (page_title, page_url) = (self.title.clone(), self.url.clone());
        Row { page: page.to_owned(), page_title, page_url, removed: false, entry }
    }

    /// Returns the entries as rows, under the name `page`.
    pub fn into_rows(mut self, page: &str) -> impl Iterator<Item = Row> {
        let (entries, page) = (std::mem::take(&mut self.entries), page.to_owned());
        entries.into_iter().map(move |entry| self.row(&page, entry))
    }
}
