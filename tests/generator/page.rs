//! What a page says, whatever it is written in.

use chrono::{DateTime, Utc};
use chrono_tz::Europe::London;

/// What a page says.
#[derive(Debug, Clone)]
pub struct Page {
    pub summary: Vec<String>,
    /// Newest first.
    pub entries: Vec<Entry>,
}

/// What an entry says.
#[derive(Debug, Clone)]
pub struct Entry {
    pub label: Option<String>,
    pub title: String,
    pub published: DateTime<Utc>,
    pub breaking: bool,
    pub byline: Option<(String, String)>,
    pub parts: Vec<Part>,
}

/// A part of an entry's body, or an image in it.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    Paragraph(String),
    List(Vec<String>),
    Image { alt: String, source: String, caption: Option<String> },
    Media(String),
}

impl Entry {
    /// `14:27 British Summer Time 19 June 2023`
    pub fn stamp(&self) -> String {
        let local = self.published.with_timezone(&London);
        let zone = if local.format("%Z").to_string() == "BST" { "British Summer Time" } else { "Greenwich Mean Time" };
        format!("{} {zone} {}", local.format("%H:%M"), local.format("%-d %B %Y"))
    }

    /// The clock that readers in London saw: `14:27`.
    pub fn clock(&self) -> String {
        self.published.with_timezone(&London).format("%H:%M").to_string()
    }

    /// `2023-06-19T14:27:00+01:00`
    pub fn local_time(&self) -> String {
        self.published.with_timezone(&London).to_rfc3339()
    }
}
