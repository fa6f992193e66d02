//! What happened to a page on its way to us: its encoding, its line ends, and what its stamps leave out.

use encoding_rs::WINDOWS_1252;

use super::{Page, Written};

/// What happened to a page's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dress {
    /// UTF-8 with Unix line ends.
    Plain,
    /// Line ends of Windows.
    Crlf,
    /// Line ends of Windows, tabs, no-break and zero-width spaces, and a byte order mark.
    Windows,
    /// UTF-16 with a byte order mark, low bytes first.
    Utf16,
    /// One byte a letter.
    Windows1252,
    /// Stamps without a year.
    NoYear,
    /// Stamps without a date, but the newest.
    NoDate,
}

impl Dress {
    pub const ALL: [Dress; 7] =
        [Dress::Plain, Dress::Crlf, Dress::Windows, Dress::Utf16, Dress::Windows1252, Dress::NoYear, Dress::NoDate];

    /// Its name, as the example `generate` takes it.
    pub fn name(self) -> &'static str {
        match self {
            Dress::Plain => "plain",
            Dress::Crlf => "crlf",
            Dress::Windows => "windows",
            Dress::Utf16 => "utf-16",
            Dress::Windows1252 => "windows-1252",
            Dress::NoYear => "no-year",
            Dress::NoDate => "no-date",
        }
    }

    /// Whether a page of that layout can be met so: only text has spaces and stamps of its own, JSON is UTF-8.
    pub fn suits(self, written: Written) -> bool {
        match self {
            Dress::Plain | Dress::Crlf => true,
            Dress::Utf16 => written != Written::OwnJson,
            Dress::Windows => matches!(written, Written::Bbc(_)) && written != Written::Bbc(super::Marks::Flat),
            Dress::Windows1252 => matches!(written, Written::Bbc(_) | Written::LiveReporting | Written::Sport),
            Dress::NoYear | Dress::NoDate => matches!(written, Written::Bbc(_) | Written::BbcHtml),
        }
    }
}

impl Page {
    /// The page's bytes in a layout and a dress.
    pub fn bytes(&self, written: Written, dress: Dress) -> Vec<u8> {
        let text = self.text(written);
        match dress {
            Dress::Plain => text.into_bytes(),
            Dress::Crlf => text.replace('\n', "\r\n").into_bytes(),
            Dress::Windows => windows(&text).into_bytes(),
            Dress::Utf16 => {
                let text = text.replace("charset=\"utf-8\"", "charset=\"utf-16\"");
                std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
            }
            Dress::Windows1252 => WINDOWS_1252.encode(&text).0.into_owned(),
            Dress::NoYear => self.with_stamps(text, 0, |stamp| stamp.rsplit_once(' ').unwrap().0).into_bytes(),
            Dress::NoDate => self.with_stamps(text, 1, |stamp| stamp.rsplitn(4, ' ').last().unwrap()).into_bytes(),
        }
    }

    /// The text with the stamps after the first `kept` cut short.
    fn with_stamps(&self, mut text: String, kept: usize, cut: impl Fn(&str) -> &str) -> String {
        for entry in self.entries.iter().skip(kept) {
            let stamp = entry.stamp();
            text = text.replacen(&stamp, cut(&stamp), 1);
        }
        text
    }
}

fn windows(text: &str) -> String {
    let line = |line: &str| {
        let line = line.replacen("    ", "\t\u{a0}\t", 1).replace("Summer Time", "Summer\u{a0}Time");
        line.replace("en ", "en\u{200b} ") + "\r\n"
    };
    format!("\u{feff}{}", text.lines().map(line).collect::<String>())
}
