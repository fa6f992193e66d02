//! Invented pages, as many as are wanted, and how long programs take over them.

#![allow(clippy::unwrap_used, reason = "a bench may end with a panic")]

use std::fmt::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

pub const ENTRIES_OF_A_PAGE: usize = 20;

/// The words that pages are made of, the most frequent first.
pub fn vocabulary(chance: &mut Chance) -> Vec<String> {
    (0..20_000).map(|_| chance.word()).collect()
}

/// One of many.
pub fn author(words: &[String], number: usize) -> String {
    let (first, rest) = words[number].split_at(1);
    format!("Ada {}{rest}", first.to_uppercase())
}

/// How long a program takes, from its start to its end; what it prints is thrown away.
pub fn time(command: &mut Command) -> Duration {
    let start = Instant::now();
    assert!(command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success(), "{command:?}");
    start.elapsed()
}

/// The same numbers in every run: a linear congruential generator.
pub struct Chance(pub u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn word(&mut self) -> String {
        let mut syllable = || {
            let (consonant, vowel) = (self.below(15), self.below(5));
            ["bcdfghlmnprstvw".as_bytes()[consonant], b"aeiou"[vowel]].map(char::from)
        };
        (0..3).flat_map(|_| syllable()).collect()
    }

    /// Words apart by blanks, few of them often, as in any language.
    fn words(&mut self, count: usize, words: &[String]) -> String {
        let mut pick = || {
            let end = self.below(words.len()) + 1;
            let end = self.below(end) + 1;
            words[self.below(end)].as_str()
        };
        (0..count).map(|_| pick()).collect::<Vec<_>>().join(" ")
    }

    /// A page of entries ten minutes apart, on one of a thousand days.
    pub fn page(&mut self, page: usize, words: &[String]) -> String {
        let year = 2014 + i32::try_from(page / 100 % 10).unwrap();
        let day = chrono::NaiveDate::from_ymd_opt(year, 5, 1).unwrap() + chrono::Days::new(page as u64 % 100);
        let mut text = String::new();
        for minutes in (0..ENTRIES_OF_A_PAGE).rev().map(|entry| 600 + 10 * entry) {
            let (title, author) = (self.words(6, words), author(words, self.below(300)));
            let (hour, minute, day) = (minutes / 60, minutes % 60, day.format("%-d %B %Y"));
            writeln!(text, "{title}published at {hour}:{minute:02} British Summer Time {day}\n").unwrap();
            writeln!(text, "    {author}\n    Transport correspondent\n").unwrap();
            for _ in 0..4 {
                let length = 20 + self.below(30);
                writeln!(text, "    {}.\n", self.words(length, words)).unwrap();
            }
        }
        text
    }
}
