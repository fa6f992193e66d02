//! Checking an archive: whether the file is whole, and whether its entries still are those of its originals.

use rusqlite::{Connection, Result};

use super::capture::{Original, capture_rows, read_original};
use super::columns::UnreadRows;
use super::fts::{self, IndexState};
use super::stored_page::{CaptureRow, StoredPage};
use super::wording::{Cut, words};
use super::{Archive, Error, Unread};
use crate::model::{Entry, LiveBlog};

/// What was checked, and what is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many live blogs there are.
    pub pages: usize,
    /// How many captures there are.
    pub captures: usize,
    /// How many entries there are.
    pub entries: usize,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// Something that is wrong with an archive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// SQLite finds the file damaged.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// The full-text index has other words than the entries.
    #[error("the full-text index does not hold the words of the entries")]
    Index,
    /// The index could not be compared with the entries.
    #[error("the archive is read-only, so its full-text index was not compared with the entries")]
    IndexUnchecked,
    /// The last entries are not in the full-text index yet: pages are being stored.
    #[error("pages are being stored, so the full-text index was not compared with the entries; {0} are not in it yet")]
    IndexUnfinished(usize),
    /// A stored original is not the page that was captured.
    #[error("{page}: the stored original of {capture} is corrupt (checksum mismatch)")]
    Original {
        /// The live blog.
        page: String,
        /// The file or record that was stored.
        capture: String,
    },
    /// An original gives no entries any more.
    #[error("{page}: no entries are found in {capture} any more")]
    Unread {
        /// The live blog.
        page: String,
        /// The file or record that was stored.
        capture: String,
    },
    /// Values that cannot be read; they are left out of all that is returned.
    #[error("{0}")]
    Unreadable(Unread),
    /// Parsing an original gives other entries than those stored.
    #[error("{page}: re-parsing {capture} gives different entries")]
    Entries {
        /// The live blog.
        page: String,
        /// The file or record that was stored.
        capture: String,
    },
}

impl Archive {
    /// Checks the file, the full-text index, the originals, and that parsing each original still gives the stored
    /// entries. `parse` parses a page; it returns `None` where there is no live blog.
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
    /// let checked = archive.check(|original| {
    ///     let options = ParseOptions::new(original.kept).zone(original.zone).layout(original.layout);
    ///     parse(&original.document, &options).ok()
    /// })?;
    /// assert_eq!((checked.captures, checked.problems), (2, vec![]));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the archive is too damaged to be read through.
    pub fn check(&self, mut parse: impl FnMut(&Original) -> Option<LiveBlog>) -> Result<Checked, Error> {
        let to_error = |error| self.to_error(error);
        let db = &self.connection;
        let mut checked = Checked::default();
        checked.problems.extend(damages(db).into_iter().map(Problem::Damaged));
        let completed = self.complete_index_if_free();
        match completed.map_or_else(Err, |()| fts::check(db).map_err(to_error)) {
            Ok(IndexState::Whole) => {}
            Ok(IndexState::Unfinished) => checked.problems.push(Problem::IndexUnfinished(self.unindexed()?)),
            Ok(IndexState::Broken) => checked.problems.push(Problem::Index),
            Err(Error::ReadOnly(_) | Error::Full(_)) => checked.problems.push(Problem::IndexUnchecked),
            Err(Error::Damaged { .. }) => checked.problems.push(Problem::Index),
            Err(error) => return Err(error),
        }
        let unread = UnreadRows::default();
        let _snapshot = db.unchecked_transaction().map_err(to_error)?;
        for page in self.all_pages().map_err(to_error)? {
            let stored_page = StoredPage::load(db, page.id).map_err(to_error)?;
            unread.extend(stored_page.unread.iter().cloned());
            unread.add(&page.name, None, page.unread);
            self.read_head(&page.name, &unread)?;
            checked.pages += 1;
            checked.captures += stored_page.captures.len();
            checked.entries += stored_page.entries.len();
            for capture in capture_rows(db, page.id).map_err(to_error)? {
                let original = read_original(db, capture).map_err(to_error)?;
                unread.add(&page.name, None, original.unread.clone());
                checked.problems.extend(problem(&stored_page, original, &mut parse));
            }
        }
        checked.problems.extend(unread.to_vec().into_iter().map(Problem::Unreadable));
        Ok(checked)
    }
}

/// What SQLite finds wrong with the file.
fn damages(db: &Connection) -> Vec<String> {
    let lines = |sql: &str, column: usize| -> Result<Vec<String>> {
        let mut lines = db.prepare(sql)?;
        lines.query_map([], |row| row.get(column))?.collect()
    };
    let tables = lines("PRAGMA integrity_check", 0);
    let links = lines("PRAGMA foreign_key_check", 0);
    let damages = tables.unwrap_or_else(|error| vec![error.to_string()]);
    let links = match links.map(|rows| rows.len()) {
        Ok(0) => None,
        Ok(rows) => Some(format!("{rows} rows belong to others that are not there")),
        Err(error) => Some(error.to_string()),
    };
    damages.into_iter().filter(|line| line != "ok").chain(links).collect()
}

fn problem(
    stored_page: &StoredPage,
    original: Original,
    parse: impl FnOnce(&Original) -> Option<LiveBlog>,
) -> Option<Problem> {
    let blog = if original.intact { parse(&original) } else { None };
    let (intact, page, capture) = (original.intact, original.page, original.document.source);
    match blog {
        _ if !intact => Some(Problem::Original { page, capture }),
        None => Some(Problem::Unread { page, capture }),
        Some(blog) => {
            let same = stored_page
                .captures
                .iter()
                .any(|capture| capture.id == original.id && shows(stored_page, capture, &blog));
            (!same).then_some(Problem::Entries { page, capture })
        }
    }
}

/// Whether a page has the entries that are stored of a capture.
pub(super) fn shows(stored_page: &StoredPage, capture: &CaptureRow, blog: &LiveBlog) -> bool {
    let versions = stored_page.all_versions();
    blog.entries.len() == capture.shown.len()
        && blog.entries.iter().zip(&capture.shown).enumerate().all(|(index, (entry, shown))| {
            match versions.get(shown) {
                Some((from, stored)) if *from == capture.id => is_same(entry, stored),
                // The version was read from another capture: only the words are the same, and this page may be cut off.
                Some((_, stored)) => Cut::new(&blog.entries, index).part(&words(entry), &words(stored)).is_some(),
                None => false,
            }
        })
}

/// Whether two entries are the same but for their ids: the archive counts equal ones anew, over all captures.
fn is_same(one: &Entry, other: &Entry) -> bool {
    Entry { id: String::new(), ..one.clone() } == Entry { id: String::new(), ..other.clone() }
}
