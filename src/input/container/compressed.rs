//! Compressed files: gzip and Zstandard, each of one part or several.

use std::io::{self, ErrorKind, Read};

use flate2::bufread::MultiGzDecoder;
use zstd::Decoder;

use super::{Content, FileKind, Problem};

/// How many bytes of a compressed file are enough to recognise what is in it.
const BEGINNING: u64 = 1024;

pub(super) fn open(kind: FileKind, bytes: &[u8], max_bytes: u64) -> Result<Content, Problem> {
    let mut content = Vec::new();
    let read = decoder(kind, bytes)
        .and_then(|decoder| decoder.take(max_bytes.saturating_add(1)).read_to_end(&mut content))
        .map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => Problem::CutOff,
            _ => Problem::Damaged,
        })?;
    if read as u64 > max_bytes {
        return Err(Problem::TooLarge);
    }
    Ok(Content { bytes: content, ..Content::default() })
}

/// The first bytes that are in it, as far as they can be read.
pub(super) fn beginning(kind: FileKind, bytes: &[u8]) -> Vec<u8> {
    let mut content = Vec::new();
    // What is damaged is reported where all of it is read.
    _ = decoder(kind, bytes).and_then(|decoder| decoder.take(BEGINNING).read_to_end(&mut content));
    content
}

fn decoder(kind: FileKind, bytes: &[u8]) -> io::Result<Box<dyn Read + '_>> {
    Ok(match kind {
        FileKind::Zstandard => Box::new(Decoder::with_buffer(bytes)?),
        _ => Box::new(MultiGzDecoder::new(bytes)),
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    fn zstandard(text: &str) -> Vec<u8> {
        zstd::encode_all(text.as_bytes(), 0).unwrap()
    }

    #[test]
    fn a_file_of_several_parts_is_all_of_them() {
        for (kind, parts) in [
            (FileKind::Gzip, [gzip("Tunnel "), gzip("reopens")]),
            (FileKind::Zstandard, [zstandard("Tunnel "), zstandard("reopens")]),
        ] {
            assert_eq!(open(kind, &parts.concat(), 14).unwrap().bytes, b"Tunnel reopens");
            assert_eq!(open(kind, &parts.concat(), 13), Err(Problem::TooLarge));
            assert_eq!(beginning(kind, &parts.concat()), b"Tunnel reopens");
        }
    }

    #[test]
    fn a_file_that_is_cut_off_anywhere_is_no_part_of_a_page() {
        let text = "The tunnel is closed. ".repeat(20);
        for (kind, whole) in [(FileKind::Gzip, gzip(&text)), (FileKind::Zstandard, zstandard(&text))] {
            for length in 4..whole.len() {
                let cut = open(kind, &whole[..length], 1_000);
                assert_eq!(cut, Err(Problem::CutOff), "{kind} {length}");
            }
        }
    }

    #[test]
    fn a_file_with_other_bytes_is_damaged() {
        let mut bytes = gzip("The tunnel is closed.");
        let checksum = bytes.len() - 8;
        bytes[checksum] ^= 1;
        assert_eq!(open(FileKind::Gzip, &bytes, 1_000), Err(Problem::Damaged));
    }

    #[test]
    fn what_is_small_can_be_large() {
        let zeros = "0".repeat(1 << 20);
        for (kind, bytes) in [(FileKind::Gzip, gzip(&zeros)), (FileKind::Zstandard, zstandard(&zeros))] {
            assert!(bytes.len() < 2_000);
            assert_eq!(open(kind, &bytes, 1 << 16), Err(Problem::TooLarge));
        }
    }
}
