//! A page of 1.3 MB with 428 updates: reading it, against reading its HTML alone.
//!
//! ```text
//! cargo bench --bench html
//! ```

use std::fmt::Write;

use liveblog::{Document, ParseOptions, parse};

const UPDATES: usize = 428;

fn main() {
    divan::main();
}

/// The yardstick: the HTML library alone.
#[divan::bench]
fn html_alone(bencher: divan::Bencher) {
    let page = page();
    bencher.bench(|| scraper::Html::parse_document(&page));
}

/// The whole: decoding, HTML, data, document, both put together.
#[divan::bench]
fn live_blog(bencher: divan::Bencher) {
    let document = Document::from_text("page.html", &page());
    let options = ParseOptions::new("2025-01-01T00:00:00Z".parse().unwrap_or_default());
    bencher.bench(|| parse(&document, &options));
}

/// An invented page: each update stands in the data, as one long string, and in the document, among the scripts,
/// styles and classes that make up most of a real page.
fn page() -> String {
    let (mut data, mut document) = (String::new(), String::new());
    for number in 0..UPDATES {
        let (hour, minute) = (23 - number / 60 % 24, 59 - number % 60);
        let sentence = |part: usize| {
            format!(
                "The water in shaft {part} of the tunnel stood at {number} centimetres when the engineers came back."
            )
        };
        let body: Vec<_> = (0..8).map(sentence).collect();
        let _ = write!(
            data,
            "{}{{\"@type\":\"BlogPosting\",\"headline\":\"Water level {number} &quot;falling&quot;\",\
             \"url\":\"https://news.example/live/tunnel#{number}\",\
             \"datePublished\":\"2023-06-19T{hour:02}:{minute:02}:00.000+01:00\",\"articleBody\":\"{}\",\
             \"author\":[{{\"@type\":\"Person\",\"name\":\"Ada Example\"}}]}}",
            if number == 0 { "" } else { "," },
            body.join(" ")
        );
        let _ = write!(
            document,
            "<div class=\"live-entry live-entry--default theme-news\" id=\"{number}\" data-type=\"default\">\
             <div class=\"entry-info\"><time>{hour:02}:{minute:02}</time><mark>Ada Example</mark></div>\
             <div class=\"entry-content\"><h3 class=\"publication-font\">Water level {number} &quot;falling&quot;</h3>"
        );
        for sentence in &body {
            let _ = write!(document, "<p class=\"ssrcss-1q0x1qg-Paragraph e1jhz7w10\">{sentence}</p>");
        }
        let script = format!("window.__ads=window.__ads||[];window.__ads.push({number});");
        let _ = writeln!(document, "<script>{script}</script></div></div>");
    }
    format!(
        "<!doctype html><html><head><meta charset=utf-8><title>Tunnel</title><script type=\"application/ld+json\">\
         {{\"@context\":\"https://schema.org\",\"@type\":\"LiveBlogPosting\",\"headline\":\"Tunnel\",\
         \"liveBlogUpdate\":[{data}]}}</script><style>{}</style></head><body><main>{document}</main></body></html>",
        ".entry-content{margin:0}\n".repeat(8_400)
    )
}
