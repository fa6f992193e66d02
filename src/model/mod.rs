//! The data: a live blog, its entries, and what was doubtful about them.
//!
//! Names are the words that users use; in brackets stands the [schema.org] term. Every key is always present in
//! the JSON: what the page does not give is `null`, `[]` or `false`. Within a [`VERSION`], keys are added, never
//! changed.
//!
//! What any version wrote is read by every other: a key that is missing has its default, one that is not known is left
//! aside, and a code, a layout or a block that a later version added is kept as it was written.
//!
//! [schema.org]: https://schema.org/LiveBlogPosting

mod block;
mod code;
mod excerpt;
pub(crate) mod keys;
mod page_head;
mod text;
mod word;

use std::fmt;

use chrono::{DateTime, FixedOffset, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub use block::{Block, Link, OtherBlock};
pub use code::Code;
pub(crate) use code::ELEMENTS_LEFT_OUT;
pub use excerpt::{Excerpt, Span};
pub use page_head::PageHead;
pub use word::Word;

/// The version of the JSON form.
pub const VERSION: u32 = 1;

/// The JSON Schema, draft 2020-12, of a live blog's JSON; that of a row is under `$defs/row`.
pub const SCHEMA: &str = include_str!("schema.json");

/// One live page, read \[LiveBlogPosting\].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct LiveBlog {
    /// The version of this form: [`VERSION`].
    pub version: u32,
    /// The page's headline \[headline\].
    pub title: Option<String>,
    /// The line under the headline \[description\].
    pub standfirst: Option<String>,
    /// The page's own credits: editors, writers \[author\].
    pub authors: Vec<String>,
    /// Where the page was published \[url\].
    pub url: Option<String>,
    /// The file name, address or record id that the page was read from, as given.
    pub source: String,
    /// When the page was saved, UTC, if the user, the record or the page says so; never guessed.
    #[serde(default, with = "utc")]
    pub captured: Option<DateTime<Utc>>,
    /// The layout that was recognised.
    pub layout: Layout,
    /// The zone in which the page tells the time.
    pub zone: Option<Tz>,
    /// From when to when the page reports.
    pub coverage: Coverage,
    /// The points of the summary block, in order.
    pub summary: Vec<String>,
    /// Video and audio of the page's head or summary.
    pub media: Vec<Media>,
    /// The entries, in the order of the page \[liveBlogUpdate\].
    pub entries: Vec<Entry>,
    /// Everything inferred or doubtful, in the order of the page.
    pub warnings: Vec<Warning>,
}

/// How a page is laid out; each layout has a grammar of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Layout {
    /// BBC News and Sport as captured since about 2023: entries end their titles with `published at …`.
    Bbc,
    /// BBC News from 2014 to mid-2024: a numbered list under `Live Reporting`, without times.
    BbcLiveReporting,
    /// BBC Sport from 2012 to 2014: entries begin with a clock, `19:44:`.
    BbcSport,
    /// HTML of any publisher with a schema.org `LiveBlogPosting` in it.
    SchemaOrg,
    /// Rows of our own, which do not say how their page was laid out.
    #[default]
    OwnJson,
    /// A layout that a later version added, by its name; no page can be read in it.
    #[serde(untagged)]
    Other(Word),
}

impl fmt::Display for Layout {
    /// The layout as it stands in the JSON: `bbc-live-reporting`.
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        self.serialize(to)
    }
}

/// From when to when a page reports, UTC: as the page says, else its earliest and its latest entry, each for itself
/// \[coverageStartTime, coverageEndTime\].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Coverage {
    /// The start.
    #[serde(default, with = "utc")]
    pub start: Option<DateTime<Utc>>,
    /// The end.
    #[serde(default, with = "utc")]
    pub end: Option<DateTime<Utc>>,
}

/// One entry of a live blog \[BlogPosting, an item of liveBlogUpdate\].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Entry {
    /// Unique within the live blog: the publisher's own id if the page carries one, else the first 12 hex digits of
    /// SHA-256 of the stamp's words, else of the title, the first paragraph or the first alternative text. Equal ones
    /// get `-2`, `-3`, counted from the oldest.
    pub id: String,
    /// Its place on the page, from 1.
    pub number: usize,
    /// When it was published, UTC, whole seconds \[datePublished\].
    #[serde(with = "utc")]
    pub published: Option<DateTime<Utc>>,
    /// The same instant with the stamp's own offset: what a reader saw.
    #[serde(with = "local")]
    pub published_local: Option<DateTime<FixedOffset>>,
    /// The words that the time was read from, verbatim: `14:27 British Summer Time 19 June 2023`.
    pub stamp: Option<String>,
    /// When it was last changed, UTC \[dateModified\].
    #[serde(with = "utc")]
    pub modified: Option<DateTime<Utc>>,
    /// The kicker above the title: `Analysis`, `Reality Check` …
    pub label: Option<String>,
    /// Whether it is marked as breaking news.
    pub breaking: bool,
    /// The title \[headline\].
    pub title: Option<String>,
    /// A line between title and byline \[alternativeHeadline\].
    pub subtitle: Option<String>,
    /// The byline's name \[author.name\].
    pub author: Option<String>,
    /// The line under the name: `China correspondent` \[author.jobTitle\].
    pub role: Option<String>,
    /// Further names, where the byline gives several.
    pub co_authors: Vec<String>,
    /// The body's blocks, in order \[articleBody\].
    pub body: Vec<Block>,
    /// The images, in order \[image\].
    pub images: Vec<Image>,
    /// Video and audio.
    pub media: Vec<Media>,
    /// A link to this very entry.
    pub url: Option<String>,
    /// The first and the last of its lines in the source, from 1, both included: from label or title to the last line
    /// that is not blank. Lines end at LF, CR LF or CR alone.
    pub lines: Option<[usize; 2]>,
    /// The codes of the warnings that concern this entry.
    pub doubts: Vec<Code>,
}

/// An image of an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Image {
    /// The alternative text.
    pub alt: Option<String>,
    /// The credit: `Reuters`, `AFP via Getty Images`.
    pub source: Option<String>,
    /// The caption.
    pub caption: Option<String>,
    /// Where the image is.
    pub url: Option<String>,
    /// How many blocks of the body stand before it.
    pub position: usize,
}

/// A video or a recording.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Media {
    /// The caption.
    pub caption: Option<String>,
    /// Where it is.
    pub url: Option<String>,
    /// How many blocks of the body stand before it.
    pub position: usize,
}

/// Something that was inferred, or is doubtful.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Warning {
    /// What kind of doubt it is.
    pub code: Code,
    /// The line of the source, from 1.
    pub line: Option<usize>,
    /// The id of the entry that it concerns.
    pub entry: Option<String>,
    /// What was inferred, and from what.
    pub message: String,
}

/// One entry, told together with the live blog that it belongs to: what row formats print and the archive gives.
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
    /// Whether a later capture no longer had it; the archive alone can know.
    pub removed: bool,
    /// The entry.
    #[serde(flatten)]
    pub entry: Entry,
}

impl Default for LiveBlog {
    /// A live blog of this [`VERSION`], of which nothing is known.
    fn default() -> Self {
        Self {
            version: VERSION,
            title: None,
            standfirst: None,
            authors: Vec::new(),
            url: None,
            source: String::new(),
            captured: None,
            layout: Layout::default(),
            zone: None,
            coverage: Coverage::default(),
            summary: Vec::new(),
            media: Vec::new(),
            entries: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

impl LiveBlog {
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

    /// When the last entry was published.
    pub fn last(&self) -> Option<DateTime<Utc>> {
        self.entries.iter().filter_map(|entry| entry.published).max()
    }
}

/// RFC 3339, letter by letter as chrono's own form, which takes three times as long to make. A time outside the years
/// 0001 to 9999 is read as none.
mod utc {
    use chrono::{DateTime, SecondsFormat, Utc};
    use serde::{Deserializer, Serializer};

    pub fn serialize<S: Serializer>(time: &Option<DateTime<Utc>>, to: S) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => to.serialize_str(&time.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            None => to.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<DateTime<Utc>>, D::Error> {
        Ok(super::local::deserialize(from)?.map(|time| time.to_utc()))
    }
}

/// RFC 3339 with a numeric offset always (`+00:00`, never `Z`): an offset of a local time is not a claim to be UTC. A time
/// outside the years 0001 to 9999 is read as none.
mod local {
    use std::borrow::Cow;

    use chrono::{DateTime, FixedOffset, SecondsFormat};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::time::years;

    pub fn serialize<S: Serializer>(time: &Option<DateTime<FixedOffset>>, to: S) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => to.serialize_str(&time.to_rfc3339_opts(SecondsFormat::Secs, false)),
            None => to.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<DateTime<FixedOffset>>, D::Error> {
        /// Borrowed wherever the format allows it.
        #[derive(Deserialize)]
        struct Words<'a>(#[serde(borrow)] Cow<'a, str>);
        let words = Option::<Words>::deserialize(from)?;
        words.map_or(Ok(None), |Words(words)| years::read(&words)).map_err(D::Error::custom)
    }
}
