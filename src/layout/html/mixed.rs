//! One entry told twice, by the data and by the document: for each field, the better source wins.

use crate::layout::schema_org::{FoundEntry, Remark};
use crate::model::{Block, Code, Entry};

/// Fills what an entry of the data lacks from the same entry in the document, and takes the body from where it is
/// told more fully. Title and time are the data's; a contradiction is told.
pub fn fill(found: &mut FoundEntry, from: Entry) {
    let FoundEntry { entry, remarks } = found;
    remarks.extend(disagreement(entry, &from));
    if is_fuller(&from.body, &entry.body) {
        entry.body = from.body;
        entry.images.clear();
        entry.media.clear();
    }
    if entry.images.is_empty() {
        entry.images = from.images;
        // Where the body is the data's, the document's places in it may lie behind its end.
        entry.images.iter_mut().for_each(|image| image.position = image.position.min(entry.body.len()));
    }
    if entry.media.is_empty() {
        entry.media = from.media;
    }
    if entry.author.is_none() {
        entry.author = from.author.clone();
        entry.co_authors = from.co_authors;
    }
    if entry.author == from.author {
        entry.role = entry.role.take().or(from.role);
    }
    entry.title = entry.title.take().or(from.title);
    entry.label = entry.label.take().or(from.label);
    entry.subtitle = entry.subtitle.take().or(from.subtitle);
    entry.breaking |= from.breaking;
    entry.url = entry.url.take().or(from.url);
    entry.modified = entry.modified.or(from.modified);
    if entry.published.is_none() {
        entry.published = from.published;
        entry.published_local = from.published_local.or(from.published.map(|at| at.fixed_offset()));
        entry.stamp = entry.stamp.take().or(from.stamp);
    }
}

/// Where both tell a time or a title, and not the same.
fn disagreement(entry: &Entry, from: &Entry) -> Option<Remark> {
    if let (Some(one), Some(other)) = (&entry.title, &from.title)
        && !is_within(one, other)
        && !is_within(other, one)
    {
        let message = format!("the title is “{one}” in the data and “{other}” in the document; the data is believed");
        return Some((Code::SourcesDisagree, message));
    }
    let inferred = from.doubts.iter().any(|doubt| matches!(doubt, Code::YearInferred | Code::DateInferred));
    let (one, other) = entry.published.zip(from.published).filter(|_| !inferred)?;
    // Documents tell minutes, the data seconds.
    ((one - other).num_seconds().abs() >= 60).then(|| {
        let [one, other] = [one, other].map(|at| at.format("%Y-%m-%dT%H:%MZ"));
        let message = format!("the time is {one} in the data and {other} in the document; the data is believed");
        (Code::SourcesDisagree, message)
    })
}

/// Whether one body says all that the other does, and so may keep paragraphs, lists and links that the other lost.
fn is_fuller(body: &[Block], than: &[Block]) -> bool {
    let than = words(than);
    !body.is_empty() && (than.is_empty() || memchr::memmem::find(words(body).as_bytes(), than.as_bytes()).is_some())
}

fn is_within(one: &str, other: &str) -> bool {
    let (one, other) = (letters(one), letters(other));
    !one.is_empty() && other.contains(&one)
}

/// The letters and digits of a body: all that is left of it without tags, spaces and list marks.
fn words(body: &[Block]) -> String {
    let mut words = String::new();
    for block in body {
        match block {
            Block::Paragraph { text, .. } | Block::Card { text, .. } => words += &letters(text),
            Block::List { items, .. } => words.extend(items.iter().map(|item| letters(item))),
            Block::Quote { text, attribution } => {
                words += &letters(text);
                words.extend(attribution.as_deref().map(letters));
            }
            Block::Embed { text, .. } => words.extend(text.as_deref().map(letters)),
        }
    }
    words
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
