//! Rows of the generator's pages: its numbered text, and nothing else.

use memchr::{memchr, memchr2};
use sha2::{Digest, Sha256};

const STAMP: &str = "published at ";
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[derive(Default)]
struct Entry<'a> {
    number: usize,
    label: Option<&'a str>,
    title: &'a str,
    stamp: &'a str,
    breaking: bool,
    byline: Option<(&'a str, &'a str)>,
    blocks: Vec<Block<'a>>,
    images: Vec<Image<'a>>,
    media: Vec<(&'a str, usize)>,
    first: usize,
    last: usize,
}

enum Block<'a> {
    Paragraph(&'a str),
    /// The first of a list.
    FirstItem(&'a str),
    Item(&'a str),
}

struct Image<'a> {
    alt: &'a str,
    source: &'a str,
    caption: Option<&'a str>,
    position: usize,
}

/// What the next line of words is.
enum Expected {
    Any,
    /// An item, or anything else.
    Item,
    ImageCaption,
    MediaCaption,
}

/// Writes the rows of a page.
pub fn write(page: &str, text: &str, to: &mut Vec<u8>) {
    let mut lines = Lines { rest: text, number: 0 };
    let (mut entry, mut label, mut expected): (Option<Entry>, _, _) = (None, None, Expected::Any);
    let (mut number, mut blocks) = (0, 0);
    while let Some(line) = lines.next() {
        let words = line.trim_ascii();
        if words.is_empty() {
            continue;
        }
        let marked = line.as_bytes().get(2).is_some_and(u8::is_ascii_digit);
        let stamp = stamp(words);
        if marked || stamp.is_some() {
            let start = if marked { memchr(b' ', words.as_bytes()).unwrap() + 1 } else { 0 };
            let Some(end) = stamp else {
                label = Some((&words[start..], lines.number));
                continue;
            };
            if let Some(entry) = entry.take() {
                entry.write(page, to);
            }
            (number, blocks, expected) = (number + 1, 0, Expected::Any);
            let (label, first) = label.take().unzip();
            let (title, stamp) = (&words[start..end], &words[end + STAMP.len()..]);
            let first = first.unwrap_or(lines.number);
            entry = Some(Entry { number, label, title, stamp, first, last: lines.number, ..Entry::default() });
            continue;
        }
        let Some(entry) = &mut entry else { continue };
        entry.last = lines.number;
        expected = match expected {
            Expected::ImageCaption => {
                entry.images.last_mut().unwrap().caption = Some(words);
                Expected::Any
            }
            Expected::MediaCaption => {
                entry.media.push((words, blocks));
                Expected::Any
            }
            Expected::Any | Expected::Item => {
                if let Some(item) = words.strip_prefix("• ") {
                    let goes_on = matches!(expected, Expected::Item);
                    blocks += usize::from(!goes_on);
                    entry.blocks.push(if goes_on { Block::Item(item) } else { Block::FirstItem(item) });
                    Expected::Item
                } else if words.ends_with(['.', '!', '?', '"']) {
                    blocks += 1;
                    entry.blocks.push(Block::Paragraph(words));
                    Expected::Any
                } else if words == "Media caption," {
                    Expected::MediaCaption
                } else if words == "Image caption," {
                    Expected::ImageCaption
                } else if let Some((alt, source)) = words.split_once("Image source, ") {
                    entry.images.push(Image { alt, source, caption: None, position: blocks });
                    Expected::Any
                } else if words == "Breaking" {
                    entry.breaking = true;
                    Expected::Any
                } else {
                    let role = lines.next().unwrap().trim_ascii();
                    (entry.byline, entry.last) = (Some((words, role)), lines.number);
                    Expected::Any
                }
            }
        };
    }
    if let Some(entry) = entry {
        entry.write(page, to);
    }
}

/// Where the stamp of a line begins, if it ends in one: a year.
fn stamp(words: &str) -> Option<usize> {
    words.as_bytes().last()?.is_ascii_digit().then(|| words.rfind(STAMP)).flatten()
}

struct Lines<'a> {
    rest: &'a str,
    number: usize,
}

impl<'a> Lines<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let end = memchr(b'\n', self.rest.as_bytes())?;
        let line = &self.rest[..end];
        self.rest = &self.rest[end + 1..];
        self.number += 1;
        Some(line)
    }
}

impl Entry<'_> {
    fn write(&self, page: &str, to: &mut Vec<u8>) {
        write_text(to, "{\"page\":", page);
        to.extend_from_slice(b",\"page_title\":null,\"page_url\":null,\"removed\":false,\"id\":\"");
        let digest = Sha256::digest(self.stamp.as_bytes());
        digest[..6]
            .iter()
            .for_each(|byte| to.extend([byte >> 4, byte & 15].map(|digit| b"0123456789abcdef"[digit as usize])));
        to.extend_from_slice(b"\",\"number\":");
        write_number(to, self.number, 1);
        write_times(to, self.stamp);
        write_text(to, ",\"stamp\":", self.stamp);
        write_option(to, ",\"modified\":null,\"label\":", self.label);
        to.extend_from_slice(if self.breaking { b",\"breaking\":true" } else { b",\"breaking\":false" });
        write_text(to, ",\"title\":", self.title);
        write_option(to, ",\"subtitle\":null,\"author\":", self.byline.map(|(name, _)| name));
        write_option(to, ",\"role\":", self.byline.map(|(_, role)| role));
        to.extend_from_slice(b",\"co_authors\":[],\"body\":[");
        self.write_blocks(to);
        to.extend_from_slice(b"],\"images\":[");
        for (index, image) in self.images.iter().enumerate() {
            write_text(to, if index == 0 { "{\"alt\":" } else { ",{\"alt\":" }, image.alt);
            write_text(to, ",\"source\":", image.source);
            write_option(to, ",\"caption\":", image.caption);
            to.extend_from_slice(b",\"url\":null,\"position\":");
            write_number(to, image.position, 1);
            to.push(b'}');
        }
        to.extend_from_slice(b"],\"media\":[");
        for (index, (caption, position)) in self.media.iter().enumerate() {
            write_text(to, if index == 0 { "{\"caption\":" } else { ",{\"caption\":" }, caption);
            to.extend_from_slice(b",\"url\":null,\"position\":");
            write_number(to, *position, 1);
            to.push(b'}');
        }
        to.extend_from_slice(b"],\"url\":null,\"lines\":[");
        write_number(to, self.first, 1);
        to.push(b',');
        write_number(to, self.last, 1);
        to.extend_from_slice(b"],\"doubts\":[]}\n");
    }

    fn write_blocks(&self, to: &mut Vec<u8>) {
        for (index, block) in self.blocks.iter().enumerate() {
            if index > 0 {
                to.push(b',');
            }
            let words = match block {
                Block::Paragraph(words) => {
                    write_text(to, "{\"type\":\"paragraph\",\"text\":", words);
                    to.push(b'}');
                    continue;
                }
                Block::FirstItem(words) => {
                    to.extend_from_slice(b"{\"type\":\"list\",\"ordered\":false,\"items\":[");
                    words
                }
                Block::Item(words) => words,
            };
            write_text(to, "", words);
            if !matches!(self.blocks.get(index + 1), Some(Block::Item(_))) {
                to.extend_from_slice(b"]}");
            }
        }
    }
}

/// `,"published":"2023-06-19T13:27:00Z","published_local":"2023-06-19T14:27:00+01:00"` of
/// `14:27 British Summer Time 19 June 2023`.
fn write_times(to: &mut Vec<u8>, stamp: &str) {
    let number = |text: &str| text.bytes().fold(0, |number, digit| number * 10 + usize::from(digit - b'0'));
    let (clock, rest) = stamp.split_at(5);
    let (hour, minute) = (number(&clock[..2]), number(&clock[3..]));
    let summer = rest.starts_with(" British");
    let (rest, year) = rest.rsplit_once(' ').unwrap();
    let (rest, month) = rest.rsplit_once(' ').unwrap();
    let (_, day) = rest.rsplit_once(' ').unwrap();
    let month = MONTHS.iter().position(|name| *name == month).unwrap() + 1;
    let local = [number(year), month, number(day), hour, minute];
    to.extend_from_slice(b",\"published\":\"");
    write_time(to, if summer { an_hour_before(local) } else { local });
    to.extend_from_slice(b"Z\",\"published_local\":\"");
    write_time(to, local);
    to.extend_from_slice(if summer { b"+01:00\"" } else { b"+00:00\"" });
}

fn an_hour_before([year, month, day, hour, minute]: [usize; 5]) -> [usize; 5] {
    match (hour, day, month) {
        (1.., ..) => [year, month, day, hour - 1, minute],
        (0, 2.., _) => [year, month, day - 1, 23, minute],
        // Summer time is in force from March to October.
        (0, _, 5 | 7 | 10) => [year, month - 1, 30, 23, minute],
        _ => [year, month - 1, 31, 23, minute],
    }
}

fn write_time(to: &mut Vec<u8>, [year, month, day, hour, minute]: [usize; 5]) {
    write_number(to, year, 4);
    for (mark, number) in [(b'-', month), (b'-', day), (b'T', hour), (b':', minute), (b':', 0)] {
        to.push(mark);
        write_number(to, number, 2);
    }
}

fn write_number(to: &mut Vec<u8>, number: usize, width: u32) {
    if number >= 10 || width > 1 {
        write_number(to, number / 10, width.max(1) - u32::from(width > 1));
    }
    to.push(b'0' + (number % 10) as u8);
}

fn write_option(to: &mut Vec<u8>, key: &str, text: Option<&str>) {
    match text {
        Some(text) => write_text(to, key, text),
        None => {
            to.extend_from_slice(key.as_bytes());
            to.extend_from_slice(b"null");
        }
    }
}

fn write_text(to: &mut Vec<u8>, key: &str, text: &str) {
    to.extend_from_slice(key.as_bytes());
    to.push(b'"');
    let mut rest = text.as_bytes();
    while let Some(at) = memchr2(b'"', b'\\', rest) {
        to.extend_from_slice(&rest[..at]);
        to.extend([b'\\', rest[at]]);
        rest = &rest[at + 1..];
    }
    to.extend_from_slice(rest);
    to.push(b'"');
}
