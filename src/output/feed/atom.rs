//! Atom, RFC 4287: a feed of entries, those of several live blogs under the source of each.

use std::io::{self, Write};

use super::Feed;
use crate::model::{Row, rfc3339};
use crate::output::markup::{Body, Escaped, address};
use crate::output::{Header, Output, PrintOptions, describe};

pub(in crate::output) struct Atom<W> {
    to: W,
    feed: Feed,
    images: bool,
}

impl<W: Write> Atom<W> {
    pub(in crate::output) fn new(to: W, options: PrintOptions) -> Self {
        Self { to, feed: Feed::default(), images: options.images }
    }

    fn element(&mut self, name: &str, text: &str) -> io::Result<()> {
        writeln!(self.to, "<{name}>{}</{name}>", Escaped(text))
    }

    fn link(&mut self, url: Option<&str>) -> io::Result<()> {
        match url.and_then(address) {
            Some(url) => writeln!(self.to, "<link rel=\"alternate\" href=\"{}\"/>", Escaped(url)),
            None => Ok(()),
        }
    }
}

impl<W: Write> Output for Atom<W> {
    fn begin(&mut self, head: &Header) -> io::Result<()> {
        self.feed = Feed::new(head.order);
        self.to.write_all(b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n")
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        self.feed.take(row);
        let entry = &row.entry;
        self.to.write_all(b"<entry>\n")?;
        self.element("id", &super::entry_id(row))?;
        self.element("title", &super::title(row))?;
        if let Some(published) = describe::local(row, None) {
            self.element("published", &rfc3339::local(published))?;
        }
        self.element("updated", &rfc3339::utc(super::updated(row)))?;
        self.link(entry.url.as_deref())?;
        // Atom requires an author; an unknown one is not invented.
        let nobody = entry.author.is_none() && entry.co_authors.is_empty();
        for name in entry.author.iter().chain(&entry.co_authors).map(String::as_str).chain(nobody.then_some("unknown"))
        {
            writeln!(self.to, "<author><name>{}</name></author>", Escaped(name))?;
        }
        for tag in super::tags(row) {
            writeln!(self.to, "<category term=\"{}\"/>", Escaped(tag))?;
        }
        // HTML within XML is escaped as any text is.
        let body = Body { entry, images: self.images }.to_string();
        writeln!(self.to, "<content type=\"html\">{}</content>", Escaped(&body))?;
        self.to.write_all(b"<source>\n")?;
        self.element("id", &super::page_id(&row.page, row.page_url.as_deref()))?;
        self.element("title", describe::page(row))?;
        self.to.write_all(b"</source>\n</entry>\n")
    }

    fn end(&mut self) -> io::Result<()> {
        let feed = std::mem::take(&mut self.feed);
        self.element("id", &feed.id())?;
        self.element("title", feed.title())?;
        self.element("updated", &rfc3339::utc(feed.updated()))?;
        self.link(feed.url())?;
        self.element("generator", "liveblog")?;
        self.to.write_all(b"</feed>\n")?;
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use feed_rs::parser;

    use super::*;
    use crate::model::Row;
    use crate::output::{Format, sample};

    fn print(rows: &[Row]) -> String {
        sample::print(Format::Atom, PrintOptions::default(), rows)
    }

    #[test]
    fn entries_come_first_and_the_feed_says_then_what_it_is() {
        let mut row = sample::row();
        row.page_url = Some("https://example.org/flood".into());
        row.entry.title = Some("<script>alert(1)</script>".into());
        row.entry.body.truncate(1);
        (row.entry.images, row.entry.media) = (vec![], vec![]);
        assert_eq!(
            print(&[row]),
            r#"<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<entry>
<id>https://example.org/flood#0123456789ab</id>
<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>
<published>2023-06-19T14:27:00+01:00</published>
<updated>2023-06-19T13:27:00Z</updated>
<author><name>Ada Example</name></author>
<author><name>Bob Example</name></author>
<category term="Breaking"/>
<category term="Analysis"/>
<content type="html">&lt;p&gt;The &amp;quot;old&amp;quot; gates&lt;/p&gt;
</content>
<source>
<id>https://example.org/flood</id>
<title>Flood</title>
</source>
</entry>
<id>https://example.org/flood</id>
<title>Flood</title>
<updated>2023-06-19T13:27:00Z</updated>
<link rel="alternate" href="https://example.org/flood"/>
<generator>liveblog</generator>
</feed>
"#
        );
    }

    #[test]
    fn a_page_without_address_or_times_is_a_valid_feed() {
        let feed = parser::parse(print(&[sample::bare_row()]).as_bytes()).unwrap();
        assert!(feed.id.starts_with("urn:uuid:"), "{}", feed.id);
        let [entry] = feed.entries.as_slice() else { panic!("{feed:?}") };
        assert!(entry.id.starts_with("urn:uuid:") && entry.id != feed.id, "{}", entry.id);
        assert_eq!(entry.authors[0].name.as_deref(), Some("unknown"));
        assert_eq!((entry.published, entry.updated), (None, Some(DateTime::UNIX_EPOCH)));
        assert_eq!(entry.title.as_ref().unwrap().content, "Entry 2");
    }

    #[test]
    fn what_a_page_says_is_read_back_as_it_is() {
        let title = "“Wet” & <b>cold</b> 🌊 ]]> \u{1}&amp;";
        let mut row = sample::row();
        row.entry.title = Some(title.into());
        let feed = parser::parse(print(&[row]).as_bytes()).unwrap();
        assert_eq!(feed.entries[0].title.as_ref().unwrap().content, title.replace('\u{1}', ""));
    }

    #[test]
    fn several_live_blogs_differ_by_their_sources() {
        let rows = [sample::row(), Row { page: "storm.txt".into(), page_title: None, ..sample::row() }];
        let printed = print(&rows);
        let feed = parser::parse(printed.as_bytes()).unwrap();
        assert_eq!(feed.title.unwrap().content, "Live blogs");
        assert_ne!(feed.entries[0].id, feed.entries[1].id);
        let sources: Vec<_> = printed.split("<source>").skip(1).map(|source| source.lines().nth(2).unwrap()).collect();
        assert_eq!(sources, ["<title>Flood</title>", "<title>storm.txt</title>"]);
    }

    #[test]
    fn no_entries_are_a_feed_too() {
        let feed = parser::parse(print(&[]).as_bytes()).unwrap();
        assert_eq!(feed.entries.len(), 0);
    }
}
