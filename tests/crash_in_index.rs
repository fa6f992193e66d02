//! A program that is killed while it adds the entries of many pages to the full-text index: all pages are stored, and
//! whoever opens or searches the archive next completes the index.

#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

#[path = "support/boats.rs"]
mod boats;

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use liveblog::archive::Archive;
use rusqlite::{Connection, OpenFlags};

const PAGES: usize = 400;
const ENTRIES: usize = 8;

#[test]
fn a_run_that_is_killed_while_it_indexes_leaves_an_index_that_the_next_program_completes() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("pages");
    fs::create_dir(&folder).unwrap();
    let text = "the harbour master waves to all on board, and it leaves the quay. ".repeat(30);
    for number in 0..PAGES {
        fs::write(folder.join(format!("boat-{number:04}.txt")), boats::page(number, ENTRIES, &text)).unwrap();
    }
    let begun = Instant::now();
    let mut whole = Duration::ZERO;
    let mut killed = 0;
    for run in 0..4 {
        let archive = home.path().join(format!("{run}.db"));
        let mut program = parse(&folder, &archive);
        let is_indexing = wait_for_index(&mut program, &archive);
        if run == 0 {
            let indexing = Instant::now();
            assert!(program.wait().unwrap().success());
            whole = indexing.elapsed();
            assert!(is_indexing, "it was seen after {:?}", begun.elapsed());
        } else {
            thread::sleep(whole * (run - 1) / 3);
            program.kill().unwrap();
            program.wait().unwrap();
        }
        killed += usize::from(mark(&archive) > 0);
        if run % 2 == 0 {
            assert_eq!(Archive::open(&archive).unwrap().unindexed().unwrap(), 0);
        } else {
            let mut search = Command::new(env!("CARGO_BIN_EXE_liveblog"));
            let found = search.args(["search", "harbour", "--count", "--archive"]).arg(&archive).output().unwrap();
            assert_eq!(String::from_utf8(found.stdout).unwrap(), format!("{}\n", PAGES * ENTRIES));
            assert_eq!(String::from_utf8(found.stderr).unwrap(), "");
        }
        let db = Connection::open(&archive).unwrap();
        db.execute("INSERT INTO entry_fts (entry_fts, rank) VALUES ('integrity-check', 1)", []).unwrap();
        assert_eq!((count(&archive, "entry"), mark(&archive)), (Some(PAGES * ENTRIES), 0));
    }
    assert!(killed > 0, "some run was killed before its index was complete");
}

/// The program at work.
fn parse(folder: &Path, archive: &Path) -> Child {
    let mut program = Command::new(env!("CARGO_BIN_EXE_liveblog"));
    program.arg("parse").arg(folder).arg("--archive").arg(archive);
    program.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Waits until all pages are stored, so that only the index is left to do; returns whether that was seen.
fn wait_for_index(program: &mut Child, archive: &Path) -> bool {
    while program.try_wait().unwrap().is_none() {
        if count(archive, "capture") == Some(PAGES) {
            return mark(archive) > 0;
        }
        thread::sleep(Duration::from_millis(1));
    }
    false
}

/// How many rows say which entries are not in the index.
fn mark(archive: &Path) -> usize {
    count(archive, "unindexed").unwrap()
}

/// How many rows a table has, if it can be read yet.
fn count(archive: &Path, table: &str) -> Option<usize> {
    let db = Connection::open_with_flags(archive, OpenFlags::SQLITE_OPEN_READ_ONLY).ok()?;
    let sql = format!("SELECT count(*) FROM {table}");
    db.query_row(&sql, [], |row| row.get::<_, u32>(0)).ok().map(|count| count as usize)
}
