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

mod byline;
mod entry_starts;
mod image;
mod likely;
mod numbered;
mod page_head;
mod unnumbered;

use super::classify::{Classified, Outline};
use super::cursor::Cursor;
use super::recognise::furniture::is_furniture;
use super::recognise::image::{LONGEST_CAPTION, cut_mark, media};
use super::recognise::shape::{at_most_words, is_phrase, same, strip_opening};
use super::recognise::{body, embed, furniture};
use super::rules::{Rule, Rules};
use super::uses::{Title, Use};
use crate::layout::text::PageContext;
use crate::layout::text::line::Line;
use crate::locale::{ENGLISH, Language, OTHER_SERVICE, WORLD_SERVICE};
use crate::model::{Code, Layout};
use entry_starts::{EntryStart, Opening, entry_starts};
use page_head::LiveReportingHead;

/// The use of each line, if there is an entry on the page.
pub fn classify<'a>(lines: &[Line<'a>], page: PageContext) -> Option<Classified<'a>> {
    let language = language(lines);
    let starts = entry_starts(lines, language, page.is_live)?;
    let (starts, are_marked) = (starts.entries, starts.are_marked);
    let outline = Outline {
        layout: Layout::BbcLiveReporting,
        language,
        starts: starts.iter().map(|start| start.line).collect(),
        last_title: starts.last()?.line,
    };
    let mut head = LiveReportingHead::new(&lines[..starts[0].line], language);
    let [rules, messages] = [RECOGNISERS, MESSAGE].map(|table| Rules::new(table, language));
    Some(outline.classify(
        lines,
        page,
        |index, line, doubts| head.classify(index, line, doubts),
        |at, index| {
            at.entries_are_marked = are_marked;
            entry(at, &starts[index], &rules, &messages);
        },
    ))
}

/// The language of the words around the entries: that of the heading above them.
fn language(lines: &[Line]) -> &'static Language {
    let heading = |line: &Line| WORLD_SERVICE.iter().find(|language| same(line.text, language.list_heading));
    match lines.iter().find_map(heading) {
        Some(language) => language,
        None if page_head::is_untranslated(lines) => &OTHER_SERVICE,
        None => &ENGLISH,
    }
}

/// What the lines below the title are recognised by; the first that takes the next line has it.
pub(super) const RECOGNISERS: &[Rule] = &[
    Rule::by_words("furniture", furniture::furniture).opened_by(furniture::openings),
    Rule::by_words("read more", read_more),
    Rule::by_words("byline", byline::byline),
    Rule::by_words("quote", body::quote).opened_by(body::quote_openings),
    Rule::by_words("embed", embed::embed).opened_by(|_| embed::openings()),
    Rule::by_shape("cut mark", cut_mark),
    Rule::by_shape("marked image", image::marked_image),
    Rule::by_shape("captioned image", image::captioned_image),
    Rule::by_shape("media", media).opened_by(|language| language.media_caption.first_letters()),
    Rule::by_words("item", body::item).no_sentence(),
    Rule::by_shape("subtitle", image::recurring_subtitle),
    Rule::by_shape("title or image", image::title_or_image),
    Rule::by_shape("image", image::unmarked_image),
    Rule::by_words("paragraph", paragraph),
];

/// What a reader sends is text: no line of it is a byline or an image.
pub(super) const MESSAGE: &[Rule] = &[
    Rule::by_words("furniture", furniture::furniture).opened_by(furniture::openings),
    Rule::by_shape("marked image", image::marked_image),
    Rule::by_shape("media", media).opened_by(|language| language.media_caption.first_letters()),
    Rule::by_words("embed", embed::embed).opened_by(|_| embed::openings()),
    Rule::by_words("item", body::item).no_sentence(),
    Rule::by_words("text", text),
];

fn entry<'a>(at: &mut Cursor<'_, 'a>, start: &EntryStart<'a>, rules: &Rules, messages: &Rules) {
    at.next();
    if start.is_inferred {
        at.doubt(Code::EntryInferred, "no number begins the entry; the shape of its first lines does");
    }
    if start.numbers_left_out > 0 {
        let message = format!("the numbers leave out {} between this entry and the next", start.numbers_left_out);
        at.doubt(Code::MaybeSeveralEntries, message);
    }
    match start.opening {
        Opening::Title => at.take(title(start.text, at)),
        Opening::Text => {}
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
            return at.read_with(messages);
        }
        Opening::Signed { name, role } => at.take(Use::Author(vec![name], Some(role))),
        Opening::Byline => {
            let message = format!("“{}” is above a role; read as the author, so that there is no title", start.text);
            at.doubt(Code::BylineInferred, message);
            at.take(Use::Author(vec![start.text], None));
            if let Some(role) = at.next() {
                at.take(Use::Role(role.text));
            }
        }
    }
    at.read_with(rules);
}

/// The title is the next paragraph.
fn title_below(at: &mut Cursor) {
    if let Some(line) = at.next().filter(|line| line.mark.is_none()) {
        at.take(title(line.text, at));
    }
}

/// `BreakingBridge closed`: the mark of breaking news is glued before the title.
fn title<'a>(text: &'a str, at: &Cursor) -> Use<'a> {
    let breaking = strip_opening(text, at.language().breaking).filter(|rest| {
        rest.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase()) || rest.starts_with(['\'', '"', '‘', '“'])
    });
    let placeholder = same(text, at.language().placeholder);
    Use::Title(Box::new(Title {
        text: (!placeholder).then_some(breaking.unwrap_or(text)),
        breaking: breaking.is_some(),
        ..Title::default()
    }))
}

/// `Read more`, alone: a link. Words right below it that end the entry are where it leads.
fn read_more(at: &mut Cursor) -> Option<()> {
    at.next().filter(|line| line.mark.is_none() && same(line.text, at.language().read_more))?;
    let target = at.adjacent(1).filter(|line| line.mark.is_none() && at.ahead(2).is_none());
    at.take(Use::Furniture);
    if let Some(target) = target.filter(|line| is_phrase(line.text, 12) && !is_furniture(line.text, at.language())) {
        at.take(Use::Card { text: target.text, opens: true });
    }
    Some(())
}

/// Any line of a message.
fn text(at: &mut Cursor) -> Option<()> {
    let line = at.next()?;
    at.take(Use::Paragraph(line.text));
    Some(())
}

/// Everything else is a paragraph. `Latest weather` is a link, but words alone may still be an image's, and so may many
/// that end no sentence, or a sentence that describes one.
fn paragraph(at: &mut Cursor) -> Option<()> {
    let line = at.next()?;
    let is_link = line.text.starts_with("Latest ");
    let suspect = is_phrase(line.text, LONGEST_CAPTION) && (is_link || !at_most_words(line.text, 20));
    if body::may_be_image(at, line, suspect) {
        let message = format!("“{}” may be an image's alternative text; read as a paragraph", line.text);
        at.doubt_once(Code::ImageOrText, message);
    }
    at.take(Use::Paragraph(line.text));
    Some(())
}
