//! Every command that the README shows prints what the README shows.
//!
//! After a change that is meant, write the shown output anew and look at the difference:
//!
//! ```text
//! UPDATE_README=1 cargo test --test readme
//! git diff README.md
//! ```

#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

use std::fs;
use std::path::Path;
use std::process::Command;

/// The time at which the commands run.
const NOW: &str = "2025-03-01T12:00:00Z";

#[test]
fn every_command_in_the_readme_prints_what_it_shows() {
    let home = tempfile::tempdir().unwrap();
    let readme = fs::read_to_string("README.md").unwrap();
    let mut shown = String::new();
    let mut rest = readme.as_str();
    while let Some((before, behind)) = rest.split_once("```console\n") {
        let (block, after) = behind.split_once("```\n").unwrap();
        shown += before;
        shown += "```console\n";
        for command in block.lines().filter_map(|line| line.strip_prefix("$ ")) {
            shown += &format!("$ {command}\n{}", output(command, home.path()));
        }
        shown += "```\n";
        rest = after;
    }
    shown += rest;
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write("README.md", &shown).unwrap();
    }
    assert_eq!(shown, fs::read_to_string("README.md").unwrap());
}

#[test]
fn the_first_command_in_the_readme_reads_a_page() {
    let readme = fs::read_to_string("README.md").unwrap();
    let (_, command) = readme.split_once("cargo run --release -- ").unwrap();
    let home = tempfile::tempdir().unwrap();
    let output = output(&format!("liveblog {}", command.lines().next().unwrap()), home.path());
    assert!(output.starts_with("{\"version\":1,"), "{output}");
}

/// What the command prints in an empty home, first on standard output, then on standard error.
fn output(command: &str, home: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_liveblog"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let shell = Command::new("sh")
        .args(["-c", command])
        .env("PATH", path)
        .env("HOME", home)
        .env_remove("XDG_DATA_HOME")
        .env_remove("LIVEBLOG_ARCHIVE")
        .env("LIVEBLOG_NOW", NOW)
        .env("COLUMNS", "100")
        .output()
        .unwrap();
    let printed = String::from_utf8(shell.stdout).unwrap() + &String::from_utf8(shell.stderr).unwrap();
    printed.replace(&home.display().to_string(), "~").replace("\r\n", "\n")
}
