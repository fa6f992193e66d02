//! Where output goes, and in which dress.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::session::{Home, STORM, failed, misused, printed, printed_and_warned};

#[test]
fn a_file_is_written_in_the_format_of_its_ending() {
    let home = Home::with_pages();
    assert_eq!(home.run("filter storm.json --fields id,author -o out.tsv"), printed(""));
    assert_eq!(home.read("out.tsv"), "id\tauthor\npost-2\tAda Example\npost-1\t\n");
    assert_eq!(home.run("parse --no-save storm.json -o out.json"), printed(""));
    assert_eq!(home.read("out.json"), STORM);
    assert_eq!(home.files(), ["flood.json", "out.json", "out.tsv", "storm.json"], "nothing is left beside them");
}

#[test]
fn a_directory_takes_one_file_per_live_blog() {
    let home = Home::with_pages();
    assert_eq!(home.run("filter flood.json storm.json --csv --fields id -o out/"), printed_and_warned(""));
    assert_eq!(home.files_in("out"), ["flood.csv", "storm.csv"]);
    assert_eq!(home.read("out/storm.csv"), "id\r\npost-2\r\npost-1\r\n");

    let ended = home.run("parse --no-save flood.json storm.json storm.json --json -o out");
    assert_eq!((ended.code, ended.printed.as_str()), (0, ""));
    assert_eq!(home.files_in("out"), ["flood.csv", "flood.json", "storm-2.json", "storm.csv", "storm.json"]);
    assert_eq!((home.read("out/storm.json"), home.read("out/storm-2.json")), (STORM.to_owned(), STORM.to_owned()));

    let ended = home.run("parse --no-save storm.json --format markdown --as ../storm -o out/md/");
    assert_eq!((ended.code, home.files_in("out/md")), (0, vec!["storm.md".to_owned()]));
}

#[test]
fn a_directory_needs_a_format_and_takes_no_timeline() {
    let home = Home::with_pages();
    assert_eq!(
        home.run("filter storm.json -o out/"),
        misused("error: out/: a directory has no ending; give --format\n  liveblog filter --help shows its options\n")
    );
    assert_eq!(
        home.run("timeline storm.json --csv -o out/"),
        misused(
            "error: all live blogs are put in one order here, so they are one document; give a FILE, no DIR/\n  \
             liveblog timeline --help shows its options\n"
        )
    );
}

#[test]
fn documents_show_what_the_archive_knows_about_the_live_blogs() {
    let home = Home::with_pages();
    let documents = home.run("filter flood.json storm.json --format markdown");
    assert!(documents.printed.contains("# flood\n\n19 June 2023 11:02–14:27 BST\n\n- The tunnel reopens\n"));
    assert!(documents.printed.contains("\n# Storm over the bay\n"), "{documents:?}");
    assert_eq!(home.run("parse --as flood.txt flood.json").code, 0);
    assert_eq!(home.run("parse --as storm.html storm.json").code, 0);
    assert_eq!(home.run("filter --format markdown"), printed(&documents.printed));
}

#[test]
fn schema_org_data_is_read_back_as_the_same_entries() {
    let home = Home::with_pages();
    let trap = STORM.replace("Ferries stay in port", "<b>Ferries</b> stay &amp; <script>alert(1)</script>");
    let home = home.file("trap.json", &trap);
    assert_eq!(home.run("parse --no-save flood.json storm.json trap.json --format jsonld -o out.jsonld").code, 0);
    let rows = |pages: &str| home.run(&format!("filter {pages} --jsonl")).printed;
    assert_eq!(rows("out.jsonld"), rows("flood.json storm.json trap.json"));
    let blog: serde_json::Value =
        serde_json::from_str(&home.run("parse --no-save storm.json --format jsonld").printed).unwrap();
    assert_eq!((&blog["@type"], &blog["headline"]), (&"LiveBlogPosting".into(), &"Storm over the bay".into()));
}

#[test]
fn documents_of_what_a_search_found_are_one_whose_entries_name_their_live_blogs() {
    let home = Home::with_pages();
    assert_eq!(home.run("parse flood.json storm.json").code, 0);
    let document = home.run("search the --format markdown").printed;
    assert_eq!(document.matches("\n# ").count(), 0, "{document}");
    assert!(document.starts_with("# Found entries\n"), "{document}");
    assert!(document.contains("\n*Breaking · flood*\n") && document.contains("Storm over the bay*\n"), "{document}");
    let page = home.run("search the --format html").printed;
    assert!(page.contains("<h1 dir=\"auto\">Found entries</h1>") && page.contains("<option value=\"1\">"), "{page}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_file_whole_and_is_reported() {
    let home = Home::with_pages().file("out.csv", "old");
    // Files may grow to a block of 512 bytes, as if there were no room for more.
    let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" filter flood.json storm.json -o out.csv";
    let output = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_liveblog")])
        .current_dir(home.path(""))
        .output()
        .unwrap();
    assert_eq!(
        (output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()),
        (Some(1), "error: out.csv: cannot be written: File too large (os error 27)\n")
    );
    assert_eq!((home.read("out.csv").as_str(), home.files().len()), ("old", 3));
    let full = "cannot be written: No space left on device (os error 28)\n";
    assert_eq!(home.run("filter storm.json --csv -o /dev/full"), failed(&format!("error: /dev/full: {full}")));
}

#[test]
fn a_file_stays_as_it_was_if_the_new_one_can_not_be_made() {
    let home = Home::with_pages().file("out.csv", "old");
    let ended = home.run("filter -o out.csv");
    assert_eq!((ended.code, home.read("out.csv").as_str()), (1, "old"));
    assert_eq!(home.files(), ["flood.json", "out.csv", "storm.json"]);
}

#[test]
fn a_file_that_can_not_be_made_is_named() {
    assert_eq!(
        Home::with_pages().run("filter storm.json -o nowhere/out.csv"),
        failed("error: nowhere/out.csv: cannot be written: No such file or directory (os error 2)\n")
    );
}

#[cfg(unix)]
#[test]
fn a_device_is_written_to_and_not_replaced() {
    assert_eq!(Home::with_pages().run("filter storm.json --csv -o /dev/null"), printed(""));
    assert_eq!(
        Home::with_pages().run("filter storm.json --csv --fields id -o /dev/stdout"),
        printed("id\r\npost-2\r\npost-1\r\n")
    );
}

#[test]
fn an_ending_that_is_no_format_is_refused() {
    assert_eq!(
        Home::with_pages().run("filter storm.json -o out.docx"),
        misused(
            "error: out.docx: no format has this ending; known are .txt, .json, .jsonl, .csv, .tsv, .md, .html, .jsonld, .atom, \
             .jsonfeed, .svg, .parquet, or give --format\n  \
             liveblog filter --help shows its options\n"
        )
    );
}

#[test]
fn colour_is_used_when_it_is_asked_for_and_never_in_a_pipe() {
    let home = Home::with_pages();
    let title = "\u{1b}[1mFerries stay in port\u{1b}[0m";
    let colored = |arguments: &str, variables: &[(&str, &str)]| {
        let mut command = home.command();
        command.envs(variables.iter().copied()).args(arguments.split(' '));
        String::from_utf8(command.output().unwrap().stdout).unwrap().contains(title)
    };
    assert!(!colored("filter storm.json", &[]));
    assert!(colored("filter storm.json --color always", &[]));
    assert!(colored("filter storm.json", &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored("filter storm.json --color never", &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored("filter storm.json", &[("NO_COLOR", "1")]));
    assert!(colored("filter storm.json --color always", &[("NO_COLOR", "1")]), "who asks for it gets it");
    assert!(!colored("filter storm.json --color always -o out.txt", &[]));
}

#[test]
fn a_closed_pipe_is_a_quiet_end() {
    let mut home = Home::new();
    for number in 0..2000 {
        home = home.file(&format!("in/{number}.json"), STORM);
    }
    let mut program = Command::new(env!("CARGO_BIN_EXE_liveblog"))
        .args(["filter", "in", "--jsonl"])
        .current_dir(home.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(program.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let ended = program.wait_with_output().unwrap();
    assert!(line.starts_with("{\"page\":\"storm.html\""), "{line}");
    assert_eq!((ended.status.code(), ended.stderr.as_slice()), (Some(0), b"".as_slice()));
}

#[test]
fn every_command_shows_a_worked_example() {
    let home = Home::new();
    for command in ["", "parse ", "filter ", "timeline ", "schema ", "completions ", "man "] {
        let help = home.run(&format!("{command}--help")).printed;
        let examples = help.split_once("\nExamples:\n").map_or("", |(_, examples)| examples);
        assert!(examples.lines().any(|line| line.starts_with(&format!("  liveblog {command}"))), "{help}");
    }
}
