//! Standard input that is not read.

use std::fs::File;
use std::process::{Command, Stdio};

use crate::session::{FLOOD, Home, STORM, WARNED};

/// What is printed and said with that as standard input.
fn run(home: &Home, input: impl Into<Stdio>, arguments: &str) -> (String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_liveblog"))
        .args(arguments.split(' '))
        .current_dir(home.path(""))
        .env("LIVEBLOG_ARCHIVE", home.archive())
        .stdin(input)
        .output()
        .unwrap();
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn stored() -> Home {
    let home = Home::new().file("flood.json", FLOOD).file("storm.json", STORM).file("empty", "");
    assert_eq!(home.run("parse storm.json").code, 0);
    home
}

const UNREAD: &str = "standard input is not read; give - to read it\n";

#[test]
fn a_file_that_is_not_read_is_reported() {
    let home = stored();
    let with = |file: &str, arguments: &str| run(&home, File::open(home.path(file)).unwrap(), arguments);
    assert_eq!(with("flood.json", "filter --count"), ("2\n".to_owned(), UNREAD.to_owned()));
    assert_eq!(with("flood.json", "timeline storm.json --count"), ("2\n".to_owned(), UNREAD.to_owned()));
    assert_eq!(
        with("flood.json", "search ferries --count"),
        ("1\n".to_owned(), "standard input is not read; liveblog filter - reads it\n".to_owned())
    );
    assert_eq!(with("flood.json", "filter - --count"), ("3\n".to_owned(), WARNED.to_owned()));
    assert_eq!(with("empty", "filter --count"), ("2\n".to_owned(), String::new()));
    assert_eq!(run(&home, Stdio::null(), "filter --count"), ("2\n".to_owned(), String::new()));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_reported_only_if_it_has_bytes_and_is_never_waited_for() {
    use std::io::Write;

    let home = stored();
    let (reader, mut writer) = std::io::pipe().unwrap();
    assert_eq!(run(&home, reader.try_clone().unwrap(), "filter --count"), ("2\n".to_owned(), String::new()));
    writer.write_all(b"a page").unwrap();
    assert_eq!(run(&home, reader.try_clone().unwrap(), "filter --count"), ("2\n".to_owned(), UNREAD.to_owned()));
    drop(writer);
    let (closed, _) = std::io::pipe().unwrap();
    assert_eq!(run(&home, closed, "filter --count"), ("2\n".to_owned(), String::new()));
}
