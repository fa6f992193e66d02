//! Every invented page in `fixtures/` is read as the JSON beside it says.
//!
//! After a change that is meant, write the JSON anew and look at the difference:
//!
//! ```text
//! UPDATE_FIXTURES=1 cargo test --test fixtures
//! git diff fixtures
//! ```

#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

use std::fs;
use std::path::{Path, PathBuf};

use liveblog::model::Layout;
use liveblog::{Document, ParseOptions};

/// The time at which the fixtures are read: what they leave out is inferred from it.
const NOW: &str = "2025-03-01T12:00:00Z";

#[test]
fn every_fixture_is_read_as_the_json_beside_it_says() {
    let update = std::env::var_os("UPDATE_FIXTURES").is_some();
    let mut differing = Vec::new();
    for page in pages(Path::new("fixtures")) {
        let expected = page.with_extension("json");
        let parsed = json(&page);
        if update {
            fs::write(&expected, parsed).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != parsed {
            differing.push(page);
        }
    }
    assert!(differing.is_empty(), "read differently: {differing:?}");
}

/// Ordinary pages whose numbers, ranks, dates and clocks look like entries. Whoever knows better can say so.
#[test]
fn pages_that_are_no_live_blogs_are_refused_unless_the_layout_is_given() {
    let pages = pages(Path::new("tests/refused"));
    assert!(pages.len() > 13);
    for page in pages {
        let has_clocks = ["chronology.txt", "chat.txt", "timeline-article.txt"].iter().any(|name| page.ends_with(name));
        let layout = match page.ends_with("experts-article.txt") {
            true => Layout::Bbc,
            false if has_clocks => Layout::BbcSport,
            false => Layout::BbcLiveReporting,
        };
        for (layout, is_read) in [(None, false), (Some(layout), true)] {
            let options = ParseOptions::new(NOW.parse().unwrap()).layout(layout);
            assert_eq!(liveblog::parse(&document(&page), &options).is_ok(), is_read, "{page:?} as {layout:?}");
        }
    }
}

/// All pages below a folder: every file but the JSON.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            pages.extend(self::pages(&path));
        } else if path.extension().is_some_and(|ending| ending != "json") {
            pages.push(path);
        }
    }
    pages.sort();
    pages
}

fn json(page: &Path) -> String {
    let live_blog = liveblog::parse(&document(page), &ParseOptions::new(NOW.parse().unwrap())).unwrap();
    serde_json::to_string_pretty(&live_blog).unwrap() + "\n"
}

fn document(page: &Path) -> Document {
    let name = page.file_name().unwrap().to_string_lossy();
    Document { bytes: fs::read(page).unwrap(), ..Document::from_text(&name, "") }
}
