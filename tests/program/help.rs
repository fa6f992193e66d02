//! `liveblog schema`, `liveblog completions`, `liveblog man`

#[cfg(unix)]
use std::process::Command;

use crate::session::{Home, misused, printed};

#[test]
fn the_schema_is_printed() {
    assert_eq!(Home::new().run("schema"), printed(liveblog::model::SCHEMA));
}

#[test]
fn the_metadata_for_datasette_names_the_archive() {
    let ended = Home::new().run("schema --datasette --archive my-pages.db");
    assert_eq!((ended.code, ended.said.as_str()), (0, ""));
    let metadata: serde_json::Value = serde_json::from_str(&ended.printed).unwrap();
    let tables = &metadata["databases"]["my-pages"]["tables"];
    assert_eq!(tables["entries"]["fts_table"], "entry_fts");
    assert_eq!(tables["changes"]["sort_desc"], "captured");
}

#[test]
fn every_shell_gets_a_script_that_asks_the_program() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ended = Home::new().run(&format!("completions {shell}"));
        assert_eq!((ended.code, ended.said.as_str()), (0, ""));
        assert!(ended.printed.contains("liveblog") && ended.printed.contains("COMPLETE"), "{}", ended.printed);
    }
    assert_eq!(Home::new().run("completions tcsh").code, 2);
}

/// What a shell is offered for the last word of a line.
fn offered(home: &Home, line: &str) -> Vec<String> {
    let mut command = home.command();
    let words = ["--", "liveblog"].into_iter().chain(line.split(' '));
    let output = command.env("COMPLETE", "fish").args(words).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    printed.lines().map(|line| line.split('\t').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn values_are_completed_from_the_archive() {
    let home = Home::with_pages();
    assert_eq!(offered(&home, "filter --author "), Vec::<String>::new(), "there is no archive yet");
    home.run("parse flood.json storm.json");
    assert_eq!(offered(&home, "filter --author "), ["Ada Example", "Bob Example", "Cleo Example"]);
    assert_eq!(offered(&home, "filter --author ADA"), ["Ada Example"]);
    assert_eq!(offered(&home, "history s"), ["storm"]);
    assert_eq!(offered(&home, "remove ")[..2], ["flood", "storm"]);
    assert_eq!(offered(&home, "search gate --page f"), ["flood"]);
    assert_eq!(offered(&home, "filter --archive other.db --page "), Vec::<String>::new());
    assert_eq!(offered(&home, "filter --archive=archive.db --page f"), Vec::<String>::new());
}

/// Bash inserts what it gets as it is.
#[cfg(unix)]
#[test]
fn values_with_spaces_are_quoted_for_bash() {
    let home = Home::with_pages();
    home.run("parse flood.json");
    let offered = |word: &str, value: &str| {
        let script = r#"
            PATH=$(dirname "$1"):$PATH
            source <(liveblog completions bash)
            COMP_WORDS=(liveblog filter --author "$2") COMP_CWORD=3
            _liveblog liveblog "$3" --author
            printf '%s|' "${COMPREPLY[@]}"
        "#;
        let mut shell = Command::new("bash");
        shell
            .args(["-c", script, "bash", env!("CARGO_BIN_EXE_liveblog"), word, value])
            .env("LIVEBLOG_ARCHIVE", home.archive());
        String::from_utf8(shell.output().unwrap().stdout).unwrap()
    };
    assert_eq!(offered("Ada", "Ada"), r"Ada\ Example|");
    assert_eq!(offered(r"Ada\ ", r"Ada\ "), r"Ada\ Example|");
    assert_eq!(offered("\"Ada", "Ada"), "Ada Example|");
}

#[test]
fn fields_zones_commands_and_files_are_completed_without_an_archive() {
    let home = Home::with_pages();
    assert_eq!(offered(&home, "filter --fields published,au"), ["published,author"]);
    assert_eq!(offered(&home, "filter --tz europe/lon"), ["Europe/London"]);
    assert_eq!(offered(&home, "parse --zone Europe/Gib"), ["Europe/Gibraltar"]);
    assert_eq!(offered(&home, "timel"), ["timeline"]);
    assert_eq!(offered(&home, "parse flo"), ["flood.json"]);
    assert!(!offered(&home, "parse --").contains(&"--now".to_owned()), "it is for tests");
}

#[test]
fn the_manual_has_a_page_per_command() {
    let home = Home::new();
    assert!(home.run("man").printed.contains(".TH liveblog 1"));
    let page = home.run("man parse").printed;
    assert!(page.contains(".TH liveblog-parse 1") && page.contains("Where they were published"), "{page}");
    let examples = page.split(".SH EXAMPLES\n.EX\n").nth(1).unwrap();
    assert!(examples.starts_with("  liveblog parse ") && examples.ends_with(".EE\n"), "{page}");
    assert!(page.contains(".SH SYNOPSIS\n.EX\nliveblog parse [OPTIONS] [PAGE]...\n.EE\n"), "{page}");
    assert_eq!(home.run("man -o man1"), printed(""));
    assert_eq!(home.read("man1/liveblog-parse.1"), page);
    for command in ["liveblog", "liveblog-filter", "liveblog-timeline", "liveblog-schema", "liveblog-man"] {
        assert!(home.files_in("man1").contains(&format!("{command}.1")), "{command}");
    }
    let ended = home.run("man fly");
    assert!(ended.code == 2 && ended.said.starts_with("error: \"fly\" is no command; known are parse, "), "{ended:?}");
    assert_eq!(
        home.run("man parse -o man1"),
        misused(
            "error: the argument '[COMMAND]' cannot be used with '--output <DIR>'\n\n\
         Usage: liveblog man <COMMAND>\n\nFor more information, try '--help'.\n"
        )
    );
}
