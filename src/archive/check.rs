//! Checking an archive: whether the file is whole, and whether it still tells what its originals tell.

use std::collections::HashMap;

use rusqlite::{Connection, Result};

use super::known::{Known, KnownCapture};
use super::original::{Original, captures, original};
use super::unread::UnreadRows;
use super::wording::{Cut, words};
use super::{Archive, Error, Unread, search};
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
    #[error("the file is damaged: {0}\n  a backup can take its place")]
    Damaged(String),
    /// The full-text index tells other words than the entries.
    #[error("the full-text index does not hold the words of the entries\n  liveblog parse --again makes it anew")]
    Index,
    /// The index could not be compared with the entries.
    #[error("the archive is read-only, so its full-text index was not compared with the entries")]
    IndexUnchecked,
    /// An original is not the one that was kept.
    #[error("{page}: the original of {capture} is not as it was kept\n  a backup may still hold it")]
    Original {
        /// The live blog.
        page: String,
        /// The file or record that was kept.
        capture: String,
    },
    /// An original can no longer be read.
    #[error("{page}: no entries are found in {capture} any more")]
    Unread {
        /// The live blog.
        page: String,
        /// The file or record that was kept.
        capture: String,
    },
    /// Values that cannot be read; they are left out of all that is returned.
    #[error("{0}\n  liveblog parse --again reads it anew from its original")]
    Unreadable(Unread),
    /// An original gives other entries than those kept.
    #[error("{page}: {capture} gives other entries than those kept\n  liveblog parse --again takes them up")]
    Entries {
        /// The live blog.
        page: String,
        /// The file or record that was kept.
        capture: String,
    },
}

impl Archive {
    /// Checks the file, the full-text index, the originals, and that each original still gives the entries that are
    /// kept of it. `read` reads a page; it gives nothing where there is nothing to read.
    ///
    /// ```no_run
    /// use liveblog::{ParseOptions, archive::{Archive, Error}, parse};
    ///
    /// # fn check(archive: &Archive) -> Result<(), Error> {
    /// let checked = archive.check(|original| {
    ///     let options = ParseOptions::new(original.kept).zone(original.zone).layout(original.layout);
    ///     parse(&original.document, &options).ok()
    /// })?;
    /// checked.problems.iter().for_each(|problem| eprintln!("{problem}"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// If the archive is too damaged to be read through.
    pub fn check(&self, mut read: impl FnMut(&Original) -> Option<LiveBlog>) -> std::result::Result<Checked, Error> {
        let told = |error| self.told(error);
        let db = &self.connection;
        let mut checked = Checked::default();
        checked.problems.extend(damages(db).into_iter().map(Problem::Damaged));
        match search::is_whole(db) {
            Ok(true) => {}
            Ok(false) => checked.problems.push(Problem::Index),
            Err(error) => match told(error) {
                Error::ReadOnly(_) => checked.problems.push(Problem::IndexUnchecked),
                error => return Err(error),
            },
        }
        let unread = UnreadRows::default();
        let _snapshot = db.unchecked_transaction().map_err(told)?;
        for page in self.all_pages().map_err(told)? {
            let known = Known::load(db, page.id).map_err(told)?;
            unread.extend(known.unread.iter().cloned());
            unread.note(&page.name, None, page.unread);
            self.read_head(&page.name, &unread)?;
            checked.pages += 1;
            checked.captures += known.captures.len();
            checked.entries += known.entries.len();
            for capture in captures(db, page.id).map_err(told)? {
                let original = original(db, capture).map_err(told)?;
                unread.note(&page.name, None, original.unread.clone());
                checked.problems.extend(problem(&known, original, &mut read));
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
    let of_tables = lines("PRAGMA integrity_check", 0);
    let of_links = lines("PRAGMA foreign_key_check", 0);
    let damages = of_tables.unwrap_or_else(|error| vec![error.to_string()]);
    let links = match of_links.map(|rows| rows.len()) {
        Ok(0) => None,
        Ok(rows) => Some(format!("{rows} rows belong to others that are not there")),
        Err(error) => Some(error.to_string()),
    };
    damages.into_iter().filter(|line| line != "ok").chain(links).collect()
}

fn problem(known: &Known, original: Original, read: impl FnOnce(&Original) -> Option<LiveBlog>) -> Option<Problem> {
    let blog = if original.intact { read(&original) } else { None };
    let (intact, page, capture) = (original.intact, original.page, original.document.source);
    match blog {
        _ if !intact => Some(Problem::Original { page, capture }),
        None => Some(Problem::Unread { page, capture }),
        Some(blog) => {
            let same = known.captures.iter().any(|of| of.id == original.id && gives(known, of, &blog));
            (!same).then_some(Problem::Entries { page, capture })
        }
    }
}

/// Whether a page gives the entries that are kept of a capture.
pub(super) fn gives(known: &Known, capture: &KnownCapture, blog: &LiveBlog) -> bool {
    let now = known.entries.iter().map(|entry| ((entry.id, entry.version), (entry.capture, &entry.entry)));
    let others =
        known.versions.iter().map(|version| ((version.entry, version.version), (version.capture, &version.told)));
    let kept: HashMap<_, _> = now.chain(others).collect();
    blog.entries.len() == capture.shown.len()
        && blog.entries.iter().zip(&capture.shown).enumerate().all(|(index, (entry, shown))| match kept.get(shown) {
            Some((from, kept)) if *from == capture.id => is_same(entry, kept),
            // Another capture has the same words in its own dress, and whole where this one is cut off.
            Some((_, kept)) => Cut::of(&blog.entries, index).part(&words(entry), &words(kept)).is_some(),
            None => false,
        })
}

/// Whether two entries are the same but for their ids: the archive counts equal ones anew, over all captures.
fn is_same(one: &Entry, other: &Entry) -> bool {
    Entry { id: String::new(), ..one.clone() } == Entry { id: String::new(), ..other.clone() }
}
