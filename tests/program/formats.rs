//! Formats, and the options of each.

use crate::session::{Home, STORM, misused, printed, printed_and_warned};

#[test]
fn a_table_with_tabs_has_a_line_an_entry() {
    let home = Home::with_pages();
    let table = home.run("filter flood.json storm.json --format tsv").printed;
    assert_eq!(table.lines().count(), 6, "{table}");
    assert_eq!(
        home.run("filter flood.json --format tsv --fields co_authors,doubts,text -n 2"),
        printed_and_warned(
            "co_authors\tdoubts\ttext\n\
             \t\tEngineers have checked the pumps, and the tunnel reopens to all traffic this afternoon.\\n\\n\
             • North portal\\n• South portal\n\
             Cleo Example\t\tThey were built for less water.\n"
        )
    );
}

#[test]
fn a_table_of_live_blogs_counts_or_changes_escapes_and_does_not_quote() {
    let home = Home::with_pages().file("edited.json", STORM.replace("Ada Example", r#"Ada \\ \"Ex\"\tample"#));
    home.run_each(["parse", "storm.json", "--as", "the \"storm\""]);
    home.run_each(["parse", "edited.json", "--as", "the \"storm\""]);
    let cell = r#"Ada \\ "Ex"\tample"#;
    assert!(home.run("count --by author --format tsv").printed.contains(&format!("\n{cell}\t1\n")));
    assert!(home.run("pages --format tsv").printed.contains("\nthe \"storm\"\tStorm over the bay\t"));
    let changes = home.run("history --format tsv").printed;
    assert!(changes.contains(&format!("\tauthor\tAda Example\t{cell}\n")), "{changes}");
}

#[test]
fn entries_that_were_selected_are_not_introduced_by_the_summary_of_all() {
    let home = Home::with_pages();
    let all = home.run("filter flood.json --format html").printed;
    let some = home.run("filter flood.json --format html -n 1").printed;
    assert!(all.contains("class=\"summary\"") && !some.contains("class=\"summary\""), "{some}");
}

#[test]
fn a_file_of_json_is_one_value_and_standard_output_a_stream() {
    let home = Home::with_pages();
    let storm = STORM.trim_end();
    assert_eq!(home.run("parse --no-save storm.json storm.json -o two.json"), printed(""));
    assert_eq!(home.read("two.json"), format!("[\n{storm},\n{storm}\n]\n"));
    assert_eq!(home.run("filter two.json --count"), printed("4\n"), "it is read back");
    assert_eq!(home.run("parse --no-save storm.json storm.json --json"), printed(&format!("{storm}\n{storm}\n")));
    assert_eq!(home.run("parse --no-save missing.json -o none.json").code, 1);
    assert_eq!(home.read("none.json"), "[]\n");
}

#[test]
fn fields_are_picked_in_every_format_of_rows() {
    let home = Home::with_pages();
    let rows = "[\n{\"id\":\"post-2\",\"author\":\"Ada Example\"},\n{\"id\":\"post-1\",\"author\":null}\n]\n";
    assert_eq!(home.run("filter storm.json --json --fields id,author,id"), printed(rows), "each once");
    assert_eq!(home.run("parse --no-save storm.json --json --fields id,author"), printed(rows));
    assert_eq!(home.run("filter storm.json --fields id,author -o out.parquet"), printed(""));
}

#[test]
fn an_option_of_another_format_is_refused() {
    let home = Home::with_pages();
    for (options, message) in [
        ("--json --bom", "--bom has no meaning for json"),
        ("--format atom --fields id", "--fields has no meaning for atom"),
        ("--csv --width 60", "--width has no meaning for csv"),
        ("--escape-formulas", "--escape-formulas has no meaning for text"),
    ] {
        let ended = home.run(&format!("filter storm.json {options}"));
        assert_eq!(ended, misused(&format!("error: {message}\n  liveblog filter --help shows its options\n")));
    }
}

#[test]
fn spreadsheets_are_served_where_that_is_asked_for() {
    let home = Home::with_pages();
    let table = home.run("filter storm.json --csv --fields id --bom --escape-formulas");
    assert_eq!(table, printed("\u{feff}id\r\npost-2\r\npost-1\r\n"));
}

#[test]
fn text_is_wrapped_at_any_width() {
    let home = Home::with_pages();
    let text = home.run("filter flood.json --width 30");
    assert!(text.printed.lines().all(|line| line.chars().count() <= 30), "{text:?}");
}

#[test]
fn a_page_without_a_title_is_shown_by_its_name_and_never_by_its_path() {
    let page = include_str!("../../fixtures/bbc/tunnel.txt");
    let home = Home::new().file("ada-folder/live-page.txt", page);
    for format in ["text", "markdown", "html", "atom", "jsonfeed", "svg"] {
        for command in ["filter", "timeline"] {
            let printed = home.run(&format!("{command} ada-folder/live-page.txt --format {format}")).printed;
            assert!(!printed.contains("ada-folder") && !printed.contains("live-page.txt"), "{printed}");
            assert!(printed.contains("live-page") || format == "text", "{printed}");
        }
    }
    assert!(home.pipe(page, "timeline - --format markdown").printed.starts_with("# standard input\n"));
}

#[test]
fn the_ids_of_a_feed_do_not_depend_on_how_a_path_is_typed() {
    let home = Home::with_pages();
    home.run("parse flood.json");
    let absolute = home.path("flood.json").display().to_string();
    for format in ["atom", "jsonfeed"] {
        let feed = |options: String| {
            let printed = home.run(&format!("filter {options} --format {format}")).printed;
            let feed = feed_rs::parser::parse(printed.as_bytes()).unwrap();
            let ids: Vec<_> = feed.entries.into_iter().map(|entry| entry.id).collect();
            // JSON Feed has no id of its own.
            (if format == "atom" { feed.id } else { String::new() }, ids)
        };
        let typed = feed("flood.json".into());
        assert_eq!(typed.1.len(), 3);
        for other in ["./flood.json", &absolute, "--page flood"] {
            assert_eq!(feed(other.into()), typed, "{other}");
        }
        let (id, entries) = feed("flood.json -n 1".into());
        assert_eq!((id, &entries[..]), (typed.0, &typed.1[..1]), "the feed is that of its page");
    }
}

#[test]
fn a_feed_of_a_timeline_begins_with_the_newest_entry() {
    let home = Home::with_pages();
    let titles = |options: &str| -> Vec<String> {
        let feed = home.run(&format!("timeline flood.json --format atom {options}")).printed;
        let entries = feed_rs::parser::parse(feed.as_bytes()).unwrap().entries;
        entries.into_iter().map(|entry| entry.title.unwrap().content).collect()
    };
    assert_eq!(titles("-n 2"), ["Tunnel reopens after flood", "Why the pumps failed"]);
    assert_eq!(titles("-n 1 --reverse"), ["Water in the tunnel"]);
}

#[test]
fn a_feed_says_where_it_is_and_whose() {
    let home = Home::with_pages();
    let feed = home.run("filter storm.json --format atom --feed-url https://example.org/storm.atom").printed;
    let feed = feed_rs::parser::parse(feed.as_bytes()).unwrap();
    let relations: Vec<_> = feed.links.iter().map(|link| (link.rel.as_deref().unwrap(), link.href.as_str())).collect();
    assert_eq!(relations, [("self", "https://example.org/storm.atom"), ("alternate", "https://example.org/storm")]);
    assert_eq!(feed.authors[0].name.as_deref(), Some("example.org"));
    assert!(!home.run("filter storm.json --format jsonfeed").printed.contains("feed_url"));
}

#[test]
fn entries_in_brief_are_a_line_each() {
    let home = Home::with_pages();
    assert_eq!(
        home.run("timeline flood.json --brief --format markdown --heading Flood"),
        printed_and_warned(
            "# Flood\n\n## Monday 19 June 2023 BST\n\n- **11:02** Water in the tunnel\n- **12:05** Why the pumps failed\n\
             - **14:27** Tunnel reopens after flood\n"
        )
    );
    assert_eq!(
        home.run("filter storm.json --brief"),
        printed(
            "Storm over the bay\n\nMonday 19 June 2023 BST\n\n12:30  Ferries stay in port\n\n       How to follow the storm\n"
        )
    );
    let full = home.run("timeline storm.json --full").printed;
    assert!(full.ends_with("       How to follow the storm\n\n       All warnings are here.\n"), "{full}");
}

#[test]
fn selected_entries_in_markdown_are_quotations_with_their_sources() {
    let home = Home::with_pages();
    assert_eq!(
        home.run("filter storm.json --author ada --format markdown"),
        printed(
            "> **Ferries stay in port**\n>\n> No crossing before night.\n>\n\
             > — Ada Example · Storm over the bay · 19 June 2023 12:30 BST · <https://example.org/storm>\n"
        )
    );
}

#[test]
fn the_chart_is_a_format_of_its_own() {
    let home = Home::with_pages();
    assert_eq!(home.run("timeline flood.json storm.json -o chart.svg --heading The<day>"), printed_and_warned(""));
    let chart = home.read("chart.svg");
    assert!(chart.contains("<title id=\"title\">The&lt;day&gt;</title>"), "{chart}");
    assert!(chart.contains("4 entries, 19 June 2023 11:02–14:27 BST, a bar for each 5 minutes"), "{chart}");
    assert!(chart.contains("; 1 without a time</desc>"), "{chart}");
}

#[test]
fn a_live_blog_of_no_known_zone_is_listed_by_the_clock_of_its_stamps() {
    let page = crate::session::FLOOD.replace("\"zone\":\"Europe/London\"", "\"zone\":null");
    let home = Home::new().file("flood.json", page);
    let said = home.run("parse flood.json").printed;
    assert!(said.contains("11:02–14:27 +01:00"), "{said}");
    assert!(home.run("pages").printed.contains("19 June 2023 11:02–14:27 +01:00"));
}

#[test]
fn lists_are_wrapped_where_a_width_is_known() {
    let home = Home::with_pages();
    home.run("parse flood.json storm.json");
    let wrapped = |command: &str| {
        let mut program = home.command();
        program.current_dir(home.path("")).env("COLUMNS", "40").args(command.split(' '));
        String::from_utf8(program.output().unwrap().stdout).unwrap()
    };
    assert_eq!(
        wrapped("pages").lines().next_back(),
        Some("  BST, 1 capture · Storm over the bay"),
        "{}",
        wrapped("pages")
    );
    for command in ["pages", "history flood"] {
        assert!(wrapped(command).lines().all(|line| line.chars().count() <= 40), "{}", wrapped(command));
    }
}

#[test]
fn a_large_page_of_html_is_warned_of() {
    let entry = |number: usize| {
        let seconds = number % 60;
        let (minutes, hours) = (number / 60 % 60, number / 3600);
        format!(
            "{{\"page\":\"flood\",\"id\":\"{number}\",\"number\":{number},\"published\":\"2023-06-19T{hours:02}:{minutes:02}:{seconds:02}Z\",\"title\":\"Water\"}}\n"
        )
    };
    let home = Home::new().file("many.jsonl", (1..=5_001).map(entry).collect::<String>());
    let ended = home.run("filter many.jsonl -o many.html");
    assert_eq!(ended.code, 0);
    assert!(
        ended.said.starts_with("many.html: 5001 entries on one page of HTML (1 MB) are slow to open and to search"),
        "{ended:?}"
    );
    assert_eq!(home.run("filter many.jsonl -n 5000 -o some.html").said, "");
}
