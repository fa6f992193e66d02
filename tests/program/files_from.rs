//! Pages that are named in a list, by a pattern, or by an address.

use crate::session::{Home, STORM, failed, misused, printed, printed_and_said, printed_and_warned};

#[test]
fn the_pages_of_a_list_are_read_like_arguments() {
    let home = Home::with_pages()
        .file("list.txt", "storm.json\r\n\n  \nflood.json\n")
        .file("list0", "storm.json\0flood.json\0")
        .file("a b/storm.json", STORM);
    let expected = home.run("parse storm.json flood.json --no-save --json");
    assert_eq!(home.run("parse --files-from list.txt --no-save --json"), expected);
    assert_eq!(home.run("parse --files-from list0 --null --no-save --json"), expected);
    assert_eq!(home.run("parse storm.json --files-from list0 -0 --no-save").printed.lines().count(), 4);
    assert_eq!(home.pipe("a b\n", "filter --files-from - --count"), printed("2\n"));
    assert_eq!(home.pipe("flood.json\nstorm.json\n", "timeline --files-from - --count"), printed_and_warned("5\n"));
    assert_eq!(home.run("parse --files-from list.txt").code, 0, "they are stored");
    assert_eq!(home.run("filter --count"), printed("5\n"));
}

#[test]
fn a_line_without_a_file_is_an_error_and_the_others_go_on() {
    let ended = Home::with_pages().pipe("nowhere.txt\nstorm.json\n", "filter --files-from - --count");
    let words = "error: nowhere.txt: no such file or directory\n  \
                 give a saved live page, a directory of them, or - for standard input\n";
    assert_eq!((ended.code, ended.printed.as_str(), ended.said.as_str()), (1, "2\n", words));
}

#[test]
fn an_empty_list_is_no_page_and_not_the_archive() {
    let home = Home::with_pages().file("list.txt", "\n");
    assert_eq!(home.run("parse storm.json").code, 0);
    let words = "list.txt: no files are listed\nno entries match\n";
    assert_eq!(home.run("filter --files-from list.txt --count"), printed_and_said("0\n", words));
    assert_eq!(home.run("parse --files-from list.txt"), printed_and_said("", "list.txt: no files are listed\n"));
}

#[test]
fn a_list_that_cannot_be_read_or_is_needed_twice() {
    let home = Home::with_pages();
    let words = "error: nowhere.txt: cannot be read: No such file or directory (os error 2)\n";
    assert_eq!(home.run("parse --files-from nowhere.txt"), failed(words));
    let words = "error: standard input is either the list of --files-from or a PAGE\n  \
                 liveblog parse --help shows its options\n";
    assert_eq!(home.run("parse - --files-from -"), misused(words));
    let words = "error: --page selects from the archive, not from pages that are read\n  \
                 liveblog filter --help shows its options\n";
    assert_eq!(home.pipe("storm.json\n", "filter --files-from - --page storm"), misused(words));
}

#[test]
fn a_pattern_that_no_shell_expanded_is_explained() {
    let words = "error: *.txt: no such file or directory\n  \
                 no file matches, or the pattern is in quotes, which keep the shell from expanding it\n";
    assert_eq!(Home::new().run("parse *.txt"), failed(words));
}

#[test]
fn an_address_is_answered_with_the_command_that_reads_it() {
    for (address, next_step) in [
        (
            "https://news.example/live/1",
            "liveblog reads saved pages; curl -sL https://news.example/live/1 | \
             liveblog parse --url https://news.example/live/1 -",
        ),
        (
            "www.news.example/live?id=1&page=2",
            "liveblog reads saved pages; curl -sL 'https://www.news.example/live?id=1&page=2' | \
             liveblog parse --url 'https://www.news.example/live?id=1&page=2' -",
        ),
        ("file:///home/ada/my%20page.html", "give its path: /home/ada/my page.html"),
    ] {
        let words = format!("error: {address}: this is an address, and pages are read from files\n  {next_step}\n");
        for command in ["parse", "filter", "timeline"] {
            assert_eq!(Home::new().run(&format!("{command} {address}")), failed(&words));
        }
    }
}
