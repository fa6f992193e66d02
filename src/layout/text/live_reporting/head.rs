//! What stands before the first entry: title, standfirst, licence block, editors, summary.

use super::signature;
use crate::layout::text::classify::Head;
use crate::layout::text::cursor::Doubt;
use crate::layout::text::line::{Line, Mark};
use crate::layout::text::recognise::furniture::is_furniture;
use crate::layout::text::recognise::shape::{begins_with, same};
use crate::layout::text::uses::Use;
use crate::model::Code;

/// Gives each line of the head its use.
///
/// Before the licence block the first line is the title and the next the standfirst. Below `Summary`, and at numbers
/// before `Live Reporting`, stands the summary; names stand between `Live Reporting` and the first entry.
pub fn head(head: Head) {
    let Head { lines, facts, uses, doubts } = head;
    let words = facts.words;
    let is = |line: &Line, known: &str| begins_with(line.text, known);
    let block = lines.iter().position(|line| {
        is(line, "Got a TV Licence")
            || same(line.text, words.summary)
            || is(line, "Live Reporting")
            || is(line, "All times stated are")
    });
    let list = lines.iter().position(|line| is(line, "Live Reporting"));
    let summary = lines.iter().position(|line| same(line.text, words.summary));
    let mut titles = 0;
    for (index, line) in lines.iter().enumerate() {
        let before_list = list.is_none_or(|list| index < list);
        let in_summary = before_list && summary.is_some_and(|summary| index > summary);
        let names =
            signature::editors(line.text, words).filter(|_| block.is_some_and(|block| index > block) && !in_summary);
        uses.push(match line {
            line if line.is_blank() => Use::Blank,
            line if is_furniture(line.text, words) || Some(index) == summary || contact(line) => Use::Furniture,
            line if in_summary || before_list && matches!(line.mark, Some(Mark::Number(_))) => {
                Use::SummaryPoint(line.text)
            }
            line if block.is_some_and(|block| index < block) && titles < 2 && line.mark.is_none() => {
                titles += 1;
                title(index, line, titles == 1, doubts)
            }
            line => match names {
                Some(names) => Use::Credit(names),
                None => {
                    doubts.push(Doubt::unread(index, line));
                    Use::Unread
                }
            },
        });
    }
}

fn title<'a>(index: usize, line: &Line<'a>, first: bool, doubts: &mut Vec<Doubt>) -> Use<'a> {
    if !first {
        return Use::Standfirst(line.text);
    }
    let message = format!("“{}” stands first on the page; read as its title", line.text);
    doubts.push(Doubt { line: index, code: Code::TitleInferred, message });
    Use::Headline(line.text)
}

/// The bullets below `Get involved`: how to reach the page's writers.
fn contact(line: &Line) -> bool {
    line.mark == Some(Mark::Bullet)
        && ["Send", "Text", "Twitter", "Email", "Call", "Tweet", "WhatsApp", "Facebook"]
            .iter()
            .any(|way| begins_with(line.text, way))
}
