//! The decompressed bytes of a file, as many at once as a record needs, and where in the file they are from.

use std::fmt;

use super::members::{Compression, Damage, Members, Part};

/// More bytes than this, once they are no longer needed, are given back.
const LARGE: usize = 1 << 20;

/// The bytes of the members of a file, one after another. Where a member is damaged, they end until the damage is taken.
pub struct Stream {
    members: Members,
    buffer: Vec<u8>,
    /// The next byte in the buffer.
    at: usize,
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
            dropped: 0,
            starts: vec![(0, 0)],
            damage: None,
            has_ended: false,
        }
    }

    /// The next bytes, as many as were read already.
    pub fn bytes(&self) -> &[u8] {
        &self.buffer[self.at..]
    }

    /// Reads on until the next `length` bytes are there; `false` if there are not so many before the end or a damage.
    pub fn fill(&mut self, length: usize) -> bool {
        while self.buffer.len() - self.at < length {
            if self.has_ended || self.damage.is_some() {
                return false;
            }
            self.drop_consumed();
            let missing = length - (self.buffer.len() - self.at);
            match self.members.read(&mut self.buffer, missing) {
                Part::Bytes => {}
                Part::Start(offset) => self.starts.push((self.dropped + self.buffer.len() as u64, offset)),
                Part::Damage(damage) => {
                    // What was decompressed of it may be wrong.
                    let member = self.starts.pop_if(|(_, offset)| *offset == damage.offset);
                    if let Some((start, _)) = member.filter(|_| !self.is_plain) {
                        let start = usize::try_from(start.saturating_sub(self.dropped)).unwrap_or_default();
                        self.buffer.truncate(start.max(self.at));
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
        self.at = self.at.saturating_add(count).min(self.buffer.len());
    }

    /// Takes the damage that comes next, once all bytes before it are consumed.
    pub fn take_damage(&mut self) -> Option<Damage> {
        self.damage.take_if(|_| self.at == self.buffer.len())
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

    /// Drops what was consumed, once it is most of what there is.
    fn drop_consumed(&mut self) {
        if self.at <= self.buffer.len() / 2 {
            return;
        }
        self.buffer.drain(..self.at);
        self.dropped += self.at as u64;
        self.at = 0;
        if self.buffer.capacity() > LARGE && self.buffer.len() < LARGE / 2 {
            self.buffer.shrink_to(LARGE);
        }
        let position = self.dropped;
        let current = self.starts.iter().rposition(|(start, _)| *start <= position).unwrap_or_default();
        self.starts.drain(..current);
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
