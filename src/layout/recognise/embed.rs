//! Embeds: posts of other sites, of which a dump keeps little but the words around them.

use super::shape::{begins_with, strip_opening};
use crate::layout::cursor::Cursor;
use crate::layout::uses::Use;

/// The sites whose posts are embedded, as the page names them.
const SITES: [&str; 9] =
    ["twitter", "x", "youtube", "instagram", "facebook", "tiktok", "threads", "bluesky", "google youtube"];

/// A post of another site:
///
/// ```text
///     This Twitter post cannot be displayed in your browser. …
///     Skip twitter post by Port Ellan
///     Allow Twitter content?
///     …
///     End of twitter post by Port Ellan
/// ```
///
/// of which any part may be missing, or `View more on twitter` alone.
pub fn embed(at: &mut Cursor) -> Option<()> {
    let first = at.next()?;
    let site = opening(first.text)?;
    at.take(Use::Embed(site));
    let has_end = (0..).map_while(|count| at.ahead(count)).take(30).any(|line| is_end(line.text));
    while let Some(line) = at.next() {
        let ends = is_end(line.text);
        let repeats = has_end && opening(line.text) == Some(site);
        if ends || repeats || is_around(line.text) {
            at.take(Use::EmbedFurniture);
        } else if has_end {
            at.take(Use::EmbedText(line.whole));
        } else {
            break;
        }
        if ends {
            break;
        }
    }
    Some(())
}

/// The site that a first line names.
fn opening(text: &str) -> Option<&'static str> {
    let rest = ["Skip ", "This ", "Allow ", "View more on "].iter().find_map(|opening| strip_opening(text, opening))?;
    let site = SITES.iter().rev().find(|site| begins_with(rest, site))?;
    let rest = &rest[site.len()..];
    let known = [" post", " content", " video", " tweet"].iter().any(|word| begins_with(rest, word))
        && (!begins_with(text, "This ") || text.contains("cannot be displayed"));
    (known || begins_with(text, "View more on ") && rest.is_empty()).then(|| site.rsplit(' ').next().unwrap_or(site))
}

fn is_end(text: &str) -> bool {
    strip_opening(text, "End of ").is_some_and(|rest| SITES.iter().any(|site| begins_with(rest, site)))
}

/// Whether the line is one of those that stand around every post.
fn is_around(text: &str) -> bool {
    const OPENINGS: [&str; 8] = [
        "This article contains content provided by",
        "Accept and continue",
        "The BBC is not responsible for the content of external sites",
        "BBC is not responsible for the content of external sites",
        "View original content on",
        "Allow ",
        "Skip ",
        "Warning: Third party content may contain adverts",
    ];
    OPENINGS.iter().any(|line| begins_with(text, line))
        && (opening(text).is_some() || !begins_with(text, "Allow ") && !begins_with(text, "Skip "))
}
