//! Invented live blogs, and an archive of its own for each test.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use liveblog::archive::{Archive, Capture, Error, Stored};
use liveblog::input::Document;
use liveblog::model::{Block, Entry, Layout, LiveBlog, Row};
use liveblog::query::Query;

/// A query for all entries, asked in the evening of 20 June 2023.
pub fn query() -> Query {
    Query::new(at("23:00"))
}

/// An archive in a folder that goes with it.
pub struct Home {
    pub archive: Archive,
    pub folder: tempfile::TempDir,
}

impl Home {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { archive: Archive::open(&folder.path().join("archive.db")).unwrap(), folder }
    }

    /// Keeps a page that was saved on 20 June 2023 at `captured`, such as `14:30`.
    pub fn store(&mut self, captured: &str, blog: LiveBlog) -> Stored {
        self.store_as(None, captured, blog)
    }

    pub fn store_as(&mut self, name: Option<&str>, captured: &str, mut blog: LiveBlog) -> Stored {
        blog.captured = Some(at(captured));
        let document = document(&blog);
        self.archive.store(&Capture::new(&document, &blog, at("23:00")).named(name)).unwrap()
    }

    pub fn rows(&self, query: &Query) -> Vec<Row> {
        let mut rows = Vec::new();
        self.archive
            .select(query, |row| {
                rows.push(row);
                Ok::<_, Error>(())
            })
            .unwrap();
        assert_eq!(self.archive.count(query).unwrap().entries, rows.len());
        rows
    }

    /// Each entry that is selected in a line: `14:05 Gate closed: It is shut.`, `-` before it if removed.
    pub fn lines(&self, query: &Query) -> Vec<String> {
        self.rows(query).iter().map(line).collect()
    }

    /// All entries, removed ones as well.
    pub fn all(&self) -> Vec<String> {
        self.lines(&query().removed())
    }

    /// What SQL returns from the archive's file: the first column of each row, as text.
    pub fn sql(&self, sql: &str) -> Vec<String> {
        let db = rusqlite::Connection::open(self.folder.path().join("archive.db")).unwrap();
        let mut rows = db.prepare(sql).unwrap();
        let rows = rows.query_map([], |row| row.get::<_, rusqlite::types::Value>(0)).unwrap();
        rows.map(|value| match value.unwrap() {
            rusqlite::types::Value::Text(text) => text,
            rusqlite::types::Value::Integer(number) => number.to_string(),
            other => format!("{other:?}"),
        })
        .collect()
    }
}

pub fn line(row: &Row) -> String {
    let time = row.entry.published.map_or("--:--".to_owned(), |time| time.format("%H:%M").to_string());
    let mark = if row.removed { "-" } else { "" };
    format!("{mark}{time} {}: {}", row.entry.title.as_deref().unwrap_or_default(), row.entry.text())
}

/// A time on 20 June 2023, UTC.
pub fn at(time: &str) -> DateTime<Utc> {
    format!("2023-06-20T{time}:00Z").parse().unwrap()
}

/// A page whose bytes are the JSON of the live blog.
pub fn document(blog: &LiveBlog) -> Document {
    Document {
        source: blog.source.clone(),
        url: blog.url.clone(),
        captured: blog.captured,
        modified: None,
        bytes: serde_json::to_vec(blog).unwrap(),
    }
}

/// A live blog in London without an address, from lines such as `14:05 Gate closed: It is shut.`; `--:--` is no time.
pub fn blog(lines: &[&str]) -> LiveBlog {
    let entries: Vec<_> = (1..).zip(lines).map(|(number, line)| entry(number, line)).collect();
    let mut blog = LiveBlog::default();
    blog.source = "page.txt".to_owned();
    blog.layout = Layout::Bbc;
    blog.zone = Some(Tz::Europe__London);
    blog.entries = entries;
    blog
}

/// The same, from a file of that name.
pub fn blog_from(source: &str, lines: &[&str]) -> LiveBlog {
    let mut blog = blog(lines);
    blog.source = source.to_owned();
    blog
}

/// The same at an address.
pub fn blog_at(url: &str, lines: &[&str]) -> LiveBlog {
    let mut blog = blog(lines);
    blog.url = Some(url.to_owned());
    blog
}

fn entry(number: usize, line: &str) -> Entry {
    let (time, rest) = line.split_at(5);
    let (title, text) = rest.trim().split_once(": ").unwrap_or((rest.trim().trim_end_matches(':'), ""));
    let or_none = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let published = (time != "--:--").then(|| at(time));
    let body = or_none(text).map(|text| Block::Paragraph { text, links: vec![] });
    let mut entry = Entry::default();
    // Made of the stamp's digits, else of the title's length, in the form of a hash.
    entry.id = format!(
        "{:0>12}",
        time.replace(':', "").replace('-', "a")
            + &if published.is_none() { title.len().to_string() } else { String::new() }
    );
    entry.number = number;
    entry.published = published;
    entry.published_local = published.map(|time| time.with_timezone(&Tz::Europe__London).fixed_offset());
    entry.stamp = published.map(|_| time.to_owned());
    entry.title = or_none(title);
    entry.body = body.into_iter().collect();
    entry.lines = Some([number * 2, number * 2 + 1]);
    entry
}
