//! Pages whose text is not what it seems: wrapped to a width, or with entries run together.

use super::classify::Classified;
use super::cursor::Doubt;
use crate::layout::text::line::Line;
use crate::model::Code;

/// The most lines and characters that an entry plausibly has.
const MOST_LINES: usize = 40;
const MOST_CHARS: usize = 5_000;

/// Much text after the only stamp: some extractors keep the first entry's heading and drop all others.
pub fn several_entries(lines: &[Line], classified: &mut Classified) {
    let &[start] = classified.starts.as_slice() else { return };
    let body: Vec<_> = lines[start..classified.end].iter().filter(|line| !line.is_blank()).collect();
    let chars: usize = body.iter().map(|line| line.whole.chars().count()).sum();
    if body.len() > MOST_LINES || chars > MOST_CHARS {
        classified.doubts.push(Doubt {
            line: start,
            code: Code::MaybeSeveralEntries,
            message: format!(
                "{} lines and {chars} characters follow the only stamp; entries may have run together",
                body.len()
            ),
        });
    }
}

/// Many lines that end near one width without ending a sentence, most of them with a line right below that goes on in
/// small letters: text that was wrapped.
pub fn hard_wrapped(lines: &[Line], doubts: &mut Vec<Doubt>) {
    /// Words longer than this rarely are what broke a line.
    const SLACK: usize = 14;
    let adjacent = |pair: &&[Line]| !pair[0].is_blank() && !pair[1].is_blank() && pair[1].mark.is_none();
    let pairs: Vec<_> = lines.windows(2).filter(adjacent).collect();
    let going_on = pairs.iter().filter(|pair| pair[1].whole.starts_with(char::is_lowercase)).count();
    if going_on * 2 < pairs.len() {
        return;
    }
    let width_of = |line: &Line| line.indent + line.whole.chars().count();
    let width = pairs.iter().map(|pair| width_of(&pair[0])).max().unwrap_or_default();
    let is_full = |line: &Line| width_of(line) + SLACK >= width && !line.whole.ends_with(['.', '!', '?']);
    let full = pairs.iter().filter(|pair| is_full(&pair[0])).count();
    if (40..=132).contains(&width) && full >= 8 && full * 10 >= pairs.len() * 6 {
        doubts.push(Doubt {
            line: 0,
            code: Code::HardWrapped,
            message: format!("{full} lines end near column {width} within a sentence; save the page without wrapping"),
        });
    }
}
