//! The decompressed bytes of a file, as many at once as a record needs, and where in the file they are from.

use std::fmt;

use super::members::{Compression, Damage, Members, Part};

/// How much is read at once, at least.
const BLOCK: usize = 64 << 10;

/// More room than this, once it is no longer needed, is given back.
const LARGE: usize = 1 << 20;

/// The bytes of the members of a file, one after another. Where a member is damaged, they end until the damage is taken.
pub struct Stream {
    members: Members,
    /// Room for bytes, of which those from `at` to `end` are the next.
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    /// How many bytes were dropped before those in the buffer.
    dropped: u64,
    /// Where the members begin of which there are bytes: among all bytes, and in the file.
    starts: Vec<(u64, u64)>,
    /// Whether the file is not compressed, and so one member.
    is_plain: bool,
    /// The member behind the last byte that is damaged.
    damage: Option<Damage>,
    has_ended: bool,
}

/// Where in a file something begins: at that byte, or so many bytes within the member that begins there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordOffset {
    member: u64,
    within: u64,
}

impl Stream {
    pub fn new(members: Members) -> Self {
        Self {
            is_plain: members.compression() == Compression::None,
            members,
            buffer: Vec::new(),
            at: 0,
            end: 0,
            dropped: 0,
            starts: vec![(0, 0)],
            damage: None,
            has_ended: false,
        }
    }

    /// The next bytes, as many as were read already.
    pub fn bytes(&self) -> &[u8] {
        &self.buffer[self.at..self.end]
    }

    /// Reads on until the next `length` bytes are there; `false` if there are not so many before the end or a damage.
    pub fn fill(&mut self, length: usize) -> bool {
        while self.end - self.at < length {
            if self.has_ended || self.damage.is_some() {
                return false;
            }
            self.make_room(length);
            match self.members.read(&mut self.buffer[self.end..]) {
                Part::Bytes(read) => self.end += read,
                Part::Start(offset) => self.starts.push((self.dropped + self.end as u64, offset)),
                Part::Damage(damage) => {
                    // What was decompressed of it may be wrong.
                    let member = self.starts.pop_if(|(_, offset)| *offset == damage.offset);
                    if let Some((start, _)) = member.filter(|_| !self.is_plain) {
                        let start = usize::try_from(start.saturating_sub(self.dropped)).unwrap_or_default();
                        self.end = start.max(self.at);
                    }
                    self.damage = Some(damage);
                }
                Part::End => self.has_ended = true,
            }
        }
        true
    }

    /// Goes on by so many bytes, as far as they are there.
    pub fn consume(&mut self, count: usize) {
        self.at = self.at.saturating_add(count).min(self.end);
    }

    /// Takes the damage that comes next, once all bytes before it are consumed.
    pub fn take_damage(&mut self) -> Option<Damage> {
        self.damage.take_if(|_| self.at == self.end)
    }

    /// How many bytes before each of the members begins of which there are bytes.
    pub fn member_starts(&self) -> impl Iterator<Item = usize> {
        let next = self.dropped + self.at as u64;
        self.starts.iter().filter_map(move |(start, _)| usize::try_from(start.checked_sub(next)?).ok())
    }

    /// Where the next byte is from.
    pub fn offset(&self) -> RecordOffset {
        let position = self.dropped + self.at as u64;
        if self.is_plain {
            return RecordOffset { member: position, within: 0 };
        }
        let start = self.starts.iter().rfind(|(start, _)| *start <= position);
        let (start, member) = start.copied().unwrap_or_default();
        RecordOffset { member, within: position - start }
    }

    /// Makes room for at least a byte more, and for a block where so many are wanted. What was consumed is dropped.
    fn make_room(&mut self, length: usize) {
        if self.at > self.buffer.len() / 2 {
            self.buffer.copy_within(self.at..self.end, 0);
            self.dropped += self.at as u64;
            self.end -= self.at;
            self.at = 0;
            let position = self.dropped;
            let current = self.starts.iter().rposition(|(start, _)| *start <= position).unwrap_or_default();
            self.starts.drain(..current);
            if self.buffer.len() > LARGE && self.end.max(length) < LARGE / 2 {
                self.buffer.truncate(LARGE);
                self.buffer.shrink_to_fit();
            }
        }
        // A length may be wrong, so that room is made as bytes come.
        if self.buffer.len() - self.end < BLOCK / 2 {
            let more = (self.buffer.len() / 2).max(4 * BLOCK);
            self.buffer.resize(self.buffer.len() + more, 0);
        }
    }
}

impl fmt::Display for RecordOffset {
    /// `1234`, or `1234+56` within the member that begins at 1234
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self { member, within: 0 } => write!(to, "{member}"),
            Self { member, within } => write!(to, "{member}+{within}"),
        }
    }
}
