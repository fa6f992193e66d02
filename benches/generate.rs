//! Writes invented pages into a directory, the same bytes each time:
//!
//! ```text
//! cargo run --release --example generate -- DIR [--pages N] [--entries N] [--seed N] [--layout LAYOUT] [--dress DRESS]
//! ```
//!
//! LAYOUT is `bbc`, unless another is named, or `all`, which takes them in turn, each in all dresses in which it is met.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a tool of ours may end with a panic")]

#[path = "../tests/generator/mod.rs"]
mod generator;

use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

use generator::{Dress, ENTRIES, Generator, Marks, SEED, Written};

fn main() -> ExitCode {
    match Task::from_arguments(env::args().skip(1)) {
        Ok(task) => {
            task.write();
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("generate: {problem}");
            ExitCode::from(2)
        }
    }
}

struct Task {
    folder: PathBuf,
    pages: usize,
    entries: usize,
    seed: u64,
    /// The layouts and dresses, which pages take in turn.
    files: Vec<(Written, Dress)>,
}

impl Task {
    fn from_arguments(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut folder, mut pages, mut entries, mut seed) = (None, 200, ENTRIES, SEED);
        let (mut layout, mut dress) = (Written::Bbc(Marks::Numbers).name().to_owned(), None);
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("{argument} takes a value"));
            let number = |value: String| value.parse().map_err(|_| format!("{value}: no number"));
            match argument.as_str() {
                "--pages" => pages = number(value()?)?,
                "--entries" => entries = number(value()?)?,
                "--seed" => seed = number(value()?)? as u64,
                "--layout" => layout = value()?,
                "--dress" => dress = Some(value()?),
                option if option.starts_with('-') => return Err(format!("{option}: no such option")),
                path => folder = Some(PathBuf::from(path)),
            }
        }
        let all = Written::ALL.into_iter().flat_map(|written| Dress::ALL.map(|dress| (written, dress)));
        let is_meant = |written: Written, one: Dress| match (layout.as_str(), &dress) {
            ("all", None) => true,
            (layout, dress) => {
                [written.name(), "all"].contains(&layout) && one.name() == dress.as_deref().unwrap_or("plain")
            }
        };
        let met = all.filter(|(written, dress)| dress.suits(*written));
        let files: Vec<_> = met.filter(|(written, dress)| is_meant(*written, *dress)).collect();
        if files.is_empty() {
            let layouts: Vec<_> = Written::ALL.iter().map(|written| written.name()).collect();
            let dresses: Vec<_> = Dress::ALL.iter().map(|dress| dress.name()).collect();
            return Err(format!("layouts are all, {}; dresses are {}", layouts.join(", "), dresses.join(", ")));
        }
        Ok(Self { folder: folder.ok_or("no DIR given")?, pages, entries, seed, files })
    }

    fn write(&self) {
        fs::create_dir_all(&self.folder).unwrap();
        let generator = Generator::new(self.seed);
        for number in 0..self.pages {
            let (written, dress) = self.files[number % self.files.len()];
            let page = generator.page(number, self.entries);
            let name = format!("page-{number:06}.{}", written.extension());
            fs::write(self.folder.join(name), page.bytes(written, dress)).unwrap();
        }
    }
}
