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

pub(crate) mod html;

use super::classify::{Classified, Outline, check_line_ends, check_single_entry};
use super::cursor::{Cursor, Doubt, Rule};
use super::recognise::furniture::is_furniture;
use super::recognise::image::marked;
use super::recognise::name::{credit, is_role, split_names};
use super::recognise::shape::{at_most_words, ends_sentence, non_empty, same, strip_opening, words_up_to};
use super::recognise::title::{self, TimeWords, TitleLine, cut_title, title_line};
use super::recognise::{body, byline, embed, furniture, image};
use super::uses::{Title, Use};
use crate::layout::text::PageContext;
use crate::layout::text::line::{Line, LineRole, Mark};
use crate::locale::{LANGUAGES, Language};
use crate::model::{Code, Layout};

/// The use of each line, if there is an entry on the page.
pub fn classify<'a>(lines: &[Line<'a>], page: PageContext) -> Option<Classified<'a>> {
    let mut languages = LANGUAGES.iter().map(|language| (*language, entry_starts(lines, language)));
    let (language, starts) = languages.find(|(_, starts)| !starts.is_empty())?;
    let outline = Outline {
        layout: Layout::Bbc,
        language,
        starts: starts.iter().map(Start::first_line).collect(),
        last_title: starts.last()?.title_line,
    };
    let mut head = Head::new(&lines[..starts[0].first_line()], language);
    let mut classified = outline.classify(
        lines,
        page,
        |index, line, doubts| head.classify(index, line, doubts),
        |at, index| {
            at.ends_with_card = starts.get(index + 1).is_some_and(|next| next.title.ends_card);
            entry(at, &starts[index], lines);
        },
    );
    check_line_ends(lines, &mut classified.doubts);
    check_single_entry(lines, &mut classified);
    Some(classified)
}

/// The lines before the first entry: headline, credits and summary.
struct Head {
    language: &'static Language,
    /// The index of the summary's heading.
    summary: Option<usize>,
    /// The index of the headline.
    headline: Option<usize>,
    /// Whether the line above says that a media caption follows.
    awaits_caption: bool,
}

impl Head {
    fn new(lines: &[Line], language: &'static Language) -> Head {
        let summary = lines.iter().position(|line| same(line.text, language.summary));
        let headline = find_headline(&lines[..summary.unwrap_or(lines.len())], language);
        Head { language, summary, headline, awaits_caption: false }
    }

    /// All between `Summary` and the first entry, bulleted or not, is summary, except media captions, credits and
    /// furniture.
    fn classify<'a>(&mut self, index: usize, line: &Line<'a>, doubts: &mut Vec<Doubt>) -> Option<Use<'a>> {
        if let Some(caption) = marked(line.text, self.language.media_caption) {
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
        (line.hints.role == Some(LineRole::Editors)).then(|| {
            let opening = language.credits.iter().find_map(|opening| strip_opening(line.text, opening));
            split_names(opening.unwrap_or(line.text), language)
        })
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

/// At least three words without sentence end, that are neither furniture nor an item.
fn can_be_headline(line: &Line, language: &Language) -> bool {
    let text = line.text;
    line.mark.is_none()
        && words_up_to(text, 3) >= 3
        && !ends_sentence(text)
        && !is_furniture(text, language)
        && credit(text, language).is_none()
        && marked(text, language.media_caption).is_none()
}

/// The first lines of an entry.
#[derive(Debug)]
struct Start<'a> {
    /// The index of the label's line, or of a lone list mark's.
    label: Option<usize>,
    /// The index of the title's line.
    title_line: usize,
    /// What it says.
    title: Title<'a>,
    /// What its stamp says; `None` if the page is cut off before it.
    time: Option<TimeWords>,
}

impl Start<'_> {
    /// The index of the entry's first line.
    fn first_line(&self) -> usize {
        self.label.unwrap_or(self.title_line)
    }
}

/// Where the entries begin, at their stamps and at the labels above them, in the order of the page.
fn entry_starts<'a>(lines: &[Line<'a>], language: &Language) -> Vec<Start<'a>> {
    if lines.iter().any(|line| line.hints.entry.is_some()) {
        return anchored(lines, language);
    }
    let stamped = stamped(lines, language);
    let mark = entry_mark(lines, &stamped);
    let mut starts: Vec<Start> = Vec::with_capacity(stamped.len() + 1);
    for (index, line) in stamped {
        let above = starts.last();
        let label = label(lines, index, above, mark, language);
        starts.push(Start { label, title_line: index, title: line.title, time: Some(line.time) });
    }
    starts.extend(starts.last().and_then(|last| cut_off(lines, last, language)));
    starts
}

/// The starts of entries that a document marks: those and no others, with a stamp or without. There are none where no
/// title has a stamp.
fn anchored<'a>(lines: &[Line<'a>], language: &Language) -> Vec<Start<'a>> {
    let mut starts: Vec<Start> = Vec::new();
    let mut is_stamped = false;
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.hints.entry.is_some()) {
        let above = starts.last().map_or(0, |above| above.title_line + 1);
        // A label carries the entry's number, so that the title below it has none.
        let label = || lines[above..index].iter().rposition(|line| !line.is_blank()).map(|label| above + label);
        let label = if line.mark.is_none() { label() } else { None };
        let (title, time) = match title_line(line.text, language) {
            Some(line) => (line.title, Some(line.time)),
            None => (
                Title {
                    text: non_empty(line.text).filter(|text| !same(text, language.placeholder)),
                    ..Title::default()
                },
                None,
            ),
        };
        is_stamped |= time.is_some();
        starts.push(Start { label, title_line: index, title, time });
    }
    if is_stamped { starts } else { Vec::new() }
}

/// The lines that end in a stamp. Where stamps are glued to their titles, one with a space before it is prose that
/// merely ends like a stamp, unless it carries an entry's own list mark; where none is glued, the list marks decide.
fn stamped<'a>(lines: &[Line<'a>], language: &Language) -> Vec<(usize, TitleLine<'a>)> {
    let mut stamped = Vec::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_blank()) {
        stamped.extend(title_line(line.text, language).map(|title| (index, title)));
    }
    let any_glued = stamped.iter().any(|(_, line)| line.glued && line.time == TimeWords::Time);
    let is_sure = |line: &TitleLine| line.time == TimeWords::Time && (line.glued || !any_glued);
    let is_marked = |index: usize| lines[index].mark.is_some();
    let entry =
        stamped.iter().find(|(index, line)| is_sure(line) && is_marked(*index)).map(|(index, _)| &lines[*index]);
    let is_marked_like_entry =
        |line: &Line| entry.is_some_and(|entry| entry.indent == line.indent && same_kind(entry.mark, line.mark));
    let is_below_label = |index: usize| {
        let above = lines[..index].iter().rfind(|line| !line.is_blank());
        above.is_some_and(|above| is_marked_like_entry(above) && title_line(above.text, language).is_none())
    };
    let last = lines.iter().rposition(|line| !line.is_blank());
    stamped.retain(|&(index, ref line)| match line.time {
        TimeWords::Unread => line.glued && (is_marked(index) || Some(index) == last),
        _ if line.glued => true,
        _ if any_glued => is_marked_like_entry(&lines[index]),
        _ => entry.is_none() || is_marked_like_entry(&lines[index]) || is_below_label(index),
    });
    stamped
}

fn same_kind(one: Option<Mark>, other: Option<Mark>) -> bool {
    matches!(
        (one, other),
        (Some(Mark::Bullet), Some(Mark::Bullet)) | (Some(Mark::Number(_)), Some(Mark::Number(_))) | (None, None)
    )
}

/// The list mark that most entries carry on their title's line.
fn entry_mark(lines: &[Line], stamped: &[(usize, TitleLine)]) -> Option<Mark> {
    let marks = stamped.iter().filter_map(|(index, _)| lines[*index].mark);
    let (bullets, numbers): (Vec<_>, Vec<_>) = marks.partition(|mark| *mark == Mark::Bullet);
    if bullets.is_empty() && numbers.is_empty() {
        None
    } else if bullets.len() > numbers.len() {
        Some(Mark::Bullet)
    } else {
        Some(Mark::Number(1))
    }
}

/// The label above a title that carries no mark of its own: the text on the entry's own mark, or a known label alone
/// on the line above.
fn label(
    lines: &[Line],
    title: usize,
    above: Option<&Start>,
    mark: Option<Mark>,
    language: &Language,
) -> Option<usize> {
    let begin = above.map_or(0, |start| start.title_line + 1);
    let label = begin + lines[begin..title].iter().rposition(|line| !line.is_blank())?;
    let line = &lines[label];
    if lines[title].mark.is_some() {
        return None;
    }
    let like_the_entry_above = |above: &Start| lines[above.first_line()].indent == line.indent;
    let is_label = match (line.mark, mark) {
        (Some(Mark::Number(number)), Some(Mark::Number(_)) | None) => continues(lines, number, above),
        (Some(Mark::Bullet), Some(Mark::Bullet)) => above.is_none_or(like_the_entry_above) && !ends_sentence(line.text),
        _ => language.labels.iter().any(|known| same(line.text, known)),
    };
    (is_label && at_most_words(line.text, 12)).then_some(label)
}

/// Whether the number continues the count of the entries.
fn continues(lines: &[Line], number: u32, above: Option<&Start>) -> bool {
    match above.map(|above| lines[above.first_line()].mark) {
        None => true,
        Some(Some(Mark::Number(before))) => number == before + 1,
        Some(_) => number > 1,
    }
}

/// An entry whose stamp was cut off at the end of the page: a number that continues the entries' count, at their
/// indent, on the page's last line or, as a label, on the last but one.
fn cut_off<'a>(lines: &[Line<'a>], last: &Start, language: &Language) -> Option<Start<'a>> {
    let indent = lines[last.first_line()].indent;
    let mut tail =
        lines.iter().enumerate().skip(last.title_line + 1).rev().filter(|(_, line)| !line.is_blank()).take(2);
    let (end, end_line) = tail.next()?;
    let is_entry = |line: &Line| {
        line.indent == indent && matches!(line.mark, Some(Mark::Number(number)) if continues(lines, number, Some(last)))
    };
    let title = |line: &Line<'a>| Title { text: cut_title(line.text, language), ..Title::default() };
    if is_entry(end_line) {
        return Some(Start { label: None, title_line: end, title: title(end_line), time: None });
    }
    let (label, label_line) = tail.next()?;
    let is_label = is_entry(label_line)
        && end_line.mark.is_none()
        && at_most_words(label_line.text, 12)
        && !ends_sentence(end_line.text);
    is_label.then(|| Start { label: Some(label), title_line: end, title: title(end_line), time: None })
}

/// What the lines below title and stamp are recognised by; the first that takes the next line has it.
const RECOGNISERS: &[Rule] = &[
    Rule::by_words("subtitle", title::subtitle),
    Rule::by_words("shown byline", byline::shown_byline),
    Rule::by_words("picture", image::pictured),
    Rule::by_words("furniture", furniture::furniture),
    Rule::by_words("byline", byline::byline),
    Rule::by_words("credit", byline::page_credit),
    Rule::by_words("quote", body::quote),
    Rule::by_words("shown quote", body::shown_quote),
    Rule::by_words("embed", embed::embed),
    Rule::by_shape("image", image::image),
    Rule::by_shape("media", image::media),
    Rule::by_words("card", body::card),
    Rule::by_shape("portrait", image::portrait),
    Rule::by_shape("gallery", image::gallery),
    Rule::by_words("item", body::item),
    Rule::by_words("paragraph", body::paragraph),
];

fn entry<'a>(at: &mut Cursor<'_, 'a>, start: &Start<'a>, lines: &[Line<'a>]) {
    if let Some(label) = start.label {
        let text = lines[label].text;
        at.take(if text.is_empty() { Use::Furniture } else { Use::Label(text) });
    }
    at.next();
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
    at.take(Use::Title(Box::new(start.title.clone())));
    second_stamp(at, &start.title).or_else(|| author_after_stamp(at));
    breaking(at);
    at.read_with(RECOGNISERS);
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
