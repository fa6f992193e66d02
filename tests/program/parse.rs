//! `liveblog parse`

use crate::session::{FLOOD, Home, STORM, failed, printed, printed_and_said};

#[test]
fn a_page_is_summed_up_in_one_line() {
    let home = Home::with_pages();
    assert_eq!(
        home.run("parse --no-save flood.json storm.json"),
        printed_and_said(
            "flood.txt: 3 entries, 19 June 2023 11:02–14:27 BST, 3 authors, 1 image, 1 doubt\n\
             storm.html: 2 entries, 19 June 2023 12:30 BST, 1 author, 0 images, 0 doubts\n\
             in all: 2 pages, 5 entries, 3 authors, 1 image, 1 doubt\n",
            "1 warning in 1 page; -v prints them\n"
        )
    );
    assert_eq!(home.files(), ["flood.json", "storm.json"], "--no-save leaves no archive");
}

#[test]
fn what_is_kept_and_where_is_said() {
    let home = Home::with_pages();
    let first = home.run("parse storm.json");
    assert_eq!((first.code, first.said.as_str()), (0, ""));
    assert!(first.printed.ends_with(&format!("\nkept in {}\n", home.archive())), "{first:?}");
    let second = home.run("parse storm.json");
    assert!(second.printed.contains("; kept before\n"), "{second:?}");
}

#[test]
fn json_is_one_object_a_page_and_is_read_back_without_loss() {
    let home = Home::with_pages();
    let all = [FLOOD, STORM].concat();
    let warned = "1 warning in 1 page; -v prints them\n";
    assert_eq!(home.run("parse --no-save flood.json storm.json --json"), printed_and_said(&all, warned));
    assert_eq!(home.pipe(&all, "parse --no-save --json"), printed_and_said(&all, warned));
    assert_eq!(home.pipe(&all, "parse --no-save --json -"), printed_and_said(&all, warned));
}

#[test]
fn json_lines_are_one_row_an_entry_and_are_read_back_without_loss() {
    let home = Home::with_pages();
    let rows = home.run("parse --no-save flood.json storm.json --jsonl").printed;
    assert_eq!(rows.lines().count(), 5);
    assert_eq!(home.pipe(&rows, "parse --no-save --jsonl"), printed(&rows));
    assert_eq!(home.pipe(&rows, "filter - --jsonl"), printed(&rows));
}

#[test]
fn rows_that_are_stored_name_their_live_blogs() {
    let home = Home::with_pages();
    home.run("parse flood.json storm.json");
    let rows = home.run("filter --jsonl").printed;
    let home = home.file("all.jsonl", &rows);
    home.run("remove flood storm --yes");
    home.run("parse all.jsonl");
    let names: Vec<_> = home.run("pages --csv").printed.lines().skip(1).map(|row| row[..5].to_owned()).collect();
    assert_eq!(names, ["flood", "storm"]);
    assert_eq!(home.run("filter --jsonl"), printed(&rows));
}

#[test]
fn warnings_are_printed_as_compilers_print_theirs() {
    let home = Home::with_pages();
    assert_eq!(home.run("parse --no-save flood.json -v --fields id -n").code, 2, "parse selects no entries");
    assert_eq!(
        home.run("parse --no-save flood.json -v --csv --fields id"),
        printed_and_said(
            "id\r\n14ad0c9f2b61\r\n2be1f09c33d7\r\n3c55aa10be42\r\n",
            "flood.json: flood.txt:31: year-inferred: the stamp has no year; 2023 follows from its neighbours\n"
        )
    );
}

#[test]
fn strict_takes_a_warning_for_an_error_and_the_others_go_on() {
    let home = Home::with_pages();
    let ended = home.run("parse --strict flood.json storm.json --csv --fields id");
    assert_eq!((ended.code, ended.printed.as_str()), (1, "id\r\npost-2\r\npost-1\r\n"));
    assert_eq!(
        ended.said,
        "error: flood.json: flood.txt: there are warnings, and --strict allows none\n  \
         flood.json: flood.txt:31: year-inferred: the stamp has no year; 2023 follows from its neighbours\n"
    );
    let nothing = "no entries match\n  no author contains \"bob\"\n";
    assert_eq!(home.run("filter --count --author bob"), printed_and_said("0\n", nothing), "nothing kept");
}

#[test]
fn a_directory_is_read_in_order_and_its_other_files_are_counted() {
    let home = Home::new()
        .file("in/b/storm.json", STORM)
        .file("in/a.json", FLOOD)
        .file("in/notes.txt", "Milk")
        .file("in/c", "");
    assert_eq!(
        home.run("parse --no-save in --csv --fields page,id"),
        printed_and_said(
            "page,id\r\nflood.txt,14ad0c9f2b61\r\nflood.txt,2be1f09c33d7\r\nflood.txt,3c55aa10be42\r\n\
             storm.html,post-2\r\nstorm.html,post-1\r\n",
            "in: 2 files skipped, no live pages\n1 warning in 1 page; -v prints them\n"
        )
    );
}

#[test]
fn several_pages_are_explained_each_under_its_name() {
    let page = "1. Bridge openspublished at 11:10 GMT 4 March 2024\n\n    It did.\n";
    let home = Home::new().file("in/a.txt", page).file("in/b.txt", page);
    let lines = "    1  title         1. Bridge openspublished at 11:10 GMT 4 March 2024\n    2\n    3  paragraph         It did.\n";
    assert_eq!(home.run("parse --explain in/a.txt"), printed(lines));
    assert_eq!(home.run("parse --explain in"), printed(&format!("==> in/a.txt <==\n{lines}==> in/b.txt <==\n{lines}")));
}

#[test]
fn where_several_rules_take_a_line_it_is_explained_why_it_was_read_so() {
    let page = "1. Bridge openspublished at 11:10 GMT 4 March 2024\n\n    House of Lords\n    Parliament\n\n    It did.\n\n    The bridge at noon\n\n    • An item of a list\n";
    let home = Home::new().file("page.txt", page);
    let lines = "    1  title         1. Bridge openspublished at 11:10 GMT 4 March 2024
    2
    3  author            House of Lords
                     ^ byline; gallery would take it, too
    4  role              Parliament
    5
    6  paragraph         It did.
    7
    8  paragraph         The bridge at noon
    9
   10  item              • An item of a list
";
    assert_eq!(home.run("parse --explain page.txt"), printed(lines));
}

#[test]
fn many_pages_keep_their_order() {
    let mut home = Home::new();
    let mut expected = String::from("page\r\n");
    for number in 0..300 {
        let name = format!("page-{number:03}");
        home = home.file(&format!("in/{name}.json"), STORM.replace("storm.html", &name));
        expected += &format!("{name}\r\n{name}\r\n");
    }
    assert_eq!(home.run("parse --no-save in --csv --fields page"), printed(&expected));
}

#[test]
fn a_page_that_fails_is_named_and_the_others_go_on() {
    let home = Home::with_pages();
    let ended = home.run("parse --no-save storm.json nowhere.txt storm.json --csv --fields page,number");
    assert_eq!((ended.code, ended.printed.lines().count()), (1, 5));
    assert_eq!(
        ended.said,
        "error: nowhere.txt: no such file or directory\n  \
         give a saved live page, a directory of them, or - for standard input\n"
    );
}

#[test]
fn a_run_in_which_every_page_fails_leaves_no_archive() {
    let home = Home::new().file("notes.txt", "Milk\nEggs\n");
    assert_eq!(home.run("parse notes.txt").code, 1);
    assert_eq!(home.files(), ["notes.txt"]);
    assert_eq!(
        home.run("filter --author ada"),
        failed(&format!(
            "error: {}: nothing has been kept yet\n  keep a page first: liveblog parse PAGE\n",
            home.archive()
        ))
    );
}

#[test]
fn rows_bear_the_name_that_the_user_gave() {
    let home = Home::with_pages();
    assert_eq!(
        home.run("parse --no-save storm.json --as storm --csv --fields page,page_title,page_url,id"),
        printed(
            "page,page_title,page_url,id\r\n\
             storm,Storm over the bay,https://example.org/storm,post-2\r\n\
             storm,Storm over the bay,https://example.org/storm,post-1\r\n"
        )
    );
}

/// A crawl left nothing of the head, so that only the address says that it is a live page.
#[test]
fn a_page_that_begins_with_its_first_entry_is_read_where_its_address_is_that_of_a_live_page() {
    let page = " date 2017-05-04 Travel: Four carts slow the crane\nBBC News Travel\nA collision is causing delays.\n\
                Call for more lamps\nCy Lantern\nSouth Ellan journalist, BBC Ellan\nBoatmen are asking for lamps.\n";
    let home = Home::new().file("page.txt", page);
    let command = "parse --no-save page.txt --csv --fields author,title";
    assert_eq!(home.run(command).code, 1);
    let ended = home.run(&format!("{command} --url https://www.bbc.co.uk/news/live/uk-1"));
    assert_eq!(
        ended.printed,
        "author,title\r\n\
         BBC News Travel,Travel: Four carts slow the crane\r\n\
         Cy Lantern,Call for more lamps\r\n"
    );
}
