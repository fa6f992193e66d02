//! Times and zones as people type them.

use crate::session::{Home, misused, printed_and_warned};

/// How many entries of the two pages are selected, of which four have a time: on Monday 19 June 2023, the day before.
fn selected(condition: &str) -> String {
    let home = Home::with_pages();
    let mut arguments: Vec<_> = "filter flood.json storm.json --count".split(' ').collect();
    arguments.extend(condition.splitn(2, ' '));
    home.run_each(arguments).printed
}

#[test]
fn times_in_words_and_digits_select_the_same_in_every_option() {
    for (condition, expected) in [
        ("--since noon", "3\n"),
        ("--until noon", "1\n"),
        ("--since midnight", "4\n"),
        ("--on monday", "4\n"),
        ("--on sunday", "0\n"),
        ("--on 2023", "4\n"),
        ("--on 2023-06", "4\n"),
        ("--since 2023-06", "4\n"),
        ("--until 2023-06", "4\n"),
        ("--until May 2023", "0\n"),
        ("--on 2023-6-19", "4\n"),
        ("--on this week", "4\n"),
        ("--on last week", "0\n"),
        ("--since 20230619110500", "3\n"),
        ("--since 1687172701", "2\n"),
        ("--since monday 14:00", "1\n"),
        ("--since 12:00 London", "3\n"),
    ] {
        assert_eq!(selected(condition), expected, "{condition}");
    }
}

fn refused(option: &str, value: &str, why: &str) {
    let ended = Home::with_pages().run_each(["filter", "flood.json", option, value]);
    let name = if option == "--tz" { "ZONE" } else { "WHEN" };
    let words = format!(
        "error: invalid value '{value}' for '{option} <{name}>': {why}\n\nFor more information, try '--help'.\n"
    );
    assert_eq!(ended, misused(&words));
}

#[test]
fn what_is_no_time_is_refused_with_what_to_write() {
    refused("--since", "2h", "\"2h\" is no time: it is a length of time; -2h is so long ago");
    refused(
        "--since",
        "03/06/2023",
        "\"03/06/2023\" is no time: the day or the month may be first; write the year first: 2023-06-03 or 2023-03-06",
    );
    refused(
        "--until",
        "noonish",
        "\"noonish\" is no time; give one such as
  12:00, noon, midnight, \"12:00 BST\", 12:00Z, \"12:00 Europe/Paris\"
  2023-06-19, \"19 June 2023\", today, yesterday, monday
  \"2023-06-19 12:00\", 2023-06-19T12:00Z, \"yesterday noon\"
  2023-06, \"June 2023\", 2023, \"last week\", \"this month\"
  now, -2h, \"90 minutes ago\"
  20230619120000 (14 digits, UTC), 1687176000 (seconds since 1970)",
    );
}

#[test]
fn a_page_is_not_saved_in_a_whole_month() {
    let ended = Home::with_pages().run("parse flood.json --captured 2023-06");
    let why = "error: invalid value '2023-06' for '--captured <WHEN>': a page is saved at a time or on a day, and this is longer";
    assert!(ended.code == 2 && ended.said.starts_with(why), "{ended:?}");
    assert_eq!(Home::with_pages().run("parse flood.json --captured monday").code, 0);
}

#[test]
fn a_zone_may_be_a_city_whole_hours_or_the_machines() {
    let home = Home::with_pages();
    let head = |zone: &str| {
        let mut command = home.command();
        command.env("TZ", "Asia/Tokyo").args(["timeline", "flood.json", "-n1", "--tz", zone]);
        let output = command.output().unwrap();
        String::from_utf8(output.stdout).unwrap().lines().next().unwrap_or_default().to_owned()
    };
    for (zone, expected) in [
        ("London", "19 June 2023 11:02 BST, 1 entry"),
        ("new york", "19 June 2023 06:02 EDT, 1 entry"),
        ("+02:00", "19 June 2023 12:02 +02:00, 1 entry"),
        ("-05:00", "19 June 2023 05:02 -05:00, 1 entry"),
        ("local", "19 June 2023 19:02 JST, 1 entry"),
    ] {
        assert_eq!(head(zone), expected, "{zone}");
    }
    refused(
        "--tz",
        "+05:30",
        "no time zone is called \"+05:30\"; only whole hours from UTC, up to -12:00 and +14:00, are a zone; \
         give the name of a place, such as Asia/Kolkata",
    );
    let mut command = home.command();
    command.env("TZ", "EST+5").args(["timeline", "flood.json", "--tz", "local"]);
    let said = String::from_utf8(command.output().unwrap().stderr).unwrap();
    assert!(said.contains("the machine's zone, \"EST+5\", is no IANA name; name the zone"), "{said}");
    assert_eq!(home.run("filter flood.json --count --tz UTC"), printed_and_warned("3\n"));
}
