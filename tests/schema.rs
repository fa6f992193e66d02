//! The JSON of every fixture is valid by the schema, and has no key that the schema does not define.

#![allow(clippy::unwrap_used, reason = "a test may end with a panic")]

use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use liveblog::model::{LiveBlog, SCHEMA};
use serde_json::{Value, json};

#[test]
fn every_fixture_is_valid() {
    let live_blog = jsonschema::validator_for(&closed()).unwrap();
    let fixtures = fixtures(Path::new("fixtures"));
    assert!(fixtures.len() > 20);
    for file in &fixtures {
        check(&live_blog, &serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap(), file);
    }
}

#[test]
fn every_row_is_valid() {
    let mut defs = closed()["$defs"].take();
    // A row takes the keys of an entry on, and is closed together with them.
    defs["entry"].as_object_mut().unwrap().remove(CLOSED);
    let schema = json!({"$defs": defs, "$ref": "#/$defs/row"});
    let row = jsonschema::validator_for(&schema).unwrap();
    for file in fixtures(Path::new("fixtures")) {
        let live_blog: LiveBlog = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        live_blog.into_rows("page").for_each(|entry| check(&row, &serde_json::to_value(entry).unwrap(), &file));
    }
}

#[test]
fn a_missing_key_or_a_value_of_another_kind_is_invalid() {
    let live_blog = jsonschema::validator_for(&serde_json::from_str(SCHEMA).unwrap()).unwrap();
    let file = &fixtures(Path::new("fixtures"))[0];
    let whole: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    assert!(live_blog.is_valid(&whole));
    for (place, value) in [
        ("/version", json!(2)),
        ("/layout", json!("blog")),
        ("/entries/0/published", json!("2023-06-19T14:27:00+01:00")),
        ("/entries/0/body/0/type", json!("verse")),
        ("/entries/0/doubts", json!(["hunch"])),
        ("/entries/0/lines", json!([1])),
    ] {
        let mut other = whole.clone();
        *other.pointer_mut(place).unwrap() = value;
        assert!(!live_blog.is_valid(&other), "{place}");
    }
    let mut other = whole;
    other["entries"][0].as_object_mut().unwrap().remove("title");
    assert!(!live_blog.is_valid(&other), "a key is missing");
}

#[test]
fn the_schemas_id_names_the_version() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    assert_eq!(schema["$id"], format!("urn:x-liveblog:schema:{}", schema["properties"]["version"]["const"]));
}

const CLOSED: &str = "unevaluatedProperties";

/// The schema, with no keys but those that it defines: users must accept keys that are added later, we must define them.
fn closed() -> Value {
    let mut schema = serde_json::from_str(SCHEMA).unwrap();
    close(&mut schema);
    schema
}

fn close(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(close),
        Value::Object(keys) => {
            keys.values_mut().for_each(close);
            if keys.get("type") == Some(&json!("object")) && keys.contains_key("properties") {
                keys.insert(CLOSED.to_owned(), json!(false));
            }
        }
        _ => {}
    }
}

fn check(schema: &Validator, value: &Value, file: &Path) {
    let errors: Vec<_> = schema.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{}: {errors:#?}", file.display());
}

fn fixtures(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = paths.flat_map(|path| if path.is_dir() { fixtures(&path) } else { vec![path] });
    files.filter(|path| path.extension().is_some_and(|ending| ending == "json")).collect()
}
