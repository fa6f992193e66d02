//! What a live blog tells beside its entries.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{Coverage, LiveBlog, Media};

/// A live blog but for its entries: what a document about it says before them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct PageHead {
    /// The live blog's name, as in [`Row::page`](super::Row::page).
    pub page: String,
    /// Its headline.
    pub title: Option<String>,
    /// The line under the headline.
    pub standfirst: Option<String>,
    /// Its own credits.
    pub authors: Vec<String>,
    /// Its address.
    pub url: Option<String>,
    /// The zone in which it tells the time.
    pub zone: Option<Tz>,
    /// From when to when it reports, UTC.
    pub coverage: Coverage,
    /// The points of its summary.
    pub summary: Vec<String>,
    /// Video and audio of its head or summary.
    pub media: Vec<Media>,
}

impl LiveBlog {
    /// What it tells beside its entries, under the name `page`.
    pub fn head(&self, page: &str) -> PageHead {
        PageHead {
            page: page.to_owned(),
            title: self.title.clone(),
            standfirst: self.standfirst.clone(),
            authors: self.authors.clone(),
            url: self.url.clone(),
            zone: self.zone,
            coverage: self.coverage,
            summary: self.summary.clone(),
            media: self.media.clone(),
        }
    }
}
