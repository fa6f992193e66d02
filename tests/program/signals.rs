//! A signal ends the program in order: nothing unfinished is left, and it says what was stored.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use crate::session::{Home, STORM};

/// A home with a page, and with a pipe called `later.json` from which no page comes.
fn home() -> Home {
    let home = Home::with_pages();
    assert!(Command::new("mkfifo").arg(home.path("later.json")).status().unwrap().success());
    home
}

fn start(home: &Home, command: &str) -> Child {
    let mut program = program();
    program.args(command.split(' ')).current_dir(home.path("")).env("LIVEBLOG_ARCHIVE", "archive.db");
    program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// The program, which ends on an interrupt even where the tests run in the background, with interrupts ignored.
fn program() -> Command {
    let program = env!("CARGO_BIN_EXE_liveblog");
    if !cfg!(target_os = "linux") {
        return Command::new(program);
    }
    let mut with_signals = Command::new("env");
    with_signals.args(["--default-signal=INT", program]);
    with_signals
}

fn signal(program: &Child, name: &str) {
    assert!(Command::new("kill").args(["-s", name, &program.id().to_string()]).status().unwrap().success());
}

fn wait_for(is_true: impl Fn() -> bool) {
    for _ in 0..2000 {
        if is_true() {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("it never comes");
}

fn has_unfinished(home: &Home) -> bool {
    home.files().iter().any(|name| name.starts_with(".liveblog-"))
}

fn ended(output: &Output) -> (Option<i32>, &str) {
    (output.status.code(), std::str::from_utf8(&output.stderr).unwrap())
}

#[test]
fn an_unfinished_file_is_removed_and_the_one_that_was_there_stays() {
    for (name, code) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        if name == "HUP" && !cfg!(target_os = "linux") {
            continue; // It ends the program as it always does.
        }
        let home = home().file("out.jsonl", "as it was\n");
        let program = start(&home, "parse --no-save storm.json later.json -o out.jsonl");
        wait_for(|| has_unfinished(&home));
        signal(&program, name);
        assert_eq!(ended(&program.wait_with_output().unwrap()), (Some(code), "interrupted\n"));
        assert_eq!(home.files(), ["flood.json", "later.json", "out.jsonl", "storm.json"]);
        assert_eq!(home.read("out.jsonl"), "as it was\n");
    }
}

#[test]
fn it_says_that_nothing_was_stored() {
    let home = home();
    let program = start(&home, "parse later.json storm.json -o out.jsonl");
    wait_for(|| has_unfinished(&home));
    signal(&program, "INT");
    assert_eq!(ended(&program.wait_with_output().unwrap()), (Some(130), "interrupted: nothing was stored\n"));
    assert_eq!(home.files(), ["flood.json", "later.json", "storm.json"]);
}

#[test]
fn pages_that_were_stored_stay_and_are_counted() {
    // The first batch has to be full, or the first page would wait for the second.
    let text = format!("Gate closedpublished at 12:00 GMT 20 June 2023\n\n{}", "It is shut. ".repeat(400_000));
    let home = home().file("big.txt", text);
    let mut program = start(&home, "parse big.txt later.json");
    let mut printed = BufReader::new(program.stdout.take().unwrap());
    wait_for(|| {
        let archive = home.path("archive.db");
        Path::exists(&archive) && home.run("filter --count --archive archive.db").printed == "1\n"
    });
    signal(&program, "TERM");
    let words = "interrupted: 1 page was stored in archive.db\n";
    assert_eq!(ended(&program.wait_with_output().unwrap()), (Some(143), words));
    let mut line = String::new();
    printed.read_line(&mut line).unwrap();
    assert_eq!(home.run("check --archive archive.db").code, 0);
    assert_eq!(home.run("filter --count --archive archive.db").printed, "1\n");
}

#[cfg(target_os = "linux")]
#[test]
fn a_signal_that_was_ignored_at_the_start_stays_ignored() {
    let home = home();
    let command = "trap '' HUP; exec \"$0\" parse --no-save --json later.json -o out.json";
    let program = Command::new("sh")
        .args(["-c", command, env!("CARGO_BIN_EXE_liveblog")])
        .current_dir(home.path(""))
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    wait_for(|| has_unfinished(&home));
    signal(&program, "HUP");
    fs::File::options().write(true).open(home.path("later.json")).unwrap().write_all(STORM.as_bytes()).unwrap();
    assert_eq!(ended(&program.wait_with_output().unwrap()), (Some(0), ""));
    assert_eq!(home.read("out.json"), STORM);
}
