//! JSON Feed 1.1: a feed of entries, each with the name of its live blog under `_liveblog`.

use std::io::{self, Write};

use serde_json::json;

use super::Feed;
use crate::input::display_name;
use crate::model::{PageHead, Row, rfc3339};
use crate::output::json::{Object, compact};
use crate::output::markup::Body;
use crate::output::{Header, Output, PrintOptions, describe};

pub(in crate::output) struct JsonFeed<W> {
    to: W,
    feed: Feed,
    images: bool,
    /// The address at which the feed will be published.
    feed_url: Option<String>,
    /// The items so far, each on a line.
    items: Vec<u8>,
}

impl<W: Write> JsonFeed<W> {
    pub(in crate::output) fn new(to: W, options: PrintOptions) -> Self {
        Self { to, feed: Feed::default(), images: options.images, feed_url: options.feed_url, items: vec![] }
    }
}

impl<W: Write> Output for JsonFeed<W> {
    fn begin(&mut self, head: &Header) -> io::Result<()> {
        self.feed = Feed::new(head);
        Ok(())
    }

    fn page(&mut self, page: &PageHead) -> io::Result<()> {
        self.feed.page(page);
        Ok(())
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        self.feed.take(row);
        self.items.extend_from_slice(if self.items.is_empty() { b"\n" } else { b",\n" });
        write!(self.items, "{}", item(row, self.feed.published(row), self.images)?)
    }

    fn end(&mut self) -> io::Result<()> {
        let (to, feed) = (&mut self.to, &self.feed);
        let head = compact!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title(),
            "home_page_url": feed.url(),
            "feed_url": self.feed_url,
            "authors": [json!({"name": feed.author()})],
        });
        write!(to, "{{{},\"items\":[", head.members())?;
        to.write_all(&self.items)?;
        to.write_all(b"\n]}\n")?;
        to.flush()
    }
}

fn item(row: &Row, published: Option<String>, images: bool) -> serde_json::Result<Object> {
    let entry = &row.entry;
    let authors = entry.author.iter().chain(&entry.co_authors).map(|name| json!({"name": name}));
    Ok(compact!({
        "id": super::entry_id(row),
        "url": entry.url,
        "title": describe::entry(row),
        "content_html": Body { entry, images }.to_string(),
        "image": entry.images.iter().find_map(|image| image.url.as_deref()).filter(|_| images),
        "date_published": published,
        "date_modified": entry.modified.map(rfc3339::utc),
        "authors": authors.collect::<Vec<_>>(),
        "tags": super::tags(row).collect::<Vec<_>>(),
        "_liveblog": json!({"page": display_name(&row.page), "page_title": row.page_title}),
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
    fn the_feed_says_what_it_is_and_then_come_its_items() {
        let mut row = sample::row();
        row.page_url = Some("https://example.org/flood".into());
        row.entry.url = Some("https://example.org/flood#1".into());
        row.entry.body.truncate(1);
        (row.entry.images, row.entry.media) = (vec![], vec![]);
        assert_eq!(
            print(&[row]),
            r#"{"version":"https://jsonfeed.org/version/1.1","title":"Flood","home_page_url":"https://example.org/flood","authors":[{"name":"example.org"}],"items":[
{"id":"https://example.org/flood#0123456789ab","url":"https://example.org/flood#1","title":"Gates, “closed”","content_html":"<p>The &quot;old&quot; gates</p>\n","date_published":"2023-06-19T14:27:00+01:00","authors":[{"name":"Ada Example"},{"name":"Bob Example"}],"tags":["Breaking","Analysis"],"_liveblog":{"page":"flood","page_title":"Flood"}}
]}
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
            "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Live blogs\",\
             \"authors\":[{\"name\":\"Live blogs\"}],\"items\":[\n]}\n"
        );
    }
}
