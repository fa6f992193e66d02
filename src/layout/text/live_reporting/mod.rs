//! BBC News from 2014 to mid-2024: a numbered list under `Live Reporting`, without times.
//!
//! ```text
//! Live Reporting
//! Edited by First Editor and Second Editor
//! All times stated are UK
//!   1. Title of the newest entry
//!
//!     Reporter Name
//!
//!     BBC News
//!
//!     First paragraph.
//! ```

mod recognise;

use super::classify::{Classified, Outline};
use super::cursor::{Cursor, Doubt, Rule};
use super::recognise::furniture::is_furniture;
use super::recognise::name::{is_name, is_organisation, is_role};
use super::recognise::shape::{at_most_words, begins_with, is_phrase, opens_quotation, same, strip_opening};
use super::recognise::{body, embed, furniture, image};
use super::uses::{Title, Use};
use crate::layout::text::line::{Line, Mark};
use crate::layout::text::{PageContext, evidence};
use crate::locale::{ENGLISH, Language};
use crate::model::{Code, Layout};
use recognise::editors;

/// The use of each line, if there is an entry on the page.
pub fn classify<'a>(lines: &[Line<'a>], page: PageContext) -> Option<Classified<'a>> {
    let language = &ENGLISH;
    let starts = entry_starts(lines, language, page.is_bbc_live)?;
    let outline = Outline {
        layout: Layout::BbcLiveReporting,
        language,
        starts: starts.iter().map(|start| start.line).collect(),
        last_title: starts.last()?.line,
    };
    let mut head = Head::new(&lines[..starts[0].line], language);
    Some(outline.classify(
        lines,
        page,
        |index, line, doubts| head.classify(index, line, doubts),
        |at, index| entry(at, &starts[index]),
    ))
}

/// The lines before the first entry: title, standfirst, licence block, editors, summary. Lines are known by their index.
struct Head {
    language: &'static Language,
    /// The first line below title and standfirst.
    block: Option<usize>,
    /// `Live Reporting`.
    list: Option<usize>,
    /// `Summary`.
    summary: Option<usize>,
    /// How many lines have been read as title or standfirst.
    titles: usize,
}

impl Head {
    fn new(lines: &[Line], language: &'static Language) -> Head {
        let is_list = |line: &Line| begins_with(line.text, "Live Reporting");
        let is_summary = |line: &Line| same(line.text, language.summary);
        let is_block = |line: &Line| {
            is_list(line)
                || is_summary(line)
                || begins_with(line.text, "Got a TV Licence")
                || begins_with(line.text, "All times stated are")
        };
        Head {
            language,
            block: lines.iter().position(is_block),
            list: lines.iter().position(is_list),
            summary: lines.iter().position(is_summary),
            titles: 0,
        }
    }

    /// Before the licence block, the first line is the title and the next one the standfirst. Below `Summary`, and at
    /// numbers before `Live Reporting`, is the summary; names are between `Live Reporting` and the first entry.
    fn classify<'a>(&mut self, index: usize, line: &Line<'a>, doubts: &mut Vec<Doubt>) -> Option<Use<'a>> {
        if is_furniture(line.text, self.language) || self.summary == Some(index) || is_contact(line) {
            return Some(Use::Furniture);
        }
        let is_before_list = self.list.is_none_or(|list| index < list);
        let is_in_summary = is_before_list && self.summary.is_some_and(|summary| index > summary);
        if is_in_summary || is_before_list && matches!(line.mark, Some(Mark::Number(_))) {
            return Some(Use::SummaryPoint(line.text));
        }
        let block = self.block?;
        if index > block {
            return editors(line.text, self.language).map(Use::Credit);
        }
        if index == block || line.mark.is_some() {
            return None;
        }
        self.titles += 1;
        match self.titles {
            1 => {
                let message = format!("“{}” stands first on the page; read as its title", line.text);
                doubts.push(Doubt { line: index, code: Code::TitleInferred, message });
                Some(Use::Headline(line.text))
            }
            2 => Some(Use::Standfirst(line.text)),
            _ => None,
        }
    }
}

/// The bullets below `Get involved`: how to reach the page's writers.
fn is_contact(line: &Line) -> bool {
    const WAYS: [&str; 8] = ["Send", "Text", "Twitter", "Email", "Call", "Tweet", "WhatsApp", "Facebook"];
    line.mark == Some(Mark::Bullet) && WAYS.iter().any(|way| begins_with(line.text, way))
}

/// The first line of an entry.
#[derive(Debug)]
struct Start<'a> {
    /// Its index.
    line: usize,
    /// Its words.
    text: &'a str,
    /// What they are.
    opening: Opening<'a>,
    /// Whether no number says that an entry begins here.
    inferred: bool,
}

/// What the words of an entry's first line are.
#[derive(Debug, Clone, Copy)]
enum Opening<'a> {
    /// The title.
    Title,
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
}

/// Where the entries begin: at the list's numbers, or, where a dump has lost them, at what looks like a title.
///
/// `None` if the page has neither this layout's head, nor numbered titles and evidence that it is a live page, unless
/// `is_live` says so.
fn entry_starts<'a>(lines: &[Line<'a>], language: &Language, is_live: bool) -> Option<Vec<Start<'a>>> {
    let list = lines.iter().rposition(|line| same(line.text, "Live Reporting"));
    let note = || lines.iter().position(|line| begins_with(line.text, "All times stated are"));
    let begin = list.or_else(note).map_or(0, |index| index + 1);
    let numbered = numbered(lines, begin, language);
    let has_head = lines.iter().any(|line| HEAD.iter().any(|head| same(line.text, head)));
    if has_head && numbered.is_empty() {
        return Some(unnumbered(lines, begin, language)).filter(|starts| !starts.is_empty());
    }
    let has_evidence = || {
        let starts: Vec<_> = numbered.iter().map(|start| start.line).collect();
        is_live
            || evidence::is_live_page(lines, &starts, language)
            || evidence::begin_with_clocks(numbered.iter().map(|start| start.text))
    };
    if has_head || are_titles(lines, &numbered) && has_evidence() { Some(numbered) } else { None }
}

/// Lines that only the head of this layout has.
const HEAD: [&str; 4] = [
    "Live Reporting",
    "All times stated are UK",
    "Got a TV Licence?",
    "Read more about sharing BBC content externally",
];

/// The lines whose numbers continue the count, at the indent of the first entry's. A number may be left out
/// if the indent distinguishes entries from lists.
fn numbered<'a>(lines: &[Line<'a>], begin: usize, language: &Language) -> Vec<Start<'a>> {
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
            starts.push(Start { line: index, text: line.text, opening: opening(line.text, language), inferred: false });
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
fn unnumbered<'a>(lines: &[Line<'a>], begin: usize, language: &Language) -> Vec<Start<'a>> {
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
        if is_furniture(line.text, language) && !is_placeholder(line.text)
            || line.mark.is_some()
            || editors(line.text, language).is_some()
        {
            continue;
        }
        let opening = opening(line.text, language);
        let above_byline = is_title(line.text, language)
            && text(place + 1).is_some_and(|name| {
                is_organisation(name, language)
                    || is_name(name) && text(place + 2).is_some_and(|role| is_role(role, language))
            });
        let marked = !matches!(opening, Opening::Title | Opening::Signed { .. }) || is_breaking(line.text, language);
        if above_byline || marked || ended && (!starts.is_empty() || is_title(line.text, language)) {
            starts.push(Start { line: index, text: line.text, opening, inferred: true });
        }
        ended = false;
    }
    starts
}

/// Whether the line can be a title that lost its number.
fn is_title(text: &str, language: &Language) -> bool {
    is_phrase(text, 16) && !is_organisation(text, language) && !is_role(text, language)
}

fn is_end(text: &str) -> bool {
    same(text, "Share this post") || begins_with(text, "Read more about sharing")
}

fn is_breaking(text: &str, language: &Language) -> bool {
    let rest = text.strip_prefix(language.breaking);
    rest.is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

fn is_placeholder(text: &str) -> bool {
    matches!(opening_of_placeholder(text), Some(Opening::Untitled | Opening::TitleBelow))
}

fn opening_of_placeholder<'a>(text: &str) -> Option<Opening<'a>> {
    if ["Post update", "Video content", "Image gallery", "Post"].iter().any(|known| same(text, known)) {
        return Some(Opening::Untitled);
    }
    same(text, "Envelope update").then_some(Opening::TitleBelow)
}

/// What the words of an entry's first line are.
fn opening<'a>(text: &'a str, language: &Language) -> Opening<'a> {
    if let Some(opening) = opening_of_placeholder(text) {
        return opening;
    }
    if language.labels.iter().any(|label| same(text, label)) {
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

/// What the lines below the title are recognised by; the first that takes the next line has it.
const RECOGNISERS: &[Rule] = &[
    Rule::by_words("furniture", furniture::furniture),
    Rule::by_words("byline", recognise::byline),
    Rule::by_words("quote", body::quote),
    Rule::by_words("embed", embed::embed),
    Rule::by_shape("marked image", recognise::marked_image),
    Rule::by_shape("media", image::media),
    Rule::by_words("item", body::item),
    Rule::by_shape("image", recognise::unmarked_image),
    Rule::by_words("paragraph", recognise::paragraph),
];

/// What a reader sends is text: no line of it is a byline or an image.
const MESSAGE: &[Rule] = &[
    Rule::by_words("furniture", furniture::furniture),
    Rule::by_shape("marked image", recognise::marked_image),
    Rule::by_shape("media", image::media),
    Rule::by_words("embed", embed::embed),
    Rule::by_words("item", body::item),
    Rule::by_words("paragraph", recognise::paragraph),
];

fn entry<'a>(at: &mut Cursor<'_, 'a>, start: &Start<'a>) {
    at.next();
    if start.inferred {
        at.doubt(Code::EntryInferred, "no number begins the entry; the shape of its first lines does");
    }
    match start.opening {
        Opening::Title => at.take(title(start.text, at)),
        Opening::Untitled => at.take(Use::Furniture),
        Opening::TitleBelow => {
            at.take(Use::Furniture);
            title_below(at);
        }
        Opening::Label => {
            at.take(Use::Label(start.text));
            title_below(at);
        }
        Opening::Message => {
            at.take(Use::Author(vec![start.text], None));
            return at.read_with(MESSAGE);
        }
        Opening::Signed { name, role } => at.take(Use::Author(vec![name], Some(role))),
    }
    at.read_with(RECOGNISERS);
}

/// The title is the next paragraph.
fn title_below(at: &mut Cursor) {
    if let Some(line) = at.next().filter(|line| line.mark.is_none()) {
        at.take(title(line.text, at));
    }
}

/// `BreakingBridge closed`: the mark of breaking news is glued before the title.
fn title<'a>(text: &'a str, at: &Cursor) -> Use<'a> {
    let breaking = strip_opening(text, at.language().breaking)
        .filter(|rest| rest.starts_with(char::is_uppercase) || rest.starts_with(['\'', '"', '‘', '“']));
    let placeholder = same(text, at.language().placeholder);
    Use::Title(Box::new(Title {
        text: (!placeholder).then_some(breaking.unwrap_or(text)),
        breaking: breaking.is_some(),
        ..Title::default()
    }))
}
