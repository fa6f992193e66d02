//! The chart: how many entries were published when, as bars with a scale. HTML and SVG draw it.

use std::ops::Range;

use chrono::{DateTime, Offset, TimeDelta, Utc};

use super::clock::{Local, shown};
use super::describe::{self, counted};
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

/// At most so many times are below the bars: a phone has room for no more.
const TICKS: usize = 5;

/// At most so many lines of the scale cross the bars.
const LINES: usize = 4;

/// When an entry was published, and its id on the page.
pub(super) struct Moment {
    pub(super) time: Local,
    pub(super) id: String,
}

/// The bars over the time from the first moment to the last.
pub(super) struct Chart<'a> {
    start: Local,
    length: TimeDelta,
    /// From the first moment to the last.
    span: (Local, Local),
    pub(super) bars: Vec<Bar<'a>>,
}

#[derive(Clone, Default)]
pub(super) struct Bar<'a> {
    pub(super) count: usize,
    /// Its first entry on the page.
    pub(super) first: Option<&'a Moment>,
}

impl<'a> Chart<'a> {
    /// The chart of moments in the order of the page; `None` if all are at one time.
    pub(super) fn from_moments(moments: &'a [Moment]) -> Option<Self> {
        let first = moments.iter().map(|moment| moment.time).min()?;
        let last = moments.iter().map(|moment| moment.time).max()?;
        let fits = |length: &&i64| (last - first).num_seconds() / **length < BARS - 1;
        let length = *LENGTHS.iter().find(fits).or(LENGTHS.last()).filter(|_| first < last)?;
        // Bars begin at whole hours and days of the local clock.
        let clock = first.timestamp() + i64::from(first.offset().fix().local_minus_utc());
        let start = first.checked_sub_signed(TimeDelta::seconds(clock.rem_euclid(length))).unwrap_or(first);
        let bar_at = |time: Local| usize::try_from((time - start).num_seconds() / length).unwrap_or(0);
        let mut bars = vec![Bar::default(); bar_at(last) + 1];
        for moment in moments {
            let bar = &mut bars[bar_at(moment.time)];
            bar.count += 1;
            bar.first.get_or_insert(moment);
        }
        Some(Self { start, length: TimeDelta::seconds(length), span: (first, last), bars })
    }

    /// When a bar begins. Bars of many years may reach beyond the years 0001 to 9999; those begin and end with them.
    fn time(&self, bar: usize) -> Local {
        let bars = self.length.checked_mul(i32::try_from(bar).unwrap_or(i32::MAX)).unwrap_or(TimeDelta::MAX);
        let at = self.start.checked_add_signed(bars).map_or(DateTime::<Utc>::MAX_UTC, |at| at.to_utc());
        shown(years::nearest(at), self.start.timezone())
    }

    /// How times are written: by the clock of a day, or as days.
    fn form(&self) -> &'static str {
        let whole = self.time(self.bars.len()).to_utc() - self.start.to_utc();
        match (whole.num_hours(), self.length.num_hours()) {
            (_, 24..) => "%-d %b %Y",
            (25.., _) => "%-d %b %H:%M",
            _ => "%H:%M",
        }
    }

    /// The time of a bar, as seconds since 1970.
    pub(super) fn seconds(&self, bar: usize) -> Range<i64> {
        self.time(bar).timestamp()..self.time(bar + 1).timestamp()
    }

    /// A bar in words: `14:00 – 14:15: 3 entries`
    pub(super) fn words(&self, bar: usize) -> String {
        let (start, end, form) = (self.time(bar), self.time(bar + 1), self.form());
        let count = counted(self.bars[bar].count, "entry", "entries");
        format!("{} – {}: {count}", start.format(form), end.format(form))
    }

    /// The bars with a time below their beginning, at round ones of the local clock, and that time.
    pub(super) fn ticks(&self) -> Vec<(usize, String)> {
        let clock = |bar: usize| {
            let time = self.time(bar);
            time.timestamp() + i64::from(time.offset().fix().local_minus_utc())
        };
        let marks = |length: i64| (0..self.bars.len()).filter(|bar| clock(*bar) % length == 0).collect::<Vec<_>>();
        let fits = |marks: &Vec<usize>| marks.len() <= TICKS;
        let spread = || (0..self.bars.len()).step_by(self.bars.len().div_ceil(TICKS)).collect();
        // Bars of whole days begin on no rounder ones.
        let round = LENGTHS.into_iter().filter(|_| self.length < TimeDelta::days(1)).map(marks).find(fits);
        let ticks = round.unwrap_or_else(spread).into_iter();
        ticks.map(|bar| (bar, self.time(bar).format(self.form()).to_string())).collect()
    }

    /// The counts at which lines cross the bars: round ones, the last at or above the highest bar.
    pub(super) fn scale(&self) -> Vec<usize> {
        let most = self.most();
        let steps = (0..).flat_map(|power| [1, 2, 5].map(|step| step * 10_usize.saturating_pow(power)));
        let step = steps.into_iter().find(|step| most.div_ceil(*step) <= LINES).unwrap_or(most);
        (1..=most.div_ceil(step)).map(|line| line * step).collect()
    }

    /// How many entries the highest bar has.
    pub(super) fn most(&self) -> usize {
        self.bars.iter().map(|bar| bar.count).max().unwrap_or_default()
    }

    /// The length of a bar in words: `15 minutes`
    pub(super) fn length_in_words(&self) -> String {
        let seconds = self.length.num_seconds();
        let units = [(31_536_000, "year"), (86_400, "day"), (3_600, "hour"), (60, "minute")];
        let (unit, name) = units.into_iter().find(|(unit, _)| seconds % unit == 0).unwrap_or((60, "minute"));
        match seconds / unit {
            1 => name.to_owned(),
            count => format!("{count} {name}s"),
        }
    }

    /// From the first entry to the last.
    pub(super) fn span(&self) -> String {
        describe::span(&self.span.0, &self.span.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::clock::Clock;

    fn moments(times: &[&str]) -> Vec<Moment> {
        let moment = |time: &&str| {
            let time: DateTime<chrono::FixedOffset> = time.parse().unwrap();
            Moment { time: shown(time.to_utc(), Clock::Fixed(*time.offset())), id: format!("at {time}") }
        };
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
    fn a_bar_is_described_and_lines_at_round_counts_cross_the_bars() {
        let moments = moments(&["2023-06-19T14:01:00Z", "2023-06-19T14:00:30Z", "2023-06-19T13:40:00Z"]);
        let chart = Chart::from_moments(&moments).unwrap();
        assert_eq!(
            (chart.words(0), chart.length_in_words()),
            ("13:40 – 13:41: 1 entry".to_owned(), "minute".to_owned())
        );
        let scale = |most| {
            let bars = vec![Bar { count: most, first: None }];
            Chart { bars, start: chart.start, length: chart.length, span: chart.span }.scale()
        };
        assert_eq!(scale(1), [1]);
        assert_eq!(scale(4), [1, 2, 3, 4]);
        assert_eq!(scale(9), [5, 10]);
        assert_eq!(scale(37), [10, 20, 30, 40]);
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
        let chart = Chart::from_moments(&moments).unwrap();
        let (first, last) = (chart.words(0), chart.words(chart.bars.len() - 1));
        assert!(first.starts_with("1 Jan 0001 – ") && last.ends_with(" – 31 Dec 9999: 1 entry"), "{first}, {last}");
    }

    #[test]
    fn one_moment_has_no_chart() {
        assert!(Chart::from_moments(&moments(&["2023-06-19T14:00:00Z"])).is_none());
        assert!(Chart::from_moments(&[]).is_none());
    }
}
