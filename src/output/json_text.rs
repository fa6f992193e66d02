//! A text as a string of JSON.

/// How many bytes are looked at together: as many as a register of any processor of today holds.
const CHUNK: usize = 16;

/// Adds a text in quotes, with what JSON does not allow in it escaped, as `serde_json` does.
pub(super) fn push_text(to: &mut Vec<u8>, text: &str) {
    to.push(b'"');
    let mut rest = text.as_bytes();
    while let Some(position) = first_to_escape(rest) {
        to.extend_from_slice(&rest[..position]);
        push_escaped(to, rest[position]);
        rest = &rest[position + 1..];
    }
    to.extend_from_slice(rest);
    to.push(b'"');
}

/// Whether a byte of UTF-8 must be escaped: quotes, backslashes and control characters. They are all ASCII.
fn is_to_escape(byte: u8) -> bool {
    byte < b' ' || byte == b'"' || byte == b'\\'
}

/// The position of the first byte that must be escaped. Most texts have none, so whole chunks are asked first: without a
/// branch for each byte, the compiler turns that into a few instructions.
fn first_to_escape(bytes: &[u8]) -> Option<usize> {
    let (chunks, rest) = bytes.as_chunks::<CHUNK>();
    for (index, chunk) in chunks.iter().enumerate() {
        if has_to_escape(chunk) {
            return chunk.iter().position(|&byte| is_to_escape(byte)).map(|position| index * CHUNK + position);
        }
    }
    // The last bytes as a whole chunk too, together with some that were looked at already.
    if bytes.last_chunk::<CHUNK>().is_some_and(|last| !has_to_escape(last)) {
        return None;
    }
    rest.iter().position(|&byte| is_to_escape(byte)).map(|position| bytes.len() - rest.len() + position)
}

fn has_to_escape(chunk: &[u8; CHUNK]) -> bool {
    chunk.iter().fold(false, |found, &byte| found | is_to_escape(byte))
}

fn push_escaped(to: &mut Vec<u8>, byte: u8) {
    const HEX: [u8; 16] = *b"0123456789abcdef";
    match byte {
        b'"' => to.extend_from_slice(b"\\\""),
        b'\\' => to.extend_from_slice(b"\\\\"),
        b'\n' => to.extend_from_slice(b"\\n"),
        b'\r' => to.extend_from_slice(b"\\r"),
        b'\t' => to.extend_from_slice(b"\\t"),
        b'\x08' => to.extend_from_slice(b"\\b"),
        b'\x0C' => to.extend_from_slice(b"\\f"),
        _ => {
            to.extend_from_slice(b"\\u00");
            to.extend_from_slice(&[HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn json(text: &str) -> String {
        let mut to = Vec::new();
        push_text(&mut to, text);
        String::from_utf8(to).unwrap()
    }

    #[test]
    fn every_character_of_ascii_is_written_as_serde_json_does_at_any_place_of_a_chunk() {
        for character in '\0'..='\x7f' {
            for before in 0..=2 * CHUNK {
                for after in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1] {
                    let text = format!("{}{character}{}", "a".repeat(before), "é".repeat(after));
                    assert_eq!(json(&text), serde_json::to_string(&text).unwrap());
                }
            }
        }
    }

    proptest! {
        #[test]
        fn a_text_is_written_as_serde_json_does(text in "([a-zé“ ]{0,20}[\\x00-\\x1f\"\\\\/\\x7f\u{2028}😀]{0,2}){0,6}", any in any::<String>()) {
            prop_assert_eq!(json(&text), serde_json::to_string(&text).unwrap());
            prop_assert_eq!(json(&any), serde_json::to_string(&any).unwrap());
        }
    }
}
