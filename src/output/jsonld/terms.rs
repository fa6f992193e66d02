//! Live blogs and entries in the words of schema.org.

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use serde::Serialize;

use crate::model::{Entry, Image, Media, PageHead, Row};
use crate::output::describe;

const POSTING: &str = "LiveBlogPosting";

/// A live blog, but for its entries.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Posting<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    headline: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(rename = "abstract", skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Person<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage_start_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage_end_time: Option<String>,
    liveblog: &'a PageHead,
}

impl<'a> Posting<'a> {
    pub(super) fn of(page: &'a PageHead) -> Self {
        Self {
            kind: POSTING,
            headline: page.title.as_deref().unwrap_or(&page.page),
            description: page.standfirst.as_deref(),
            summary: (!page.summary.is_empty()).then(|| page.summary.join("\n")),
            author: page.authors.iter().map(|name| Person::of(name, None)).collect(),
            url: page.url.as_deref(),
            coverage_start_time: page.coverage.start.map(utc),
            coverage_end_time: page.coverage.end.map(utc),
            liveblog: page,
        }
    }
}

/// The live blog of an entry that stands among those of others.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    headline: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

/// An entry.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Update<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternative_headline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article_section: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Person<'a>>,
    #[serde(skip_serializing_if = "String::is_empty")]
    article_body: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    image: Vec<ImageObject<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    associated_media: Vec<MediaObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<Whole<'a>>,
    liveblog: &'a Entry,
}

impl<'a> Update<'a> {
    pub(super) fn of(row: &'a Row, is_mixed: bool) -> Self {
        let entry = &row.entry;
        let author = entry.author.iter().map(|name| Person::of(name, entry.role.as_deref()));
        Self {
            kind: "BlogPosting",
            id: &entry.id,
            headline: entry.title.as_deref(),
            alternative_headline: entry.subtitle.as_deref(),
            date_published: entry.published_local.map(local).or(entry.published.map(utc)),
            date_modified: entry.modified.map(utc),
            article_section: entry.label.as_deref(),
            author: author.chain(entry.co_authors.iter().map(|name| Person::of(name, None))).collect(),
            article_body: entry.text(),
            image: entry.images.iter().map(ImageObject::of).collect(),
            associated_media: entry.media.iter().map(MediaObject::of).collect(),
            url: entry.url.as_deref(),
            is_part_of: is_mixed.then(|| Whole {
                kind: POSTING,
                headline: describe::page(row),
                url: row.page_url.as_deref(),
            }),
            liveblog: entry,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Person<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    job_title: Option<&'a str>,
}

impl<'a> Person<'a> {
    fn of(name: &'a str, job_title: Option<&'a str>) -> Self {
        Self { kind: "Person", name, job_title }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ImageObject<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit_text: Option<&'a str>,
}

impl<'a> ImageObject<'a> {
    fn of(image: &'a Image) -> Self {
        Self {
            kind: "ImageObject",
            url: image.url.as_deref(),
            description: image.alt.as_deref(),
            caption: image.caption.as_deref(),
            credit_text: image.source.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct MediaObject<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<&'a str>,
}

impl<'a> MediaObject<'a> {
    fn of(media: &'a Media) -> Self {
        Self { kind: "MediaObject", url: media.url.as_deref(), caption: media.caption.as_deref() }
    }
}

fn utc(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn local(time: DateTime<FixedOffset>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, false)
}
