//! A fuzz of storing: mutated pages go into archives of many pages, under names that were seen before; then the archive is
//! asked in every way, checked, re-parsed and emptied, and nothing of that may fail.
//!
//! Plain `cargo test` stores a few hundred pages. A long run, of another seed or of another build of the program:
//!
//! ```text
//! STORING_PAGES=20000 cargo test --release --test storing -- --nocapture
//! STORING_PAGES=4000 STORING_SEED=7 STORING_PROGRAM=path/to/liveblog cargo test --test storing -- --nocapture
//! ```
//!
//! A finding prints the batch that made it. `STORING_BATCH=N` runs that batch alone, and keeps its files.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // a failed unwrap is a failed test; what it prints is for people

mod mutate;
#[path = "../generator/random.rs"]
mod random;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use mutate::{Source, boundary};
use random::Random;

/// How many pages go into one archive.
const BATCH: usize = 40;

/// File names, which are met again and again; `page.txt` is what most users call their file.
const NAMES: [&str; 6] = ["page.txt", "page.html", "Flood live.txt", "straße.txt", "100%_'quoted\".txt", "-.html"];

/// Names that a user gives with `--as`.
const AS: [&str; 5] = ["flood", "Flood", "a \"name\" with 100%_", "page", "\u{202e}odd"];

/// Times that a user gives with `--captured`, some of which are refused.
const CAPTURED: [&str; 8] = [
    "2023-06-19",
    "2023-06-19 12:00",
    "19 June 2023",
    "1850-01-01",
    "0001-01-01",
    "9999-12-31 23:59",
    "2019-03-31 01:30",
    "yesterday",
];

/// The formats, each asked of the whole archive.
const FORMATS: [&str; 11] =
    ["text", "json", "jsonl", "csv", "tsv", "markdown", "html", "atom", "jsonfeed", "jsonld", "parquet"];

#[test]
fn whatever_is_stored_can_be_asked_checked_parsed_again_and_removed() {
    let pages = number("STORING_PAGES").unwrap_or(240);
    let seed = number("STORING_SEED").unwrap_or(20_230_619);
    let only = number("STORING_BATCH");
    let sources = mutate::sources(Path::new("fixtures"));
    let mut findings: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut stored = 0;
    for batch in (0..pages.div_ceil(BATCH as u64)).filter(|&batch| only.is_none_or(|only| only == batch)) {
        let run = Batch::new(seed, batch, &sources);
        stored += run.stored;
        if only.is_some() {
            println!("batch {batch} is kept in {}", run.home.keep().display());
        }
        for (kind, details) in run.findings {
            findings.entry(kind).or_default().push(format!("batch {batch}: {details}"));
        }
    }
    println!("{pages} pages, {stored} of them stored");
    for (kind, examples) in &findings {
        println!("{} × {kind}", examples.len());
        examples.iter().take(if only.is_some() { 100 } else { 3 }).for_each(|example| println!("    {example}"));
    }
    assert!(findings.is_empty(), "{} kinds of findings", findings.len());
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// An archive, and what went wrong with it.
struct Batch {
    home: tempfile::TempDir,
    stored: usize,
    /// Each finding: what went wrong, and how it showed.
    findings: Vec<(String, String)>,
}

impl Batch {
    /// Stores pages in an archive of their own, then tries all that users do with it.
    fn new(seed: u64, batch: u64, sources: &[Source]) -> Self {
        let mut run = Self { home: tempfile::tempdir().unwrap(), stored: 0, findings: Vec::new() };
        let mut random = Random::new(seed ^ batch.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        // Few pages an archive, each in many captures: what a page does to its own history shows only then.
        let mut sources: Vec<Source> = (0..6).map(|_| random.pick(sources).clone()).collect();
        for _ in 0..BATCH {
            run.store(&mut sources, &mut random);
        }
        run.ask();
        run.check("after storing");
        run.parse_again();
        run.read_back();
        run.remove();
        run
    }

    /// Parses one mutated page into the archive. It may be refused, but never badly.
    fn store(&mut self, sources: &mut [Source], random: &mut Random) {
        let page = sources[random.below(sources.len())].mutated(random);
        let name = random.pick(&NAMES);
        let file = self.home.path().join(name);
        fs::write(&file, &page).unwrap();
        let mut arguments = vec!["parse".to_owned(), format!("./{name}")];
        if random.one_in(5) {
            arguments.push(format!("--as={}", random.pick(&AS)));
        }
        if random.one_in(4) {
            arguments.push(format!("--captured={}", random.pick(&CAPTURED)));
        }
        if random.one_in(12) {
            arguments.push("--url=https://news.example/live/1?post=2#3".to_owned());
        }
        let output = self.run(&arguments);
        self.stored += usize::from(output.status.success());
        if !matches!(output.status.code(), Some(0..=2)) || says(&output, "damaged") {
            self.find("parse", &arguments, &output);
        }
    }

    /// Asks in every format and way.
    fn ask(&mut self) {
        for format in FORMATS {
            for command in ["filter", "timeline"] {
                self.succeed(&[command, "--format", format, "-o", "out"]);
            }
        }
        for question in [
            &["search", "the", "--json"][..],
            &["filter", "--since", "12:00", "--jsonl"],
            &["filter", "--tz", "Pacific/Kiritimati", "--text", "the|a", "--jsonl"],
            &["timeline", "--tz", "America/Los_Angeles", "--until", "2023-06-19"],
            &["pages", "--json"],
            &["pages"],
            &["history", "--json"],
            &["history"],
        ] {
            self.succeed(question);
        }
    }

    fn check(&mut self, when: &str) {
        let arguments = vec!["check".to_owned()];
        let output = self.run(&arguments);
        if !output.status.success() {
            self.find(&format!("check {when}"), &arguments, &output);
        }
    }

    /// Parses all originals again with the same grammar: nothing may change.
    fn parse_again(&mut self) {
        let before = (self.rows(), self.history());
        self.succeed(&["rebuild"]);
        let after = (self.rows(), self.history());
        if before.0 != after.0 {
            self.findings.push(("rebuild gives other rows".to_owned(), difference(&before.0, &after.0)));
        }
        if before.1 != after.1 {
            self.findings.push(("rebuild gives another history".to_owned(), difference(&before.1, &after.1)));
        }
        self.check("after rebuild");
    }

    /// Reads the rows that were printed.
    fn read_back(&mut self) {
        let rows = self.rows();
        if rows.is_empty() {
            return;
        }
        fs::write(self.home.path().join("rows.jsonl"), &rows).unwrap();
        let output = self.succeed(&["filter", "rows.jsonl", "--count"]);
        let (wanted, got) = (rows.lines().count().to_string(), output.trim().to_owned());
        if wanted != got {
            self.findings.push(("rows read back are not as many".to_owned(), format!("{wanted} printed, {got} read")));
        }
    }

    /// Removes every live blog, one after another.
    fn remove(&mut self) {
        let pages: Vec<serde_json::Value> =
            serde_json::from_str(&self.succeed(&["pages", "--json"])).unwrap_or_default();
        for (index, page) in pages.iter().enumerate() {
            let name = page["page"].as_str().or(page["name"].as_str()).unwrap_or_default().to_owned();
            self.succeed(&["remove", "--yes", "--", &name]);
            if index == pages.len() / 2 {
                self.check("after removing half");
            }
        }
        let left = self.rows();
        if !left.is_empty() {
            self.findings.push(("entries are left when all is removed".to_owned(), left));
        }
    }

    fn rows(&mut self) -> String {
        self.succeed(&["filter", "--jsonl", "--removed"])
    }

    fn history(&mut self) -> String {
        self.succeed(&["history", "--json"])
    }

    /// Runs a command that must not fail, and gives what it printed.
    fn succeed(&mut self, arguments: &[&str]) -> String {
        let arguments: Vec<_> = arguments.iter().map(|&argument| argument.to_owned()).collect();
        let output = self.run(&arguments);
        // An archive into which nothing was stored was never made.
        if !output.status.success() && !says(&output, "nothing has been") {
            self.find(&arguments[0], &arguments, &output);
        }
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn run(&self, arguments: &[String]) -> Output {
        let mut command = Command::new(program());
        command.args(arguments).current_dir(self.home.path()).stdin(Stdio::null());
        command.env("HOME", self.home.path()).env("XDG_DATA_HOME", self.home.path().join("data"));
        command
            .env("LIVEBLOG_ARCHIVE", self.home.path().join("archive.db"))
            .env("LIVEBLOG_NOW", "2025-03-01T12:00:00Z");
        command.output().unwrap()
    }

    fn find(&mut self, what: &str, arguments: &[String], output: &Output) {
        let code = output.status.code().map_or("a signal".to_owned(), |code| code.to_string());
        let words = String::from_utf8_lossy(&output.stderr).trim().chars().take(300).collect::<String>();
        let kind = if words.contains("panicked") { "panic of ".to_owned() + what } else { what.to_owned() };
        self.findings.push((format!("{kind}, exit {code}"), format!("{arguments:?}: {words}")));
    }
}

fn program() -> PathBuf {
    std::env::var_os("STORING_PROGRAM").map_or(env!("CARGO_BIN_EXE_liveblog").into(), PathBuf::from)
}

fn says(output: &Output, words: &str) -> bool {
    String::from_utf8_lossy(&output.stderr).contains(words)
}

/// The first line that differs.
fn difference(before: &str, after: &str) -> String {
    let start = before.bytes().zip(after.bytes()).take_while(|(one, other)| one == other).count();
    let excerpt = |text: &str| {
        let from = boundary(text, start.saturating_sub(150));
        text[from..].chars().take(400).collect::<String>()
    };
    format!("\n      before: {}\n      after:  {}", excerpt(before), excerpt(after))
}
