//! What a file is that is no page of text or HTML. Some kinds contain one, and can be [opened](super::container).

use std::fmt;

use infer::MatcherType;

/// A kind of file that is no live page as text or HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileKind {
    /// A web page with all that belongs to it in one file, as Chrome and Edge save it: MHTML.
    Mhtml,
    /// A web page with all that belongs to it in one file, as Safari saves it.
    SafariWebArchive,
    /// The records of a crawl.
    Warc,
    /// Rich Text Format, as TextEdit and WordPad save it.
    Rtf,
    /// A PDF document.
    Pdf,
    /// A document of Word or of LibreOffice.
    WordProcessor,
    /// Another document of an office suite: a spreadsheet, a presentation.
    Office,
    /// An EPUB or Kindle book.
    Ebook,
    /// Compressed by gzip.
    Gzip,
    /// Compressed by Zstandard.
    Zstandard,
    /// Compressed by bzip2.
    Bzip2,
    /// Compressed by xz.
    Xz,
    /// A ZIP archive that is no document.
    Zip,
    /// Files packed in another way: tar, 7z, RAR …
    Packed,
    /// A database of SQLite; an archive of liveblog is one.
    Sqlite,
    /// A table in Parquet.
    Parquet,
    /// An image.
    Image,
    /// A video.
    Video,
    /// A sound recording.
    Audio,
}

impl FileKind {
    /// The kind of a file, if it is none that can be read. Text is any kind only if it begins as no page does.
    pub(super) fn detect(bytes: &[u8]) -> Option<Self> {
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
        Self::by_text(text).or_else(|| Self::by_magic_number(bytes))
    }

    /// Whether the page in a file of this kind can be read.
    pub(super) fn can_be_opened(self) -> bool {
        use FileKind::{Gzip, Mhtml, SafariWebArchive, Warc, Zstandard};
        cfg!(feature = "containers") && matches!(self, Mhtml | SafariWebArchive | Gzip | Zstandard | Warc)
    }

    /// The kinds that consist of text, or may: each is known by more than a word.
    fn by_text(text: &[u8]) -> Option<Self> {
        match text {
            [b'{', b'\\', b'r', b't', b'f', ..] => Some(Self::Rtf),
            [b'%', b'P', b'D', b'F', b'-', b'0'..=b'9', b'.', ..] => Some(Self::Pdf),
            [b'W', b'A', b'R', b'C', b'/', b'0'..=b'9', b'.', b'0'..=b'9', ..] => Some(Self::Warc),
            [b'<', ..] if is_safari_web_archive_in_xml(text) => Some(Self::SafariWebArchive),
            _ if is_mime(text) => Some(Self::Mhtml),
            _ => None,
        }
    }

    /// The kinds that are known by their first bytes.
    fn by_magic_number(bytes: &[u8]) -> Option<Self> {
        // `infer` takes any text that begins with `BM`, `CWS`, `SQLi` or `ID3` for a file of some kind, so a text is
        // not shown to it, unless its beginning is one that no text has.
        let is_never_text = bytes.starts_with(b"\xff\xd8\xff")
            || bytes.starts_with(b"\x28\xb5\x2f\xfd")
            || bytes.starts_with(b"BZh") && bytes.get(4..10) == Some(b"1AY&SY")
            || bytes.starts_with(b"GIF87a")
            || bytes.starts_with(b"GIF89a")
            || bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
        // Without a way out of the loop, many bytes are looked at together.
        let beginning = &bytes[..bytes.len().min(BEGINNING)];
        let has_binary = beginning.iter().fold(false, |found, byte| found | super::decode::is_binary(byte));
        if !is_never_text && !has_binary {
            return None;
        }
        if bytes.starts_with(b"bplist00") && memchr::memmem::find(bytes, b"WebMainResource").is_some() {
            return Some(Self::SafariWebArchive);
        }
        if bytes.starts_with(b"PAR1") {
            return Some(Self::Parquet);
        }
        let found = infer::get(bytes)?;
        Some(match found.extension() {
            "pdf" => Self::Pdf,
            "doc" | "docx" | "odt" => Self::WordProcessor,
            "xls" | "xlsx" | "ods" | "ppt" | "pptx" | "odp" => Self::Office,
            "epub" | "mobi" => Self::Ebook,
            "gz" => Self::Gzip,
            "zst" => Self::Zstandard,
            "bz2" => Self::Bzip2,
            "xz" => Self::Xz,
            "zip" => Self::by_parts(bytes),
            "tar" | "7z" | "rar" | "lz" | "lz4" | "Z" | "cab" => Self::Packed,
            "sqlite" => Self::Sqlite,
            _ => match found.matcher_type() {
                MatcherType::Image => Self::Image,
                MatcherType::Video => Self::Video,
                MatcherType::Audio => Self::Audio,
                _ => return None,
            },
        })
    }

    /// The kind of a ZIP archive by the names of its parts, which stand at its end as well: `infer` knows an office document
    /// only where its text is one of the first.
    fn by_parts(bytes: &[u8]) -> Self {
        let has = |name: &[u8]| memchr::memmem::find(bytes, name).is_some();
        match has(b"[Content_Types].xml") {
            true if has(b"word/document.xml") => Self::WordProcessor,
            true => Self::Office,
            false => Self::Zip,
        }
    }
}

impl fmt::Display for FileKind {
    /// The kind in words, as in "this is a PDF document".
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str(match self {
            Self::Mhtml => "a web page saved as a single file (MHTML)",
            Self::SafariWebArchive => "a Safari web archive",
            Self::Warc => "a WARC file of a web crawl",
            Self::Rtf => "a rich text document (RTF)",
            Self::Pdf => "a PDF document",
            Self::WordProcessor => "a word processor document",
            Self::Office => "a spreadsheet or a presentation",
            Self::Ebook => "an e-book",
            Self::Gzip => "a file compressed by gzip",
            Self::Zstandard => "a file compressed by zstd",
            Self::Bzip2 => "a file compressed by bzip2",
            Self::Xz => "a file compressed by xz",
            Self::Zip => "a ZIP archive",
            Self::Packed => "a compressed archive",
            Self::Sqlite => "an SQLite database",
            Self::Parquet => "a Parquet file",
            Self::Image => "an image",
            Self::Video => "a video",
            Self::Audio => "an audio file",
        })
    }
}

/// How many bytes of a file are searched for the marks of its kind.
const BEGINNING: usize = 4096;

/// A property list in XML, of which this is a key:
///
/// ```xml
/// <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" …>
/// <plist version="1.0"><dict><key>WebMainResource</key>
/// ```
fn is_safari_web_archive_in_xml(text: &[u8]) -> bool {
    let beginning = &text[..text.len().min(BEGINNING)];
    let has = |words: &[u8]| memchr::memmem::find(beginning, words).is_some();
    has(b"<plist") && has(b"<key>WebMainResource</key>")
}

/// The head of a MIME message, up to its first blank line:
///
/// ```text
/// From: <Saved by Blink>
/// Snapshot-Content-Location: https://example.org/live
/// MIME-Version: 1.0
/// Content-Type: multipart/related;
///     type="text/html"; boundary="----MultipartBoundary--x----"
/// ```
fn is_mime(text: &[u8]) -> bool {
    let (mut version, mut content) = (false, false);
    for line in text.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii_end) {
        let Some(&first) = line.first() else { break };
        if first == b' ' || first == b'\t' {
            continue; // The line before goes on.
        }
        let Some((name, value)) = header(line) else { return false };
        if name.eq_ignore_ascii_case(b"From") && value.starts_with(b"<Saved by ") {
            return true;
        }
        version |= name.eq_ignore_ascii_case(b"MIME-Version");
        if name.eq_ignore_ascii_case(b"Content-Type") {
            content = true;
            if value.to_ascii_lowercase().starts_with(b"multipart/related") {
                return true;
            }
        }
    }
    version && content
}

/// `Name: value`
fn header(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = line.iter().position(|&byte| byte == b':')?;
    let (name, value) = (&line[..end], line[end + 1..].trim_ascii());
    let is_name = !name.is_empty() && name.iter().all(|&byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_name.then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_known_by_its_beginning() {
        let zip = |name: &str, content: &str| {
            let mut head = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
            head.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
            head.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
            head.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
            head.extend(b"\0\0");
            [&head, name.as_bytes(), content.as_bytes()].concat()
        };
        for (bytes, kind) in [
            (b"From: <Saved by Blink>\r\nSubject: Live".to_vec(), FileKind::Mhtml),
            (b"Content-Type: Multipart/Related; boundary=x\n\n--x".to_vec(), FileKind::Mhtml),
            (b"\nSubject: Live\n folded\nmime-version: 1.0\nContent-Type: text/html\n\n<p>".to_vec(), FileKind::Mhtml),
            (b"bplist00\xd1\x01\x02_\x10\x0fWebMainResource\xd0".to_vec(), FileKind::SafariWebArchive),
            (
                b"<?xml version=\"1.0\"?>\n<plist version=\"1.0\"><dict><key>WebMainResource</key>".to_vec(),
                FileKind::SafariWebArchive,
            ),
            (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n".to_vec(), FileKind::Warc),
            (b"\xef\xbb\xbf {\\rtf1\\ansi 12:00 Gate closed".to_vec(), FileKind::Rtf),
            (b"%PDF-1.7\n1 0 obj".to_vec(), FileKind::Pdf),
            (zip("word/document.xml", "<w/>"), FileKind::WordProcessor),
            (
                [
                    zip("[Content_Types].xml", "<t/>"),
                    zip("docProps/core.xml", "<c/>"),
                    zip("word/document.xml", "<w/>"),
                ]
                .concat(),
                FileKind::WordProcessor,
            ),
            (zip("mimetype", "application/vnd.oasis.opendocument.text"), FileKind::WordProcessor),
            (zip("xl/workbook.xml", "<w/>"), FileKind::Office),
            (zip("mimetype", "application/epub+zip"), FileKind::Ebook),
            (zip("page.html", "<p>"), FileKind::Zip),
            (b"\x1f\x8b\x08\0\0\0\0\0".to_vec(), FileKind::Gzip),
            (b"\x28\xb5\x2f\xfd\x04\0".to_vec(), FileKind::Zstandard),
            (b"BZh91AY&SY\0\x01".to_vec(), FileKind::Bzip2),
            (b"\xfd7zXZ\0\0\x04".to_vec(), FileKind::Xz),
            (b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(), FileKind::Packed),
            (b"SQLite format 3\0\x10\0".to_vec(), FileKind::Sqlite),
            (b"PAR1\x15\0\x15\x02PAR1".to_vec(), FileKind::Parquet),
            (b"\xff\xd8\xff\xe1 without a zero".to_vec(), FileKind::Image),
            (b"\x89PNG\r\n\x1a\n\0\0".to_vec(), FileKind::Image),
            (b"GIF89a\x21\x21\x21\x21".to_vec(), FileKind::Image),
            (b"RIFF\x21\x21\x21\x21WEBPVP8 ".to_vec(), FileKind::Image),
            (b"ID3\x03\0\0".to_vec(), FileKind::Audio),
            (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".to_vec(), FileKind::Video),
        ] {
            assert_eq!(FileKind::detect(&bytes), Some(kind), "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn a_text_that_begins_like_something_else_stays_a_text() {
        for text in [
            "BMW closes a plant",
            "SQLite is 23 years old",
            "CWS: the final",
            "%! is no operator",
            "ID3 tags explained",
            "What %PDF- means",
            "WARC is a format",
            "RIFF of the day",
            "BZh",
            "From: Ada Harbour\nTo: all\n\nMIME-Version: 1.0\nContent-Type: multipart/related\n",
            "Title: Live\nA line that is no header\nMIME-Version: 1.0\nContent-Type: text/html\n",
            "<?xml version=\"1.0\"?><html>",
            "{\"version\":1}",
            "caf\u{e9}",
            "",
        ] {
            assert_eq!(FileKind::detect(text.as_bytes()), None, "{text}");
        }
        assert_eq!(FileKind::detect(b"BMW closes a caf\xe9"), None);
    }
}
