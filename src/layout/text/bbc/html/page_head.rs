//! What a document says of the whole page: its editors and its summary.

use super::{ENTRY, is_entry};
use crate::html::{Element, Html, Passage, PassageKind};
use crate::layout::text::line::{DocumentLines, Hints, LineRole};
use crate::layout::text::recognise::shape::same;
use crate::locale::{ENGLISH, LANGUAGES};

/// Adds the lines of the page's editors and of its summary.
pub fn add_page_head(page: &Html, lines: &mut DocumentLines) {
    for (names, hints) in editors(page) {
        lines.push(0, None, &names, hints);
    }
    for passage in summary(page) {
        lines.passage(passage, ENTRY);
    }
}

/// Who made the page, anywhere outside the entries: `Edited by A and B`, or names where the document says whose they are.
fn editors(page: &Html) -> Vec<(String, Hints)> {
    /// No page has so many lines of them.
    const MOST: usize = 16;
    let opens = |text: &str| ENGLISH.credits.begins(text);
    let mut found: Vec<(String, Hints)> = Vec::new();
    for element in page.elements().filter(|element| matches!(element.name(), "p" | "div" | "span" | "li")) {
        let is_shown = names_editors(element);
        if !is_shown && !element.direct_text().is_some_and(opens) {
            continue;
        }
        let text = element.passages().into_iter().next().map(|passage| passage.text).unwrap_or_default();
        let is_known = found.iter().any(|(known, _)| *known == text);
        if (is_shown && !text.is_empty() || opens(&text))
            && !is_known
            && found.len() < MOST
            && !element.ancestors().any(is_entry)
        {
            let role = is_shown.then_some(LineRole::Editors);
            found.push((text, Hints { role, ..Hints::default() }));
        }
    }
    found
}

/// `<p class="lx-commentary__meta-reporter">`, `<p data-testid="live-contributors">`
fn names_editors(element: Element) -> bool {
    element.attr("data-testid") == Some("live-contributors")
        || element.attr("class").is_some_and(|class| class.contains("meta-reporter"))
}

/// How far the heading of the summary may be from the element that holds its points.
const LEVELS: usize = 4;

/// The heading of the summary, and what stands with it.
fn summary(page: &Html) -> Vec<Passage> {
    key_points(page).unwrap_or_else(|| headed_summary(page))
}

/// The summary where the document names it, whatever the language of its heading, and if it has none.
fn key_points(page: &Html) -> Option<Vec<Passage>> {
    let mut passages = page.elements().find(|element| is_summary(*element))?.passages();
    let has_heading = matches!(passages.first()?.kind, PassageKind::Heading(_));
    if has_heading {
        passages.remove(0);
    }
    let (kind, text) = (PassageKind::Heading(2), ENGLISH.summary.to_owned());
    passages.insert(0, Passage { kind, text, links: Vec::new(), apart: true, marker: 0 });
    Some(passages)
}

/// `<section data-e2e="key-points">`, `<section class="qa-summary-points">`
fn is_summary(element: Element) -> bool {
    element.attr("data-e2e") == Some("key-points")
        || element.attr("class").is_some_and(|class| class.contains("summary-points"))
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
