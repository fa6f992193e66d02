//! Commands, options and values that do not exist.

use crate::session::{Home, misused, printed_and_warned};

/// The tips for a command line that is refused.
fn tips(arguments: &str) -> Vec<String> {
    let ended = Home::with_pages().run(arguments);
    assert_eq!((ended.code, ended.printed.as_str()), (2, ""), "{arguments}");
    let tips = ended.said.lines().filter_map(|line| line.trim_start().strip_prefix("tip: "));
    tips.map(str::to_owned).collect()
}

#[test]
fn commands_of_other_programs_are_answered_with_ours() {
    assert_eq!(tips("list"), ["use 'liveblog pages'"]);
    assert_eq!(tips("stats"), ["use 'liveblog count --by author'", "use 'liveblog pages'"]);
    assert_eq!(tips("rename flood storm"), ["use 'liveblog set NAME --name NAME'"]);
    assert_eq!(tips("cat flood"), ["use 'liveblog original NAME'", "use 'liveblog filter --page NAME'"]);
    assert_eq!(tips("rm flood"), ["use 'liveblog remove NAME'"]);
    assert_eq!(tips("grep flood"), ["use 'liveblog search WORDS'", "use 'liveblog filter --text REGEX'"]);
    assert_eq!(
        tips("fetch https://news.example"),
        ["liveblog reads saved pages; curl -sL URL | liveblog parse --url URL -"]
    );
    assert_eq!(tips("flood.json"), ["use 'liveblog parse flood.json'"]);
    assert_eq!(tips("serach flood"), ["a similar subcommand exists: 'search'"]);
    assert_eq!(tips("xyzzy"), [] as [&str; 0]);
}

#[test]
fn an_option_of_another_command_is_answered_with_that_command() {
    assert_eq!(
        Home::with_pages().run("parse flood.json --author Ada"),
        misused(
            "error: unexpected argument '--author' found\n\n  \
             tip: use 'liveblog filter flood.json --author Ada'\n\nFor more information, try '--help'.\n"
        )
    );
    assert_eq!(tips("parse flood.json --since 12:00"), ["use 'liveblog filter flood.json --since 12:00'"]);
    assert_eq!(tips("filter flood.json --no-save"), ["use 'liveblog parse flood.json --no-save'"]);
    assert_eq!(tips("pages --strict"), ["--strict is an option of parse, filter, timeline, count"]);
    assert_eq!(tips("filter --autor Ada"), ["a similar argument exists: '--author'"]);
}

#[test]
fn a_value_is_answered_with_the_nearest_one() {
    assert_eq!(tips("filter --format cvs"), ["a similar value exists: 'csv'"]);
    assert_eq!(tips("filter --has imgae"), ["a similar value exists: 'image'"]);
    for arguments in ["filter --limit -1", "filter -n -1", "filter --limit ten"] {
        let ended = Home::new().run(arguments);
        assert!(ended.said.contains("for '--limit <N>': give a number from 0\n"), "{ended:?}");
    }
}

#[test]
fn a_format_may_be_named_by_the_ending_of_its_files() {
    let home = Home::with_pages();
    let print = |format: &str| home.run(&format!("filter flood.json --format {format}"));
    assert_eq!(print("md"), print("markdown"));
    assert_eq!(print("ndjson"), print("jsonl"));
    assert_eq!(print("txt"), print("text"));
    assert_eq!(home.run("filter flood.json --format ndjson --count"), printed_and_warned("3\n"));
}
