//! Checking, backing up, reading again: what is wrong is found, and what can be mended is.

use std::fs;

use liveblog::archive::{Archive, Checked, Error, Original, Reparsed};
use liveblog::model::{Layout, LiveBlog};

use super::sample::{Home, blog};

const FLOOD: [&str; 3] =
    ["14:27 Tunnel reopens: Cars may pass.", "14:05 Pumps run: All four.", "13:50 Gate closed: It is shut."];

/// Parses a page of the sample: its bytes are its JSON.
fn read(original: &Original) -> Option<LiveBlog> {
    serde_json::from_slice(&original.document.bytes).ok()
}

/// What is wrong, each in the first line of its words.
fn problems(archive: &Archive) -> Vec<String> {
    let problems = archive.check(read).unwrap().problems;
    problems.iter().map(|problem| problem.to_string().lines().next().unwrap().to_owned()).collect()
}

fn again(home: &mut Home, read: impl Fn(&Original) -> Option<LiveBlog>) -> Reparsed {
    let mut batch = home.archive.batch().unwrap();
    let again = batch.reparse("page", |original| read(original).ok_or(Error::Missing("page".into()))).unwrap();
    batch.commit().unwrap();
    again
}

/// A live blog with an edit, a cut-off end and a removal, its captures stored in another order than they were saved.
fn flood() -> Home {
    let mut home = Home::new();
    home.store("16:00", blog(&[FLOOD[0], "14:05 Pumps run: Three of four.", FLOOD[2]]));
    home.store("15:00", blog(&FLOOD));
    home.store("15:30", blog(&[FLOOD[0], "14:05 Pumps run: Al"]));
    home.store("17:00", blog(&[FLOOD[0], FLOOD[2], "13:40 Rain: A lot."]));
    home
}

#[test]
fn a_sound_archive_has_no_problems() {
    let checked = flood().archive.check(read).unwrap();
    assert_eq!(checked, Checked { pages: 1, captures: 4, entries: 4, problems: vec![] });
}

#[test]
fn an_index_that_holds_other_words_is_found_and_mended() {
    let mut home = flood();
    home.sql("UPDATE entry SET title = 'Pumps rust' WHERE title = 'Pumps run' RETURNING 1");
    assert_eq!(
        problems(&home.archive),
        [
            "the full-text index does not hold the words of the entries",
            "page: re-parsing page.txt gives different entries"
        ]
    );
    home.archive.repair_index().unwrap();
    assert_eq!(again(&mut home, read), Reparsed::Changed);
    assert_eq!(problems(&home.archive), [] as [&str; 0]);
}

#[test]
fn an_original_that_was_changed_is_found() {
    let home = flood();
    home.sql("UPDATE capture SET original = x'00' WHERE id = 2 RETURNING 1");
    home.sql("UPDATE capture SET sha256 = '00' WHERE id = 3 RETURNING 1");
    assert_eq!(problems(&home.archive), ["page: the stored original of page.txt is corrupt (checksum mismatch)"; 2]);
}

#[test]
fn an_original_that_gives_other_entries_today_is_found() {
    let home = flood();
    let checked = home.archive.check(|original| {
        let mut blog = read(original)?;
        blog.entries[0].label = Some("Analysis".to_owned());
        Some(blog)
    });
    let problems = checked.unwrap().problems;
    assert_eq!(problems.len(), 4);
    assert_eq!(problems[0].to_string(), "page: re-parsing page.txt gives different entries");
    let unread = home.archive.check(|_| None).unwrap().problems;
    assert_eq!(unread[0].to_string(), "page: no entries are found in page.txt any more");
}

#[test]
fn a_file_with_a_hole_is_found_damaged() {
    let home = flood();
    let path = home.folder.path().join("archive.db");
    let root: usize = home.sql("SELECT rootpage FROM sqlite_schema WHERE name = 'entry_by_time'")[0].parse().unwrap();
    let Home { archive, folder } = home;
    drop(archive);
    let mut bytes = fs::read(&path).unwrap();
    bytes[(root - 1) * 4096..root * 4096].fill(0);
    fs::write(&path, &bytes).unwrap();
    let found = problems(&Archive::open_existing(&path).unwrap());
    assert!(found[0].starts_with("the file is damaged: "), "{found:?}");
    assert_eq!(fs::read(&path).unwrap(), bytes, "it is left as it was");
    drop(folder);
}

#[test]
fn what_reads_the_same_stays_the_same() {
    let mut home = flood();
    let contents = |home: &Home| (home.all(), home.archive.history("page").unwrap(), home.archive.pages().unwrap());
    let before = contents(&home);
    assert_eq!(again(&mut home, read), Reparsed::Unchanged);
    assert_eq!(contents(&home), before);
    assert_eq!(problems(&home.archive), [] as [&str; 0]);
}

#[test]
fn a_live_blog_of_one_capture_is_written_again_if_anything_of_it_differs() {
    let mut home = Home::new();
    home.store("15:00", blog(&FLOOD));
    let contents = |home: &Home| {
        let Home { archive, .. } = home;
        (home.all(), archive.history("page").unwrap(), archive.pages().unwrap(), archive.head("page").unwrap())
    };
    let before = contents(&home);
    assert_eq!(again(&mut home, read), Reparsed::Unchanged);
    assert_eq!(contents(&home), before);
    let otherwise: [fn(&mut LiveBlog); 4] = [
        |blog| blog.title = Some("The flood".to_owned()),
        |blog| blog.summary = vec!["Nobody was hurt".to_owned()],
        |blog| blog.layout = Layout::SchemaOrg,
        |blog| blog.captured = Some("2023-06-19T14:30:00Z".parse().unwrap()),
    ];
    for change in otherwise {
        let read = |original: &Original| {
            let mut blog = read(original)?;
            change(&mut blog);
            Some(blog)
        };
        assert_eq!(again(&mut home, read), Reparsed::Unchanged, "its entries");
        assert_ne!(contents(&home), before);
    }
}

#[test]
fn entries_that_parse_differently_replace_the_stored_ones() {
    let mut home = flood();
    let with_title = |original: &Original| {
        let mut blog = read(original)?;
        blog.title = Some("The flood".to_owned());
        Some(blog)
    };
    assert_eq!(again(&mut home, with_title), Reparsed::Unchanged, "its entries");
    assert_eq!(home.archive.page("page").unwrap().title.as_deref(), Some("The flood"));
    let without_rain = |original: &Original| {
        let mut blog = read(original)?;
        blog.entries.retain(|entry| entry.title.as_deref() != Some("Rain"));
        Some(blog)
    };
    assert_eq!(again(&mut home, without_rain), Reparsed::Changed);
    assert_eq!(home.all(), [FLOOD[0], "-14:05 Pumps run: Three of four.", FLOOD[2]]);
}

#[test]
fn a_live_blog_that_cannot_be_read_again_stays_as_it_was() {
    let mut home = flood();
    let before = home.all();
    let mut batch = home.archive.batch().unwrap();
    let unread = batch.reparse("page", |_| Err(Error::Missing("grammar".into())));
    assert!(matches!(unread, Err(Error::Missing(_))));
    batch.commit().unwrap();
    assert_eq!(home.all(), before);
}

#[test]
fn a_backup_is_an_archive_of_its_own_and_replaces_nothing_unasked() {
    let home = flood();
    let path = home.folder.path().join("copy.db");
    home.archive.backup(&path, false).unwrap();
    let copy = Home { archive: Archive::open(&path).unwrap(), folder: tempfile::tempdir().unwrap() };
    assert_eq!(copy.all(), home.all());
    assert_eq!(
        home.archive.backup(&path, false).unwrap_err().to_string(),
        format!("{}: there is a file already", path.display())
    );
    home.archive.backup(&path, true).unwrap();
    let itself = home.folder.path().join("archive.db");
    assert_eq!(
        home.archive.backup(&itself, true).unwrap_err().to_string(),
        format!("{}: cannot be written: it is the archive itself", itself.display())
    );
}

#[test]
fn a_backup_is_made_while_somebody_writes() {
    let mut home = flood();
    let path = home.folder.path().join("archive.db");
    let other = Archive::open(&path).unwrap();
    let batch = home.archive.batch().unwrap();
    other.backup(&path.with_file_name("copy.db"), false).unwrap();
    drop(batch);
    let copy = Archive::open(&path.with_file_name("copy.db")).unwrap();
    assert_eq!(problems(&copy), [] as [&str; 0]);
}
