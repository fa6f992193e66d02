//! BBC documents as lines in the order of a text of the page, so that one grammar reads both.
//!
//! ```html
//! <article data-testid="content-post" id="asset:1">
//!   <h3><span>Tunnel reopens</span><span class="visually-hidden">published at 14:27 British Summer Time 19 June 2023</span></h3>
//!   <p>It reopened at noon.</p>
//! </article>
//! ```

mod furniture;
mod page_head;

use crate::html::{Element, Html, Passage, PassageKind};
use crate::layout::text::line::{DocumentLines, EntryAnchor, Hints, LineRole, Mark, instant};
use crate::layout::text::recognise::shape::{at_most_words, ends_sentence, same, strip_opening};
use crate::layout::text::recognise::title::{TimeWords, title_line};
use crate::locale::{ENGLISH, LANGUAGES};

pub use furniture::{Furniture, dropped_elements, furniture};
use page_head::add_page_head;

/// How deep entries, and what is in them, are indented.
const ENTRY: usize = 2;
const INSIDE: usize = 4;

/// Words of the attributes by which entries are known.
pub const MARKERS: [&str; 6] = [POST, STREAM, "\"asset:", "'asset:", "\"urn:", "'urn:"];
const POST: &str = "content-post";
const STREAM: &str = "lx-stream";

/// The elements of the entries, in the order of the page.
pub fn entries(page: &Html) -> Vec<Element<'_>> {
    page.outermost(is_entry)
}

fn is_entry(element: Element) -> bool {
    match element.name() {
        "article" => {
            element.attr("data-testid") == Some(POST)
                || element.has_class("lx-stream-post")
                || element.descendants().any(is_marked_heading)
        }
        "li" | "div" => {
            element.has_class("lx-stream-post")
                // A place for an entry that was not loaded has no words.
                || element.has_class("lx-stream__post-container") && element.first_words().is_some()
        }
        _ => false,
    }
}

/// A heading that carries the id of its entry, as those of the World Service do.
fn is_marked_heading(element: Element) -> bool {
    element.is_heading() && element.attr("id").is_some_and(|id| id.starts_with("asset:") || id.starts_with("urn:"))
}

/// The page as lines: its credits, its summary, and its entries; without known entries, all that it says.
pub fn document_lines(page: &Html, entries: &[Element]) -> DocumentLines {
    let mut lines = DocumentLines::default();
    if entries.is_empty() {
        page.root().passages().into_iter().for_each(|passage| lines.passage(passage, 0));
        return lines;
    }
    add_page_head(page, &mut lines);
    for (element, number) in entries.iter().zip(1..) {
        lines.begin_entry();
        add_entry(*element, number, &mut lines);
    }
    lines
}

/// An entry: label, title with its stamp, and the rest below them.
fn add_entry(element: Element, number: u32, to: &mut DocumentLines) {
    let (mut passages, times): (Vec<_>, Vec<_>) =
        element.passages().into_iter().partition(|passage| !matches!(passage.kind, PassageKind::Time(_)));
    let mut breaking = is_marked_breaking(element).then(|| ENGLISH.breaking.to_owned());
    passages.retain(|passage| {
        let is_mark = passage.kind == PassageKind::BreakingMark;
        breaking = is_mark.then(|| passage.text.clone()).or(breaking.take());
        !is_mark
    });
    let heading = title_position(&passages);
    let mut below = passages.split_off(heading.map_or(0, |heading| heading + 1)).into_iter().peekable();
    let title = passages.pop().map_or(ENGLISH.placeholder.to_owned(), |heading| heading.text);
    let (title, mark) = without_glued_mark(&title);
    breaking = mark.or(breaking);
    let mut anchor = anchor(element);
    let title = with_stamp(title, times.first(), &mut anchor);

    let hints = Hints { entry: Some(anchor), ..Hints::default() };
    let mark = Some(Mark::Number(number));
    match &passages[..] {
        [label] if is_label(label) => {
            to.push(ENTRY, mark, &label.text, Hints::default());
            to.blank();
            to.push(INSIDE, None, &title, hints);
            passages.clear();
        }
        _ => to.push(ENTRY, mark, &title, hints),
    }
    if let Some(words) = breaking {
        to.push(INSIDE, None, &words, Hints::from_role(LineRole::BreakingMark));
    }
    passages.into_iter().for_each(|passage| to.passage(passage, INSIDE));
    // A second part of the heading is the line under the title.
    if let Some(subtitle) = below.next_if(|passage| matches!(passage.kind, PassageKind::Heading(_)) && !passage.apart) {
        to.push(INSIDE, None, &subtitle.text, Hints::from_role(LineRole::Subtitle));
    }
    below.for_each(|passage| to.passage(passage, INSIDE));
}

/// Where the title is: at the first heading, unless words of the story are above it, so that it is a heading among them.
fn title_position(passages: &[Passage]) -> Option<usize> {
    let is_title = |passage: &Passage| matches!(passage.kind, PassageKind::Heading(_)) && !is_breaking(passage);
    let is_story = |passage: &Passage| {
        matches!(passage.kind, PassageKind::Paragraph | PassageKind::Item { .. }) && ends_sentence(&passage.text)
    };
    let heading = passages.iter().position(is_title)?;
    (!passages[..heading].iter().any(is_story)).then_some(heading)
}

/// `<article class="lx-stream-post lx-stream-post--breaking">`
fn is_marked_breaking(element: Element) -> bool {
    let is_marked =
        |element: Element| element.attr("class").is_some_and(|class| class.contains("stream-post--breaking"));
    is_marked(element) || element.descendants().any(|inner| inner.name() == "article" && is_marked(inner))
}

/// `BreakingWeir is gone`: the title, and the mark that is glued to it.
fn without_glued_mark(title: &str) -> (&str, Option<String>) {
    let glued = LANGUAGES.iter().find_map(|words| {
        let rest = strip_opening(title, words.breaking)?;
        let opens_title = |c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '‘');
        rest.starts_with(opens_title).then_some(rest)
    });
    match glued {
        Some(rest) => (rest, Some(title[..title.len() - rest.len()].to_owned())),
        None => (title, None),
    }
}

/// A kicker above the heading. `Breaking` there is no label, but the mark of breaking news.
fn is_label(passage: &Passage) -> bool {
    matches!(passage.kind, PassageKind::Paragraph | PassageKind::Text)
        && at_most_words(&passage.text, 8)
        && !ends_sentence(&passage.text)
        && !is_breaking(passage)
}

fn is_breaking(passage: &Passage) -> bool {
    LANGUAGES.iter().any(|words| same(&passage.text, words.breaking))
}

/// The title with its stamp glued to it. Older pages have the time in an element of its own, `Posted at 14:27`.
fn with_stamp(title: &str, time: Option<&Passage>, anchor: &mut EntryAnchor) -> String {
    if LANGUAGES.iter().any(|words| title_line(title, words).is_some()) {
        return title.to_owned();
    }
    let glued = |words: &str| format!("{title}{} {words}", ENGLISH.published.words()[0]);
    let is_read = |line: &String| title_line(line, &ENGLISH).is_some_and(|line| line.time != TimeWords::Unread);
    let shown = time.map(|time| glued(without_markers(&time.text)));
    // Words such as `5 minutes ago` say less than the attribute.
    if !shown.as_ref().is_some_and(is_read)
        && let Some(words) = anchor.datetime.as_deref().and_then(in_words)
    {
        anchor.is_stamp = true;
        return glued(&words);
    }
    // Words that cannot stand behind a title are no stamp.
    shown.filter(|line| title_line(line.trim_end(), &ENGLISH).is_some()).unwrap_or(title.to_owned())
}

/// The time behind `Posted at`, once if screen readers and the eye have one each: `Posted at 14:2714:27`.
fn without_markers(text: &str) -> &str {
    let markers = || LANGUAGES.iter().flat_map(|words| words.published.words());
    let mut rest = text.trim();
    while let Some(behind) = markers().find_map(|marker| strip_opening(rest, marker)) {
        rest = behind.trim();
    }
    match rest.split_at_checked(rest.len() / 2) {
        Some((one, other)) if one.trim() == other.trim() && one.contains(':') => other.trim(),
        _ => rest,
    }
}

/// `2023-06-19T13:27:00Z` in the words of a stamp, for documents that have no others; a time outside the years 0001 to
/// 9999 in its own words, which are no time.
fn in_words(datetime: &str) -> Option<String> {
    let at = instant(datetime).ok()?;
    Some(at.map_or(datetime.to_owned(), |at| at.to_utc().format("%H:%M:%S UTC %-d %B %Y").to_string()))
}

/// What the element says of its entry beside the words.
fn anchor(element: Element) -> EntryAnchor {
    let marked = element.descendants().filter(|inner| inner.name() == "article" || is_marked_heading(*inner));
    let with_id = std::iter::once(element).chain(marked);
    let id = with_id.filter_map(|element| element.attr("id").or(element.attr("data-id"))).find(|id| !id.is_empty());
    let plain = |url: &str| url.replace("%3A", ":").replace("%3a", ":");
    let links = || element.descendants().filter(|inner| inner.name() == "a").filter_map(|link| link.attr("href"));
    let url = id.and_then(|id| links().find(|url| plain(url).contains(id)));
    EntryAnchor {
        id: id.map(str::to_owned),
        url: url.and_then(|url| element.absolute(url)),
        datetime: datetime(element),
        is_stamp: false,
    }
}

/// The instant in an attribute of the entry, not of a post of another site in it.
fn datetime(element: Element) -> Option<String> {
    let is_foreign = |inner: Element| {
        let mut around = inner.ancestors().take_while(|around| !around.is(element));
        around.any(|around| matches!(around.name(), "blockquote" | "figure" | "aside"))
    };
    let own = std::iter::once(element).chain(element.descendants());
    let found = own.filter_map(|inner| {
        let timestamp = || inner.attr("data-timestamp").filter(|words| instant(words).is_ok());
        Some((inner, inner.attr("datetime").or_else(timestamp)?))
    });
    found.into_iter().find(|(inner, _)| !is_foreign(*inner)).map(|(_, words)| words.to_owned())
}
