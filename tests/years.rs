//! No time outside the years 0001 to 9999 gets into the model, by whatever reader; and what is within can be printed.

#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

use chrono::{DateTime, Datelike, Utc};
use chrono_tz::Tz;
use liveblog::model::{Code, LiveBlog};
use liveblog::output::{Format, Header, PrintOptions};
use liveblog::{Document, ParseOptions, parse};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// The same times in every run.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 64,
        rng_seed: RngSeed::Fixed(9_999),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// A time as data writes it: years near both ends, and any.
fn time() -> impl Strategy<Value = String> {
    let years =
        prop_oneof![Just(0), Just(1), Just(9_999), Just(10_000), -262_200_i64..262_200, -2_i64..10_002, any::<i64>()];
    let edges = prop_oneof![Just("01-01T00:30:00"), Just("12-31T23:30:00"), Just("06-19T14:27:05.5")];
    let offsets = prop::sample::select(vec!["Z", "+00:00", "+01:00", "-05:00", "+14:00", "-14:00", ""]);
    (years, edges, offsets).prop_map(|(year, edge, offset)| match year {
        0..=9_999 => format!("{year:04}-{edge}{offset}"),
        _ => format!("{year:+05}-{edge}{offset}"),
    })
}

/// A page with a time in each place where the reader of its kind looks for one.
fn pages(time: &str, year: i64, seconds: i64) -> Vec<String> {
    let data = |time: &str| {
        format!(
            "<html><script type=\"application/ld+json\">{{\"@type\": \"LiveBlogPosting\", \"headline\": \"T\",
            \"coverageStartTime\": \"{time}\", \"coverageEndTime\": \"{time}\", \"liveBlogUpdate\": [
            {{\"headline\": \"A\", \"datePublished\": \"{time}\", \"dateModified\": \"{time}\", \"articleBody\": \"Words.\"}},
            {{\"headline\": \"B\", \"datePublished\": \"2023-06-19T13:27:00Z\", \"articleBody\": \"Words.\"}}]}}</script>"
        )
    };
    let own = format!(
        "{{\"id\": \"a\", \"number\": 1, \"published\": \"{time}\", \"published_local\": \"{time}\", \"modified\": \"{time}\",
        \"stamp\": null, \"label\": null, \"breaking\": false, \"title\": \"A\", \"subtitle\": null, \"author\": null,
        \"role\": null, \"co_authors\": [], \"body\": [], \"images\": [], \"media\": [], \"url\": null, \"lines\": null, \"doubts\": [],
        \"page\": \"p\", \"page_title\": null, \"page_url\": null}}"
    );
    vec![
        data(time),
        data(&seconds.to_string()),
        format!(
            "<html><body><div itemprop=\"liveBlogUpdate\" itemscope itemtype=\"https://schema.org/BlogPosting\">
            <meta itemprop=\"datePublished\" content=\"{time}\"><h2 itemprop=\"headline\">A</h2><p>B</p></div>"
        ),
        format!(
            "<html><!-- FILE ARCHIVED ON 14:27:05 Jun 19, {year} AND RETRIEVED FROM THE
            INTERNET ARCHIVE ON 09:00:00 Mar 4, 2024. --><body>
            <article class=\"lx-stream-post\"><time datetime=\"{time}\">just now</time><h3>A</h3><p>B.</p></article>"
        ),
        format!("Onepublished at 23:59 Hawaii Standard Time 31 December {year:04}\n\n  B.\n\nTwopublished at 00:01\n\n  C.\n"),
        format!("Onepublished at 00:00 Japan Standard Time 1 January {year:04}, updated at 00:00\n\n  B.\n\nTwopublished at 23:59 2 May\n"),
        format!("[{own}]"),
        format!(
            "{{\"version\": 1, \"title\": null, \"standfirst\": null, \"authors\": [], \"url\": null, \"source\": \"p\", \"captured\": \"{time}\",
            \"layout\": \"bbc\", \"zone\": \"Europe/London\", \"coverage\": {{\"start\": \"{time}\", \"end\": null}}, \"summary\": [],
            \"media\": [], \"entries\": [{own}], \"warnings\": []}}"
        ),
    ]
}

fn times(blog: &LiveBlog) -> Vec<DateTime<Utc>> {
    let entries = blog.entries.iter().flat_map(|entry| {
        assert_eq!(entry.published, entry.published_local.map(|at| at.to_utc()));
        let local = entry.published_local.map(|at| at.naive_local().and_utc());
        [entry.published, local, entry.modified]
    });
    entries.chain([blog.captured, blog.coverage.start, blog.coverage.end]).flatten().collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_time_in_any_reader_is_none_or_in_the_years_0001_to_9999(
        time in time(),
        year in prop_oneof![0_i64..3, 9_998_i64..10_001, 0_i64..20_000],
        seconds: i64,
        captured in prop_oneof![Just(None), any::<i64>().prop_map(|at| DateTime::from_timestamp(at % (260_000 * 31_556_952), 0))],
        zone in prop::sample::select(vec![None, Some(Tz::Asia__Tokyo), Some(Tz::America__New_York), Some(Tz::Europe__Amsterdam)]),
    ) {
        for text in pages(&time, year, seconds) {
            let document = Document { captured, modified: captured, ..Document::from_text("page", &text) };
            let options = ParseOptions::new(captured.unwrap_or(DateTime::<Utc>::MAX_UTC)).zone(zone);
            // A year of five digits is no year of a stamp, and such a page has no entries.
            let Ok(blog) = parse(&document, &options) else { continue };
            for at in times(&blog) {
                prop_assert!((1..=9_999).contains(&at.year()), "{at} in\n{text}");
            }
            let head = Header { zone: Some(Tz::Pacific__Kiritimati), ..Header::default() };
            for format in Format::ALL {
                let mut printed = Vec::new();
                let mut output = format.output(&mut printed, PrintOptions::default());
                output.begin(&head).unwrap();
                output.page(&blog.head(&blog.source)).unwrap();
                blog.clone().into_rows("page").for_each(|row| output.row(&row).unwrap());
                output.end().unwrap();
            }
            let json = serde_json::to_vec(&blog).unwrap();
            prop_assert_eq!(&serde_json::from_slice::<LiveBlog>(&json).unwrap(), &blog);
        }
    }
}

/// The codes of the only entry's doubts and of the page's warnings, where its time is none.
fn codes(text: &str) -> Vec<Code> {
    let blog =
        parse(&Document::from_text("page", text), &ParseOptions::new("2025-01-01T00:00:00Z".parse().unwrap())).unwrap();
    assert_eq!((blog.entries[0].published, blog.entries[0].published_local), (None, None), "{text}");
    blog.warnings.iter().map(|warning| warning.code).collect()
}

#[test]
fn every_reader_reports_such_a_time() {
    for text in pages("+10000-01-01T00:00:00Z", 10_000, 0) {
        if text.contains("published at") {
            continue;
        }
        assert!(codes(&text).contains(&Code::TimeUnread), "{text}");
    }
    for text in [
        "One published at 00:00 British Summer Time 1 January 0000\n\nB words here.\n",
        "One published at 20:27 Eastern Standard Time 31 December 9999\n\nB words here.\n",
        "One published at 00:27 Japan Standard Time 1 January 0001\n\nB words here.\n",
    ] {
        assert!(codes(text).contains(&Code::TimeUnread), "{text}");
    }
}

#[test]
fn a_page_says_what_its_capture_lacks() {
    let page = "<html><!-- FILE ARCHIVED ON 14:27:05 Jan 1, 0000 AND RETRIEVED FROM THE INTERNET ARCHIVE --><body>
        <article class=\"lx-stream-post\"><time datetime=\"2023-06-19T13:27:00Z\">now</time><h3>A</h3><p>B.</p></article>";
    let blog =
        parse(&Document::from_text("page", page), &ParseOptions::new("2025-01-01T00:00:00Z".parse().unwrap())).unwrap();
    assert_eq!(blog.captured, None);
    assert_eq!(blog.warnings[0].message, "`14:27:05 Jan 1, 0000` lies outside the years 0001 to 9999");
}
