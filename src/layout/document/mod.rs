//! Any publisher's document: the element of one entry, read as an entry.
//!
//! ```html
//! <article id="block-14"><time datetime="2024-01-05T12:05:00Z">13:05</time><h2>The road is open</h2>
//!   <p class="byline">By Ada Example</p><p>It has been open since noon.</p></article>
//! ```

mod byline;
mod frame;
mod times;

use crate::html::{Element, Passage, PassageKind};
use crate::layout::data::schema_org::Body;
use crate::layout::letters::{body_letters, letters};
use crate::layout::text::recognise::furniture::is_furniture;
use crate::layout::text::recognise::shape::{at_most_words, ends_sentence};
use crate::locale::ENGLISH;
use crate::model::{Code, Entry};
use byline::Byline;
use frame::Frame;

pub use times::{Times, clock, instants, is_dated, is_time, published};

/// Reads the entry in an element, or in several that follow each other; `known` is the same entry in the data.
pub fn entry(elements: &[Element], known: &Entry) -> Entry {
    let mut passages: Vec<_> = elements.iter().flat_map(|element| element.passages()).collect();
    // Above the title are time, byline and kicker.
    let heading = title_at(&passages, known);
    let below = passages.split_off(heading.map_or(0, |heading| heading + 1));
    let title = heading.and_then(|_| passages.pop()).map(|heading| heading.text);
    let byline = elements.iter().find_map(|element| byline::marked(*element));
    let byline = byline
        .or_else(|| byline::below_title(below.first()?))
        .or_else(|| byline::beside_time(&passages))
        .unwrap_or_default();
    let times = Times::read(elements);
    let at = known.published_local.or(times.published);
    let all = || passages.iter().chain(&below).map(|passage| passage.text.as_str());
    let stamp = all().find(|line| at.is_none() && times.is_shown(line, None)).map(str::to_owned);
    let frame = Frame::read(elements);
    let is_around = |passage: &Passage| {
        is_around(passage, known)
            || byline.contains(&passage.text)
            || times.is_shown(&passage.text, at)
            || frame.contains(passage)
    };
    let body = Body::from_passages(below.into_iter().filter(|passage| !is_around(passage)).collect());
    let Byline { authors, role, .. } = byline;
    let mut authors = authors.into_iter();
    Entry {
        title,
        author: authors.next(),
        co_authors: authors.collect(),
        role,
        published: times.published.map(|at| at.to_utc()),
        published_local: times.published,
        stamp,
        modified: times.modified.map(|at| at.to_utc()),
        doubts: times.is_wall_clock(&passages).then_some(Code::ZoneInferred).into_iter().collect(),
        body: body.blocks,
        images: body.images,
        media: body.media,
        ..Entry::default()
    }
}

/// Which passage is the title: the heading with the words of the data, else a line of them that the data's body has not,
/// else the first heading.
fn title_at(passages: &[Passage], known: &Entry) -> Option<usize> {
    let title = known.title.as_deref().map(letters).filter(|title| !title.is_empty());
    let is_title = |passage: &Passage| title.as_ref().is_some_and(|title| *title == letters(&passage.text));
    let is_of_body = || title.as_ref().is_some_and(|title| body_letters(&known.body).starts_with(title));
    let is_line = |passage: &Passage| passage.kind.is_line();
    let with_words = passages.iter().position(|passage| is_heading(passage) && is_title(passage));
    let line = || {
        let at = passages.iter().position(|passage| is_line(passage) && is_title(passage))?;
        // A paragraph above an image alone is the body.
        let is_body = |below: &Passage| {
            if is_line(below) { is_prose(&below.text) } else { passages[at].kind == PassageKind::Text }
        };
        let has_body = || passages[at + 1..].iter().any(is_body);
        (!is_of_body() && has_body()).then_some(at)
    };
    // A heading far below the first paragraphs is one within the body.
    let first = || {
        let at = passages.iter().position(is_heading)?;
        passages[..at].iter().all(|passage| !is_prose(&passage.text)).then_some(at)
    };
    with_words.or_else(line).or_else(first)
}

fn is_heading(passage: &Passage) -> bool {
    matches!(passage.kind, PassageKind::Heading(_))
}

/// Whether an element contains words of a body, or what is none: an image, a list.
pub fn has_prose(element: Element) -> bool {
    let passages = element.passages();
    let mut below =
        passages.iter().filter(|passage| !is_heading(passage) && !matches!(passage.kind, PassageKind::Time(_)));
    below.any(|passage| !passage.kind.is_line() || is_prose(&passage.text))
}

/// Whether an element contains more than a heading and a time.
pub fn has_content(element: Element) -> bool {
    element.passages().iter().any(|passage| !is_heading(passage) && !matches!(passage.kind, PassageKind::Time(_)))
}

/// What says of itself that it is more than a name, a time or a label.
fn is_prose(text: &str) -> bool {
    !at_most_words(text, 12) || ends_sentence(text)
}

/// Longer than this, in bytes, is no name and no furniture.
const SHORT: usize = 120;

/// Whether the words are around every entry: its time, its author, tools to share it.
fn is_around(passage: &Passage, known: &Entry) -> bool {
    let text = passage.text.as_str();
    let names = known.author.iter().chain(&known.role).chain(&known.co_authors);
    let is_name = |name: &String| text == name || byline::without_opening(text) == name;
    matches!(passage.kind, PassageKind::Time(_) | PassageKind::BreakingMark)
        || text.len() < SHORT && (is_furniture(text, &ENGLISH) || names.into_iter().any(is_name))
}
