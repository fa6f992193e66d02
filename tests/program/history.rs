//! `liveblog history`

use crate::session::{Ended, Home, failed, printed, printed_and_said};

/// A page of entries such as `14:27 Tunnel reopens: Cars may pass.`, as text.
fn page(entries: &[&str]) -> String {
    let entry = |(index, entry): (usize, &&str)| {
        let (time, (title, body)) = (&entry[..5], entry[6..].split_once(": ").unwrap());
        format!("  {}. {title}published at {time} British Summer Time 19 June 2023\n\n    {body}\n", index + 1)
    };
    entries.iter().enumerate().map(entry).collect()
}

/// A home in which these captures of one live blog were kept, in this order.
fn home(captures: &[(&str, String)]) -> Home {
    let mut home = Home::new();
    for (time, page) in captures {
        let file = format!("at-{}.txt", time.replace(':', ""));
        home = home.file(&file, page);
        let when = format!("19 June 2023 {time} BST");
        let ended = home.run_each(["parse", &file, "--as", "flood", "--captured", &when]);
        assert_eq!(ended.code, 0, "{ended:?}");
    }
    home
}

/// The captures of an afternoon: the first kept last but one, the last cut off.
fn afternoon() -> Home {
    let whole = page(&[
        "15:40 Pumps stop: The last of them was switched off.",
        "14:27 Tunnel opens again: Cars may pass.",
        "14:05 Pumps run: All four of them, says the harbour board.",
        "14:00 Ferry leaves: It is full.",
        "13:50 Gate closed: It is shut for the whole night.",
        "13:20 Water rises: By a metre.",
    ]);
    let cut_off = whole[..whole.find(", says the harbour").unwrap()].to_owned();
    home(&[
        (
            "15:00",
            page(&[
                "14:27 Tunnel reopens: Cars may pass.",
                "14:05 Pumps run: All four of them, says the harbour board.",
                "13:50 Gate closed: It is shut for the night.",
                "13:30 Rain: Nobody counted the drops.",
                "13:20 Water rises: By a metre.",
            ]),
        ),
        ("16:00", whole),
        ("16:05", page(&["13:00 Good afternoon: Welcome.", "12:40 Sirens: They are heard in the old town."])),
        (
            "14:30",
            page(&[
                "14:05 Pumps run: Two of them, says the harbour board.",
                "13:50 Gate closed: It is shut for the night.",
                "13:30 Rain: Nobody counted the drops.",
            ]),
        ),
        ("18:00", cut_off),
    ])
}

#[test]
fn changes_are_shown_capture_by_capture() {
    assert_eq!(
        afternoon().run("history flood"),
        printed(
            "flood: 5 captures

1. captured 19 June 2023 14:30 BST from at-1430.txt, 3 entries

2. captured 19 June 2023 15:00 BST from at-1500.txt, 5 entries
  added       14:27  Tunnel reopens
  edited      14:05  Pumps run
              text      [-Two-] {+All four+} of them, says the harbour board.
  first seen  13:20  Water rises

3. captured 19 June 2023 16:00 BST from at-1600.txt, 6 entries
  added       15:40  Pumps stop
  edited      14:27  Tunnel opens again
              title     Tunnel [-reopens-] {+opens again+}
  added       14:00  Ferry leaves
  edited      13:50  Gate closed
              text      It is shut for the {+whole+} night.
  removed     13:30  Rain

4. captured 19 June 2023 16:05 BST from at-1605.txt, 2 entries
  first seen  13:00  Good afternoon
  first seen  12:40  Sirens

5. captured 19 June 2023 18:00 BST from at-1800.txt, 3 entries
  nothing changed
"
        )
    );
}

#[test]
fn without_a_name_all_with_several_captures_are_shown() {
    let home = home(&[("15:00", page(&["14:27 Tunnel reopens: Cars may pass."]))]);
    assert_eq!(home.run("history"), printed_and_said("", "no live blog was captured more than once\n"));
    assert_eq!(
        home.run("history fl"),
        printed("flood: 1 capture\n\n1. captured 19 June 2023 15:00 BST from at-1500.txt, 1 entry\n")
    );
    let home = afternoon();
    assert_eq!(home.run("history"), home.run("history flood"));
}

#[test]
fn a_change_is_a_row_of_json() {
    let home = home(&[
        ("15:00", page(&["14:27 Tunnel reopens: Cars may pass."])),
        ("16:00", page(&["14:27 Tunnel opens: Cars may pass."])),
    ]);
    let pages = home.run("parse --no-save at-1600.txt --json").printed;
    let entry = pages.split_once("\"entries\":[").unwrap().1.split_once("],\"warnings\"").unwrap().0;
    assert_eq!(
        home.run("history --json"),
        printed(&format!(
            "[{{\"page\":\"flood\",\"page_title\":null,\"source\":\"at-1600.txt\",\
             \"captured\":\"2023-06-19T15:00:00Z\",\"kept\":\"2023-06-20T12:00:00Z\",\
             \"since\":\"2023-06-19T14:00:00Z\",\"change\":\"edited\",\
             \"differences\":[{{\"field\":\"title\",\"pieces\":[{{\"kept\":\"Tunnel\"}},\
             {{\"removed\":\"reopens\"}},{{\"added\":\"opens\"}}]}}],\"entry\":{entry}}}]\n"
        ))
    );
}

#[test]
fn in_colour_what_was_taken_out_is_struck_through() {
    let home = home(&[
        ("15:00", page(&["14:27 Tunnel reopens: Cars may pass."])),
        ("16:00", page(&["14:27 Tunnel opens: Cars may pass."])),
    ]);
    let Ended { printed, .. } = home.run("history --color always");
    assert!(printed.ends_with(
        "  \u{1b}[33medited    \u{1b}[0m  14:27  Tunnel opens\n              \
         title     Tunnel \u{1b}[9m\u{1b}[31mreopens\u{1b}[0m \u{1b}[32mopens\u{1b}[0m\n"
    ));
}

#[test]
fn a_name_that_matches_none_is_an_error() {
    assert_eq!(
        afternoon().run("history flodo"),
        failed("error: no archived live blog is named \"flodo\"\n  did you mean flood? liveblog pages lists all\n")
    );
}
