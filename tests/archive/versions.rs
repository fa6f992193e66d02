//! Versions: an archive of each earlier one is opened, with all that was stored in it.
//!
//! `versions/N.db.zst` is an archive as the program of version N left it. The one of the latest version is made by
//!
//! ```text
//! WRITE_ARCHIVE=1 cargo test --test archive versions
//! ```
//!
//! and never again once that version is released.

use std::fs;
use std::path::{Path, PathBuf};

use liveblog::archive::{Archive, Original};
use liveblog::model::LiveBlog;

use super::sample::{Home, blog, blog_at};

fn file(version: usize) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/archive/versions/{version}.db.zst"))
}

/// Two live blogs, one of them captured three times.
fn sample() -> Home {
    let mut home = Home::new();
    let gate = "13:50 Gate closed: It is shut.";
    home.store("15:00", blog(&["14:27 Tunnel reopens: Cars may pass.", "14:05 Pumps run: All four.", gate]));
    home.store("16:00", blog(&["14:27 Tunnel reopens: Cars may pass.", "14:05 Pumps run: Three of four.", gate]));
    home.store("17:00", blog(&["14:27 Tunnel reopens: Cars may pass.", gate]));
    home.store("17:00", blog_at("https://example.org/live/storm-2", &["--:-- Ferries: They stay in port."]));
    home
}

fn version(home: &Home) -> usize {
    home.sql("PRAGMA user_version")[0].parse().unwrap()
}

/// The statements of the schema without their comments.
fn schema(home: &Home) -> Vec<String> {
    let statements = home.sql("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name");
    let without_comment = |line: &str| line.split(" --").next().unwrap_or_default().trim_end().to_owned();
    statements.iter().map(|sql| sql.lines().map(without_comment).collect::<Vec<_>>().join("\n")).collect()
}

fn read(original: &Original) -> Option<LiveBlog> {
    serde_json::from_slice(&original.document.bytes).ok()
}

#[test]
fn an_archive_of_each_version_opens_with_all_that_was_stored_and_goes_on() {
    let new = sample();
    if std::env::var_os("WRITE_ARCHIVE").is_some() {
        new.archive.backup(&new.folder.path().join("copy.db"), false).unwrap();
        let copy = fs::read(new.folder.path().join("copy.db")).unwrap();
        fs::write(file(version(&new)), zstd::bulk::compress(&copy, 19).unwrap()).unwrap();
    }
    for earlier in 1..=version(&new) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("archive.db");
        fs::write(&path, zstd::decode_all(&fs::read(file(earlier)).unwrap()[..]).unwrap()).unwrap();
        let mut home = Home { archive: Archive::open(&path).unwrap(), folder };
        assert_eq!(version(&home), version(&new));
        assert_eq!(
            home.all(),
            [
                "14:27 Tunnel reopens: Cars may pass.",
                "-14:05 Pumps run: Three of four.",
                "13:50 Gate closed: It is shut.",
                "--:-- Ferries: They stay in port."
            ]
        );
        assert_eq!(home.archive.history("page").unwrap(), new.archive.history("page").unwrap());
        assert_eq!(home.archive.check(read).unwrap(), new.archive.check(read).unwrap());
        let names = "SELECT type || ' ' || name FROM sqlite_schema ORDER BY 1";
        assert_eq!(home.sql(names), new.sql(names), "it has all that a new archive has");
        if earlier == version(&new) {
            assert_eq!(schema(&home), schema(&new), "the archive of this version is of today");
        }
        let stored = home.store("18:00", blog(&["17:40 Over: All dry.", "14:27 Tunnel reopens: Cars may pass."]));
        assert_eq!((stored.page.as_str(), stored.captures, stored.added), ("page", 4, 1));
    }
}
