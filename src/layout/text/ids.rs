//! Ids of entries, from the page alone.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::model::{Block, Entry};

/// Assigns an id to each entry without the publisher's own: the first 12 hex digits of SHA-256 of the stamp's words,
/// else of the title, the first paragraph, or the first alternative text.
///
/// Equal ones get `-2`, `-3`, counted from the oldest, so that an entry keeps its id when newer ones are added.
pub fn assign_ids(entries: &mut [Entry]) {
    let mut counts: HashMap<String, usize> = HashMap::with_capacity(entries.len());
    let mut assign = |entry: &mut Entry| {
        if entry.id.is_empty() {
            entry.id = hash(distinctive_text(entry));
        }
        let count = counts.entry(entry.id.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            entry.id += &format!("-{count}");
        }
    };
    if is_oldest_first(entries) {
        entries.iter_mut().for_each(&mut assign);
    } else {
        entries.iter_mut().rev().for_each(&mut assign);
    }
}

fn is_oldest_first(entries: &[Entry]) -> bool {
    let mut times = entries.iter().filter_map(|entry| entry.published);
    matches!((times.next(), times.next_back()), (Some(first), Some(last)) if first < last)
}

/// The text that distinguishes an entry from others.
fn distinctive_text(entry: &Entry) -> &str {
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
