//! How long it takes to read many pages and print their entries as JSON Lines, whole process, against finding the
//! stamps alone.
//!
//! ```text
//! cargo bench --bench parse            20 000 pages
//! cargo bench --bench parse -- 2000    fewer
//! ```
//!
//! The yardstick is the program `rg`, if it is there. Both run in turn, eleven times, and the medians are printed.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench prints its figures, and may end with a panic")]

mod pages;

use std::fs;
use std::process::Command;

use pages::{Chance, time, vocabulary};

const TURNS: usize = 11;

fn main() {
    let mut arguments = std::env::args().skip(1);
    // `cargo test` runs this as well, without `--bench`, to see that it works.
    let in_short = if std::env::args().any(|argument| argument == "--bench") { 20_000 } else { 20 };
    let count = arguments.find_map(|argument| argument.parse().ok()).unwrap_or(in_short);
    let folder = tempfile::tempdir().unwrap();
    let mut chance = Chance(20_230_619);
    let words = vocabulary(&mut chance);
    for page in 0..count {
        fs::write(folder.path().join(format!("page-{page:06}.txt")), chance.page(page, &words)).unwrap();
    }

    let mut parse = Command::new(env!("CARGO_BIN_EXE_liveblog"));
    parse.args(["parse", "--no-save", "--jsonl"]).arg(folder.path());
    let mut commands = vec![("parse --no-save --jsonl", parse)];
    if Command::new("rg").arg("--version").output().is_ok() {
        let mut find = Command::new("rg");
        find.args(["-c", "published at"]).arg(folder.path());
        commands.push(("rg -c 'published at'", find));
    }
    let mut times = vec![Vec::new(); commands.len()];
    for _ in 0..TURNS {
        for ((_, command), times) in commands.iter_mut().zip(&mut times) {
            times.push(time(command));
        }
    }
    println!("{count} pages");
    for ((name, _), times) in commands.iter().zip(&mut times) {
        times.sort();
        println!("{name:28}{:8.1} ms", times[TURNS / 2].as_secs_f64() * 1000.0);
    }
}
