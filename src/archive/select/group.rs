//! Counting in groups: SQL counts the entries that are alike in what the groups depend on.

use rusqlite::Row;

use crate::archive::columns::{Columns, from_json_name, parse_local};
use crate::archive::{Archive, Error};
use crate::model::{Entry, Layout};
use crate::query::{Counts, GroupBy, Query, Selected};

/// A column that groups depend on, and which of them.
type GroupColumn = (&'static str, fn(GroupBy) -> bool);

/// The columns of [`Alike`], but for the count: what no group depends on is not looked at, so that entries which
/// differ in it alone are counted together.
const COLUMNS: [GroupColumn; 9] = [
    ("page.name", |_| true),
    ("page.layout", |_| true),
    ("entry.published", GroupBy::is_time),
    ("entry.published_local", GroupBy::is_time),
    ("byline.author", |by| by == GroupBy::Author),
    ("byline.role", |by| by == GroupBy::Role),
    ("byline.co_authors", |by| by == GroupBy::Author),
    ("entry.label", |by| by == GroupBy::Label),
    ("entry.images", |by| matches!(by, GroupBy::ImageSource | GroupBy::HasImage)),
];

/// Entries that are alike in all that groups depend on.
struct Alike {
    page: String,
    layout: Layout,
    /// With these values alone.
    entry: Entry,
    entries: usize,
    /// The columns that cannot be read.
    unread: Vec<String>,
}

impl Archive {
    /// Counts the entries that a query selects, in groups; [`Query::limit`] is not taken into account.
    ///
    /// ```
    /// # use liveblog::archive::{Archive, Capture};
    /// # use liveblog::{Document, ParseOptions, parse};
    /// # let directory = tempfile::tempdir()?;
    /// # let mut archive = Archive::open(&directory.path().join("archive.db"))?;
    /// # let now = "2023-06-20T12:30:00Z".parse()?;
    /// # let page = "Flood gatepublished at 12:00 GMT 20 June 2023\n\nAda Example\nReporter\n\nThe gate is shut.\n";
    /// # let document = Document::from_text("flood.txt", page);
    /// # archive.store(&Capture::new(&document, &parse(&document, &ParseOptions::new(now))?, now))?;
    /// use liveblog::query::{GroupBy, Query};
    ///
    /// let (selected, counts) = archive.count_by(&Query::new("2023-06-20T14:00:00Z".parse()?), &[GroupBy::Author])?;
    /// let rows = counts.into_rows();
    /// assert_eq!((selected.entries, rows[0].values[0].as_deref(), rows[0].count), (1, Some("Ada Example"), 1));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the archive cannot be read, or has no live blog that the query names.
    pub fn count_by(&self, query: &Query, by: &[GroupBy]) -> Result<(Selected, Counts), Error> {
        let to_error = |error| self.to_error(error);
        self.with_finder(query, None, |finder, query| {
            let mut selected = finder.left_out().map_err(to_error)?;
            let mut counts = Counts::new(by, query.zone);
            let columns =
                COLUMNS.map(|(column, matters)| if by.iter().copied().any(matters) { column } else { "NULL" });
            for alike in finder.groups(&columns, read).map_err(to_error)? {
                self.unread.add(&alike.page, None, alike.unread);
                selected.entries += alike.entries;
                counts.add(&alike.page, alike.layout, &alike.entry, alike.entries);
            }
            Ok((selected, counts))
        })
    }
}

fn read(row: &Row) -> rusqlite::Result<Alike> {
    let mut columns = Columns::new(row);
    let page = columns.text()?.unwrap_or_default();
    let layout = columns.parse_column(from_json_name)?.unwrap_or_default();
    let entry = Entry {
        published: columns.instant()?,
        published_local: columns.parse_column(|text| parse_local(text).ok_or(()))?,
        author: columns.text()?,
        role: columns.text()?,
        co_authors: columns.json()?,
        label: columns.text()?,
        images: columns.json()?,
        ..Entry::default()
    };
    Ok(Alike { page, layout, entry, entries: columns.count()?, unread: columns.into_unread() })
}
