//! What can go wrong before a page is read: each error names the input.

use std::borrow::Cow;
use std::io;

use super::FileKind;

/// Why an input is no page.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It does not exist.
    #[error("{name}: no such file or directory")]
    NotFound {
        /// The input, as given.
        name: String,
    },
    /// It is the address of a page, not the name of a file.
    #[error("{name}: this is an address, and pages are read from files")]
    Address {
        /// The input, as given.
        name: String,
    },
    /// It exists, but the system does not let it be read.
    #[error("{name}: cannot be read: {problem}")]
    Unreadable {
        /// The input, as given.
        name: String,
        /// What the system says.
        #[source]
        problem: io::Error,
    },
    /// A directory without files.
    #[error("{name}: no files in this directory")]
    NoFiles {
        /// The directory, as given.
        name: String,
    },
    /// A directory in which no file is a live page.
    #[error("{name}: no live pages in this directory")]
    NoLivePages {
        /// The directory, as given.
        name: String,
        /// How many files are in it.
        count: usize,
    },
    /// Nothing in it.
    #[error("{name}: the input is empty")]
    Empty {
        /// The input, as given.
        name: String,
    },
    /// It is something else than a page of text or HTML.
    #[error("{name}: this is {kind}, not a page of text or HTML")]
    NoText {
        /// The input, as given.
        name: String,
        /// What it is.
        kind: FileKind,
    },
    /// It contains a page, but not all of it.
    #[error("{name}: this is {kind}, but it is cut off before its end")]
    CutOff {
        /// The input, as given.
        name: String,
        /// What it is.
        kind: FileKind,
    },
    /// It contains a page that can no longer be read.
    #[error("{name}: this is {kind}, but it is damaged")]
    Damaged {
        /// The input, as given.
        name: String,
        /// What it is.
        kind: FileKind,
    },
    /// Files of its kind contain a page, but this one does not.
    #[error("{name}: this is {kind}, without a page of HTML in it")]
    NoPage {
        /// The input, as given.
        name: String,
        /// What it is.
        kind: FileKind,
    },
    /// It contains a page that is encoded in a way that is not read.
    #[error("{name}: the page is encoded as {encoding:?}, which is not read")]
    Encoding {
        /// The input, as given.
        name: String,
        /// The encoding, as the container names it.
        encoding: String,
    },
    /// A part of a file of records cannot be read; the rest of the file can.
    #[error("{name}: {problem}")]
    Record {
        /// The file, as given, and where in it the part begins: `crawl.warc.gz#1234`.
        name: String,
        /// What is wrong with it, and where reading goes on.
        problem: String,
    },
    /// A program, data of another program: no text, and of no kind that is known.
    #[error("{name}: this is binary data, not a text")]
    Binary {
        /// The input, as given.
        name: String,
    },
    /// There is more of it than is read of one input.
    #[error("{name}: larger than {}, the most that is read of one input", size(*.limit))]
    TooLarge {
        /// The input, as given.
        name: String,
        /// How many bytes are read at most.
        limit: u64,
    },
}

impl Error {
    /// What the system says of the input `name`, as an error that names it.
    pub(crate) fn from_io(name: String, problem: io::Error) -> Self {
        let name = printable(&name).into_owned();
        match problem.kind() {
            io::ErrorKind::NotFound if is_address(&name) => Self::Address { name },
            io::ErrorKind::NotFound => Self::NotFound { name },
            _ => Self::Unreadable { name, problem },
        }
    }

    /// Whether the input is simply something else than a live page: in a directory that is no error.
    pub fn is_no_page(&self) -> bool {
        matches!(self, Self::Empty { .. } | Self::NoText { .. } | Self::NoPage { .. } | Self::Binary { .. })
    }
}

/// Whether a name is an address on the web or of a file, as browsers show it: `https://…`, `www.…`, `file:///…`.
fn is_address(name: &str) -> bool {
    let begins = |start: &str| name.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
    ["http://", "https://", "www.", "file://"].into_iter().any(begins)
}

/// A size as people write it: `64 MB`, `1500 bytes`.
fn size(bytes: u64) -> String {
    match bytes {
        0 => "0 bytes".to_owned(),
        _ if bytes.is_multiple_of(1 << 20) => format!("{} MB", bytes >> 20),
        _ if bytes.is_multiple_of(1 << 10) => format!("{} kB", bytes >> 10),
        _ => format!("{bytes} bytes"),
    }
}

/// The name of a file or of a page on one line, its line ends and other control characters escaped: with them, a name
/// could look like messages of the program.
///
/// ```
/// use liveblog::input::printable;
///
/// assert_eq!(printable("flood.txt\nkept in archive.db"), r"flood.txt\nkept in archive.db");
/// ```
pub fn printable(name: &str) -> Cow<'_, str> {
    let is_unsafe = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if !name.contains(is_unsafe) {
        return name.into();
    }
    let escape = |c: char| if is_unsafe(c) { c.escape_default().to_string() } else { c.to_string() };
    name.chars().map(escape).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn sizes_are_shown_in_the_largest_unit_that_is_exact() {
        assert_eq!([64 << 20, 3 << 10, 1_500, 0].map(size), ["64 MB", "3 kB", "1500 bytes", "0 bytes"]);
    }

    #[test]
    fn control_characters_are_escaped_and_the_rest_stays() {
        assert_eq!(printable("a\r\nb\tc\u{1b}[1m\u{85}\u{2028}"), r"a\r\nb\tc\u{1b}[1m\u{85}\u{2028}");
        assert!(matches!(printable("C:\\Zwölf Äpfel.txt"), Cow::Borrowed(_)));
    }
}
