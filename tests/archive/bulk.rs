//! Many pages at once: their entries come into the full-text index last, and until then the archive says so.

use liveblog::archive::{Archive, Capture, Error, Problem, Reparsed};
use liveblog::model::LiveBlog;

use super::sample::{Home, at, blog, blog_from, document, query};

const SHUT: &str = "13:50 Gate closed: It is shut.";

impl Home {
    /// Stores pages as a run of many does, but for its end.
    fn store_bulk(&mut self, pages: Vec<(&str, LiveBlog)>) {
        let mut batch = self.archive.batch().unwrap();
        batch.index_later().unwrap();
        for (captured, mut blog) in pages {
            blog.captured = Some(at(captured));
            let document = document(&blog);
            batch.store(&Capture::new(&document, &blog, at("23:00"))).unwrap();
        }
        batch.commit().unwrap();
    }

    fn found(&self, words: &str) -> usize {
        self.archive.count_found(&query().removed(), words).unwrap().entries
    }

    /// The same while another program writes, so that nobody can add to the index.
    fn found_meanwhile(&self, words: &str) -> (usize, usize) {
        let mut other = Archive::open_existing(&self.folder.path().join("archive.db")).unwrap();
        let _writing = other.batch().unwrap();
        (self.found(words), self.archive.unindexed().unwrap())
    }

    fn problems(&self) -> Vec<Problem> {
        self.archive.check(|original| serde_json::from_slice(&original.document.bytes).ok()).unwrap().problems
    }
}

#[test]
fn entries_of_a_bulk_are_searched_once_the_index_is_completed() {
    let mut home = Home::new();
    home.store("15:00", blog(&[SHUT]));
    home.store_bulk(vec![("15:00", blog_from("quay.txt", &["14:05 Quay opens: Boats wait at the gate."]))]);
    assert_eq!(home.sql("SELECT first FROM unindexed"), ["2"]);
    assert_eq!(home.found_meanwhile("gate"), (1, 1), "what was stored before");
    home.archive.complete_index().unwrap();
    assert_eq!(home.sql("SELECT count(*) FROM unindexed"), ["0"]);
    assert_eq!(home.found_meanwhile("gate"), (2, 0));
    assert_eq!(home.problems(), []);
}

#[test]
fn a_search_a_check_and_the_next_opening_complete_what_a_run_that_was_killed_left() {
    let bulk = || {
        let mut home = Home::new();
        home.store_bulk(vec![("15:00", blog(&[SHUT]))]);
        home
    };
    let home = bulk();
    assert_eq!((home.found("gate"), home.archive.unindexed().unwrap()), (1, 0));
    let home = bulk();
    assert_eq!((home.problems(), home.archive.unindexed().unwrap()), (vec![], 0));
    let home = bulk();
    let opened = Archive::open(&home.folder.path().join("archive.db")).unwrap();
    assert_eq!(opened.unindexed().unwrap(), 0);
}

#[test]
fn what_is_edited_removed_and_parsed_again_meanwhile_is_indexed_as_it_is_then() {
    let mut home = Home::new();
    home.store("15:00", blog(&["14:27 Tunnel reopens: Cars may pass.", SHUT]));
    home.store("15:00", blog_from("storm.txt", &["12:00 Storm: Wind and rain."]));
    home.store_bulk(vec![
        ("15:00", blog_from("quay.txt", &["14:05 Quay opens: Boats wait.", "14:00 Ferries: They stay in port."])),
        // Of a page before the bulk: an edit, and a new entry.
        ("16:00", blog(&["15:40 Over: All dry.", "14:27 Tunnel reopens: Cars and carts may pass.", SHUT])),
        // Of a page in the bulk.
        ("16:00", blog_from("quay.txt", &["14:05 Quay opens: Boats come in.", "14:00 Ferries: They stay in port."])),
        ("15:00", blog_from("hill.txt", &["11:00 Hill: Sheep graze."])),
    ]);
    // Plain runs go on under the mark.
    home.store("17:00", blog_from("quay.txt", &["14:05 Quay opens: Boats come in.", "14:00 Ferries: They sail."]));
    home.archive.remove("storm").unwrap();
    home.archive.remove("hill").unwrap();
    let parse = |original: &liveblog::archive::Original| {
        let mut blog: LiveBlog = serde_json::from_slice(&original.document.bytes).unwrap();
        blog.entries[0].title = Some("Another title".to_owned());
        Ok::<_, Error>(blog)
    };
    let mut batch = home.archive.batch().unwrap();
    assert_eq!(batch.reparse("page", parse).unwrap(), Reparsed::Changed);
    batch.commit().unwrap();
    home.store("18:00", blog_from("tower.txt", &["11:00 Tower: A bell rings."]));
    home.archive.complete_index().unwrap();
    assert_eq!(home.sql("INSERT INTO entry_fts (entry_fts, rank) VALUES ('integrity-check', 1)"), [""; 0]);
    let words = ["carts", "dry", "sail", "wait", "wind", "sheep", "bell", "another"];
    assert_eq!(words.map(|word| home.found(word)), [1, 1, 1, 0, 0, 0, 1, 1]);
}

#[test]
fn an_index_that_cannot_be_completed_is_rebuilt() {
    let mut home = Home::new();
    home.store("15:00", blog(&[SHUT]));
    home.store_bulk(vec![("15:00", blog_from("quay.txt", &["14:05 Quay opens: Boats wait at the gate."]))]);
    home.sql("UPDATE entry_fts_data SET block = x'00' WHERE id >= 10");
    home.archive.repair_index().unwrap();
    assert_eq!((home.problems(), home.found("gate")), (vec![], 2));
}

#[test]
fn an_archive_that_cannot_be_written_is_searched_as_far_as_it_is_indexed() {
    let mut home = Home::new();
    home.store("15:00", blog(&[SHUT]));
    home.store_bulk(vec![("15:00", blog_from("quay.txt", &["14:05 Quay opens: Boats wait at the gate."]))]);
    let path = home.folder.path().join("archive.db");
    drop(home.archive);
    rusqlite::Connection::open(&path).unwrap().execute_batch("PRAGMA journal_mode = DELETE").unwrap();
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    let readonly = Archive::open_existing(&path).unwrap();
    // Who may write everything, such as root, completes it.
    let unindexed = readonly.unindexed().unwrap();
    let found = readonly.count_found(&query(), "gate").unwrap().entries;
    assert!([(1, 1), (2, 1)].contains(&(found, unindexed)), "{found} {unindexed}");
}
