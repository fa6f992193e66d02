//! Pages by number, for tests of many: each is another live blog, and each entry says which.

#[path = "../generator/mod.rs"]
mod generator;

use chrono::{DateTime, TimeDelta, Utc};
use generator::{Entry, Marks, Page, Part, Written};

/// The page of boat `number`, with `entries` entries an hour apart, newest first, each with `text` as its body.
pub fn page(number: usize, entries: usize, text: &str) -> String {
    let first: DateTime<Utc> = "2025-01-01T23:00:00Z".parse().unwrap();
    let newest = first + TimeDelta::days((number % 28) as i64) + TimeDelta::minutes((number % 60) as i64);
    let entry = |index: usize| Entry {
        label: None,
        title: format!("Boat {number}, part {index}"),
        published: newest - TimeDelta::hours(index as i64),
        breaking: false,
        byline: None,
        parts: vec![Part::Paragraph(format!("Boat {number}: {text}"))],
    };
    Page { summary: vec![], entries: (0..entries).map(entry).collect() }.text(Written::Bbc(Marks::Numbers))
}
