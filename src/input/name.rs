//! The name of an input for people.

/// What saved pages end in.
const ENDINGS: [&str; 12] =
    [".gz", ".zst", ".txt", ".html", ".htm", ".mhtml", ".mht", ".webarchive", ".json", ".jsonl", ".ndjson", ".md"];

/// The name of a source, or of a live blog, for people: a file without its folders, which are nobody else's business, and
/// without what saved pages end in. An address stays.
///
/// ```
/// use liveblog::input::display_name;
///
/// assert_eq!(display_name("/home/ada/pages/flood.v2.html.gz"), "flood.v2");
/// assert_eq!(display_name("-"), "standard input");
/// ```
pub fn display_name(source: &str) -> &str {
    if source == "-" {
        return "standard input";
    }
    if source.contains("://") {
        return source;
    }
    let mut name = source.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or_default();
    for ending in ENDINGS {
        let at = name.len().saturating_sub(ending.len());
        if at > 0 && name.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(ending)) {
            name = &name[..at];
        }
    }
    if name.is_empty() { source } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_shows_no_folder_and_no_ending() {
        assert_eq!(display_name("C:\\pages\\flood.TXT"), "flood");
        assert_eq!(display_name("example.org.level"), "example.org.level");
        assert_eq!(display_name(".txt"), ".txt");
        assert_eq!(display_name("../.."), "..");
        assert_eq!(display_name("/"), "/");
        assert_eq!(display_name("https://example.org/flood.html"), "https://example.org/flood.html");
    }
}
