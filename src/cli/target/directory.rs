//! A directory of output: one file per live blog, with names that are valid on every system.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use liveblog::input::display_name;
use liveblog::output::Format;

use super::{Protected, Sink};
use crate::cli::Error;

/// Longer names are cut: systems take 255 bytes, and a number and an extension may follow.
const MAX_LENGTH: usize = 120;

/// Names that mean devices on Windows, whatever their extension and number (`com1`, `LPT³`).
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// A directory with one file per live blog.
pub struct PageDirectory {
    path: PathBuf,
    format: Format,
    protected: Protected,
    /// The names in use, in lower case: some systems ignore case.
    taken: HashSet<String>,
}

impl PageDirectory {
    /// Makes the directory, if it is not there.
    pub fn new(path: &Path, format: Format, protected: Protected) -> Result<Self, Error> {
        fs::create_dir_all(path).map_err(Error::writing(&path.display().to_string()))?;
        Ok(Self { path: path.to_owned(), format, protected, taken: HashSet::new() })
    }

    /// The format of its files.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Opens the file of a live blog.
    pub fn file(&mut self, page: &str) -> Result<Sink, Error> {
        let name = safe_name(page);
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let free = |name: &String| self.taken.insert(name.to_lowercase());
        let name = std::iter::once(name.clone()).chain(numbered).find(free).unwrap_or_default();
        Sink::file(&self.path.join(format!("{name}.{}", self.format.extension())), &self.protected)
    }
}

/// The name of a live blog as the name of a file: the last part of a path or address, of letters, digits and `-_.`
/// alone.
fn safe_name(page: &str) -> String {
    let name = display_name(page.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or_default());
    let mut safe = String::new();
    for c in name.chars() {
        match c {
            c if safe.len() + c.len_utf8() > MAX_LENGTH => break,
            c if c.is_alphanumeric() || matches!(c, '_' | '.') => safe.push(c),
            _ if !safe.ends_with('-') => safe.push('-'),
            _ => {}
        }
    }
    // A leading dot would hide the file, a leading hyphen would make it an option.
    let safe = safe.trim_matches(['.', '-']);
    let start = safe.split('.').next().unwrap_or_default().to_lowercase();
    let is_device = DEVICES.contains(&start.trim_end_matches(|c: char| c.is_ascii_digit() || "¹²³".contains(c)));
    match safe {
        "" => "page".to_owned(),
        _ if is_device => format!("page-{safe}"),
        _ => safe.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_its_live_blog() {
        assert_eq!(safe_name("Tunnel flood"), "Tunnel-flood");
        assert_eq!(safe_name("saved/2023/flood.v2.html.gz"), "flood.v2");
        assert_eq!(safe_name("https://example.org/live/flood-12345678/"), "flood-12345678");
        assert_eq!(safe_name("Überschwemmung: “alles klar?”"), "Überschwemmung-alles-klar");
    }

    #[test]
    fn no_name_leads_elsewhere_or_is_more_than_a_name() {
        assert_eq!(safe_name("../../.bashrc"), "bashrc");
        assert_eq!(safe_name("C:\\flood.txt"), "flood");
        assert_eq!(safe_name("-rf"), "rf");
        assert_eq!(safe_name("NUL.txt"), "page-NUL");
        assert_eq!(safe_name("com1"), "page-com1");
        assert_eq!(safe_name("LPT³.txt"), "page-LPT³");
        assert_eq!(safe_name("a\0b\nc\u{202e}d"), "a-b-c-d");
        for nameless in ["", "..", "///", "?"] {
            assert_eq!(safe_name(nameless), "page", "{nameless}");
        }
        assert_eq!(safe_name(&"水".repeat(100)).len(), MAX_LENGTH);
    }
}
