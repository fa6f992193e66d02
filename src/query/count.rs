//! Counting entries: how many there are per author, hour, label …

use std::cmp::Reverse;
use std::collections::HashMap;
use std::str::FromStr;

use chrono::{Datelike, Duration, NaiveDateTime, NaiveTime, Timelike, Weekday};
use chrono_tz::Tz;

use super::TextField;
use crate::model::{Entry, Layout};
use crate::time::years::in_zone;

/// What entries are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GroupBy {
    /// The author. An entry with co-authors counts for each of its authors.
    Author,
    /// The author's role.
    Role,
    /// The label, such as `Analysis`.
    Label,
    /// The live blog, by its name.
    Page,
    /// How the page is laid out.
    Layout,
    /// The day on which it was published, `2023-06-19`.
    Day,
    /// The hour, `2023-06-19 12:00`.
    Hour,
    /// The minute, `2023-06-19 12:07`.
    Minute,
    /// The day of the week, `Monday`.
    Weekday,
    /// The credit of an image. An entry with several images counts once for each credit.
    ImageSource,
    /// Whether it has an image: `true` or `false`.
    HasImage,
}

/// All there is to know of a [`GroupBy`].
struct GroupBySpec {
    name: &'static str,
    keys: fn(&EntryOfPage) -> Vec<Key>,
    /// For stretches of time: how long they are, and how they are written.
    step: Option<(Duration, &'static str)>,
}

impl GroupBySpec {
    fn new(name: &'static str, keys: fn(&EntryOfPage) -> Vec<Key>) -> Self {
        Self { name, keys, step: None }
    }
}

impl GroupBy {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Author,
        Self::Role,
        Self::Label,
        Self::Page,
        Self::Layout,
        Self::Day,
        Self::Hour,
        Self::Minute,
        Self::Weekday,
        Self::ImageSource,
        Self::HasImage,
    ];

    fn spec(self) -> GroupBySpec {
        match self {
            Self::Author => GroupBySpec::new("author", |it| texts(TextField::Author.texts(it.entry))),
            Self::Role => GroupBySpec::new("role", |it| texts(TextField::Role.texts(it.entry))),
            Self::Label => GroupBySpec::new("label", |it| texts(TextField::Label.texts(it.entry))),
            Self::Page => GroupBySpec::new("page", |it| texts([it.page])),
            Self::Layout => GroupBySpec::new("layout", |it| texts([it.layout])),
            Self::Day => GroupBySpec {
                step: Some((Duration::days(1), "%Y-%m-%d")),
                ..GroupBySpec::new("day", |it| it.time(|time| time.date().and_time(NaiveTime::MIN)))
            },
            Self::Hour => GroupBySpec {
                step: Some((Duration::hours(1), "%Y-%m-%d %H:%M")),
                ..GroupBySpec::new("hour", |it| it.time(|time| on_the_minute(time).with_minute(0).unwrap_or(time)))
            },
            Self::Minute => GroupBySpec {
                step: Some((Duration::minutes(1), "%Y-%m-%d %H:%M")),
                ..GroupBySpec::new("minute", |it| it.time(on_the_minute))
            },
            Self::Weekday => GroupBySpec::new("weekday", |it| {
                it.published.iter().map(|time| Key::Weekday(time.weekday().num_days_from_monday())).collect()
            }),
            Self::ImageSource => GroupBySpec::new("image-source", |it| texts(TextField::ImageSource.texts(it.entry))),
            Self::HasImage => GroupBySpec::new("has-image", |it| texts([!it.entry.images.is_empty()])),
        }
    }

    /// The name that users give.
    pub fn name(self) -> &'static str {
        self.spec().name
    }

    /// Whether its groups are stretches of time, which come in their order; others come with the most frequent first.
    pub fn is_time(self) -> bool {
        self == Self::Weekday || self.spec().step.is_some()
    }

    fn text(self, key: &Key) -> Option<String> {
        match key {
            Key::Time(time) => Some(self.spec().step.map_or(String::new(), |(_, form)| time.format(form).to_string())),
            Key::Weekday(day) => Weekday::try_from(u8::try_from(*day).ok()?).ok().map(|day| full_name(day).to_owned()),
            Key::Text(text) => Some(text.clone()),
            Key::None => None,
        }
    }
}

impl FromStr for GroupBy {
    type Err = UnknownGroup;

    fn from_str(name: &str) -> Result<Self, UnknownGroup> {
        Self::ALL.into_iter().find(|by| by.name() == name).ok_or_else(|| UnknownGroup(name.to_owned()))
    }
}

/// Something that entries cannot be counted by.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("entries are not counted by {0:?}\n  known are {known}", known = GroupBy::ALL.map(GroupBy::name).join(", "))]
pub struct UnknownGroup(String);

/// The value of an entry that puts it into a group. The order of the variants is that of the groups.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Key {
    Time(NaiveDateTime),
    /// Days from Monday.
    Weekday(u32),
    Text(String),
    /// The entry has no value.
    None,
}

/// The texts as keys, each once.
fn texts(values: impl IntoIterator<Item = impl ToString>) -> Vec<Key> {
    let mut keys: Vec<_> = values.into_iter().map(|value| Key::Text(value.to_string())).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn on_the_minute(time: NaiveDateTime) -> NaiveDateTime {
    time.with_second(0).and_then(|time| time.with_nanosecond(0)).unwrap_or(time)
}

fn full_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// What keys are made from.
struct EntryOfPage<'e> {
    page: &'e str,
    layout: Layout,
    entry: &'e Entry,
    /// When it was published, in the zone asked for, else by the page's own clocks.
    published: Option<NaiveDateTime>,
}

impl EntryOfPage<'_> {
    fn time(&self, truncate: fn(NaiveDateTime) -> NaiveDateTime) -> Vec<Key> {
        self.published.map(truncate).map(Key::Time).into_iter().collect()
    }
}

/// Counts of entries, by one or several of [`GroupBy`].
///
/// ```
/// use liveblog::model::{Entry, Layout};
/// use liveblog::query::{Counts, GroupBy};
///
/// let mut counts = Counts::new(&[GroupBy::Author], None);
/// let mut entry = Entry::default();
/// counts.add("flood", Layout::Bbc, &entry, 1);
/// entry.author = Some("Ada Example".to_owned());
/// counts.add("flood", Layout::Bbc, &entry, 2);
///
/// let rows = counts.into_rows();
/// assert_eq!((rows[0].values[0].as_deref(), rows[0].count), (Some("Ada Example"), 2));
/// assert_eq!((rows[1].values[0].as_deref(), rows[1].count), (None, 1));
/// ```
#[derive(Debug, Clone)]
pub struct Counts {
    by: Vec<GroupBy>,
    zone: Option<Tz>,
    groups: HashMap<Vec<Key>, usize>,
}

/// How many entries have these values.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupCount {
    /// A value for each [`GroupBy`]; `None` for entries without one.
    pub values: Vec<Option<String>>,
    /// How many entries.
    pub count: usize,
}

/// The longest gap in time that is filled with groups of no entries, in steps. An archive of two days years apart is no
/// table of years.
const LONGEST_GAP: i32 = 100;

impl Counts {
    /// Nothing counted yet. Times are read in `zone`; without one, as each entry's page gives them.
    pub fn new(by: &[GroupBy], zone: Option<Tz>) -> Self {
        Self { by: by.to_owned(), zone, groups: HashMap::new() }
    }

    /// Adds so many entries like this one, of the live blog with that name.
    pub fn add(&mut self, page: &str, layout: Layout, entry: &Entry, entries: usize) {
        let published = entry.published.map(|at| match (self.zone, entry.published_local) {
            (Some(zone), _) => in_zone(at, zone).naive_local(),
            (None, Some(local)) => local.naive_local(),
            (None, None) => at.naive_utc(),
        });
        let entry = EntryOfPage { page, layout, entry, published };
        let mut groups = vec![Vec::with_capacity(self.by.len())];
        for by in &self.by {
            let mut keys = (by.spec().keys)(&entry);
            if keys.is_empty() {
                keys.push(Key::None);
            }
            groups =
                groups.iter().flat_map(|group| keys.iter().map(|key| [group, &[key.clone()][..]].concat())).collect();
        }
        for group in groups {
            *self.groups.entry(group).or_default() += entries;
        }
    }

    /// The groups, ordered by their first value, then by the second, and so on: times as they go on, all others with the
    /// most frequent first. Counted by a stretch of time alone, a gap of up to 100 stretches is filled with zeros.
    pub fn into_rows(mut self) -> Vec<GroupCount> {
        match self.by[..] {
            // Of all entries together there is always a count.
            [] => drop(self.groups.entry(Vec::new()).or_default()),
            [by] => self.fill_gaps(by),
            _ => {}
        }
        // How many entries have the same first values: the first, the first two, and so on.
        let mut totals: HashMap<&[Key], usize> = HashMap::new();
        for (group, count) in &self.groups {
            for values in 1..=group.len() {
                *totals.entry(&group[..values]).or_default() += count;
            }
        }
        let mut groups: Vec<_> = self.groups.iter().collect();
        groups.sort_by_cached_key(|(group, _)| -> Vec<_> {
            let place = |(at, by): (usize, &GroupBy)| {
                let frequency = if by.is_time() { 0 } else { totals[&group[..=at]] };
                (Reverse(frequency), group[at].clone())
            };
            self.by.iter().enumerate().map(place).collect()
        });
        let text = |group: &[Key]| self.by.iter().zip(group).map(|(by, key)| by.text(key)).collect();
        groups.into_iter().map(|(group, count)| GroupCount { values: text(group), count: *count }).collect()
    }

    /// The values of the first field, in the order of [`into_rows`](Self::into_rows).
    pub fn into_values(self) -> impl Iterator<Item = String> {
        self.into_rows().into_iter().filter_map(|row| row.values.into_iter().next()?)
    }

    fn fill_gaps(&mut self, by: GroupBy) {
        let Some((step, _)) = by.spec().step else { return };
        let time = |group: &Vec<Key>| if let [Key::Time(time)] = group[..] { Some(time) } else { None };
        let mut times: Vec<_> = self.groups.keys().filter_map(time).collect();
        times.sort_unstable();
        for pair in times.windows(2).filter(|pair| pair[1] - pair[0] <= step * LONGEST_GAP) {
            let mut empty = pair[0] + step;
            while empty < pair[1] {
                self.groups.insert(vec![Key::Time(empty)], 0);
                empty += step;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(times: &[&str], by: &[GroupBy], zone: Option<Tz>) -> Vec<(String, usize)> {
        let mut counts = Counts::new(by, zone);
        for time in times {
            let published_local = chrono::DateTime::parse_from_rfc3339(time).ok();
            let entry = Entry { published: published_local.map(|at| at.to_utc()), published_local, ..Entry::default() };
            counts.add("flood", Layout::Bbc, &entry, 1);
        }
        let text = |row: GroupCount| {
            row.values.into_iter().map(|value| value.unwrap_or("-".into())).collect::<Vec<_>>().join(" ")
        };
        counts
            .into_rows()
            .into_iter()
            .map(|row| (row.clone().count, text(row)))
            .map(|(count, text)| (text, count))
            .collect()
    }

    fn rows(rows: &[(&str, usize)]) -> Vec<(String, usize)> {
        rows.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect()
    }

    #[test]
    fn hours_are_those_of_the_page_or_of_the_zone_asked_for_with_the_empty_ones_between() {
        let times = ["2023-06-19T14:59:59+01:00", "2023-06-19T12:00:00+01:00", "2023-06-19T12:30:00+01:00", "never"];
        let local = [("2023-06-19 12:00", 2), ("2023-06-19 13:00", 0), ("2023-06-19 14:00", 1), ("-", 1)];
        assert_eq!(count(&times, &[GroupBy::Hour], None), rows(&local));
        let utc = [("2023-06-19 11:00", 2), ("2023-06-19 12:00", 0), ("2023-06-19 13:00", 1), ("-", 1)];
        assert_eq!(count(&times, &[GroupBy::Hour], Some(Tz::UTC)), rows(&utc));
    }

    #[test]
    fn years_between_two_days_are_no_rows() {
        let times = ["2020-10-06T12:00:00Z", "2023-06-19T12:00:00Z"];
        assert_eq!(count(&times, &[GroupBy::Day], None), rows(&[("2020-10-06", 1), ("2023-06-19", 1)]));
    }

    #[test]
    fn weekdays_come_from_monday_on() {
        let times = ["2023-06-18T12:00:00Z", "2023-06-18T13:00:00Z", "2023-06-19T12:00:00Z"];
        assert_eq!(count(&times, &[GroupBy::Weekday], None), rows(&[("Monday", 1), ("Sunday", 2)]));
    }

    #[test]
    fn several_groups_nest() {
        let mut counts = Counts::new(&[GroupBy::Author, GroupBy::Label], None);
        for (author, label, entries) in [
            (Some("Ada"), None, 1),
            (Some("Bo"), Some("Analysis"), 2),
            (Some("Ada"), Some("Analysis"), 3),
            (None, None, 5),
        ] {
            let [author, label] = [author, label].map(|text: Option<&str>| text.map(str::to_owned));
            counts.add("flood", Layout::Bbc, &Entry { author, label, ..Entry::default() }, entries);
        }
        let rows: Vec<_> = counts.into_rows().into_iter().map(|row| (row.values, row.count)).collect();
        let row = |author: Option<&str>, label: Option<&str>, count| {
            (vec![author.map(str::to_owned), label.map(str::to_owned)], count)
        };
        assert_eq!(
            rows,
            [
                row(None, None, 5),
                row(Some("Ada"), Some("Analysis"), 3),
                row(Some("Ada"), None, 1),
                row(Some("Bo"), Some("Analysis"), 2),
            ]
        );
    }

    #[test]
    fn an_entry_counts_for_each_of_its_authors_once() {
        let mut counts = Counts::new(&[GroupBy::Author], None);
        let [ada, bo] = ["Ada", "Bo"].map(str::to_owned);
        let entry = Entry { author: Some(ada.clone()), co_authors: vec![bo, ada], ..Entry::default() };
        counts.add("flood", Layout::Bbc, &entry, 1);
        let counted: Vec<_> = counts.into_rows().into_iter().map(|row| row.count).collect();
        assert_eq!(counted, [1, 1]);
    }
}
