//! Searching: words, what they find, in which order, and what of it is shown.

use liveblog::archive::{Archive, Error};
use liveblog::model::{Image, Row, Span};
use liveblog::query::{Query, Selected, TextField};
use proptest::collection::vec;
use proptest::prelude::*;

use super::sample::{Home, blog, query};

fn home() -> Home {
    let mut home = Home::new();
    let mut tunnel = blog(&[
        "14:27 Tunnel reopens: The northern pumps run, and cars may pass the tunnel.",
        "14:05 Why the pumps failed: Nobody had read the log. The pumps in the tunnel were old.",
        "13:50 Gate closed: The southern gate is shut.",
    ]);
    tunnel.entries[1].author = Some("Zoë Fouché".to_owned());
    let mut image = Image::default();
    image.caption = Some("A lorry in the water".to_owned());
    tunnel.entries[2].images = vec![image];
    home.store_as(Some("tunnel"), "15:00", tunnel);
    home.store_as(
        Some("storm"),
        "15:00",
        blog(&["14:30 Ferries stay in port: Rain.", "--:-- Lorries wait: And cars."]),
    );
    home
}

/// The titles of what is found, and how many that is by counting.
fn found(home: &Home, query: &Query, words: &str) -> Vec<String> {
    let mut titles = Vec::new();
    let each = |row: Row, _| {
        titles.push(row.entry.title.unwrap());
        Ok::<_, Error>(())
    };
    let selected = home.archive.search(query, words, each).unwrap();
    assert_eq!(home.archive.count_found(query, words).unwrap(), selected, "{words}");
    assert_eq!(selected.entries, titles.len());
    titles
}

#[test]
fn words_are_looked_for_in_everything_that_an_entry_says() {
    let home = home();
    let found = |words: &str| found(&home, &query(), words);
    assert_eq!(found("ferries"), ["Ferries stay in port"]);
    assert_eq!(found("LOG"), ["Why the pumps failed"]);
    assert_eq!(found("fouche"), ["Why the pumps failed"]);
    assert_eq!(found("Zoe Fouché"), ["Why the pumps failed"]);
    assert_eq!(found("water"), ["Gate closed"]);
    assert_eq!(found("nothing of the kind"), [] as [&str; 0]);
    assert_eq!(found("?!"), [] as [&str; 0]);
}

#[test]
fn phrases_prefixes_and_operators_narrow_and_widen() {
    let home = home();
    let found = |words: &str| {
        let mut found = found(&home, &query(), words);
        found.sort();
        found
    };
    assert_eq!(found("pumps tunnel"), ["Tunnel reopens", "Why the pumps failed"]);
    assert_eq!(found("\"pumps run\""), ["Tunnel reopens"]);
    assert_eq!(found("\"run pumps\""), [] as [&str; 0]);
    assert_eq!(found("lorr*"), ["Gate closed", "Lorries wait"]);
    assert_eq!(found("rain OR log"), ["Ferries stay in port", "Why the pumps failed"]);
    assert_eq!(found("pumps NOT cars"), ["Why the pumps failed"]);
    assert_eq!(found("(rain OR cars) NOT (pumps OR gate)"), ["Ferries stay in port", "Lorries wait"]);
    assert_eq!(found("title:tunnel"), [] as [&str; 0]);
}

#[test]
fn the_best_match_comes_first_or_last() {
    let home = home();
    let best = ["Why the pumps failed", "Tunnel reopens"];
    assert_eq!(found(&home, &query(), "pumps"), best);
    assert_eq!(found(&home, &query().limit(1), "pumps"), best[..1]);
    let reverse = query().reverse();
    assert_eq!(found(&home, &reverse, "pumps"), [best[1], best[0]]);
    assert_eq!(found(&home, &reverse.limit(1), "pumps"), best[1..]);
}

#[test]
fn conditions_hold_among_what_is_found() {
    let home = home();
    let found = |query: &Query, words: &str| found(&home, query, words);
    assert_eq!(found(&query().contains(TextField::Title, ["WHY"]), "pumps"), ["Why the pumps failed"]);
    assert_eq!(found(&query().contains(TextField::Author, ["zoë"]), "pumps"), ["Why the pumps failed"]);
    let others = query().contains(TextField::Author, ["zoë"]).invert();
    assert_eq!(found(&others, "pumps"), ["Tunnel reopens"]);
    assert_eq!(found(&query().pages(["storm"]), "cars"), ["Lorries wait"]);
    let since = query().since("15:20".parse().unwrap());
    assert_eq!(found(&since, "cars"), ["Tunnel reopens"]);
    assert_eq!(home.archive.count_found(&since, "cars").unwrap(), Selected { entries: 1, untimed: 1, completed: 0 });
}

#[test]
fn removed_entries_are_found_if_they_are_asked_for() {
    let mut home = Home::new();
    home.store("14:30", blog(&["14:27 C: Cars.", "14:05 B: Buses.", "13:50 A: Lorries."]));
    home.store("14:40", blog(&["14:27 C: Cars.", "13:50 A: Lorries."]));
    assert_eq!(found(&home, &query(), "buses"), [] as [&str; 0]);
    assert_eq!(found(&home, &query().removed(), "buses"), ["B"]);
}

#[test]
fn an_entry_is_found_by_its_latest_words_alone() {
    let mut home = Home::new();
    home.store("14:30", blog(&["14:05 Gate: It is shut.", "13:50 A: Lorries."]));
    home.store("14:40", blog(&["14:05 Gate: It is open.", "13:50 A: Lorries."]));
    assert_eq!(found(&home, &query(), "shut"), [] as [&str; 0]);
    assert_eq!(found(&home, &query(), "open"), ["Gate"]);
}

#[test]
fn what_was_looked_for_is_marked_in_the_title_and_in_the_words_that_fit_best() {
    let home = home();
    let excerpt = |words: &str| {
        let mut excerpts = Vec::new();
        let each = |_, excerpt| {
            excerpts.push(excerpt);
            Ok::<_, Error>(())
        };
        home.archive.search(&query(), words, each).unwrap();
        let marked = |spans: &[Span]| {
            spans.iter().map(|span| if span.found { format!("[{}]", span.text) } else { span.text.clone() }).collect()
        };
        let pair: (String, String) = (marked(&excerpts[0].title), marked(&excerpts[0].text));
        pair
    };
    let expected = |title: &str, text: &str| (title.to_owned(), text.to_owned());
    assert_eq!(
        excerpt("\"northern pumps\" cars"),
        expected("Tunnel reopens", "The [northern pumps] run, and [cars] may pass the tunnel.")
    );
    assert_eq!(excerpt("FOUCHE"), expected("Why the pumps failed", "Zoë [Fouché]"));
    assert_eq!(excerpt("gate closed"), expected("[Gate] [closed]", "The southern [gate] is shut."));
    assert_eq!(excerpt("ferr*"), expected("[Ferries] stay in port", "Rain."));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_words_are_wrong(parts in vec(part(), 0..20), limit in 0..3usize) {
        thread_local!(static HOME: Home = home());
        HOME.with(|home| {
            let words = parts.concat();
            let query = if limit > 0 { query().limit(limit) } else { query() };
            prop_assert!(search(&home.archive, &query, &words).is_ok(), "{:?}", words);
            Ok(())
        })?;
    }
}

fn search(archive: &Archive, query: &Query, words: &str) -> Result<(Selected, Selected), Error> {
    Ok((archive.search(query, words, |_, _| Ok::<_, Error>(()))?, archive.count_found(query, words)?))
}

/// What means something to the search, to FTS5 or to SQL, and anything else.
fn part() -> impl Strategy<Value = String> {
    let meant = prop::sample::select(vec![
        "\"", "“", "”", "'", "(", ")", "*", " ", " AND ", " OR ", " NOT ", "NEAR(", "^", "+", "-", ":", "{", "}", ",",
        "title", "pumps", "tunnel", "--", ";", "\0", "\\", "?1", "\u{2}", "é", "水",
    ]);
    prop_oneof![4 => meant.prop_map(str::to_owned), 1 => any::<String>(), 1 => any::<char>().prop_map(String::from)]
}

#[test]
fn hundreds_of_words_are_no_error() {
    let home = home();
    for words in ["pumps ", "pumps OR ", "pumps NOT ", "(pumps ", "pumps) ", "\"pumps\" NOT (", "p* AND NOT "] {
        let result = search(&home.archive, &query(), &words.repeat(300));
        assert!(result.is_ok(), "{words}: {result:?}");
    }
}
