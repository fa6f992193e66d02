//! Writing 1 000 rows in each format.
//!
//! ```text
//! cargo bench --bench output
//! ```

#![allow(clippy::unwrap_used, reason = "a bench may end with a panic")]

#[path = "../tests/generator/mod.rs"]
mod generator;

use generator::{Generator, Marks, SEED, Written};
use liveblog::output::{Format, write};
use liveblog::{Document, ParseOptions, parse};

fn main() {
    divan::main();
}

#[divan::bench(args = ["text", "json", "jsonl", "csv", "markdown", "html", "atom", "jsonld", "parquet"])]
fn rows(bencher: divan::Bencher, format: &str) {
    let text = Generator::new(SEED).page(0, 1_000).text(Written::Bbc(Marks::Numbers));
    let options = ParseOptions::new("2028-01-01T00:00:00Z".parse().unwrap());
    let blog = parse(&Document::from_text("page.txt", &text), &options).unwrap();
    let rows: Vec<_> = blog.into_rows("page").collect();
    let format: Format = format.parse().unwrap();
    bencher.bench(|| {
        let mut to = Vec::new();
        write(format, &mut to, &rows).unwrap();
        to
    });
}
