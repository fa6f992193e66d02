//! The generator of invented live pages, for tests and benches: the same seed makes the same bytes, on any machine.
//!
//! A [`Page`] is what a page says. A [`Written`] is the layout in which it says so, a [`Dress`] what happened to the file on
//! its way to us. Each page is made from the seed and its number alone, so that pages can be made in any order.

#![allow(dead_code, unused_imports, reason = "each test and bench takes what it needs")]
#![allow(clippy::unwrap_used, reason = "a test or a bench may end with a panic")]

mod dress;
mod html;
mod live_reporting;
mod own_json;
#[cfg(feature = "containers")]
pub mod packed;
mod page;
mod random;
mod schema_org;
mod sport;
mod text;
mod words;

pub use dress::Dress;
pub use page::{Entry, Page, Part};
pub use random::Random;
pub use text::Marks;
use words::Words;

use chrono::{DateTime, TimeDelta, Utc};

/// How many entries a page has, unless a test needs another number: as many as the BBC shows at once.
pub const ENTRIES: usize = 20;

/// The seed of benches and of what is recorded.
pub const SEED: u64 = 20_230_619;

/// The layouts in which a page may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// The text of a BBC page, whose titles end in a stamp.
    Bbc(Marks),
    /// The HTML of a BBC page.
    BbcHtml,
    /// The text of a page under `Live Reporting`, which has no times.
    LiveReporting,
    /// The text of a page of BBC Sport, whose entries begin with a clock.
    Sport,
    /// HTML with all of the page in JSON-LD, and in its elements again.
    JsonLd,
    /// HTML whose elements are marked as schema.org's.
    Microdata,
    /// HTML of any publisher: the data has times and titles, all else stands in elements of the publisher's own make.
    Document,
    /// The rows that the program prints.
    OwnJson,
}

impl Written {
    pub const ALL: [Written; 11] = [
        Written::Bbc(Marks::Numbers),
        Written::Bbc(Marks::Bullets),
        Written::Bbc(Marks::None),
        Written::Bbc(Marks::Flat),
        Written::BbcHtml,
        Written::LiveReporting,
        Written::Sport,
        Written::JsonLd,
        Written::Microdata,
        Written::Document,
        Written::OwnJson,
    ];

    /// Its name, as the example `generate` takes it.
    pub fn name(self) -> &'static str {
        match self {
            Written::Bbc(Marks::Numbers) => "bbc",
            Written::Bbc(Marks::Bullets) => "bbc-bullets",
            Written::Bbc(Marks::None) => "bbc-unmarked",
            Written::Bbc(Marks::Flat) => "bbc-flat",
            Written::BbcHtml => "bbc-html",
            Written::LiveReporting => "bbc-live-reporting",
            Written::Sport => "bbc-sport",
            Written::JsonLd => "json-ld",
            Written::Microdata => "microdata",
            Written::Document => "document",
            Written::OwnJson => "own-json",
        }
    }

    /// What the name of its file ends in.
    pub fn extension(self) -> &'static str {
        match self {
            Written::Bbc(_) | Written::LiveReporting | Written::Sport => "txt",
            Written::BbcHtml | Written::JsonLd | Written::Microdata | Written::Document => "html",
            Written::OwnJson => "jsonl",
        }
    }

    pub fn is_html(self) -> bool {
        self.extension() == "html"
    }
}

impl Page {
    /// The page in a layout, as text in UTF-8 with Unix line ends.
    pub fn text(&self, written: Written) -> String {
        match written {
            Written::Bbc(marks) => text::write(self, marks),
            Written::BbcHtml => html::write(self),
            Written::LiveReporting => live_reporting::write(self),
            Written::Sport => sport::write(self),
            Written::JsonLd => schema_org::json_ld(self),
            Written::Microdata => schema_org::microdata(self),
            Written::Document => schema_org::document(self),
            Written::OwnJson => own_json::write(self),
        }
    }
}

/// Makes pages.
pub struct Generator {
    seed: u64,
    words: &'static Words,
}

impl Generator {
    pub fn new(seed: u64) -> Self {
        Self { seed, words: Words::get() }
    }

    /// The page of a number, with so many entries, newest first. Pages are seven hours apart from 2014 on, and begin anew
    /// after some eleven years.
    pub fn page(&self, number: usize, entries: usize) -> Page {
        let random = &mut Random::new(self.seed.wrapping_add((number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)));
        let mut published = first() + TimeDelta::hours((7 * number % 100_000).try_into().unwrap());
        let summary = (0..random.below(7)).map(|_| self.words.sentence(random, 8..24)).collect();
        let entries = (0..entries).map(|_| {
            published -= TimeDelta::minutes(1 + i64::try_from(random.below(25)).unwrap());
            self.entry(published, random)
        });
        Page { summary, entries: entries.collect() }
    }

    /// A byline of the generator, by its rank: the first ones write most.
    pub fn byline(&self, rank: usize) -> (String, String) {
        self.words.byline(rank)
    }

    /// A word of the generator, by its rank: the first ones occur most.
    pub fn word(&self, rank: usize) -> &'static str {
        self.words.word(rank)
    }

    fn entry(&self, published: DateTime<Utc>, random: &mut Random) -> Entry {
        let label = random.one_in(10).then(|| (*random.pick(&["Analysis", "At the scene", "Explainer"])).to_owned());
        let title = self.words.phrase(random, 3..9);
        let breaking = random.one_in(10);
        let byline = random.one_in(3).then(|| self.words.any_byline(random));
        let parts = if random.one_in(25) { 0 } else { 2 + random.below(7) };
        let mut parts: Vec<Part> = (0..parts).map(|_| self.part(random)).collect();
        // Two lists in a row read as one.
        parts.dedup_by(|one, other| matches!((one, other), (Part::List(_), Part::List(_))));
        Entry { label, title, published, breaking, byline, parts }
    }

    fn part(&self, random: &mut Random) -> Part {
        match random.below(40) {
            0 | 1 => Part::List((0..1 + random.below(4)).map(|_| self.words.sentence(random, 4..16)).collect()),
            2..5 => Part::Image {
                alt: self.words.phrase(random, 3..9),
                source: (*random.pick(&["Reuters", "Getty Images", "AFP via Getty Images", "PA Media"])).to_owned(),
                caption: (!random.one_in(3)).then(|| self.words.phrase(random, 3..12)),
            },
            5 => Part::Media(self.words.phrase(random, 3..9)),
            _ => Part::Paragraph(self.words.sentence(random, 14..36)),
        }
    }
}

fn first() -> DateTime<Utc> {
    "2014-01-01T12:00:00Z".parse().unwrap()
}
