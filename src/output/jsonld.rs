//! JSON-LD: a schema.org LiveBlogPosting per live blog, one a line, or one of a timeline.
//!
//! The key `liveblog` contains our own JSON, so that parsing it again loses nothing that schema.org has no word for.

use std::io::{self, Write};

use serde_json::json;

use super::gathered::head_of;
use super::json::{Object, compact};
use super::{Header, Output, describe};
use crate::model::{Image, Media, PageHead, Row, rfc3339};

const POSTING: &str = "LiveBlogPosting";

pub(super) struct JsonLd<W> {
    to: W,
    head: Header,
    /// How many entries the current live blog has so far, if there is one.
    entries: Option<usize>,
    /// The current piece: one write for the many small pieces of JSON.
    piece: Vec<u8>,
}

impl<W: Write> JsonLd<W> {
    pub(super) fn new(to: W) -> Self {
        Self { to, head: Header::default(), entries: None, piece: vec![] }
    }

    fn open(&mut self, page: &PageHead) -> io::Result<()> {
        self.close()?;
        self.entries = Some(0);
        // The object goes on with its entries.
        write!(self.to, "{{{},\"liveBlogUpdate\":[", posting(page)?.members())
    }

    fn close(&mut self) -> io::Result<()> {
        if self.entries.take().is_some() { self.to.write_all(b"]}\n") } else { Ok(()) }
    }
}

impl<W: Write> Output for JsonLd<W> {
    fn begin(&mut self, head: &Header) -> io::Result<()> {
        self.head = head.clone();
        if let Some(only) = &head.only {
            return self.open(only);
        }
        let Some(title) = head.order.title() else { return Ok(()) };
        self.open(&PageHead { page: title.to_owned(), title: Some(title.to_owned()), ..PageHead::default() })
    }

    fn page(&mut self, page: &PageHead) -> io::Result<()> {
        if self.head.order.is_mixed() { Ok(()) } else { self.open(page) }
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        if self.entries.is_none() {
            self.open(&head_of(row))?;
        }
        let entries = self.entries.get_or_insert_default();
        self.piece.clear();
        if std::mem::replace(entries, *entries + 1) > 0 {
            self.piece.push(b',');
        }
        write!(self.piece, "{}", update(row, self.head.names_pages())?)?;
        self.to.write_all(&self.piece)
    }

    fn end(&mut self) -> io::Result<()> {
        self.close()?;
        self.to.flush()
    }
}

/// A live blog, but for its entries.
fn posting(page: &PageHead) -> serde_json::Result<Object> {
    let authors: Vec<_> = page.authors.iter().map(|name| person(name, None)).collect::<Result<_, _>>()?;
    Ok(compact!({
        // The vocabulary: schema.org's, and one term of our own, whose value is plain JSON.
        "@context": json!(["https://schema.org", {"liveblog": {"@id": "urn:x-liveblog:entry", "@type": "@json"}}]),
        "@type": POSTING,
        "headline": describe::title(page),
        "description": page.standfirst,
        "abstract": (!page.summary.is_empty()).then(|| page.summary.join("\n")),
        "author": authors,
        "url": page.url,
        "coverageStartTime": page.coverage.start.map(rfc3339::utc),
        "coverageEndTime": page.coverage.end.map(rfc3339::utc),
        "liveblog": page,
    }))
}

/// An entry; if it is among those of other live blogs, with its own.
fn update(row: &Row, is_mixed: bool) -> serde_json::Result<Object> {
    let entry = &row.entry;
    let author = entry.author.iter().map(|name| person(name, entry.role.as_deref()));
    let authors = author.chain(entry.co_authors.iter().map(|name| person(name, None)));
    let part_of = || Ok(compact!({"@type": POSTING, "headline": describe::page(row), "url": row.page_url}));
    Ok(compact!({
        "@type": "BlogPosting",
        "@id": entry.id,
        "headline": entry.title,
        "alternativeHeadline": entry.subtitle,
        "datePublished": entry.published_local.map(rfc3339::local).or(entry.published.map(rfc3339::utc)),
        "dateModified": entry.modified.map(rfc3339::utc),
        "articleSection": entry.label,
        "author": authors.collect::<serde_json::Result<Vec<_>>>()?,
        "articleBody": Some(entry.text()).filter(|text| !text.is_empty()),
        "image": entry.images.iter().map(image).collect::<serde_json::Result<Vec<_>>>()?,
        "associatedMedia": entry.media.iter().map(media).collect::<serde_json::Result<Vec<_>>>()?,
        "url": entry.url,
        "isPartOf": is_mixed.then(part_of).transpose()?,
        "liveblog": entry,
    }))
}

fn person(name: &str, job_title: Option<&str>) -> serde_json::Result<Object> {
    Ok(compact!({"@type": "Person", "name": name, "jobTitle": job_title}))
}

fn image(image: &Image) -> serde_json::Result<Object> {
    Ok(compact!({
        "@type": "ImageObject",
        "url": image.url,
        "description": image.alt,
        "caption": image.caption,
        "creditText": image.source,
    }))
}

fn media(media: &Media) -> serde_json::Result<Object> {
    Ok(compact!({"@type": "MediaObject", "url": media.url, "caption": media.caption}))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::model::Layout;
    use crate::output::{Arrangement, Format, PrintOptions, sample};

    fn lines(printed: &str) -> Vec<Value> {
        printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn a_live_blog_is_a_live_blog_posting() {
        let page = PageHead { standfirst: Some("All on the flood".into()), ..sample::head() };
        let printed = sample::print_pages(
            &Header::default(),
            Format::JsonLd,
            PrintOptions::default(),
            &[(page, vec![sample::row()])],
        );
        assert_eq!(
            lines(&printed),
            [json!({
                "@context": ["https://schema.org", {"liveblog": {"@id": "urn:x-liveblog:entry", "@type": "@json"}}],
                "@type": "LiveBlogPosting",
                "headline": "Flood",
                "description": "All on the flood",
                "coverageStartTime": "2023-06-19T13:27:00Z",
                "coverageEndTime": "2023-06-19T13:27:00Z",
                "liveblog": {
                    "page": "flood.txt", "title": "Flood", "standfirst": "All on the flood", "authors": [], "url": null,
                    "zone": "Europe/London", "layout": Layout::default(),
                    "coverage": {"start": "2023-06-19T13:27:00Z", "end": "2023-06-19T13:27:00Z"},
                    "summary": [], "media": [],
                },
                "liveBlogUpdate": [{
                    "@type": "BlogPosting",
                    "@id": "0123456789ab",
                    "headline": "Gates, “closed”",
                    "datePublished": "2023-06-19T14:27:00+01:00",
                    "articleSection": "Analysis",
                    "author": [
                        {"@type": "Person", "name": "Ada Example", "jobTitle": "Transport correspondent"},
                        {"@type": "Person", "name": "Bob Example"},
                    ],
                    "articleBody": "The \"old\" gates\n\n• North\n• South",
                    "image": [{"@type": "ImageObject", "description": "A gate", "creditText": "Reuters"}],
                    "associatedMedia": [{"@type": "MediaObject", "caption": "The gates close"}],
                    "liveblog": sample::row().entry,
                }],
            })]
        );
    }

    #[test]
    fn each_live_blog_is_a_posting_on_a_line_of_its_own() {
        let page = |name: &str| PageHead { page: name.into(), ..PageHead::default() };
        let pages = [(page("a"), vec![sample::row(), sample::bare_row()]), (page("b"), vec![sample::row()])];
        let postings = lines(&sample::print_pages(&Header::default(), Format::JsonLd, PrintOptions::default(), &pages));
        let postings: Vec<_> = postings
            .iter()
            .map(|blog| (blog["headline"].as_str().unwrap(), blog["liveBlogUpdate"].as_array().unwrap().len()))
            .collect();
        assert_eq!(postings, [("a", 2), ("b", 1)]);
    }

    #[test]
    fn a_timeline_is_one_posting_whose_entries_name_their_live_blogs() {
        let head = Header { order: Arrangement::Timeline, ..Header::default() };
        let rows = [sample::row(), Row { page: "storm.txt".into(), page_title: None, ..sample::row() }];
        let postings = lines(&sample::print_under(&head, Format::JsonLd, PrintOptions::default(), &rows));
        let [blog] = postings.as_slice() else { panic!("{postings:?}") };
        assert_eq!(blog["headline"], "Timeline");
        let live_blogs: Vec<_> =
            blog["liveBlogUpdate"].as_array().unwrap().iter().map(|entry| &entry["isPartOf"]["headline"]).collect();
        assert_eq!(live_blogs, ["Flood", "storm"]);
    }
}
