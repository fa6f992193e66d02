//! The members of a compressed file, decompressed one after another. A damaged one is left out, and the next is searched.
//!
//! Crawls are compressed record by record: each member of gzip, or frame of Zstandard, begins with a record, so that one
//! that cannot be read costs no other.

use std::io::{self, BufRead, ErrorKind, Read};
use std::mem;

use flate2::bufread::GzDecoder;
use memchr::memmem;
use zstd::Decoder as ZstdDecoder;

use crate::input::{Error, OpenOptions, printable};

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// Not at all: it is one member.
    None,
    /// Members of gzip.
    Gzip,
    /// Frames of Zstandard.
    Zstandard,
}

/// What was read.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    /// More bytes of the member.
    Bytes,
    /// A member begins at that byte of the file.
    Start(u64),
    /// The member can be read no further.
    Damage(Damage),
    /// There is no more.
    End,
}

/// A member that cannot be read to its end.
#[derive(Debug, PartialEq, Eq)]
pub struct Damage {
    /// The byte of the file at which it begins.
    pub offset: u64,
    pub reason: Reason,
    /// The byte of the file at which reading goes on, unless there is nothing more to read.
    pub resumed: Option<u64>,
}

/// Why a member cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub enum Reason {
    /// The file ends within it.
    CutOff,
    /// It is not as it was written.
    Damaged,
    /// It is many times larger than its compressed bytes.
    Bomb,
    /// The system does not let it be read.
    Unreadable(String),
}

impl Damage {
    /// What is reported of it, in a file of that name.
    pub fn into_error(self, file: &str) -> Error {
        let Self { offset, reason, resumed } = self;
        let what = match reason {
            Reason::CutOff => "the file is cut off within the compressed part that begins here".to_owned(),
            Reason::Damaged => "the compressed part that begins here is damaged, and is left out".to_owned(),
            Reason::Bomb => {
                "the compressed part that begins here is far larger than its compressed bytes, and is left out"
                    .to_owned()
            }
            Reason::Unreadable(problem) => format!("the file cannot be read further: {problem}"),
        };
        let problem = match resumed {
            Some(next) => format!("{what}; the next one begins at byte {next}"),
            None => format!("{what}; nothing behind it is read"),
        };
        Error::Record { name: printable(&format!("{file}#{offset}")).into_owned(), problem }
    }
}

/// How many bytes are decompressed or read at once.
const BLOCK: usize = 64 << 10;

/// How far back a search for the next member can go after damage: a damaged member may swallow those behind it.
const HISTORY: usize = 4 << 20;

/// How many places that look like the beginning of a member, and are none, are tried in a file.
const MAX_FALSE_STARTS: usize = 100_000;

/// How many compressed bytes of a file are read once more after damage, beside four times those before it.
const MAX_REREAD: u64 = 64 << 20;

/// The members of a file.
pub struct Members {
    state: State,
    compression: Compression,
    /// What each member begins with: the next one after damage is known by it.
    begins_with: &'static [u8],
    limits: Limits,
    false_starts: usize,
    /// How many compressed bytes were read once more after damage.
    reread: u64,
}

/// The most that a member may be larger than its compressed bytes, once it has more bytes than a document may have.
#[derive(Clone, Copy)]
struct Limits {
    bytes: u64,
    ratio: u64,
}

enum State {
    /// A member may begin here, in a file that is compressed.
    Between(Window),
    /// Within a member.
    Within(Box<Member>),
    /// A file that is not compressed.
    Plain(Box<dyn Read + Send>),
    /// Behind the last byte.
    End,
}

/// A member that is being read.
struct Member {
    decoder: Decoder,
    /// The byte of the file at which it begins.
    start: u64,
    /// How many bytes it gave.
    decompressed: u64,
}

enum Decoder {
    Gzip(Box<GzDecoder<Window>>),
    Zstandard(ZstdDecoder<'static, Window>),
}

impl Members {
    pub fn new(
        input: impl Read + Send + 'static,
        compression: Compression,
        begins_with: &'static [u8],
        options: &OpenOptions,
    ) -> Self {
        let state = match compression {
            Compression::None => State::Plain(Box::new(input)),
            _ => State::Between(Window::new(input)),
        };
        let limits = Limits { bytes: options.max_bytes, ratio: options.max_ratio };
        Self { state, compression, begins_with, limits, false_starts: 0, reread: 0 }
    }

    pub fn compression(&self) -> Compression {
        self.compression
    }

    /// Reads on, and appends what was decompressed; of a file that is not compressed, so many bytes or a block.
    pub fn read(&mut self, to: &mut Vec<u8>, wanted: usize) -> Part {
        loop {
            let part = match mem::replace(&mut self.state, State::End) {
                State::End => Some(Part::End),
                State::Plain(input) => Some(self.read_plain(input, to, wanted)),
                State::Between(window) => self.begin(window),
                State::Within(member) => self.read_member(member, to),
            };
            if let Some(part) = part {
                return part;
            }
        }
    }

    fn read_plain(&mut self, mut input: Box<dyn Read + Send>, to: &mut Vec<u8>, wanted: usize) -> Part {
        let wanted = wanted.max(BLOCK);
        to.reserve(wanted);
        match input.by_ref().take(wanted as u64).read_to_end(to) {
            Ok(0) => Part::End,
            Ok(_) => {
                self.state = State::Plain(input);
                Part::Bytes
            }
            Err(problem) => {
                Part::Damage(Damage { offset: 0, reason: Reason::Unreadable(problem.to_string()), resumed: None })
            }
        }
    }

    /// Begins the next member. Zeros between members, with which tapes and disks are filled up, are passed over.
    fn begin(&mut self, mut window: Window) -> Option<Part> {
        loop {
            window.keep_from_here();
            let bytes = window.fill_buf().unwrap_or_default();
            let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
            if bytes.is_empty() {
                return Some(window.problem.take().map_or(Part::End, |problem| {
                    let reason = Reason::Unreadable(problem.to_string());
                    Part::Damage(Damage { offset: window.position(), reason, resumed: None })
                }));
            }
            if zeros == 0 {
                break;
            }
            window.consume(zeros);
        }
        let start = window.position();
        match self.decoder(window) {
            Ok(decoder) => {
                self.state = State::Within(Box::new(Member { decoder, start, decompressed: 0 }));
                Some(Part::Start(start))
            }
            Err((window, _)) => Some(self.search(window, start, Reason::Damaged)),
        }
    }

    fn read_member(&mut self, mut member: Box<Member>, to: &mut Vec<u8>) -> Option<Part> {
        match member.decoder.by_ref().take(BLOCK as u64).read_to_end(to) {
            Ok(0) => {
                self.state = State::Between(member.decoder.into_window());
                None
            }
            Ok(read) => {
                member.decompressed += read as u64;
                let compressed = member.decoder.window().position() - member.start;
                if member.decompressed > self.limits.bytes
                    && member.decompressed / compressed.max(1) > self.limits.ratio
                {
                    return Some(self.search(member.decoder.into_window(), member.start, Reason::Bomb));
                }
                self.state = State::Within(member);
                Some(Part::Bytes)
            }
            Err(problem) => {
                let window = member.decoder.into_window();
                let reason = match (&window.problem, problem.kind()) {
                    (Some(problem), _) => Reason::Unreadable(problem.to_string()),
                    (None, ErrorKind::UnexpectedEof) => Reason::CutOff,
                    _ => Reason::Damaged,
                };
                Some(self.search(window, member.start, reason))
            }
        }
    }

    /// Searches the next member behind one that cannot be read. What looks like its beginning can be part of compressed
    /// data, so it must contain the beginning of a record.
    fn search(&mut self, mut window: Window, damaged: u64, reason: Reason) -> Part {
        // A file made for it would have the same bytes decompressed again and again.
        self.reread += window.position() - damaged;
        if self.reread < MAX_REREAD + 4 * window.position() {
            window.rewind(damaged + 1);
        }
        while self.false_starts < MAX_FALSE_STARTS && window.find(self.compression.magic()) {
            let start = window.position();
            window.keep_from_here();
            let (mut decoder, mut beginning) = match self.decoder(window) {
                Ok(decoder) => (decoder, vec![0; self.begins_with.len()]),
                Err((failed, _)) => {
                    window = failed;
                    window.rewind(start + 1);
                    continue;
                }
            };
            let is_member = decoder.read_exact(&mut beginning).is_ok() && beginning == self.begins_with;
            window = decoder.into_window();
            window.rewind(start + u64::from(!is_member));
            if is_member {
                self.state = State::Between(window);
                return Part::Damage(Damage { offset: damaged, reason, resumed: Some(start) });
            }
            self.false_starts += 1;
        }
        Part::Damage(Damage { offset: damaged, reason, resumed: None })
    }

    /// A decoder of the member that begins here; without one the window is returned.
    fn decoder(&self, window: Window) -> Result<Decoder, (Window, io::Error)> {
        if self.compression == Compression::Gzip {
            return Ok(Decoder::Gzip(Box::new(GzDecoder::new(window))));
        }
        ZstdDecoder::try_with_buffer(window).map(|decoder| Decoder::Zstandard(decoder.single_frame()))
    }
}

impl Compression {
    /// The bytes with which a member begins.
    fn magic(self) -> &'static [u8] {
        match self {
            Self::None => b"",
            Self::Gzip => b"\x1f\x8b\x08",
            Self::Zstandard => b"\x28\xb5\x2f\xfd",
        }
    }
}

impl Decoder {
    fn window(&self) -> &Window {
        match self {
            Self::Gzip(decoder) => decoder.get_ref(),
            Self::Zstandard(decoder) => decoder.get_ref(),
        }
    }

    fn into_window(self) -> Window {
        match self {
            Self::Gzip(decoder) => decoder.into_inner(),
            Self::Zstandard(decoder) => decoder.finish(),
        }
    }
}

impl Read for Decoder {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Gzip(decoder) => decoder.read(buffer),
            Self::Zstandard(decoder) => decoder.read(buffer),
        }
    }
}

/// A compressed file, of which the bytes since the beginning of a member are kept.
struct Window {
    input: Box<dyn Read + Send>,
    bytes: Vec<u8>,
    /// The next byte.
    at: usize,
    /// Where in the file the first byte is.
    offset: u64,
    /// The first byte that is kept.
    keep: usize,
    /// Why the file could be read no further.
    problem: Option<io::Error>,
}

impl Window {
    fn new(input: impl Read + Send + 'static) -> Self {
        Self { input: Box::new(input), bytes: Vec::new(), at: 0, offset: 0, keep: 0, problem: None }
    }

    /// Where in the file the next byte is.
    fn position(&self) -> u64 {
        self.offset + self.at as u64
    }

    fn keep_from_here(&mut self) {
        self.keep = self.at;
    }

    /// Goes back to that byte of the file, or as far as bytes are kept.
    fn rewind(&mut self, to: u64) {
        self.at = usize::try_from(to.saturating_sub(self.offset)).unwrap_or_default().min(self.bytes.len());
        self.keep = self.keep.min(self.at);
    }

    /// Goes to where these bytes come next; `false` at the end of the file.
    fn find(&mut self, sought: &[u8]) -> bool {
        loop {
            if let Some(found) = memmem::find(&self.bytes[self.at..], sought) {
                self.at += found;
                return true;
            }
            self.at = self.bytes.len().saturating_sub(sought.len() - 1).max(self.at);
            self.keep_from_here();
            if !self.read_block() {
                return false;
            }
        }
    }

    /// Reads on; `false` at the end of the file.
    fn read_block(&mut self) -> bool {
        let keep = self.keep.max(self.at.saturating_sub(HISTORY));
        // What is no longer needed is dropped once it is most of what there is.
        if keep > self.bytes.len() / 2 {
            self.bytes.drain(..keep);
            self.offset += keep as u64;
            self.at -= keep;
            self.keep = self.keep.saturating_sub(keep);
        }
        let before = self.bytes.len();
        if let Err(problem) = self.input.by_ref().take(BLOCK as u64).read_to_end(&mut self.bytes) {
            self.problem = Some(problem);
        }
        self.bytes.len() > before
    }
}

impl BufRead for Window {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.bytes.len() {
            self.read_block();
        }
        Ok(&self.bytes[self.at..])
    }

    fn consume(&mut self, count: usize) {
        self.at += count;
    }
}

impl Read for Window {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}
