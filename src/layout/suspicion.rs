//! Pages whose text is not what it seems: wrapped to a width, or with entries run together.

use super::cursor::Doubt;
use crate::model::Code;
use crate::page::Line;

/// The most lines and characters that an entry plausibly has.
const MOST_LINES: usize = 40;
const MOST_CHARS: usize = 5_000;

/// Much text after the only stamp: some extractors keep the first entry's heading and drop all others.
pub fn several_entries(lines: &[Line], starts: &[usize], end: usize, doubts: &mut Vec<Doubt>) {
    let &[start] = starts else { return };
    let body: Vec<_> = lines[start..end].iter().filter(|line| !line.is_blank()).collect();
    let chars: usize = body.iter().map(|line| line.whole.chars().count()).sum();
    if body.len() > MOST_LINES || chars > MOST_CHARS {
        doubts.push(Doubt {
            line: start,
            code: Code::MaybeSeveralEntries,
            message: format!(
                "{} lines and {chars} characters follow the only stamp; entries may have run together",
                body.len()
            ),
        });
    }
}

/// Many lines that end near one width without ending a sentence, each with a line right below: text that was wrapped.
pub fn hard_wrapped(lines: &[Line], doubts: &mut Vec<Doubt>) {
    /// Words longer than this rarely are what broke a line.
    const SLACK: usize = 14;
    let followed: Vec<_> = lines
        .windows(2)
        .filter(|pair| !pair[0].is_blank() && !pair[1].is_blank() && pair[1].mark.is_none())
        .map(|pair| (pair[0].indent + pair[0].whole.chars().count(), pair[0]))
        .collect();
    let width = followed.iter().map(|(width, _)| *width).max().unwrap_or_default();
    let full = followed
        .iter()
        .filter(|(length, line)| length + SLACK >= width && !line.whole.ends_with(['.', '!', '?']))
        .count();
    if (40..=132).contains(&width) && full >= 8 && full * 10 >= followed.len() * 6 {
        doubts.push(Doubt {
            line: 0,
            code: Code::HardWrapped,
            message: format!("{full} lines end near column {width} within a sentence; save the page without wrapping"),
        });
    }
}
