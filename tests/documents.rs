//! What holds for all documents: links, ids and times stay where they are, and a paragraph stays a paragraph, in invented
//! pages and in the fixtures after elements were deleted, duplicated, swapped and wrapped.

#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

use std::collections::HashSet;

use liveblog::model::{Block, Layout, Link, LiveBlog};
use liveblog::{Document, Entry, ParseOptions, explain, parse};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use scraper::{ElementRef, Html, Selector};

/// The same pages in every run.
fn config() -> ProptestConfig {
    ProptestConfig { rng_seed: RngSeed::Fixed(20_230_619), failure_persistence: None, ..ProptestConfig::default() }
}

fn options() -> ParseOptions {
    ParseOptions::new("2028-01-01T00:00:00Z".parse().unwrap())
}

fn document(html: &str) -> Document {
    Document::from_text("page.html", html)
}

/// The lines of furniture that name an element: `<nav> 34 words`.
fn dropped_elements(html: &str) -> Vec<String> {
    let lines = explain(&document(html), &options()).unwrap().into_iter();
    lines.filter(|line| line.use_ == "furniture" && line.text.starts_with('<')).map(|line| line.text).collect()
}

/// A part of an entry's body.
#[derive(Debug, Clone)]
enum Part {
    /// A `<p>` that begins with these words, which look like something else.
    Paragraph(&'static str),
    /// A video without a caption.
    Video,
    /// A video with one.
    CaptionedVideo,
    List,
    Figure,
    Embed,
    Quote,
    /// An element that is no part of the story, with that many words.
    Dropped(&'static str, usize),
}

fn part() -> impl Strategy<Value = Part> {
    let openings = [
        "",
        "2. ",
        "3) ",
        "- ",
        "• ",
        "* ",
        "Image source, ",
        "Image caption, ",
        "Media caption, ",
        "Quay Image source, ",
        "Ada Harbour ",
    ];
    prop_oneof![
        4 => prop::sample::select(openings.to_vec()).prop_map(Part::Paragraph),
        2 => Just(Part::Video),
        1 => Just(Part::CaptionedVideo),
        1 => Just(Part::List),
        1 => Just(Part::Figure),
        1 => Just(Part::Embed),
        1 => Just(Part::Quote),
        1 => (prop::sample::select(vec!["nav", "aside", "footer", "button", "dialog"]), 1usize..5)
            .prop_map(|(name, words)| Part::Dropped(name, words)),
    ]
}

impl Part {
    /// Its words, if it is a paragraph. Each is another, by its number.
    fn paragraph(&self, number: usize) -> Option<String> {
        match self {
            Part::Paragraph(opening) => Some(format!("{opening}words with link {number} in them")),
            _ => None,
        }
    }

    fn html(&self, number: usize) -> String {
        let link = format!("<a href=\"https://example.org/{number}\">link {number}</a>");
        match self {
            Part::Paragraph(opening) => format!("<p>{opening}words with {link} in them</p>"),
            Part::Video => "<figure><video src=\"/v.mp4\"></video></figure>".to_owned(),
            Part::CaptionedVideo => format!(
                "<figure><video src=\"/{number}.mp4\"></video><figcaption>Media caption, Film {number}</figcaption></figure>"
            ),
            Part::List => format!("<ul><li>Item {number}</li><li>Item with {link}</li></ul>"),
            Part::Figure => format!(
                "<figure><img src=\"/{number}.jpg\" alt=\"Boats {number}\"><span>Image source, Reuters</span>\
                 <figcaption>Caption {number}</figcaption></figure>"
            ),
            Part::Embed => format!(
                "<blockquote class=\"twitter-tweet\"><p>Post {number}</p><a href=\"https://twitter.com/x/status/{number}\">a</a></blockquote>"
            ),
            Part::Quote => format!("<blockquote><p>Said words {number}</p><footer>Bo Quay</footer></blockquote>"),
            Part::Dropped(name, words) => format!("<{name}>{}</{name}>", "word ".repeat(*words)),
        }
    }
}

/// A page of entries, newest first, each with the parts of its body.
fn page(entries: &[Vec<Part>], with_data: bool) -> String {
    let articles: String = (0..).zip(entries).map(|(index, parts)| article(index, parts)).collect();
    let updates: Vec<_> = (0..entries.len())
        .map(|index| {
            format!(
                "{{\"@id\":\"https://news.example/live#asset:{index}\",\"headline\":\"Title {index}\",\"datePublished\":\"{}\"}}",
                published(index)
            )
        })
        .collect();
    let data = format!(
        "<script type=\"application/ld+json\">{{\"@type\":\"LiveBlogPosting\",\"liveBlogUpdate\":[{}]}}</script>",
        updates.join(",")
    );
    let data = if with_data { data.as_str() } else { "" };
    format!("<!doctype html><html><head>{data}</head><body><nav>One two three</nav>{articles}</body></html>")
}

fn article(index: usize, parts: &[Part]) -> String {
    let body: String = (0..).zip(parts).map(|(place, part)| part.html(number(index, place))).collect();
    format!(
        "<article data-testid=\"content-post\" id=\"asset:{index}\"><h3>Title {index}<span class=\"visually-hidden\">published at \
         {:02}:30 Greenwich Mean Time 1 January 2024</span></h3>{body}</article>",
        23 - index
    )
}

fn published(index: usize) -> String {
    format!("2024-01-01T{:02}:30:00Z", 23 - index)
}

/// The number of a part on its page.
fn number(entry: usize, place: usize) -> usize {
    (entry + 1) * 1000 + place
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn links_ids_and_times_stay_and_a_paragraph_is_a_paragraph(
        entries in vec(vec(part(), 0..8), 1..5),
        with_data in any::<bool>(),
    ) {
        let html = page(&entries, with_data);
        let blog = parse(&document(&html), &options()).unwrap();
        prop_assert_eq!(blog.entries.len(), entries.len(), "{}", html);
        for (index, (entry, parts)) in blog.entries.iter().zip(&entries).enumerate() {
            prop_assert!(entry.id.ends_with(&format!("asset:{index}")), "{} in {html}", entry.id);
            prop_assert_eq!(entry.title.clone(), Some(format!("Title {index}")), "{}", html);
            prop_assert_eq!(entry.published, Some(published(index).parse().unwrap()), "{}", html);
            let expected = parts.iter().enumerate().filter_map(|(place, part)| part.paragraph(number(index, place)));
            let paragraphs = paragraphs(entry);
            for expected in expected {
                prop_assert!(paragraphs.contains(&expected.as_str()), "{expected:?} is none of {paragraphs:?} in {html}");
            }
            let has_link = |part: &&Part| matches!(part, Part::Paragraph(_) | Part::List);
            prop_assert_eq!(links(entry).len(), parts.iter().filter(has_link).count(), "{}", html);
        }
        prop_assert_eq!(misplaced_link(&blog), None, "{}", html);
    }

    #[test]
    fn each_dropped_element_is_one_line_of_furniture_with_its_count_of_words(
        entries in vec(vec(part(), 0..8), 1..5),
        with_data in any::<bool>(),
    ) {
        let count = |part: &Part| match part {
            Part::Dropped(name, 1) => Some(format!("<{name}> 1 word")),
            Part::Dropped(name, words) => Some(format!("<{name}> {words} words")),
            _ => None,
        };
        let html = page(&entries, with_data);
        let mut expected = vec!["<nav> 3 words".to_owned()];
        expected.extend(entries.iter().flatten().filter_map(count));
        prop_assert_eq!(dropped_elements(&html), expected, "{}", html);
    }

    #[test]
    fn the_laws_hold_after_elements_were_moved(
        fixture in prop::sample::select(FIXTURES),
        changes in vec((change(), any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..6),
        words in 1usize..9,
    ) {
        let bytes = std::fs::read(format!("fixtures/{fixture}")).unwrap();
        let mut html = String::from_utf8_lossy(&bytes).into_owned();
        for (change, one, other) in changes {
            html = changed(&html, change, one, other);
        }
        let furniture = format!("<nav id=\"inserted\">{}</nav>", "word ".repeat(words * 100));
        html = html.replacen("</body>", &format!("{furniture}</body>"), 1);
        let Ok(blog) = parse(&document(&html), &options()) else { return Ok(()) };
        prop_assert_eq!(misplaced_link(&blog), None, "{}", html);
        let line = format!("<nav> {} words", words * 100);
        prop_assert_eq!(dropped_elements(&html).iter().filter(|text| **text == line).count(), 1, "{}", html);
        if fixture.starts_with("bbc-html") {
            let dom = Html::parse_document(&html);
            // Data may leave out words that the document has.
            let lost = if blog.layout == Layout::Bbc { unlisted_paragraph(&dom, &html, &blog) } else { None };
            prop_assert_eq!(lost, None, "{}", html);
            for entry in &blog.entries {
                prop_assert_eq!(foreign_word(&dom, entry), None, "{:?} of {}", entry, html);
                prop_assert_eq!(lost_paragraph(&dom, entry), None, "{:?} of {}", entry, html);
            }
        }
    }
}

fn paragraphs(entry: &Entry) -> Vec<&str> {
    let paragraphs = entry.body.iter().filter_map(|block| match block {
        Block::Paragraph { text, .. } => Some(text.as_str()),
        _ => None,
    });
    paragraphs.collect()
}

/// The links of an entry, each with the words of its block.
fn links(entry: &Entry) -> Vec<(String, &Link)> {
    let mut found = Vec::new();
    for block in &entry.body {
        match block {
            Block::Paragraph { text, links } => found.extend(links.iter().map(|link| (text.clone(), link))),
            Block::List { items, links, .. } => found.extend(links.iter().map(|link| (items.join("\n"), link))),
            _ => {}
        }
    }
    found
}

/// A link whose words are not in the block that carries it.
fn misplaced_link(blog: &LiveBlog) -> Option<String> {
    let mut links = blog.entries.iter().flat_map(links);
    links.find(|(text, link)| !text.contains(&link.text)).map(|(text, link)| format!("{link:?} in {text:?}"))
}

/// Saved pages, without and with data.
const FIXTURES: &[&str] = &[
    "bbc-html/headline-and-figures.html",
    "bbc-html/mundo.html",
    "bbc-html/stream.html",
    "bbc-html/stream-2018.html",
    "bbc-html/stream-2021.html",
    "bbc-html/tunnel.html",
    "bbc-html/world.html",
    "schema-org/bbc.html",
    "schema-org/document.html",
    "schema-org/microdata.html",
    "schema-org/page-as-body.html",
];

/// A change to the structure of a page.
#[derive(Debug, Clone, Copy)]
enum Change {
    Delete,
    Duplicate,
    Swap,
    Wrap(&'static str),
}

fn change() -> impl Strategy<Value = Change> {
    let changes = vec![
        Change::Delete,
        Change::Duplicate,
        Change::Swap,
        Change::Wrap("div"),
        Change::Wrap("section"),
        Change::Wrap("span"),
    ];
    prop::sample::select(changes)
}

/// The page with one of its elements changed, or two of them swapped.
fn changed(html: &str, change: Change, one: prop::sample::Index, other: prop::sample::Index) -> String {
    let dom = Html::parse_document(html);
    let html = dom.root_element().html();
    let elements: Vec<_> = dom.select(&selector("body *")).map(|element| element.html()).collect();
    if elements.is_empty() {
        return html;
    }
    let (one, other) = (one.get(&elements), other.get(&elements));
    match change {
        Change::Delete => html.replacen(one, "", 1),
        Change::Duplicate => html.replacen(one, &one.repeat(2), 1),
        Change::Wrap(name) => html.replacen(one, &format!("<{name}>{one}</{name}>"), 1),
        Change::Swap if one.contains(other.as_str()) || other.contains(one.as_str()) => html,
        Change::Swap => html.replacen(one, "\u{1}", 1).replacen(other, one, 1).replacen('\u{1}', other, 1),
    }
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

/// The elements of the entries with the id of this one, which may have a number behind it.
fn elements<'a>(dom: &'a Html, entry: &Entry) -> Vec<ElementRef<'a>> {
    let is_numbered = |id: &str| {
        let number = entry.id.strip_prefix(id).and_then(|rest| rest.strip_prefix('-'));
        number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let has_id = |element: &ElementRef| {
        let id = element.value().attr("id").or(element.value().attr("data-id"));
        id.is_some_and(|id| id == entry.id || is_numbered(id))
    };
    let is_entry = |element: &ElementRef| {
        element.value().name() == "article"
            || element.value().has_class("lx-stream__post-container", scraper::CaseSensitivity::CaseSensitive)
    };
    let around = |element: ElementRef<'a>| {
        let ancestors = element.ancestors().filter_map(ElementRef::wrap);
        std::iter::once(element).chain(ancestors).filter(is_entry).last()
    };
    dom.select(&selector("body *")).filter(has_id).filter_map(around).collect()
}

/// Text without what differs between a document and its entry.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A word of the entry, or of its time, that its element does not contain.
fn foreign_word(dom: &Html, entry: &Entry) -> Option<String> {
    let elements = elements(dom, entry);
    let all_letters = |element: &ElementRef| {
        const TIMES: [&str; 2] = ["datetime", "data-timestamp"];
        let name = |inner: ElementRef<'_>| TIMES.into_iter().find(|name| inner.value().attr(name).is_some());
        let times = element.descendent_elements().filter_map(|inner| inner.value().attr(name(inner)?));
        letters(&element.text().chain(times).collect::<String>())
    };
    let within: Vec<_> = elements.iter().map(all_letters).collect();
    // Hidden words may be glued to a title, but not to its first word.
    let title = entry.title.as_deref().and_then(|title| title.split_whitespace().next());
    let texts = paragraphs(entry).into_iter().chain(title).chain(entry.stamp.as_deref());
    let words: Vec<_> = texts.flat_map(str::split_whitespace).map(letters).collect();
    let foreign = |letters: &String| words.iter().find(|word| !is_in(letters, word)).cloned();
    if within.iter().any(|letters| foreign(letters).is_none()) { None } else { within.first().and_then(foreign) }
}

/// Whether a word is among these letters, whole or as two that were glued: `2023Tunnel`.
fn is_in(letters: &str, word: &str) -> bool {
    let borders = word.char_indices().skip(1).filter(|(_, c)| c.is_uppercase());
    let mut glued = borders.map(|(border, _)| word.split_at(border));
    letters.contains(word) || glued.any(|(one, other)| letters.contains(one) && letters.contains(other))
}

/// The text of a `<p>` within an entry that is in no value and on no line of the page, nor in an element that is dropped.
fn unlisted_paragraph(dom: &Html, html: &str, blog: &LiveBlog) -> Option<String> {
    let lines = explain(&document(html), &options()).unwrap();
    let lines: String = lines.into_iter().map(|line| line.text).collect();
    let listed = letters(&(lines + &serde_json::to_string(blog).unwrap()));
    let is_dropped = |element: ElementRef| {
        let name = |name| element.value().attr(name).unwrap_or_default();
        ["aside", "nav", "button", "footer"].contains(&element.value().name())
            || [name("class"), name("id")].iter().any(|name| name.contains("share") || name.contains("Related"))
            || name("class").contains("related-stories")
            || POSTS.iter().any(|post| name("class").contains(post))
    };
    let is_read = |p: &ElementRef| !p.ancestors().filter_map(ElementRef::wrap).chain([*p]).any(is_dropped);
    let paragraphs = selector("article p");
    let mut texts = dom.select(&paragraphs).filter(is_read).map(|p| p.text().collect::<String>());
    // The note behind a link to another site is no word of the page.
    texts.find(|text| !listed.contains(&letters(&text.replace(", external", ""))))
}

/// Classes of posts of other sites, whose words stand on one line.
const POSTS: [&str; 1] = ["twitter-tweet"];

/// The text of a `<p>` that is an image, a caption, a credit or an item of its entry.
fn lost_paragraph(dom: &Html, entry: &Entry) -> Option<String> {
    let items = entry.body.iter().flat_map(|block| match block {
        Block::List { items, .. } => items.clone(),
        _ => Vec::new(),
    });
    let images = entry.images.iter().flat_map(|image| [&image.alt, &image.caption, &image.source]).flatten().cloned();
    let captions = entry.media.iter().filter_map(|media| media.caption.clone());
    let taken: HashSet<_> = items.chain(images).chain(captions).map(|text| letters(&text)).collect();
    let elements = elements(dom, entry);
    let is_within = |element: ElementRef, root: ElementRef, names: &[&str]| {
        let ancestors = element.ancestors().take_while(|node| node.id() != root.id());
        ancestors.filter_map(ElementRef::wrap).any(|inner| names.contains(&inner.value().name()))
    };
    let is_taken = |text: &str| taken.contains(&letters(text)) && !letters(text).is_empty();
    // The same words may also stand in a figure or a list of the entry.
    let elsewhere: HashSet<_> = elements
        .iter()
        .flat_map(|root| root.select(&selector("figure *, li, li *, img")).collect::<Vec<_>>())
        .map(|element| letters(&element.text().chain(element.value().attr("alt")).collect::<String>()))
        .collect();
    let paragraph = selector("p");
    elements.iter().find_map(|root| {
        let paragraphs = root.select(&paragraph).filter(|p| !is_within(*p, *root, &["figure", "li", "blockquote"]));
        let mut texts = paragraphs.map(|p| p.text().collect::<String>());
        texts.find(|text| is_taken(text) && !elsewhere.contains(&letters(text)))
    })
}
