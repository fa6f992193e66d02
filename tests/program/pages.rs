//! `liveblog pages`

use crate::session::{Home, failed, printed, printed_and_said};

#[test]
fn each_archived_live_blog_is_a_line() {
    let home = Home::with_pages();
    home.run("parse flood.json storm.json");
    assert_eq!(
        home.run("pages"),
        printed(
            "flood: 3 entries, 19 June 2023 11:02–14:27 BST, 1 capture\n\
             storm: 2 entries, 19 June 2023 12:30 BST, 1 capture · Storm over the bay\n"
        )
    );
}

#[test]
fn colour_is_used_where_it_is_asked_for() {
    let home = Home::with_pages();
    home.run("parse storm.json");
    assert_eq!(
        home.run("pages --color always"),
        printed(
            "\u{1b}[1mstorm\u{1b}[0m: 2 entries, 19 June 2023 12:30 BST, 1 capture \
             \u{1b}[2m· Storm over the bay\u{1b}[0m\n"
        )
    );
}

#[test]
fn they_are_listed_for_other_programs_too() {
    let home = Home::with_pages();
    home.run("parse storm.json");
    let head = "name,title,url,layout,zone,entries,removed,first,last,captures,captured";
    let row = "storm,Storm over the bay,https://example.org/storm,schema-org,Europe/London,2,0,\
               2023-06-19T11:30:00Z,2023-06-19T11:30:00Z,1,2023-06-20T00:00:00Z";
    assert_eq!(home.run("pages --csv"), printed(&format!("{head}\r\n{row}\r\n")));
    assert_eq!(
        home.run("pages --format tsv"),
        printed(&format!("{}\n{}\n", head.replace(',', "\t"), row.replace(',', "\t")))
    );
    let object = "{\"name\":\"storm\",\"title\":\"Storm over the bay\",\"url\":\"https://example.org/storm\",\
                  \"layout\":\"schema-org\",\"zone\":\"Europe/London\",\"entries\":2,\"removed\":0,\
                  \"first\":\"2023-06-19T11:30:00Z\",\"last\":\"2023-06-19T11:30:00Z\",\"captures\":1,\
                  \"captured\":\"2023-06-20T00:00:00Z\"}";
    assert_eq!(home.run("pages --jsonl"), printed(&format!("{object}\n")));
    assert_eq!(home.run("pages --json"), printed(&format!("[{object}]\n")));
}

#[test]
fn nothing_kept_is_said() {
    let home = Home::with_pages();
    let words = "nothing has been kept yet\n  keep a page first: liveblog parse PAGE\n";
    assert_eq!(home.run("pages"), failed(&format!("error: {}: {words}", home.archive())));
    home.run("parse storm.json");
    home.run("remove storm --yes");
    assert_eq!(home.run("pages"), printed_and_said("", "no live blogs are kept\n"));
}

#[test]
fn the_error_of_a_name_that_matches_none_or_several_lists_names() {
    let home = Home::with_pages();
    home.run("parse flood.json storm.json");
    assert_eq!(
        home.run("filter --page strom"),
        failed("error: no archived live blog is named \"strom\"\n  did you mean storm? liveblog pages lists all\n")
    );
    assert_eq!(
        home.run("filter --page atlantis"),
        failed("error: no archived live blog is named \"atlantis\"\n  liveblog pages lists them\n")
    );
    assert_eq!(
        home.run("filter --page o"),
        failed(
            "error: \"o\" fits several archived live blogs: flood, storm\n  \
             give a longer part, or the whole name\n"
        )
    );
}
