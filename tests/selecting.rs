//! Files and the archive select the same entries, whatever is asked for.

#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

mod support;

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use liveblog::archive::{Archive, Capture, Error};
use liveblog::model::Row;
use liveblog::output::{Format, Header, PrintOptions};
use liveblog::query::{Condition, Order, Pattern, Property, Query, Selected, Selection, TextField, Verdict};
use liveblog::rows::RowFiles;
use liveblog::{Document, Entry, LiveBlog, ParseOptions, parse};
use proptest::collection::vec;
use proptest::option::{of, weighted};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::RngSeed;
use support::generator::{Dress, Marks, Written};
use support::page;

/// The same cases in every run.
fn config() -> ProptestConfig {
    let rng_seed = RngSeed::Fixed(20_230_619);
    ProptestConfig { rng_seed, cases: 32, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn files_and_the_archive_select_the_same_entries(blogs in vec(blog(), 1..4), asked in vec(asked(), 16)) {
        let mut home = Home::new();
        let named: Vec<_> = ["a", "b", "c"].map(str::to_owned).into_iter().zip(blogs.clone()).collect();
        named.iter().for_each(|(name, blog)| home.store(name, blog, "2030-01-01T00:00:00Z"));
        for asked in asked {
            let query = asked.query(&blogs);
            let mut from_files = Vec::new();
            let selected = query.select(named.clone(), |_, row| { from_files.push(row); Ok::<_, Error>(()) }).unwrap();
            if let [blog] = blogs.as_slice() {
                let mut blog = blog.clone();
                blog.source = "a".to_owned();
                let entries = from_files.iter().map(|row| &row.entry);
                prop_assert!(query.entries(&blog).eq(entries), "{:?}", query);
            }
            let (from_archive, selected_there) = home.select(&query);
            prop_assert_eq!(titles(&from_archive), titles(&from_files), "{:?}", query);
            prop_assert_eq!(from_archive, from_files);
            prop_assert_eq!(selected_there, selected, "{:?}", query);
            prop_assert_eq!(home.archive.count(&query).unwrap(), selected, "{:?}", query);
        }
    }

    #[test]
    fn files_and_their_rows_in_parquet_select_the_same_entries(blogs in vec(blog(), 1..4), asked in vec(asked(), 16)) {
        let named: Vec<_> = ["a", "b", "c"].map(str::to_owned).into_iter().zip(blogs.clone()).collect();
        let folder = tempfile::tempdir().unwrap();
        let (file, set) = (folder.path().join("rows.parquet"), folder.path().join("set"));
        write_rows(&file, &named, |_| true);
        let day = |entry: &Entry| entry.published.map(|time| time.date_naive());
        for date in blogs.iter().flat_map(|blog| &blog.entries).map(day).collect::<BTreeSet<_>>() {
            let name = date.map_or("__HIVE_DEFAULT_PARTITION__".to_owned(), |date| date.to_string());
            let folder = set.join(format!("published_date={name}"));
            std::fs::create_dir_all(&folder).unwrap();
            write_rows(&folder.join("part-00000.parquet"), &named, |entry| day(entry) == date);
        }
        for asked in asked {
            let mut query = asked.query(&blogs);
            if query.order == Order::Time {
                // Where rows are few, they may not show in which order equal times come.
                query.limit = None;
            }
            let mut expected = Vec::new();
            let selected = query.select(named.clone(), |_, row| { expected.push(row); Ok::<_, Error>(()) }).unwrap();
            let (rows, selected_there) = select_rows(&file, &query);
            prop_assert_eq!(selected_there, selected, "{:?}", &query);
            if query.order == Order::Page {
                prop_assert_eq!(titles(&rows), titles(&expected), "{:?}", &query);
                prop_assert_eq!(&rows, &expected, "{:?}", &query);
            }
            prop_assert_eq!(sorted(&rows), sorted(&expected), "{:?}", &query);
            if query.limit.is_none() {
                let (rows, selected_there) = select_rows(&set, &query);
                prop_assert_eq!(selected_there, selected, "{:?}", &query);
                prop_assert_eq!(sorted(&rows), sorted(&expected), "{:?}", &query);
            }
        }
    }

    #[test]
    fn removed_entries_are_selected_where_they_are_asked_for(
        blog in blog(),
        gone in vec(any::<bool>(), 20),
        asked in vec(asked(), 16),
    ) {
        // What stands at an end of a page may have been cut off.
        let last = blog.entries.len() - 1;
        let stays = |place: usize| place == 0 || place == last || !gone[place];
        let mut later = blog.clone();
        let mut places = 0..;
        later.entries.retain(|_| stays(places.next().unwrap()));
        let mut home = Home::new();
        home.store("a", &blog, "2030-01-01T00:00:00Z");
        home.store("a", &later, "2030-01-02T00:00:00Z");
        for asked in asked {
            let removed = gone[0];
            let mut query = asked.query(std::slice::from_ref(&blog)).order(Order::Page);
            (query.removed, query.limit, query.reverse) = (removed, None, false);
            let prepared = query.prepare();
            let on_page = prepared.on_page("a", blog.zone, blog.last());
            let entries = blog.entries.iter().enumerate();
            let judged = entries.filter(|(place, entry)| on_page.judge(entry, !stays(*place)) == Verdict::Selected);
            let expected: Vec<_> = judged.map(|(place, entry)| (entry.title.clone(), !stays(place))).collect();
            let (from_archive, selected) = home.select(&query);
            let selected_rows: Vec<_> = from_archive.into_iter().map(|row| (row.entry.title, row.removed)).collect();
            prop_assert_eq!(selected_rows, expected, "{:?}", query);
            prop_assert_eq!(home.archive.count(&query).unwrap(), selected);
        }
    }
}

/// Writes those rows of live blogs as Parquet.
fn write_rows(path: &Path, blogs: &[(String, LiveBlog)], is_in: impl Fn(&Entry) -> bool) {
    let mut output = Format::Parquet.output(File::create(path).unwrap(), PrintOptions::default());
    output.begin(&Header::default()).unwrap();
    for (name, blog) in blogs {
        output.page(&blog.head(name)).unwrap();
        let rows = blog.clone().into_rows(name).filter(|row| is_in(&row.entry));
        rows.for_each(|row| output.row(&row).unwrap());
    }
    output.end().unwrap();
}

fn select_rows(path: &Path, query: &Query) -> (Vec<Row>, Selected) {
    let mut rows = Vec::new();
    let mut each = |_: &_, row| {
        rows.push(row);
        Ok::<_, Error>(())
    };
    let mut selection = Selection::new(query);
    RowFiles::find(path).unwrap().select(&mut selection, &mut each, |error| panic!("{error}")).unwrap();
    let selected = selection.finish(each).unwrap();
    (rows, selected)
}

fn sorted(rows: &[Row]) -> Vec<String> {
    let mut rows: Vec<_> = rows.iter().map(|row| serde_json::to_string(row).unwrap()).collect();
    rows.sort_unstable();
    rows
}

fn titles(rows: &[Row]) -> Vec<(&str, Option<&String>)> {
    rows.iter().map(|row| (row.page.as_str(), row.entry.title.as_ref())).collect()
}

/// An archive in a folder that goes with it.
struct Home {
    archive: Archive,
    _folder: tempfile::TempDir,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { archive: Archive::open(&folder.path().join("archive.db")).unwrap(), _folder: folder }
    }

    fn store(&mut self, name: &str, blog: &LiveBlog, captured: &str) {
        let document = Document::from_text(name, &serde_json::to_string(blog).unwrap());
        let mut blog = blog.clone();
        blog.captured = Some(time(captured));
        self.archive.store(&Capture::new(&document, &blog, time(captured)).named(Some(name))).unwrap();
    }

    fn select(&self, query: &Query) -> (Vec<Row>, Selected) {
        let mut rows = Vec::new();
        let selected = self.archive.select(query, |row| {
            rows.push(row);
            Ok::<_, Error>(())
        });
        (rows, selected.unwrap())
    }
}

fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A live blog whose words fold their case in several ways, with and without times, in several zones.
fn blog() -> impl Strategy<Value = LiveBlog> {
    let words = weighted(0.3, select(vec!["Straße", "ΟΔΟΣ", "İzmir", "ﬁnale", "ÉTÉ", "ſalz"]));
    let zone = select(vec![Some(Tz::Europe__London), Some(Tz::America__New_York), None]);
    let written = select(vec![
        Written::Bbc(Marks::Numbers),
        Written::Bbc(Marks::Bullets),
        Written::BbcHtml,
        Written::JsonLd,
        Written::Microdata,
    ]);
    let dress = select(vec![Dress::Plain, Dress::Windows]);
    (page(), written, dress, vec((words, prop::bool::weighted(0.1)), 20), zone).prop_map(
        |(page, written, dress, changes, zone)| {
            let options = ParseOptions::new(time("2028-01-01T00:00:00Z"));
            let bytes = page.bytes(written, if dress.suits(written) { dress } else { Dress::Plain });
            let mut blog = parse(&Document { bytes, ..Document::from_text("page.txt", "") }, &options).unwrap();
            for (entry, (words, untimed)) in blog.entries.iter_mut().zip(changes) {
                for field in [&mut entry.title, &mut entry.author, &mut entry.label].into_iter().flatten() {
                    *field += words.map(|words| format!(" {words}")).unwrap_or_default().as_str();
                }
                if untimed {
                    (entry.published, entry.published_local, entry.stamp) = (None, None, None);
                }
            }
            blog.zone = zone;
            blog
        },
    )
}

/// What is asked for; moments are those of the pages that it is asked of.
#[derive(Debug, Clone)]
struct Asked {
    texts: [Vec<String>; 5],
    text: Option<String>,
    breaking: bool,
    has: Option<Property>,
    since: Option<Moment>,
    until: Option<Moment>,
    on: Option<Moment>,
    page: Option<Index>,
    invert: bool,
    zone: Option<Tz>,
    reverse: bool,
    by_time: bool,
    limit: Option<usize>,
}

/// The time of an entry, and how it is written.
type Moment = (Index, &'static str);

impl Asked {
    fn query(self, blogs: &[LiveBlog]) -> Query {
        let times: Vec<_> = blogs.iter().flat_map(|blog| &blog.entries).filter_map(|entry| entry.published).collect();
        let when = |moment: Option<Moment>| {
            let (entry, form) = moment.filter(|_| !times.is_empty())?;
            Some(entry.get(&times).format(form).to_string().parse().unwrap())
        };
        let fields = [TextField::Author, TextField::Role, TextField::Title, TextField::Label, TextField::ImageSource];
        let mut query = Query::new(time("2028-01-01T00:00:00Z"));
        for (field, texts) in fields.into_iter().zip(self.texts) {
            query = query.contains(field, texts);
        }
        query = query.matches(self.text.iter().map(|text| Pattern::new(text).unwrap()));
        query.conditions.extend(self.breaking.then_some(Condition::Breaking));
        query.conditions.extend(self.has.map(Condition::Has));
        query.since = when(self.since);
        query.until = when(self.until);
        query.on = when(self.on.map(|(entry, _)| (entry, "%Y-%m-%d")));
        query.pages = self.page.map(|page| page.get(&["a", "b", "c"][..blogs.len()]).to_string()).into_iter().collect();
        query.order = if self.by_time { Order::Time } else { Order::Page };
        (query.zone, query.limit) = (self.zone, self.limit);
        (query.invert, query.reverse) = (self.invert, self.reverse);
        query
    }
}

prop_compose! {
    fn asked()(
        texts in [texts(), texts(), texts(), texts(), texts()],
        text in weighted(0.1, select(vec!["lo", "Straße", "STRASSE|ﬁ", "^[A-M]", "[^.]$", "\\n\\n", "ä|É", "• "])),
        (breaking, invert) in (prop::bool::weighted(0.1), prop::bool::weighted(0.2)),
        has in weighted(0.15, select(vec![
            Property::Image, Property::Media, Property::List, Property::Quote, Property::Embed, Property::Author,
        ])),
        (since, until, on) in (weighted(0.2, moment()), weighted(0.2, moment()), weighted(0.1, moment())),
        page in weighted(0.1, any::<Index>()),
        zone in weighted(0.2, select(vec![Tz::UTC, Tz::Asia__Kolkata])),
        (reverse, by_time) in (any::<bool>(), any::<bool>()),
        limit in of(0..30usize),
    ) -> Asked {
        let text = text.map(str::to_owned);
        Asked { texts, text, breaking, has, since, until, on, page, invert, zone, reverse, by_time, limit }
    }
}

/// Mostly none; else such as stand in the pages, in any case.
fn texts() -> impl Strategy<Value = Vec<String>> {
    let known = select(vec![
        "STRASSE", "straße", "οδος", "ΟΔΟσ", "i̇zmir", "FINALE", "été", "SALZ", "analysis", "EDITOR", "getty", "",
    ]);
    let text = prop_oneof![known.prop_map(str::to_owned), "[bdfgBDFG][aeäøéÄØÉ]"];
    prop_oneof![6 => Just(Vec::new()), 1 => vec(text, 1..3)]
}

fn moment() -> impl Strategy<Value = Moment> {
    (any::<Index>(), select(vec!["%H:%M", "%H:%MZ", "%H:%M EST", "%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%MZ"]))
}
