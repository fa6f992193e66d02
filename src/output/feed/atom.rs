//! Atom, RFC 4287: a feed of entries, those of several live blogs under the source of each.

use std::io::{self, Write};

use super::Feed;
use crate::model::{PageHead, Row, rfc3339};
use crate::output::markup::{Body, Escaped, address};
use crate::output::{Header, Output, PrintOptions, describe};

pub(in crate::output) struct Atom<W> {
    to: W,
    feed: Feed,
    images: bool,
    /// The address at which the feed will be published.
    feed_url: Option<String>,
    /// The entries so far.
    entries: Vec<u8>,
}

impl<W: Write> Atom<W> {
    pub(in crate::output) fn new(to: W, options: PrintOptions) -> Self {
        Self { to, feed: Feed::default(), images: options.images, feed_url: options.feed_url, entries: vec![] }
    }
}

fn write_element(to: &mut impl Write, name: &str, text: &str) -> io::Result<()> {
    writeln!(to, "<{name}>{}</{name}>", Escaped(text))
}

fn write_author(to: &mut impl Write, name: &str) -> io::Result<()> {
    writeln!(to, "<author><name>{}</name></author>", Escaped(name))
}

fn write_link(to: &mut impl Write, relation: &str, url: Option<&str>) -> io::Result<()> {
    match url.and_then(address) {
        Some(url) => writeln!(to, "<link rel=\"{relation}\" href=\"{}\"/>", Escaped(url)),
        None => Ok(()),
    }
}

impl<W: Write> Output for Atom<W> {
    fn begin(&mut self, head: &Header) -> io::Result<()> {
        self.feed = Feed::new(head);
        Ok(())
    }

    fn page(&mut self, page: &PageHead) -> io::Result<()> {
        self.feed.page(page);
        Ok(())
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        let published = self.feed.published(row);
        let source = self.feed.take(row);
        let (to, entry) = (&mut self.entries, &row.entry);
        to.write_all(b"<entry>\n")?;
        write_element(to, "id", &super::entry_id(row))?;
        write_element(to, "title", &describe::entry(row))?;
        if let Some(published) = published {
            write_element(to, "published", &published)?;
        }
        write_element(to, "updated", &rfc3339::utc(super::updated(row)))?;
        write_link(to, "alternate", entry.url.as_deref())?;
        entry.author.iter().chain(&entry.co_authors).try_for_each(|name| write_author(to, name))?;
        for tag in super::tags(row) {
            writeln!(to, "<category term=\"{}\"/>", Escaped(tag))?;
        }
        // HTML within XML is escaped as any text is.
        let body = Body { entry, images: self.images }.to_string();
        writeln!(to, "<content type=\"html\">{}</content>", Escaped(&body))?;
        to.write_all(b"<source>\n")?;
        write_element(to, "id", &source.id)?;
        write_element(to, "title", &source.title)?;
        write_author(to, &source.author)?;
        to.write_all(b"</source>\n</entry>\n")
    }

    fn end(&mut self) -> io::Result<()> {
        let (to, feed) = (&mut self.to, &self.feed);
        to.write_all(b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n")?;
        write_element(to, "id", &feed.id())?;
        write_element(to, "title", feed.title())?;
        write_element(to, "updated", &rfc3339::utc(feed.updated()))?;
        // The author of all entries that name none.
        write_author(to, feed.author())?;
        write_link(to, "self", self.feed_url.as_deref())?;
        write_link(to, "alternate", feed.url())?;
        write_element(to, "generator", "liveblog")?;
        to.write_all(&self.entries)?;
        to.write_all(b"</feed>\n")?;
        to.flush()
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use feed_rs::parser;

    use super::*;
    use crate::output::{Format, sample};

    fn print(rows: &[Row]) -> String {
        sample::print(Format::Atom, PrintOptions::default(), rows)
    }

    #[test]
    fn the_feed_says_what_it_is_and_then_come_its_entries() {
        let mut row = sample::row();
        row.page_url = Some("https://www.example.org/flood".into());
        row.entry.title = Some("<script>alert(1)</script>".into());
        row.entry.body.truncate(1);
        (row.entry.images, row.entry.media) = (vec![], vec![]);
        let options =
            PrintOptions { feed_url: Some("https://example.org/flood.atom".into()), ..PrintOptions::default() };
        assert_eq!(
            sample::print(Format::Atom, options, &[row]),
            r#"<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>https://www.example.org/flood</id>
<title>Flood</title>
<updated>2023-06-19T13:27:00Z</updated>
<author><name>example.org</name></author>
<link rel="self" href="https://example.org/flood.atom"/>
<link rel="alternate" href="https://www.example.org/flood"/>
<generator>liveblog</generator>
<entry>
<id>https://www.example.org/flood#0123456789ab</id>
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
<id>https://www.example.org/flood</id>
<title>Flood</title>
<author><name>example.org</name></author>
</source>
</entry>
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
        assert_eq!((feed.authors[0].name.as_deref(), entry.authors.len()), (Some("flood"), 0));
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
        assert_eq!(sources, ["<title>Flood</title>", "<title>storm</title>"]);
    }

    #[test]
    fn no_entries_are_a_feed_too() {
        let feed = parser::parse(print(&[]).as_bytes()).unwrap();
        assert_eq!(feed.entries.len(), 0);
    }
}
