//! `liveblog original`

use std::fs;

use crate::session::{Home, failed, misused, printed};

/// Two captures of one live blog, the later stored first; the bytes of one are not plain.
const FIRST: &[u8] =
    "\u{feff}  1. Gate closedpublished at 09:05 British Summer Time 19 June 2023\r\n\r\n    It is shut.\r\n".as_bytes();
const SECOND: &[u8] = b"  1. Gate closedpublished at 09:05 British Summer Time 19 June 2023\n\n    It is open.";

fn home() -> Home {
    let home = Home::new().file("first.txt", FIRST).file("second.txt", SECOND);
    for (file, time) in [("second.txt", "2023-06-19T16:00Z"), ("first.txt", "2023-06-19T15:00Z")] {
        assert_eq!(home.run(&format!("parse {file} --as flood --captured {time}")).code, 0);
    }
    home
}

#[test]
fn the_latest_capture_is_printed_byte_by_byte() {
    let home = home();
    assert_eq!(home.run("original flood"), printed(std::str::from_utf8(SECOND).unwrap()));
    assert_eq!(home.run("original flood -o -"), printed(std::str::from_utf8(SECOND).unwrap()));
}

#[test]
fn a_capture_is_named_by_its_number_in_the_history() {
    let home = home();
    assert!(home.run("history flood").printed.contains("\n1. captured 19 June 2023 16:00 BST from first.txt"));
    assert_eq!(home.run("original flo --capture 1 -o out.txt"), printed(""));
    assert_eq!(fs::read(home.path("out.txt")).unwrap(), FIRST);
}

#[test]
fn a_number_that_no_capture_has_lists_those_there_are() {
    for number in [0, 3] {
        assert_eq!(
            home().run(&format!("original flood --capture {number}")),
            failed(&format!(
                "error: flood has no capture {number}, but 2:\n  \
                 1  captured 2023-06-19T15:00:00Z from first.txt\n  \
                 2  captured 2023-06-19T16:00:00Z from second.txt\n  \
                 liveblog history NAME shows what changed from one to the next\n"
            ))
        );
    }
}

#[test]
fn an_original_that_is_corrupt_is_not_printed() {
    let home = home();
    let spoil = "UPDATE capture SET sha256 = '0' WHERE source = 'second.txt'";
    rusqlite::Connection::open(home.archive()).unwrap().execute_batch(spoil).unwrap();
    assert_eq!(
        home.run("original flood -o out.txt"),
        failed(
            "error: flood: the stored original of second.txt is corrupt (checksum mismatch)\n  \
             a backup may still hold it\n"
        )
    );
    assert!(!home.path("out.txt").exists());
    assert_eq!(home.run("original flood --capture 1").code, 0);
}

#[test]
fn the_archive_itself_is_not_overwritten() {
    let home = home();
    let ended = home.run(&format!("original flood -o {}", home.archive()));
    assert!(ended.code == 1 && ended.said.contains("it is the archive itself"), "{ended:?}");
}

#[test]
fn a_name_is_wanted() {
    assert_eq!(
        home().run("original"),
        misused(
            "error: the following required arguments were not provided:\n  <NAME>\n\n\
             Usage: liveblog original <NAME>\n\nFor more information, try '--help'.\n"
        )
    );
}
