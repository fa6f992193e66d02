//! Several programs on one archive at once: no error reaches anybody, nothing is lost or doubled.

#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

#[path = "support/boats.rs"]
mod boats;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// How many pages the two writers keep together, each of them two entries.
const PAGES: usize = 1000;

/// How many of them, in the middle, both writers keep.
const SHARED: usize = 200;

fn liveblog(home: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_liveblog"))
        .args(arguments)
        .current_dir(home)
        .env("LIVEBLOG_ARCHIVE", home.join("archive.db"))
        .env("LIVEBLOG_NOW", "2025-03-01T12:00:00Z")
        .output()
        .unwrap()
}

/// What it printed; words on standard error, or an exit code, are a failure.
fn quietly(home: &Path, arguments: &[&str]) -> String {
    let Output { status, stdout, stderr } = liveblog(home, arguments);
    let said = String::from_utf8(stderr).unwrap();
    assert!(status.success() && said.is_empty(), "{arguments:?}: {status}\n{said}");
    String::from_utf8(stdout).unwrap()
}

#[test]
fn two_writers_and_four_readers_do_not_disturb_each_other() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    for folder in ["one", "two"] {
        fs::create_dir(home.join(folder)).unwrap();
    }
    let (end_of_one, start_of_two) = ((PAGES + SHARED) / 2, (PAGES - SHARED) / 2);
    for number in 0..PAGES {
        let name = format!("boat-{number:04}.txt");
        let folders = [("one", number < end_of_one), ("two", number >= start_of_two)];
        for (folder, _) in folders.iter().filter(|(_, has)| *has) {
            fs::write(home.join(folder).join(&name), boats::page(number, 2, "its crew waves.")).unwrap();
        }
    }
    // Whoever asks before anything is kept gets an error; here all find an archive.
    quietly(home, &["parse", "one/boat-0000.txt"]);

    let written = AtomicBool::new(false);
    let read = |arguments: &[&str]| {
        let mut runs = 0;
        while runs == 0 || !written.load(Ordering::Relaxed) {
            quietly(home, arguments);
            runs += 1;
        }
    };
    thread::scope(|scope| {
        let writers = ["one", "two"].map(|folder| scope.spawn(move || quietly(home, &["parse", folder])));
        scope.spawn(|| read(&["filter", "--title", "part 0", "--count"]));
        scope.spawn(|| read(&["filter", "--jsonl", "--fields", "id,title"]));
        scope.spawn(|| read(&["timeline", "--since", "2025-01-01", "-n", "50"]));
        scope.spawn(|| read(&["pages", "--csv"]));
        let ended = writers.map(|writer| writer.join().is_ok());
        written.store(true, Ordering::Relaxed);
        assert_eq!(ended, [true; 2]);
    });

    let listed = quietly(home, &["pages", "--csv"]);
    let names: Vec<_> = listed.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(names, (0..PAGES).map(|number| format!("boat-{number:04}")).collect::<Vec<_>>());
    assert_eq!(quietly(home, &["filter", "--count"]), format!("{}\n", 2 * PAGES));
    let words = format!("{PAGES} live blogs, {PAGES} captures, {} entries: all is well\n", 2 * PAGES);
    assert!(quietly(home, &["check"]).ends_with(&words));
}
