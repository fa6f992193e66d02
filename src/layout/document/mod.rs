//! Any publisher's document: the element of one entry, read as an entry.
//!
//! ```html
//! <article id="block-14"><time datetime="2024-01-05T12:05:00Z">13:05</time><h2>The road is open</h2>
//!   <p class="byline">By Ada Example</p><p>It has been open since noon.</p></article>
//! ```

mod byline;
mod times;

use crate::html::{Element, Passage, PassageKind};
use crate::layout::data::schema_org::Body;
use crate::layout::letters::letters;
use crate::layout::text::recognise::furniture::is_furniture;
use crate::locale::ENGLISH;
use crate::model::{Code, Entry};
use byline::Byline;

pub use times::{Times, published};

/// Reads the entry in an element; `known` is the same entry in the data.
pub fn entry(element: Element, known: &Entry) -> Entry {
    let mut passages = element.passages();
    let title = known.title.as_deref().map(letters);
    let is_title =
        |passage: &Passage| is_heading(passage) && title.as_ref().is_none_or(|title| *title == letters(&passage.text));
    // Above the title are time, byline and kicker.
    let heading = passages.iter().position(is_title).or_else(|| passages.iter().position(is_heading));
    let below = passages.split_off(heading.map_or(0, |heading| heading + 1));
    let title = heading.and_then(|_| passages.pop()).map(|heading| heading.text);
    let byline = byline::marked(element)
        .or_else(|| byline::below_title(below.first()?))
        .or_else(|| byline::beside_time(&passages))
        .unwrap_or_default();
    let times = Times::read(element);
    let at = known.published_local.or(times.published);
    let is_around = |passage: &Passage| {
        is_around(passage, known) || byline.contains(&passage.text) || times.is_shown(&passage.text, at)
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
        modified: times.modified.map(|at| at.to_utc()),
        doubts: times.is_wall_clock(&passages).then_some(Code::ZoneInferred).into_iter().collect(),
        body: body.blocks,
        images: body.images,
        media: body.media,
        ..Entry::default()
    }
}

fn is_heading(passage: &Passage) -> bool {
    matches!(passage.kind, PassageKind::Heading(_))
}

/// Whether an element contains more than a heading and a time.
pub fn has_content(element: Element) -> bool {
    element.passages().iter().any(|passage| !is_heading(passage) && !matches!(passage.kind, PassageKind::Time(_)))
}

/// Longer than this, in bytes, is no name and no furniture.
const SHORT: usize = 120;

/// Whether the words are around every entry: its time, its author, tools to share it.
fn is_around(passage: &Passage, known: &Entry) -> bool {
    let text = passage.text.as_str();
    let names = known.author.iter().chain(&known.role).chain(&known.co_authors);
    let is_name = |name: &String| text == name || byline::without_opening(text) == name;
    matches!(passage.kind, PassageKind::Time(_))
        || text.len() < SHORT && (is_furniture(text, &ENGLISH) || names.into_iter().any(is_name))
}
