//! Rows that were written as Parquet, read back: from a file, and from a data set in a directory.

use std::fs;

use crate::session::{Ended, Home, STORM, failed, printed, printed_and_said, printed_and_warned};

/// All pages of the fixtures.
const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");

/// A home with the rows of two live blogs as a file, and as a data set.
fn with_rows() -> Home {
    let home = Home::with_pages();
    assert_eq!(home.run("filter flood.json storm.json -o rows.parquet"), printed_and_warned(""));
    assert_eq!(home.run("filter flood.json storm.json --format parquet -o set/"), printed_and_warned(""));
    home
}

fn sorted(lines: &str) -> Vec<&str> {
    let mut lines: Vec<_> = lines.lines().collect();
    lines.sort_unstable();
    lines
}

fn published(row: &str) -> serde_json::Value {
    serde_json::from_str::<serde_json::Value>(row).unwrap()["published"].take()
}

#[test]
fn the_rows_of_all_pages_come_back_as_they_are() {
    let home = Home::new();
    let rows = home.run_each(["filter", FIXTURES, "--jsonl", "-q"]).printed;
    assert_eq!(home.run_each(["filter", FIXTURES, "-q", "-o", "rows.parquet"]).code, 0);
    assert_eq!(home.run("filter rows.parquet --jsonl"), printed(&rows));
    assert_eq!(home.run_each(["parse", FIXTURES, "--no-save", "-q", "--format", "parquet", "-o", "set/"]).code, 0);
    assert_eq!(sorted(&home.run("filter set --jsonl").printed), sorted(&rows));
    assert_eq!(home.run("filter set --count"), printed(&format!("{}\n", rows.lines().count())));
}

#[test]
fn the_archive_a_file_and_a_data_set_select_the_same() {
    let home = Home::new();
    // Pages in too much doubt are refused, and not stored.
    home.run_each(["parse", &format!("{FIXTURES}/bbc"), &format!("{FIXTURES}/schema-org"), "-q"]);
    assert_eq!(home.run("filter -o rows.parquet"), printed(""));
    assert_eq!(home.run("filter --format parquet -o set/"), printed(""));
    for (selection, least) in [
        ("--author example", 1),
        ("--on 2023-06-19", 1),
        ("--since 2023-06-19 --until 2023-06-20", 1),
        ("--since 12:00 --until 14:00", 1),
        ("--label analysis", 1),
        ("--text tunnel|water", 1),
        ("--image-source example", 1),
        ("--has image --has author", 1),
        ("--breaking", 1),
        ("--role correspondent --invert", 1),
        ("--reverse -n 7", 1),
        ("--tz Asia/Tokyo --on 2023-06-20", 0),
    ] {
        for command in ["filter", "timeline"] {
            let ask = |rows: &str| home.run(&format!("{command} {rows} --jsonl {selection}").replace("  ", " "));
            let archived = ask("");
            assert!(archived.printed.lines().count() >= least, "{command} {selection}: {archived:?}");
            assert_eq!(ask("rows.parquet").printed, archived.printed, "{command} {selection}");
            // A data set has its pages in the order of their first days; only they, and equal times, may change places.
            let from_set = ask("set").printed;
            if command == "timeline" {
                let times = |rows: &str| rows.lines().map(published).collect::<Vec<_>>();
                assert_eq!(times(&from_set), times(&archived.printed), "{selection}");
            }
            if !selection.contains("-n") {
                assert_eq!(sorted(&from_set), sorted(&archived.printed), "{command} {selection}");
            }
        }
        let count = |rows: &str| home.run(&format!("count {rows} --by day {selection}").replace("  ", " ")).printed;
        assert_eq!(count("rows.parquet"), count(""), "{selection}");
    }
}

#[test]
fn a_data_set_has_a_directory_for_each_day_in_utc_and_one_for_what_has_no_time() {
    let home = with_rows();
    assert_eq!(home.files_in("set"), ["published_date=2023-06-19", "published_date=__HIVE_DEFAULT_PARTITION__"]);
    assert_eq!(home.files_in("set/published_date=2023-06-19"), ["part-00000.parquet"]);
    let untimed = home.run("filter set/published_date=__HIVE_DEFAULT_PARTITION__ --jsonl --fields id");
    assert_eq!(untimed, printed("{\"id\":\"post-1\"}\n"));
}

#[test]
fn a_data_set_goes_into_a_directory_without_files() {
    let home = with_rows();
    let before = home.files_in("set");
    let refused = failed(
        "error: set/: cannot be written: it is a directory with files in it, and the rows would be mixed with theirs\n  \
         give another name\n",
    );
    assert_eq!(home.run("filter storm.json --format parquet -o set/"), refused);
    assert_eq!(home.run("parse --no-save storm.json --format parquet -o set/"), refused);
    assert_eq!(home.files_in("set"), before);
    // What an earlier run left unfinished is hidden, and no part of it.
    let home = home.file("new/.liveblog-x1Y2z3", "half a file");
    assert_eq!(home.run("filter storm.json --format parquet -o new/"), printed(""));
    assert_eq!(home.run("filter new --count"), printed("2\n"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_data_set_that_cannot_be_written_whole_is_not_begun() {
    let home = Home::with_pages();
    let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" filter flood.json storm.json --format parquet -o set/";
    let output = std::process::Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_liveblog")])
        .current_dir(home.path(""))
        .output()
        .unwrap();
    assert_eq!(
        (output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()),
        (
            Some(1),
            "error: set/published_date=__HIVE_DEFAULT_PARTITION__/part-00000.parquet: cannot be written: File too large (os error 27)\n"
        )
    );
    assert!(home.files_in("set").is_empty());
}

#[test]
fn a_timeline_fills_a_data_set_too() {
    let home = with_rows();
    assert_eq!(home.run("timeline rows.parquet --format parquet -o times/"), printed(""));
    let rows = |input: &str| home.run(&format!("timeline {input} --jsonl")).printed;
    assert_eq!(rows("times"), rows("flood.json storm.json"));
}

#[test]
fn rows_and_pages_are_asked_together_in_their_order() {
    let home = with_rows();
    let rows = |input: &str| home.run(&format!("filter {input} --jsonl")).printed;
    let expected = rows("storm.json") + &rows("flood.json storm.json") + &rows("flood.json");
    assert_eq!(rows("storm.json rows.parquet flood.json"), expected);
}

#[test]
fn a_partition_of_another_time_is_not_touched() {
    let home = Home::with_pages().file("later.json", STORM.replace("2023-06-19T", "2023-07-19T"));
    assert_eq!(home.run("filter flood.json later.json --format parquet -o set/"), printed_and_warned(""));
    let damaged = home.path("set/published_date=2023-07-19/part-00000.parquet");
    fs::write(&damaged, "PAR1 no Parquet PAR1").unwrap();
    let june = home.run("filter flood.json --jsonl --fields id").printed;
    for asked in ["--on 2023-06-19", "--until 2023-06-20", "--since 2023-06-01 --until 2023-06-30"] {
        let words = "1 entry without a time was left out by the time filter\n";
        assert_eq!(home.run(&format!("filter set --jsonl --fields id {asked}")), printed_and_said(&june, words));
        assert_eq!(home.run(&format!("count set {asked}")), printed_and_said("3\n", words));
    }
    // Where it is asked for it is named, and the others are read.
    let ended = home.run("filter set --jsonl --fields id");
    assert_eq!((ended.code, ended.printed.as_str()), (1, format!("{june}{{\"id\":\"post-1\"}}\n").as_str()));
    let name = "set/published_date=2023-07-19/part-00000.parquet";
    assert_eq!(
        ended.said,
        format!("error: {name}: this is a Parquet file, but it is damaged\n  write or copy it once more\n")
    );
}

#[test]
fn days_are_those_of_the_zone_of_each_live_blog() {
    // Half an hour past midnight in London is the day before in UTC.
    let home = Home::new().file("night.json", STORM.replace("T11:30:00Z", "T23:30:00Z").replace("T12:30", "T00:30"));
    assert_eq!(home.run("filter night.json --format parquet -o set/"), printed(""));
    for day in ["2023-06-19", "2023-06-20"] {
        let ids = |input: &str| home.run(&format!("filter {input} --on {day} --jsonl --fields id")).printed;
        assert_eq!(ids("set"), ids("night.json"), "{day}");
    }
    assert_eq!(home.run("filter set --on 2023-06-20 --count -q"), printed("1\n"));
}

#[test]
fn rows_that_another_program_wrote_may_lack_the_zones() {
    let all = "page,page_title,page_url,removed,id,number,published,published_local,stamp,modified,label,breaking,title,\
               subtitle,author,role,co_authors,body,images,media,url,lines,doubts";
    let home = Home::with_pages();
    assert_eq!(home.run(&format!("filter storm.json --fields {all} -o rows.parquet")), printed(""));
    assert_eq!(home.run("filter rows.parquet --jsonl"), home.run("filter storm.json --jsonl"));
    let asked = |options: &str| home.run(&format!("filter rows.parquet --jsonl --fields id {options}"));
    let (row, left_out) = ("{\"id\":\"post-2\"}\n", "1 entry without a time was left out by the time filter\n");
    let assumed = "the rows do not name the zones of their live blogs, so times without a zone are read in UTC; --tz ZONE \
                   reads them in another\n";
    assert_eq!(asked("--since 11:30"), printed_and_said(row, &format!("{assumed}{left_out}")));
    assert_eq!(asked("--since 12:30 --tz Europe/London"), printed_and_said(row, left_out));
    assert_eq!(asked("--since 11:30Z"), printed_and_said(row, left_out));
}

#[test]
fn where_nothing_matches_what_was_not_read_comes_near_as_well() {
    let home = with_rows();
    assert_eq!(
        home.run("filter set --author adda"),
        printed_and_said("", "no entries match\n  no author contains \"adda\"; near: Ada Example (2)\n")
    );
    let asked = home.run("filter set --on 2020-01-01");
    assert!(asked.said.contains("the entries of the pages are of 19 June 2023"), "{asked:?}");
}

#[test]
fn other_tables_are_not_taken_for_rows() {
    let home = Home::with_pages();
    assert_eq!(home.run("filter storm.json --fields id,text,page_url -o other.parquet"), printed(""));
    let words = "other.parquet: 2 records skipped, no live pages\nno entries match\n";
    assert_eq!(home.run("filter other.parquet"), printed_and_said("", words));
    assert_eq!(home.run("filter storm.json --fields page,id,text -o three.parquet"), printed(""));
    assert_eq!(
        home.run("filter three.parquet"),
        failed(
            "error: three.parquet: this is a Parquet file, not a page of text or HTML\n  \
             if liveblog wrote it, with all columns, filter, timeline and count read it as a file\n"
        )
    );
    // Rows that lack a column could not be selected by it.
    let all = "page,page_title,page_url,removed,id,number,published,published_local,stamp,modified,label,breaking,title,\
               subtitle,author,role,co_authors,text,images,media,url,lines,doubts";
    assert_eq!(home.run(&format!("filter storm.json --fields {all} -o some.parquet")), printed(""));
    assert_eq!(
        home.run("filter some.parquet"),
        failed(
            "error: some.parquet: Parquet, but not in the form of liveblog's rows: there is no column body\n  \
             write them once more with -o FILE.parquet\n"
        )
    );
}

#[test]
fn a_file_that_is_cut_off_is_damaged() {
    let home = with_rows();
    let whole = fs::read(home.path("rows.parquet")).unwrap();
    for length in [8, whole.len() / 2, whole.len() - 1] {
        fs::write(home.path("cut.parquet"), &whole[..length]).unwrap();
        let Ended { code, printed, said } = home.run("filter cut.parquet --jsonl");
        let expected = "error: cut.parquet: this is a Parquet file, but it is damaged\n  write or copy it once more\n";
        assert_eq!((code, printed.as_str(), said.as_str()), (1, "", expected), "{length}");
    }
}
