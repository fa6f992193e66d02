//! The README and docs/ are true: each command prints what they show, each link leads somewhere, and what they list is
//! complete.
//!
//! After a change that is meant, write the shown output anew and look at the difference:
//!
//! ```text
//! UPDATE_README=1 cargo test --test readme
//! git diff README.md docs
//! ```

#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use liveblog::model::Layout;
use liveblog::output::Format;
use pulldown_cmark::{Event, Parser, Tag};

/// The time at which the commands run.
const NOW: &str = "2025-03-01T12:00:00Z";

#[test]
fn every_command_prints_what_is_shown() {
    for file in documents() {
        let text = fs::read_to_string(&file).unwrap();
        // Each document begins with an empty home.
        let home = tempfile::tempdir().unwrap();
        let shown = with_output(&text, home.path());
        if std::env::var_os("UPDATE_README").is_some() {
            fs::write(&file, &shown).unwrap();
        }
        assert_eq!(shown, fs::read_to_string(&file).unwrap(), "{}", file.display());
    }
}

#[test]
fn the_first_command_in_the_readme_reads_a_page() {
    let readme = fs::read_to_string("README.md").unwrap();
    let (_, command) = readme.split_once("cargo run --release -- ").unwrap();
    let home = tempfile::tempdir().unwrap();
    let output = output(&format!("liveblog {}", command.lines().next().unwrap()), home.path());
    assert!(output.starts_with("{\"version\":1,"), "{output}");
}

#[test]
fn every_link_leads_to_a_file_and_a_heading_of_it() {
    let files = documents().into_iter().chain(["CONTRIBUTING.md", "DESIGN.md", "CHANGELOG.md"].map(PathBuf::from));
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for link in links(&text).filter(|link| !link.contains("://")) {
            let (path, heading) = link.split_once('#').unwrap_or((&link, ""));
            let target = if path.is_empty() { file.clone() } else { file.parent().unwrap().join(path) };
            assert!(target.exists(), "{}: {link}", file.display());
            if !heading.is_empty() {
                let anchors = anchors(&fs::read_to_string(target).unwrap());
                assert!(anchors.iter().any(|anchor| anchor == heading), "{}: {link}: {anchors:?}", file.display());
            }
        }
    }
}

#[test]
fn every_document_is_reached_from_the_readme() {
    let readme = fs::read_to_string("README.md").unwrap();
    for file in documents() {
        let path = file.to_str().unwrap().replace('\\', "/");
        assert!(path == "README.md" || links(&readme).any(|link| link == path), "{path}");
    }
}

#[test]
fn every_code_of_a_doubt_is_listed() {
    let schema: serde_json::Value = serde_json::from_str(liveblog::model::SCHEMA).unwrap();
    let docs = fs::read_to_string("docs/json.md").unwrap();
    let codes = schema["$defs"]["code"]["enum"].as_array().unwrap();
    assert_eq!(listed(&docs, "\n## Doubts"), codes.iter().map(|code| code.as_str().unwrap()).collect::<Vec<_>>());
}

#[test]
fn every_format_and_every_layout_is_listed() {
    let docs = fs::read_to_string("docs/json.md").unwrap();
    assert_eq!(listed(&docs, "\n## The formats"), Format::ALL.map(Format::name));
    let docs = fs::read_to_string("docs/layouts.md").unwrap();
    let mut layouts = listed(&docs, "\n## Layouts");
    assert_eq!(layouts.pop(), Some(Layout::OwnJson.name()));
    layouts.sort_unstable();
    let mut known: Vec<_> = Layout::recognisable().map(Layout::name).collect();
    known.sort_unstable();
    assert_eq!(layouts, known);
}

/// The README, and the reference.
fn documents() -> Vec<PathBuf> {
    let docs = fs::read_dir("docs").unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<_> = docs.filter(|file| file.extension().is_some_and(|ending| ending == "md")).collect();
    files.push("README.md".into());
    files.sort();
    files
}

/// A document with what its commands print now.
fn with_output(text: &str, home: &Path) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("```console\n") {
        let (block, after) = behind.split_once("```\n").unwrap();
        shown += before;
        shown += "```console\n";
        for command in block.lines().filter_map(|line| line.strip_prefix("$ ")) {
            shown += &format!("$ {command}\n{}", output(command, home));
        }
        shown += "```\n";
        rest = after;
    }
    shown + rest
}

/// What the command prints, first on standard output, then on standard error.
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

/// Where the links and images of a document lead.
fn links(text: &str) -> impl Iterator<Item = String> {
    Parser::new_ext(text, pulldown_cmark::Options::ENABLE_TABLES).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    })
}

/// What links to the headings of a document are called.
fn anchors(text: &str) -> Vec<String> {
    let headings = text.lines().filter_map(|line| line.strip_prefix('#'));
    headings.map(|line| anchor(line.trim_start_matches('#').trim())).collect()
}

fn anchor(heading: &str) -> String {
    let words = heading.to_lowercase().replace(' ', "-");
    words.chars().filter(|&c| c.is_alphanumeric() || c == '-' || c == '_').collect()
}

/// What the first column of the table under a heading has: `year-inferred` of "| `year-inferred` | … |".
fn listed<'a>(text: &'a str, heading: &str) -> Vec<&'a str> {
    let (_, below) = text.split_once(heading).unwrap();
    let section = below.split("\n#").next().unwrap();
    section.lines().filter_map(|row| row.strip_prefix("| `")?.split('`').next()).collect()
}
