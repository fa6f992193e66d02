//! Further connections to the archive, which look through its entries at the same time.
//!
//! Words within texts have no index: each entry is read, and most of the time goes into reading the file.

use std::sync::{Mutex, PoisonError};
use std::thread;

use rusqlite::{Connection, OpenFlags, Result};

use crate::query::Query;

/// Fewer entries are looked through before the connections are open.
const MANY_ENTRIES: i64 = 5_000;

/// More threads wait for the memory.
const MAX_READERS: usize = 4;

/// Each page is read once, so that few need to be kept.
const SETTINGS: &str = "PRAGMA cache_size = -512";

/// Connections that read the archive as the main one does.
#[derive(Default)]
pub(in crate::archive) struct Readers(Vec<Reader>);

struct Reader {
    /// A thread of its own uses it.
    db: Mutex<Connection>,
    /// The version of the data that it saw first.
    version: i64,
}

impl Readers {
    /// Opens connections, if all of many entries are to be looked at. None is opened where that is not possible, as in a
    /// folder that cannot be written: then the main connection reads alone.
    pub fn open(main: &Connection, query: &Query) -> Self {
        let is_large = || entry_count(main).is_ok_and(|entries| entries >= MANY_ENTRIES);
        if !query.reads_all_entries() || !is_large() {
            return Self::default();
        }
        let processors = thread::available_parallelism().map_or(1, usize::from);
        Self::open_some(main, processors.min(MAX_READERS))
    }

    fn open_some(main: &Connection, count: usize) -> Self {
        let readers: Result<_> = (0..count).map(|_| Reader::open(main)).collect();
        Self(readers.unwrap_or_default())
    }

    /// Begins to read, as the main connection does in its transaction. If anything was written since they were opened, they
    /// may not read the same as it, and are closed.
    pub fn begin(&mut self, main: &Connection) {
        // A transaction begins with its first question.
        if entry_count(main).is_err() || !self.0.iter_mut().all(|reader| reader.begin().is_ok_and(|is_same| is_same)) {
            self.0.clear();
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Does `work` on a thread for each connection, with a term that selects its part of the entries.
    pub fn in_parts<T: Send>(
        &self,
        main: &Connection,
        work: impl Fn(&Connection, &str) -> Result<T> + Sync,
    ) -> Result<Vec<T>> {
        let length = entry_count(main)? / self.0.len() as i64 + 1;
        let read_part = &|(index, reader): (i64, &Reader)| {
            let term = format!("entry.id BETWEEN {} AND {}", index * length + 1, (index + 1) * length);
            work(&reader.db.lock().unwrap_or_else(PoisonError::into_inner), &term)
        };
        thread::scope(|scope| {
            let parts: Vec<_> = (0..).zip(&self.0).map(|numbered| scope.spawn(move || read_part(numbered))).collect();
            let join = |part: thread::ScopedJoinHandle<_>| {
                part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            };
            parts.into_iter().map(join).collect()
        })
    }
}

impl Reader {
    fn open(main: &Connection) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(main.path().unwrap_or_default(), flags)?;
        db.execute_batch(SETTINGS)?;
        let version = data_version(&db)?;
        Ok(Self { db: Mutex::new(db), version })
    }

    /// Begins a transaction. Returns whether nothing was written since the connection was opened.
    fn begin(&mut self) -> Result<bool> {
        let db = self.db.get_mut().unwrap_or_else(PoisonError::into_inner);
        // It ends with the connection.
        db.execute_batch("BEGIN")?;
        entry_count(db)?;
        Ok(data_version(db)? == self.version)
    }
}

/// A number that changes when another connection writes.
fn data_version(db: &Connection) -> Result<i64> {
    db.query_row("PRAGMA data_version", [], |row| row.get(0))
}

/// How many entries there are at most.
fn entry_count(db: &Connection) -> Result<i64> {
    db.query_row("SELECT coalesce(max(id), 0) FROM entry", [], |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;
    use crate::archive::select::finder::{Finder, Known};
    use crate::archive::{Archive, Capture};
    use crate::query::{Pattern, TextField};
    use crate::{Document, ParseOptions, parse};

    /// An archive in a folder that goes with it, with a page of so many entries.
    fn archive(entries: usize) -> (Archive, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let mut archive = Archive::open(&folder.path().join("archive.db")).unwrap();
        store(&mut archive, entries);
        (archive, folder)
    }

    fn store(archive: &mut Archive, entries: usize) {
        let mut page = String::new();
        for entry in 0..entries {
            let name = ["Gate", "Sluice", "Pump’s"][entry % 3];
            write!(page, "{name} {entry}published at 12:{:02} GMT 20 June 2023\n\nIt is shut.\n\n", entry % 60)
                .unwrap();
        }
        let (document, now) = (Document::from_text("flood.txt", &page), "2023-06-20T13:00:00Z".parse().unwrap());
        let blog = parse(&document, &ParseOptions::new(now)).unwrap();
        assert_eq!(blog.entries.len(), entries);
        archive.store(&Capture::new(&document, &blog, now)).unwrap();
    }

    #[test]
    fn the_parts_together_are_all_entries_that_one_connection_finds() {
        let query = || Query::new("2023-06-20T14:00:00Z".parse().unwrap());
        for entries in [1, 2, 3, 7, 50] {
            let (archive, _folder) = archive(entries);
            let db = &archive.connection;
            for query in [
                query().contains(TextField::Title, ["gate", "PUMP’S 2"]),
                query().matches([Pattern::new("shut").unwrap()]),
                query().contains(TextField::Title, ["sluice"]).matches([Pattern::new("[27]$").unwrap()]).removed(),
                query().contains(TextField::Title, ["gate"]).invert(),
                query().breaking(),
            ] {
                let prepared = query.prepare();
                let mut finder = Finder::new(db, &prepared, &Known::Nothing).unwrap();
                let ids = |finder: &Finder| {
                    let mut ids: Vec<_> = finder.found().unwrap().into_iter().map(|found| found.id).collect();
                    ids.sort_unstable();
                    ids
                };
                let (alone, count) = (ids(&finder), finder.count().unwrap());
                for readers in 1..=3 {
                    let mut readers = Readers::open_some(db, readers);
                    readers.begin(db);
                    assert!(!readers.is_empty());
                    finder.read_with(readers);
                    assert_eq!((ids(&finder), finder.count().unwrap()), (alone.clone(), count), "{entries} {query:?}");
                }
            }
        }
    }

    #[test]
    fn readers_that_may_read_something_else_are_closed() {
        let (mut archive, _folder) = archive(3);
        let mut readers = Readers::open_some(&archive.connection, 2);
        store(&mut archive, 5);
        readers.begin(&archive.connection);
        assert!(readers.is_empty());
    }

    #[test]
    fn only_a_question_about_words_of_many_entries_is_worth_more_connections() {
        let (archive, _folder) = archive(3);
        let words = Query::new("2023-06-20T14:00:00Z".parse().unwrap()).contains(TextField::Title, ["gate"]);
        assert!(Readers::open(&archive.connection, &words).is_empty());
        assert!(words.reads_all_entries());
        assert!(!words.clone().contains(TextField::Author, ["ada"]).reads_all_entries());
        assert!(!words.since("2023-06-20".parse().unwrap()).reads_all_entries());
    }
}
