//! A user's session: a home of its own, files in it, and what the program prints there.

use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin_cmd;
use tempfile::TempDir;

/// An empty home, and the folder in which the program runs.
pub struct Home {
    folder: TempDir,
}

impl Home {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A home with the two live blogs of this module as `flood.json` and `storm.json`.
    pub fn with_pages() -> Self {
        Self::new().file("flood.json", FLOOD).file("storm.json", STORM)
    }

    /// The same home with one more file.
    pub fn file(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The names of all files in the home, sorted.
    pub fn files(&self) -> Vec<String> {
        self.files_in("")
    }

    /// The names of all files in a folder of it, sorted.
    pub fn files_in(&self, folder: &str) -> Vec<String> {
        let files = fs::read_dir(self.path(folder)).unwrap();
        let mut names: Vec<_> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Runs the program with arguments that are parted by spaces, with nothing on standard input.
    pub fn run(&self, arguments: &str) -> Ended {
        self.run_each(arguments.split(' '))
    }

    /// Runs the program with arguments that may hold spaces.
    pub fn run_each<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Ended {
        Ended::of(self.command().args(arguments))
    }

    /// Runs the program with `input` on standard input.
    pub fn pipe(&self, input: &str, arguments: &str) -> Ended {
        Ended::of(self.command().args(arguments.split(' ')).write_stdin(input))
    }

    /// The program in this home, where it is always noon of 20 June 2023, UTC.
    pub fn command(&self) -> Command {
        let mut command = cargo_bin_cmd!("liveblog");
        command.env_clear().current_dir(self.folder.path());
        command.env("HOME", self.folder.path()).env("XDG_DATA_HOME", self.path("data"));
        command.env("LIVEBLOG_NOW", "2023-06-20T12:00:00Z");
        command
    }

    /// Where the archive is.
    pub fn archive(&self) -> String {
        Path::display(&self.path("data/liveblog/archive.db")).to_string()
    }
}

/// How a run ended, and all that it printed.
#[derive(PartialEq)]
pub struct Ended {
    pub code: i32,
    pub printed: String,
    pub said: String,
}

impl Ended {
    fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        Self {
            code: output.status.code().unwrap(),
            printed: String::from_utf8(output.stdout).unwrap(),
            said: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl fmt::Debug for Ended {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        let Self { code, printed, said } = self;
        write!(to, "\nexit code {code}\n--- standard output\n{printed}--- standard error\n{said}---\n")
    }
}

/// Done, with that on standard output and no words.
pub fn printed(text: &str) -> Ended {
    Ended { code: 0, printed: text.to_owned(), said: String::new() }
}

/// Done, with that on standard output and words on standard error.
pub fn printed_and_said(text: &str, words: &str) -> Ended {
    Ended { said: words.to_owned(), ..printed(text) }
}

/// What is said where pages are read of which one, [`FLOOD`], has a warning.
pub const WARNED: &str = "1 warning in 1 page; -v prints them\n";

/// Done, with that on standard output, of pages of which one has a warning.
pub fn printed_and_warned(text: &str) -> Ended {
    printed_and_said(text, WARNED)
}

/// Nothing printed, exit code 1, and why.
pub fn failed(words: &str) -> Ended {
    Ended { code: 1, ..printed_and_said("", words) }
}

/// Nothing printed, exit code 2, and why.
pub fn misused(words: &str) -> Ended {
    Ended { code: 2, ..printed_and_said("", words) }
}

/// An invented live blog of three entries, as `parse --json` prints it.
pub const FLOOD: &str = include_str!("flood.json");

/// Another, of two entries, one of them without a time.
pub const STORM: &str = include_str!("storm.json");
