//! Live pages on other sites, which mark every field of an entry:
//!
//! ```text
//! Update:
//! Date: 17:07 BST
//! Title: Post
//! Content: Ada HarbourTest Match commentator
//! The sun is out.
//! ```
//!
//! The first entry may have lost its first mark to the page's title.

use super::{Head, RULES};
use crate::layout::text::PageContext;
use crate::layout::text::classify::{Classified, Outline};
use crate::layout::text::cursor::Cursor;
use crate::layout::text::line::Line;
use crate::layout::text::recognise::furniture::is_furniture;
use crate::layout::text::recognise::name::{is_name, is_sure_role};
use crate::layout::text::recognise::shape::{non_empty, same, strip_opening};
use crate::layout::text::recognise::title::is_clock;
use crate::layout::text::rules::Rules;
use crate::layout::text::uses::{Title, Use};
use crate::locale::{ENGLISH, Language};
use crate::model::{Code, Layout};
use crate::time::stamp;

/// An entry: the words behind its marks.
#[derive(Debug)]
struct Entry<'a> {
    /// The index of its first line.
    line: usize,
    /// Whether that line is the mark without words, `Update:`.
    is_opened: bool,
    date: &'a str,
    title: &'a str,
    content: &'a str,
}

/// The use of each line, if two entries or more have marks, one of them all, and a time is among their dates.
pub fn classify<'a>(lines: &[Line<'a>], page: PageContext) -> Option<Classified<'a>> {
    const FEWEST: usize = 2;
    let language = &ENGLISH;
    let written: Vec<_> = (0..lines.len()).filter(|&index| !lines[index].is_blank()).collect();
    let places = 0..written.len().saturating_sub(2);
    let entries: Vec<_> = places.filter_map(|place| entry_at(lines, &written, place, language)).collect();
    let has_time = entries.iter().any(|entry| stamp::read(entry.date, language).is_some_and(|read| read.is_ok()));
    if entries.len() < FEWEST || !has_time || !entries.iter().any(|entry| entry.is_opened) {
        return None;
    }
    let last = &entries[entries.len() - 1];
    let starts: Vec<_> = entries.iter().map(|entry| entry.line).collect();
    let outline = Outline { layout: Layout::Bbc, language, last_title: last.line, starts };
    let mut head = Head::new(&lines[..entries[0].line], language);
    let rules = Rules::new(RULES, language);
    Some(outline.classify(
        lines,
        page,
        |index, line, doubts| head.classify(index, line, doubts),
        |at, index| read_entry(at, &entries[index], &rules),
    ))
}

/// The entry whose date, title and content are on the written lines from `place` on.
fn entry_at<'a>(lines: &[Line<'a>], written: &[usize], place: usize, language: &Language) -> Option<Entry<'a>> {
    let [update, date, title, content] = language.fields;
    let behind = |place: usize, mark| strip_opening(lines[written[place]].text, mark).map(str::trim);
    let (date, title, content) = (behind(place, date)?, behind(place + 1, title)?, behind(place + 2, content)?);
    let above = place.checked_sub(1).filter(|&above| behind(above, update) == Some(""));
    Some(Entry { line: written[above.unwrap_or(place)], is_opened: above.is_some(), date, title, content })
}

fn read_entry<'a>(at: &mut Cursor<'_, 'a>, entry: &Entry<'a>, rules: &Rules) {
    let Entry { is_opened, date, title, content, .. } = *entry;
    let marks = 3 + usize::from(is_opened);
    let marks: Vec<_> =
        (0..marks).filter_map(|count| at.ahead(count)).map(|line| format!("“{}”", line.whole)).collect();
    at.doubt(Code::EntryInferred, format!("the page is a copy, which marks its fields: {}", marks.join(" ")));
    if is_opened {
        at.take(Use::Furniture);
    }
    at.next();
    let stamp = stamp::read(date, at.language()).and_then(Result::ok);
    if stamp.is_none() && !is_clock(date) {
        at.doubt(Code::TimeUnread, format!("“{date}” is no time that can be read"));
    }
    at.take(Use::Title(Box::new(Title { words: non_empty(date), stamp, ..Title::default() })));
    let title = non_empty(title).filter(|title| !same(title, at.language().placeholder));
    at.take(title.map_or(Use::Furniture, Use::Headed));
    let content = match (glued_byline(content, at.language()), non_empty(content)) {
        (Some((name, role)), _) => Use::Author(vec![name], Some(role)),
        (None, Some(text)) if !is_furniture(text, at.language()) => Use::Paragraph(text),
        (None, _) => Use::Furniture,
    };
    at.take(content);
    at.read_with(rules);
}

/// `Ada HarbourTest Match commentator`: the name, and the role that is glued to it. Of several places between them the
/// last counts: `McDonald` is one name.
fn glued_byline<'a>(text: &'a str, language: &Language) -> Option<(&'a str, &'a str)> {
    let is_byline = |&(name, role): &(&str, &str)| {
        name.ends_with(|c: char| c.is_lowercase() || c == '.') && is_name(name) && is_sure_role(role, language)
    };
    let capitals = text.char_indices().filter(|(_, c)| c.is_uppercase());
    // No name is longer.
    let places = capitals.map(|(at, _)| text.split_at(at)).take_while(|(name, _)| name.len() <= 60);
    places.filter(is_byline).last()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_may_be_glued_to_a_name() {
        let split = |text| glued_byline(text, &ENGLISH);
        assert_eq!(split("Ada HarbourTest Match commentator"), Some(("Ada Harbour", "Test Match commentator")));
        assert_eq!(split("Bo McQuayBBC Sport at the Old Dock"), Some(("Bo McQuay", "BBC Sport at the Old Dock")));
        assert_eq!(split("The umpire has seen nothing."), None);
        assert_eq!(split("Ada Harbour"), None);
    }
}
