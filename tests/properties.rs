//! What holds for all pages: a page in any dress is read back as what it says, and no line of any text is lost.

#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

mod support;

use liveblog::model::{Block, Layout, LiveBlog};
use liveblog::{Document, ParseOptions, explain, parse};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use support::generator::{Dress, Marks, Part, Written};
use support::page;

fn options() -> ParseOptions {
    ParseOptions::new("2028-01-01T00:00:00Z".parse().unwrap())
}

const NUMBERS: Written = Written::Bbc(Marks::Numbers);

/// The layouts whose lines are the page's own.
const TEXTS: &[(Written, Dress)] = &[
    (NUMBERS, Dress::Plain),
    (Written::Bbc(Marks::Bullets), Dress::Plain),
    (NUMBERS, Dress::Windows),
    (Written::Bbc(Marks::None), Dress::Plain),
    (Written::Bbc(Marks::Flat), Dress::Plain),
];

/// All layouts, each in the dresses in which it is met.
fn dressed() -> Vec<(Written, Dress)> {
    let all = Written::ALL.into_iter().flat_map(|written| Dress::ALL.map(|dress| (written, dress)));
    all.filter(|(written, dress)| dress.suits(*written)).collect()
}

/// The name of a layout, and what it says of a page.
fn says(written: Written) -> (&'static str, &'static str) {
    match written {
        Written::Bbc(_) | Written::BbcHtml => ("bbc", "summary time label breaking author role parts"),
        Written::JsonLd => ("schema-org", "summary time label breaking author role parts"),
        Written::LiveReporting => ("bbc-live-reporting", "summary label breaking author role parts"),
        Written::Sport => ("bbc-sport", "time body"),
        Written::Microdata => ("schema-org", "time author role body"),
        Written::Document => ("schema-org", "time author body"),
        Written::OwnJson => ("own-json", "time label breaking author role parts"),
    }
}

/// The same pages in every run.
fn config() -> ProptestConfig {
    ProptestConfig { rng_seed: RngSeed::Fixed(20_230_619), failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_page_in_any_layout_and_dress_is_read_back_as_what_it_says(
        page in page(),
        (written, dress) in prop::sample::select(dressed()),
    ) {
        let newest = page.entries[0].published;
        let bytes = page.bytes(written, dress);
        let text = page.text(written);
        let document = Document { bytes, captured: Some(newest), ..Document::from_text("page", "") };
        let blog = parse(&document, &options()).unwrap();
        let (layout, says) = says(written);
        let says = |word| says.split(' ').any(|said| said == word);
        prop_assert_eq!(blog.layout.name(), layout, "{}", text);
        prop_assert!(!says("summary") || blog.summary == page.summary, "{}", text);
        prop_assert_eq!(blog.entries.len(), page.entries.len(), "{}", text);
        for (read, said) in blog.entries.iter().zip(&page.entries) {
            let (author, role) = said.byline.clone().unzip();
            prop_assert_eq!(read.title.as_ref(), Some(&said.title), "{}", text);
            prop_assert_eq!(read.published, says("time").then_some(said.published), "{}", text);
            prop_assert_eq!(&read.label, &said.label.clone().filter(|_| says("label")), "{}", text);
            prop_assert_eq!(read.breaking, said.breaking && says("breaking"), "{}", text);
            prop_assert_eq!(&read.author, &author.filter(|_| says("author")), "{}", text);
            prop_assert_eq!(&read.role, &role.filter(|_| says("role")), "{}", text);
            let (mut read, mut said) = (parts(read), held(&said.parts, written));
            if !says("parts") {
                read.retain(|part| !is_picture(part));
                said.retain(|part| !is_picture(part));
            }
            prop_assert_eq!(read, said, "{}", text);
        }
    }

    #[test]
    fn a_page_has_one_use_for_each_line_and_none_is_unread(page in page(), (written, dress) in prop::sample::select(TEXTS)) {
        let document = Document { bytes: page.bytes(written, dress), ..Document::from_text("page.txt", "") };
        let explained = explain(&document, &options()).unwrap();
        prop_assert_eq!(explained.len(), page.text(written).lines().count());
        for line in explained {
            prop_assert_ne!(line.use_, "unread", "{}", line.text);
        }
    }

    #[test]
    fn no_word_of_any_text_is_lost(lines in vec(line(), 1..60)) {
        let text = format!("Title of the firstpublished at 12:00 GMT 1 January 2024\n{}", lines.concat());
        let document = Document::from_text("page.txt", &text);
        let blog = parse(&document, &options()).unwrap();
        prop_assert_eq!(lost(&blog, &uses(&document)), None, "{}", text);
    }

    #[test]
    fn no_word_of_any_document_is_lost(
        head in prop::sample::select(HEADS),
        above in vec(prop::sample::select(ELEMENTS), 0..3),
        first in vec(prop::sample::select(ELEMENTS), 0..12),
        second in vec(prop::sample::select(ELEMENTS), 0..12),
    ) {
        let heading = |title, time| format!("<h3>{title}<span>published at {time} GMT 1 January 2024</span></h3>");
        let text = format!(
            "<html><head>{head}</head><body>{}{}{}{}{}</body></html>",
            above.concat(), heading("Crane falls", "12:00"), first.concat(), heading("Crane sways", "11:30"), second.concat()
        );
        let document = Document::from_text("page.html", &text);
        let blog = parse(&document, &options()).unwrap();
        prop_assert_eq!(lost(&blog, &uses(&document)), None, "{}", text);
    }

    #[test]
    fn no_html_is_too_broken(
        page in page(),
        with_data in any::<bool>(),
        cuts in vec((any::<prop::sample::Index>(), 0usize..40, tag()), 0..12),
        layout in prop::sample::select(vec![None, Some(Layout::SchemaOrg), Some(Layout::Bbc), Some(Layout::BbcLiveReporting)]),
    ) {
        let mut text = page.text(if with_data { Written::JsonLd } else { Written::BbcHtml });
        for (at, length, tag) in cuts {
            let from = text.floor_char_boundary(at.index(text.len().max(1)));
            let to = text.ceil_char_boundary((from + length).min(text.len()));
            text.replace_range(from..to, tag);
        }
        let options = options().layout(layout);
        let _ = parse(&Document::from_text("page.html", &text), &options);
        let _ = explain(&Document::from_text("page.html", &text), &options);
    }

    #[test]
    fn no_input_is_too_strange(bytes in vec(any::<u8>(), 0..400), text in "\\PC{0,200}") {
        for bytes in [bytes, text.clone().into_bytes(), format!("{text}published at {text}").into_bytes()] {
            let document = Document { bytes, ..Document::from_text("page.txt", "") };
            let _ = parse(&document, &options());
            let _ = explain(&document, &options());
        }
    }
}

/// A word of a line with a use that stands nowhere in the live blog. Furniture says nothing, and of an embed's lines some
/// are furniture.
fn lost(blog: &LiveBlog, lines: &[(&str, String)]) -> Option<String> {
    let returned = words_of(blog);
    let says = |use_: &str| !matches!(use_, "" | "furniture" | "breaking");
    lines.iter().filter(|(use_, _)| says(use_)).find_map(|(use_, line)| {
        let known: &[&str] = if *use_ == "embed" { EMBED_WORDS } else { &[] };
        let words = known.iter().chain(&MARKERS).fold(line.clone(), |text, known| text.replace(known, " "));
        let words = words.split(|c: char| !c.is_alphanumeric());
        let mut words = words.filter(|word| !word.chars().all(|c| c.is_ascii_digit()));
        words.find(|word| !returned.contains(word)).map(|word| format!("{word:?} of {use_} “{line}”"))
    })
}

/// Each line of a document with its use.
fn uses(document: &Document) -> Vec<(&'static str, String)> {
    explain(document, &options()).unwrap().into_iter().map(|line| (line.use_, line.text)).collect()
}

/// Known words of embeds.
const EMBED_WORDS: &[&str] = &[
    "Skip twitter post",
    "End of twitter post",
    "Allow Twitter content?",
    "View more on twitter",
    "This Twitter post cannot be displayed.",
    "View original content on Twitter",
    "The BBC is not responsible for the content of external sites.",
];

/// What a document's head may say.
const HEADS: &[&str] = &[
    "",
    "<title>Quay news</title>",
    "<meta property=og:title content='Crane over the quay'>",
    "<meta property=og:title content='Cranes sway in the wind'><meta name=description content='A line below it'>",
];

/// Elements that may stand in a document.
const ELEMENTS: &[&str] = &[
    "<p>Cranes sway in the wind</p>",
    "<p>A line of which nobody hears again</p>",
    "<p>A sentence that ends here.</p>",
    "<p>14:04 Hal Driftwood</p>",
    "<p>14:04 GMT 1 January</p>",
    "<p>Jane Fjord<br>Live reporter</p>",
    "<p class=byline><b>Bo Quay</b><span>Harbour editor</span></p>",
    "<h1>Crane over the quay</h1>",
    "<h4>Side heading</h4>",
    "<ul><li>Item of a list</li><li>Second item<ol><li>Inner item</li></ol></li></ul>",
    "<table><tr><th>Party</th><th>Seats</th></tr><tr><td>League</td><td>Many</td></tr></table>",
    "<figure><img src=/a.jpg alt='Cars drive out'><span>Image source, </span><span>Reuters</span><p>Another line</p></figure>",
    "<figure><img src=/b.jpg alt='Boats'><p>Photographer</p><p>Agency</p><figcaption><p>Caption one</p><p>Caption two</p></figcaption></figure>",
    "<figure><img src=/c.jpg><figcaption>Image caption, Bare caption</figcaption></figure>",
    "<figure><video src=/v.mp4></video><figcaption><p>Video words</p><p>More of them</p></figcaption></figure>",
    "<figure><figcaption>Media caption, Somebody speaks</figcaption></figure>",
    "<blockquote><p>Quoted words</p><footer>Ada Speaker, harbour master</footer></blockquote>",
    "<p>Quote Message: Said words.\" from Harbour Board</p>",
    "<p>Quote Message: Other words.\" from Quay Council</p>",
    "<blockquote class=twitter-tweet><p>Posted words</p><a href=https://twitter.com/x/status/1>link</a></blockquote>",
    "<p>The BBC is not responsible for the content of external sites.</p>",
    "<p>Skip twitter post</p>",
    "<p>End of twitter post</p>",
    "<p>Related topics</p>",
    "<p>Summary</p>",
    "<p>Analysis</p>",
    "<div>Loose words</div>",
];

/// What may stand in HTML where it should not.
fn tag() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        "<",
        ">",
        "</article>",
        "<article data-testid=content-post>",
        "<li>",
        "</ul>",
        "<table><tr>",
        "<p",
        "<h3>",
        "</h3>",
        "&#x110000;",
        "&",
        "\"",
        "'",
        "{",
        "}]",
        "<!--",
        "<script>",
        "</script>",
        "<svg><foreignObject>",
        "<br><br>",
        "<time datetime=9999-99-99>",
        "<div itemprop=liveBlogUpdate itemscope>",
        "<p itemprop='headline articleBody author image'>",
        "<a href=http://[>",
        "\u{0}",
        "\u{85}",
        "\r",
        "<template>",
        "<select><p>",
    ])
}

/// Words that mark what stands beside them, and stand in no field.
const MARKERS: [&str; 17] = [
    "published at",
    "Published at",
    "Postpubl",
    "updated at",
    "publis",
    "Image source",
    "Image caption",
    "Media caption",
    "Read More",
    "Breaking",
    "Quote Message",
    "By ",
    " and ",
    " from ",
    "GMT",
    "external",
    "Post",
];

/// A line of any kind, with any indent, perhaps with a blank line behind it.
fn line() -> impl Strategy<Value = String> {
    let kinds = prop::sample::select(vec![
        "Analysis",
        "Summary",
        "Breaking",
        "Image caption,",
        "Media caption,",
        "Quote Message",
        "Read More",
        "Share this post",
        "Skip twitter post",
        "End of twitter post",
        "Allow Twitter content?",
        "Jane Fjord",
        "Jane Fjord and Bo Quay",
        "Live reporter",
        "BBC Weather",
        "House of Commons",
        "By Jane Fjord, Bo Quay",
        "A crane over the quayImage source, Reuters",
        "Image source, Getty Images",
        ".Image source, .",
        "Text us on 81111",
        "Another titlepublished at 11:30 GMT 1 January 2024",
        "A title without yearpublished at 11:20 GMT 1 January",
        "Postpublished at 11:10 GMT",
        "A lap of manypublished at Lap 16/52",
        "It was published at 11:00 GMT 1 January 2024",
        "published at 11:05 GMT 1 January",
        "11:04 GMT",
        "11:03 Hal Driftwood",
        "11:02 BST Wim Capstan",
        "Copyright: Harbour Pictures",
        "This Twitter post cannot be displayed.View original content on Twitter",
        "The BBC is not responsible for the content of external sites.",
        "Quote Message: Other words.\" from Quay Council",
        "A short line",
        "A sentence of some length that ends here.",
        "\"Somebody's words",
        "A line with a colon:",
        "1. Item of a list",
        "2. Second item",
        "• Bullet",
        "- Hyphen",
        "3.",
        "Read MoreGlued titlepublished at 10:00 GMT 1 January 2024",
        "a link , externalbehind it",
        "Related topics",
        "Quote Message: Words.\" from Harbour Board",
        "Page 1 of 2",
        "A title cut offpublis",
    ]);
    (0usize..6, kinds, 0usize..3)
        .prop_map(|(indent, words, blank)| format!("{:indent$}{words}\n{}", "", "\n".repeat(blank / 2)))
}

/// All strings of the JSON.
fn words_of(blog: &LiveBlog) -> String {
    fn strings(value: &serde_json::Value, to: &mut String) {
        match value {
            serde_json::Value::String(text) => {
                to.push_str(text);
                to.push('\n');
            }
            serde_json::Value::Array(values) => values.iter().for_each(|value| strings(value, to)),
            serde_json::Value::Object(map) => map.values().for_each(|value| strings(value, to)),
            _ => {}
        }
    }
    let mut words = String::new();
    strings(&serde_json::to_value(blog).unwrap(), &mut words);
    words
}

/// What the layout holds of the parts: without marks, items are paragraphs.
fn held(parts: &[Part], written: Written) -> Vec<Part> {
    let has_lists = !matches!(written, Written::Bbc(marks) if !marks.has_lists());
    let held = parts.iter().flat_map(|part| match part {
        Part::List(items) if !has_lists => items.iter().cloned().map(Part::Paragraph).collect(),
        part => vec![part.clone()],
    });
    let mut held: Vec<Part> = held.collect();
    // Between two blocks the model has images and media in lists of their own, without which came first.
    let runs = held.chunk_by_mut(|one, other| is_picture(one) && is_picture(other));
    runs.for_each(|run| run.sort_by_key(|part| matches!(part, Part::Media(_))));
    held
}

fn is_picture(part: &Part) -> bool {
    matches!(part, Part::Image { .. } | Part::Media(_))
}

/// The body, the images and the media of an entry as parts, in their order.
fn parts(entry: &liveblog::Entry) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut images, mut media) = (entry.images.iter().peekable(), entry.media.iter().peekable());
    for position in 0..=entry.body.len() {
        while let Some(image) = images.next_if(|image| image.position == position) {
            let [alt, source] = [&image.alt, &image.source].map(|words| words.clone().unwrap_or_default());
            parts.push(Part::Image { alt, source, caption: image.caption.clone() });
        }
        while let Some(media) = media.next_if(|media| media.position == position) {
            parts.push(Part::Media(media.caption.clone().unwrap_or_default()));
        }
        parts.extend(entry.body.get(position).map(|block| match block {
            Block::List { items, .. } => Part::List(items.clone()),
            Block::Paragraph { text, .. } => Part::Paragraph(text.clone()),
            other => panic!("{other:?} was not said"),
        }));
    }
    parts
}
