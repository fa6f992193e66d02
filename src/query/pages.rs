//! A query asked of live blogs: which of their entries match, and in which order they come.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::{Condition, Order, Property, Query, Selected, Selection, TextField, When};
use crate::model::{Entry, LiveBlog, PageHead, Row};
use crate::time::bounds::{Bounds, bounds, last_second};

impl Query {
    /// Returns the entries of a live blog that match, in the query's order.
    ///
    /// The live blog's name, which [`Query::pages`] asks for, is its [`source`](LiveBlog::source).
    ///
    /// ```
    /// use liveblog::query::{Query, TextField};
    /// # use liveblog::{Document, ParseOptions, parse};
    /// # let page = "1. Tunnel reopenspublished at 14:27 British Summer Time 19 June 2023\n\nIt did.\n";
    /// # let now = "2023-06-20T00:00:00Z".parse().unwrap();
    /// # let blog = parse(&Document::from_text("page.txt", page), &ParseOptions::new(now)).unwrap();
    ///
    /// let query = Query::new(now).contains(TextField::Title, ["tunnel"]);
    /// assert_eq!(query.entries(&blog).count(), 1);
    /// ```
    pub fn entries<'b>(&self, blog: &'b LiveBlog) -> impl Iterator<Item = &'b Entry> + use<'b> {
        let prepared = self.prepare();
        let on_page = prepared.on_page(&blog.source, blog.zone, blog.last());
        let newest_first = is_newest_first(blog);
        let matching = (0..).zip(&blog.entries).filter(|(_, entry)| on_page.judge(entry, false) == Verdict::Selected);
        let key =
            |(position, entry): &(i64, &Entry)| SortKey::new(self.order, entry.published, 0, *position, newest_first);
        let mut found: Vec<_> = matching.map(|entry| (key(&entry), entry.1)).collect();
        self.sort(&mut found);
        found.into_iter().take(self.limit.unwrap_or(usize::MAX)).map(|(_, entry)| entry)
    }

    /// Passes the entries of live blogs that match to `each`, as rows, each with what its live blog says of itself. A
    /// live blog comes with its name, by which [`Query::pages`] asks for it.
    ///
    /// In the order of the input, one live blog is in memory at a time; any other order, and the reverse, needs all
    /// matching rows in memory.
    ///
    /// # Errors
    /// The first error of `each`, which ends the selection.
    pub fn select<E>(
        &self,
        pages: impl IntoIterator<Item = (String, LiveBlog)>,
        mut each: impl FnMut(&PageHead, Row) -> Result<(), E>,
    ) -> Result<Selected, E> {
        let mut selection = Selection::new(self);
        for (name, blog) in pages {
            selection.add_live_blog(&name, blog, &mut each)?;
        }
        selection.finish(each)
    }

    /// Whether the first row is known only once all have been seen.
    pub(super) fn needs_all_rows(&self) -> bool {
        self.reverse || self.order == Order::Time
    }

    /// Sorts what was found into the query's order.
    pub(crate) fn sort<T>(&self, found: &mut [(SortKey, T)]) {
        found.sort_by(|(one, _), (other, _)| one.compare(other, self.reverse));
    }

    /// Prepares the query for any number of live blogs.
    pub fn prepare(&self) -> PreparedQuery<'_> {
        PreparedQuery { query: self, bounds: RefCell::default() }
    }

    /// Whether a time is asked for.
    pub fn asks_for_time(&self) -> bool {
        self.since.is_some() || self.until.is_some() || self.on.is_some()
    }

    /// Whether entries of the live blogs asked for may be left out: by a condition, a time or the limit.
    pub fn is_partial(&self) -> bool {
        !self.conditions.is_empty() || self.asks_for_time() || self.limit.is_some()
    }

    /// Whether an archive must look at every entry: at its words, and nothing else narrows them down.
    pub(crate) fn reads_all_entries(&self) -> bool {
        let has_index = |condition: &Condition| match condition {
            Condition::Contains(field, _) => matches!(field, TextField::Author | TextField::Role),
            Condition::Has(property) => *property == Property::Author,
            Condition::Matches(_) | Condition::Breaking => false,
        };
        let is_narrow = self.asks_for_time() || !self.pages.is_empty() || self.at.is_some();
        !is_narrow && !self.conditions.is_empty() && !self.conditions.iter().any(has_index)
    }

    /// Whether what is asked for depends on when a live blog's last entry was published.
    pub(crate) fn asks_for_bare_time(&self) -> bool {
        [&self.since, &self.until, &self.on].into_iter().flatten().any(When::is_bare_time)
    }

    /// The time of [`Query::at`] for a live blog, by its zone, and when its first and its latest capture were
    /// saved.
    pub(crate) fn snapshot_time(
        &self,
        zone: Option<Tz>,
        captures: (DateTime<Utc>, DateTime<Utc>),
    ) -> Option<DateTime<Utc>> {
        let zone = self.zone.or(zone).unwrap_or(Tz::UTC);
        self.at.as_ref().map(|at| last_second(at, zone, captures, self.now))
    }

    /// The span outside of which no entry of any live blog is selected, nor left out only because it has no time: what lies
    /// there need not be read. Days are read in the zones of all the world, and what is bare in none.
    pub(crate) fn widest_bounds(&self) -> Bounds {
        /// More than the clocks of two zones ever differed, and enough for `last month` near its ends.
        const MARGIN: TimeDelta = TimeDelta::days(2);
        if self.invert {
            return Bounds::default();
        }
        let (zones, margin) = match self.zone {
            Some(zone) => ([zone; 2], TimeDelta::zero()),
            None => ([Tz::Etc__GMTPlus12, Tz::Pacific__Kiritimati], MARGIN),
        };
        let spans = |when: &When| zones.map(|zone| when.span(zone, self.now));
        let first = |when: &When| spans(when).into_iter().flatten().map(|span| span.start).min();
        let last = |when: &When| spans(when).into_iter().flatten().map(|span| span.end).max();
        let from = self.since.iter().chain(&self.on).filter_map(first).max();
        let to = self.until.iter().chain(&self.on).filter_map(last).min();
        // Beyond the years that can be written there is nothing.
        Bounds {
            from: from.map(|from| from.checked_sub_signed(margin).unwrap_or(from)),
            to: to.map(|to| to.checked_add_signed(margin).unwrap_or(to)),
        }
    }

    /// From when to when the entries of a live blog must have been published, if a time is asked for.
    pub(crate) fn bounds(&self, zone: Option<Tz>, last: Option<DateTime<Utc>>) -> Option<Bounds> {
        let zone = self.zone.or(zone).unwrap_or(Tz::UTC);
        let span = |since, until| bounds(since, until, zone, last, self.now);
        let has_ends = self.since.is_some() || self.until.is_some();
        let between = has_ends.then(|| span(self.since.as_ref(), self.until.as_ref()));
        let day = self.on.as_ref().map(|day| span(Some(day), Some(day)));
        match (between, day) {
            (Some(one), Some(other)) => Some(intersect(one, other)),
            (one, other) => one.or(other),
        }
    }
}

/// The time that two spans have in common.
fn intersect(one: Bounds, other: Bounds) -> Bounds {
    Bounds { from: one.from.max(other.from), to: one.to.into_iter().chain(other.to).min() }
}

/// A query, with the times that it resolved so far.
#[derive(Debug, Clone)]
pub struct PreparedQuery<'q> {
    query: &'q Query,
    /// Thousands of live blogs share a zone, and only a bare time depends on more.
    bounds: RefCell<HashMap<BoundsKey, Option<Bounds>>>,
}

/// What the bounds of a live blog depend on: its zone and, for a bare time, when its last entry was published.
type BoundsKey = (Option<Tz>, Option<DateTime<Utc>>);

impl<'q> PreparedQuery<'q> {
    /// The query.
    pub fn query(&self) -> &'q Query {
        self.query
    }

    /// The query as it applies to a live blog: by its name, its zone, and when its last entry was published, from which
    /// bare times such as `12:00` take their day.
    pub fn on_page(&self, name: &str, zone: Option<Tz>, last: Option<DateTime<Utc>>) -> PageQuery<'q> {
        let pages = &self.query.pages;
        let is_asked_for = pages.is_empty() || pages.iter().any(|page| page == name);
        let last = last.filter(|_| self.query.asks_for_bare_time());
        let bounds = *self.bounds.borrow_mut().entry((zone, last)).or_insert_with(|| self.query.bounds(zone, last));
        PageQuery { query: self.query, is_asked_for, bounds }
    }
}

/// A query as it applies to one live blog.
#[derive(Debug, Clone, Copy)]
pub struct PageQuery<'q> {
    query: &'q Query,
    /// Whether the live blog is one of [`Query::pages`], if the query names any.
    pub(crate) is_asked_for: bool,
    /// From when to when its entries must have been published, if a time is asked for.
    pub(crate) bounds: Option<Bounds>,
}

/// Whether an entry is selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is selected.
    Selected,
    /// It is left out.
    LeftOut,
    /// It is left out only because it has no time, and the query asks for one.
    Untimed,
}

impl PageQuery<'_> {
    /// Whether an entry of this live blog is selected.
    pub fn judge(&self, entry: &Entry, removed: bool) -> Verdict {
        let query = self.query;
        if removed && !query.removed {
            return Verdict::LeftOut;
        }
        let matches = self.is_asked_for && query.conditions.iter().all(|condition| condition.matches(entry));
        match matches && self.is_in_time(entry.published) {
            true if !query.invert => Verdict::Selected,
            false if query.invert => Verdict::Selected,
            false if matches && entry.published.is_none() => Verdict::Untimed,
            _ => Verdict::LeftOut,
        }
    }

    /// Whether a time is one that is asked for. An entry without a time is in no span.
    fn is_in_time(&self, published: Option<DateTime<Utc>>) -> bool {
        self.bounds.is_none_or(|bounds| published.is_some_and(|time| bounds.contains(time)))
    }
}

/// By what the entries of a query are sorted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SortKey {
    /// In the order of time, entries without a time come last, also in reverse.
    last: bool,
    /// Its time, in the order of time alone; then the position of its page; then its own.
    key: (Option<DateTime<Utc>>, usize, i64),
}

impl SortKey {
    /// The key of an entry: its time, the position of its page among the pages, and its own on that page.
    pub(crate) fn new(
        order: Order,
        time: Option<DateTime<Utc>>,
        page: usize,
        position: i64,
        newest_first: bool,
    ) -> Self {
        match order {
            Order::Page => Self { last: false, key: (None, page, position) },
            Order::Time => {
                let position = if newest_first { -position } else { position };
                Self { last: time.is_none(), key: (time, page, position) }
            }
        }
    }

    pub(super) fn compare(&self, other: &Self, reverse: bool) -> Ordering {
        let keys = self.key.cmp(&other.key);
        self.last.cmp(&other.last).then(if reverse { keys.reverse() } else { keys })
    }
}

/// Whether a live blog's newest entry is its first, as on most live pages; so too where its times do not show it.
pub(super) fn is_newest_first(blog: &LiveBlog) -> bool {
    newest_first(blog.entries.iter().filter_map(|entry| entry.published)).unwrap_or(true)
}

/// Whether times run from the newest to the oldest, by most steps from one to the next; `None` if as many run either
/// way.
pub fn newest_first(times: impl IntoIterator<Item = DateTime<Utc>>) -> Option<bool> {
    let mut steps = Steps::default();
    times.into_iter().enumerate().for_each(|(position, time)| steps.add(position, time));
    steps.newest_first()
}

/// The steps from one entry to the next: how many go down in time, and how many up.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Steps {
    down: usize,
    up: usize,
    last: Option<(usize, DateTime<Utc>)>,
}

impl Steps {
    /// Adds an entry by its position on the page. Entries that do not come in its order take a step back.
    pub(super) fn add(&mut self, position: usize, time: DateTime<Utc>) {
        if let Some((above, time_above)) = self.last {
            let (on_page, in_time) = (above.cmp(&position), time_above.cmp(&time));
            self.up += usize::from(in_time.is_ne() && on_page == in_time);
            self.down += usize::from(in_time.is_ne() && on_page == in_time.reverse());
        }
        self.last = Some((position, time));
    }

    pub(super) fn newest_first(self) -> Option<bool> {
        (self.down != self.up).then_some(self.down > self.up)
    }
}
