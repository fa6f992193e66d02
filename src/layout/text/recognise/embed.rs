//! Embeds: posts of other sites, of which a dump keeps little but the words around them.

use std::collections::HashSet;

use super::shape::{begins_with, same, strip_opening};
use crate::layout::text::cursor::Cursor;
use crate::layout::text::line::Line;
use crate::layout::text::uses::Use;
use crate::locale::{FirstLetters, WordList};
use crate::model::Code;

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
    if is_note(first.text) {
        at.take(Use::Furniture);
        return Some(());
    }
    if is_cut_note(at, first.text) {
        at.doubt(Code::UnreadLine, format!("“{}” may be the beginning of a note below an embed, cut off", first.whole));
        at.take(Use::Furniture);
        return Some(());
    }
    let site = opening(first.text)?;
    if is_trouble(first.text) {
        at.doubt(Code::BodyMissing, format!("the page could not show the post: “{}”", first.whole));
    }
    let lines: Vec<_> = (0..).map_while(|count| at.ahead(count)).take(MOST_LINES).collect();
    let below = &lines[1..extent(&lines).unwrap_or(1)];
    at.take(Use::Embed(site));
    for line in below {
        let is_known = is_end(line.text) || opening(line.text) == Some(site) || is_around(line.text);
        at.take(if is_known { Use::EmbedFurniture } else { Use::EmbedText(line.whole) });
    }
    Some(())
}

/// The most lines with words that an embed has, first and last among them.
const MOST_LINES: usize = 31;

/// How many lines the embed has that opens with the first one: all before its end, or else those that are known words
/// of embeds. The lines are those of the entry that have words.
fn extent(lines: &[&Line]) -> Option<usize> {
    let site = opening(lines.first()?.text)?;
    // Where the end is missing, it is not that of the next embed: one of another site, or one behind words of the text.
    let is_own = |line: &Line| opening(line.text) == Some(site) || is_around(line.text);
    let is_next = |above: &Line, line: &Line| opening(line.text).is_some_and(|next| next != site || !is_own(above));
    let pairs = lines.windows(2).take(MOST_LINES - 1);
    let below = pairs.take_while(|pair| !is_next(pair[0], pair[1])).map(|pair| pair[1]);
    if let Some(end) = below.clone().position(|line| is_end(line.text)) {
        return Some(end + 2);
    }
    Some(1 + below.take_while(|line| is_around(line.text)).count())
}

/// The indexes of the lines of embeds, among which words of the page's footer are the embed's own:
///
/// ```text
///     This Twitter post cannot be displayed in your browser. …View original content on Twitter
///     The BBC is not responsible for the content of external sites.
///     Skip twitter post
/// ```
pub fn lines_of_embeds(lines: &[Line]) -> HashSet<usize> {
    let written: Vec<_> = lines.iter().enumerate().filter(|(_, line)| !line.is_blank()).collect();
    let texts: Vec<_> = written.iter().map(|(_, line)| *line).collect();
    let (mut found, mut at) = (HashSet::new(), 0);
    while at < texts.len() {
        // The note may come first, before the embed that it belongs to.
        let opens = at + usize::from(is_note(texts[at].text));
        match extent(&texts[opens..]) {
            Some(length) => {
                found.extend(written[at..opens + length].iter().map(|(index, _)| *index));
                at = opens + length;
            }
            None => at += 1,
        }
    }
    found
}

static NOTES: WordList = WordList::new(&[
    "The BBC is not responsible for the content of external sites",
    "BBC is not responsible for the content of external sites",
]);

/// `The BBC is not responsible for the content of external sites.`
fn is_note(text: &str) -> bool {
    NOTES.begins(text)
}

/// Whether the page is cut off within a note below an embed: `The BBC is n`.
fn is_cut_note(at: &Cursor, text: &str) -> bool {
    at.is_last()
        && matches!(at.last(), Some(Use::Embed(_) | Use::EmbedFurniture))
        && NOTES.iter().any(|note| note.starts_with(text))
}

/// `Sorry, we're having trouble displaying this content.View original content on Facebook`
fn is_trouble(text: &str) -> bool {
    let behind = strip_opening(text, "Sorry, we").and_then(|rest| rest.strip_prefix(['\'', '’']));
    behind.is_some_and(|rest| rest.starts_with("re having trouble displaying this content"))
}

/// The letters with which an embed begins, and the note about it.
pub fn openings() -> FirstLetters {
    FirstLetters::of_lists(&[&FIRST_LINES, &NOTES])
}

/// What a first line begins with.
static FIRST_LINES: WordList =
    WordList::new(&["Sorry, we", "View original content on ", "Skip ", "This ", "Allow ", "View more on "]);

/// The site that a first line names.
fn opening(text: &str) -> Option<&'static str> {
    if !FIRST_LINES.begins(text) {
        return None;
    }
    if is_trouble(text) || begins_with(text, "View original content on ") {
        let (_, site) = text.split_once("View original content on ")?;
        return SITES.into_iter().find(|known| same(site.trim_end_matches('.'), known));
    }
    let rest = ["Skip ", "This ", "Allow ", "View more on "].iter().find_map(|opening| strip_opening(text, opening))?;
    let site = SITES.iter().rev().find(|site| begins_with(rest, site))?;
    let rest = &rest[site.len()..];
    let is_link = begins_with(text, "View more on ");
    let is_known = [" post", " content", " video", " tweet"].iter().any(|word| begins_with(rest, word))
        && (!begins_with(text, "This ") || text.contains("cannot be displayed"));
    if !(is_known || is_link && rest.is_empty()) {
        return None;
    }
    // Google's embeds of YouTube are those of YouTube.
    Some(site.rsplit(' ').next().unwrap_or(site))
}

/// Whether the line is the first of a post of another site.
pub fn opens(text: &str) -> bool {
    opening(text).is_some()
}

/// `View more on twitter`: all that is left of a post.
pub fn is_link(text: &str) -> bool {
    begins_with(text, "View more on ") && opening(text).is_some()
}

fn is_end(text: &str) -> bool {
    strip_opening(text, "End of ").is_some_and(|rest| SITES.iter().any(|site| begins_with(rest, site)))
}

/// Whether the line is one of those around every post.
fn is_around(text: &str) -> bool {
    const OPENINGS: [&str; 6] = [
        "This article contains content provided by",
        "Accept and continue",
        "View original content on",
        "Allow ",
        "Skip ",
        "Warning: Third party content may contain adverts",
    ];
    is_note(text)
        || OPENINGS.iter().any(|line| begins_with(text, line))
            && (opening(text).is_some() || !begins_with(text, "Allow ") && !begins_with(text, "Skip "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::text::line;

    fn length(text: &str) -> Option<usize> {
        let lines = line::lines(text);
        extent(&lines.iter().collect::<Vec<_>>())
    }

    #[test]
    fn an_embed_ends_at_its_end_and_not_at_that_of_the_next() {
        let twitter =
            "This Twitter post cannot be displayed in your browser.\nSkip twitter post\nAllow Twitter content?\n";
        let words = "The lamp is out.\n";
        let end = "End of twitter post\n";
        assert_eq!(length(&format!("{twitter}{words}{end}{words}")), Some(5));
        assert_eq!(length(&format!("{twitter}{words}{twitter}{end}")), Some(3));
        assert_eq!(length(&format!("{twitter}{words}Skip youtube video\nEnd of youtube video\n")), Some(3));
    }
}
