//! Storing pages in an archive, and asking it.
//!
//! ```text
//! cargo bench --bench archive
//! ```
//!
//! What whole programs take over 400 000 entries is compared by `benches/compare`.

#![allow(clippy::unwrap_used, reason = "a bench may end with a panic")]

#[path = "../tests/generator/mod.rs"]
mod generator;

use generator::{ENTRIES, Generator, Marks, Page, SEED, Written};
use liveblog::archive::{Archive, Capture};
use liveblog::query::{Pattern, Query, TextField};
use liveblog::{Document, LiveBlog, ParseOptions, parse};
use tempfile::TempDir;

fn main() {
    divan::main();
}

/// How many pages are stored in one transaction.
const PAGES: usize = 100;

fn options() -> ParseOptions {
    ParseOptions::new("2028-01-01T00:00:00Z".parse().unwrap())
}

/// A page, parsed.
fn read(name: &str, page: &Page) -> (Document, LiveBlog) {
    let document = Document::from_text(name, &page.text(Written::Bbc(Marks::Numbers)));
    let blog = parse(&document, &options()).unwrap();
    (document, blog)
}

fn pages() -> Vec<(Document, LiveBlog)> {
    let generator = Generator::new(SEED);
    (0..PAGES).map(|number| read(&format!("page-{number:06}.txt"), &generator.page(number, ENTRIES))).collect()
}

fn store(archive: &mut Archive, pages: &[(Document, LiveBlog)]) {
    let mut batch = archive.batch().unwrap();
    for (document, blog) in pages {
        batch.store(&Capture::new(document, blog, options().now)).unwrap();
    }
    batch.commit().unwrap();
}

/// An archive in a folder that goes with it.
struct Home {
    archive: Archive,
    _folder: TempDir,
}

impl Home {
    fn with(pages: &[(Document, LiveBlog)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut home = Self { archive: Archive::open(&folder.path().join("archive.db")).unwrap(), _folder: folder };
        store(&mut home.archive, pages);
        home
    }
}

/// A hundred pages, all new.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn new_pages(bencher: divan::Bencher) {
    let pages = pages();
    bencher.with_inputs(|| Home::with(&[])).bench_refs(|home| store(&mut home.archive, &pages));
}

/// A second capture of a page of 1 000 entries, of which one has other words.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn later_capture(bencher: divan::Bencher) {
    let mut page = Generator::new(SEED).page(0, 1_000);
    let first = [read("page.txt", &page)];
    page.entries[500].title += " again";
    let second = [read("page.txt", &page)];
    bencher.with_inputs(|| Home::with(&first)).bench_refs(|home| store(&mut home.archive, &second));
}

/// Questions to an archive of 2 000 entries.
#[divan::bench(args = ["author", "title", "text"])]
fn count(bencher: divan::Bencher, field: &str) {
    let (home, generator) = (Home::with(&pages()), Generator::new(SEED));
    let query = Query::new(options().now);
    let query = match field {
        "author" => query.contains(TextField::Author, [generator.byline(0).0]),
        "title" => query.contains(TextField::Title, [generator.word(50)]),
        _ => query.matches([Pattern::new(generator.word(50)).unwrap()]),
    };
    bencher.bench_local(|| home.archive.count(&query).unwrap());
}

#[divan::bench]
fn search(bencher: divan::Bencher) {
    let (home, generator) = (Home::with(&pages()), Generator::new(SEED));
    let words = format!("{} {}", generator.word(50), generator.word(80));
    bencher.bench_local(|| home.archive.count_found(&Query::new(options().now), &words).unwrap());
}
