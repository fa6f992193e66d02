//! WARC, and so WET: a file of records, each a head and as many bytes as it says.

use std::fmt::Display;

use chrono::{DateTime, Utc};

use super::stream::Stream;
use crate::input::container::warc::{Head, MAX_HEAD, begins_record, find_record};
use crate::input::{Document, Error, OpenOptions, printable};

/// How many bytes behind a record show whether the next one begins there: line ends, and `WARC/1.0`.
const BEHIND: usize = 16;

/// How many bytes are passed over at once.
const BLOCK: usize = 64 << 10;

/// The records of a file that may contain a page, each a document with its head.
pub struct Warc {
    name: String,
    modified: Option<DateTime<Utc>>,
    stream: Stream,
    max_bytes: u64,
}

impl Iterator for Warc {
    type Item = Result<Document, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.skip_line_ends();
            if !self.stream.fill(1) {
                let damage = self.stream.take_damage()?;
                return Some(Err(damage.into_error(&self.name)));
            }
            let offset = self.stream.offset();
            match self.record() {
                Ok(None) => {}
                Ok(Some(bytes)) => {
                    let source = format!("{}#{offset}", self.name);
                    let modified = self.modified;
                    return Some(Ok(Document { source, url: None, captured: None, modified, bytes }));
                }
                Err(problem) => return Some(Err(self.error(offset, problem))),
            }
        }
    }
}

impl Warc {
    pub fn new(name: String, modified: Option<DateTime<Utc>>, stream: Stream, options: &OpenOptions) -> Self {
        Self { name, modified, stream, max_bytes: options.max_bytes }
    }

    /// Reads a record, and returns it if it may contain a page. Behind one that is not as it says, the next is searched.
    fn record(&mut self) -> Result<Option<Vec<u8>>, Problem> {
        let Some((start, length, may_have_page)) = self.head() else {
            self.skip_to_next_record(0);
            return Err(Problem::NoRecord);
        };
        let Some(length) = length else {
            self.skip_to_next_record(start - 1);
            return Err(Problem::NoLength);
        };
        if length > self.max_bytes {
            return self.skip_large(start, length, may_have_page).map(|()| None);
        }
        let end = start.saturating_add(usize::try_from(length).unwrap_or(usize::MAX));
        let is_whole = self.stream.fill(end);
        if is_whole && self.ends_at(end) {
            let record = may_have_page.then(|| self.stream.bytes()[..end].to_vec());
            self.stream.consume(end);
            return Ok(record);
        }
        match self.next_record(start - 1) {
            Some(at) => self.stream.consume(at),
            None if is_whole => self.skip_to_next_record(end),
            None => {
                self.stream.consume(end);
                return Err(Problem::CutOff);
            }
        }
        Err(Problem::WrongLength)
    }

    /// The head that is next: its length, that of what follows it, and whether that may be a page.
    fn head(&mut self) -> Option<(usize, Option<u64>, bool)> {
        /// As long as nearly all heads.
        const USUAL: usize = 2 << 10;
        for most in [USUAL, MAX_HEAD] {
            let has_more = self.stream.fill(most);
            if let Some((head, start)) = Head::parse(self.stream.bytes()) {
                return Some((start, head.length, head.may_have_page()));
            }
            if !has_more {
                break;
            }
        }
        None
    }

    /// Whether a record ends there: line ends and another record follow, or nothing.
    fn ends_at(&mut self, end: usize) -> bool {
        self.stream.fill(end + BEHIND);
        let behind = &self.stream.bytes()[end..];
        let line_ends = behind.iter().take_while(|byte| is_line_end(byte)).count();
        line_ends == behind.len() || begins_record(&behind[line_ends..])
    }

    /// Passes over a record that is too large to be held. If another one begins within it, it is not as long as it says.
    fn skip_large(&mut self, start: usize, length: u64, may_have_page: bool) -> Result<(), Problem> {
        // A record begins behind a line end, which may be that of the head.
        self.stream.consume(start - 1);
        let mut left = length.saturating_add(1);
        while left > 0 {
            let wanted = usize::try_from(left).unwrap_or(BLOCK).min(BLOCK);
            let is_there = self.stream.fill(wanted);
            if let Some(at) = self.next_record(0).filter(|at| (*at as u64) < left) {
                self.stream.consume(at);
                return Err(Problem::WrongLength);
            }
            let there = self.stream.bytes().len() as u64;
            if !is_there {
                self.stream.consume(usize::MAX);
                return Err(Problem::CutOff);
            }
            let passed = if there >= left { left } else { there - BEHIND as u64 };
            self.stream.consume(usize::try_from(passed).unwrap_or(usize::MAX));
            left -= passed;
        }
        if !self.ends_at(0) {
            self.skip_to_next_record(0);
            return Err(Problem::WrongLength);
        }
        if may_have_page { Err(Problem::TooLarge) } else { Ok(()) }
    }

    /// Goes on to the next record behind the next `from` bytes.
    fn skip_to_next_record(&mut self, from: usize) {
        self.stream.consume(from);
        loop {
            let next = self.next_record(0);
            let there = self.stream.bytes().len();
            self.stream.consume(next.unwrap_or(there.saturating_sub(BEHIND)));
            if next.is_some() {
                return;
            }
            if !self.stream.fill(BEHIND + BLOCK) {
                let next = self.next_record(0).unwrap_or(usize::MAX);
                return self.stream.consume(next);
            }
        }
    }

    /// Where the next record begins behind the next `from` bytes, among those that are there: on a line, or in a member.
    fn next_record(&self, from: usize) -> Option<usize> {
        let bytes = &self.stream.bytes()[from..];
        let member = self.stream.member_starts().find(|at| *at > from && begins_record(&bytes[at - from..]));
        find_record(bytes).map(|at| at + from).into_iter().chain(member).min()
    }

    fn skip_line_ends(&mut self) {
        loop {
            let bytes = self.stream.bytes();
            let line_ends = bytes.iter().take_while(|byte| is_line_end(byte)).count();
            let is_all = line_ends == bytes.len();
            self.stream.consume(line_ends);
            if !is_all || !self.stream.fill(1) {
                return;
            }
        }
    }

    fn error(&self, offset: impl Display, problem: Problem) -> Error {
        let name = printable(&format!("{}#{offset}", self.name)).into_owned();
        let problem = match problem {
            Problem::TooLarge => return Error::TooLarge { name, limit: self.max_bytes },
            Problem::NoRecord => "no record begins here, where one should; the next one is read",
            Problem::NoLength => "the record does not say how long it is, and is left out",
            Problem::WrongLength => "the record is not as long as it says, and is left out",
            Problem::CutOff => "the record is cut off, and is left out",
        };
        Error::Record { name, problem: problem.to_owned() }
    }
}

/// What is wrong with a record.
enum Problem {
    NoRecord,
    NoLength,
    WrongLength,
    CutOff,
    TooLarge,
}

fn is_line_end(byte: &u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}
