//! Ids of entries, from the page alone.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::model::{Block, Entry};

/// Gives each entry without an id of the publisher's own one: the first 12 hex digits of SHA-256 of the stamp's words,
/// else of the title, the first paragraph, or the first alternative text.
///
/// Equal ones get `-2`, `-3`, counted from the oldest, so that an entry keeps its id when newer ones are added.
pub fn give_ids(entries: &mut [Entry]) {
    let mut seen: HashMap<String, usize> = HashMap::with_capacity(entries.len());
    let times = || entries.iter().filter_map(|entry| entry.published);
    let oldest_first = times().next().zip(times().next_back()).is_some_and(|(first, last)| first < last);
    let mut give = |entry: &mut Entry| {
        if entry.id.is_empty() {
            entry.id = hash(words(entry));
        }
        let count = seen.entry(entry.id.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            entry.id += &format!("-{count}");
        }
    };
    if oldest_first { entries.iter_mut().for_each(&mut give) } else { entries.iter_mut().rev().for_each(&mut give) }
}

/// The words that tell an entry from others.
fn words(entry: &Entry) -> &str {
    let paragraph = entry.body.iter().find_map(|block| match block {
        Block::Paragraph { text, .. } => Some(text),
        _ => None,
    });
    let alt = || entry.images.iter().find_map(|image| image.alt.as_ref());
    entry.stamp.as_ref().or(entry.title.as_ref()).or(paragraph).or_else(alt).map_or("", String::as_str)
}

fn hash(words: &str) -> String {
    let digest = Sha256::digest(words.as_bytes());
    let number = digest[..6].iter().fold(0u64, |number, &byte| number << 8 | u64::from(byte));
    format!("{number:012x}")
}
