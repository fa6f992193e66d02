//! What the archive has of a live blog beside its entries: the columns of its head, and how captures fill them.

use rusqlite::{Connection, Result, ToSql, named_params};

use super::columns::{Columns, UnreadRows, from_json_name, json_column, json_name, utc};
use super::positions::EntryPosition;
use super::{Archive, Error, identity};
use crate::model::{Coverage, LiveBlog, PageHead};
use crate::query::newest_first;

/// A column of `page` that comes from the live blog of a capture.
struct Column {
    name: &'static str,
    value: fn(&LiveBlog) -> Option<String>,
    /// How the values of several captures become one; `:name` is that of the new capture, `:is_older` says whether a
    /// later one is stored.
    merge: fn(name: &str) -> String,
}

/// Of two captures that have a value, the later one.
fn latest(name: &str) -> String {
    format!("iif(:is_older, coalesce({name}, :{name}), coalesce(:{name}, {name}))")
}

/// Every capture has a layout: that of the latest one.
fn latest_or_empty(name: &str) -> String {
    format!("iif(:is_older, coalesce(nullif({name}, ''), :{name}), :{name})")
}

fn earliest_time(name: &str) -> String {
    format!("coalesce(min({name}, :{name}), {name}, :{name})")
}

fn latest_time(name: &str) -> String {
    format!("coalesce(max({name}, :{name}), {name}, :{name})")
}

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    Column { name: "url", value: |blog| blog.url.clone(), merge: latest },
    Column { name: "title", value: |blog| blog.title.clone(), merge: latest },
    Column { name: "standfirst", value: |blog| blog.standfirst.clone(), merge: latest },
    Column { name: "authors", value: |blog| json_column(&blog.authors), merge: latest },
    Column { name: "summary", value: |blog| json_column(&blog.summary), merge: latest },
    Column { name: "media", value: |blog| json_column(&blog.media), merge: latest },
    Column { name: "zone", value: |blog| blog.zone.map(|zone| zone.name().to_owned()), merge: latest },
    Column { name: "layout", value: |blog| json_name(blog.layout), merge: latest_or_empty },
    Column { name: "reports_from", value: |blog| blog.coverage.start.map(utc), merge: earliest_time },
    Column { name: "reports_to", value: |blog| blog.coverage.end.map(utc), merge: latest_time },
];

/// A part of SQL for each of [`COLUMNS`].
fn join_columns(separator: &str, sql: impl Fn(&Column) -> String) -> String {
    COLUMNS.iter().map(sql).collect::<Vec<_>>().join(separator)
}

/// The values of a live blog by the names of parameters.
struct NamedValues(Vec<(String, Option<String>)>);

impl NamedValues {
    fn new(blog: &LiveBlog) -> Self {
        Self(COLUMNS.iter().map(|column| (format!(":{}", column.name), (column.value)(blog))).collect())
    }

    /// These parameters and others.
    fn with<'v>(&'v self, others: &[(&'v str, &'v dyn ToSql)]) -> Vec<(&'v str, &'v dyn ToSql)> {
        let own = self.0.iter().map(|(name, value)| (name.as_str(), value as &dyn ToSql));
        own.chain(others.iter().copied()).collect()
    }
}

/// Writes the head of a live blog: what the latest capture has, and what only earlier ones have. `order` are all entries.
pub(super) fn write(
    db: &Connection,
    page: i64,
    blog: &LiveBlog,
    is_older: bool,
    order: &[EntryPosition],
) -> Result<()> {
    let address = blog.url.as_deref().map(identity::address);
    let times = || order.iter().filter_map(|position| position.published);
    let (last, newest_first) = (times().max().map(utc), newest_first(times()).unwrap_or(true));
    let merges = join_columns(", ", |Column { name, merge, .. }| format!("{name} = {}", merge(name)));
    let sql = format!(
        "UPDATE page SET
             address = coalesce(address, (SELECT :address WHERE NOT EXISTS (SELECT 1 FROM page WHERE address = :address))),
             last = :last, newest_first = :newest_first, {merges}
         WHERE id = :page"
    );
    let values = NamedValues::new(blog);
    let others = named_params! {
        ":page": page, ":is_older": is_older, ":address": address, ":last": last, ":newest_first": newest_first,
    };
    db.prepare_cached(&sql)?.execute(&values.with(others)[..]).map(drop)
}

/// Removes what captures filled in.
pub(super) fn clear(db: &Connection, page: i64) -> Result<()> {
    // The layout may not be null.
    let cleared = join_columns(", ", |Column { name, .. }| match *name {
        "layout" => "layout = ''".to_owned(),
        name => format!("{name} = NULL"),
    });
    db.prepare_cached(&format!("UPDATE page SET {cleared} WHERE id = ?"))?.execute([page]).map(drop)
}

/// Whether the head of a live blog with one capture is that of `blog`.
pub(super) fn is_same(db: &Connection, page: i64, blog: &LiveBlog) -> Result<bool> {
    let same = join_columns(" AND ", |Column { name, .. }| format!("page.{name} IS :{name}"));
    let sql = format!(
        "SELECT 1 FROM page JOIN capture ON capture.page = page.id
         WHERE page.id = :page AND capture.captured IS :captured AND page.last IS :last AND {same}"
    );
    let (captured, last) = (blog.captured.map(utc), blog.last().map(utc));
    let values = NamedValues::new(blog);
    let others = named_params! { ":page": page, ":captured": captured, ":last": last };
    db.prepare_cached(&sql)?.exists(&values.with(others)[..])
}

impl Archive {
    /// Returns what the live blog with exactly that name has beside its entries, which a document about it begins with.
    ///
    /// ```
    /// # use liveblog::archive::{Archive, Capture};
    /// # use liveblog::{Document, ParseOptions, parse};
    /// # let directory = tempfile::tempdir()?;
    /// # let mut archive = Archive::open(&directory.path().join("archive.db"))?;
    /// # for (hour, word) in [(12, "shut"), (13, "open")] {
    /// #     let page = format!("Flood gatepublished at 12:00 GMT 20 June 2023\n\nThe gate is {word}.\n");
    /// #     let document = Document::from_text("flood.txt", &page);
    /// #     let now = format!("2023-06-20T{hour}:30:00Z").parse()?;
    /// #     archive.store(&Capture::new(&document, &parse(&document, &ParseOptions::new(now))?, now))?;
    /// # }
    /// assert_eq!(archive.head("flood")?.page, "flood");
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the archive cannot be read, or has no such live blog.
    pub fn head(&self, page: &str) -> Result<PageHead, Error> {
        self.read_head(page, &self.unread)
    }

    /// Reads a head; what cannot be read is added to `unread`.
    pub(super) fn read_head(&self, page: &str, unread: &UnreadRows) -> Result<PageHead, Error> {
        let sql = "SELECT title, standfirst, authors, url, layout, zone, reports_from, reports_to, summary, media
                   FROM page WHERE name = ?";
        let head = self.connection.prepare_cached(sql).and_then(|mut head| {
            head.query_row([page], |row| {
                let mut columns = Columns::new(row);
                let head = PageHead {
                    page: page.to_owned(),
                    title: columns.text()?,
                    standfirst: columns.text()?,
                    authors: columns.json()?,
                    url: columns.text()?,
                    layout: columns.parse_column(from_json_name)?.unwrap_or_default(),
                    zone: columns.parse_column(str::parse)?,
                    coverage: Coverage { start: columns.instant()?, end: columns.instant()? },
                    summary: columns.json()?,
                    media: columns.json()?,
                };
                unread.add(page, None, columns.into_unread());
                Ok(head)
            })
        });
        head.map_err(|error| match error {
            rusqlite::Error::QueryReturnedNoRows => Error::NoSuchPage { name: page.to_owned(), close: Vec::new() },
            error => self.to_error(error),
        })
    }
}
