//! Where the entries begin, and what their first lines are.

use super::page_head::{self, HeadParts};
use super::{numbered, unnumbered};
use crate::layout::text::evidence;
use crate::layout::text::line::Line;
use crate::layout::text::recognise::name::{is_name, is_role};
use crate::layout::text::recognise::shape::{at_most_words, begins_with, ends_sentence, opens_quotation, same};
use crate::locale::Language;

/// The first lines of all entries.
#[derive(Debug)]
pub struct EntryStarts<'a> {
    /// One for each entry; there is at least one.
    pub entries: Vec<EntryStart<'a>>,
    /// Whether the page marks where its entries begin or end; else nothing parts those without a byline.
    pub are_marked: bool,
}

/// The first line of an entry.
#[derive(Debug)]
pub struct EntryStart<'a> {
    /// Its index.
    pub line: usize,
    /// Its words.
    pub text: &'a str,
    /// What they are.
    pub opening: Opening<'a>,
    /// Whether no number says that an entry begins here.
    pub is_inferred: bool,
    /// How many numbers are left out between it and the next entry.
    pub numbers_left_out: u32,
}

/// What the words of an entry's first line are.
#[derive(Debug, Clone, Copy)]
pub enum Opening<'a> {
    /// The title.
    Title,
    /// The first paragraph: there is no title.
    Text,
    /// `Post update`: there is no title.
    Untitled,
    /// `Envelope update`: the title is the next paragraph.
    TitleBelow,
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
    /// A name above a role at the BBC: there is no title.
    Byline,
}

/// Where the entries begin: at the list's numbers, or, where a dump has lost them, at what looks like a title.
///
/// `None` if the page has neither this layout's head, nor numbered titles and evidence that it is a live page, unless
/// `is_live` says so.
pub fn entry_starts<'a>(lines: &[Line<'a>], language: &Language, is_live: bool) -> Option<EntryStarts<'a>> {
    let parts = HeadParts::find(lines);
    let numbered = numbered::starts(lines, parts.end(), language);
    let entries = if page_head::is_marked(lines) {
        let first = numbered.first().map(|first| first.line);
        let is_list_in_entry = first.is_some_and(|first| has_text(&lines[parts.end()..first], language));
        if first.is_none() || parts.end() > 0 && is_list_in_entry {
            let is_sure = is_live || parts.are_sure() && parts.end() > 0;
            let first = parts.first_content(lines, language).filter(|_| is_sure);
            return Some(unnumbered::starts(lines, parts.end(), first, language))
                .filter(|starts| !starts.entries.is_empty());
        }
        numbered::with_lost(lines, numbered)
    } else {
        let indexes = || numbered.iter().map(|start| start.line).collect::<Vec<_>>();
        let is_shown = || evidence::is_live_page(lines, &indexes(), language);
        if !numbered::are_titles(lines, &numbered) || !is_live && !is_shown() {
            return unnumbered::below_summary(lines, language, is_live);
        }
        numbered
    };
    Some(EntryStarts { entries, are_marked: true })
}

/// Whether a paragraph is among the lines: a number below it is that of a list in an entry without number.
fn has_text(lines: &[Line], language: &Language) -> bool {
    use crate::layout::text::recognise::furniture::is_furniture;
    let is_text = |line: &Line| {
        line.mark.is_none()
            && ends_sentence(line.text)
            && !at_most_words(line.text, 6)
            && !is_furniture(line.text, language)
    };
    lines.iter().any(is_text)
}

/// Whether the line says that an entry without a title, or with it below, begins here.
pub fn is_placeholder(text: &str) -> bool {
    opening_of_placeholder(text).is_some()
}

fn opening_of_placeholder<'a>(text: &str) -> Option<Opening<'a>> {
    if ["Post update", "Video content", "Image gallery", "Post"].iter().any(|known| same(text, known)) {
        return Some(Opening::Untitled);
    }
    same(text, "Envelope update").then_some(Opening::TitleBelow)
}

impl<'a> Opening<'a> {
    /// What the words of an entry's first line are.
    pub fn read(text: &'a str, language: &Language) -> Opening<'a> {
        if let Some(opening) = opening_of_placeholder(text) {
            return opening;
        }
        if language.labels.contains(text) {
            return Opening::Label;
        }
        let is_handle = text.starts_with('@') && at_most_words(text, 1);
        if is_handle || same(text, "Email") || begins_with(text, "Text 8") && at_most_words(text, 2) {
            return Opening::Message;
        }
        match text.split_once(", ").filter(|_| !opens_quotation(text)) {
            Some((name, role)) if is_name(name) && is_role(role, language) => Opening::Signed { name, role },
            _ => Opening::Title,
        }
    }
}
