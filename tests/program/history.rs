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
            "[{{\"page\":\"flood\",\"page_title\":null,\"capture\":2,\"source\":\"at-1600.txt\",\
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

/// A title was edited, an entry added, and `<` and `*` are in the words.
fn edited() -> Home {
    home(&[
        ("15:00", page(&["14:27 Tunnel reopens: Cars <may> pass."])),
        ("16:00", page(&["15:40 Pumps stop: All.", "14:27 Tunnel *opens*: Cars <may> pass, and buses."])),
    ])
}

#[test]
fn in_a_table_each_field_that_differs_is_a_row() {
    let (home, edit) = (edited(), "flood,,2,2023-06-19T15:00:00Z,2023-06-20T12:00:00Z,2023-06-19T14:00:00Z");
    let row = |time: &str| format!("{edit},{time}");
    let id = |title: &str| {
        let rows = home.run("filter --fields id,title --format tsv").printed;
        rows.lines().find(|line| line.ends_with(title)).unwrap().split_once('\t').unwrap().0.to_owned()
    };
    let tunnel = format!("edited,{},2023-06-19T13:27:00Z,Tunnel *opens*,", id("Tunnel *opens*"));
    let expected = [
        "page,page_title,capture,captured,kept,since,change,id,published,title,author,field,before,after".to_owned(),
        row(&format!("added,{},2023-06-19T14:40:00Z,Pumps stop,,,,", id("Pumps stop"))),
        row(&format!("{tunnel},title,Tunnel reopens,Tunnel *opens*")),
        row(&format!("{tunnel},text,Cars <may> pass.,\"Cars <may> pass, and buses.\"")),
    ];
    let csv = home.run("history --csv");
    assert_eq!(csv, printed(&(expected.join("\r\n") + "\r\n")));
    assert_eq!(home.run("history -o edits.csv"), printed(""));
    assert_eq!(home.read("edits.csv"), csv.printed);
    let tsv = home.run("history --format tsv").printed;
    assert!(tsv.lines().nth(2).unwrap().ends_with("\ttitle\tTunnel reopens\tTunnel *opens*"), "{tsv}");
}

#[test]
fn each_line_of_json_lines_is_a_row_of_the_json() {
    let home = edited();
    let lines: Vec<serde_json::Value> =
        home.run("history --jsonl").printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let json: Vec<serde_json::Value> = serde_json::from_str(&home.run("history --json").printed).unwrap();
    assert_eq!(lines, json);
    assert_eq!(lines.len(), 2);
}

#[test]
fn a_document_of_markdown_shows_each_edit() {
    assert_eq!(
        edited().run("history --format markdown"),
        printed(
            "# flood

## 1. captured 19 June 2023 15:00 BST from at-1500.txt, 1 entry

## 2. captured 19 June 2023 16:00 BST from at-1600.txt, 2 entries

- **added** 15:40 Pumps stop
- **edited** 14:27 Tunnel \\*opens\\*
  - title: Tunnel ~~reopens~~ **\\*opens\\***
  - text: Cars \\<may> ~~pass.~~ **pass, and buses.**
"
        )
    );
}

#[test]
fn a_page_of_html_shows_each_edit_and_needs_nothing_else() {
    let home = edited();
    assert_eq!(home.run("history flood -o flood.html"), printed(""));
    let html = home.read("flood.html");
    for part in [
        "<title>flood</title>",
        "default-src 'none'",
        "<h2>2. captured 19 June 2023 16:00 BST from at-1600.txt, 2 entries</h2>",
        "<li><b>added</b> 15:40 Pumps stop\n</li>",
        "<p><span class=\"faint\">title:</span> Tunnel <del>reopens</del> <ins>*opens*</ins></p>",
        "text:</span> Cars &lt;may&gt; <del>pass.</del> <ins>pass, and buses.</ins></p>",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn changes_are_selected_by_entry_and_by_when_they_were_seen() {
    let home = afternoon();
    let lines = |options: &str| {
        let rows = home.run(&format!("history --jsonl {options}")).printed;
        let rows = rows.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let words = |row: serde_json::Value| format!("{} {} {}", row["capture"], row["change"], row["entry"]["title"]);
        rows.map(|row| words(row).replace('"', "")).collect::<Vec<_>>()
    };
    assert_eq!(lines("--since 16:01"), ["4 first-seen Good afternoon", "4 first-seen Sirens"]);
    assert_eq!(lines("--until 15:00").len(), 3);
    assert_eq!(lines("--on 2023-06-20"), [] as [&str; 0]);
    assert_eq!(lines("--title ferry"), ["3 added Ferry leaves"]);
    // What was there before counts as well.
    assert_eq!(lines("--title reopens"), ["2 added Tunnel reopens", "3 edited Tunnel opens again"]);
    assert_eq!(lines("--text two"), ["2 edited Pumps run"]);
    assert_eq!(lines("-n 2").len(), 2);
    assert_eq!(lines("--page flood --title rain"), ["3 removed Rain"]);
    assert_eq!(lines("--at 15:30"), lines("--until 15:30"));
    let text = home.run("history --title ferry").printed;
    assert_eq!(
        text,
        "flood: 1 of 5 captures\n\n3. captured 19 June 2023 16:00 BST from at-1600.txt, 6 entries\n  \
         added       14:00  Ferry leaves\n"
    );
    assert!(home.run("history --at 15:30").printed.starts_with("flood: 2 of 5 captures\n"));
    assert!(home.run("history flood --tz UTC").printed.contains("5. captured 19 June 2023 17:00 UTC"));
}

#[test]
fn a_format_that_changes_do_not_have_is_refused() {
    let ended = afternoon().run("history -o changes.atom");
    assert_eq!(
        ended,
        crate::session::misused(
            "error: changes.atom: no format has this ending; known are .txt, .json, .jsonl, .csv, .tsv, .md, .html, or \
             give --format\n  liveblog history --help shows its options\n"
        )
    );
}
