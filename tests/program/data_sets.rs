//! Rows of a data set, an object a line, some of whose texts are live pages.

use std::fmt::Write;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;

use crate::packed::gzip;
use crate::session::{Ended, FLOOD, Home, printed, printed_and_said};

const TUNNEL: &str = include_str!("../../fixtures/bbc-html/tunnel.html");

const STORM: &str =
    "Summary\n\n  1. A tree is downpublished at 14:27 British Summer Time 19 June\n\n    It fell at noon.\n";

/// Rows of `text`, `url` and `date`: a page of text, one of HTML, and others.
fn rows() -> String {
    let mut lines = String::new();
    for (text, name, date) in [
        (STORM, "storm", "2019-07-01T12:00:00Z"),
        ("Nothing of interest.", "none", "2019-07-01"),
        (TUNNEL, "tunnel", "2023-06-20 08:00:00"),
    ] {
        let row = serde_json::json!({"text": text, "url": format!("https://pages.example/{name}"), "date": date});
        writeln!(lines, "{row}").unwrap();
    }
    lines
}

fn known(ended: &Ended) -> Vec<[String; 4]> {
    let objects = serde_json::Deserializer::from_str(&ended.printed).into_iter::<serde_json::Value>();
    let value = |object: &serde_json::Value, key| object[key].as_str().unwrap_or("null").to_owned();
    objects
        .map(|object| object.unwrap())
        .map(|object| {
            let [source, url, captured] = ["source", "url", "captured"].map(|key| value(&object, key));
            [source, url, captured, value(&object["entries"][0], "published")]
        })
        .collect()
}

#[test]
fn each_row_is_a_page_with_its_address_and_the_time_at_which_it_was_saved() {
    let home = Home::new().file("set.jsonl", rows()).file("set.jsonl.gz", gzip(rows().as_bytes()));
    for file in ["set.jsonl", "set.jsonl.gz"] {
        let ended = home.run(&format!("parse --no-save {file} --json"));
        let storm = ["#1", "https://pages.example/storm", "2019-07-01T12:00:00Z", "2019-06-19T13:27:00Z"];
        let tunnel = ["#3", "https://pages.example/tunnel", "2023-06-20T08:00:00Z", "2023-06-19T13:27:00Z"];
        let expected = [storm, tunnel].map(|[line, rest @ ..]| {
            let [url, captured, published] = rest.map(str::to_owned);
            [format!("{file}{line}"), url, captured, published]
        });
        assert_eq!(known(&ended), expected);
        let said = format!("{file}: 1 record skipped, no live pages\n1 warning in 1 page; -v prints them\n");
        assert_eq!((ended.said, ended.code), (said, 0));
    }
}

#[test]
fn columns_of_other_names_are_those_that_the_user_names() {
    let row = serde_json::json!({"doc": {"words": STORM}, "link": "https://pages.example/storm", "day": "2019-07-01"});
    let home = Home::new().file("set.jsonl", format!("{row}\n"));
    let options = "--text-column doc.words --url-column link --date-column day";
    let ended = home.run(&format!("parse --no-save set.jsonl --json {options}"));
    let expected = ["set.jsonl#1", "https://pages.example/storm", "2019-07-01T23:59:59Z", "2019-06-19T13:27:00Z"];
    assert_eq!(known(&ended), [expected.map(str::to_owned)]);
    let count = home.run("filter --count set.jsonl -q --text-column doc.missing");
    assert_eq!(count.said, "warning: set.jsonl#1: the row has no column \"doc.missing\", and is left out\n");
}

#[test]
fn a_line_that_is_no_json_is_named_and_the_rest_is_read() {
    let home = Home::new().file("set.jsonl", format!("{}{{\"text\": \"cut\n{}", rows(), rows()));
    let warning = "set.jsonl#4: the line is no JSON, from byte 13 on, and is left out\n";
    let skipped = "set.jsonl: 2 records skipped, no live pages\n";
    assert_eq!(home.run("filter --count set.jsonl -q"), printed_and_said("10\n", &format!("warning: {warning}")));
    let strict = home.run("filter --count set.jsonl --strict");
    assert!(strict.said.contains(&format!("error: {warning}")) && strict.said.ends_with(skipped), "{}", strict.said);
    assert_eq!(strict.code, 1);
}

#[test]
fn our_own_json_between_the_rows_is_what_it_is() {
    let home = Home::new().file("set.jsonl", format!("{}{FLOOD}", rows()));
    assert_eq!(home.run("filter set.jsonl --count -q").printed, "8\n");
}

#[test]
fn rows_that_this_program_wrote_are_its_own_though_they_have_a_column_of_text() {
    let home = Home::new().file("page.txt", STORM).file("set.jsonl", "");
    let rows = home.run("filter page.txt --fields page,id,published,stamp,title,text --jsonl -q").printed;
    let home = home.file("rows.jsonl", &rows);
    assert_eq!(home.run("filter rows.jsonl --count -q"), printed("1\n"));
}

#[test]
fn a_page_was_not_saved_before_what_it_says() {
    let page = STORM.replace("19 June", "19 June 2019");
    let row = |date: &str| format!("{}\n", serde_json::json!({"text": page, "date": date}));
    let home = Home::new().file("published.jsonl", row("2019-06-19T09:00:00Z")).file("saved.jsonl", row("2019-06-19"));
    let published = home.run("parse --no-save published.jsonl --json -v");
    assert_eq!(known(&published)[0][2], "null");
    let words = "published.jsonl#1: sources-disagree: said to be saved at 2019-06-19T09:00:00Z, but it has an entry of \
                 2019-06-19T13:27:00Z; when it was saved is not known\n";
    assert_eq!(published.said, words);
    assert_eq!(known(&home.run("parse --no-save saved.jsonl --json"))[0][2], "2019-06-19T23:59:59Z");
    let given = home.run("parse --no-save published.jsonl --json --captured 2019-06-19T10:00Z");
    assert_eq!(known(&given)[0][2], "2019-06-19T10:00:00Z");
}

#[test]
fn a_stored_row_is_read_again_as_it_was() {
    let home = Home::new().file("set.jsonl", rows());
    let first = home.run("parse set.jsonl -q");
    assert_eq!((first.said.as_str(), first.code), ("", 0));
    let pages = home.run("pages --csv").printed;
    assert_eq!(home.run("rebuild"), printed_and_said("", "re-parsed 2 live blogs; 0 changed\n"));
    assert_eq!(home.run("pages --csv").printed, pages);
    assert!(pages.contains("https://pages.example/storm"), "{pages}");
}

#[test]
fn rows_of_parquet_are_pages_as_those_of_json_lines() {
    let home = Home::new().file("set.jsonl", rows());
    let columns: Vec<(&str, ArrayRef)> = ["text", "url", "date"]
        .into_iter()
        .map(|name| {
            let value = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()[name].take();
            let values: StringArray = rows().lines().map(|line| value(line).as_str().map(str::to_owned)).collect();
            (name, Arc::new(values) as ArrayRef)
        })
        .collect();
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut file = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    file.write(&batch).unwrap();
    let home = home.file("set.parquet", file.into_inner().unwrap());
    let ask = |file: &str, options: &str| home.run(&format!("{options} {file}")).printed.replace(file, "set");
    for options in ["parse --no-save --json", "filter --jsonl --text noon", "timeline --since 14:00"] {
        let printed = ask("set.parquet", options);
        assert!(!printed.is_empty());
        assert_eq!(printed, ask("set.jsonl", options), "{options}");
    }
    let ended = home.run("filter --count set.parquet -q --text-column words");
    let words = "warning: set.parquet: there is no column \"words\" of texts\nno entries match\n";
    assert_eq!((ended.printed.as_str(), words.starts_with(&ended.said)), ("0\n", true), "{ended:?}");
}
