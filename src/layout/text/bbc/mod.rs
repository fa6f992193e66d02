//! BBC News and Sport as captured since about 2023: entries whose titles end in `published at …`.
//!
//! ```text
//! Summary
//!
//!   • A point of the summary
//!
//!   1. Tunnel reopens after floodpublished at 14:27 British Summer Time 19 June 2023
//!
//!     Reporter Name
//!     Transport correspondent
//!
//!     First paragraph of the body.
//! ```
//!
//! The grammar hangs on the stamps and on the shape of lines; list marks, indents and blank lines help where a dump
//! has kept them.

mod entry_starts;
pub(crate) mod html;
mod republished;
mod titles_below;

use super::classify::{Classified, Outline, check_line_ends};
use super::cursor::{Cursor, Doubt};
use super::recognise::furniture::is_furniture;
use super::recognise::image::marked;
use super::recognise::name::{credit, is_organisation, is_role, names_only, split_names};
use super::recognise::shape::{at_most_words, ends_sentence, non_empty, same, words_up_to};
use super::recognise::title::{self, TimeWords};
use super::recognise::{body, byline, embed, furniture, image};
use super::rules::{Rule, Rules};
use super::run_together::check_stamps;
use super::uses::{Title, Use};
use crate::layout::text::line::{Line, LineRole, Mark};
use crate::layout::text::{PageContext, evidence};
use crate::locale::{LANGUAGES, Language};
use crate::model::{Code, Layout};
use entry_starts::{Start, are_cards, entry_starts, is_date_of_article};

/// The use of each line, if there is an entry on the page.
pub fn classify<'a>(lines: &[Line<'a>], page: PageContext) -> Option<Classified<'a>> {
    let mut languages = LANGUAGES.iter().map(|language| (*language, entry_starts(lines, language)));
    let Some((language, starts)) = languages.find(|(_, starts)| !starts.is_empty()) else {
        return republished::classify(lines, page).or_else(|| titles_below::classify(lines, page));
    };
    let outline = Outline {
        layout: Layout::Bbc,
        language,
        starts: starts.iter().map(Start::first_line).collect(),
        last_title: starts.last()?.title_line,
    };
    let is_live = || page.is_live || evidence::is_live_page(lines, &outline.starts, language);
    if are_cards(lines, &starts) || is_date_of_article(&starts) && !is_live() {
        return None;
    }
    let mut head = Head::new(&lines[..starts[0].first_line()], language);
    let rules = Rules::new(RULES, language);
    let mut classified = outline.classify(
        lines,
        page,
        |index, line, doubts| head.classify(index, line, doubts),
        |at, index| {
            at.ends_with_card = starts.get(index + 1).is_some_and(|next| next.title.ends_card);
            entry(at, &starts[index], lines, &rules);
        },
    );
    check_line_ends(lines, &mut classified.doubts);
    check_stamps(lines, &mut classified);
    Some(classified)
}

/// The lines before the first entry: headline, credits and summary.
struct Head {
    language: &'static Language,
    /// The index of the summary's heading.
    summary: Option<usize>,
    /// The index of the heading of the entries, below which who writes them is named.
    list: Option<usize>,
    /// The index of the headline.
    headline: Option<usize>,
    /// Whether the line above says that a media caption follows.
    awaits_caption: bool,
}

impl Head {
    fn new(lines: &[Line], language: &'static Language) -> Head {
        let summary = lines.iter().position(|line| same(line.text, language.summary));
        let headline = find_headline(&lines[..summary.unwrap_or(lines.len())], language);
        let is_list = |index: &usize| same(lines[*index].text, language.list_heading);
        let list = (summary.unwrap_or_default()..lines.len()).find(is_list);
        Head { language, summary, list, headline, awaits_caption: false }
    }

    /// All between `Summary` and the first entry, bulleted or not, is summary, except media captions, credits and
    /// furniture.
    fn classify<'a>(&mut self, index: usize, line: &Line<'a>, doubts: &mut Vec<Doubt>) -> Option<Use<'a>> {
        if let Some(caption) = marked(line.text, &self.language.media_caption) {
            self.awaits_caption = non_empty(caption).is_none();
            return Some(Use::Media(non_empty(caption)));
        }
        if std::mem::take(&mut self.awaits_caption) {
            return Some(Use::MediaCaption(line.text));
        }
        if let Some(names) = editors(line, self.language) {
            return Some(Use::Credit(names));
        }
        if is_furniture(line.text, self.language) || Some(index) == self.summary {
            return Some(Use::Furniture);
        }
        if Some(index) == self.headline {
            let message = format!("“{}” stands last before the page's content; read as its title", line.text);
            doubts.push(Doubt { line: index, code: Code::TitleInferred, message });
            return Some(Use::Headline(line.text));
        }
        if self.list.is_some_and(|list| index > list) {
            return names_only(line.text, self.language).map(Use::Credit);
        }
        let is_point = match self.summary {
            Some(summary) => index > summary,
            None => line.mark.is_some(),
        };
        is_point.then_some(Use::SummaryPoint(line.text))
    }
}

/// The names of a line that says who made the page, in words or by its place in a document.
fn editors<'a>(line: &Line<'a>, language: &Language) -> Option<Vec<&'a str>> {
    let shown = || {
        (line.hints.role == Some(LineRole::Editors))
            .then(|| split_names(language.credits.strip(line.text).unwrap_or(line.text), language))
    };
    credit(line.text, language).or_else(shown)
}

/// The last line that can be a headline; copies on other sites often begin with it. Where many lines can be one, none
/// is: they are a score board.
fn find_headline(lines: &[Line], language: &Language) -> Option<usize> {
    const MOST: usize = 3;
    let candidates: Vec<_> = (0..lines.len()).filter(|&index| can_be_headline(&lines[index], language)).collect();
    if candidates.len() <= MOST { candidates.last().copied() } else { None }
}

/// At least three words without sentence end, that are neither furniture nor an item, and do not lead elsewhere, as
/// what a proxy adds does: `[go: up one dir, main page]`, `More on http://…`.
fn can_be_headline(line: &Line, language: &Language) -> bool {
    let text = line.text;
    line.mark.is_none()
        && words_up_to(text, 3) >= 3
        && !ends_sentence(text)
        && !text.starts_with('[')
        && !text.contains("://")
        && !text.ends_with(language.ago)
        && !is_furniture(text, language)
        && credit(text, language).is_none()
        && marked(text, &language.media_caption).is_none()
}

/// What the lines below title and stamp are recognised by; the first that takes the next line has it.
pub(super) const RULES: &[Rule] = &[
    Rule::by_words("title below", titles_below::title_below),
    Rule::by_words("subtitle", title::subtitle).no_sentence(),
    Rule::by_words("shown byline", byline::shown_byline).no_sentence(),
    Rule::by_words("picture", image::pictured).no_sentence(),
    Rule::by_words("furniture", furniture::furniture).opened_by(furniture::openings),
    Rule::by_words("byline", byline::byline).no_sentence(),
    Rule::by_words("credit", byline::page_credit).opened_by(|language| language.credits.first_letters()),
    Rule::by_words("quote", body::quote).opened_by(body::quote_openings),
    Rule::by_words("shown quote", body::shown_quote).no_sentence(),
    Rule::by_words("embed", embed::embed).opened_by(|_| embed::openings()),
    Rule::by_shape("image", image::image),
    Rule::by_shape("media", image::media).opened_by(|language| language.media_caption.first_letters()),
    Rule::by_words("card", body::card),
    Rule::by_words("recurring subtitle", title::recurring_subtitle).no_sentence(),
    Rule::by_shape("portrait", image::portrait).no_sentence(),
    Rule::by_shape("gallery", image::gallery).no_sentence(),
    Rule::by_shape("named picture", image::named_picture).opened_by(image::picture_openings),
    Rule::by_words("item", body::item).no_sentence(),
    Rule::by_words("paragraph", body::paragraph),
];

fn entry<'a>(at: &mut Cursor<'_, 'a>, start: &Start<'a>, lines: &[Line<'a>], rules: &Rules) {
    if let Some(label) = start.label {
        let Line { text, mark, .. } = lines[label];
        let is_known = || at_most_words(text, 4) || at.language().labels.contains(text);
        // A number continues the entries' count; a bullet may be that of an item.
        if mark == Some(Mark::Bullet) && !is_known() {
            at.doubt(Code::EntryInferred, format!("“{text}” may be the last item of the list above; read as a label"));
        }
        at.take(if text.is_empty() { Use::Furniture } else { Use::Label(text) });
    }
    at.next();
    if start.is_signed {
        at.doubt(
            Code::EntryInferred,
            "nothing but a byline says that an entry begins here; it has lost title and time",
        );
        at.doubt(Code::StampMissing, "the page has no time for the entry");
        return at.read_with(rules);
    }
    match start.time {
        Some(TimeWords::Unread) => {
            at.doubt(Code::TimeUnread, "the words behind the title are no time that can be read")
        }
        None if at.next().is_some_and(|line| line.hints.entry.is_some()) => {
            at.doubt(Code::StampMissing, "the document has no time for the entry")
        }
        None => at.doubt(Code::StampMissing, "the page is cut off before the entry's stamp"),
        Some(TimeWords::Time | TimeWords::Clock) => {}
    }
    if start.title.paragraph.is_some() {
        let message = "title, time and text are on one line; a byline or an image's credit may be in the text";
        at.doubt(Code::ImageOrText, message);
    }
    at.take(Use::Title(Box::new(start.title.clone())));
    match start.stamp_below {
        Some(below) => at.take(Use::SecondStamp(Some(Box::new((below.words, below.stamp))))),
        None => second_stamp(at, &start.title)
            .or_else(|| author_after_stamp(at))
            .or_else(|| words_after_stamp(at, &start.title))
            .unwrap_or_default(),
    }
    breaking(at);
    at.read_with(rules);
}

/// A line under the title that is only a stamp repeats it, perhaps in the zone of whoever saved the page. It is the
/// stamp only if it names a zone and the title's does not.
fn second_stamp<'a>(at: &mut Cursor<'_, 'a>, title: &Title<'a>) -> Option<()> {
    let line = at.next().filter(|line| line.mark.is_none())?;
    let (words, second) = title::stamp_alone(line.text, at.language())?;
    let adds_zone = title.stamp.is_some_and(|first| first.zone.is_none()) && second.zone.is_some();
    at.take(Use::SecondStamp(adds_zone.then(|| Box::new((words, second)))));
    Some(())
}

/// `11:27 GMT 8 March 2024BBC Weather`, `11:27 GMT 8 March 2024The lock is shut.`: the title's time once more, and glued to
/// it the author, or the first words of the text.
fn words_after_stamp(at: &mut Cursor, title: &Title) -> Option<()> {
    let line = at.next().filter(|line| line.mark.is_none())?;
    let words = title::words_after_stamp(line.text, &title.stamp?, at.language())?;
    if is_organisation(words, at.language()) {
        at.take(Use::Author(vec![words], None));
        return Some(());
    }
    if !ends_sentence(words) {
        at.doubt(Code::ImageOrText, format!("“{words}” is glued to the time; read as a paragraph"));
    }
    at.take(Use::Paragraph(words));
    Some(())
}

/// `12:34 Hal Driftwood`, adjacent to a role: the name is the author's.
fn author_after_stamp(at: &mut Cursor) -> Option<()> {
    let line = at.next().filter(|line| line.mark.is_none())?;
    let name = title::name_after_stamp(line.text, at.language())?;
    let role = at.adjacent(1).filter(|role| role.mark.is_none() && is_role(role.text, at.language()))?;
    at.take(Use::Author(vec![name], None));
    at.take(Use::Role(role.text));
    Some(())
}

/// `Breaking` alone on the line directly under the stamp, or what a document marks so.
fn breaking(at: &mut Cursor) -> Option<()> {
    let line = at.next()?;
    let is_marked = line.hints.role == Some(LineRole::BreakingMark);
    (is_marked || same(line.text, at.language().breaking)).then(|| at.take(Use::Breaking))
}
