//! A program that is killed while it stores many pages: each page is whole or absent, and the next run completes it.
//!
//! Plain `cargo test` kills a few; this kills fifty over 2 000 pages each:
//!
//! ```text
//! cargo test --release --test crash -- --ignored --nocapture
//! ```

#![allow(clippy::unwrap_used, clippy::print_stdout)] // a failed unwrap is a failed test; what it prints is for people

#[path = "support/boats.rs"]
mod boats;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use liveblog::archive::Archive;
use rusqlite::Connection;

/// How many entries a page has.
const ENTRIES: usize = 8;

#[test]
fn a_run_that_is_killed_leaves_each_page_whole_or_absent() {
    kill(4, 500);
}

#[test]
#[ignore = "takes minutes"]
fn fifty_runs_over_two_thousand_pages_that_are_killed_leave_each_page_whole_or_absent() {
    kill(50, 2000);
}

/// Kills runs over so many pages, each at a random moment and into a new archive.
fn kill(runs: usize, pages: usize) {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("pages");
    fs::create_dir(&folder).unwrap();
    let text = "the harbour master waves to all on board, and it leaves the quay. ".repeat(30);
    for number in 0..pages {
        fs::write(folder.join(format!("boat-{number:04}.txt")), boats::page(number, ENTRIES, &text)).unwrap();
    }
    let begun = Instant::now();
    assert!(parse(&folder, &home.path().join("whole.db")).wait().unwrap().success());
    let whole = begun.elapsed();

    let mut random = 0x5EED_u64;
    for run in 0..runs {
        let archive = home.path().join(format!("{run}.db"));
        let moment = whole.mul_f64(next(&mut random));
        let mut program = parse(&folder, &archive);
        thread::sleep(moment);
        program.kill().unwrap();
        program.wait().unwrap();
        let stored = stored_whole(&archive);
        println!("killed after {moment:.1?} of {whole:.1?}: {stored} of {pages} pages are stored");
        assert!(parse(&folder, &archive).wait().unwrap().success(), "the next run goes on");
        assert_eq!(stored_whole(&archive), pages, "and completes it");
        fs::remove_file(archive).unwrap();
    }
}

/// The program at work.
fn parse(folder: &Path, archive: &Path) -> std::process::Child {
    let mut program = Command::new(env!("CARGO_BIN_EXE_liveblog"));
    program.arg("parse").arg(folder).arg("--archive").arg(archive);
    program.stdout(Stdio::null()).spawn().unwrap()
}

/// How many pages are stored, each of them whole.
fn stored_whole(archive: &Path) -> usize {
    if !archive.exists() {
        return 0; // It was killed before it made one.
    }
    // To open it is what repairs it.
    let pages = Archive::open(archive).unwrap().pages().unwrap();
    let broken = pages.iter().find(|page| (page.entries, page.captures) != (ENTRIES, 1));
    assert_eq!(broken, None);
    let db = Connection::open(archive).unwrap();
    let number = |sql: &str| db.query_row(sql, [], |row| row.get::<_, u32>(0)).unwrap() as usize;
    assert_eq!(db.query_row("PRAGMA integrity_check", [], |row| row.get(0)), Ok("ok".to_owned()));
    db.execute("INSERT INTO entry_fts (entry_fts, rank) VALUES ('integrity-check', 1)", []).unwrap();
    assert_eq!(number("SELECT count(*) FROM entry"), ENTRIES * pages.len());
    assert_eq!(number("SELECT count(*) FROM capture"), pages.len());
    pages.len()
}

/// A number from 0 to 1, of which the same seed gives the same row (a linear congruence, by Knuth's numbers).
fn next(seed: &mut u64) -> f64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 11) as f64 / (1_u64 << 53) as f64
}
