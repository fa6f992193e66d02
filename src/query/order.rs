//! Orders: the rows of pages that were read, one after another, in the order that a query asks for.

use std::cmp::Ordering;
use std::rc::Rc;

use chrono::{DateTime, Utc};

use super::{Order, Query, Selected, Verdict};
use crate::model::{LiveBlog, PageHead, Row};

impl Query {
    /// Selects among the entries of pages that were read, each under its name, and gives the rows to `each`, with what
    /// else their pages tell.
    ///
    /// In the order of the input each page is let go before the next is asked for; another order, or the reverse, holds
    /// all rows that match.
    ///
    /// # Errors
    /// What `each` fails with, at once.
    pub fn select<E>(
        &self,
        pages: impl IntoIterator<Item = (String, LiveBlog)>,
        mut each: impl FnMut(&PageHead, Row) -> Result<(), E>,
    ) -> Result<Selected, E> {
        let limit = self.limit.unwrap_or(usize::MAX);
        let (mut selected, mut held) = (Selected::default(), Vec::new());
        let conditions = self.conditions();
        for (page, (name, blog)) in pages.into_iter().enumerate() {
            let on_page = conditions.on_page(&name, blog.zone, blog.last());
            let times = blog.entries.iter().filter_map(|entry| entry.published);
            let newest_first = newest_first(times).unwrap_or(true);
            let head = Rc::new(blog.head(&name));
            for (place, row) in (0..).zip(blog.into_rows(&name)) {
                match on_page.judge(&row.entry, row.removed) {
                    Verdict::LeftOut => {}
                    Verdict::Untimed => selected.untimed += 1,
                    Verdict::Selected if self.holds_back() => {
                        let turn = Turn::new(self.order, row.entry.published, page, place, newest_first);
                        held.push((turn, (Rc::clone(&head), row)));
                    }
                    Verdict::Selected if selected.entries < limit => {
                        selected.entries += 1;
                        each(&head, row)?;
                    }
                    Verdict::Selected => {}
                }
            }
        }
        self.sort(&mut held);
        for (_, (head, row)) in held.into_iter().take(limit) {
            selected.entries += 1;
            each(&head, row)?;
        }
        Ok(selected)
    }

    /// Puts what was found in the order that is asked for, each by its turn.
    pub(crate) fn sort<T>(&self, found: &mut [(Turn, T)]) {
        found.sort_by(|(one, _), (other, _)| one.compare(other, self.reverse));
    }

    /// Whether the first row is known only once all have been seen.
    fn holds_back(&self) -> bool {
        self.reverse || self.order == Order::Time
    }
}

/// When it is an entry's turn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Turn {
    /// In the order of time, entries without a time come last, whichever way that order runs.
    last: bool,
    /// Its time, in the order of time alone; then the place of its page; then its own.
    key: (Option<DateTime<Utc>>, usize, i64),
}

impl Turn {
    /// The turn of an entry by its time, the place of its page among the pages, and its own place on that page.
    pub(crate) fn new(order: Order, time: Option<DateTime<Utc>>, page: usize, place: i64, newest_first: bool) -> Self {
        match order {
            Order::Page => Self { last: false, key: (None, page, place) },
            Order::Time => Self { last: time.is_none(), key: (time, page, if newest_first { -place } else { place }) },
        }
    }

    fn compare(&self, other: &Self, reverse: bool) -> Ordering {
        let keys = self.key.cmp(&other.key);
        self.last.cmp(&other.last).then(if reverse { keys.reverse() } else { keys })
    }
}

/// Whether a page tells its newest entry first, as live pages do: what most steps from one time to the next say.
/// `None` if the times do not tell.
pub fn newest_first(times: impl IntoIterator<Item = DateTime<Utc>>) -> Option<bool> {
    let (mut down, mut up) = (0, 0);
    let mut above: Option<DateTime<Utc>> = None;
    for time in times {
        match above.map(|above| above.cmp(&time)) {
            Some(Ordering::Greater) => down += 1,
            Some(Ordering::Less) => up += 1,
            _ => {}
        }
        above = Some(time);
    }
    (down != up).then_some(down > up)
}
