//! The lines at the very top of a page, above its first block: section, badge, title and standfirst.
//!
//! ```text
//! Port Ellan
//! Live
//!
//! The quay and its crane, all day
//! News, sport, travel and weather from the harbour
//! ```

use super::cursor::Doubt;
use super::recognise::shape::{is_phrase, same};
use super::uses::Use;
use crate::layout::text::line::Line;
use crate::model::Code;
use crate::time::stamp::PartialDate;

/// What is at the top of a page. Lines are known by their index.
pub struct Headlines<'a> {
    /// `Live`, alone on its line, or the name that the publisher's system has for such pages.
    badge: Option<(usize, &'a str)>,
    /// A short line above the badge.
    section: Option<(usize, &'a str)>,
    /// Where the title may be: below the badge, if anything is.
    begin: usize,
    /// Whether something beside its place shows the title, so that it needs no doubt.
    is_vouched: bool,
    /// How many lines have been read as title or standfirst.
    titles: usize,
}

impl<'a> Headlines<'a> {
    /// The headlines among the lines above the first block.
    pub fn new(lines: &[Line<'a>], is_vouched: bool) -> Headlines<'a> {
        let badge = lines.iter().enumerate().find_map(|(index, line)| Some((index, badge(line)?)));
        let heading =
            badge.map(|(badge, _)| badge).filter(|badge| lines[badge + 1..].iter().any(|line| !line.is_blank()));
        let above = heading.and_then(|badge| lines[..badge].iter().rposition(|line| !line.is_blank()));
        let section = above.map(|above| (above, lines[above].text)).filter(|(_, text)| is_phrase(text, 4));
        Headlines { badge, section, begin: heading.map_or(0, |badge| badge + 1), is_vouched, titles: 0 }
    }

    /// The first line is the title and the next one the standfirst; where there is a badge, those below it.
    pub fn classify(&mut self, index: usize, line: &Line<'a>, doubts: &mut Vec<Doubt>) -> Option<Use<'a>> {
        if self.badge.is_some_and(|(badge, _)| badge == index)
            || self.section.is_some_and(|(section, _)| section == index)
        {
            return Some(Use::Furniture);
        }
        if line.mark.is_some() || index < self.begin {
            return None;
        }
        self.titles += 1;
        match self.titles {
            1 => {
                let title = crawl_date(line.text).map_or(line.text, |(_, title)| title);
                if !self.is_vouched || self.begin > 0 {
                    doubts.push(Doubt { line: index, code: Code::TitleInferred, message: self.reason(line, title) });
                }
                Some(Use::Headline(title))
            }
            2 => Some(Use::Standfirst(line.text)),
            _ => None,
        }
    }

    fn reason(&self, line: &Line, title: &str) -> String {
        let place = match (self.section, self.badge) {
            (Some((_, section)), Some((_, badge))) => {
                format!("is below the section “{section}” and the badge “{badge}”")
            }
            (None, Some((_, badge))) if self.begin > 0 => format!("is below the badge “{badge}”"),
            _ => "stands first on the page".to_owned(),
        };
        let part = if title == line.text { "it is" } else { "what follows the date is" };
        format!("“{}” {place}; {part} read as its title", line.text)
    }
}

/// `Live`, or words without a capital letter behind a crawl's date, `date 2018-05-21 live collage`: no title is written
/// so, but the kind of page.
fn badge<'a>(line: &Line<'a>) -> Option<&'a str> {
    let dated = crawl_date(line.text).map(|(_, title)| title);
    let text = dated.unwrap_or(line.text);
    let is_kind = dated.is_some() && is_phrase(text, 3) && text.chars().all(|c| c.is_lowercase() || c == ' ');
    (same(text, "Live") || is_kind).then_some(text)
}

/// ` date 2018-05-21 News from the harbour`: a date that a crawl put before the title, and the title.
pub fn crawl_date(text: &str) -> Option<(PartialDate, &str)> {
    let rest = text.strip_prefix("date ")?;
    let (date, title) = rest.split_once(' ')?;
    let date: chrono::NaiveDate = date.parse().ok().filter(|_| date.len() == 10)?;
    let title = title.trim_start();
    (!title.is_empty()).then(|| (PartialDate::from(date), title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::text::line;

    /// The names of the uses, and the title.
    fn read(text: &str) -> (Vec<&'static str>, Option<String>) {
        let lines = line::lines(text);
        let mut headlines = Headlines::new(&lines, false);
        let mut title = None;
        let named = lines.iter().enumerate().map(|(index, line)| {
            let use_ = headlines.classify(index, line, &mut Vec::new()).unwrap_or(Use::Unread);
            if let Use::Headline(text) = use_ {
                title = Some(text.to_owned());
            }
            use_.name()
        });
        (named.collect(), title)
    }

    #[test]
    fn the_title_is_below_the_badge_and_the_section_above_it() {
        let read_title = |text| read(text).1.unwrap();
        assert_eq!(
            read("Port Ellan\nLive\nThe crane, all day\nNews and weather").0,
            ["furniture", "furniture", "headline", "standfirst"]
        );
        assert_eq!(read_title("Live\nThe crane, all day"), "The crane, all day");
        assert_eq!(read_title("The crane, all day\nLive"), "The crane, all day");
        assert_eq!(read("It was a long day. Nobody slept.\nLive\nThe crane").0, ["unread", "furniture", "headline"]);
    }

    #[test]
    fn a_badge_behind_the_date_of_a_crawl_is_one() {
        for badge in ["Live", "live collage"] {
            let page = format!("date 2018-05-21 {badge}\nThe crane, all day");
            assert_eq!(read(&page).0, ["furniture", "headline"], "{badge}");
        }
    }

    #[test]
    fn the_date_of_a_crawl_is_no_part_of_the_title() {
        assert_eq!(read("date 2018-05-21 The crane, all day").1.unwrap(), "The crane, all day");
        for text in ["date 2018-05-32 The crane", "date 2018-5-2 The crane", "date 2018-05-21", "dates 2018-05-21 x"] {
            assert_eq!(crawl_date(text), None, "{text}");
        }
    }
}
