//! What released programs wrote, in `tests/samples`: every later version reads it, asks it, and adds to it.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::session::{Home, failed, printed, printed_and_said};

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(name)
}

/// A home whose archive is a copy of a sample.
fn with_archive(name: &str) -> Home {
    let home = Home::new();
    fs::create_dir_all(Path::new(&home.archive()).parent().unwrap()).unwrap();
    fs::copy(sample(name).join("archive.db"), home.archive()).unwrap();
    home
}

/// The first column of each row of the archive, as text.
fn sql(home: &Home, sql: &str) -> Vec<String> {
    let db = Connection::open(home.archive()).unwrap();
    let mut rows = db.prepare(sql).unwrap();
    let rows = rows.query_map([], |row| row.get::<_, Option<String>>(0)).unwrap();
    rows.map(|text| text.unwrap().unwrap_or_default()).collect()
}

/// The earlier wordings of a live blog's entries, each by its title and text.
fn earlier_wordings(home: &Home, page: &str) -> Vec<String> {
    let words = format!(
        "SELECT content ->> 'title' || ': ' || group_concat(block.value ->> 'text', ' ')
         FROM entry_version JOIN entry ON entry.id = entry JOIN page ON page.id = page, json_each(content, '$.body') AS block
         WHERE page.name = '{page}' GROUP BY entry, entry_version.version ORDER BY 1"
    );
    sql(home, &words)
}

#[test]
fn an_archive_of_version_1_is_opened_asked_checked_read_again_and_added_to() {
    let home = with_archive("v1");
    let pages = home.run("pages --jsonl");
    assert_eq!((pages.code, pages.printed.lines().count()), (0, 9), "{pages:?}");
    for layout in ["bbc", "bbc-live-reporting", "bbc-sport", "schema-org", "own-json"] {
        assert!(pages.printed.contains(&format!("\"layout\":\"{layout}\"")), "{layout}");
    }
    assert_eq!(home.run("filter --removed --count"), printed("71\n"));
    assert_eq!(home.run("search neighbours --removed --count"), printed("1\n"));
    for format in ["json", "jsonl", "csv", "html", "markdown", "jsonld", "atom"] {
        for ask in ["filter", "timeline"] {
            let ended = home.run_each([ask, "--removed", "--format", format]);
            assert_eq!((ended.code, ended.said.as_str()), (0, ""), "{ask} {format}");
        }
    }
    let history = home.run("history tunnel");
    assert_eq!((history.code, history.said.as_str()), (0, ""));
    assert!(history.printed.contains("crosses a bridge [-in the rain-]"), "{}", history.printed);
    assert!(history.printed.contains("removed     14:18"), "{}", history.printed);

    let before = earlier_wordings(&home, "tunnel");
    assert_eq!(before.len(), 2);
    let again = home.run("rebuild");
    assert_eq!(again.code, 0, "{again:?}");
    assert_eq!(home.run("check").code, 0);
    // Today's grammar may read an entry otherwise, but no earlier wording is lost.
    assert_eq!(earlier_wordings(&home, "tunnel"), before);
    assert!(home.run("history tunnel").printed.contains("crosses a bridge [-in the rain-]"));

    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/bbc/tunnel.txt")).unwrap();
    let home =
        home.file("tunnel.txt", page.replace("leave alone", "leave").replace("4. Why did nobody", "4. Why did no one"));
    let kept = home.run_each(["parse", "tunnel.txt", "--as", "tunnel", "--captured", "2023-06-20T09:00:00Z"]);
    assert_eq!(kept.code, 0, "{kept:?}");
    assert!(
        home.run("history tunnel").printed.contains("Why did [-nobody-] {+no one+} close"),
        "{:?}",
        home.run("history tunnel")
    );
    assert_eq!(home.run("check").code, 0);
    assert_eq!(home.run("remove tunnel --yes").code, 0);
    assert_eq!(home.run("check").code, 0);
}

#[test]
fn json_and_rows_of_version_1_are_read_and_kept() {
    let mut home = Home::new();
    for name in ["live-blogs.json", "rows.jsonl", "posting.json"] {
        home = home.file(name, fs::read(sample("v1").join(name)).unwrap());
        let kept = home.run_each(["parse", name]);
        assert_eq!(kept.code, 0, "{kept:?}");
    }
    assert_eq!(
        home.run("filter live-blogs.json --count"),
        printed_and_said("48\n", "9 warnings in 3 pages; -v prints them\n")
    );
    assert_eq!(home.run("filter rows.jsonl --count"), printed("20\n"));
    assert_eq!(home.run("filter posting.json --count"), printed("9\n"));
    assert_eq!(home.run("check").code, 0);
    let rows = home.run("filter rows.jsonl --jsonl");
    let expected =
        fs::read_to_string(sample("v1").join("rows.jsonl")).unwrap().replace("\"removed\":true", "\"removed\":false");
    assert_eq!(rows.printed, expected);
}

#[test]
fn times_that_cannot_be_read_back_are_taken_out_of_an_archive_of_version_1() {
    let home = with_archive("poisoned");
    let rows = home.run_each([
        "filter",
        "--page",
        "lighthouse",
        "--fields",
        "title,published,published_local,modified,doubts",
        "--csv",
    ]);
    assert_eq!(
        rows,
        printed(
            "title,published,published_local,modified,doubts\r\n\
             Lamp lit,2023-06-19T12:00:00Z,2023-06-19T12:00:00+00:00,,[]\r\n\
             Lamp still out,,,2023-06-19T11:30:00Z,\"[\"\"time-unread\"\"]\"\r\n\
             Keeper asleep,,,,\"[\"\"time-unread\"\"]\"\r\n"
        )
    );
    let content =
        "SELECT content ->> 'title' || ' ' || coalesce(content ->> 'modified', 'null') || ' ' || (content ->> 'doubts')
                   FROM entry_version";
    assert_eq!(sql(&home, content), ["Lamp out null [\"time-unread\"]"]);
    assert_eq!(
        sql(&home, "SELECT last || ' ' || reports_from || ' ' || reports_to FROM page WHERE name = 'lighthouse'"),
        ["2023-06-19T12:00:00Z 2023-06-19T12:00:00Z 2023-06-19T12:00:00Z"]
    );
    assert_eq!(home.run("filter --count"), printed("23\n"));
    for command in ["timeline", "history", "search lamp", "pages", "rebuild", "filter --jsonl"] {
        assert_eq!(home.run(command).code, 0, "{command}: {:?}", home.run(command));
    }
    assert_eq!(home.run("remove lighthouse --yes").code, 0);
    assert_eq!(home.run("check").code, 0);
}

/// A way to spoil one value in the archive, and the columns that are named.
const SPOILED: [(&str, &str); 8] = [
    ("UPDATE entry SET published_local = 'tea time' WHERE key = KEY", "published_local"),
    ("UPDATE entry SET published = '+10000-01-01T00:00:00Z' WHERE key = KEY", "published"),
    ("UPDATE entry SET modified = '' WHERE key = KEY", "modified"),
    ("UPDATE entry SET body = '[{\"type\":\"list\"' WHERE key = KEY", "body"),
    ("UPDATE entry SET images = '{}' WHERE key = KEY", "images"),
    ("UPDATE entry SET doubts = 'none' WHERE key = KEY", "doubts"),
    ("UPDATE entry SET label = CAST(x'ff' AS TEXT) WHERE key = KEY", "label"),
    (
        "UPDATE entry_version SET content = '[' WHERE entry = (SELECT id FROM entry WHERE key = KEY)",
        "content of version 2",
    ),
];

#[test]
fn a_value_that_cannot_be_read_spoils_itself_alone() {
    for (spoil, column) in SPOILED {
        let home = with_archive("v1");
        home.run("pages");
        let key = &sql(
            &home,
            "SELECT key FROM entry JOIN page ON page.id = entry.page JOIN entry_version ON entry = entry.id
                               WHERE page.name = 'tunnel' AND removed IS NULL",
        )[0];
        Connection::open(home.archive()).unwrap().execute_batch(&spoil.replace("KEY", &format!("'{key}'"))).unwrap();
        let said = format!(
            "error: tunnel: entry {key} cannot be read whole; left out: {column}\n  \
             liveblog rebuild reads it anew from its original\n"
        );
        let is_version = column.starts_with("content");
        for command in ["filter --jsonl", "timeline --jsonl", "search tunnel --jsonl", "filter --format html"] {
            let ended = home.run(command);
            let expected = if is_version { (0, String::new()) } else { (1, said.clone()) };
            assert_eq!((ended.code, ended.said), expected, "{spoil}: {command}");
            assert!(!ended.printed.is_empty(), "{spoil}: {command}");
        }
        // What cannot be read has no list and no image, and is no error.
        assert!(!home.run("filter --has list --count").printed.is_empty(), "{spoil}");
        assert!(!home.run("filter --image-source reuters --count").printed.is_empty(), "{spoil}");
        let history = home.run("history tunnel");
        assert_eq!((history.code, history.said.as_str()), (1, said.as_str()), "{spoil}");
        let check = home.run("check");
        assert!(check.said.contains(&said) && check.code == 1, "{spoil}: {check:?}");

        let page = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/bbc/tunnel.txt")).unwrap();
        let home = home.file("tunnel.txt", [&page[..], b"\n"].concat());
        let kept = home.run_each(["parse", "tunnel.txt", "--as", "tunnel", "--captured", "2023-06-20T09:00:00Z"]);
        assert_eq!(kept.code, 1, "{spoil}: {kept:?}");
        assert!(kept.said.contains(&said), "{spoil}: {kept:?}");

        assert_eq!(home.run("rebuild").code, 0, "{spoil}");
        assert_eq!(home.run("check").code, 0, "{spoil}: {:?}", home.run("check"));
        Connection::open(home.archive()).unwrap().execute_batch(&spoil.replace("KEY", &format!("'{key}'"))).unwrap();
        assert_eq!(home.run("remove tunnel --yes").code, 0, "{spoil}");
        assert_eq!(home.run("check").code, 0, "{spoil}");
    }
}

#[test]
fn a_live_blog_with_a_zone_that_is_not_known_is_shown_without_it() {
    let home = with_archive("v1");
    home.run("pages");
    let spoil = "UPDATE page SET zone = 'Atlantis/Port', summary = '[' WHERE name = 'tunnel'";
    Connection::open(home.archive()).unwrap().execute_batch(spoil).unwrap();
    let said = "error: tunnel: the live blog cannot be read whole; left out: zone\n  \
                liveblog rebuild reads it anew from its original\n";
    assert_eq!(home.run("pages").said, said);
    assert_eq!(home.run("filter --page tunnel --since 2023-06-19 --until 2023-06-20 --jsonl").said, said);
    assert_eq!(home.run("filter --format html --page tunnel").said, said.replace("zone\n", "summary, zone\n"));
    assert_eq!(home.run("rebuild").code, 0);
    assert_eq!(home.run("pages").code, 0);
    assert_eq!(home.run("check").code, 0);
}

#[test]
fn a_byline_with_the_names_of_others_is_mended_by_reading_again() {
    let home = with_archive("v1");
    home.run("pages");
    let spoil = "UPDATE entry SET authors = 'Nobody Else'";
    Connection::open(home.archive()).unwrap().execute_batch(spoil).unwrap();
    assert_eq!(home.run("check").code, 1);
    assert_eq!(home.run("rebuild").code, 0);
    assert_eq!(home.run("check").code, 0);
}

#[test]
fn what_not_even_check_can_read_is_said_so() {
    let home = with_archive("v1");
    let bytes = fs::read(home.archive()).unwrap();
    fs::write(home.archive(), &bytes[..4096]).unwrap();
    assert_eq!(
        home.run("check"),
        failed(&format!(
            "error: {}: the archive is damaged, and cannot be read through: database disk image is malformed\n  \
             a backup can take its place\n",
            home.archive()
        ))
    );
}
