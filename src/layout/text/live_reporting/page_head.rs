//! The lines before the first entry: title, standfirst, licence block, summary, editors.

use crate::layout::text::cursor::Doubt;
use crate::layout::text::headline::Headlines;
use crate::layout::text::line::{Line, Mark};
use crate::layout::text::recognise::furniture::is_furniture;
use crate::layout::text::recognise::name::{credit, is_organisation, names_only};
use crate::layout::text::recognise::shape::{begins_with, same};
use crate::layout::text::uses::Use;
use crate::locale::Language;

/// The lines that only the head of this layout has.
pub const MARKS: [&str; 5] = [
    "Live Reporting",
    "All times stated are UK",
    UNTRANSLATED_NOTE,
    "Got a TV Licence?",
    "Read more about sharing BBC content externally",
];

/// What the World Service's pages have for `All times stated are UK`, in all languages.
const UNTRANSLATED_NOTE: &str = "time_stated_uk";

/// Whether a page has a line that only this layout has.
pub fn is_marked(lines: &[Line]) -> bool {
    lines.iter().any(|line| is_mark(line.text))
}

/// Whether only this layout has such a line.
pub fn is_mark(text: &str) -> bool {
    MARKS.iter().any(|mark| same(text, mark))
}

/// Whether the page has the note whose words nobody translated.
pub fn is_untranslated(lines: &[Line]) -> bool {
    lines.iter().any(|line| same(line.text, UNTRANSLATED_NOTE))
}

/// Where the parts of a head are. Lines are known by their index.
#[derive(Debug, Clone, Copy)]
pub struct HeadParts {
    /// The licence block.
    licence: Option<usize>,
    /// `Live Reporting`.
    list: Option<usize>,
    /// `All times stated are UK`.
    note: Option<usize>,
}

impl HeadParts {
    /// Finds the parts among the lines of a page.
    pub fn find(lines: &[Line]) -> HeadParts {
        /// How far the note is below the heading at most.
        const EDITORS: usize = 16;
        let is_note =
            |line: &Line| begins_with(line.text, "All times stated are") || same(line.text, UNTRANSLATED_NOTE);
        let note = |lines: &[Line]| lines.iter().position(is_note);
        let list = lines.iter().rposition(|line| same(line.text, "Live Reporting"));
        HeadParts {
            licence: lines.iter().position(|line| begins_with(line.text, "Got a TV Licence")),
            list,
            note: match list {
                Some(list) => note(&lines[list..lines.len().min(list + EDITORS)]).map(|note| list + note),
                None => note(lines),
            },
        }
    }

    /// Whether two parts show that it is a live page, whatever its entries look like.
    pub fn are_sure(&self) -> bool {
        [self.licence, self.list, self.note].iter().flatten().count() >= 2
    }

    /// The first line below heading and note; the first of the page if it has neither.
    pub fn end(&self) -> usize {
        self.note.max(self.list).map_or(0, |last| last + 1)
    }

    /// The first line below the head that is neither furniture, nor says who writes the page or how to reach them.
    pub fn first_content(&self, lines: &[Line], language: &Language) -> Option<usize> {
        let is_by = |index: usize| self.has_editors(index, lines) && editors(lines[index].text, language).is_some();
        let is_content = |&index: &usize| {
            let line = &lines[index];
            let is_placeholder = super::entry_starts::is_placeholder(line.text);
            !line.is_blank()
                && (is_placeholder || !is_furniture(line.text, language))
                && !is_contact(line)
                && !is_by(index)
        };
        (self.end()..lines.len()).find(is_content)
    }

    /// Whether the line is where the editors are: between heading and note; without a note, the first below the heading;
    /// without a heading, the last above the note.
    fn has_editors(&self, index: usize, lines: &[Line]) -> bool {
        match (self.list, self.note) {
            (Some(list), Some(note)) => (list..note).contains(&index),
            (Some(list), None) => index > list && lines[list + 1..index].iter().all(Line::is_blank),
            (None, Some(note)) => index < note && lines[index + 1..note].iter().all(Line::is_blank),
            (None, None) => false,
        }
    }
}

/// A head of which only `Summary` and its points are left.
pub struct SummaryHead {
    /// The first line below the points.
    pub end: usize,
    /// The first below that which is no furniture.
    pub first_content: Option<usize>,
}

impl SummaryHead {
    /// Finds it among the first lines of a page.
    pub fn find(lines: &[Line], language: &Language) -> Option<SummaryHead> {
        /// How many lines are above it at most: title and standfirst.
        const ABOVE: usize = 8;
        let summary = lines.iter().take(ABOVE).position(|line| same(line.text, language.summary))?;
        let below = &lines[summary + 1..];
        let points =
            below.iter().position(|line| !line.is_blank() && line.mark.is_none()).filter(|&points| points > 0)?;
        let has_points = below[..points].iter().any(|line| line.mark.is_some());
        let end = summary + 1 + points;
        let first_content =
            (end..lines.len()).find(|&index| !lines[index].is_blank() && !is_furniture(lines[index].text, language));
        has_points.then_some(SummaryHead { end, first_content })
    }

    /// Of a page that begins with its first entry.
    pub fn lost(lines: &[Line]) -> SummaryHead {
        SummaryHead { end: 0, first_content: lines.iter().position(|line| !line.is_blank()) }
    }
}

/// What each line before the first entry is used for.
pub struct LiveReportingHead<'a> {
    language: &'static Language,
    parts: HeadParts,
    headlines: Headlines<'a>,
    /// The first line below title and standfirst.
    block: Option<usize>,
    /// `Summary`.
    summary: Option<usize>,
    /// The lines on which the editors may be.
    editors: Vec<bool>,
}

impl<'a> LiveReportingHead<'a> {
    /// The head among the lines before the first entry.
    pub fn new(lines: &[Line<'a>], language: &'static Language) -> LiveReportingHead<'a> {
        let parts = HeadParts::find(lines);
        let summary = lines.iter().position(|line| same(line.text, language.summary));
        let block = [parts.licence, parts.list, parts.note, summary].into_iter().flatten().min();
        LiveReportingHead {
            language,
            parts,
            headlines: Headlines::new(&lines[..block.unwrap_or_default()], false),
            block,
            summary,
            editors: (0..lines.len()).map(|index| parts.has_editors(index, lines)).collect(),
        }
    }

    /// Before the licence block are title and standfirst. Below `Summary`, and at numbers before `Live Reporting`, is
    /// the summary; names are between `Live Reporting` and the first entry.
    pub fn classify(&mut self, index: usize, line: &Line<'a>, doubts: &mut Vec<Doubt>) -> Option<Use<'a>> {
        if is_furniture(line.text, self.language) || self.summary == Some(index) || is_contact(line) {
            return Some(Use::Furniture);
        }
        if same(line.text, UNTRANSLATED_NOTE) || same(line.text, self.language.list_heading) {
            return Some(Use::Furniture);
        }
        let is_before_list = self.parts.list.or(self.parts.note).is_none_or(|list| index < list);
        let is_in_summary = is_before_list && self.summary.is_some_and(|summary| index > summary);
        if is_in_summary || is_before_list && matches!(line.mark, Some(Mark::Number(_))) {
            return Some(Use::SummaryPoint(line.text));
        }
        if index < self.block? {
            let names = several_people(line.text, self.language);
            if let Some(names) = names.filter(|_| self.parts.list.is_none() && self.editors[index]) {
                return Some(Use::Credit(names));
            }
            return self.headlines.classify(index, line, doubts);
        }
        let names = match self.parts.list {
            Some(_) if self.editors[index] => editors(line.text, self.language),
            Some(_) => people(line.text, self.language),
            None => several_people(line.text, self.language),
        };
        names.map(Use::Credit)
    }
}

/// `Edited by A and B`, `By A and B`, bare names, or an organisation: `BBC Scotland News`.
fn editors<'a>(text: &'a str, language: &Language) -> Option<Vec<&'a str>> {
    people(text, language).or_else(|| is_organisation(text, language).then(|| vec![text]))
}

/// `Edited by A and B`, `By A and B`, or bare names.
fn people<'a>(text: &'a str, language: &Language) -> Option<Vec<&'a str>> {
    credit(text, language).or_else(|| {
        names_only(text, language).filter(|names| !names.iter().any(|name| is_organisation(name, language)))
    })
}

/// People where only a note shows the list: one bare name may as well be the title, or a heading in another language.
fn several_people<'a>(text: &'a str, language: &Language) -> Option<Vec<&'a str>> {
    credit(text, language).or_else(|| people(text, language).filter(|names| names.len() > 1))
}

/// The bullets below `Get involved`: how to reach the page's writers.
fn is_contact(line: &Line) -> bool {
    const WAYS: [&str; 8] = ["Send", "Text", "Twitter", "Email", "Call", "Tweet", "WhatsApp", "Facebook"];
    line.mark == Some(Mark::Bullet) && WAYS.iter().any(|way| begins_with(line.text, way))
}
