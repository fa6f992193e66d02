//! Decodes bytes to text: by the byte order mark, as UTF-8, as the HTML declares, else as windows-1252.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::{Document, Error, FileKind, printable};

/// A page's text, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodedText<'a> {
    /// The text, without byte order mark; borrowed where the page is UTF-8.
    pub text: Cow<'a, str>,
    /// Its encoding, by its name on the web: `UTF-8`, `windows-1252`.
    pub encoding: &'static str,
    /// Whether the encoding was guessed, or is not what the page says, so that letters with accents may be wrong.
    pub guessed: bool,
}

impl Document {
    /// The page as text.
    ///
    /// Bytes that are no UTF-8 and have no byte order mark are in the encoding that the HTML declares, else taken as
    /// windows-1252, in which every text can be read. UTF-8 comes before what the HTML declares: whoever saved the page
    /// may have encoded it anew and left the declaration as it was.
    ///
    /// # Errors
    /// [`Error::Empty`], [`Error::NoText`] and [`Error::Binary`].
    ///
    /// ```
    /// use liveblog::input::Document;
    ///
    /// let bytes = b"caf\xe9".to_vec();
    /// let page = Document { source: "page.txt".into(), url: None, captured: None, modified: None, bytes };
    /// let decoded = page.text()?;
    /// assert_eq!((decoded.text.as_ref(), decoded.guessed), ("café", true));
    /// # Ok::<(), liveblog::input::Error>(())
    /// ```
    pub fn text(&self) -> Result<DecodedText<'_>, Error> {
        self.text_in(None)
    }

    /// The same for a page whose container names an encoding: it comes before what the HTML declares.
    pub(super) fn text_in(&self, charset: Option<&'static Encoding>) -> Result<DecodedText<'_>, Error> {
        let bytes = self.bytes.as_slice();
        let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
        let bytes = &bytes[mark..];
        let name = || printable(&self.source).into_owned();
        if bytes.is_empty() {
            return Err(Error::Empty { name: name() });
        }
        if encoding != UTF_8 {
            return Ok(decode(bytes, encoding, false));
        }
        let has_zero = memchr::memchr(0, bytes).is_some();
        // A page without a zero byte is not in UTF-16, whatever its container says.
        let charset = charset.map(|charset| if has_zero { charset } else { charset.output_encoding() });
        if let Some(encoding) = charset.filter(|encoding| !encoding.is_ascii_compatible()) {
            return Ok(decode(bytes, encoding, false));
        }
        if let Some(kind) = FileKind::detect(bytes) {
            return Err(Error::NoText { name: name(), kind });
        }
        if has_zero {
            return Err(Error::Binary { name: name() });
        }
        let declared = charset.or_else(|| declared(bytes));
        if let Some(encoding) = declared.filter(|encoding| !encoding.is_ascii_compatible()) {
            return Ok(decode(bytes, encoding, false));
        }
        match (utf8(bytes), declared) {
            (Some(text), _) => Ok(DecodedText { text: text.into(), encoding: UTF_8.name(), guessed: false }),
            (None, Some(encoding)) => Ok(decode(bytes, encoding, false)),
            (None, None) if bytes.iter().any(is_binary) => Err(Error::Binary { name: name() }),
            (None, None) => Ok(decode(bytes, WINDOWS_1252, true)),
        }
    }
}

fn decode<'a>(bytes: &'a [u8], encoding: &'static Encoding, guessed: bool) -> DecodedText<'a> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    DecodedText { text, encoding: encoding.name(), guessed: guessed || broken }
}

/// The encoding that an HTML page declares near its beginning:
///
/// ```html
/// <meta charset="iso-8859-1">
/// <meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">
/// <?xml version="1.0" encoding="iso-8859-1"?>
/// ```
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    /// Browsers look at 1024 bytes; some pages have comments or scripts before the declaration.
    const BEGINNING: usize = 4096;
    let beginning = &bytes[..bytes.len().min(BEGINNING)];
    memchr::memchr(b'<', beginning)?;
    let beginning = beginning.to_ascii_lowercase();
    let tags = memchr::memchr_iter(b'<', &beginning).map(|at| &beginning[at..]);
    let tags = tags.filter(|tag| tag.starts_with(b"<meta") || tag.starts_with(b"<?xml"));
    let names = tags.filter_map(|tag| {
        let tag = &tag[..memchr::memchr(b'>', tag)?];
        value(tag, b"charset").or_else(|| value(tag, b"encoding"))
    });
    // A page that says so in ASCII is not in UTF-16, whatever it says.
    names.filter_map(Encoding::for_label).map(Encoding::output_encoding).next()
}

/// The word behind `name=`.
fn value<'a>(tag: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let rest = &tag[memchr::memmem::find(tag, name)? + name.len()..];
    let rest = rest.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    Some(&rest[..rest.iter().position(|byte| b"\"' ;>?".contains(byte)).unwrap_or(rest.len())])
}

/// The bytes as UTF-8, also if the page was cut off within a letter. Where that letter would be the only one beyond
/// ASCII, it is more likely a whole letter of another encoding.
fn utf8(bytes: &[u8]) -> Option<&str> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Some(text),
        Err(error) => error,
    };
    let whole = std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()?;
    (error.error_len().is_none() && !whole.is_ascii()).then_some(whole)
}

/// Control bytes that are in no text: all but tabs, line ends, form feeds, escapes, and the end mark of DOS.
#[inline] // into loops that look at many bytes together
pub(super) fn is_binary(byte: &u8) -> bool {
    matches!(byte, 0x00..=0x07 | 0x0e..=0x19 | 0x1c..=0x1f | 0x7f)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(bytes: &[u8]) -> Document {
        Document { source: "page.txt".into(), url: None, captured: None, modified: None, bytes: bytes.to_vec() }
    }

    fn decoded(bytes: &[u8]) -> (String, bool) {
        let page = page(bytes);
        let DecodedText { text, guessed, .. } = page.text().unwrap();
        (text.into_owned(), guessed)
    }

    #[test]
    fn utf_8_is_borrowed() {
        let page = page("naïve".as_bytes());
        assert!(matches!(page.text().unwrap().text, Cow::Borrowed("naïve")));
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        assert_eq!(decoded("\u{feff}naïve".as_bytes()), ("naïve".to_owned(), false));
    }

    #[test]
    fn utf_16_is_read_in_both_byte_orders() {
        assert_eq!(decoded(b"\xff\xfeh\0\xef\0"), ("hï".to_owned(), false));
        assert_eq!(decoded(b"\xfe\xff\0h\0\xef"), ("hï".to_owned(), false));
    }

    #[test]
    fn what_is_no_utf_8_is_read_as_windows_1252_and_called_a_guess() {
        assert_eq!(decoded(b"\x93caf\xe9\x94"), ("“café”".to_owned(), true));
        assert_eq!(decoded(b"caf\xe9"), ("café".to_owned(), true));
    }

    #[test]
    fn utf_8_that_is_cut_off_within_a_letter_is_still_utf_8() {
        assert_eq!(decoded(b"na\xc3\xafve \xe2\x80"), ("naïve ".to_owned(), false));
    }

    #[test]
    fn html_is_read_in_the_encoding_that_it_declares() {
        for declaration in [
            "<!doctype html><META CharSet = 'ISO-8859-2'>",
            "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=iso-8859-2\">",
            "<?xml version=\"1.0\" encoding=\"ISO-8859-2\"?><html>",
        ] {
            let page = [declaration.as_bytes(), b"\xb1"].concat();
            assert_eq!(decoded(&page), (format!("{declaration}ą"), false));
        }
    }

    #[test]
    fn html_that_is_utf_8_is_read_so_whatever_it_declares() {
        let page = "<meta charset=iso-8859-1>naïve";
        assert_eq!(decoded(page.as_bytes()), (page.to_owned(), false));
    }

    #[test]
    fn html_that_is_not_what_it_declares_is_called_a_guess() {
        assert_eq!(decoded(b"<meta charset=utf-8>caf\xe9!"), ("<meta charset=utf-8>caf\u{fffd}!".to_owned(), true));
        assert_eq!(decoded(b"<meta charset=nonsense>caf\xe9"), ("<meta charset=nonsense>café".to_owned(), true));
    }

    #[test]
    fn an_encoding_of_seven_bits_is_believed_although_it_looks_like_ascii() {
        let page = b"<meta charset=iso-2022-jp>\x1b$B$\"\x1b(B";
        assert_eq!(decoded(page), ("<meta charset=iso-2022-jp>あ".to_owned(), false));
    }

    #[test]
    fn an_input_without_text_is_empty() {
        for bytes in [b"".as_slice(), b"\xef\xbb\xbf", b"\xff\xfe"] {
            assert!(matches!(page(bytes).text(), Err(Error::Empty { name }) if name == "page.txt"));
        }
    }

    #[test]
    fn bytes_that_no_text_holds_are_binary() {
        for bytes in [b"\x01\x02data\0".as_slice(), b"\x02\x8b\x08\x08\xff\xff"] {
            assert!(matches!(page(bytes).text(), Err(Error::Binary { .. })), "{bytes:?}");
        }
        for (bytes, kind) in
            [(b"GIF89a\x01\0\x01\0".as_slice(), FileKind::Image), (b"\x1f\x8b\x08\x08\xff\xff", FileKind::Gzip)]
        {
            assert!(matches!(page(bytes).text(), Err(Error::NoText { kind: found, .. }) if found == kind));
        }
    }
}
