//! The chart: how many entries were published when, each bar a link to its entries.

use std::fmt::{self, Write};

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};

use crate::output::describe::counted;
use crate::output::markup::Escaped;
use crate::time::years;

/// How long a bar's time may be, in seconds: from a minute to 250 years, so that any two times have few bars
/// between them.
const LENGTHS: [i64; 20] = [
    60,
    120,
    300,
    600,
    900,
    1_800,
    3_600,
    7_200,
    10_800,
    21_600,
    43_200,
    86_400,
    172_800,
    604_800,
    2_592_000,
    7_776_000,
    31_536_000,
    315_360_000,
    3_153_600_000,
    7_884_000_000,
];

/// How many bars there are at most.
const BARS: i64 = 48;

/// At most so many times below the bars: a phone has room for no more.
const TICKS: usize = 5;

/// The height of the bars, and of the whole chart.
const HEIGHT: f64 = 72.0;
const WHOLE: f64 = HEIGHT + 20.0;

/// When an entry was published, and its id on the page.
pub(super) struct Moment {
    pub(super) time: DateTime<FixedOffset>,
    pub(super) id: String,
}

/// The bars over the time from the first moment to the last.
pub(super) struct Chart<'a> {
    start: DateTime<FixedOffset>,
    length: TimeDelta,
    bars: Vec<Bar<'a>>,
}

#[derive(Clone, Default)]
struct Bar<'a> {
    count: usize,
    /// Its first entry on the page.
    first: Option<&'a Moment>,
}

impl<'a> Chart<'a> {
    /// The chart of moments in the order of the page; `None` if all are at one time.
    pub(super) fn from_moments(moments: &'a [Moment]) -> Option<Self> {
        let first = moments.iter().map(|moment| moment.time).min()?;
        let last = moments.iter().map(|moment| moment.time).max()?;
        let fits = |length: &&i64| (last - first).num_seconds() / **length < BARS - 1;
        let length = *LENGTHS.iter().find(fits).or(LENGTHS.last()).filter(|_| first < last)?;
        // Bars begin at whole hours and days of the local clock.
        let clock = first.timestamp() + i64::from(first.offset().local_minus_utc());
        let start = first.checked_sub_signed(TimeDelta::seconds(clock.rem_euclid(length))).unwrap_or(first);
        let bar_at = |time: DateTime<FixedOffset>| usize::try_from((time - start).num_seconds() / length).unwrap_or(0);
        let mut bars = vec![Bar::default(); bar_at(last) + 1];
        for moment in moments {
            let bar = &mut bars[bar_at(moment.time)];
            bar.count += 1;
            bar.first.get_or_insert(moment);
        }
        Some(Self { start, length: TimeDelta::seconds(length), bars })
    }

    /// When a bar begins. Bars of many years may reach beyond the years 0001 to 9999; those begin and end with them.
    fn time(&self, bar: usize) -> DateTime<FixedOffset> {
        let bars = self.length.checked_mul(i32::try_from(bar).unwrap_or(i32::MAX)).unwrap_or(TimeDelta::MAX);
        let at = self.start.checked_add_signed(bars).map_or(DateTime::<Utc>::MAX_UTC, |at| at.to_utc());
        let at = years::nearest(at).fixed_offset();
        years::local(at.with_timezone(self.start.offset())).unwrap_or(at)
    }

    /// How times are written: by the clock of a day, or as days.
    fn form(&self) -> &'static str {
        let whole = self.time(self.bars.len()) - self.start;
        match (whole.num_hours(), self.length.num_hours()) {
            (_, 24..) => "%-d %b %Y",
            (25.., _) => "%-d %b %H:%M",
            _ => "%H:%M",
        }
    }
}

/// The HTML of a chart, if there is one.
pub(super) struct ChartSvg<'a>(pub(super) Option<Chart<'a>>);

impl fmt::Display for ChartSvg<'_> {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        let Some(chart) = &self.0 else { return Ok(()) };
        writeln!(
            to,
            "<svg class=\"chart\" role=\"group\" aria-label=\"Entries over time\" width=\"100%\" height=\"{WHOLE}\">"
        )?;
        let most = chart.bars.iter().map(|bar| bar.count).max().unwrap_or(1);
        let (width, form) = (100.0 / chart.bars.len() as f64, chart.form());
        for (index, bar) in chart.bars.iter().enumerate() {
            let Some(first) = bar.first else { continue };
            let (start, end) = (chart.time(index), chart.time(index + 1));
            let words =
                format!("{} – {}: {}", start.format(form), end.format(form), counted(bar.count, "entry", "entries"));
            let (x, height) = (width * index as f64, HEIGHT * bar.count as f64 / most as f64);
            writeln!(
                to,
                "<a href=\"#{}\" data-from=\"{}\" data-to=\"{}\" aria-label=\"{words}\"><title>{words}</title>\
                 <rect class=\"room\" x=\"{x:.2}%\" y=\"0\" width=\"{width:.2}%\" height=\"{HEIGHT}\"/>\
                 <rect class=\"bar\" x=\"{:.2}%\" y=\"{:.1}\" width=\"{:.2}%\" height=\"{height:.1}\"/></a>",
                Escaped(&super::percent(&first.id)),
                start.timestamp(),
                end.timestamp(),
                x + width * 0.08,
                HEIGHT - height,
                width * 0.84,
            )?;
        }
        ticks(to, chart, width)?;
        to.write_str("</svg>\n")
    }
}

/// The times below the bars, at round ones of the local clock.
fn ticks(to: &mut impl Write, chart: &Chart, width: f64) -> fmt::Result {
    writeln!(to, "<line x1=\"0\" x2=\"100%\" y1=\"{HEIGHT}\" y2=\"{HEIGHT}\"/>")?;
    let clock = |bar: usize| {
        let time = chart.time(bar);
        time.timestamp() + i64::from(time.offset().local_minus_utc())
    };
    let marks = |length: i64| (0..chart.bars.len()).filter(move |bar| clock(*bar) % length == 0).collect::<Vec<_>>();
    let fits = |marks: &Vec<usize>| marks.len() <= TICKS;
    let spread = || (0..chart.bars.len()).step_by(chart.bars.len().div_ceil(TICKS)).collect();
    // Bars of whole days begin on no rounder ones.
    let round = LENGTHS.into_iter().filter(|_| chart.length < TimeDelta::days(1)).map(marks).find(fits);
    for bar in round.unwrap_or_else(spread) {
        let x = width * bar as f64;
        let anchor = if x > 90.0 { " text-anchor=\"end\"" } else { "" };
        writeln!(
            to,
            "<text x=\"{x:.2}%\" y=\"{}\"{anchor}>{}</text>",
            WHOLE - 4.0,
            chart.time(bar).format(chart.form())
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(times: &[&str]) -> Vec<Moment> {
        let moment = |time: &&str| Moment { time: time.parse().unwrap(), id: format!("at {time}") };
        times.iter().map(moment).collect()
    }

    #[test]
    fn bars_begin_at_whole_parts_of_the_local_clock() {
        let moments = moments(&["2023-06-19T14:27:00+05:30", "2023-06-19T14:05:00+05:30", "2023-06-19T04:50:00+05:30"]);
        let chart = Chart::from_moments(&moments).unwrap();
        assert_eq!(chart.start.to_rfc3339(), "2023-06-19T04:45:00+05:30");
        assert_eq!((chart.length.num_minutes(), chart.bars.len()), (15, 39));
        let counts: Vec<_> = chart.bars.iter().map(|bar| bar.count).filter(|count| *count > 0).collect();
        assert_eq!(counts, [1, 1, 1]);
    }

    #[test]
    fn a_bar_links_to_its_first_entry_on_the_page() {
        let moments = moments(&["2023-06-19T14:01:00Z", "2023-06-19T14:00:30Z", "2023-06-19T13:40:00Z"]);
        let chart = ChartSvg(Chart::from_moments(&moments)).to_string();
        assert!(
            chart.contains(
                "<a href=\"#at%202023-06-19T13:40:00Z\" data-from=\"1687182000\" data-to=\"1687182060\" \
                 aria-label=\"13:40 – 13:41: 1 entry\">"
            ),
            "{chart}"
        );
        assert!(chart.contains(">14:00 – 14:01: 1 entry<"), "{chart}");
    }

    #[test]
    fn any_time_has_a_chart_of_few_bars() {
        for last in [
            "2023-06-19T14:00:01Z",
            "2023-06-20T14:00:00Z",
            "2023-09-19T14:00:00Z",
            "2099-06-19T14:00:00Z",
            "9999-12-31T23:59:59Z",
        ] {
            let moments = moments(&["2023-06-19T14:00:00Z", last]);
            let bars = Chart::from_moments(&moments).unwrap().bars.len();
            assert!((1..=80).contains(&bars), "{bars} up to {last}");
        }
    }

    #[test]
    fn the_first_and_the_last_time_there_are_have_a_chart() {
        let moments = moments(&["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00"]);
        let chart = ChartSvg(Chart::from_moments(&moments)).to_string();
        assert!(chart.contains(">1 Jan 0001 – ") && chart.contains(" – 31 Dec 9999: 1 entry<"), "{chart}");
    }

    #[test]
    fn one_moment_has_no_chart() {
        assert!(Chart::from_moments(&moments(&["2023-06-19T14:00:00Z"])).is_none());
        assert!(Chart::from_moments(&[]).is_none());
    }
}
