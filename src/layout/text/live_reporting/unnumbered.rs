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
//! Nothing marks them. Some lines begin an entry for sure: the first below the head; one that the page puts before
//! entries; a title above a byline; what follows the furniture that ends an entry. What the whole page is like shows
//! others: see [`likely`].
//!
//! [`likely`]: super::likely

use std::cell::OnceCell;

use super::byline::is_role_under;
use super::entry_starts::{EntryStart, EntryStarts, Opening, is_placeholder};
use super::likely;
use super::page_head::SummaryHead;
use crate::layout::text::evidence;
use crate::layout::text::headline::crawl_date;
use crate::layout::text::line::Line;
use crate::layout::text::page_traits::Recurring;
use crate::layout::text::recognise::embed;
use crate::layout::text::recognise::furniture::is_furniture;
use crate::layout::text::recognise::name::{is_name, is_organisation};
use crate::layout::text::recognise::shape::{at_most_words, begins_with, ends_sentence, same};
use crate::locale::Language;

/// Where the entries begin among the lines from `begin` on: 0 if the page has no head. `first` is the line that begins
/// the first, where the head shows for sure that there is one.
pub fn starts<'a>(lines: &[Line<'a>], begin: usize, first: Option<usize>, language: &Language) -> EntryStarts<'a> {
    let page = Unnumbered::new(lines, first.unwrap_or(begin), language);
    let mut openings = page.sure_openings(first, begin > 0);
    for place in likely::titles(&page, &openings) {
        openings[place] = Some(Opening::read(page.lines[page.written[place]].text, language));
    }
    let start = |(&line, opening): (&usize, Option<Opening<'a>>)| {
        // A crawl's date is before the first line of the page, whatever that is.
        let text = crawl_date(lines[line].text).map_or(lines[line].text, |(_, text)| text);
        Some(EntryStart { line, text, opening: opening?, is_inferred: true, numbers_left_out: 0 })
    };
    EntryStarts {
        entries: page.written.iter().zip(openings).filter_map(start).collect(),
        are_marked: page.written.iter().any(|&index| is_end(lines[index].text)),
    }
}

/// Where the entries begin on a page whose head is only `Summary` and its points: two of them or more must be written
/// by the BBC, unless `is_live` says that it is a live page. Such a page may have no head at all, and then both must be
/// true of it.
pub fn below_summary<'a>(lines: &[Line<'a>], language: &Language, is_live: bool) -> Option<EntryStarts<'a>> {
    const FEWEST: usize = 2;
    let head = SummaryHead::find(lines, language);
    let is_enough = is_live && head.is_some();
    let head = head.or_else(|| is_live.then(|| SummaryHead::lost(lines)))?;
    let starts = starts(lines, head.end, head.first_content, language);
    let indexes: Vec<_> = starts.entries.iter().map(|start| start.line).collect();
    let is_live = is_enough && !indexes.is_empty();
    (is_live || evidence::signed_entries(lines, &indexes, language) >= FEWEST).then_some(starts)
}

/// The lines below the head. A *place* counts those that are not blank.
pub struct Unnumbered<'p, 'a> {
    /// The lines of the page.
    pub lines: &'p [Line<'a>],
    /// The indexes of those that are not blank.
    pub written: Vec<usize>,
    /// How often each short line stands there.
    pub recurring: Recurring<'a>,
    /// The language of the page.
    pub language: &'p Language,
    /// Whether the pictures have credits, found when first asked for.
    pub has_credits: OnceCell<bool>,
    /// Whether blank lines mean nothing, found when first asked for.
    pub is_flat: OnceCell<bool>,
}

impl<'p, 'a> Unnumbered<'p, 'a> {
    fn new(lines: &'p [Line<'a>], begin: usize, language: &'p Language) -> Self {
        let written = (begin..lines.len()).filter(|&index| !lines[index].is_blank()).collect();
        let recurring = Recurring::find(&lines[begin..]);
        Unnumbered { lines, written, recurring, language, has_credits: OnceCell::new(), is_flat: OnceCell::new() }
    }

    /// What begins at each place for sure.
    fn sure_openings(&self, first: Option<usize>, has_head: bool) -> Vec<Option<Opening<'a>>> {
        let mut openings: Vec<Option<Opening>> = vec![None; self.written.len()];
        let mut any = false;
        // Without the head, the first lines may be those of any page.
        let mut is_ended = has_head;
        let mut is_closed = false;
        for (place, &index) in self.written.iter().enumerate() {
            let line = &self.lines[index];
            if is_end(line.text) {
                is_ended = true;
                continue;
            }
            is_closed |= is_closing(line.text);
            if is_furniture(line.text, self.language) && !is_placeholder(line.text) || line.mark.is_some() {
                continue;
            }
            let mut opening = Opening::read(line.text, self.language);
            let can_be_title = can_be_title(line.text, self.language);
            let is_first = first == Some(index);
            if is_first && matches!(opening, Opening::Title) && !can_be_title {
                opening = Opening::Text;
            }
            // Below the first line of an entry are its subtitle and its byline.
            let is_below_start = place > 0 && openings[place - 1].is_some();
            let is_marked = matches!(opening, Opening::Untitled | Opening::TitleBelow | Opening::Label)
                || is_breaking(line.text, self.language)
                || can_be_title && opens_entry(line.text);
            let follows_end = is_ended && (any || can_be_title) || is_closed && can_be_title && !is_closing(line.text);
            // A fixture that recurs is the line under several titles.
            let is_fixture = || likely::is_fixture(line.text) && self.recurring.count(line.text) <= 1;
            let is_title = can_be_title && is_fixture() || self.is_above_byline(place);
            if is_first || is_marked || follows_end || !is_below_start && is_title {
                openings[place] = Some(opening);
                any = true;
            }
            is_ended = false;
            is_closed = is_closing(line.text);
        }
        openings
    }

    /// The words of an unmarked line.
    pub fn text(&self, place: usize) -> Option<&'a str> {
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
        let is_under_title =
            place.checked_sub(1).is_some_and(|above| is_title(above) && (recurs(place) || self.has_subtitle(above)));
        if self.is_byline(place + 1) {
            return !is_under_title;
        }
        is_title(place + 1)
            && (recurs(place + 1) && !recurs(place) || self.has_subtitle(place))
            && self.is_byline(place + 2)
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
    // A quotation that goes on from the line above ends with a mark alone.
    let is_end_of_quotation = text.ends_with(['"', '”']) && text.matches(['"', '“', '”']).count() == 1;
    at_most_words(text, 16)
        && !is_end_of_quotation
        && (!ends_sentence(text) || likely::ends_like_title(text))
        && !is_organisation(text, language)
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
