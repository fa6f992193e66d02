//! Copies on other sites that have lost their stamps, and have each entry's byline first and its title last:
//!
//! ```text
//! Produced by Ada Harbour, and edited by Cy Lantern in Port Ellan
//! Bo Quay
//! Reporting from the old quay
//! The crane moved at nine, by a metre.
//! Crane on the quay moves
//! Dee Anchor
//! Transport correspondent
//! ```

use super::RULES;
use crate::layout::text::PageContext;
use crate::layout::text::classify::{Classified, Outline};
use crate::layout::text::cursor::{Cursor, Doubt};
use crate::layout::text::evidence;
use crate::layout::text::line::Line;
use crate::layout::text::recognise::furniture::is_furniture;
use crate::layout::text::recognise::name::{credit, is_cut_role, is_name, is_sure_role};
use crate::layout::text::recognise::shape::{ends_sentence, is_phrase, words_up_to};
use crate::layout::text::rules::Rules;
use crate::layout::text::uses::Use;
use crate::locale::{ENGLISH, Language};
use crate::model::{Code, Layout};

/// The use of each line, if a byline is right below who made the page, and others are right below titles. The page must
/// be known to be a live page, or name the BBC.
pub fn classify<'a>(lines: &[Line<'a>], page: PageContext) -> Option<Classified<'a>> {
    const FEWEST: usize = 2;
    let language = &ENGLISH;
    let head = CopyHead::find(lines, language)?;
    let starts = starts(lines, head.credit, language)?;
    let names_bbc = || {
        let names = |line: &Line| line.text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "BBC");
        lines[..head.credit].iter().any(names) || evidence::is_live_page(lines, &starts, language)
    };
    if starts.len() < FEWEST || !page.is_live && !names_bbc() {
        return None;
    }
    let last = starts.len() - 1;
    let rules = Rules::new(RULES, language);
    let outline = Outline { layout: Layout::Bbc, language, last_title: starts[last], starts };
    Some(outline.classify(
        lines,
        page,
        |index, line, doubts| head.classify(index, line, doubts),
        |at, index| entry(at, index < last, &rules),
    ))
}

/// The indexes of the names that begin entries: the first is right below the credit.
fn starts(lines: &[Line], credit: usize, language: &Language) -> Option<Vec<usize>> {
    let written: Vec<_> = (credit + 1..lines.len()).filter(|&index| !lines[index].is_blank()).collect();
    let text = |place: usize| lines[written[place]].text;
    let is_byline = |&place: &usize| {
        let is_last = place + 2 == written.len();
        let role = text(place + 1);
        is_name(text(place)) && (is_sure_role(role, language) || is_last && is_cut_role(role, language))
    };
    let follows_title =
        |place: &usize| *place > 2 && is_title(text(place - 1), language) && ends_sentence(text(place - 2));
    let places = 0..written.len().checked_sub(1)?;
    places.clone().next().filter(is_byline)?;
    Some(
        places
            .filter(|place| *place == 0 || follows_title(place) && is_byline(place))
            .map(|place| written[place])
            .collect(),
    )
}

fn is_title(text: &str, language: &Language) -> bool {
    is_phrase(text, 22) && words_up_to(text, 3) >= 3 && !is_furniture(text, language)
}

/// The lines above the first entry. Lines are known by their index.
struct CopyHead {
    language: &'static Language,
    /// The first line of three words or more.
    headline: usize,
    /// The first line below the points of the summary.
    points_end: usize,
    /// Who made the page: the last line above the first entry.
    credit: usize,
}

impl CopyHead {
    fn find(lines: &[Line], language: &'static Language) -> Option<CopyHead> {
        /// How far down the credit is at most.
        const LONGEST: usize = 60;
        let credit = lines.iter().take(LONGEST).rposition(|line| credit(line.text, language).is_some())?;
        let head = &lines[..credit];
        let headline = head.iter().position(|line| is_title(line.text, language))?;
        let below = &head[headline + 1..];
        let points = below.iter().position(|line| is_furniture(line.text, language)).unwrap_or(below.len());
        Some(CopyHead { language, headline, points_end: headline + 1 + points, credit })
    }

    fn classify<'a>(&self, index: usize, line: &Line<'a>, doubts: &mut Vec<Doubt>) -> Option<Use<'a>> {
        if is_furniture(line.text, self.language) {
            return Some(Use::Furniture);
        }
        if index == self.credit {
            return credit(line.text, self.language).map(Use::Credit);
        }
        if index == self.headline {
            let message = format!("“{}” is read as the page's title, and the lines below it as its summary", line.text);
            doubts.push(Doubt { line: index, code: Code::TitleInferred, message });
            return Some(Use::Headline(line.text));
        }
        if (self.headline..self.points_end).contains(&index) {
            return Some(Use::SummaryPoint(line.text));
        }
        // Between summary and credit stands what a video shows.
        (index > self.points_end).then_some(Use::Media(Some(line.text)))
    }
}

fn entry(at: &mut Cursor, has_title: bool, rules: &Rules) {
    let Some(name) = at.next() else { return };
    let title = if has_title { "its last line is read as its title" } else { "a title below it is missing" };
    at.doubt(Code::EntryInferred, format!("only a byline says that an entry begins here; {title}"));
    at.doubt(Code::StampMissing, "the page has no time for the entry");
    at.take(Use::Author(vec![name.text], None));
    if let Some(role) = at.next() {
        at.take(Use::Role(role.text));
    }
    at.ends_with_title = has_title;
    at.read_with(rules);
}

/// The last line of an entry, where that is its title.
pub fn title_below(at: &mut Cursor) -> Option<()> {
    let line = at.next().filter(|_| at.ends_with_title && at.ahead(1).is_none())?;
    at.take(Use::Headed(line.text));
    Some(())
}
