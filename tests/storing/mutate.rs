//! Pages that are stored: fixtures and pages made of them, changed as editors, crawls and hostile hands change them.

use std::fs;
use std::path::Path;

use crate::random::Random;

/// A live blog, of which each mutated page is kept: the next is made from one of them, as an edit of an edit is.
#[derive(Clone)]
pub struct Source {
    versions: Vec<Vec<u8>>,
}

/// Words that are put where others stood: odd times first, then what marks the parts of a page.
const WORDS: [&str; 24] = [
    "+10000-01-01T00:00:00Z",
    "-0001-12-31T23:59:59Z",
    "+262142-12-31T23:59:59Z",
    "-262143-01-01T00:00:00Z",
    "0000-00-00T00:00:00",
    "9999-12-31T23:59:59-12:00",
    "0001-01-01T00:00:00+14:00",
    "2021-02-01IST11:15:00+05:30",
    "published at 20:27 Eastern Standard Time 31 December 9999",
    "published at 00:00 British Summer Time 1 January 0000",
    "published at 12:00 LMT 1 January 1800",
    "published at 12:00 1 January 1840",
    "published at 01:30 31 March 2019",
    "published at Lap 16/52",
    "published at 25:61 GMT 31 February",
    "Image source, Reuters",
    "Image caption,",
    "Quote Message",
    "Breaking",
    "Analysis",
    "Related topics",
    "Ada Harbour",
    "Live reporter",
    "\u{0}\u{feff}\u{2028}",
];

/// Years that take the place of a year.
const YEARS: [&str; 8] = ["1800", "1846", "1883", "0000", "0001", "9999", "10000", "2024"];

/// The fixtures below a folder; their expected JSON is a page of our own.
pub fn sources(folder: &Path) -> Vec<Source> {
    let mut sources = Vec::new();
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources.extend(self::sources(&path));
        } else {
            sources.push(Source { versions: vec![fs::read(&path).unwrap()] });
        }
    }
    sources
}

impl Source {
    /// Another capture of the live blog.
    pub fn mutated(&mut self, random: &mut Random) -> Vec<u8> {
        // The first one often: pages that were mutated many times are no live pages any more.
        let page = if random.one_in(3) { &self.versions[0] } else { random.pick(&self.versions) }.clone();
        if random.one_in(10) {
            return page;
        }
        let mut text = String::from_utf8_lossy(&page).into_owned();
        if random.one_in(5) {
            // A crawl that broke off, of any state of the page: no other words, only fewer.
            cut_end(&mut text, random);
            return text.into_bytes();
        }
        for _ in 0..1 + random.below(3) {
            mutate(&mut text, random);
        }
        self.versions.push(text.clone().into_bytes());
        let mut page = text.into_bytes();
        if random.one_in(25) && !page.is_empty() {
            let at = random.below(page.len());
            page[at] ^= 1 << random.below(8);
        }
        page
    }
}

/// One change.
fn mutate(text: &mut String, random: &mut Random) {
    match random.below(10) {
        0 => cut_end(text, random),
        1 => cut_start(text, random),
        2 => replace_year(text, random),
        3 | 4 => replace_word(text, random),
        5 => replace_time_of_data(text, random),
        6 => edit_lines(text, |lines, random| drop(lines.remove(random.below(lines.len()))), random),
        7 => edit_lines(
            text,
            |lines, random| {
                let line = random.pick(lines).clone();
                lines.insert(random.below(lines.len() + 1), line);
            },
            random,
        ),
        8 => edit_lines(
            text,
            |lines, random| {
                let (one, other) = (random.below(lines.len()), random.below(lines.len()));
                lines.swap(one, other);
            },
            random,
        ),
        _ => edit_lines(
            text,
            |lines, random| lines.insert(random.below(lines.len() + 1), (*random.pick(&WORDS)).to_owned()),
            random,
        ),
    }
}

fn cut_end(text: &mut String, random: &mut Random) {
    let at = boundary(text, random.below(text.len() + 1));
    text.truncate(at);
}

/// The nearest boundary of a character at or before a byte.
pub fn boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

fn cut_start(text: &mut String, random: &mut Random) {
    let at = boundary(text, random.below(text.len() + 1) / 2);
    text.replace_range(..at, "");
}

fn replace_year(text: &mut String, random: &mut Random) {
    let years: Vec<usize> = text.match_indices("20").map(|(at, _)| at).filter(|&at| is_year(&text[at..])).collect();
    if !years.is_empty() {
        let at = *random.pick(&years);
        text.replace_range(at..at + 4, YEARS[random.below(YEARS.len())]);
    }
}

fn is_year(text: &str) -> bool {
    text.bytes().take(4).filter(u8::is_ascii_digit).count() == 4
}

/// Puts another word, perhaps an odd one, in the place of one.
fn replace_word(text: &mut String, random: &mut Random) {
    let Some((from, to)) = random_word(text, random) else { return };
    let word =
        if random.one_in(3) { (*random.pick(&WORDS)).to_owned() } else { text[from..to].chars().rev().collect() };
    text.replace_range(from..to, &word);
}

fn random_word(text: &str, random: &mut Random) -> Option<(usize, usize)> {
    let start = boundary(text, random.below(text.len().max(1)));
    let from = start + text[start..].find(char::is_alphanumeric)?;
    let to = text[from..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |length| from + length);
    Some((from, to))
}

/// Puts an odd time in the place of a time of JSON or of an attribute, `"2023-06-19T13:27:00Z"`.
fn replace_time_of_data(text: &mut String, random: &mut Random) {
    let is_time = |at: &usize| text[at + 1..].starts_with("20") && text[at + 5..].starts_with('-');
    let times: Vec<usize> = text
        .match_indices('"')
        .map(|(at, _)| at)
        .filter(|at| text.is_char_boundary(at + 5) && at + 5 < text.len() && is_time(at))
        .collect();
    if !times.is_empty() {
        let at = *random.pick(&times) + 1;
        let end = text[at..].find('"').map_or(text.len(), |length| at + length);
        text.replace_range(at..end, WORDS[random.below(8)]);
    }
}

fn edit_lines(text: &mut String, edit: impl FnOnce(&mut Vec<String>, &mut Random), random: &mut Random) {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if !lines.is_empty() {
        edit(&mut lines, random);
        *text = lines.join("\n");
    }
}
