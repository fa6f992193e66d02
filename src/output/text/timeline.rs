//! A timeline: the entries of all live blogs by time, day by day, under a head that sums it up.

use std::collections::HashMap;
use std::io::{self, Write};

use chrono::{DateTime, FixedOffset};
use chrono_tz::Tz;

use super::writer::{Part, TextWriter};
use crate::model::Row;
use crate::output::describe::{self, counted};

/// How many bars the sparkline has.
const BARS: usize = 40;

/// The moments of a timeline. All are kept in memory, because a summary comes first; of each row only what is printed.
#[derive(Default)]
pub(super) struct Timeline {
    moments: Vec<Moment>,
    pages: Vec<String>,
    /// Where in `pages` a live blog is.
    indices: HashMap<String, usize>,
}

struct Moment {
    time: Option<DateTime<FixedOffset>>,
    page: usize,
    title: Option<String>,
    about: String,
    /// Its first words, where it has no title.
    words: String,
}

impl Timeline {
    pub(super) fn push(&mut self, row: &Row, zone: Option<Tz>) {
        let page = match self.indices.get(&row.page) {
            Some(&page) => page,
            None => {
                self.pages.push(describe::page(row).to_owned());
                self.indices.insert(row.page.clone(), self.pages.len() - 1);
                self.pages.len() - 1
            }
        };
        let title = row.entry.title.clone();
        let words = if title.is_some() { String::new() } else { describe::first_words(row) };
        self.moments.push(Moment { time: describe::local(row, zone), page, title, about: describe::about(row), words });
    }

    pub(super) fn print<W: Write>(&self, to: &mut TextWriter<W>) -> io::Result<()> {
        if self.moments.is_empty() {
            return Ok(());
        }
        self.head(to)?;
        // Offsets differ between live blogs of several zones, and where the clock changes: then each time has its own.
        let mut offsets = self.moments.iter().filter_map(|moment| Some(*moment.time?.offset()));
        let offset = offsets.next();
        let clock = if offsets.all(|other| Some(other) == offset) { "%H:%M  " } else { "%H:%M %:z  " };

        let mut day = None;
        for (index, moment) in self.moments.iter().enumerate() {
            let today = moment.time.map(|time| time.date_naive());
            if index == 0 || day != today {
                day = today;
                let head = today.map_or("Without time".to_owned(), |day| day.format("%A %-d %B %Y").to_string());
                to.blank()?;
                to.block("", &[Part::Strong(head)])?;
                to.blank()?;
            }
            let gutter = moment.time.map_or("       ".to_owned(), |time| time.format(clock).to_string());
            let page = (self.pages.len() > 1).then(|| self.pages[moment.page].as_str());
            to.block(&gutter, &moment.parts(page))?;
        }
        Ok(())
    }

    /// The span, how many entries of how many live blogs, and the sparkline.
    fn head<W: Write>(&self, to: &mut TextWriter<W>) -> io::Result<()> {
        let mut times: Vec<_> = self.moments.iter().filter_map(|moment| moment.time).collect();
        times.sort();
        let mut counts = counted(self.moments.len(), "entry", "entries");
        if self.pages.len() > 1 {
            counts += &format!(" of {} live blogs", self.pages.len());
        }
        let head = match (times.first(), times.last()) {
            (Some(first), Some(last)) => format!("{}, {counts}", describe::span(first, last)),
            _ => counts,
        };
        let seconds: Vec<_> = times.iter().map(DateTime::timestamp).collect();
        to.block("", &[Part::Strong(head), Part::Plain(sparkline(&seconds, BARS))])
    }
}

impl Moment {
    fn parts(&self, page: Option<&str>) -> [Part; 3] {
        let about = [self.about.as_str(), page.unwrap_or_default()];
        let about: Vec<_> = about.into_iter().filter(|words| !words.is_empty()).collect();
        let title = self.title.clone().unwrap_or_default();
        [Part::Strong(title), Part::Plain(self.words.clone()), Part::Faint(about.join(" · "))]
    }
}

const BAR_HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// How many entries were published when, in one line: bars for equal parts of the time from the first to the last, from
/// times in seconds and in order. A part without any is a space; empty if all times are equal.
fn sparkline(times: &[i64], bars: usize) -> String {
    let (Some(&first), Some(&last)) = (times.first(), times.last()) else { return String::new() };
    let Ok(length @ 1..) = usize::try_from(last - first) else { return String::new() };
    let mut counts = vec![0_usize; bars];
    for time in times {
        let bar = usize::try_from(time - first).unwrap_or_default() * bars / length;
        counts[bar.min(bars - 1)] += 1;
    }
    let most = counts.iter().copied().max().unwrap_or_default();
    let height = |count: usize| match count {
        0 => ' ',
        _ => BAR_HEIGHTS[(count * BAR_HEIGHTS.len()).div_ceil(most) - 1],
    };
    counts.into_iter().map(height).collect()
}

#[cfg(test)]
mod tests {
    use super::sparkline;
    use crate::output::{Arrangement, Format, Header, PrintOptions, sample};

    const TIMELINE: Header = Header { order: Arrangement::Timeline, zone: None };

    #[test]
    fn live_blogs_are_merged_day_by_day_under_a_head() {
        let rows = [
            sample::row_at("a.txt", "2023-06-19T21:00:00Z", 1, "Water rises"),
            sample::row_at("b.txt", "2023-06-19T22:30:00Z", 1, "Gates close"),
            sample::row_at("a.txt", "2023-06-20T01:00:00Z", 1, "Water falls"),
            sample::row_at("b.txt", "", 0, "A note"),
        ];
        assert_eq!(
            sample::print_under(&TIMELINE, Format::Text, PrintOptions::default(), &rows),
            "19 June 2023 22:00 – 20 June 2023 02:00 +01:00, 4 entries of 2 live blogs
█              █                       █

Monday 19 June 2023

22:00  Water rises
       a.txt
23:30  Gates close
       b.txt

Tuesday 20 June 2023

02:00  Water falls
       a.txt

Without time

       A note
       b.txt
"
        );
    }

    #[test]
    fn one_live_blog_need_not_be_named() {
        let mut row = sample::row();
        row.entry.title = None;
        assert_eq!(
            sample::print_under(&TIMELINE, Format::Text, PrintOptions::default(), &[row]),
            "19 June 2023 14:27 +01:00, 1 entry

Monday 19 June 2023

14:27  The \"old\" gates
       Breaking · Analysis · Ada Example, Bob Example · Transport correspondent
"
        );
    }

    #[test]
    fn times_of_several_zones_carry_their_offsets() {
        let rows = [
            sample::row_at("a.txt", "2023-06-19T13:00:00Z", 1, "In London"),
            sample::row_at("b.txt", "2023-06-19T13:30:00Z", -4, "In New York"),
        ];
        let printed = sample::print_under(&TIMELINE, Format::Text, PrintOptions::default(), &rows);
        assert!(printed.contains("14:00 +01:00  In London\n"), "{printed}");
        assert!(printed.contains("09:30 -04:00  In New York\n"), "{printed}");
    }

    #[test]
    fn another_zone_can_be_asked_for() {
        let rows = [sample::row_at("a.txt", "2023-06-19T23:30:00Z", 1, "Late")];
        let head = Header { zone: Some(chrono_tz::UTC), ..TIMELINE };
        let printed = sample::print_under(&head, Format::Text, PrintOptions::default(), &rows);
        assert_eq!(printed, "19 June 2023 23:30 +00:00, 1 entry\n\nMonday 19 June 2023\n\n23:30  Late\n");
    }

    #[test]
    fn no_entries_are_no_timeline() {
        assert_eq!(sample::print_under(&TIMELINE, Format::Text, PrintOptions::default(), &[]), "");
    }

    #[test]
    fn each_part_of_the_time_has_its_bar() {
        assert_eq!(sparkline(&[0, 0, 0, 0, 1, 40, 60, 79, 80], 4), "█ ▂▅");
    }

    #[test]
    fn one_moment_has_no_sparkline() {
        assert_eq!(sparkline(&[], 4), "");
        assert_eq!(sparkline(&[7, 7], 4), "");
    }
}
