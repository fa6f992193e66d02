//! What every page of HTML has around its entries: its head with style and policy, the filters, its script.

use std::collections::HashMap;
use std::fmt::{self, Write};

use crate::output::markup::Escaped;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The hashes of both, by which the page's policy allows them and no other, whatever a live page says. A test computes
/// them.
const STYLE_HASH: &str = "sha256-ajFGvZbx9rivhk4EFfUuDxrWjZ+KBIVQHeNz66kzPV0=";
const SCRIPT_HASH: &str = "sha256-UcRTHPD+6pNcWDRFHHXo3+8W6c5xwimisJuq5oaB/wE=";

/// The filters are shown once the script can serve them.
pub(super) const FILTERS_START: &str = r#"<form class="filters" role="search" hidden>
<label>Search <input type="search" name="words" autocomplete="off" aria-keyshortcuts="/"></label>
"#;

pub(super) const FILTERS_END: &str = r#"<button type="reset">Show all</button>
<output></output>
</form>
<main id="entries" tabindex="-1">
"#;

/// Writes all from the first byte to the body.
pub(super) fn write_start(to: &mut impl Write, title: &str, images: bool) -> fmt::Result {
    let images = if images { "; img-src http: https:" } else { "" };
    write!(
        to,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{STYLE_HASH}'; script-src '{SCRIPT_HASH}'{images}; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"generator\" content=\"liveblog {}\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#entries\">Skip to the entries</a>\n",
        env!("CARGO_PKG_VERSION"),
        Escaped(title),
    )
}

/// All after the entries, to the last byte.
pub(super) fn end() -> String {
    format!(
        "</main>\n<footer>Made by liveblog. Times are those of the page, with UTC below; / searches, j and k go from \
         entry to entry.</footer>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )
}

/// A filter: the values of one kind, with how many entries have each. Entries carry the indices.
pub(super) struct Facet {
    name: &'static str,
    words: &'static str,
    values: Vec<(String, usize)>,
    indices: HashMap<String, usize>,
}

impl Facet {
    pub(super) fn new(name: &'static str, words: &'static str) -> Self {
        Self { name, words, values: vec![], indices: HashMap::new() }
    }

    /// Counts a value that an entry has, and returns its index.
    pub(super) fn index_of(&mut self, value: &str) -> usize {
        let index = match self.indices.get(value) {
            Some(&index) => index,
            None => {
                self.indices.insert(value.to_owned(), self.values.len());
                self.values.push((value.to_owned(), 0));
                self.values.len() - 1
            }
        };
        self.values[index].1 += 1;
        index
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }
}

impl fmt::Display for Facet {
    /// A choice among the values, sorted by name; empty where there is nothing to choose.
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        let least = if self.name == "page" { 2 } else { 1 };
        if self.values.len() < least {
            return Ok(());
        }
        let mut values: Vec<_> = self.values.iter().enumerate().collect();
        values.sort_by_key(|(_, (value, _))| value.to_lowercase());
        let Self { name, words, .. } = self;
        writeln!(to, "<label>{words} <select name=\"{name}\"><option value=\"\">all</option>")?;
        for (index, (value, count)) in values {
            writeln!(to, "<option value=\"{index}\">{} ({count})</option>", Escaped(value))?;
        }
        to.write_str("</select></label>\n")
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn the_hashes_are_those_of_the_style_and_the_script() {
        let hash = |text| format!("sha256-{}", STANDARD.encode(Sha256::digest(text)));
        assert_eq!([STYLE_HASH, SCRIPT_HASH], [STYLE, SCRIPT].map(hash));
    }

    #[test]
    fn values_are_sorted_by_name_with_their_counts() {
        let mut labels = Facet::new("label", "Label");
        assert_eq!(["Recap", "Analysis <1>", "Recap"].map(|label| labels.index_of(label)), [0, 1, 0]);
        assert_eq!(
            labels.to_string(),
            "<label>Label <select name=\"label\"><option value=\"\">all</option>\n\
             <option value=\"1\">Analysis &lt;1&gt; (1)</option>\n\
             <option value=\"0\">Recap (2)</option>\n\
             </select></label>\n"
        );
    }

    #[test]
    fn a_filter_with_nothing_to_choose_is_left_out() {
        let mut pages = Facet::new("page", "Live blog");
        pages.index_of("Flood");
        assert_eq!(pages.to_string(), "");
    }
}
