//! Selecting: conditions, times, orders.

use chrono_tz::Tz;
use liveblog::archive::Error;
use liveblog::model::{Block, Image, LiveBlog, PageHead};
use liveblog::query::{Order, Pattern, Property, Query, Selected, TextField};

use super::sample::{Home, blog, blog_from, line, query};

/// Two live blogs, `a` in London with authors, `b` in New York with an entry without a time.
fn home() -> Home {
    let mut home = Home::new();
    let mut a =
        blog(&["14:27 Tunnel reopens: Cars may pass.", "14:05 Pumps run: All four.", "13:50 Gate closed: Shut."]);
    a.entries[0].author = Some("Ada Straße".to_owned());
    a.entries[0].role = Some("Harbour correspondent".to_owned());
    a.entries[1].author = Some("Bo Example".to_owned());
    a.entries[1].co_authors = vec!["Ada Straße".to_owned()];
    a.entries[1].breaking = true;
    a.entries[2].label = Some("Analysis".to_owned());
    let mut image = Image::default();
    (image.alt, image.source) = (Some("A gate".to_owned()), Some("Getty Images".to_owned()));
    a.entries[2].images = vec![image];
    let mut b = blog(&["14:27 Goal: One to nil.", "--:-- Join in: Write to us.", "14:05 Kick-off: In the rain."]);
    b.zone = Some(Tz::America__New_York);
    b.entries[2].body.push(Block::List { ordered: false, items: vec!["Rain".to_owned()], links: vec![] });
    home.store_as(Some("b"), "15:00", b);
    home.store_as(Some("a"), "15:00", a);
    home
}

fn titles(query: &Query) -> Vec<String> {
    home().rows(query).into_iter().filter_map(|row| row.entry.title).collect()
}

#[test]
fn pages_come_by_name_and_entries_as_on_the_page() {
    let all = ["Tunnel reopens", "Pumps run", "Gate closed", "Goal", "Join in", "Kick-off"];
    assert_eq!(titles(&query()), all);
    let mut reversed = all;
    reversed.reverse();
    assert_eq!(titles(&query().reverse()), reversed);
    assert_eq!(titles(&query().reverse().limit(2)), reversed[..2]);
}

#[test]
fn a_timeline_runs_from_the_oldest_and_ends_with_what_has_no_time() {
    let timeline = query().order(Order::Time);
    assert_eq!(titles(&timeline), ["Gate closed", "Pumps run", "Kick-off", "Tunnel reopens", "Goal", "Join in"]);
    let reversed = timeline.reverse();
    assert_eq!(titles(&reversed), ["Goal", "Tunnel reopens", "Kick-off", "Pumps run", "Gate closed", "Join in"]);
}

#[test]
fn equal_times_come_in_reverse_of_a_newest_first_page() {
    let order = |lines: &[&str]| {
        let mut home = Home::new();
        home.store("15:00", blog(lines));
        home.lines(&query().order(Order::Time))
    };
    assert_eq!(
        order(&["12:05 d:", "12:00 c:", "12:00 b:", "11:00 a:"]),
        ["11:00 a: ", "12:00 b: ", "12:00 c: ", "12:05 d: "]
    );
    assert_eq!(
        order(&["11:00 a:", "12:00 b:", "12:00 c:", "12:05 d:"]),
        ["11:00 a: ", "12:00 b: ", "12:00 c: ", "12:05 d: "]
    );
}

#[test]
fn an_author_is_found_among_co_authors_whatever_the_case() {
    assert_eq!(titles(&query().contains(TextField::Author, ["STRASSE"])), ["Tunnel reopens", "Pumps run"]);
    let both = query().contains(TextField::Author, ["straße"]).contains(TextField::Role, ["Harbour"]);
    assert_eq!(titles(&both), ["Tunnel reopens"]);
    let any = query().contains(TextField::Author, ["bo ex", "nobody"]);
    assert_eq!(titles(&any), ["Pumps run"]);
    assert_eq!(titles(&query().contains(TextField::Author, ["nobody"])), [] as [&str; 0]);
}

#[test]
fn each_condition_selects_what_it_says() {
    for (query, expected) in [
        (query().contains(TextField::Title, ["RUN"]), vec!["Pumps run"]),
        (query().contains(TextField::Label, ["analysis"]), vec!["Gate closed"]),
        (query().contains(TextField::ImageSource, ["getty"]), vec!["Gate closed"]),
        (query().matches(Pattern::new("rain|cars")), vec!["Tunnel reopens", "Kick-off"]),
        (query().matches(["rain", "cars"].map(|text| Pattern::new(text).unwrap())), vec!["Tunnel reopens", "Kick-off"]),
        (query().matches(Pattern::new("^• Rain$")), vec![]),
        (query().breaking(), vec!["Pumps run"]),
        (query().has(Property::Image), vec!["Gate closed"]),
        (query().has(Property::List), vec!["Kick-off"]),
        (query().has(Property::Author), vec!["Tunnel reopens", "Pumps run"]),
        (query().has(Property::Author).has(Property::Quote), vec![]),
        (query().pages(["b"]).contains(TextField::Title, ["o"]), vec!["Goal", "Join in", "Kick-off"]),
    ] {
        assert_eq!(titles(&query), expected, "{query:?}");
    }
}

#[test]
fn the_inverse_is_all_that_the_conditions_leave_out() {
    let with_author = query().has(Property::Author).invert();
    assert_eq!(titles(&with_author), ["Gate closed", "Goal", "Join in", "Kick-off"]);
    let by_row = query().contains(TextField::Title, ["o"]).invert();
    assert_eq!(titles(&by_row), ["Pumps run"]);
    let since = query().since("2023-06-20T14:20Z".parse().unwrap()).invert();
    assert_eq!(titles(&since), ["Pumps run", "Gate closed", "Join in", "Kick-off"]);
}

#[test]
fn bare_times_are_resolved_in_each_live_blogs_own_zone_and_by_its_last_entry() {
    let since = |time: &str, zone| {
        let mut query = query().since(time.parse().unwrap());
        query.zone = zone;
        titles(&query)
    };
    // 15:20 in London is 14:20 UTC; 10:20 in New York is the same instant.
    assert_eq!(since("15:20", None), ["Tunnel reopens", "Goal", "Kick-off"]);
    assert_eq!(since("10:20", None), ["Tunnel reopens", "Pumps run", "Gate closed", "Goal"]);
    assert_eq!(since("14:20", Some(Tz::UTC)), ["Tunnel reopens", "Goal"]);
}

#[test]
fn entries_left_out_only_for_want_of_a_time_are_counted() {
    let home = home();
    let count = |query: Query| home.archive.count(&query.on("2023-06-20".parse().unwrap())).unwrap();
    assert_eq!(count(query()), Selected { entries: 5, untimed: 1, completed: 0 });
    assert_eq!(count(query().contains(TextField::Title, ["join"])), Selected { entries: 0, untimed: 1, completed: 0 });
    assert_eq!(count(query().contains(TextField::Title, ["goal"])), Selected { entries: 1, untimed: 0, completed: 0 });
    assert_eq!(count(query().limit(2)), Selected { entries: 2, untimed: 1, completed: 0 });
}

#[test]
fn a_live_blog_is_named_by_a_part_that_fits_it_alone() {
    let mut home = Home::new();
    for (name, text) in [("Tunnel flood", "One."), ("Tunnel fire", "Two."), ("Election", "Three.")] {
        home.store_as(Some(name), "15:00", blog(&[&format!("14:05 Title: {text}")]));
    }
    let ask = |name: &str| {
        let mut lines = Vec::new();
        let each = |row| {
            lines.push(line(&row));
            Ok::<_, Error>(())
        };
        home.archive.select(&query().pages([name]), each).map(|_| lines)
    };
    assert_eq!(ask("FLOOD").unwrap(), ["14:05 Title: One."]);
    assert_eq!(ask("Tunnel fire").unwrap(), ["14:05 Title: Two."]);
    assert_eq!(
        ask("tunnel").unwrap_err().to_string(),
        "\"tunnel\" fits several archived live blogs: Tunnel fire, Tunnel flood"
    );
    assert_eq!(ask("storm").unwrap_err().to_string(), "no archived live blog is named \"storm\"");
}

#[test]
fn what_each_row_fails_with_ends_the_selection() {
    let result = home().archive.select(&query(), |_| Err(Box::<dyn std::error::Error>::from("closed pipe")));
    assert_eq!(result.unwrap_err().to_string(), "closed pipe");
}

#[test]
fn files_are_selected_and_put_in_order_as_the_archive_does_it() {
    let pages = || -> Vec<(String, LiveBlog)> {
        let (a, b) = (&["12:05 d:", "12:00 c:", "--:-- x:", "11:00 a:"], &["12:00 b:", "10:00 z:"]);
        vec![("a".to_owned(), blog(a)), ("b".to_owned(), blog(b))]
    };
    let select = |query: Query| {
        let mut lines = Vec::new();
        let each = |_: &PageHead, row| {
            lines.push(line(&row));
            Ok::<_, std::convert::Infallible>(())
        };
        let selected = query.select(pages(), each).unwrap();
        (selected, lines)
    };
    let (selected, lines) = select(query().order(Order::Time).limit(4));
    assert_eq!(selected, Selected { entries: 4, untimed: 0, completed: 0 });
    assert_eq!(lines, ["10:00 z: ", "11:00 a: ", "12:00 c: ", "12:00 b: "]);
    let noon = query().since("12:00Z".parse().unwrap());
    let (selected, lines) = select(noon);
    assert_eq!(selected, Selected { entries: 3, untimed: 1, completed: 0 });
    assert_eq!(lines, ["12:05 d: ", "12:00 c: ", "12:00 b: "]);
}

/// Three captures: words change, an entry is added, one is removed and comes back.
fn afternoon() -> Home {
    let mut home = Home::new();
    let rain = "12:00 Rain: All day.";
    home.store("15:00", blog(&["14:27 Tunnel: Shut.", "14:05 Pumps: All.", "13:50 Gate: Shut.", rain]));
    home.store("16:00", blog(&["15:30 Ferry: Late.", "14:27 Tunnel: Open.", "13:50 Gate: Shut.", rain]));
    let mut last = blog(&["15:30 Ferry: Late.", "14:27 Tunnel: Open.", "14:05 Pumps: Two.", "13:50 Gate: Ajar.", rain]);
    last.entries[3].author = Some("Ada Example".to_owned());
    last.entries[3].title = Some("Gates".to_owned());
    home.store("17:00", last);
    home
}

#[test]
fn entries_are_as_the_page_was_then() {
    let home = afternoon();
    let then = |at: &str| home.lines(&query().zone(Tz::UTC).removed().at(at.parse().unwrap()));
    assert_eq!(then("2023-06-20 14:59"), [] as [&str; 0]);
    let first = ["14:27 Tunnel: Shut.", "14:05 Pumps: All.", "13:50 Gate: Shut.", "12:00 Rain: All day."];
    assert_eq!(then("2023-06-20 15:00"), first);
    assert_eq!(then("2023-06-20 15:59"), first);
    assert_eq!(
        then("16:30"),
        [
            "15:30 Ferry: Late.",
            "14:27 Tunnel: Open.",
            "-14:05 Pumps: All.",
            "13:50 Gate: Shut.",
            "12:00 Rain: All day."
        ]
    );
    assert_eq!(then("2023-06-20"), home.all());
    assert_eq!(then("now"), home.all());
    // Without a day, it is that of the latest capture, or the one before, if there were captures.
    assert_eq!(then("14:00"), [] as [&str; 0]);
    assert_eq!(then("17:01"), home.all());
    // And afterwards all is as it is.
    assert_eq!(home.all().len(), 5);
}

#[test]
fn all_that_is_asked_for_is_asked_of_the_page_as_it_was_then() {
    let home = afternoon();
    let then = query().zone(Tz::UTC).at("16:00".parse().unwrap());
    assert_eq!(home.lines(&then.clone().contains(TextField::Title, ["gates"])), [] as [&str; 0]);
    assert_eq!(home.lines(&then.clone().contains(TextField::Title, ["gate"])), ["13:50 Gate: Shut."]);
    assert_eq!(home.lines(&then.clone().contains(TextField::Author, ["ada"])), [] as [&str; 0]);
    assert_eq!(home.lines(&then.clone().since("15:00".parse().unwrap())), ["15:30 Ferry: Late."]);
    let order = home.lines(&then.clone().order(Order::Time).reverse().limit(2));
    assert_eq!(order, ["15:30 Ferry: Late.", "14:27 Tunnel: Open."]);
    let found = |query: &Query, words: &str| home.archive.count_found(query, words).unwrap().entries;
    assert_eq!(["ajar", "shut", "ada", "open"].map(|words| found(&then, words)), [0, 1, 0, 1]);
    assert_eq!(["ajar", "shut", "ada", "open"].map(|words| found(&query(), words)), [1, 0, 1, 1]);
}

#[test]
fn another_live_blog_is_as_it_was_then_and_without_captures_it_is_not_there() {
    let mut home = afternoon();
    home.store_as(Some("storm"), "18:00", blog_from("storm.txt", &["17:30 Storm: It comes.", "17:00 Calm: Yet."]));
    let at = |at: &str, pages: &[&str]| {
        let query = query().zone(Tz::UTC).at(at.parse().unwrap()).pages(pages.iter().copied());
        home.rows(&query).iter().filter(|row| row.page == "storm").count()
    };
    assert_eq!((at("2023-06-20 17:59", &[]), at("2023-06-20 18:00", &[])), (0, 2));
    assert_eq!((at("2023-06-20 17:59", &["storm"]), at("2023-06-20 18:00", &["page"])), (0, 0));
    assert!(home.archive.count(&query().at("16:00".parse().unwrap()).pages(["nowhere"])).is_err());
}

#[test]
fn words_that_only_a_later_capture_shows_are_counted() {
    let mut home = Home::new();
    home.store("15:00", blog(&["14:27 Tunnel: Shut.", "13:50 Gate: It is"]));
    home.store("16:00", blog(&["14:27 Tunnel: Open.", "13:50 Gate: It is shut."]));
    let then = query().zone(Tz::UTC).at("15:00".parse().unwrap());
    assert_eq!(home.lines(&then), ["14:27 Tunnel: Shut.", "13:50 Gate: It is shut."]);
    assert_eq!(home.archive.count(&then).unwrap(), selected(2, 1));
    assert_eq!(home.archive.count(&query()).unwrap(), selected(2, 0));
}

fn selected(entries: usize, completed: usize) -> Selected {
    Selected { entries, completed, ..Selected::default() }
}
