//! JSON Feed 1.1: a feed of entries, each with the name of its live blog under `_liveblog`.

use std::io::{self, Write};

use serde_json::json;

use super::Feed;
use crate::model::{Row, rfc3339};
use crate::output::json::{Object, compact};
use crate::output::markup::Body;
use crate::output::{Header, Output, PrintOptions, describe};

pub(in crate::output) struct JsonFeed<W> {
    to: W,
    feed: Feed,
    images: bool,
    items: usize,
    /// The current item: one write for the many small pieces of JSON.
    item: Vec<u8>,
}

impl<W: Write> JsonFeed<W> {
    pub(in crate::output) fn new(to: W, options: PrintOptions) -> Self {
        Self { to, feed: Feed::default(), images: options.images, items: 0, item: vec![] }
    }
}

impl<W: Write> Output for JsonFeed<W> {
    fn begin(&mut self, head: &Header) -> io::Result<()> {
        self.feed = Feed::new(head.order);
        self.to.write_all(b"{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[")
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        self.feed.take(row);
        self.item.clear();
        self.item.extend_from_slice(if self.items > 0 { b",\n" } else { b"\n" });
        self.items += 1;
        write!(self.item, "{}", item(row, self.images)?)?;
        self.to.write_all(&self.item)
    }

    fn end(&mut self) -> io::Result<()> {
        let title = serde_json::to_string(self.feed.title())?;
        write!(self.to, "\n],\"title\":{title}")?;
        if let Some(url) = self.feed.url() {
            write!(self.to, ",\"home_page_url\":{}", serde_json::to_string(url)?)?;
        }
        self.to.write_all(b"}\n")?;
        self.to.flush()
    }
}

fn item(row: &Row, images: bool) -> serde_json::Result<Object> {
    let entry = &row.entry;
    let authors = entry.author.iter().chain(&entry.co_authors).map(|name| json!({"name": name}));
    Ok(compact!({
        "id": super::entry_id(row),
        "url": entry.url,
        "title": super::title(row),
        "content_html": Body { entry, images }.to_string(),
        "image": entry.images.iter().find_map(|image| image.url.as_deref()).filter(|_| images),
        "date_published": describe::local(row, None).map(rfc3339::local),
        "date_modified": entry.modified.map(rfc3339::utc),
        "authors": authors.collect::<Vec<_>>(),
        "tags": super::tags(row).collect::<Vec<_>>(),
        "_liveblog": json!({"page": row.page, "page_title": row.page_title}),
    }))
}

#[cfg(test)]
mod tests {
    use feed_rs::parser;

    use super::*;
    use crate::output::{Format, sample};

    fn print(rows: &[Row]) -> String {
        sample::print(Format::JsonFeed, PrintOptions::default(), rows)
    }

    #[test]
    fn items_come_first_and_the_feed_says_then_what_it_is() {
        let mut row = sample::row();
        row.page_url = Some("https://example.org/flood".into());
        row.entry.url = Some("https://example.org/flood#1".into());
        row.entry.body.truncate(1);
        (row.entry.images, row.entry.media) = (vec![], vec![]);
        assert_eq!(
            print(&[row]),
            r#"{"version":"https://jsonfeed.org/version/1.1","items":[
{"id":"https://example.org/flood#0123456789ab","url":"https://example.org/flood#1","title":"Gates, “closed”","content_html":"<p>The &quot;old&quot; gates</p>\n","date_published":"2023-06-19T14:27:00+01:00","authors":[{"name":"Ada Example"},{"name":"Bob Example"}],"tags":["Breaking","Analysis"],"_liveblog":{"page":"flood.txt","page_title":"Flood"}}
],"title":"Flood","home_page_url":"https://example.org/flood"}
"#
        );
    }

    #[test]
    fn feed_readers_read_it() {
        let feed = parser::parse(print(&[sample::row(), sample::bare_row()]).as_bytes()).unwrap();
        assert_eq!((feed.title.unwrap().content.as_str(), feed.entries.len()), ("Flood", 2));
        assert_eq!(feed.entries[0].title.as_ref().unwrap().content, "Gates, “closed”");
        assert_eq!(feed.entries[0].published, sample::row().entry.published);
    }

    #[test]
    fn no_entries_are_a_feed_too() {
        assert_eq!(
            print(&[]),
            "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[\n],\"title\":\"Live blogs\"}\n"
        );
    }
}
