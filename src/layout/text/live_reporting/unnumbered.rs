//! The starts of entries that have lost their numbers.
//!
//! ```text
//! All times stated are UK
//! So the bucket is full...
//! At six the chair sent everybody home.
//! BreakingVote on the bucket
//! Harbour debate
//! House of Commons
//! ```
//!
//! Nothing marks them, so only strong evidence begins an entry: the head above the first; a line that the page puts
//! before entries; a title above a byline; the furniture that ends the entry before.

use super::byline::is_role_under;
use super::entry_starts::{EntryStart, EntryStarts, Opening, is_placeholder};
use super::page_head::HeadParts;
use crate::layout::text::line::Line;
use crate::layout::text::page_traits::Recurring;
use crate::layout::text::recognise::embed;
use crate::layout::text::recognise::furniture::is_furniture;
use crate::layout::text::recognise::name::{is_name, is_organisation};
use crate::layout::text::recognise::shape::{at_most_words, begins_with, ends_sentence, same};
use crate::locale::Language;

/// Where the entries below the head begin. The first line below it begins one if the head or `is_live` shows for sure
/// that it is a live page.
pub fn starts<'a>(lines: &[Line<'a>], parts: &HeadParts, language: &Language, is_live: bool) -> EntryStarts<'a> {
    let is_sure = is_live || parts.are_sure() && parts.end() > 0;
    let first = parts.first_content(lines, language).filter(|_| is_sure);
    let page = Unnumbered::new(lines, first.unwrap_or(parts.end()), language);
    let mut entries: Vec<EntryStart> = Vec::new();
    // Without the head, the first lines may be those of any page.
    let mut is_ended = parts.end() > 0;
    let mut is_closed = false;
    let mut last_place = None;
    for (place, &index) in page.written.iter().enumerate() {
        let line = &lines[index];
        if is_end(line.text) {
            is_ended = true;
            continue;
        }
        is_closed |= is_closing(line.text);
        if is_furniture(line.text, language) && !is_placeholder(line.text) || line.mark.is_some() {
            continue;
        }
        let mut opening = Opening::read(line.text, language);
        let is_first = first == Some(index);
        if is_first && matches!(opening, Opening::Title) && !can_be_title(line.text, language) {
            opening = Opening::Text;
        }
        // Below the first line of an entry are its subtitle and its byline.
        let is_below_start = last_place.is_some_and(|last| last + 1 == place);
        let is_marked = matches!(opening, Opening::Untitled | Opening::TitleBelow | Opening::Label)
            || is_breaking(line.text, language)
            || opens_entry(line.text) && can_be_title(line.text, language);
        let follows_end = is_ended && (!entries.is_empty() || can_be_title(line.text, language))
            || is_closed && can_be_title(line.text, language) && !is_closing(line.text);
        if is_first || is_marked || follows_end || !is_below_start && page.is_above_byline(place) {
            let text = line.text;
            entries.push(EntryStart { line: index, text, opening, is_inferred: true, numbers_left_out: 0 });
            last_place = Some(place);
        }
        is_ended = false;
        is_closed = is_closing(line.text);
    }
    EntryStarts { entries, are_marked: page.written.iter().any(|&index| is_end(lines[index].text)) }
}

/// The lines below the head.
struct Unnumbered<'p, 'a> {
    lines: &'p [Line<'a>],
    /// The indexes of those that are not blank.
    written: Vec<usize>,
    recurring: Recurring<'a>,
    language: &'p Language,
}

impl<'p, 'a> Unnumbered<'p, 'a> {
    fn new(lines: &'p [Line<'a>], begin: usize, language: &'p Language) -> Self {
        let written = (begin..lines.len()).filter(|&index| !lines[index].is_blank()).collect();
        Unnumbered { lines, written, recurring: Recurring::find(&lines[begin..]), language }
    }

    /// The words of an unmarked line.
    fn text(&self, place: usize) -> Option<&'a str> {
        let line = &self.lines[*self.written.get(place)?];
        line.mark.is_none().then_some(line.text)
    }

    /// Whether the line is a title above a byline, perhaps with a subtitle between them. A line that recurs above bylines
    /// is the subtitle, such as the name of a bill.
    fn is_above_byline(&self, place: usize) -> bool {
        let is_title = |place| self.text(place).is_some_and(|text| can_be_title(text, self.language));
        let recurs = |place| self.text(place).is_some_and(|text| self.recurring.count(text) > 1);
        if !is_title(place) || place.checked_sub(1).is_some_and(|above| self.is_byline(above)) {
            return false;
        }
        let title_above = place.checked_sub(1).is_some_and(is_title);
        let is_title_itself = self.is_byline(place + 1) && !(title_above && recurs(place));
        is_title_itself || is_title(place + 1) && recurs(place + 1) && !recurs(place) && self.is_byline(place + 2)
    }

    /// Whether a byline begins there: an organisation, or a name above a role.
    fn is_byline(&self, place: usize) -> bool {
        let Some(name) = self.text(place) else { return false };
        is_organisation(name, self.language)
            || is_name(name) && self.text(place + 1).is_some_and(|role| is_role_under(name, role, self.language))
    }
}

/// Whether the line can be a title that lost its number: it is short and ends like no plain sentence.
pub fn can_be_title(text: &str, language: &Language) -> bool {
    at_most_words(text, 16) && ends_like_title(text) && !is_organisation(text, language)
}

/// `So the bucket is full...`, `Who pays?`: titles end in anything but one full stop, or what goes on.
fn ends_like_title(text: &str) -> bool {
    let words = text.trim_end_matches(['"', '\'', '”', '’', ')']);
    words.ends_with(['?', '!', '…']) || words.ends_with("..") || !ends_sentence(text)
}

fn is_end(text: &str) -> bool {
    same(text, "Share this post") || begins_with(text, "Read more about sharing")
}

/// `Read more` alone, `To report traffic …`: the last line of most entries that have it. What can be no title goes on.
fn is_closing(text: &str) -> bool {
    same(text, "Read more") || begins_with(text, "To report traffic and travel") || embed::is_link(text)
}

/// `Severe disruption: Harbour Road`, `Video: The weather`: titles that say what they are.
fn opens_entry(text: &str) -> bool {
    const OPENINGS: [&str; 7] = [
        "Severe accident:",
        "Severe disruption:",
        "Severe congestion:",
        "Video:",
        "Listen:",
        "Watch:",
        "In the papers:",
    ];
    OPENINGS.iter().any(|opening| text.starts_with(opening))
}

fn is_breaking(text: &str, language: &Language) -> bool {
    let rest = text.strip_prefix(language.breaking);
    rest.is_some_and(|rest| rest.starts_with(char::is_uppercase))
}
