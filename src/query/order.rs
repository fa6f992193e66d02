//! Orders: the rows of pages that were read, one after another, in the order that a query asks for.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};

use super::{Order, Query, Selected, Verdict};
use crate::model::{Entry, LiveBlog, Row};

impl Query {
    /// Selects among the entries of pages that were read, each under its name, and gives the rows to `each`.
    ///
    /// In the order of the input each page is let go before the next is asked for; another order, or the reverse, holds
    /// all rows that match.
    ///
    /// # Errors
    /// What `each` fails with, at once.
    pub fn select<E>(
        &self,
        pages: impl IntoIterator<Item = (String, LiveBlog)>,
        mut each: impl FnMut(Row) -> Result<(), E>,
    ) -> Result<Selected, E> {
        let limit = self.limit.unwrap_or(usize::MAX);
        let (mut selected, mut held) = (Selected::default(), Vec::new());
        for (page, (name, blog)) in pages.into_iter().enumerate() {
            let conditions = self.on_page(&name, blog.zone, blog.last());
            let newest_first = newest_first(&blog.entries);
            for (index, row) in blog.into_rows(&name).enumerate() {
                match conditions.judge(&row.entry, row.removed) {
                    Verdict::LeftOut => {}
                    Verdict::Untimed => selected.untimed += 1,
                    Verdict::Selected if self.holds_back() => {
                        held.push((Turn::of(&row.entry, self.order, page, index, newest_first), row));
                    }
                    Verdict::Selected if selected.entries < limit => {
                        selected.entries += 1;
                        each(row)?;
                    }
                    Verdict::Selected => {}
                }
            }
        }
        held.sort_by(|(one, _), (other, _)| one.compare(other, self.reverse));
        for (_, row) in held.into_iter().take(limit) {
            selected.entries += 1;
            each(row)?;
        }
        Ok(selected)
    }

    /// Whether the first row is known only once all have been seen.
    fn holds_back(&self) -> bool {
        self.reverse || self.order == Order::Time
    }
}

/// When it is an entry's turn.
struct Turn {
    /// In the order of time, entries without a time come last, whichever way that order runs.
    last: bool,
    /// Its time, in the order of time alone; then the place of its page; then its own.
    key: (Option<DateTime<Utc>>, usize, isize),
}

impl Turn {
    fn of(entry: &Entry, order: Order, page: usize, index: usize, newest_first: bool) -> Self {
        let index = index.cast_signed();
        match order {
            Order::Page | Order::Best => Self { last: false, key: (None, page, index) },
            Order::Time => {
                let index = if newest_first { -index } else { index };
                Self { last: entry.published.is_none(), key: (entry.published, page, index) }
            }
        }
    }

    fn compare(&self, other: &Self, reverse: bool) -> Ordering {
        let keys = self.key.cmp(&other.key);
        self.last.cmp(&other.last).then(if reverse { keys.reverse() } else { keys })
    }
}

/// Whether a page tells its newest entry first, as live pages do unless most of their times say otherwise.
pub fn newest_first(entries: &[Entry]) -> bool {
    let times: Vec<_> = entries.iter().filter_map(|entry| entry.published).collect();
    let steps = |down: fn(&DateTime<Utc>, &DateTime<Utc>) -> bool| {
        times.windows(2).filter(|two| down(&two[0], &two[1])).count()
    };
    steps(PartialOrd::gt) >= steps(PartialOrd::lt)
}
