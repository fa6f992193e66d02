//! JSON-LD: a schema.org LiveBlogPosting per live blog, one a line, or one of a timeline.
//!
//! What schema.org has no word for, and where its words tell less, stands under the key `liveblog`, in the form of
//! `parse --json`: so nothing is lost when `parse` reads it back.

mod terms;

use std::io::{self, Write};

use self::terms::{Posting, Update};
use super::{Header, Output};
use crate::model::{PageHead, Row};

/// Where the words of the data are explained: schema.org's, and one of our own that holds plain JSON.
const CONTEXT: &str = r#"["https://schema.org",{"liveblog":{"@id":"urn:x-liveblog:entry","@type":"@json"}}]"#;

pub(super) struct JsonLd<W> {
    to: W,
    head: Header,
    /// How many entries the live blog at hand has so far, if there is one.
    entries: Option<usize>,
    /// The piece at hand: JSON is made of many small pieces, which one write takes on.
    piece: Vec<u8>,
}

impl<W: Write> JsonLd<W> {
    pub(super) fn new(to: W) -> Self {
        Self { to, head: Header::default(), entries: None, piece: vec![] }
    }

    fn open(&mut self, page: &PageHead) -> io::Result<()> {
        self.close()?;
        self.entries = Some(0);
        self.piece.clear();
        write!(self.piece, "{{\"@context\":{CONTEXT},")?;
        let start = self.piece.len();
        serde_json::to_writer(&mut self.piece, &Posting::of(page))?;
        // The object goes on with its entries.
        self.piece.remove(start);
        self.piece.pop();
        self.piece.extend_from_slice(b",\"liveBlogUpdate\":[");
        self.to.write_all(&self.piece)
    }

    fn close(&mut self) -> io::Result<()> {
        if self.entries.take().is_some() { self.to.write_all(b"]}\n") } else { Ok(()) }
    }
}

impl<W: Write> Output for JsonLd<W> {
    fn begin(&mut self, head: &Header) -> io::Result<()> {
        self.head = *head;
        let Some(title) = head.order.title() else { return Ok(()) };
        self.open(&PageHead { page: title.to_owned(), title: Some(title.to_owned()), ..PageHead::default() })
    }

    fn page(&mut self, page: &PageHead) -> io::Result<()> {
        if self.head.order.is_mixed() { Ok(()) } else { self.open(page) }
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        if self.entries.is_none() {
            let (page, title, url) = (row.page.clone(), row.page_title.clone(), row.page_url.clone());
            self.open(&PageHead { page, title, url, ..PageHead::default() })?;
        }
        let entries = self.entries.get_or_insert_default();
        self.piece.clear();
        if std::mem::replace(entries, *entries + 1) > 0 {
            self.piece.push(b',');
        }
        serde_json::to_writer(&mut self.piece, &Update::of(row, self.head.order.is_mixed()))?;
        self.to.write_all(&self.piece)
    }

    fn end(&mut self) -> io::Result<()> {
        self.close()?;
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
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
                    "zone": "Europe/London",
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
        let told = lines(&sample::print_pages(&Header::default(), Format::JsonLd, PrintOptions::default(), &pages));
        let told: Vec<_> = told
            .iter()
            .map(|blog| (blog["headline"].as_str().unwrap(), blog["liveBlogUpdate"].as_array().unwrap().len()))
            .collect();
        assert_eq!(told, [("a", 2), ("b", 1)]);
    }

    #[test]
    fn a_timeline_is_one_posting_whose_entries_name_their_live_blogs() {
        let head = Header { order: Arrangement::Timeline, zone: None };
        let rows = [sample::row(), Row { page: "storm.txt".into(), page_title: None, ..sample::row() }];
        let told = lines(&sample::print_under(&head, Format::JsonLd, PrintOptions::default(), &rows));
        let [blog] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!(blog["headline"], "Timeline");
        let live_blogs: Vec<_> =
            blog["liveBlogUpdate"].as_array().unwrap().iter().map(|entry| &entry["isPartOf"]["headline"]).collect();
        assert_eq!(live_blogs, ["Flood", "storm.txt"]);
    }
}
