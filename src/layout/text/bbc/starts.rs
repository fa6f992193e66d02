//! Where the entries of a page begin: at their stamps, and at the labels above them.

use crate::layout::text::line::{Line, Mark};
use crate::layout::text::recognise::shape::{at_most_words, ends_sentence, given, same};
use crate::layout::text::recognise::title::{TimeWords, TitleLine, cut_title, title_line};
use crate::layout::text::uses::Title;
use crate::locale::words::Words;

/// The first lines of an entry.
#[derive(Debug)]
pub struct Start<'a> {
    /// The index of the label's line, or of a list mark's that stands alone.
    pub label: Option<usize>,
    /// The index of the title's line.
    pub title_line: usize,
    /// What it says.
    pub title: Title<'a>,
    /// What its stamp tells; `None` if the page is cut off before it.
    pub time: Option<TimeWords>,
}

impl Start<'_> {
    /// The index of the entry's first line.
    pub fn first_line(&self) -> usize {
        self.label.unwrap_or(self.title_line)
    }
}

/// The starts of all entries, in the order of the page.
pub fn starts<'a>(lines: &[Line<'a>], words: &Words) -> Vec<Start<'a>> {
    if lines.iter().any(|line| line.hints.entry.is_some()) {
        return anchored(lines, words);
    }
    let stamped = stamped(lines, words);
    let mark = entry_mark(lines, &stamped);
    let mut starts: Vec<Start> = Vec::with_capacity(stamped.len() + 1);
    for (index, line) in stamped {
        let above = starts.last();
        let label = label(lines, index, above, mark, words);
        starts.push(Start { label, title_line: index, title: line.title, time: Some(line.time) });
    }
    starts.extend(starts.last().and_then(|last| cut_off(lines, last, words)));
    starts
}

/// The starts of entries that a document marks: those and no others, with a stamp or without. There are none where no
/// title has a stamp.
fn anchored<'a>(lines: &[Line<'a>], words: &Words) -> Vec<Start<'a>> {
    let mut starts: Vec<Start> = Vec::new();
    let mut is_stamped = false;
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.hints.entry.is_some()) {
        let above = starts.last().map_or(0, |above| above.title_line + 1);
        // A label carries the entry's number, so that the title below it has none.
        let label = || lines[above..index].iter().rposition(|line| !line.is_blank()).map(|label| above + label);
        let label = if line.mark.is_none() { label() } else { None };
        let (title, time) = match title_line(line.text, words) {
            Some(line) => (line.title, Some(line.time)),
            None => (
                Title { text: given(line.text).filter(|text| !same(text, words.placeholder)), ..Title::default() },
                None,
            ),
        };
        is_stamped |= time.is_some();
        starts.push(Start { label, title_line: index, title, time });
    }
    if is_stamped { starts } else { Vec::new() }
}

/// The lines that end in a stamp. Where stamps are glued to their titles, one with a space before it is prose that
/// merely ends like a stamp, unless it carries an entry's own list mark; where none is glued, the list marks tell.
fn stamped<'a>(lines: &[Line<'a>], words: &Words) -> Vec<(usize, TitleLine<'a>)> {
    let written = lines.iter().enumerate().filter(|(_, line)| !line.is_blank());
    let mut stamped: Vec<_> =
        written.filter_map(|(index, line)| Some((index, title_line(line.text, words)?))).collect();
    let is_glued = |line: &TitleLine| line.glued && line.time == TimeWords::Time;
    let any_glued = stamped.iter().any(|(_, line)| is_glued(line));
    // The mark and the indent of the first line that is an entry's for sure.
    let entry = stamped
        .iter()
        .filter(|(_, line)| if any_glued { is_glued(line) } else { line.time == TimeWords::Time })
        .find_map(|&(index, _)| lines[index].mark.is_some().then_some(&lines[index]));
    let marked_like_an_entry =
        |line: &Line| entry.is_some_and(|entry| entry.indent == line.indent && same_kind(entry.mark, line.mark));
    let below_label = |index: usize| {
        let above = lines[..index].iter().rfind(|line| !line.is_blank());
        above.is_some_and(|above| marked_like_an_entry(above) && title_line(above.text, words).is_none())
    };
    let last = lines.iter().rposition(|line| !line.is_blank());
    stamped.retain(|&(index, ref line)| match line.time {
        TimeWords::Unread => line.glued && (lines[index].mark.is_some() || Some(index) == last),
        _ if line.glued || !any_glued && entry.is_none() => true,
        _ => marked_like_an_entry(&lines[index]) || !any_glued && below_label(index),
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
    let count = |kind: fn(&Mark) -> bool| {
        stamped.iter().filter(|(index, _)| lines[*index].mark.as_ref().is_some_and(kind)).count()
    };
    let (bullets, numbers) = (count(|mark| *mark == Mark::Bullet), count(|mark| *mark != Mark::Bullet));
    match (bullets, numbers) {
        (0, 0) => None,
        _ if bullets > numbers => Some(Mark::Bullet),
        _ => Some(Mark::Number(1)),
    }
}

/// The label above a title that carries no mark of its own: the text on the entry's own mark, or a known label alone
/// on the line above.
fn label(lines: &[Line], title: usize, above: Option<&Start>, mark: Option<Mark>, words: &Words) -> Option<usize> {
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
        _ => words.labels.iter().any(|known| same(line.text, known)),
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
fn cut_off<'a>(lines: &[Line<'a>], last: &Start, words: &Words) -> Option<Start<'a>> {
    let indent = lines[last.first_line()].indent;
    let mut tail =
        lines.iter().enumerate().skip(last.title_line + 1).rev().filter(|(_, line)| !line.is_blank()).take(2);
    let (end, end_line) = tail.next()?;
    let is_entry = |line: &Line| {
        line.indent == indent && matches!(line.mark, Some(Mark::Number(number)) if continues(lines, number, Some(last)))
    };
    let title = |line: &Line<'a>| Title { text: cut_title(line.text, words), ..Title::default() };
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
