//! What to select and in which order, asked of files and of the archive alike.
//!
//! Nothing here reads a file, a clock or a database: a [`Query`] is a plain value, and what it selects follows from it
//! and from the entries alone.

mod condition;
mod count;
mod pages;
mod pattern;
mod selection;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

pub use crate::time::when::{NoTimeInName, NotATime, When};
pub use crate::time::zone::{UnknownZone, region};

pub(crate) use condition::fold;
pub use condition::{Condition, Needles, Property, TextField};
pub use count::{Counts, GroupBy, GroupCount, UnknownGroup};
pub(crate) use pages::SortKey;
pub use pages::{PageQuery, PreparedQuery, Verdict, newest_first};
pub use pattern::{Pattern, PatternError};
pub use selection::Selection;

/// Which entries are asked for, in which order, and how many.
///
/// All conditions must be true. Texts are compared with their case folded as Unicode defines it, so that `STRASSE`
/// finds `Straße`.
///
/// ```
/// use liveblog::query::{Order, Query, TextField};
///
/// let now = "2023-06-20T00:00:00Z".parse()?;
/// let query = Query::new(now)
///     .contains(TextField::Author, ["stephen", "sue"]) // one of the two
///     .contains(TextField::Title, ["tunnel"])
///     .since("-2h".parse()?)
///     .order(Order::Time)
///     .limit(10);
/// assert_eq!(query.conditions.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Query {
    /// What must be true of an entry, all of it.
    pub conditions: Vec<Condition>,
    /// Published then or later.
    pub since: Option<When>,
    /// Published then or before.
    pub until: Option<When>,
    /// Published on that day.
    pub on: Option<When>,
    /// Of one of these live blogs, by [`Row::page`](crate::model::Row::page); an archive also takes an address, or a
    /// part of either that matches exactly one live blog. Empty: of any.
    pub pages: Vec<String>,
    /// As its live blog was then, by the captures that had been saved by the end of it; a bare time is the last such time
    /// that is not after the latest capture, else the one on its day. Only an archive knows earlier captures: elsewhere it has no meaning.
    pub at: Option<When>,
    /// The entries that all of the above would leave out, in place of those that they select.
    pub invert: bool,
    /// Also those that a later capture no longer had.
    pub removed: bool,
    /// The zone of times that name none; without it, each live blog's own.
    pub zone: Option<Tz>,
    /// From when relative times such as `-2h` are counted, UTC.
    pub now: DateTime<Utc>,
    /// In which order.
    pub order: Order,
    /// In reverse of that order.
    pub reverse: bool,
    /// At most so many, counted in the order asked for.
    pub limit: Option<usize>,
}

impl Query {
    /// All entries, page by page. `now` is the time from which `-2h` or `yesterday` are counted.
    pub fn new(now: DateTime<Utc>) -> Self {
        Self {
            conditions: Vec::new(),
            since: None,
            until: None,
            on: None,
            pages: Vec::new(),
            at: None,
            invert: false,
            removed: false,
            zone: None,
            now,
            order: Order::default(),
            reverse: false,
            limit: None,
        }
    }

    /// Only entries of which the condition is true.
    pub fn condition(mut self, condition: Condition) -> Self {
        self.conditions.push(condition);
        self
    }

    /// Only entries whose field contains one of the texts; without any text, no condition.
    pub fn contains(self, field: TextField, texts: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let needles = Needles::new(texts);
        if needles.is_empty() { self } else { self.condition(Condition::Contains(field, needles)) }
    }

    /// Only entries whose title, subtitle or body matches one of the patterns; without any pattern, no condition.
    pub fn matches(self, patterns: impl IntoIterator<Item = Pattern>) -> Self {
        let patterns: Vec<_> = patterns.into_iter().collect();
        if patterns.is_empty() { self } else { self.condition(Condition::Matches(patterns)) }
    }

    /// Only entries that are marked as breaking news.
    pub fn breaking(self) -> Self {
        self.condition(Condition::Breaking)
    }

    /// Only entries with the property.
    pub fn has(self, property: Property) -> Self {
        self.condition(Condition::Has(property))
    }

    /// Only entries published then or later.
    pub fn since(self, since: When) -> Self {
        Self { since: Some(since), ..self }
    }

    /// Only entries published then or before.
    pub fn until(self, until: When) -> Self {
        Self { until: Some(until), ..self }
    }

    /// Only entries published on that day.
    pub fn on(self, on: When) -> Self {
        Self { on: Some(on), ..self }
    }

    /// Only entries of these live blogs: [`Query::pages`].
    pub fn pages(self, pages: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { pages: pages.into_iter().map(Into::into).collect(), ..self }
    }

    /// Entries of an archive as their live blogs were then: [`Query::at`].
    pub fn at(self, at: When) -> Self {
        Self { at: Some(at), ..self }
    }

    /// The entries that the conditions, times and pages would leave out.
    pub fn invert(self) -> Self {
        Self { invert: true, ..self }
    }

    /// Also entries that a later capture no longer had.
    pub fn removed(self) -> Self {
        Self { removed: true, ..self }
    }

    /// Times that name no zone are in this one.
    pub fn zone(self, zone: Tz) -> Self {
        Self { zone: Some(zone), ..self }
    }

    /// In this order.
    pub fn order(self, order: Order) -> Self {
        Self { order, ..self }
    }

    /// In reverse order.
    pub fn reverse(self) -> Self {
        Self { reverse: true, ..self }
    }

    /// At most so many entries.
    pub fn limit(self, limit: usize) -> Self {
        Self { limit: Some(limit), ..self }
    }
}

/// In which order entries come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// Page by page, in the order of the input, of an archive by name; entries as on the page.
    #[default]
    Page,
    /// As they happened, all live blogs together; equal times oldest first; entries without a time last.
    Time,
}

/// How many entries a query selected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Selected {
    /// How many entries were selected, [`Query::limit`] taken into account.
    pub entries: usize,
    /// How many were left out only because they have no time, and the query asks for one.
    pub untimed: usize,
    /// How many were selected with words that only a capture after [`Query::at`] shows: the pages before were cut off in
    /// them, or they grew at the end of the page.
    pub completed: usize,
}
