//! What stands before the first entry: title, standfirst, and a date that is only a hint.

use crate::layout::text::classify::Head;
use crate::layout::text::cursor::Doubt;
use crate::layout::text::line::{Line, Mark};
use crate::layout::text::recognise::furniture::is_furniture;
use crate::layout::text::recognise::shape::{begins_with, same};
use crate::layout::text::uses::Use;
use crate::locale::ENGLISH;
use crate::locale::words::Words;
use crate::model::Code;
use crate::time::stamp::{self, PartialDate};

/// The date of the page's head, and the index of its line.
#[derive(Debug, Clone, Copy)]
pub struct HeadDate {
    /// The date.
    pub date: PartialDate,
    line: usize,
}

/// `5 April 2014 Last updated at 11:28`: when the page was last touched, which can be days after what it tells of; its
/// time and zone are not the entries'.
pub fn date(lines: &[Line]) -> Option<HeadDate> {
    lines.iter().take(40).enumerate().find_map(|(line, head)| {
        let words = head.text.split(" Last updated").next()?;
        // A stamp begins with its time; any will do, for only the date is asked for.
        let date = stamp::read(&format!("00:00 {words}"), &ENGLISH)?.ok()?.date?;
        date.year.map(|_| HeadDate { date, line })
    })
}

/// Whether a line stands on the page that only the heads of this layout have.
pub fn is_known(lines: &[Line]) -> bool {
    lines.iter().any(|line| {
        same(line.text, "As it happened")
            || same(line.text, "Live Reporting")
            || begins_with(line.text, "To get involved contact us in")
            || line.text.contains(" Last updated at ")
    })
}

/// Gives each line of the head its use: first the title, then the standfirst, both above the date.
pub fn head(head: Head, date: Option<HeadDate>) {
    let Head { lines, facts, uses, doubts } = head;
    let above = date.map_or(lines.len(), |date| date.line);
    let mut titles = 0;
    for (index, line) in lines.iter().enumerate() {
        uses.push(match line {
            line if line.is_blank() => Use::Blank,
            line if is_furniture_of_head(line, facts.words) => Use::Furniture,
            _ if date.is_some_and(|date| date.line == index) => {
                let message = format!("“{}” dates the page's newest entry; it can be days off", line.text);
                doubts.push(Doubt { line: index, code: Code::DateFromHeader, message });
                Use::Furniture
            }
            line if index < above && titles < 2 && line.mark.is_none() => {
                titles += 1;
                if titles == 1 { Use::Headline(line.text) } else { Use::Standfirst(line.text) }
            }
            line => {
                doubts.push(Doubt::unread(index, line));
                Use::Unread
            }
        });
    }
}

/// Furniture, and the bullets that tell how to reach the page's writers.
fn is_furniture_of_head(line: &Line, words: &Words) -> bool {
    let contact =
        || ["Send", "Text", "Twitter", "Email", "Tweet", "Facebook"].iter().any(|way| begins_with(line.text, way));
    is_furniture(line.text, words) || same(line.text, "As it happened") || line.mark == Some(Mark::Bullet) && contact()
}
