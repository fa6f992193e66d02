//! No output takes the place of an input, of the archive, or of what is no regular file.

#[cfg(unix)]
use std::fs;

#[cfg(unix)]
use crate::session::printed_and_said;
use crate::session::{Ended, FLOOD, Home, STORM, failed, misused, printed, printed_and_warned};

/// What is said of a file that has to stay.
fn protected(name: &str, what: &str) -> Ended {
    failed(&format!("error: {name}: cannot be written: it is {what}\n  give another name\n"))
}

/// A home with two pages, both of them kept in `archive.db`.
fn home() -> Home {
    let home = Home::with_pages();
    assert_eq!(home.run("parse flood.json storm.json --archive archive.db").code, 0);
    home
}

#[test]
fn the_archive_and_the_files_beside_it_are_no_output() {
    let home = home();
    for command in [
        "filter --csv -o",
        "filter storm.json --csv -o",
        "filter --count --json -o",
        "timeline --csv -o",
        "search ferries --csv -o",
        "parse storm.json --json -o",
        "parse storm.json --no-save --json -o",
        "parse storm.json --explain -o",
        "backup --overwrite",
    ] {
        for file in ["archive.db", "./archive.db", "archive.db-wal", "archive.db-shm", "archive.db-journal"] {
            let command = format!("--archive archive.db {command} {file}");
            assert_eq!(home.run(&command), protected(file, "the archive itself"), "{command}");
        }
    }
    assert_eq!(home.run("check --archive archive.db").code, 0);
    assert_eq!(home.files(), ["archive.db", "flood.json", "storm.json"]);
}

#[test]
fn an_archive_that_is_not_there_yet_is_no_output_either() {
    let home = Home::with_pages();
    for file in ["archive.db", "archive.db-wal"] {
        let command = format!("parse storm.json --json --archive archive.db -o {file}");
        assert_eq!(home.run(&command), protected(file, "the archive itself"));
    }
    assert_eq!(home.files(), ["flood.json", "storm.json"]);
}

#[test]
fn a_page_that_is_read_is_no_output() {
    let home = home();
    for command in ["filter", "timeline", "parse --no-save"] {
        for input in ["storm.json", ".", "flood.json storm.json"] {
            let command = format!("{command} {input} --json -o storm.json --archive archive.db");
            assert_eq!(home.run(&command), protected("storm.json", "one of the pages to read"), "{command}");
        }
    }
    // The output of each page would be the page itself.
    assert_eq!(
        home.run("parse --no-save storm.json --json -o ./"),
        protected("./storm.json", "one of the pages to read")
    );
    assert_eq!((home.read("storm.json"), home.read("flood.json")), (STORM.to_owned(), FLOOD.to_owned()));
}

#[test]
fn a_new_file_may_be_written_into_a_directory_that_is_read() {
    let home = Home::with_pages();
    assert_eq!(home.run("filter . --csv --fields id -o ids.csv"), printed_and_warned(""));
    assert_eq!(home.read("ids.csv").lines().count(), 1 + 5);
    // The directory holds it now, so the second run would read it.
    assert_eq!(home.run("filter . --csv --fields id -o ids.csv"), protected("ids.csv", "one of the pages to read"));
    assert_eq!(
        home.run("filter flood.json --csv --fields id -o ids.csv"),
        printed_and_warned(""),
        "and this one does not"
    );
}

#[cfg(unix)]
#[test]
fn links_hide_neither_a_page_nor_the_archive() {
    use std::os::unix::fs::symlink;

    let home = home();
    fs::create_dir(home.path("in")).unwrap();
    symlink("../storm.json", home.path("in/linked.json")).unwrap();
    for (target, name) in [("archive.db", "archive"), ("storm.json", "page")] {
        symlink(target, home.path(&format!("soft-{name}.csv"))).unwrap();
        fs::hard_link(home.path(target), home.path(&format!("hard-{name}.csv"))).unwrap();
    }
    for kind in ["soft", "hard"] {
        assert_eq!(
            home.run(&format!("filter --csv --archive archive.db -o {kind}-archive.csv")),
            protected(&format!("{kind}-archive.csv"), "the archive itself")
        );
        for input in ["storm.json", "in"] {
            assert_eq!(
                home.run(&format!("filter {input} --csv -o {kind}-page.csv")),
                protected(&format!("{kind}-page.csv"), "one of the pages to read")
            );
        }
    }
    assert_eq!(home.run("filter in --json -o storm.json"), protected("storm.json", "one of the pages to read"));
    let through_a_link = "filter --csv --archive soft-archive.csv -o archive.db-wal";
    assert_eq!(home.run(through_a_link), protected("archive.db-wal", "the archive itself"));
    assert_eq!(home.run("check --archive archive.db").code, 0);
    assert_eq!(home.read("storm.json"), STORM);
}

#[cfg(unix)]
#[test]
fn a_page_on_standard_input_is_no_output() {
    let home = Home::with_pages();
    let run = |command: &str| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_liveblog"));
        program.current_dir(home.path("")).args(command.split(' '));
        let output = program.stdin(fs::File::open(home.path("storm.json")).unwrap()).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let words = "error: storm.json: cannot be written: it is one of the pages to read\n  give another name\n";
    assert_eq!(run("filter - --json -o storm.json"), (Some(1), words.to_owned()));
    assert_eq!(run("parse --no-save --json -o storm.json"), (Some(1), words.to_owned()));
    assert_eq!(home.read("storm.json"), STORM);
}

#[test]
fn a_hyphen_is_standard_output() {
    let home = home();
    assert_eq!(home.run("filter storm.json --csv --fields id -o -"), printed("id\r\npost-2\r\npost-1\r\n"));
    assert_eq!(home.run("parse --no-save storm.json --json -o -"), printed(STORM));
    let usage = |command: &str, words: &str| {
        misused(&format!("error: {words}\n  liveblog {command} --help shows its options\n"))
    };
    assert_eq!(
        home.run("backup - --archive archive.db"),
        usage("backup", "a backup is written into a file, not to standard output; give a FILE")
    );
    assert_eq!(home.run("man -o -"), usage("man", "the pages of all commands go into a directory; give -o DIR"));
    assert_eq!(home.files(), ["archive.db", "flood.json", "storm.json"]);
    assert_eq!(home.run("filter storm.json --csv --fields id -o ./-"), printed(""));
    assert_eq!(home.read("-"), "id\r\npost-2\r\npost-1\r\n");
}

#[cfg(unix)]
#[test]
fn a_backup_takes_the_place_of_regular_files_alone() {
    use std::os::unix::fs::{FileTypeExt, symlink};
    use std::os::unix::net::UnixListener;

    let home = home();
    let words = |name: &str, what: &str| format!("error: {name}: cannot be written: it is {what}\n");
    assert!(std::process::Command::new("mkfifo").arg(home.path("pipe")).status().unwrap().success());
    let _socket = UnixListener::bind(home.path("socket")).unwrap();
    fs::create_dir(home.path("folder")).unwrap();
    for option in ["", " --overwrite"] {
        for name in ["pipe", "socket", "/dev/null"] {
            let ended = home.run(&format!("backup {name}{option} --archive archive.db"));
            assert_eq!(ended, failed(&words(name, "not a regular file")));
        }
        let ended = home.run(&format!("backup folder{option} --archive archive.db"));
        assert_eq!(ended, protected("folder", "a directory"));
    }
    let kind = |name: &str| fs::symlink_metadata(home.path(name)).unwrap().file_type();
    assert!(kind("pipe").is_fifo() && kind("socket").is_socket() && kind("folder").is_dir());

    symlink("copy.db", home.path("latest.db")).unwrap();
    fs::write(home.path("copy.db"), "old").unwrap();
    let ended = home.run("backup latest.db --overwrite --archive archive.db");
    assert_eq!(ended, printed_and_said("", "copied archive.db to latest.db\n"));
    assert!(kind("latest.db").is_symlink(), "a link goes on leading where it leads");
    assert_eq!(home.run("filter --count --archive copy.db"), printed("5\n"));
}

#[cfg(unix)]
#[test]
fn a_backup_has_the_mode_of_the_archive() {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;

    let home = home();
    for (number, mode) in [0o600, 0o640, 0o644, 0o660].into_iter().enumerate() {
        fs::set_permissions(home.path("archive.db"), Permissions::from_mode(mode)).unwrap();
        let copy = format!("copy-{number}.db");
        assert_eq!(home.run(&format!("backup {copy} --archive archive.db")).code, 0);
        assert_eq!(fs::metadata(home.path(&copy)).unwrap().permissions().mode() & 0o777, mode);
        // Also where a file was there that everybody could read.
        fs::set_permissions(home.path(&copy), Permissions::from_mode(0o666)).unwrap();
        assert_eq!(home.run(&format!("backup --overwrite {copy} --archive archive.db")).code, 0);
        assert_eq!(fs::metadata(home.path(&copy)).unwrap().permissions().mode() & 0o777, mode);
    }
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_written_to() {
    let home = Home::with_pages();
    assert!(std::process::Command::new("mkfifo").arg(home.path("pipe.csv")).status().unwrap().success());
    let reader = std::thread::spawn({
        let pipe = home.path("pipe.csv");
        move || fs::read_to_string(pipe).unwrap()
    });
    assert_eq!(home.run("filter storm.json --fields id -o pipe.csv"), printed(""));
    assert_eq!(reader.join().unwrap(), "id\r\npost-2\r\npost-1\r\n");
    assert_eq!(home.run("filter storm.json --csv --fields id -o /dev/stdout"), printed("id\r\npost-2\r\npost-1\r\n"));
    assert_eq!(home.run("filter storm.json --csv --fields id -o /dev/null"), printed(""));
}

#[cfg(unix)]
#[test]
fn the_name_of_an_archive_is_always_a_path() {
    let home = Home::with_pages();
    for (name, path) in [
        (":memory:", "./:memory:"),
        ("file:x", "./file:x"),
        ("file:x.db?mode=memory", "./file:x.db?mode=memory"),
        ("file::memory:?cache=shared", "./file::memory:?cache=shared"),
        ("a%20b#c.db", "a%20b#c.db"),
    ] {
        let kept = format!("storm: 2 entries, 19 June 2023 12:30 BST, 1 author, 0 images, 0 doubts\nkept in {path}\n");
        assert_eq!(home.run_each(["--archive", name, "parse", "storm.json"]), printed(&kept));
        assert!(home.path(name).is_file(), "{name}");
        assert_eq!(home.run_each(["--archive", name, "filter", "--count"]), printed("2\n"));
        assert_eq!(home.run_each(["--archive", name, "backup", &format!("{name}.copy")]).code, 0);
        assert_eq!(home.run_each(["--archive", &format!("{name}.copy"), "filter", "--count"]), printed("2\n"));
    }
    assert_eq!(home.files().len(), 2 + 2 * 5, "{:?}", home.files());
}

/// The program waits for the second page from a pipe while its archive is taken away.
#[cfg(unix)]
#[test]
fn an_archive_that_is_taken_away_is_an_error() {
    use std::io::{BufRead, BufReader, Write};
    use std::process::{Command, Stdio};

    for replace in [false, true] {
        let home = Home::with_pages();
        assert!(Command::new("mkfifo").arg(home.path("later.json")).status().unwrap().success());
        let big = home.path("big.txt");
        // The first batch has to be full, or the first page would wait for the second.
        fs::write(
            &big,
            format!("Gate closedpublished at 12:00 GMT 20 June 2023\n\n{}", "It is shut. ".repeat(400_000)),
        )
        .unwrap();
        let mut program = Command::new(env!("CARGO_BIN_EXE_liveblog"))
            .args(["parse", "big.txt", "later.json", "--archive", "archive.db", "--json"])
            .current_dir(home.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut printed = BufReader::new(program.stdout.take().unwrap());
        printed.fill_buf().unwrap();
        fs::rename(home.path("archive.db"), home.path("moved.db")).unwrap();
        if replace {
            fs::write(home.path("archive.db"), "").unwrap();
        }
        let drain = std::thread::spawn(move || printed.lines().count());
        fs::File::options().write(true).open(home.path("later.json")).unwrap().write_all(STORM.as_bytes()).unwrap();
        let output = program.wait_with_output().unwrap();
        drain.join().unwrap();
        assert_eq!(
            (output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()),
            (
                Some(1),
                "error: archive.db: the archive was moved or removed while it was being written\n  \
                 what was stored since then is lost; run the command once more\n"
            )
        );
    }
}
