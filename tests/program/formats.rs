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
