//! Parsing, in parts: pages of each layout, pages of one kind of line, and one large page.
//!
//! ```text
//! cargo bench --bench parse
//! ```
//!
//! Whole programs are compared by `benches/compare`.

#![allow(clippy::unwrap_used, reason = "a bench may end with a panic")]

#[path = "../tests/generator/mod.rs"]
mod generator;

use generator::{Dress, ENTRIES, Generator, Marks, Page, Part, SEED, Written};
use liveblog::{Document, LiveBlog, ParseOptions, explain, parse};

fn main() {
    divan::main();
}

fn options() -> ParseOptions {
    ParseOptions::new("2028-01-01T00:00:00Z".parse().unwrap())
}

fn document(page: &Page, written: Written) -> Document {
    Document { bytes: page.bytes(written, Dress::Plain), ..Document::from_text("page", "") }
}

fn read(document: &Document) -> LiveBlog {
    parse(document, &options()).unwrap()
}

/// A page of twenty entries.
#[divan::bench(args = Written::ALL.map(Written::name))]
fn layout(bencher: divan::Bencher, name: &str) {
    let written = Written::ALL.into_iter().find(|written| written.name() == name).unwrap();
    let document = document(&Generator::new(SEED).page(0, ENTRIES), written);
    bencher.bench(|| read(&document));
}

/// A text of 200 entries that has one kind of line beside its titles: what it takes more than `stamps` is theirs.
#[divan::bench(args = ["stamps", "bylines", "paragraphs", "lists", "images", "media"])]
fn lines(bencher: divan::Bencher, kind: &str) {
    let mut page = Generator::new(SEED).page(0, 200);
    page.summary.clear();
    for entry in &mut page.entries {
        (entry.label, entry.breaking) = (None, false);
        entry.byline = entry.byline.take().filter(|_| kind == "bylines");
        entry.parts.retain(|part| {
            kind == match part {
                Part::Paragraph(_) => "paragraphs",
                Part::List(_) => "lists",
                Part::Image { .. } => "images",
                Part::Media(_) => "media",
            }
        });
    }
    let document = document(&page, Written::Bbc(Marks::Numbers));
    bencher.bench(|| read(&document));
}

/// The lines of a page with their uses: parsing without entries, times and ids.
#[divan::bench]
fn uses(bencher: divan::Bencher) {
    let document = document(&Generator::new(SEED).page(0, 200), Written::Bbc(Marks::Numbers));
    bencher.bench(|| explain(&document, &options()).unwrap());
}

/// A page of HTML with 428 entries in its data and again in its elements.
#[divan::bench]
fn large_html(bencher: divan::Bencher) {
    let document = document(&Generator::new(SEED).page(0, 428), Written::JsonLd);
    bencher.bench(|| read(&document));
}

/// The yardstick of `large_html`: the HTML library alone.
#[divan::bench]
fn large_html_alone(bencher: divan::Bencher) {
    let page = Generator::new(SEED).page(0, 428).text(Written::JsonLd);
    bencher.bench(|| scraper::Html::parse_document(&page));
}
