//! What another version wrote is read: keys that it did not know yet are missing, others are not known here.

use std::fs;
use std::path::Path;

use liveblog::archive::{Archive, Capture, Original, Problem};
use liveblog::input::Document;
use liveblog::model::{Entry, LiveBlog, Row};
use liveblog::{ParseOptions, parse};
use rusqlite::Connection;
use serde_json::{Value, json};

use super::sample::at;

/// The paths of all objects in a value.
fn objects(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(keys) => {
            found.push(path.to_owned());
            keys.iter().for_each(|(key, value)| objects(value, &format!("{path}/{key}"), found));
        }
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(at, value)| objects(value, &format!("{path}/{at}"), found));
        }
        _ => {}
    }
}

/// A value with one key less.
struct Without {
    path: String,
    key: String,
    value: Value,
}

/// The value without each of its keys in turn, at every depth; of the same key in several items of a list, one in the
/// first two.
fn without_each(value: &Value) -> Vec<Without> {
    let mut paths = Vec::new();
    objects(value, "", &mut paths);
    paths.retain(|path| {
        path.split('/').all(|part| part.parse::<usize>().is_ok_and(|at| at < 2) || part.parse::<usize>().is_err())
    });
    let mut all = Vec::new();
    for path in paths {
        for key in value.pointer(&path).unwrap().as_object().unwrap().keys() {
            all.push(Without { value: without(value, &path, key), path: path.clone(), key: key.clone() });
        }
    }
    all
}

fn without(value: &Value, path: &str, key: &str) -> Value {
    let mut value = value.clone();
    if let Some(keys) = value.pointer_mut(path).and_then(Value::as_object_mut) {
        keys.remove(key);
    }
    value
}

/// The value with a key that is not known in each of its objects.
fn with_unknown_keys(value: &Value) -> Value {
    let (mut value, mut paths) = (value.clone(), Vec::new());
    objects(&value, "", &mut paths);
    for path in paths {
        let keys = value.pointer_mut(&path).unwrap().as_object_mut().unwrap();
        keys.insert("of_a_later_version".to_owned(), json!({"depth": [1, {"type": "deep"}]}));
    }
    value
}

/// The JSON of all fixtures.
fn fixtures() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let folders = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    let json = files.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    json.map(|path| serde_json::from_slice(&fs::read(path).unwrap()).unwrap()).collect()
}

fn read(value: &Value) -> Result<LiveBlog, String> {
    let document = Document::from_text("saved.json", &value.to_string());
    parse(&document, &ParseOptions::new(at("23:00"))).map_err(|error| error.to_string())
}

#[test]
fn a_live_blog_is_read_without_any_one_of_its_keys_and_with_unknown_ones() {
    for whole in fixtures() {
        for Without { path, key, value } in without_each(&whole) {
            let parsed: LiveBlog = serde_json::from_value(value.clone()).unwrap();
            if (path.as_str(), key.as_str()) == ("", "entries") {
                assert!(parsed.entries.is_empty());
                continue;
            }
            let read = serde_json::to_value(read(&value).unwrap()).unwrap();
            assert_eq!(without(&read, &path, &key), value, "without {path}/{key}");
        }
        assert_eq!(serde_json::to_value(read(&with_unknown_keys(&whole)).unwrap()).unwrap(), whole);
    }
}

#[test]
fn a_row_is_read_without_any_one_of_its_keys_and_with_unknown_ones() {
    for whole in fixtures() {
        let live_blog: LiveBlog = serde_json::from_value(whole).unwrap();
        let rows = serde_json::to_value(live_blog.into_rows("flood").collect::<Vec<_>>()).unwrap();
        let rows = json!(rows.as_array().unwrap()[..1]);
        let read_rows = |value: &Value| {
            let live_blog = read(value).unwrap();
            let page = live_blog.source.clone();
            serde_json::to_value(live_blog.into_rows(&page).collect::<Vec<Row>>()).unwrap()
        };
        for Without { path, key, value } in without_each(&rows) {
            assert_eq!(without(&read_rows(&value), &path, &key), value, "without {path}/{key}");
        }
        assert_eq!(read_rows(&with_unknown_keys(&rows)), rows);
    }
}

#[test]
fn a_code_a_layout_and_a_block_that_are_not_known_are_stored_as_they_are() {
    let whole = fixtures().into_iter().find(|value| value.pointer("/entries/0/body/1").is_some()).unwrap();
    let mut later = whole;
    later["layout"] = json!("ticker");
    later["warnings"] = json!([{"code": "moon-inferred", "line": 3, "entry": null, "message": "the moon was full"}]);
    later["entries"][0]["doubts"] = json!(["moon-inferred", "year-inferred"]);
    later["entries"][0]["body"][0] = json!({"type": "table", "rows": [["Harbour", "3.2 m"], ["Sluice", "2.9 m"]]});
    let read = read(&later).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), later);
    assert!(read.entries[0].text().starts_with("Harbour\n3.2 m\nSluice\n2.9 m\n\n"), "{}", read.entries[0].text());
}

/// The sample archive of version 1, to be changed by SQL before it is opened.
struct Stored {
    folder: tempfile::TempDir,
    page: String,
}

impl Stored {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/v1/archive.db");
        fs::copy(sample, folder.path().join("archive.db")).unwrap();
        let db = Connection::open(folder.path().join("archive.db")).unwrap();
        let page = "SELECT name FROM page WHERE name = 'tunnel'";
        let page = db.query_row(page, [], |row| row.get(0)).unwrap();
        Self { folder, page }
    }

    fn db(&self) -> Connection {
        Connection::open(self.folder.path().join("archive.db")).unwrap()
    }

    /// All JSON in a column, with what finds it.
    fn json(&self, table: &str, column: &str) -> Vec<(i64, i64, Value)> {
        let db = self.db();
        let row = if table == "entry_version" { "entry, version" } else { "id, 0" };
        let sql = format!("SELECT {row}, {column} FROM {table} WHERE {column} IS NOT NULL");
        let mut rows = db.prepare(&sql).unwrap();
        let rows = rows.query_map([], |row| {
            let json: String = row.get(2)?;
            Ok((row.get(0)?, row.get(1)?, serde_json::from_str(&json).unwrap()))
        });
        rows.unwrap().map(Result::unwrap).collect()
    }

    /// Opens, asks, checks, and adds a capture: nothing fails, and nothing is left out.
    fn is_read(&self, what: &str) {
        let mut archive = Archive::open(&self.folder.path().join("archive.db")).unwrap();
        let options =
            |original: &Original| ParseOptions::new(original.kept).zone(original.zone).layout(original.layout);
        let read = |original: &Original| parse(&original.document, &options(original)).ok();
        archive.history(&self.page).unwrap_or_else(|error| panic!("{what}: {error}"));
        let unreadable = |problem: &Problem| matches!(problem, Problem::Unreadable(_));
        assert!(!archive.check(read).unwrap().problems.iter().any(unreadable), "{what}");
        let page = "  1. The endpublished at 15:00 British Summer Time 19 June 2023\n\n    All went home.\n";
        let document = Document::from_text("tunnel.txt", page);
        let blog = parse(&document, &ParseOptions::new(at("23:00"))).unwrap();
        archive.store(&Capture::new(&document, &blog, at("23:00")).named(Some(&self.page))).unwrap();
        assert_eq!(archive.unread(), [], "{what}");
    }
}

#[test]
fn a_stored_wording_is_read_without_any_one_of_its_keys_and_with_unknown_ones() {
    let update = "UPDATE entry_version SET content = ? WHERE entry = ? AND version = ?";
    let (entry, version, content) = Stored::new().json("entry_version", "content").swap_remove(0);
    for Without { path, key, value } in without_each(&content) {
        let stored = Stored::new();
        stored.db().execute(update, (value.to_string(), entry, version)).unwrap();
        stored.is_read(&format!("without {path}/{key}"));
        let read: Entry = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(without(&serde_json::to_value(read).unwrap(), &path, &key), value);
    }
    let stored = Stored::new();
    for (entry, version, content) in stored.json("entry_version", "content") {
        stored.db().execute(update, (with_unknown_keys(&content).to_string(), entry, version)).unwrap();
    }
    stored.is_read("with unknown keys");
}

#[test]
fn the_json_of_a_column_is_read_without_any_one_of_its_keys_and_with_unknown_ones() {
    for column in ["body", "images", "media"] {
        let update = format!("UPDATE entry SET {column} = ? WHERE id = ?");
        let (id, _, json) = Stored::new().json("entry", column).swap_remove(0);
        for Without { path, key, value } in without_each(&json) {
            let stored = Stored::new();
            stored.db().execute(&update, (value.to_string(), id)).unwrap();
            stored.is_read(&format!("{column} without {path}/{key}"));
        }
        let stored = Stored::new();
        for (id, _, json) in stored.json("entry", column) {
            stored.db().execute(&update, (with_unknown_keys(&json).to_string(), id)).unwrap();
        }
        stored.is_read(&format!("{column} with unknown keys"));
    }
    let stored = Stored::new();
    stored
        .db()
        .execute_batch("UPDATE entry SET doubts = '[\"moon-inferred\"]'; UPDATE page SET layout = 'ticker'")
        .unwrap();
    stored.is_read("words that are not known");
}
