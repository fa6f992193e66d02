//! Inputs that are too large: refused before memory ends, unless the user says more.

use crate::session::{Home, failed};

const PAGE: &str = "Gate closedpublished at 14:27 British Summer Time 19 June 2023\n\nWords.\n";

#[test]
fn an_input_larger_than_the_limit_is_refused() {
    let home = Home::new().file("page.txt", PAGE);
    for command in ["parse --no-save", "filter", "timeline"] {
        assert_eq!(
            home.run(&format!("{command} page.txt --max-input 50")),
            failed(
                "error: page.txt: larger than 50 bytes, the most that is read of one input\n  \
                 --max-input SIZE reads larger ones\n"
            )
        );
    }
    assert_eq!(
        home.pipe(PAGE, "parse --no-save --max-input 50"),
        failed(
            "error: -: larger than 50 bytes, the most that is read of one input\n  --max-input SIZE reads larger ones\n"
        )
    );
    assert!(home.run("parse page.txt --no-save --max-input 1K").printed.contains("1 entry"));
}

#[cfg(unix)]
#[test]
fn an_input_without_end_is_refused_for_what_it_is() {
    assert_eq!(
        Home::new().run("parse /dev/zero --max-input 1M"),
        failed("error: /dev/zero: this is binary data, not a text\n  save the live page as text or HTML, in UTF-8\n")
    );
}
