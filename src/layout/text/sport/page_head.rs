//! The head of a page: title, standfirst, date, key points, reporters, and how to reach them.

use crate::layout::text::cursor::Doubt;
use crate::layout::text::headline::{Headlines, crawl_date};
use crate::layout::text::line::{Line, Mark};
use crate::layout::text::recognise::furniture::is_furniture;
use crate::layout::text::recognise::name::credit;
use crate::layout::text::recognise::shape::{begins_with, same};
use crate::layout::text::uses::Use;
use crate::locale::ENGLISH;
use crate::model::Code;
use crate::time::stamp::{self, PartialDate};

/// The lines before the first entry. Lines are known by their index.
pub struct SportHead<'a> {
    date_line: Option<usize>,
    headlines: Headlines<'a>,
    /// The first line below title and standfirst.
    block: usize,
    /// Whether the lines are below `Key Points`, and above what comes next.
    in_key_points: bool,
}

impl<'a> SportHead<'a> {
    /// The head among the lines before the first entry.
    pub fn new(lines: &[Line<'a>], date: Option<HeadDate>) -> SportHead<'a> {
        let date_line = date.map(|date| date.line);
        // Copies on other sites have the date on top, and the title right below it; the next line may be an image.
        let mut written = (0..lines.len()).filter(|&index| !lines[index].is_blank());
        let is_on_top = date_line.is_some_and(|date| written.next() == Some(date) && !is_title_too(&lines[date]));
        let below_title = if is_on_top { written.nth(1) } else { date_line };
        let begins_block = |(index, line): (usize, &Line)| {
            below_title == Some(index) && !is_title_too(line)
                || is_mark_of_live_text(line.text)
                || is_key_points(line)
                || same(line.text, "Get involved")
                || is_credit(line)
        };
        let block = lines.iter().enumerate().position(begins_block).unwrap_or(lines.len());
        let headlines = Headlines::new(&lines[..block], date_line.is_some_and(|date| date == block));
        SportHead { date_line, headlines, block, in_key_points: false }
    }

    /// The title, then the standfirst, both above a date that is only a hint; `Key Points` are the summary.
    pub fn classify(&mut self, index: usize, line: &Line<'a>, doubts: &mut Vec<Doubt>) -> Option<Use<'a>> {
        if self.date_line == Some(index) {
            let message = format!("“{}” dates the page's newest entry; it can be days off", line.text);
            doubts.push(Doubt { line: index, code: Code::DateFromHeader, message });
            if !is_title_too(line) {
                return Some(Use::Furniture);
            }
        }
        if is_key_points(line) || is_mark_of_live_text(line.text) {
            self.in_key_points = is_key_points(line);
            return Some(Use::Furniture);
        }
        if let Some(names) = reporters(line.text) {
            return Some(Use::Credit(names));
        }
        if is_furniture(line.text, &ENGLISH) || is_contact(line) || is_invitation(line.text) {
            self.in_key_points &= !is_invitation(line.text);
            return Some(Use::Furniture);
        }
        if self.in_key_points {
            return Some(Use::SummaryPoint(line.text));
        }
        if index >= self.block {
            return None;
        }
        self.headlines.classify(index, line, doubts)
    }
}

/// The heading above the list of entries, which only pages of live text have.
pub fn is_mark_of_live_text(text: &str) -> bool {
    ["As it happened", "Live Reporting", "Live Text", "Skip To Latest Live Text"].iter().any(|mark| same(text, mark))
}

fn is_key_points(line: &Line) -> bool {
    same(line.text, "Key Points") || same(line.text, ENGLISH.summary)
}

/// `Reporters: A and B`
fn reporters(text: &str) -> Option<Vec<&str>> {
    credit(text, &ENGLISH)
}

fn is_credit(line: &Line) -> bool {
    reporters(line.text).is_some()
}

/// `Join the discussion`, `Comment here`, and what is below it.
fn is_invitation(text: &str) -> bool {
    const LINES: [&str; 3] = ["Join the discussion", "Comment here", "Terms and conditions"];
    const OPENINGS: [&str; 2] = ["The BBC may edit your comments", "Your comments may be published"];
    LINES.iter().any(|line| same(text, line)) || OPENINGS.iter().any(|opening| begins_with(text, opening))
}

/// The bullets that say how to reach the page's writers.
fn is_contact(line: &Line) -> bool {
    const WAYS: [&str; 6] = ["Send", "Text", "Twitter", "Email", "Tweet", "Facebook"];
    line.mark == Some(Mark::Bullet) && WAYS.iter().any(|way| begins_with(line.text, way))
}

/// A line that only the head of such a page has.
pub fn is_live_head(lines: &[Line]) -> bool {
    lines.iter().any(|line| is_mark_of_live_text(line.text) || begins_with(line.text, "To get involved"))
}

/// `5 April 2014 Last updated at 11:28`: articles have it, too.
pub fn has_date_line(lines: &[Line]) -> bool {
    lines.iter().any(|line| line.text.contains(" Last updated at "))
}

/// The date of the page's head, and the index of its line.
#[derive(Debug, Clone, Copy)]
pub struct HeadDate {
    pub date: PartialDate,
    line: usize,
}

impl HeadDate {
    /// `5 April 2014 Last updated at 11:28`, `Last updated 15 February 2014`, or the date that a crawl put before the
    /// title. It says when the page was last changed, which can be days after the match; its time and zone are not the
    /// entries'.
    pub fn find(lines: &[Line]) -> Option<HeadDate> {
        let find = |read: fn(&str) -> Option<PartialDate>| {
            let dated = |(line, head): (usize, &Line)| Some(HeadDate { date: read(head.text)?, line });
            lines.iter().enumerate().take(40).find_map(dated)
        };
        find(date_of_change).or_else(|| find(|text| crawl_date(text).map(|(date, _)| date)))
    }
}

/// A crawl's date is before the title, on its line.
fn is_title_too(line: &Line) -> bool {
    crawl_date(line.text).is_some()
}

/// The date before or behind `Last updated`, or alone on its line.
fn date_of_change(text: &str) -> Option<PartialDate> {
    let date = |words: &str| stamp::date(words, &ENGLISH).filter(|date| date.year.is_some() && date.exists());
    const UPDATED: &str = "last updated";
    let at = text.as_bytes().windows(UPDATED.len()).position(|words| words.eq_ignore_ascii_case(UPDATED.as_bytes()));
    let Some(at) = at else { return date(text) };
    let behind = &text[at + UPDATED.len()..];
    date(&text[..at]).or_else(|| {
        let words: Vec<_> = behind.split_whitespace().take(16).map(|word| word.trim_matches([',', ':'])).collect();
        words.windows(3).find_map(|words| date(&words.join(" ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::text::line;

    #[test]
    fn the_date_is_beside_the_words_that_say_what_it_is() {
        let date =
            |text| HeadDate::find(&line::lines(text)).map(|found| (found.date.day, found.date.month, found.line));
        for text in [
            "5 April 2014 Last updated at 11:28",
            "5 April 2014 Last updated at 11:28 GMT",
            "5 April 2014",
            "Last updated 5 April 2014",
            "Page last updated at 16:36 GMT, Saturday, 5 April 2014 17:36 UK",
            "date 2014-04-05 The crane, all day",
        ] {
            assert_eq!(date(text), Some((5, 4, 0)), "{text}");
        }
        assert_eq!(date("date 2014-04-05 The crane\nLast updated 6 April 2014"), Some((6, 4, 1)));
        for text in ["Last updated at 11:28", "It was 5 April 2014 when it fell.", "Harbour Games 5 April 2014"] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
