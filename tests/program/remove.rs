//! `liveblog remove`

use crate::session::{Home, failed, misused, printed, printed_and_said};

#[test]
fn a_live_blog_is_taken_out_whole() {
    let home = Home::with_pages();
    home.run("parse flood.json storm.json");
    assert_eq!(home.run("remove flo --yes"), printed_and_said("", "removed flood: 3 entries of 1 capture\n"));
    assert_eq!(
        home.run("pages"),
        printed("storm: 2 entries, 19 June 2023 12:30 BST, 1 capture · Storm over the bay\n")
    );
    assert_eq!(home.run("filter --page storm --count"), printed("2\n"));
    assert_eq!(
        home.run("check"),
        printed(&format!("{}: 1 live blog, 1 capture, 2 entries: all is well\n", home.archive()))
    );
    assert!(home.run("parse flood.json").printed.starts_with("flood: 3 entries"), "it can be kept once more");
}

#[test]
fn without_a_terminal_it_asks_nobody_and_removes_nothing() {
    let home = Home::with_pages();
    home.run("parse storm.json");
    assert_eq!(
        home.pipe("y\n", "remove storm"),
        misused(
            "error: storm is not removed: there is nobody to ask, as standard input is no terminal; --yes removes it\n  \
             liveblog remove --help shows its options\n"
        )
    );
    assert_eq!(home.run("filter --count"), printed("2\n"));
}

#[test]
fn a_name_that_fits_several_removes_none() {
    let home = Home::with_pages();
    home.run("parse flood.json storm.json");
    assert_eq!(
        home.run("remove o --yes"),
        failed(
            "error: \"o\" fits several archived live blogs: flood, storm\n  give a longer part, or the whole name\n"
        )
    );
    assert_eq!(home.run("filter --count"), printed("5\n"));
}

#[test]
fn several_live_blogs_are_removed_at_once_or_none() {
    let home = Home::with_pages();
    home.run("parse flood.json storm.json");
    assert_eq!(
        home.run("remove flood storm"),
        misused(
            "error: flood, storm are not removed: there is nobody to ask, as standard input is no terminal; \
             --yes removes them\n  liveblog remove --help shows its options\n"
        )
    );
    assert_eq!(home.run("remove flood nowhere -y").code, 1);
    assert_eq!(home.run("filter --count"), printed("5\n"), "nothing is removed where a name is wrong");
    let removed = "removed flood: 3 entries of 1 capture\nremoved storm: 2 entries of 1 capture\n";
    assert_eq!(home.run("remove storm flood flo -y"), printed_and_said("", removed));
    assert_eq!(home.run("filter --count").printed, "0\n");
}
