//! What holds for any captures of a live blog: whole, edited, cut off at either end, in any order, the same twice.

use std::collections::BTreeSet;

use liveblog::archive::{Capture, Error, History, Original, Reparsed};
use liveblog::input::Document;
use liveblog::model::{Block, Entry, LiveBlog, Row};
use liveblog::{ParseOptions, parse};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngSeed;

use super::sample::{Home, at, line, query};

/// An entry's title and time, and what its body says from edit to edit: words in the middle change, the end goes, all is
/// new.
const ENTRIES: [(&str, &str, [&str; 4]); 4] = [
    (
        "Ferries leave the harbour again",
        "14:27",
        [
            "The first ferry left the quay.\n\nIts captain waved at the crowd, and the crowd waved back.",
            "The second ferry left the quay.\n\nIts captain waved at the crowd, and the crowd waved back.",
            "The first ferry left the quay.",
            "Nobody knows when boats will sail.",
        ],
    ),
    (
        "Storm moves out to sea",
        "13:50",
        [
            "Winds fall below forty knots this afternoon.\n\nThe warning ends at six.",
            "Winds fall below fifty knots this afternoon.\n\nThe warning ends at six.",
            "Winds fall below forty knots",
            "It is calm.",
        ],
    ),
    (
        "Lighthouse loses its lamp",
        "12:05",
        [
            "A keeper says that it broke at midnight.\n\nA new lamp is on its way by train.",
            "A keeper says that it broke at midnight.\n\nA new lamp is on its way by lorry.",
            "A keeper says that it broke at midnight.",
            "Two lamps are gone.",
        ],
    ),
    (
        "Good morning from the bay",
        "09:00",
        ["It is raining, and the tide is in.", "It is snowing, and the tide is in.", "It is raining", "Welcome."],
    ),
];

/// A page as it was saved.
#[derive(Debug, Clone)]
struct Saved {
    /// Minutes after 15:00.
    minute: usize,
    text: String,
    /// Whether it may be cut off within the line of a title and its time: then no matching can be sure which entry it is.
    anywhere: bool,
}

/// Pages with numbers or without, each saved in another minute, in any order; one of them may come twice.
fn captures() -> impl Strategy<Value = Vec<Saved>> {
    let shows = prop_oneof![5 => (0..4usize).prop_map(Some), 1 => Just(None)];
    let cut = prop_oneof![3 => Just(None), 3 => any::<Index>().prop_map(|at| Some((at, true))), 1 => any::<Index>().prop_map(|at| Some((at, false)))];
    let page = (vec(shows, ENTRIES.len()), cut);
    (any::<bool>(), any::<bool>(), vec(page, 2..7), any::<Index>())
        .prop_flat_map(|(numbered, anywhere, pages, twice)| {
            let mut saved: Vec<_> = pages
                .iter()
                .enumerate()
                .map(|(minute, (shows, cut))| Saved { minute, text: text(shows, *cut, numbered, anywhere), anywhere })
                .collect();
            let again = saved[twice.index(saved.len())].clone();
            saved.push(Saved { minute: 30, ..again });
            Just(saved).prop_shuffle()
        })
        .prop_filter("pages have entries", |saved| saved.iter().all(|saved| read(saved).is_some()))
}

fn text(shows: &[Option<usize>], cut: Option<(Index, bool)>, numbered: bool, anywhere: bool) -> String {
    let mut text = String::new();
    for (number, ((title, time, bodies), shows)) in ENTRIES.iter().zip(shows).enumerate() {
        let Some(body) = shows.map(|body| bodies[body]) else { continue };
        let (mark, indent) = if numbered { (format!("  {}. ", number + 1), "    ") } else { (String::new(), "") };
        let body = body.replace("\n\n", &format!("\n\n{indent}"));
        text += &format!("{mark}{title}published at {time} British Summer Time 20 June 2023\n\n{indent}{body}\n\n");
    }
    let Some((at, ends)) = cut else { return text };
    let mut at = at.index(text.len().max(1));
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let next = text[at..].find('\n').map_or(text.len(), |end| at + end);
    if !anywhere && text[line..next].contains("published at") {
        at = if ends { next } else { line };
    }
    if ends {
        text.truncate(at)
    } else {
        drop(text.drain(..at))
    }
    text
}

fn document(saved: &Saved) -> Document {
    let captured = at("15:00") + chrono::TimeDelta::minutes(i64::try_from(saved.minute).unwrap());
    Document { captured: Some(captured), ..Document::from_text("page.txt", &saved.text) }
}

fn read(saved: &Saved) -> Option<LiveBlog> {
    parse(&document(saved), &ParseOptions::new(at("23:00"))).ok()
}

fn reparse(original: &Original) -> Result<LiveBlog, Error> {
    parse(&original.document, &ParseOptions::new(original.kept)).map_err(|_| Error::Missing("grammar".into()))
}

fn store(home: &mut Home, saved: &Saved) {
    let (document, blog) = (document(saved), read(saved).unwrap());
    home.archive.store(&Capture::new(&document, &blog, at("23:00")).named(Some("page"))).unwrap();
}

fn words(entry: &Entry) -> String {
    // A page that is cut off behind the number of an entry ends with an empty list.
    let paragraphs = entry.body.iter().filter_map(|block| match block {
        Block::Paragraph { text, .. } => Some(text.as_str()),
        _ => None,
    });
    entry.title.as_deref().into_iter().chain(paragraphs).collect::<Vec<_>>().join(" ")
}

/// All wordings that are stored, current and earlier ones.
fn stored(home: &Home) -> BTreeSet<String> {
    let rows = home.rows(&query().removed());
    let earlier = home.sql("SELECT content FROM entry_version");
    let earlier = earlier.iter().map(|entry| words(&serde_json::from_str(entry).unwrap()));
    rows.iter().map(|row| words(&row.entry)).chain(earlier).collect()
}

/// All that is asked for of the live blog; history without the order in which captures were stored.
fn contents(home: &Home) -> (Vec<String>, History) {
    (home.all(), home.archive.history("page").unwrap())
}

/// The entries that are on the page as a whole, and whether a cut could have taken a part of them.
fn on_page(saved: &Saved) -> Vec<(Entry, bool)> {
    let entries = read(saved).unwrap().entries;
    let count = entries.len();
    let may_be_cut = |at: usize, entry: &Entry| at + 1 == count || (at == 0 && entry.lines.unwrap()[0] == 1);
    entries.into_iter().enumerate().map(|(at, entry)| (entry.clone(), may_be_cut(at, &entry))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 96,
        rng_seed: RngSeed::Fixed(20_230_620),
        failure_persistence: None,
        max_shrink_iters: 150,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_wording_is_lost_and_all_that_is_stored_agrees(captures in captures()) {
        let mut home = Home::new();
        for (count, saved) in captures.iter().enumerate() {
            store(&mut home, saved);
            let problems = home.archive.check(|original| reparse(original).ok()).unwrap().problems;
            prop_assert_eq!(problems, [], "after {} captures", count + 1);
            let stored = stored(&home);
            for (entry, may_be_cut) in captures[..=count].iter().flat_map(on_page) {
                let words = words(&entry);
                let is_stored = stored.contains(&words) || (may_be_cut && stored.iter().any(|whole| whole.contains(&words)));
                prop_assert!(is_stored, "{words:?} is in none of {stored:#?}");
            }
        }

        let before = (contents(&home), home.sql("SELECT entry || ' ' || version || content FROM entry_version"));
        let mut batch = home.archive.batch().unwrap();
        prop_assert_eq!(batch.reparse("page", reparse).unwrap(), Reparsed::Unchanged);
        batch.commit().unwrap();
        let after = (contents(&home), home.sql("SELECT entry || ' ' || version || content FROM entry_version"));
        prop_assert_eq!(&after, &before);

        if captures[0].anywhere {
            return Ok(());
        }
        // The second of the same bytes is none.
        let mut in_time: Vec<&Saved> = Vec::new();
        for saved in &captures {
            if in_time.iter().all(|before| before.text != saved.text) {
                in_time.push(saved);
            }
        }
        in_time.sort_by_key(|saved| saved.minute);
        for (title, ..) in ENTRIES {
            let has_title = |entry: &Entry| entry.title.as_deref() == Some(title);
            let latest = in_time.iter().rev().find_map(|saved| on_page(saved).into_iter().find(|(entry, _)| has_title(entry)));
            if let Some((entry, false)) = latest {
                let line = format!("{title}: {}", entry.text());
                prop_assert!(home.all().iter().any(|current| current.ends_with(&line)), "{line} is not current: {:?}", home.all());
            }
        }

        // At the time of each capture, the archive is as if no later one were stored, but for words that later ones complete.
        let mut until = Home::new();
        for saved in &in_time {
            store(&mut until, saved);
            let minute = format!("2023-06-20 15:{:02}Z", saved.minute);
            let then = home.rows(&query().removed().at(minute.parse().unwrap()));
            let expected = until.rows(&query().removed());
            let shown = |row: &Row| (row.removed, row.entry.published, words(&row.entry));
            prop_assert_eq!(then.len(), expected.len(), "at {}", minute);
            for (then, expected) in then.iter().map(shown).zip(expected.iter().map(shown)) {
                let is_same = then == expected || then.2.contains(&expected.2);
                prop_assert!(is_same, "at {}: {:?} is not {:?}", minute, then, expected);
            }
            for (entry, may_be_cut) in on_page(saved) {
                let is_shown = then.iter().any(|row| words(&row.entry) == words(&entry));
                prop_assert!(is_shown || may_be_cut, "at {}: {:?} is not shown", minute, entry);
            }
        }

        let current = |home: &Home| -> BTreeSet<String> {
            home.rows(&query().removed()).iter().map(line).collect()
        };
        prop_assert_eq!(current(&home), current(&until), "in order of time");
    }
}
