//! BBC documents, rendered as the lines that a text of the page has, so that one grammar reads both.
//!
//! ```html
//! <article data-testid="content-post" id="asset:1">
//!   <h3><span>Tunnel reopens</span><span class="visually-hidden">published at 14:27 British Summer Time 19 June 2023</span></h3>
//!   <p>It reopened at noon.</p>
//! </article>
//! ```

use crate::html::{Element, Html, Kind, Passage, Rendered};
use crate::layout::text::page::{Hints, Origin, Shows};
use crate::layout::text::recognise::shape::{at_most_words, ends_sentence, same, strip_opening};
use crate::layout::text::recognise::title::{TimeWords, title_line};
use crate::locale::{ENGLISH, LANGUAGES};
use crate::time::years;

/// How deep entries, and what is in them, are indented.
const ENTRY: usize = 2;
const INSIDE: usize = 4;

/// The elements that hold entries, in the order of the page.
pub fn entries(page: &Html) -> Vec<Element<'_>> {
    page.outermost(is_entry)
}

fn is_entry(element: Element) -> bool {
    match element.name() {
        "article" => {
            element.attr("data-testid") == Some("content-post")
                || element.has_class("lx-stream-post")
                || element.within().any(is_marked_heading)
        }
        "li" => element.has_class("lx-stream__post-container"),
        _ => false,
    }
}

/// A heading that carries the id of its entry, as those of the World Service do.
fn is_marked_heading(element: Element) -> bool {
    element.is_heading() && element.attr("id").is_some_and(|id| id.starts_with("asset:") || id.starts_with("urn:"))
}

/// The page as lines: its credits, its summary, and its entries; without known entries, all that it says.
pub fn rendered(page: &Html, entries: &[Element]) -> Rendered {
    let mut rendered = Rendered::default();
    if entries.is_empty() {
        page.root().passages().into_iter().for_each(|passage| rendered.passage(passage, 0));
        return rendered;
    }
    for credit in credits(page) {
        rendered.line(0, &credit, Hints::default());
    }
    for passage in summary(page) {
        rendered.passage(passage, ENTRY);
    }
    for (index, element) in entries.iter().enumerate() {
        rendered.blank();
        entry(*element, index + 1, &mut rendered);
    }
    rendered
}

/// `Edited by A and B`, anywhere outside the entries.
fn credits(page: &Html) -> Vec<String> {
    let opens = |text: &str| ENGLISH.credits.iter().any(|opening| strip_opening(text, opening).is_some());
    let outside = page.elements().filter(|element| matches!(element.name(), "p" | "div" | "span" | "li"));
    let mut found: Vec<String> = Vec::new();
    for element in outside.filter(|element| element.own_words().is_some_and(opens)) {
        let text = element.passages().into_iter().next().map(|passage| passage.text).unwrap_or_default();
        if opens(&text) && !found.contains(&text) && !element.around().any(is_entry) {
            found.push(text);
        }
    }
    found
}

/// How far the heading of the summary may be from the element that holds its points.
const LEVELS: usize = 4;

/// The heading of the summary, and what stands with it.
fn summary(page: &Html) -> Vec<Passage> {
    key_points(page).unwrap_or_else(|| headed_summary(page))
}

/// The summary where the document names it, whatever the language of its heading.
fn key_points(page: &Html) -> Option<Vec<Passage>> {
    let mut passages = page.elements().find(|element| element.attr("data-e2e") == Some("key-points"))?.passages();
    let heading = passages.first_mut().filter(|passage| matches!(passage.kind, Kind::Heading(_)))?;
    ENGLISH.summary.clone_into(&mut heading.text);
    Some(passages)
}

/// The summary by the words of its heading.
fn headed_summary(page: &Html) -> Vec<Passage> {
    let says_summary = |text: &str| LANGUAGES.iter().any(|words| same(text.trim(), words.summary));
    let heading = page
        .elements()
        .filter(|element| element.is_heading())
        .find(|heading| heading.first_words().is_some_and(says_summary));
    let around = heading.into_iter().flat_map(Element::around).take(LEVELS);
    let around = around.take_while(|around| !around.within().any(is_entry));
    let passages = around.map(Element::passages).find(|passages| passages.len() > 1).unwrap_or_default();
    let from_heading = passages.into_iter().skip_while(|passage| !says_summary(&passage.text));
    let mut headings = 0;
    let until_next = from_heading.take_while(|passage| {
        headings += usize::from(matches!(passage.kind, Kind::Heading(_)));
        headings < 2
    });
    until_next.collect()
}

/// An entry: label, title with its stamp, and the rest below them.
fn entry(element: Element, number: usize, to: &mut Rendered) {
    let (mut passages, times): (Vec<_>, Vec<_>) =
        element.passages().into_iter().partition(|passage| !matches!(passage.kind, Kind::Time(_)));
    let is_title = |passage: &Passage| matches!(passage.kind, Kind::Heading(_)) && !is_breaking(passage);
    let heading = passages.iter().position(is_title);
    let mut below = passages.split_off(heading.map_or(0, |heading| heading + 1)).into_iter().peekable();
    let title = passages.pop().map_or(ENGLISH.placeholder.to_owned(), |heading| heading.text);
    let mut origin = origin(element);
    let title = stamped(title, times.first(), &mut origin);

    let hints = Hints { entry: Some(origin), ..Hints::default() };
    let mark = format!("{number}. ");
    match &passages[..] {
        [label] if is_label(label) => {
            to.line(ENTRY, &format!("{mark}{}", label.text), Hints::default());
            to.blank();
            to.line(INSIDE, &title, hints);
            passages.clear();
        }
        _ => to.line(ENTRY, &format!("{mark}{title}"), hints),
    }
    passages.into_iter().for_each(|passage| to.passage(passage, INSIDE));
    // A second part of the heading is the line under the title.
    if let Some(subtitle) = below.next_if(|passage| matches!(passage.kind, Kind::Heading(_)) && !passage.apart) {
        to.line(INSIDE, &subtitle.text, Hints { shows: Some(Shows::Subtitle), ..Hints::default() });
    }
    below.for_each(|passage| to.passage(passage, INSIDE));
}

/// A kicker above the heading. `Breaking` there is no label, but the mark of breaking news.
fn is_label(passage: &Passage) -> bool {
    passage.kind == Kind::Paragraph
        && at_most_words(&passage.text, 8)
        && !ends_sentence(&passage.text)
        && !is_breaking(passage)
}

fn is_breaking(passage: &Passage) -> bool {
    LANGUAGES.iter().any(|words| same(&passage.text, words.breaking))
}

/// The title with its stamp glued to it. Older pages tell the time in an element of its own, `Posted at 14:27`.
fn stamped(title: String, time: Option<&Passage>, origin: &mut Origin) -> String {
    if LANGUAGES.iter().any(|words| title_line(&title, words).is_some()) {
        return title;
    }
    let told = |text: &str| {
        let anchors = LANGUAGES.iter().flat_map(|words| words.published);
        anchors.into_iter().find_map(|anchor| strip_opening(text, anchor)).unwrap_or(text).trim().to_owned()
    };
    let glued = |words: String| format!("{title}{} {words}", ENGLISH.published[0]);
    let is_read = |line: &String| title_line(line, &ENGLISH).is_some_and(|line| line.time != TimeWords::Unread);
    let shown = time.map(|time| glued(told(&time.text)));
    // Words such as `5 minutes ago` tell less than the attribute.
    if !shown.as_ref().is_some_and(is_read)
        && let Some(words) = origin.datetime.as_deref().and_then(in_words)
    {
        origin.is_stamp = true;
        return glued(words);
    }
    shown.unwrap_or(title)
}

/// `2023-06-19T13:27:00Z` in the words of a stamp, for documents that have no others; a time outside the years 0001 to
/// 9999 in its own words, which are no time.
fn in_words(datetime: &str) -> Option<String> {
    let at = years::read(datetime.trim()).ok()?;
    Some(at.map_or(datetime.to_owned(), |at| at.to_utc().format("%H:%M:%S UTC %-d %B %Y").to_string()))
}

/// What the element tells of its entry beside the words.
fn origin(element: Element) -> Origin {
    let marked = element.within().filter(|inner| inner.name() == "article" || is_marked_heading(*inner));
    let with_id = std::iter::once(element).chain(marked);
    let id = with_id.filter_map(|element| element.attr("id").or(element.attr("data-id"))).find(|id| !id.is_empty());
    let plain = |url: &str| url.replace("%3A", ":").replace("%3a", ":");
    let links = || element.within().filter(|inner| inner.name() == "a").filter_map(|link| link.attr("href"));
    let url = id.and_then(|id| links().find(|url| plain(url).contains(id)));
    Origin {
        id: id.map(str::to_owned),
        url: url.and_then(|url| element.absolute(url)),
        datetime: element.within().find_map(|inner| inner.attr("datetime")).map(str::to_owned),
        is_stamp: false,
    }
}
