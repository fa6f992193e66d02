//! Where the entries of a page begin: at its list's numbers, or, where a dump has lost them, at what looks like a title.

use super::signature;
use crate::layout::text::evidence;
use crate::layout::text::line::{Line, Mark};
use crate::layout::text::recognise::furniture::is_furniture;
use crate::layout::text::recognise::name::{is_name, is_organisation, is_role};
use crate::layout::text::recognise::shape::{at_most_words, begins_with, is_phrase, opens_quotation, same};
use crate::locale::words::Words;

/// The first line of an entry.
#[derive(Debug)]
pub struct Start<'a> {
    /// Its index.
    pub line: usize,
    /// Its words.
    pub text: &'a str,
    /// What they are.
    pub opening: Opening<'a>,
    /// Whether no number says that an entry begins here.
    pub inferred: bool,
}

/// What the words of an entry's first line are.
#[derive(Debug, Clone, Copy)]
pub enum Opening<'a> {
    /// The title.
    Title,
    /// `Post update`: there is no title.
    Nothing,
    /// `Envelope update`: the title is the next paragraph.
    Above,
    /// `Analysis`: a label, and the title is the next paragraph.
    Label,
    /// `Email`, `Text 81111`, `@handle`: how a reader's message came.
    Message,
    /// `NAME, role`.
    Signed {
        /// The name.
        name: &'a str,
        /// The role.
        role: &'a str,
    },
}

/// The starts of all entries; `None` if the page has neither this layout's head, nor numbered titles and evidence that
/// it is a live page, unless `is_live` says so.
pub fn starts<'a>(lines: &[Line<'a>], words: &Words, is_live: bool) -> Option<Vec<Start<'a>>> {
    let list = lines.iter().rposition(|line| same(line.text, "Live Reporting"));
    let begin = list
        .or_else(|| lines.iter().position(|line| begins_with(line.text, "All times stated are")))
        .map_or(0, |at| at + 1);
    let numbered = numbered(lines, begin, words);
    let has_head = lines.iter().any(|line| HEAD.iter().any(|head| same(line.text, head)));
    if has_head && numbered.is_empty() {
        return Some(unnumbered(lines, begin, words)).filter(|starts| !starts.is_empty());
    }
    let places = || numbered.iter().map(|start| start.line).collect::<Vec<_>>();
    let has_evidence = || {
        is_live
            || evidence::is_live_page(lines, &places(), words)
            || evidence::begin_with_clocks(numbered.iter().map(|start| start.text))
    };
    (has_head && !numbered.is_empty() || are_titles(lines, &numbered) && has_evidence()).then_some(numbered)
}

/// Lines that stand in the head of this layout alone.
const HEAD: [&str; 4] = [
    "Live Reporting",
    "All times stated are UK",
    "Got a TV Licence?",
    "Read more about sharing BBC content externally",
];

/// Each number that goes on counting from the one before, at the indent of the first entry's. A number may be left out
/// if the indent tells entries from lists.
fn numbered<'a>(lines: &[Line<'a>], begin: usize, words: &Words) -> Vec<Start<'a>> {
    let mut starts: Vec<Start> = Vec::new();
    let (mut last, mut indent) = (None, 0);
    let indented = lines[begin..].iter().any(|line| line.indent > 0);
    for (index, line) in lines.iter().enumerate().skip(begin) {
        let Some(Mark::Number(number)) = line.mark else { continue };
        let continues = match last {
            None => true,
            Some(last) if indented => line.indent <= indent + 1 && number > last,
            Some(last) => number == last + 1,
        };
        if continues && !line.text.is_empty() {
            if last.is_none() {
                indent = line.indent;
            }
            last = Some(number);
            starts.push(Start { line: index, text: line.text, opening: opening(line.text, words), inferred: false });
        }
    }
    starts
}

/// Three numbered lines or more that end no sentence, with text between them: a list of entries, not of points.
fn are_titles(lines: &[Line], starts: &[Start]) -> bool {
    let has_body = |pair: &[Start]| lines[pair[0].line + 1..pair[1].line].iter().any(|line| !line.is_blank());
    starts.len() >= 3
        && starts.windows(2).all(has_body)
        && starts.iter().filter(|start| is_phrase(start.text, 16)).count() * 4 >= starts.len() * 3
}

/// Without numbers only strong evidence begins an entry: a short line without sentence end above a byline, a
/// placeholder, a glued `Breaking`, or what follows the furniture that ends an entry.
fn unnumbered<'a>(lines: &[Line<'a>], begin: usize, words: &Words) -> Vec<Start<'a>> {
    let with_words: Vec<usize> = (begin..lines.len()).filter(|&index| !lines[index].is_blank()).collect();
    let text = |place: usize| with_words.get(place).map(|&index| lines[index].text);
    let mut starts: Vec<Start> = Vec::new();
    let mut ended = true;
    for (place, &index) in with_words.iter().enumerate() {
        let line = &lines[index];
        if is_end(line.text) {
            ended = true;
            continue;
        }
        if is_furniture(line.text, words) && !is_placeholder(line.text)
            || line.mark.is_some()
            || signature::is_editors(line.text, words)
        {
            continue;
        }
        let opening = opening(line.text, words);
        let above_byline = is_title(line.text, words)
            && text(place + 1).is_some_and(|name| {
                is_organisation(name, words)
                    || is_name(name) && text(place + 2).is_some_and(|role| is_role(role, words))
            });
        let marked = !matches!(opening, Opening::Title | Opening::Signed { .. }) || is_breaking(line.text, words);
        if (above_byline || marked || ended)
            && !(starts.is_empty() && !above_byline && !marked && !is_title(line.text, words))
        {
            starts.push(Start { line: index, text: line.text, opening, inferred: true });
        }
        ended = false;
    }
    starts
}

/// Whether the line can be a title that lost its number.
fn is_title(text: &str, words: &Words) -> bool {
    is_phrase(text, 16) && !is_organisation(text, words) && !is_role(text, words)
}

fn is_end(text: &str) -> bool {
    same(text, "Share this post") || begins_with(text, "Read more about sharing")
}

fn is_breaking(text: &str, words: &Words) -> bool {
    let rest = text.strip_prefix(words.breaking);
    rest.is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

fn is_placeholder(text: &str) -> bool {
    matches!(opening_of_placeholder(text), Some(Opening::Nothing | Opening::Above))
}

fn opening_of_placeholder<'a>(text: &str) -> Option<Opening<'a>> {
    let nothing = ["Post update", "Video content", "Image gallery", "Post"].iter().any(|known| same(text, known));
    if nothing { Some(Opening::Nothing) } else { same(text, "Envelope update").then_some(Opening::Above) }
}

/// What the words of an entry's first line are.
fn opening<'a>(text: &'a str, words: &Words) -> Opening<'a> {
    if let Some(opening) = opening_of_placeholder(text) {
        return opening;
    }
    if words.labels.iter().any(|label| same(text, label)) {
        return Opening::Label;
    }
    let is_handle = text.starts_with('@') && at_most_words(text, 1);
    if is_handle || same(text, "Email") || begins_with(text, "Text 8") && at_most_words(text, 2) {
        return Opening::Message;
    }
    match text.split_once(", ").filter(|_| !opens_quotation(text)) {
        Some((name, role)) if is_name(name) && is_role(role, words) => Opening::Signed { name, role },
        _ => Opening::Title,
    }
}
