//! What holds for every command: short options, quiet, lists.

use crate::session::{Home, misused, printed};

fn stored() -> Home {
    let home = Home::with_pages();
    assert_eq!(home.run("parse flood.json storm.json -q"), printed(""), "parse -q has only errors to print");
    home
}

#[test]
fn quiet_leaves_data_and_errors() {
    let home = stored();
    assert_eq!(home.run("filter --author nobody -q"), printed(""));
    assert_eq!(home.run("-q filter --since 12:06 --count"), printed("2\n"));
    assert_eq!(home.run("set storm --zone Europe/Paris --quiet"), printed(""));
    assert_eq!(home.run("pages --csv -q").printed.lines().count(), 3);
    assert_eq!(home.run("parse nowhere.txt -q").said.lines().count(), 2);
    assert_eq!(home.run("parse flood.json -q --no-save --json").said, "");
    assert_eq!(home.run("parse flood.json -q -v").code, 2);
    assert_eq!(home.run("remove storm --yes -q"), printed(""));
}

#[test]
fn parse_ends_with_the_total_of_several_pages() {
    let home = Home::with_pages();
    let lines = home.run("parse flood.json storm.json").printed;
    let lines: Vec<_> = lines.lines().skip(2).collect();
    let kept = format!("kept in {}", home.archive());
    assert_eq!(lines, ["in all: 2 pages, 5 entries, 3 authors, 1 image, 1 doubt", kept.as_str()]);
    assert_eq!(home.run("parse storm.json --no-save").printed.lines().count(), 1, "one page is its own total");
}

#[test]
fn lists_are_cut_off_and_reversed_alike() {
    let home = stored();
    let names = |options: &str| -> Vec<String> {
        let printed = home.run(&format!("pages --csv{options}")).printed;
        printed.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect()
    };
    assert_eq!(names(""), ["flood", "storm"]);
    assert_eq!(names(" -n 1"), ["flood"]);
    assert_eq!(names(" --reverse -n 1"), ["storm"]);
    assert_eq!(home.run("pages -n 0"), printed(""), "and not that there are none");
}

/// A home with two captures of a live blog, all of whose three entries were edited.
fn edited() -> Home {
    let page = |word: &str| -> String {
        let entry = |minute| {
            format!(
                "  Gate {minute}published at 09:0{minute} British Summer Time 19 June 2023\n\n    It is {word}.\n\n"
            )
        };
        (1..=3).rev().map(entry).collect()
    };
    let home = Home::new().file("gate.txt", page("shut")).file("later.txt", page("open for all pumps"));
    for (file, hour) in [("gate.txt", "10"), ("later.txt", "11")] {
        let captured = format!("2023-06-19T{hour}:00Z");
        assert_eq!(home.run(&format!("parse {file} --as gate -q --captured {captured}")).code, 0);
    }
    home
}

#[test]
fn changes_are_cut_off_and_reversed_as_entries_are() {
    let home = edited();
    let titles = |options: &str| -> Vec<String> {
        let printed = home.run(&format!("history --json{options}")).printed;
        let rows: Vec<serde_json::Value> = serde_json::from_str(&printed).unwrap();
        rows.iter().map(|row| row["entry"]["title"].as_str().unwrap().to_owned()).collect()
    };
    let all = titles("");
    assert_eq!(all.len(), 3, "{all:?}");
    assert_eq!(titles(" -n 2"), all[..2]);
    assert_eq!(titles(" --reverse"), all.iter().rev().cloned().collect::<Vec<_>>());
    assert_eq!(titles(" --reverse -n 1"), all[2..]);
    assert_eq!(titles(" --text Shut --text pumps").len(), 3);
    assert_eq!(titles(" --text Shut --text Pumps").len(), 0);
    assert!(home.run("history --limit -1").said.contains("give a number from 0"));
}

#[test]
fn every_list_goes_to_a_file_in_the_format_of_its_ending() {
    let home = stored();
    for command in ["filter", "timeline", "search the", "count --by author", "pages", "history flood"] {
        for (ending, option) in [("csv", "--csv"), ("json", "--json"), ("jsonl", "--jsonl"), ("tsv", "-f tsv")] {
            let printed_there = home.run(&format!("{command} {option}"));
            assert_eq!(home.run(&format!("{command} -o list.{ending}")), printed(""), "{command}");
            assert_eq!(home.read(&format!("list.{ending}")), printed_there.printed, "{command} {option}");
        }
    }
}

#[test]
fn a_count_is_a_number_and_a_number_is_json() {
    let home = stored();
    for format in ["", " --json", " --jsonl", " -f text"] {
        assert_eq!(home.run(&format!("filter --count{format}")), printed("5\n"));
    }
    assert_eq!(
        home.run("filter --count --csv"),
        misused(
            "error: --count prints a number, not csv; liveblog count prints tables\n  \
             liveblog filter --help shows its options\n"
        )
    );
    assert_eq!(home.run("filter --count --brief").code, 2);
    assert_eq!(home.run("count --csv"), printed("count\r\n5\r\n"));
}

#[test]
fn patterns_may_be_several_as_other_texts() {
    let home = stored();
    let all = home.run_each(["filter", "--count", "--text", "pumps", "--text", "all warnings"]);
    assert_eq!(all, printed("3\n"));
    assert_eq!(home.run("filter --text pumps --text ( --count").code, 2);
}

#[test]
fn the_help_of_fields_lists_all_fields() {
    let help = Home::new().run("filter --help").printed;
    let words: Vec<_> = help.split_whitespace().map(|word| word.trim_end_matches([',', ';'])).collect();
    for field in liveblog::output::Field::all() {
        assert!(words.contains(&field.name()), "{} is not in {help}", field.name());
    }
}
