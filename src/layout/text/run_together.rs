//! Entries that have run together: an entry that has a second set of the marks that a page gives each of its entries.
//!
//! ```text
//!     1. Tunnel reopenspublished at 14:27 British Summer Time 19 June 2023
//!
//!     Ada Harbour
//!     Live reporter
//!
//!     Cars may use it again.
//!
//!     Bo Quay                             a second byline, so that here may begin an entry that lost its title
//!     Transport correspondent
//! ```

use super::classify::Classified;
use super::cursor::Doubt;
use super::recognise::name::{is_name, is_sure_role};
use super::recognise::shape::same;
use super::recognise::title::{TimeWords, title_line};
use super::uses::Use;
use crate::layout::text::line::{Line, Mark};
use crate::locale::Language;
use crate::model::Code;

/// Adds a doubt for each entry that may be several. The entries of a document are its elements, whatever their words.
pub fn check_run_together(lines: &[Line], classified: &mut Classified, language: &Language) {
    let starts = &classified.starts;
    let ends = starts.iter().skip(1).copied().chain([classified.end]);
    let mut doubts = Vec::new();
    for (&start, end) in starts.iter().zip(ends) {
        let is_element = lines[start..end].iter().any(|line| line.hints.entry.is_some());
        if !is_element && let Some((line, mark)) = second_mark(lines, &classified.uses, start..end, language) {
            doubts.push(Doubt { line, code: Code::MaybeSeveralEntries, message: mark });
        }
    }
    doubts.extend(check_summary(lines, classified, language));
    classified.doubts.extend(doubts);
}

/// Adds a doubt for each entry that should have more stamps or numbers below it, on pages whose entries all have them.
pub fn check_stamps(lines: &[Line], classified: &mut Classified) {
    let mut doubts = numbers_left_out(lines, &classified.starts);
    doubts.extend(check_single_stamp(lines, classified));
    classified.doubts.extend(doubts);
}

/// The first line that only a further entry has, and what it is.
fn second_mark(
    lines: &[Line],
    uses: &[Use],
    range: std::ops::Range<usize>,
    language: &Language,
) -> Option<(usize, String)> {
    let mut written = range.filter(|&index| !lines[index].is_blank()).skip(1).peekable();
    let is_body = |use_: &Use| matches!(use_, Use::Paragraph(_) | Use::Image { .. } | Use::Item { .. });
    let (mut has_text, mut buttons) = (false, 0);
    while let Some(index) = written.next() {
        let text = lines[index].text;
        let mark = if matches!(uses[index], Use::Furniture) {
            buttons += usize::from(same(text, "Share this post"));
            (buttons > 1).then_some("button to share it")
        } else if !is_body(&uses[index]) {
            None
        } else if has_text && written.peek().is_some_and(|&role| is_byline(&lines[index], &lines[role], language)) {
            Some("byline")
        } else if title_line(text, language)
            .is_some_and(|line| line.time == TimeWords::Time && (line.glued || line.is_alone))
        {
            Some("stamp")
        } else if has_text && language.labels.contains(text) {
            Some("label")
        } else {
            None
        };
        if let Some(mark) = mark {
            return Some((index, format!("“{text}” may be a second {mark}; entries may have run together")));
        }
        has_text |= is_body(&uses[index]);
    }
    None
}

fn is_byline(name: &Line, role: &Line, language: &Language) -> bool {
    name.mark.is_none() && role.mark.is_none() && is_name(name.text) && is_sure_role(role.text, language)
}

/// A doubt for each entry behind which numbers of entries are left out.
fn numbers_left_out(lines: &[Line], starts: &[usize]) -> Vec<Doubt> {
    let number = |start: usize| match lines[start].mark {
        Some(Mark::Number(number)) => Some(number),
        _ => None,
    };
    let gaps = starts.windows(2).filter_map(|pair| {
        let (above, below) = (number(pair[0])?, number(pair[1])?);
        let message = || format!("the entry below number {above} has number {below}; entries may have run together");
        (below > above + 1).then(|| Doubt { line: pair[0], code: Code::MaybeSeveralEntries, message: message() })
    });
    gaps.collect()
}

/// A doubt if much text follows the only stamp, or entries that lost theirs: some extractors keep the first entry's
/// heading and drop all others.
fn check_single_stamp(lines: &[Line], classified: &Classified) -> Option<Doubt> {
    /// The most lines and characters that an entry plausibly has.
    const MOST_LINES: usize = 40;
    const MOST_CHARS: usize = 5_000;
    let has_stamp = |&&start: &&usize| !matches!(classified.uses[start], Use::Author(..));
    let mut stamped = classified.starts.iter().filter(has_stamp);
    let (Some(&start), None) = (stamped.next(), stamped.next()) else { return None };
    let body: Vec<_> = lines[start..classified.end].iter().filter(|line| !line.is_blank()).collect();
    let chars: usize = body.iter().map(|line| line.whole.chars().count()).sum();
    let message =
        format!("{} lines and {chars} characters follow the only stamp; entries may have run together", body.len());
    let is_long = body.len() > MOST_LINES || chars > MOST_CHARS || classified.starts.len() > 1;
    is_long.then_some(Doubt { line: start, code: Code::MaybeSeveralEntries, message })
}

/// A doubt if a byline is among the points of the summary: the entry that it belongs to lost its title.
fn check_summary(lines: &[Line], classified: &Classified, language: &Language) -> Option<Doubt> {
    let is_point = |&index: &usize| matches!(classified.uses[index], Use::SummaryPoint(_));
    let points: Vec<_> = (0..classified.starts[0]).filter(is_point).collect();
    let byline = points.windows(2).find(|pair| is_byline(&lines[pair[0]], &lines[pair[1]], language))?;
    let message = format!("“{}” is signed; an entry without a title may be in the summary", lines[byline[0]].text);
    Some(Doubt { line: byline[0], code: Code::MaybeSeveralEntries, message })
}
