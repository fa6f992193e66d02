//! What to select and in which order, asked of files and of the archive alike.
//!
//! Nothing here reads a file, a clock or a database: a [`Query`] is a plain value, and what it selects follows from it
//! and from the entries alone.

mod condition;
mod conditions;
mod order;
mod smart_case;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use regex::Regex;

pub use crate::time::region::{NoSuchZone, read as parse_zone};
pub use crate::time::when::{NotATime, When};

pub(crate) use condition::fold;
pub use condition::{Condition, Sql, Texts};
pub use conditions::{Conditions, OnPage, Verdict};
pub(crate) use order::Turn;
pub use order::newest_first;
pub use smart_case::smart_case;

/// Which entries are asked for, in which order, and how many.
///
/// Conditions of different kinds must all hold; of several texts of one kind, any. Texts are compared with their case
/// folded as Unicode lays down, so that `STRASSE` finds `Straße`.
///
/// ```
/// use liveblog::query::{Order, Query};
///
/// let query = Query { authors: vec!["stephen".into()], order: Order::Time, limit: Some(10), ..Query::default() };
/// assert!(!query.invert);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The author or one of the co-authors holds one of these.
    pub authors: Vec<String>,
    /// The role holds one of these.
    pub roles: Vec<String>,
    /// The title holds one of these.
    pub titles: Vec<String>,
    /// The label holds one of these.
    pub labels: Vec<String>,
    /// The credit of one of the images holds one of these.
    pub image_sources: Vec<String>,
    /// The title, the subtitle or the body matches; [`smart_case`] makes it from a user's words.
    pub text: Option<Regex>,
    /// Marked as breaking news.
    pub breaking: bool,
    /// With each of these properties.
    pub has: Vec<Property>,
    /// Published then or later.
    pub since: Option<When>,
    /// Published then or before.
    pub until: Option<When>,
    /// Published on that day.
    pub on: Option<When>,
    /// Of one of these live blogs, by [`Row::page`](crate::model::Row::page); an archive also takes an address, or a
    /// part of either that fits one live blog alone.
    pub pages: Vec<String>,
    /// The entries that all conditions above would leave out, in place of those that they keep.
    pub invert: bool,
    /// Also those that a later capture no longer had.
    pub removed: bool,
    /// The zone of times that name none; without it, each live blog's own.
    pub zone: Option<Tz>,
    /// From when relative times are counted, UTC.
    pub now: DateTime<Utc>,
    /// In which order.
    pub order: Order,
    /// In reverse of that order.
    pub reverse: bool,
    /// No more than so many, counted in the order asked for.
    pub limit: Option<usize>,
}

/// Something that an entry has or has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Property {
    /// An image.
    Image,
    /// Video or audio.
    Media,
    /// A list in the body.
    List,
    /// A quote in the body.
    Quote,
    /// A post of another site in the body.
    Embed,
    /// An author.
    Author,
}

/// In which order entries come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// Page by page, in the order of the input, of an archive by name; entries as on the page.
    #[default]
    Page,
    /// As they happened, all live blogs in one line; equal times oldest first; entries without a time last.
    Time,
}

/// What came of a query.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Selected {
    /// How many entries were selected, [`Query::limit`] taken into account.
    pub entries: usize,
    /// How many were left out only because they have no time, where the query asks for one.
    pub untimed: usize,
}
