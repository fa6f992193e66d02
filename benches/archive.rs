//! How long questions to a large archive take, whole process, and how long it takes to keep what they ask about.
//!
//! ```text
//! cargo bench --bench archive            400 000 entries; takes some minutes
//! cargo bench --bench archive -- 40000   fewer
//! ```
//!
//! Each question is asked in turn with the others, eleven times, and the median is printed. A search is compared with the
//! same query by hand, if the program `sqlite3` is there.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench prints its figures, and may end with a panic")]

mod pages;

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use liveblog::archive::{Archive, Capture};
use liveblog::{Document, ParseOptions, parse};
use pages::{Chance, ENTRIES_OF_A_PAGE, author, time, vocabulary};

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

/// Keeps so many invented pages; gives their words, the most frequent first.
fn keep(archive: &Path, pages: usize) -> Vec<String> {
    let mut chance = Chance(20_230_619);
    let words = vocabulary(&mut chance);
    let mut archive = Archive::open(archive).unwrap();
    let options = ParseOptions::new("2028-01-01T00:00:00Z".parse().unwrap());
    for first in (0..pages).step_by(BATCH) {
        let mut batch = archive.batch().unwrap();
        for page in first..pages.min(first + BATCH) {
            let text = chance.page(page, &words);
            let document = Document::from_text(&format!("page-{page}.txt"), &text);
            let blog = parse(&document, &options).unwrap();
            batch.store(&Capture::new(&document, &blog, options.now)).unwrap();
        }
        batch.commit().unwrap();
    }
    words
}
