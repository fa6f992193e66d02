//! What every page of HTML is made of: its head with style and policy, the filters, its script.

use std::fmt::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::output::markup::Escaped;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

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
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'; script-src '{}'{images}; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"generator\" content=\"liveblog {}\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#entries\">Skip to the entries</a>\n",
        hash(STYLE),
        hash(SCRIPT),
        env!("CARGO_PKG_VERSION"),
        Escaped(title),
    )
}

/// All from behind the entries to the last byte.
pub(super) fn end() -> String {
    format!(
        "</main>\n<footer>Made by liveblog. Times are those of the page, with UTC below; / searches, j and k go from \
         entry to entry.</footer>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )
}

/// The source of a style or script as a policy names it: no other runs, whatever a live page says.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}
