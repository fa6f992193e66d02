//! A timeline: the entries of all live blogs by time, day by day, under a head that sums it up.

use std::collections::HashSet;
use std::io::{self, Write};

use chrono::{DateTime, Offset};

use super::whole;
use super::writer::{Part, TextWriter};
use crate::model::Row;
use crate::output::Detail;
use crate::output::clock::{Local, zone_name};
use crate::output::describe::{self, counted};

/// How many bars the sparkline has.
const BARS: usize = 40;

/// The moments of a timeline. All are kept in memory, because a summary comes first; of each row only what is printed.
#[derive(Default)]
pub(super) struct Timeline {
    moments: Vec<Moment>,
    pages: HashSet<String>,
    detail: Detail,
}

struct Moment {
    time: Option<Local>,
    parts: Vec<Part>,
}

impl Timeline {
    /// Adds an entry; `names_page` says whether it names its live blog.
    pub(super) fn push(&mut self, row: &Row, time: Option<Local>, names_page: bool, detail: Detail) {
        if !self.pages.contains(&row.page) {
            self.pages.insert(row.page.clone());
        }
        self.detail = detail;
        let about = describe::about(row);
        let page = if names_page { describe::page(row) } else { "" };
        let about = [&about, page].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ");
        let title = row.entry.title.clone();
        let parts = match detail {
            Detail::Full => whole(&row.entry, about),
            Detail::Brief if names_page => {
                vec![Part::Plain(format!("{} · {}", describe::entry(row), describe::page(row)))]
            }
            Detail::Brief => vec![Part::Plain(describe::entry(row))],
            Detail::Usual => {
                let words = if title.is_some() { String::new() } else { describe::first_words(row) };
                vec![Part::Strong(title.unwrap_or_default()), Part::Plain(words), Part::Faint(about)]
            }
        };
        self.moments.push(Moment { time, parts });
    }

    pub(super) fn print<W: Write>(&self, to: &mut TextWriter<W>) -> io::Result<()> {
        if self.moments.is_empty() {
            return Ok(());
        }
        self.head(to)?;
        // Offsets differ between live blogs of several zones, and where the clock changes: then each time has its own.
        let mut offsets = self.moments.iter().filter_map(|moment| Some(moment.time?.offset().fix()));
        let offset = offsets.next();
        let is_one_clock = offsets.all(|other| Some(other) == offset);

        let mut day = None;
        for (index, moment) in self.moments.iter().enumerate() {
            let today = moment.time.map(|time| time.date_naive());
            if index == 0 || day != today {
                day = today;
                let head = today.map_or("Without time".to_owned(), |day| day.format("%A %-d %B %Y").to_string());
                to.blank()?;
                to.block("", &[Part::Strong(head)])?;
                to.blank()?;
            } else if self.detail == Detail::Full {
                to.blank()?;
            }
            let gutter = match moment.time {
                Some(time) if !is_one_clock => format!("{} {}  ", time.format("%H:%M"), zone_name(&time)),
                time => describe::gutter(time),
            };
            to.block(&gutter, &moment.parts)?;
        }
        Ok(())
    }

    /// The span, how many entries of how many live blogs, and the sparkline.
    fn head<W: Write>(&self, to: &mut TextWriter<W>) -> io::Result<()> {
        let times = || self.moments.iter().filter_map(|moment| moment.time);
        let mut counts = counted(self.moments.len(), "entry", "entries");
        if self.pages.len() > 1 {
            counts += &format!(" of {} live blogs", self.pages.len());
        }
        let head = match (times().min(), times().max()) {
            (Some(first), Some(last)) => format!("{}, {counts}", describe::span(&first, &last)),
            _ => counts,
        };
        let mut seconds: Vec<_> = times().map(|time: DateTime<_>| time.timestamp()).collect();
        seconds.sort_unstable();
        to.block("", &[Part::Strong(head), Part::Plain(sparkline(&seconds, BARS))])
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
    use crate::output::{Arrangement, Detail, Format, Header, PrintOptions, sample};

    fn timeline() -> Header {
        Header { order: Arrangement::Timeline, ..Header::default() }
    }

    #[test]
    fn live_blogs_are_merged_day_by_day_under_a_head() {
        let rows = [
            sample::row_at("a.txt", "2023-06-19T21:00:00Z", 1, "Water rises"),
            sample::row_at("b.txt", "2023-06-19T22:30:00Z", 1, "Gates close"),
            sample::row_at("a.txt", "2023-06-20T01:00:00Z", 1, "Water falls"),
            sample::row_at("b.txt", "", 0, "A note"),
        ];
        assert_eq!(
            sample::print_under(&timeline(), Format::Text, PrintOptions::default(), &rows),
            "19 June 2023 22:00 – 20 June 2023 02:00 +01:00, 4 entries of 2 live blogs
█              █                       █

Monday 19 June 2023

22:00  Water rises
       a
23:30  Gates close
       b

Tuesday 20 June 2023

02:00  Water falls
       a

Without time

       A note
       b
"
        );
    }

    #[test]
    fn one_live_blog_need_not_be_named() {
        let mut row = sample::row();
        row.entry.title = None;
        assert_eq!(
            sample::print_under(&timeline(), Format::Text, PrintOptions::default(), &[row]),
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
        let printed = sample::print_under(&timeline(), Format::Text, PrintOptions::default(), &rows);
        assert!(printed.contains("14:00 +01:00  In London\n"), "{printed}");
        assert!(printed.contains("09:30 -04:00  In New York\n"), "{printed}");
    }

    #[test]
    fn another_zone_can_be_asked_for() {
        let rows = [sample::row_at("a.txt", "2023-06-19T23:30:00Z", 1, "Late")];
        let head = Header { zone: Some(chrono_tz::UTC), ..timeline() };
        let printed = sample::print_under(&head, Format::Text, PrintOptions::default(), &rows);
        assert_eq!(printed, "19 June 2023 23:30 UTC, 1 entry\n\nMonday 19 June 2023\n\n23:30  Late\n");
    }

    #[test]
    fn entries_are_in_brief_or_in_full_where_that_is_asked_for() {
        let rows = [sample::row(), sample::row_at("flood.txt", "2023-06-19T13:30:00Z", 1, "Water falls")];
        let print = |detail| {
            let options = PrintOptions { detail, ..PrintOptions::default() };
            let text = sample::print_under(&timeline(), Format::Text, options, &rows);
            text.split_once("Monday 19 June 2023\n\n").unwrap().1.to_owned()
        };
        assert_eq!(print(Detail::Brief), "14:27  Gates, “closed”\n14:30  Water falls\n");
        assert!(print(Detail::Full).contains("       • South\n\n       Image: A gate (Reuters)\n"));
        assert!(print(Detail::Full).ends_with("       Media: The gates close\n\n14:30  Water falls\n"));
    }

    #[test]
    fn no_entries_are_no_timeline() {
        assert_eq!(sample::print_under(&timeline(), Format::Text, PrintOptions::default(), &[]), "");
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
