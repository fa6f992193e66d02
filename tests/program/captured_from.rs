//! `liveblog parse --captured-from`

use std::fs::File;

use chrono::{DateTime, Utc};

use crate::session::{Ended, Home, failed, printed};

fn page(body: &str) -> String {
    format!("  1. Gate closedpublished at 09:05 British Summer Time 19 June\n\n    {body}\n")
}

/// Makes a file one that was changed at half past two, UTC.
fn set_modified(home: &Home, name: &str) {
    let modified: DateTime<Utc> = "2023-06-19T14:30:00Z".parse().unwrap();
    File::options().write(true).open(home.path(name)).unwrap().set_modified(modified.into()).unwrap();
}

/// What of a run is about the times of files.
fn said(ended: &Ended) -> Vec<&str> {
    let lines = ended.said.lines();
    lines
        .filter(|line| line.contains("nobody says") || line.contains("file names") || line.contains("set to"))
        .collect()
}

const ASSUMED: &str =
    "the times in file names name no zone, and were read in Europe/London; --zone ZONE reads them in another";

#[test]
fn a_directory_of_captures_named_by_their_time_has_a_history_with_these_times() {
    let mut home = Home::new();
    for minute in 0..20 {
        // In the order of their names, which is not that of time.
        let name = format!("captures/{}-20230619T12{:02}.txt", ["flood", "again"][minute % 2], minute);
        home = home.file(&name, page(&format!("It is shut for {minute} minutes.")));
    }
    let ended = home.run("parse captures --captured-from name");
    assert_eq!((ended.code, said(&ended)), (0, vec![ASSUMED]));
    let history = home.run("history").printed;
    let times: Vec<_> = history.lines().filter_map(|line| line.split_once(". captured ")).collect();
    assert_eq!(times.len(), 20, "{history}");
    for (minute, (number, rest)) in times.into_iter().enumerate() {
        assert_eq!(number, (minute + 1).to_string());
        assert!(rest.starts_with(&format!("19 June 2023 12:{minute:02} BST from captures/")), "{rest}");
    }
    assert_eq!(history.matches("  edited  ").count(), 19);
}

#[test]
fn a_name_is_in_utc_where_it_says_so_or_in_the_zone_that_is_named() {
    for (name, zone, captured, notes) in [
        ("20230619121200.txt", "", "2023-06-19T12:12:00Z", vec![]),
        ("flood-2023-06-19T12-12Z.txt", "", "2023-06-19T12:12:00Z", vec![]),
        ("1687176720.txt", "", "2023-06-19T12:12:00Z", vec![]),
        ("2023-06-19_12.12.txt", "", "2023-06-19T11:12:00Z", vec![ASSUMED]),
        ("2023-06-19_12.12.txt", " --zone America/New_York", "2023-06-19T16:12:00Z", vec![]),
        ("2023-06-19.txt", "", "2023-06-19T22:59:59Z", vec![ASSUMED]),
    ] {
        let home = Home::new().file(name, page("It is shut."));
        let ended = home.run(&format!("parse {name} --captured-from name{zone} --json"));
        assert!(ended.printed.contains(&format!("\"captured\":\"{captured}\"")), "{name}: {ended:?}");
        assert_eq!(said(&ended), notes, "{name}");
    }
}

#[test]
fn a_name_without_a_time_is_reported_and_nothing_is_guessed() {
    let home = Home::new()
        .file("pages/flood.txt", page("It is shut."))
        .file("pages/2023-06-19-to-2023-06-20.txt", page("It is open."))
        .file("pages/20230619121200.txt", page("It is half open."));
    let ended = home.run("parse pages --captured-from name --no-save --jsonl --fields published");
    assert_eq!(ended.code, 0);
    assert_eq!(
        said(&ended),
        [
            "pages/2023-06-19-to-2023-06-20.txt: its name has several times, so nobody says when it was saved",
            "pages/flood.txt: its name has no time, so nobody says when it was saved",
        ]
    );
    let ended = home.run("parse pages/flood.txt --captured-from name --no-save --json");
    assert!(ended.printed.contains("\"captured\":null"), "{ended:?}");
    assert_eq!(
        home.run("parse pages/flood.txt --captured-from name --strict"),
        failed(
            "error: pages/flood.txt: there are warnings, and --strict allows none\n  \
             its name has no time, so nobody says when it was saved\n"
        )
    );
    let ended = home.pipe(&page("It is shut."), "parse --captured-from mtime --no-save");
    assert_eq!(said(&ended), ["-: nobody says when it was saved or last changed"]);
}

#[test]
fn the_time_of_the_last_change_counts_where_it_is_asked_for() {
    let home = Home::new().file("flood.txt", page("It is shut."));
    set_modified(&home, "flood.txt");
    let captured = |options: &str| {
        let ended = home.run(&format!("parse flood.txt --no-save --json{options}"));
        ended.printed.split_once("\"captured\":").unwrap().1.split(',').next().unwrap().to_owned()
    };
    assert_eq!(captured(""), "null");
    assert_eq!(captured(" --captured-from mtime"), "\"2023-06-19T14:30:00Z\"");
    let ended = home.run("parse flood.txt --captured-from mtime --captured 2023-06-19");
    assert!(ended.code == 2 && ended.said.contains("cannot be used with"), "{ended:?}");
}

#[test]
fn what_was_stored_without_a_time_gets_that_of_its_name() {
    let home = Home::new().file("20230619121200.txt", page("It is shut."));
    set_modified(&home, "20230619121200.txt");
    home.run("parse 20230619121200.txt --as flood");
    assert!(home.run("history flood").printed.contains("1. kept 20 June 2023"));
    let ended = home.run("parse 20230619121200.txt --as flood --captured-from name");
    assert_eq!(said(&ended), ["flood: captured set to 19 June 2023 13:12 BST; no entry moved"]);
    assert_eq!(
        home.run("history flood"),
        printed("flood: 1 capture\n\n1. captured 19 June 2023 13:12 BST from 20230619121200.txt, 1 entry\n")
    );
}

#[test]
fn the_same_bytes_under_several_times_were_captured_at_the_first_of_them() {
    let files = ["captures/20230619121200.txt", "captures/20230619121700.txt", "captures/20230619121500.txt"];
    let home = files.into_iter().fold(Home::new(), |home, name| home.file(name, page("It is shut.")));
    let run = |order: [usize; 3]| {
        let files = order.map(|index| files[index]).join(" ");
        home.run(&format!("parse {files} --as flood --captured-from name"))
    };
    let line = "flood: 1 entry, 19 June 2023 09:05 BST, 0 authors, 0 images, 1 doubt";
    let ended = run([1, 2, 0]);
    let lines: Vec<_> = ended.printed.lines().take(3).collect();
    assert_eq!(lines, [line.to_owned(), format!("{line}; kept before"), format!("{line}; kept before")]);
    assert_eq!(
        said(&ended),
        [
            "flood: captured set to 19 June 2023 13:15 BST; no entry moved",
            "flood: captured set to 19 June 2023 13:12 BST; no entry moved"
        ]
    );
    let history = "flood: 1 capture\n\n1. captured 19 June 2023 13:12 BST from captures/20230619121200.txt, 1 entry\n";
    assert_eq!(home.run("history flood"), printed(history));

    // Again, and in another order: nothing changes, and each line says what the archive has.
    let ended = run([0, 1, 2]);
    let later = format!("{line}; kept before, as captured 19 June 2023 13:12 BST");
    let lines: Vec<_> = ended.printed.lines().take(3).collect();
    assert_eq!(lines, [format!("{line}; kept before"), later.clone(), later]);
    assert_eq!(said(&ended), Vec::<&str>::new());
    assert_eq!(home.run("history flood"), printed(history));
}

#[test]
fn the_zone_of_names_can_be_corrected_to_later_times() {
    let names = ["2023-06-19T12-12.txt", "2023-06-19T12-17.txt"];
    let home = names.into_iter().fold(Home::new(), |home, name| home.file(name, page("It is shut.")));
    home.run("parse 2023-06-19T12-12.txt 2023-06-19T12-17.txt --as flood --captured-from name");
    home.run("parse 2023-06-19T12-12.txt 2023-06-19T12-17.txt --as flood --captured-from name --zone America/New_York");
    let pages = home.run("pages --json").printed;
    assert!(pages.contains("\"captured\":\"2023-06-19T16:12:00Z\""), "{pages}");
}
