//! Every fixture in every format, read back: by this crate where it reads the format, else by other libraries.

#![allow(clippy::unwrap_used, reason = "a test may end with a panic")]

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use liveblog::model::LiveBlog;
use liveblog::output::{Format, Header, PrintOptions};
use liveblog::{Document, parse};

#[test]
fn schema_org_data_is_read_back_as_the_same_entries() {
    for live_blog in fixtures(Path::new("fixtures")) {
        let document = Document::from_text("page.jsonld", &print(Format::JsonLd, &live_blog));
        let parsed = parse(&document, &liveblog::ParseOptions::new("2025-03-01T12:00:00Z".parse().unwrap())).unwrap();
        assert_eq!((&parsed.entries, &parsed.title), (&live_blog.entries, &live_blog.title), "{}", live_blog.source);
        assert_eq!(
            (&parsed.summary, &parsed.coverage),
            (&live_blog.summary, &live_blog.coverage),
            "{}",
            live_blog.source
        );
    }
}

#[test]
fn feed_readers_find_every_entry_under_its_own_id() {
    for live_blog in fixtures(Path::new("fixtures")) {
        for format in [Format::Atom, Format::JsonFeed] {
            let feed = feed_rs::parser::parse(print(format, &live_blog).as_bytes()).unwrap();
            let names: HashSet<_> = feed.entries.iter().map(|entry| &entry.id).collect();
            assert_eq!(names.len(), live_blog.entries.len(), "{} as {}", live_blog.source, format.name());
            for (item, entry) in feed.entries.iter().zip(&live_blog.entries) {
                assert_eq!(item.published, entry.published, "{} in {}", entry.id, live_blog.source);
                let title = item.title.as_ref().map(|title| title.content.as_str());
                assert!(entry.title.is_none() || title == entry.title.as_deref(), "{title:?} of {:?}", entry.title);
            }
        }
    }
}

fn print(format: Format, live_blog: &LiveBlog) -> String {
    let mut printed = Vec::new();
    let mut output = format.output(&mut printed, PrintOptions::default());
    output.begin(&Header::default()).unwrap();
    output.page(&live_blog.head(&live_blog.source)).unwrap();
    live_blog.clone().into_rows(&live_blog.source).for_each(|row| output.row(&row).unwrap());
    output.end().unwrap();
    drop(output);
    String::from_utf8(printed).unwrap()
}

fn fixtures(folder: &Path) -> Vec<LiveBlog> {
    files(folder).iter().map(|file| serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let paths = paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "json")).collect()
}
