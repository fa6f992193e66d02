//! A selection under way: live blogs and rows are added, and what matches comes out in the query's order.

use std::rc::Rc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::pages::{SortKey, Steps, is_newest_first};
use super::{PageQuery, PreparedQuery, Query, Selected, Verdict};
use crate::model::{LiveBlog, PageHead, Row};

/// What a query selects of live blogs, and of rows that are read one by one.
///
/// In the order of the input, what matches is passed on at once; any other order, and the reverse, needs all matching
/// rows in memory.
///
/// ```
/// use liveblog::query::{Query, Selection};
/// # use liveblog::{Document, ParseOptions, parse};
/// # let page = "1. Tunnel reopenspublished at 14:27 British Summer Time 19 June 2023\n\nIt did.\n";
/// # let now = "2023-06-20T00:00:00Z".parse()?;
/// # let blog = parse(&Document::from_text("page.txt", page), &ParseOptions::new(now))?;
///
/// let query = Query::new(now);
/// let mut titles = Vec::new();
/// let mut each = |_: &_, row: liveblog::model::Row| {
///     titles.extend(row.entry.title);
///     Ok::<_, std::fmt::Error>(())
/// };
/// let mut selection = Selection::new(&query);
/// selection.add_live_blog("tunnel", blog, &mut each)?;
/// assert_eq!(selection.finish(each)?.entries, 1);
/// assert_eq!(titles, ["Tunnel reopens"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Selection<'q> {
    prepared: PreparedQuery<'q>,
    selected: Selected,
    /// What is passed on once everything was seen.
    waiting: Vec<Waiting>,
    /// The pages, each with its direction, by which equal times are ordered.
    pages: Vec<Direction>,
    /// How many rows were seen.
    position: i64,
}

/// Whether a page has its newest entry first.
#[derive(Debug)]
enum Direction {
    Known(bool),
    /// By those of its rows that are selected.
    Seen(Steps),
}

impl Direction {
    /// As on most live pages, where the rows do not show it.
    fn newest_first(&self) -> bool {
        match self {
            Self::Known(newest_first) => *newest_first,
            Self::Seen(steps) => steps.newest_first().unwrap_or(true),
        }
    }
}

/// A row that waits to be sorted, with the position of its page among the pages, and its own.
#[derive(Debug)]
struct Waiting {
    page: usize,
    position: i64,
    head: Rc<PageHead>,
    row: Row,
}

impl<'q> Selection<'q> {
    /// Begins a selection.
    pub fn new(query: &'q Query) -> Self {
        let (waiting, pages) = (Vec::new(), Vec::new());
        Self { prepared: query.prepare(), selected: Selected::default(), waiting, pages, position: 0 }
    }

    /// Adds a live blog by its name; what matches goes to `each`, unless its place is not known yet.
    ///
    /// # Errors
    /// The first error of `each`, which ends the selection.
    pub fn add_live_blog<E>(
        &mut self,
        name: &str,
        blog: LiveBlog,
        each: &mut impl FnMut(&PageHead, Row) -> Result<(), E>,
    ) -> Result<(), E> {
        let on_page = self.on_page(name, blog.zone, blog.last());
        let page = self.add_page(Direction::Known(is_newest_first(&blog)));
        let head = Rc::new(blog.head(name));
        blog.into_rows(name).try_for_each(|row| self.add_row(page, &on_page, &head, row, each))
    }

    /// Passes on what waited, and returns how many entries were selected.
    ///
    /// # Errors
    /// The first error of `each`.
    pub fn finish<E>(mut self, mut each: impl FnMut(&PageHead, Row) -> Result<(), E>) -> Result<Selected, E> {
        let query = self.prepared.query();
        let newest_first: Vec<_> = self.pages.iter().map(Direction::newest_first).collect();
        let key = |Waiting { page, position, row, .. }: &Waiting| {
            SortKey::new(query.order, row.entry.published, *page, *position, newest_first[*page])
        };
        let mut found: Vec<_> = self.waiting.into_iter().map(|waiting| (key(&waiting), waiting)).collect();
        query.sort(&mut found);
        for (_, Waiting { head, row, .. }) in found.into_iter().take(query.limit.unwrap_or(usize::MAX)) {
            self.selected.entries += 1;
            each(&head, row)?;
        }
        Ok(self.selected)
    }

    /// The query.
    pub(crate) fn query(&self) -> &'q Query {
        self.prepared.query()
    }

    /// The query as it applies to a page.
    pub(crate) fn on_page(&self, name: &str, zone: Option<Tz>, last: Option<DateTime<Utc>>) -> PageQuery<'q> {
        self.prepared.on_page(name, zone, last)
    }

    /// Adds a page whose rows come one by one, and returns its position among the pages.
    pub(crate) fn add_page_of_rows(&mut self) -> usize {
        self.add_page(Direction::Seen(Steps::default()))
    }

    fn add_page(&mut self, direction: Direction) -> usize {
        self.pages.push(direction);
        self.pages.len() - 1
    }

    /// Adds a row of a page.
    pub(crate) fn add_row<E>(
        &mut self,
        page: usize,
        on_page: &PageQuery,
        head: &Rc<PageHead>,
        row: Row,
        each: &mut impl FnMut(&PageHead, Row) -> Result<(), E>,
    ) -> Result<(), E> {
        let query = self.prepared.query();
        self.position += 1;
        match on_page.judge(&row.entry, row.removed) {
            Verdict::LeftOut => {}
            Verdict::Untimed => self.selected.untimed += 1,
            Verdict::Selected if query.needs_all_rows() => {
                if let (Direction::Seen(steps), Some(time)) = (&mut self.pages[page], row.entry.published) {
                    steps.add(row.entry.number, time);
                }
                self.waiting.push(Waiting { page, position: self.position, head: Rc::clone(head), row });
            }
            Verdict::Selected if self.selected.entries < query.limit.unwrap_or(usize::MAX) => {
                self.selected.entries += 1;
                each(head, row)?;
            }
            Verdict::Selected => {}
        }
        Ok(())
    }

    /// Whether no further row can change what is selected.
    pub(crate) fn is_complete(&self) -> bool {
        let query = self.prepared.query();
        !query.needs_all_rows()
            && !query.asks_for_time()
            && query.limit.is_some_and(|limit| self.selected.entries >= limit)
    }
}
