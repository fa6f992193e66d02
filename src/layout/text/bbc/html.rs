//! BBC documents as lines in the order of a text of the page, so that one grammar reads both.
//!
//! ```html
//! <article data-testid="content-post" id="asset:1">
//!   <h3><span>Tunnel reopens</span><span class="visually-hidden">published at 14:27 British Summer Time 19 June 2023</span></h3>
//!   <p>It reopened at noon.</p>
//! </article>
//! ```

use crate::html::{Element, ElementSet, FlowPiece, Html, Passage, PassageKind};
use crate::layout::text::line::{DocumentLines, EntryAnchor, Hints, LineRole, Mark};
use crate::layout::text::recognise::shape::{at_most_words, ends_sentence, same, strip_opening};
use crate::layout::text::recognise::title::{TimeWords, title_line};
use crate::locale::{ENGLISH, LANGUAGES};
use crate::time::years;

/// How deep entries, and what is in them, are indented.
const ENTRY: usize = 2;
const INSIDE: usize = 4;

/// The elements of the entries, in the order of the page.
pub fn entries(page: &Html) -> Vec<Element<'_>> {
    page.outermost(is_entry)
}

fn is_entry(element: Element) -> bool {
    match element.name() {
        "article" => {
            element.attr("data-testid") == Some("content-post")
                || element.has_class("lx-stream-post")
                || element.descendants().any(is_marked_heading)
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
pub fn document_lines(page: &Html, entries: &[Element]) -> DocumentLines {
    let mut lines = DocumentLines::default();
    if entries.is_empty() {
        page.root().passages().into_iter().for_each(|passage| lines.passage(passage, 0));
        return lines;
    }
    add_head(page, &mut lines);
    for (element, number) in entries.iter().zip(1..) {
        lines.begin_entry();
        add_entry(*element, number, &mut lines);
    }
    lines
}

fn add_head(page: &Html, lines: &mut DocumentLines) {
    for credit in credits(page) {
        lines.push(0, None, &credit, Hints::default());
    }
    for passage in summary(page) {
        lines.passage(passage, ENTRY);
    }
}

/// What the lines of a document leave out, for `--explain`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Furniture {
    /// The index of the line that it stands before.
    pub before: usize,
    /// The words, or, of an element such as navigation, its name and its number of words.
    pub text: String,
}

/// What [`document_lines`] leaves out: dropped elements, and what stands outside the entries. What an entry leaves out
/// is listed behind it.
pub fn furniture(page: &Html, entries: &[Element]) -> Vec<Furniture> {
    let mut lines = DocumentLines::default();
    let mut furniture = Vec::new();
    let outside = page.root().pieces(&ElementSet::new(entries));
    if entries.is_empty() {
        for piece in outside {
            match piece {
                FlowPiece::Passage(passage) => lines.passage(passage, 0),
                FlowPiece::Dropped { name, words } => furniture.push(dropped(&lines, &name, words)),
                FlowPiece::LeftOut => {}
            }
        }
        return furniture;
    }
    add_head(page, &mut lines);
    let mut in_head: Vec<_> = lines.lines().iter().map(|line| line.text.to_owned()).collect();
    let mut entries = entries.iter().zip(1..);
    for piece in outside {
        match piece {
            FlowPiece::Passage(Passage { kind: PassageKind::Media(_), .. }) => {}
            FlowPiece::Passage(passage) => match in_head.iter().position(|text| *text == passage.text) {
                Some(index) => drop(in_head.swap_remove(index)),
                None if passage.text.is_empty() => {}
                None => furniture.push(Furniture { before: lines.line_count(), text: passage.text }),
            },
            FlowPiece::Dropped { name, words } => furniture.push(dropped(&lines, &name, words)),
            FlowPiece::LeftOut => {
                let Some((element, number)) = entries.next() else { continue };
                lines.begin_entry();
                add_entry(*element, number, &mut lines);
                let title = lines.last_title().unwrap_or_default();
                // A time is a part of the title, or of no line.
                let is_unused = |passage: &Passage| {
                    matches!(passage.kind, PassageKind::Time(_)) && !title.contains(without_markers(&passage.text))
                };
                for piece in element.pieces(&ElementSet::default()) {
                    match piece {
                        FlowPiece::Dropped { name, words } => furniture.push(dropped(&lines, &name, words)),
                        FlowPiece::Passage(passage) if is_unused(&passage) => {
                            furniture.push(Furniture { before: lines.line_count(), text: passage.text })
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    furniture
}

/// All elements that are dropped from a document, wherever they stand.
pub fn dropped_elements(page: &Html) -> Vec<Furniture> {
    let pieces = page.root().pieces(&ElementSet::default()).into_iter();
    pieces
        .filter_map(|piece| match piece {
            FlowPiece::Dropped { name, words } => Some(Furniture { before: 0, text: count_words(&name, words) }),
            _ => None,
        })
        .collect()
}

fn dropped(above: &DocumentLines, name: &str, words: usize) -> Furniture {
    Furniture { before: above.line_count(), text: count_words(name, words) }
}

/// `<nav> 34 words`
fn count_words(name: &str, words: usize) -> String {
    format!("<{name}> {words} {}", if words == 1 { "word" } else { "words" })
}

/// `Edited by A and B`, anywhere outside the entries.
fn credits(page: &Html) -> Vec<String> {
    let opens = |text: &str| ENGLISH.credits.iter().any(|opening| strip_opening(text, opening).is_some());
    let outside = page.elements().filter(|element| matches!(element.name(), "p" | "div" | "span" | "li"));
    let mut found: Vec<String> = Vec::new();
    for element in outside.filter(|element| element.direct_text().is_some_and(opens)) {
        let text = element.passages().into_iter().next().map(|passage| passage.text).unwrap_or_default();
        if opens(&text) && !found.contains(&text) && !element.ancestors().any(is_entry) {
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
    let heading = passages.first_mut().filter(|passage| matches!(passage.kind, PassageKind::Heading(_)))?;
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
    let around = heading.into_iter().flat_map(Element::ancestors).take(LEVELS);
    let around = around.take_while(|around| !around.descendants().any(is_entry));
    let passages = around.map(Element::passages).find(|passages| passages.len() > 1).unwrap_or_default();
    let from_heading = passages.into_iter().skip_while(|passage| !says_summary(&passage.text));
    let mut headings = 0;
    let until_next = from_heading.take_while(|passage| {
        headings += usize::from(matches!(passage.kind, PassageKind::Heading(_)));
        headings < 2
    });
    until_next.collect()
}

/// An entry: label, title with its stamp, and the rest below them.
fn add_entry(element: Element, number: u32, to: &mut DocumentLines) {
    let (mut passages, times): (Vec<_>, Vec<_>) =
        element.passages().into_iter().partition(|passage| !matches!(passage.kind, PassageKind::Time(_)));
    let is_title = |passage: &Passage| matches!(passage.kind, PassageKind::Heading(_)) && !is_breaking(passage);
    let heading = passages.iter().position(is_title);
    let mut below = passages.split_off(heading.map_or(0, |heading| heading + 1)).into_iter().peekable();
    let title = passages.pop().map_or(ENGLISH.placeholder.to_owned(), |heading| heading.text);
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
    passages.into_iter().for_each(|passage| to.passage(passage, INSIDE));
    // A second part of the heading is the line under the title.
    if let Some(subtitle) = below.next_if(|passage| matches!(passage.kind, PassageKind::Heading(_)) && !passage.apart) {
        to.push(INSIDE, None, &subtitle.text, Hints::from_role(LineRole::Subtitle));
    }
    below.for_each(|passage| to.passage(passage, INSIDE));
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
fn with_stamp(title: String, time: Option<&Passage>, anchor: &mut EntryAnchor) -> String {
    if LANGUAGES.iter().any(|words| title_line(&title, words).is_some()) {
        return title;
    }
    let glued = |words: &str| format!("{title}{} {words}", ENGLISH.published[0]);
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
    shown.filter(|line| title_line(line.trim_end(), &ENGLISH).is_some()).unwrap_or(title)
}

/// The time behind `Posted at`.
fn without_markers(text: &str) -> &str {
    let markers = || LANGUAGES.iter().flat_map(|words| words.published);
    let mut rest = text.trim();
    while let Some(behind) = markers().find_map(|marker| strip_opening(rest, marker)) {
        rest = behind.trim();
    }
    rest
}

/// `2023-06-19T13:27:00Z` in the words of a stamp, for documents that have no others; a time outside the years 0001 to
/// 9999 in its own words, which are no time.
fn in_words(datetime: &str) -> Option<String> {
    let at = years::read(datetime.trim()).ok()?;
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
        datetime: element.descendants().find_map(|inner| inner.attr("datetime")).map(str::to_owned),
        is_stamp: false,
    }
}
