//! How large an input may be.

use std::io::{self, Read};

/// How many bytes an input has at most, unless the user says more: many times the largest live page known.
pub const MAX_BYTES: u64 = 64 << 20;

/// Reads all of an input into `bytes`; `false` if it has more than `most`, of which one more is read and no others. Some
/// inputs, such as `/dev/zero`, never end.
pub(super) fn read(input: impl Read, most: u64, bytes: &mut Vec<u8>) -> io::Result<bool> {
    input.take(most.saturating_add(1)).read_to_end(bytes)?;
    Ok(bytes.len() as u64 <= most)
}

/// A size as people write it: `64 MB`, `1500 bytes`.
pub(super) fn shown(bytes: u64) -> String {
    match bytes {
        0 => "0 bytes".to_owned(),
        _ if bytes.is_multiple_of(1 << 20) => format!("{} MB", bytes >> 20),
        _ if bytes.is_multiple_of(1 << 10) => format!("{} kB", bytes >> 10),
        _ => format!("{bytes} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_without_end_is_read_up_to_the_limit() {
        let mut bytes = Vec::new();
        assert!(!read(io::repeat(b'x'), 1_000, &mut bytes).unwrap());
        assert_eq!(bytes.len(), 1_001);
        let mut bytes = Vec::new();
        assert!(read(&b"page"[..], 4, &mut bytes).unwrap());
        assert_eq!(bytes, b"page");
    }

    #[test]
    fn sizes_are_shown_in_the_largest_unit_that_is_exact() {
        assert_eq!([64 << 20, 3 << 10, 1_500, 0].map(shown), ["64 MB", "3 kB", "1500 bytes", "0 bytes"]);
    }
}
