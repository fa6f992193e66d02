//! How long questions to a large archive take, whole process, and how long it takes to keep what they ask about.
//!
//! ```text
//! cargo bench --bench archive            400 000 entries; takes some minutes
//! cargo bench --bench archive -- 40000   fewer
//! ```
//!
//! Each question is asked in turn with the others, eleven times, and the median is told. A search is compared with the
//! same query by hand, if the program `sqlite3` is there.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench tells its figures, and may end with a panic")]

use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use liveblog::archive::{Archive, Capture};
use liveblog::{Document, Options, parse};

const ENTRIES_OF_A_PAGE: usize = 20;

/// How many pages are kept together.
const BATCH: usize = 200;

const TURNS: usize = 11;

fn main() {
    let mut arguments = std::env::args().skip(1);
    // `cargo test` runs this as well, without `--bench`, to see that it works.
    let in_short = if std::env::args().any(|argument| argument == "--bench") { 400_000 } else { 400 };
    let entries = arguments.find_map(|argument| argument.parse().ok()).unwrap_or(in_short);
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("archive.db");

    let start = Instant::now();
    let words = keep(&archive, entries / ENTRIES_OF_A_PAGE);
    println!("{entries} entries read and kept in {:.1} s, on one thread", start.elapsed().as_secs_f64());

    let author = author(&words, 7);
    // Two words that occur often, but not everywhere.
    let both = format!("{} {}", words[60], words[90]);
    let by_hand = format!(
        "SELECT entry.title, snippet(entry_fts, -1, '[', ']', '…', 32)
         FROM entry_fts JOIN entry ON entry.id = entry_fts.rowid
         WHERE entry_fts MATCH '{both}' ORDER BY rank LIMIT 20"
    );
    let liveblog = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_liveblog"));
        command.arg("--archive").arg(&archive).args(arguments);
        command
    };
    let mut questions = vec![
        ("filter --author X --count", "50 ms", liveblog(&["filter", "--author", &author, "--count"])),
        ("timeline --on DAY", "50 ms", liveblog(&["timeline", "--on", "2014-05-01"])),
        ("filter --title X --count", "", liveblog(&["filter", "--title", &words[60], "--count"])),
        ("filter --text X --count", "", liveblog(&["filter", "--text", &words[60], "--count"])),
        ("search, two words, top 20", "1.2 × by hand", liveblog(&["search", &both, "-n", "20"])),
    ];
    if Command::new("sqlite3").arg("--version").output().is_ok() {
        let mut command = Command::new("sqlite3");
        command.arg(&archive).arg(by_hand);
        questions.push(("the same by hand", "", command));
    }
    let mut times = vec![Vec::new(); questions.len()];
    for _ in 0..TURNS {
        for ((_, _, command), times) in questions.iter_mut().zip(&mut times) {
            times.push(time(command));
        }
    }
    for ((question, within, _), mut times) in questions.into_iter().zip(times) {
        times.sort();
        let within = if within.is_empty() { String::new() } else { format!("  to be within {within}") };
        println!("{question:28}{:8.1} ms{within}", times[TURNS / 2].as_secs_f64() * 1000.0);
    }
}

/// One of many.
fn author(words: &[String], number: usize) -> String {
    let (first, rest) = words[number].split_at(1);
    format!("Ada {}{rest}", first.to_uppercase())
}

fn time(command: &mut Command) -> Duration {
    let start = Instant::now();
    assert!(command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success(), "{command:?}");
    start.elapsed()
}

/// Keeps so many invented pages; gives their words, the most frequent first.
fn keep(archive: &Path, pages: usize) -> Vec<String> {
    let mut chance = Chance(20_230_619);
    let words: Vec<_> = (0..20_000).map(|_| chance.word()).collect();
    let mut archive = Archive::open(archive).unwrap();
    let options = Options::at("2028-01-01T00:00:00Z".parse().unwrap());
    for first in (0..pages).step_by(BATCH) {
        let mut batch = archive.batch().unwrap();
        for page in first..pages.min(first + BATCH) {
            let text = chance.page(page, &words);
            let document = Document::from_text(&format!("page-{page}.txt"), &text);
            let blog = parse(&document, &options).unwrap();
            batch.keep(&Capture::new(&document, &blog, options.now)).unwrap();
        }
        batch.commit().unwrap();
    }
    words
}

/// The same numbers in every run: a linear congruential generator.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn word(&mut self) -> String {
        let mut syllable = || {
            let (consonant, vowel) = (self.below(15), self.below(5));
            ["bcdfghlmnprstvw".as_bytes()[consonant], b"aeiou"[vowel]].map(char::from)
        };
        (0..3).flat_map(|_| syllable()).collect()
    }

    /// Words apart by blanks, few of them often, as in any language.
    fn words(&mut self, count: usize, words: &[String]) -> String {
        let mut pick = || {
            let end = self.below(words.len()) + 1;
            let end = self.below(end) + 1;
            words[self.below(end)].as_str()
        };
        (0..count).map(|_| pick()).collect::<Vec<_>>().join(" ")
    }

    /// A page of entries ten minutes apart, on one of a thousand days.
    fn page(&mut self, page: usize, words: &[String]) -> String {
        let year = 2014 + i32::try_from(page / 100 % 10).unwrap();
        let day = chrono::NaiveDate::from_ymd_opt(year, 5, 1).unwrap() + chrono::Days::new(page as u64 % 100);
        let mut text = String::new();
        for minutes in (0..ENTRIES_OF_A_PAGE).rev().map(|entry| 600 + 10 * entry) {
            let (title, author) = (self.words(6, words), author(words, self.below(300)));
            let (hour, minute, day) = (minutes / 60, minutes % 60, day.format("%-d %B %Y"));
            writeln!(text, "{title}published at {hour}:{minute:02} British Summer Time {day}\n").unwrap();
            writeln!(text, "    {author}\n    Transport correspondent\n").unwrap();
            for _ in 0..4 {
                let length = 20 + self.below(30);
                writeln!(text, "    {}.\n", self.words(length, words)).unwrap();
            }
        }
        text
    }
}
