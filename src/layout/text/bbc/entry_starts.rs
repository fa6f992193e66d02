//! Where entries begin: at their stamps, and at the labels above them.

use crate::layout::text::line::{Line, Mark};
use crate::layout::text::recognise::name::{is_name, is_sure_role};
use crate::layout::text::recognise::shape::{at_most_words, ends_sentence, non_empty, same};
use crate::layout::text::recognise::title::{TimeWords, TitleLine, cut_title, title_line};
use crate::layout::text::uses::Title;
use crate::locale::Language;
use crate::time::stamp::Stamp;

/// The first lines of an entry.
#[derive(Debug)]
pub struct Start<'a> {
    /// The index of the label's line, or of a lone list mark's.
    pub label: Option<usize>,
    /// The index of the title's line.
    pub title_line: usize,
    /// What it says.
    pub title: Title<'a>,
    /// What its stamp says; `None` if the page is cut off before it.
    pub time: Option<TimeWords>,
    /// Whether it has the form of a link to another page.
    is_link: bool,
    /// Whether the stamp is alone on its line, without a list mark.
    is_alone: bool,
    /// Whether only a byline shows that an entry begins here: it is the first line, and title and stamp are lost.
    pub is_signed: bool,
    /// The stamp, if it is on a line of its own below the title.
    pub stamp_below: Option<StampBelow<'a>>,
}

impl<'a> Start<'a> {
    fn new(title_line: usize, title: Title<'a>, time: Option<TimeWords>) -> Start<'a> {
        Start {
            label: None,
            title_line,
            title,
            time,
            is_link: false,
            is_alone: false,
            is_signed: false,
            stamp_below: None,
        }
    }

    /// The index of the entry's first line.
    pub fn first_line(&self) -> usize {
        self.label.unwrap_or(self.title_line)
    }

    /// The index of the line with its stamp.
    fn last_line(&self) -> usize {
        self.stamp_below.map_or(self.title_line, |below| below.line)
    }

    /// Takes the line above a stamp that is alone on its line as the title, if it can be one; it is not above `first`.
    ///
    /// ```text
    /// Crane leaves the old quay
    ///
    /// published at 14:10 British Summer Time14:10 BST
    /// ```
    fn put_below_title(&mut self, lines: &[Line<'a>], first: usize) {
        let (Some(words), Some(stamp)) = (self.title.words, self.title.stamp) else { return };
        let Some(above) = lines[first..self.title_line].iter().rposition(|line| !line.is_blank()) else { return };
        let title = lines[first + above].text;
        let is_sentence = title.ends_with(['.', ':', ';', ',']);
        if at_most_words(title, 22) && !is_sentence {
            self.stamp_below = Some(StampBelow { line: self.title_line, words, stamp });
            self.title_line = first + above;
            self.title.text = Some(title);
        }
    }
}

/// A stamp on a line of its own below the title.
#[derive(Debug, Clone, Copy)]
pub struct StampBelow<'a> {
    line: usize,
    /// Its words.
    pub words: &'a str,
    /// What they say.
    pub stamp: Stamp<'a>,
}

/// Where the entries begin, at their stamps and at the labels above them, in the order of the page.
pub fn entry_starts<'a>(lines: &[Line<'a>], language: &Language) -> Vec<Start<'a>> {
    if lines.iter().any(|line| line.hints.entry.is_some()) {
        return anchored(lines, language);
    }
    let stamped = stamped(lines, language);
    let mark = entry_mark(lines, &stamped);
    let mut starts: Vec<Start> = Vec::with_capacity(stamped.len() + 1);
    for (index, line) in stamped {
        let above = starts.last();
        let mut start = Start::new(index, line.title, Some(line.time));
        start.is_link = line.is_link;
        start.is_alone = line.is_alone && lines[index].mark.is_none();
        if start.is_alone {
            start.put_below_title(lines, above.map_or(0, |above: &Start| above.last_line() + 1));
        }
        start.label = label(lines, start.title_line, above, mark, language);
        starts.push(start);
    }
    starts.extend(starts.last().and_then(|last| cut_off(lines, last, language)));
    if let [only] = starts.as_slice() {
        starts.extend(bylines_without_title(lines, only.last_line() + 1, language));
    }
    starts
}

/// The bylines below the text of the only entry with a stamp, if there are several: some extractors keep the first
/// entry's heading alone.
///
/// ```text
/// Ada Harbour
/// Reporting from the quay
/// ```
fn bylines_without_title<'a>(lines: &[Line<'a>], begin: usize, language: &Language) -> Vec<Start<'a>> {
    const FEWEST: usize = 2;
    let is_text = |line: &Line| line.mark.is_none() && ends_sentence(line.text) || !at_most_words(line.text, 14);
    let Some(text) = lines[begin..].iter().position(is_text) else { return Vec::new() };
    let is_byline = |pair: &[Line]| {
        let [name, role] = [&pair[0], &pair[1]];
        let is_reporter = || language.role_openings.iter().any(|opening| role.text.starts_with(opening));
        name.mark.is_none()
            && role.mark.is_none()
            && is_name(name.text)
            && is_sure_role(role.text, language)
            && is_reporter()
    };
    let bylines = lines.windows(2).enumerate().skip(begin + text).filter(|(_, pair)| is_byline(pair));
    let start = |(line, _): (usize, _)| Start { is_signed: true, ..Start::new(line, Title::default(), None) };
    let starts: Vec<_> = bylines.map(start).collect();
    if starts.len() < FEWEST { Vec::new() } else { starts }
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
        starts.push(Start { label, ..Start::new(index, title, time) });
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
    let begin = above.map_or(0, |start| start.last_line() + 1);
    let label = begin + lines[begin..title].iter().rposition(|line| !line.is_blank())?;
    let line = &lines[label];
    if lines[title].mark.is_some() {
        return None;
    }
    let like_the_entry_above = |above: &Start| lines[above.first_line()].indent == line.indent;
    let is_label = match (line.mark, mark) {
        (Some(Mark::Number(number)), Some(Mark::Number(_)) | None) => continues(lines, number, above),
        (Some(Mark::Bullet), Some(Mark::Bullet)) => above.is_none_or(like_the_entry_above) && !ends_sentence(line.text),
        _ => language.labels.contains(line.text),
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
        return Some(Start::new(end, title(end_line), None));
    }
    let (label, label_line) = tail.next()?;
    let is_label = is_entry(label_line)
        && end_line.mark.is_none()
        && at_most_words(label_line.text, 12)
        && !ends_sentence(end_line.text);
    is_label.then(|| Start { label: Some(label), ..Start::new(end, title(end_line), None) })
}

/// Whether the only stamp is alone on its line, as the date of an article is: `Published at 10:15 GMT 4 March 2024`.
pub fn is_date_of_article(starts: &[Start]) -> bool {
    matches!(starts, [only] if only.is_alone)
}

/// Whether the page is a list of links to other pages: each stamp behind a comma, and below it nothing but the title
/// again.
///
/// ```text
/// Bridge opens, published at 11:10 GMT 4 March 2024
/// Bridge opens
/// ```
pub fn are_cards(lines: &[Line], starts: &[Start]) -> bool {
    let ends = starts.iter().skip(1).map(Start::first_line).chain([lines.len()]);
    starts.iter().zip(ends).all(|(start, end)| {
        let title = start.title.text.unwrap_or_default();
        let below = lines[start.title_line + 1..end].iter().filter(|line| !line.is_blank());
        start.is_link && below.take(2).all(|line| line.text.contains(title) || title.contains(line.text))
    })
}

#[cfg(test)]
mod tests {
    use crate::{Document, ParseOptions, parse};

    fn titles(page: &str) -> Vec<Option<String>> {
        let options = ParseOptions::new("2024-06-01T00:00:00Z".parse().unwrap());
        let blog = parse(&Document::from_text("page.txt", page), &options);
        blog.map(|blog| blog.entries.into_iter().map(|entry| entry.title).collect()).unwrap_or_default()
    }

    #[test]
    fn a_list_of_links_to_other_pages_is_no_live_blog() {
        let link = "Bridge opens, published at 11:10 GMT 4 March 2024\n\nBridge opens\n\n";
        let other = "Crane falls, published at 10:05 GMT 4 March 2024\n\n";
        assert_eq!(titles(&format!("{link}{other}")), []);
        let entry = "Bridge opens, published at 11:10 GMT 4 March 2024\n\nIt did so at noon.\n\n";
        assert_eq!(titles(&format!("{entry}{other}")).len(), 2);
    }

    #[test]
    fn the_date_of_an_article_is_no_entry() {
        let article = "The bridge and its crane\n\nPublished at 11:10 GMT 4 March 2024\n\nIt was a long way.\n";
        assert_eq!(titles(article), []);
        let page = format!("{article}\nThe crane\n\nPublished at 11:05 GMT 4 March 2024\n\nIt fell.\n");
        assert_eq!(titles(&page), [Some("The bridge and its crane".into()), Some("The crane".into())]);
    }
}
