//! The data: a live blog, its entries, and what is doubtful about them.
//!
//! Names are the words that users use; the [schema.org] term stands in brackets. In the JSON every key is always
//! present: what the page does not give is `null`, `[]` or `false`. Within a [`VERSION`], keys are added, never changed.
//!
//! What any version wrote is read by every other: a missing key gets its default, an unknown one is ignored, and a code,
//! a layout or a block that a later version added is kept as it was written.
//!
//! # Where the fields come from
//!
//! Each field lists the layouts that give it; where one is missing, it never does.
//!
//! - **bbc**, **live reporting**, **sport**: the text of BBC pages; the document of a page in HTML is read as the same
//!   lines, and gives links and addresses in addition.
//! - **schema.org**: JSON-LD or microdata. What the data lacks is taken from the document around it, by the rules of
//!   **bbc** or of the element that the entry is in.
//! - **Our own JSON** is not listed: every field has a key of its own name, none is required, and a missing one has the
//!   value that [`LiveBlog::default`] or [`Entry::default`] gives it.
//!
//! Nothing is required but one entry, and of an entry nothing but that one can see where it begins.
//!
//! [schema.org]: https://schema.org/LiveBlogPosting

mod block;
mod code;
pub(crate) mod rfc3339;
mod row;

use std::fmt;

use chrono::{DateTime, FixedOffset, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub use block::{Block, Link, OtherBlock};
pub(crate) use code::ELEMENTS_LEFT_OUT;
pub use code::{Code, Word};
pub use row::{Excerpt, PageHead, Row, Span};

/// The version of the JSON form.
pub const VERSION: u32 = 1;

/// The JSON Schema, draft 2020-12, of a live blog's JSON; that of a row is under `$defs/row`.
pub const SCHEMA: &str = include_str!("schema.json");

/// One parsed live page \[LiveBlogPosting\].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct LiveBlog {
    /// The version of this form: [`VERSION`].
    pub version: u32,
    /// The page's headline \[headline\].
    ///
    /// - bbc: a line above `Summary` or the first entry, which dumps of the BBC's own pages lack; in HTML, `h1`, else
    ///   `og:title`
    /// - live reporting: the line above the standfirst, or after the badge `Live`
    /// - sport: the first line
    /// - schema.org: `headline`, else `name`; else as in HTML
    ///
    /// A title that is inferred from its place has the code [`TitleInferred`](Code::TitleInferred).
    pub title: Option<String>,
    /// The line under the headline \[description\].
    ///
    /// - bbc: in HTML only, the description in the head
    /// - live reporting, sport: the line under the title
    /// - schema.org: `description`
    pub standfirst: Option<String>,
    /// The page's own credits: editors, writers \[author\].
    ///
    /// - bbc: `Edited by A and B` before the first entry
    /// - live reporting: the same, `By A and B`, bare names, or an organisation
    /// - sport: `Reporters: A and B`
    /// - schema.org: `author`, a name or a person or a list of either
    pub authors: Vec<String>,
    /// Where the page was published \[url\].
    ///
    /// All layouts: as the user says, else as in the data (`url`, `@id`, `mainEntityOfPage`), the head (`og:url`,
    /// canonical link), or the note of whoever saved the page. Text alone never holds it.
    pub url: Option<String>,
    /// The file name, address or record id that the page was read from, as given. Always present.
    pub source: String,
    /// When the page was saved, UTC; never guessed.
    ///
    /// All layouts: as the user or the record says, else as SingleFile, a browser or the Internet Archive notes in the
    /// HTML.
    #[serde(default, with = "utc")]
    pub captured: Option<DateTime<Utc>>,
    /// The layout that the page was read by. Always present.
    pub layout: Layout,
    /// The zone in which the page gives its times.
    ///
    /// - bbc: the region of most stamps' zones, else `Europe/London`
    /// - live reporting: none, unless it has times
    /// - sport: `Europe/London`
    /// - schema.org: the zone that the user says; offsets name no zone
    pub zone: Option<Tz>,
    /// From when to when the page reports, UTC.
    ///
    /// - schema.org: `coverageStartTime`, `coverageEndTime`
    /// - the others, and where the data lacks one: the earliest and the latest entry
    pub coverage: Coverage,
    /// The points of the summary, in order.
    ///
    /// - bbc: the lines between `Summary` and the first entry
    /// - live reporting: numbered points before `Live Reporting`
    /// - sport: the lines under `Key Points`
    /// - schema.org: those of the document
    pub summary: Vec<String>,
    /// Video and audio of the page's head or summary.
    ///
    /// - bbc, live reporting: captions among the lines of the summary
    /// - schema.org: those of the document
    pub media: Vec<Media>,
    /// The entries, in the order of the page \[liveBlogUpdate\]. At least one, or the page is no live blog.
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
    /// Rows of our own JSON, which do not record the layout of their page.
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
    /// Unique within the live blog. Always present.
    ///
    /// - schema.org: the publisher's own id, from `@id`, or from the fragment or the query of the address
    /// - bbc in HTML: the `id` of the entry's element
    /// - all others, and where there is none: the first 12 hex digits of SHA-256 of the stamp's words, else of the title, the first paragraph or
    ///   the first alternative text; equal ones get `-2`, `-3`, counted from the oldest
    pub id: String,
    /// Its place on the page, from 1. Always present.
    pub number: usize,
    /// When it was published, UTC, whole seconds \[datePublished\].
    ///
    /// - bbc: the stamp; what it leaves out is in the `datetime` of the HTML, or inferred, with a code
    /// - live reporting: none, because its dumps hold no times
    /// - sport: the clock before the entry, on the date of the page's header; none where the numbers have a gap
    /// - schema.org: `datePublished`, else `dateCreated`; the document's, where the data repeats the page's own
    #[serde(with = "utc")]
    pub published: Option<DateTime<Utc>>,
    /// The same instant with the stamp's own offset: what a reader saw.
    #[serde(with = "local")]
    pub published_local: Option<DateTime<FixedOffset>>,
    /// The words that the time was read from, verbatim: `14:27 British Summer Time 19 June 2023`. Present also where
    /// they are no time, such as `Lap 16/52`.
    pub stamp: Option<String>,
    /// When it was last changed, UTC \[dateModified\].
    ///
    /// - bbc: `updated at …`
    /// - schema.org: `dateModified`
    #[serde(with = "utc")]
    pub modified: Option<DateTime<Utc>>,
    /// The kicker above the title: `Analysis`, `Reality Check` …
    ///
    /// - bbc: the number's line, if the next one ends in a stamp; without numbers, a known label alone
    /// - live reporting: a known label on the number's line
    /// - schema.org: the document's
    pub label: Option<String>,
    /// Whether it is marked as breaking news.
    ///
    /// - bbc: `Breaking` under the stamp
    /// - live reporting: `Breaking` glued before the title
    /// - schema.org: the document's
    pub breaking: bool,
    /// The title \[headline\].
    ///
    /// - bbc: the words before the stamp, unless they are the placeholder `Post`
    /// - live reporting: the number's line, or the next one
    /// - sport: the line under the clock, if it is adjacent and no author
    /// - schema.org: `headline`, else `name`; the document's, where the data repeats the page's own
    pub title: Option<String>,
    /// A line between title and byline \[alternativeHeadline\].
    ///
    /// - bbc, live reporting: a short line there, only where a byline follows
    /// - schema.org: `alternativeHeadline`, else `alternateName`
    pub subtitle: Option<String>,
    /// The byline's name \[author.name\]; no entry inherits another's.
    ///
    /// - bbc: the first of two adjacent lines under the title, or an organisation alone
    /// - live reporting: the same in two paragraphs; a reader's channel
    /// - sport: `NAME, ROLE` under the clock
    /// - schema.org: the first of `author`; the document's, where the data's is the page's
    pub author: Option<String>,
    /// What the author is: `China correspondent` \[author.jobTitle\].
    ///
    /// - bbc, live reporting: the second line of the byline
    /// - sport: the words after the name
    /// - schema.org: `jobTitle`, else the document's if the author is the same
    pub role: Option<String>,
    /// Further names, where the byline or `author` gives several.
    pub co_authors: Vec<String>,
    /// The body's blocks, in order \[articleBody\].
    ///
    /// - bbc, live reporting, sport: one paragraph per line; lists, quotes, embeds and cards by their marks
    /// - schema.org: `articleBody`, else `text` or `description`; the document's, where it says the same and more
    pub body: Vec<Block>,
    /// The images, in order \[image\].
    ///
    /// - bbc: lines with `Image source,` or `Image caption,`, and adjacent alternative texts
    /// - live reporting: `Image caption:`, and a short line alone between paragraphs
    /// - schema.org: those within the body, else `image`, else the document's
    pub images: Vec<Image>,
    /// Video and audio.
    ///
    /// - bbc: `Media caption,`
    /// - live reporting: `Video content`, `Video caption:`
    /// - schema.org: those within the body, else `video` and `audio`, else the document's
    pub media: Vec<Media>,
    /// A link to this very entry.
    ///
    /// - schema.org: `url`, else `@id` or `mainEntityOfPage`
    pub url: Option<String>,
    /// The first and the last of its lines in the source, from 1, both included: from label or title to the last line
    /// that is not blank. Lines end at LF, CR LF or CR alone. Only from text; the lines of HTML mean nothing to a reader.
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
    ///
    /// - bbc: the words before `Image source,`, or a line of their own
    /// - live reporting: a short line alone between paragraphs
    /// - HTML: `alt`
    pub alt: Option<String>,
    /// The credit: `Reuters`, `AFP via Getty Images`.
    ///
    /// - bbc: the words after `Image source,`
    /// - live reporting: `Copyright: X`, or a bare credit
    /// - schema.org: `creditText`
    pub source: Option<String>,
    /// The caption.
    ///
    /// - bbc: the line after `Image caption,`
    /// - live reporting: the words after `Image caption:`
    /// - schema.org: `caption`; in HTML, `figcaption`
    pub caption: Option<String>,
    /// Where the image is; from HTML and data only.
    pub url: Option<String>,
    /// How many blocks of the body stand before it; 0 where data does not say.
    pub position: usize,
}

/// A video or a recording.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Media {
    /// The caption.
    pub caption: Option<String>,
    /// Where it is; from HTML and data only.
    pub url: Option<String>,
    /// How many blocks of the body stand before it; 0 where data does not say.
    pub position: usize,
}

/// Something that was inferred, or is doubtful.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Warning {
    /// What kind of doubt it is.
    pub code: Code,
    /// The line of the source, from 1; from text only.
    pub line: Option<usize>,
    /// The id of the entry that it concerns; none if it concerns the page.
    pub entry: Option<String>,
    /// What was inferred, and from what.
    pub message: String,
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
    /// When the last entry was published, UTC.
    pub fn last(&self) -> Option<DateTime<Utc>> {
        self.entries.iter().filter_map(|entry| entry.published).max()
    }
}

/// RFC 3339 in UTC. A time outside the years 0001 to 9999 is read as none.
mod utc {
    use chrono::{DateTime, Utc};
    use serde::{Deserializer, Serializer};

    pub fn serialize<S: Serializer>(time: &Option<DateTime<Utc>>, to: S) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => to.serialize_str(&super::rfc3339::utc(*time)),
            None => to.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<DateTime<Utc>>, D::Error> {
        Ok(super::local::deserialize(from)?.map(|time| time.to_utc()))
    }
}

/// RFC 3339 with an offset. A time outside the years 0001 to 9999 is read as none.
mod local {
    use std::borrow::Cow;

    use chrono::{DateTime, FixedOffset};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::time::years;

    pub fn serialize<S: Serializer>(time: &Option<DateTime<FixedOffset>>, to: S) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => to.serialize_str(&super::rfc3339::local(*time)),
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
