//! Wordings: whether two tellings of an entry have the same words, or one of them was edited.

use std::iter::once;

use super::{record, search};
use crate::model::{Block, Entry};

/// How a telling of an entry stands to one that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wording {
    /// The same words.
    Same,
    /// The same words as far as it goes; the page was cut off there.
    CutOff,
    /// The same words and more; the kept page was cut off there.
    Completed,
    /// Other words.
    Other,
}

/// A telling of an entry, and whether it stands at the end of its page, where a page is cut off.
#[derive(Debug, Clone, Copy)]
pub(super) struct Telling<'a> {
    pub entry: &'a Entry,
    pub ends_page: bool,
}

impl Telling<'_> {
    /// How this telling stands to one that is kept.
    pub fn compare(self, kept: Telling) -> Wording {
        let (new, old) = (words(self.entry), words(kept.entry));
        if new == old {
            Wording::Same
        } else if self.ends_page && old.starts_with(&new) {
            Wording::CutOff
        } else if kept.ends_page && new.starts_with(&old) {
            Wording::Completed
        } else {
            Wording::Other
        }
    }
}

/// Whether a telling with the same words is to take the place of the one that is kept: it tells something else, such as
/// links, and it has neither more doubts nor fewer addresses.
pub(super) fn tells_more(new: &Entry, kept: &Entry) -> bool {
    // Where it stands on its page, and how it is named there, tells nothing of the entry.
    let placed = |entry: &Entry| Entry { number: 0, lines: None, id: String::new(), ..entry.clone() };
    new.doubts.len() <= kept.doubts.len() && addresses(new) >= addresses(kept) && placed(new) != placed(kept)
}

/// All that a reader reads of an entry but its time, in order, one space apart: line breaks and the kinds of blocks are
/// the dress of a page, not its words.
fn words(entry: &Entry) -> String {
    let Entry { label, breaking, title, subtitle, author, role, .. } = entry;
    let breaking = breaking.then_some("Breaking");
    let head = [label.as_deref(), title.as_deref(), breaking, subtitle.as_deref(), author.as_deref(), role.as_deref()];
    let mut texts: Vec<&str> = head.into_iter().flatten().chain(entry.co_authors.iter().map(String::as_str)).collect();
    for at in 0..=entry.body.len() {
        let last = at == entry.body.len();
        let is_here = |position: usize| position == at || (last && position > at);
        for image in entry.images.iter().filter(|image| is_here(image.position)) {
            texts.extend([&image.alt, &image.source, &image.caption].into_iter().flatten().map(String::as_str));
        }
        for media in entry.media.iter().filter(|media| is_here(media.position)) {
            texts.extend(media.caption.as_deref());
        }
        texts.extend(entry.body.get(at).into_iter().flat_map(block_words));
    }
    texts.iter().flat_map(|text| text.split_whitespace()).collect::<Vec<_>>().join(" ")
}

/// The same part by part, by the names of a row's fields, a paragraph a line.
pub(super) fn parts(entry: &Entry) -> [(&'static str, String); 8] {
    let Entry { label, breaking, title, subtitle, role, body, .. } = entry;
    let words = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        ("label", words(label)),
        ("title", words(title)),
        ("breaking", if *breaking { "Breaking".to_owned() } else { String::new() }),
        ("subtitle", words(subtitle)),
        ("author", search::names(entry).unwrap_or_default()),
        ("role", words(role)),
        ("text", body.iter().flat_map(block_words).collect::<Vec<_>>().join("\n")),
        ("captions", record::captions(entry).unwrap_or_default()),
    ]
}

fn block_words(block: &Block) -> Vec<&str> {
    match block {
        Block::Paragraph { text, .. } | Block::Card { text, .. } => vec![text],
        Block::List { items, .. } => items.iter().map(String::as_str).collect(),
        Block::Quote { text, attribution } => once(text).chain(attribution).map(String::as_str).collect(),
        Block::Embed { text, .. } => text.as_deref().into_iter().collect(),
        Block::Other(block) => block.texts(),
    }
}

/// How many addresses an entry tells: those of its links, images and media, and its own.
fn addresses(entry: &Entry) -> usize {
    let links = entry.body.iter().map(|block| match block {
        Block::Paragraph { links, .. } | Block::List { links, .. } => links.len(),
        Block::Embed { url, .. } | Block::Card { url, .. } => usize::from(url.is_some()),
        Block::Quote { .. } | Block::Other(_) => 0,
    });
    let images = entry.images.iter().filter(|image| image.url.is_some()).count();
    let media = entry.media.iter().filter(|media| media.url.is_some()).count();
    links.sum::<usize>() + images + media + usize::from(entry.url.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Code, Image, Link};

    fn entry(title: &str, text: &str) -> Entry {
        let body = vec![Block::Paragraph { text: text.to_owned(), links: vec![] }];
        Entry { title: Some(title.to_owned()), body, ..Entry::default() }
    }

    fn compare(new: (&Entry, bool), kept: (&Entry, bool)) -> Wording {
        let telling = |(entry, ends_page)| Telling { entry, ends_page };
        telling(new).compare(telling(kept))
    }

    #[test]
    fn another_dress_is_no_edit() {
        let items = vec!["One".to_owned(), "Two".to_owned()];
        let list = Entry { body: vec![Block::List { ordered: false, items, links: vec![] }], ..entry("Title", "") };
        assert_eq!(compare((&entry("Title", "One\nTwo"), false), (&list, false)), Wording::Same);
    }

    #[test]
    fn another_word_is_an_edit() {
        let kept = entry("Gate closed", "It is shut.");
        assert_eq!(compare((&entry("Gate closed", "It is open."), false), (&kept, false)), Wording::Other);
        assert_eq!(compare((&entry("Gate open", "It is shut."), false), (&kept, false)), Wording::Other);
        assert_eq!(compare((&Entry { breaking: true, ..kept.clone() }, false), (&kept, false)), Wording::Other);
    }

    #[test]
    fn a_beginning_is_no_edit_at_the_end_of_a_page_alone() {
        let (whole, cut) = (entry("Gate closed", "It is shut."), entry("Gate closed", "It is sh"));
        assert_eq!(compare((&cut, true), (&whole, false)), Wording::CutOff);
        assert_eq!(compare((&whole, false), (&cut, true)), Wording::Completed);
        assert_eq!(compare((&cut, false), (&whole, false)), Wording::Other);
        assert_eq!(compare((&whole, false), (&cut, false)), Wording::Other);
    }

    #[test]
    fn links_and_addresses_tell_more_and_doubts_tell_less() {
        let plain = entry("Title", "It is shut.");
        let links = vec![Link { text: "shut".to_owned(), url: "https://example.org/".to_owned() }];
        let body = vec![Block::Paragraph { text: "It is shut.".to_owned(), links }];
        let linked = Entry { body, ..plain.clone() };
        let doubtful = Entry { doubts: vec![Code::YearInferred], ..linked.clone() };
        assert!(tells_more(&linked, &plain));
        assert!(!tells_more(&plain, &linked));
        assert!(!tells_more(&doubtful, &plain));
        assert!(!tells_more(&Entry { number: 7, ..plain.clone() }, &plain));
    }

    #[test]
    fn an_image_is_read_where_it_stands() {
        let image = |position| Image { alt: Some("A gate".to_owned()), position, ..Image::default() };
        let kept = Entry { images: vec![image(0)], ..entry("Title", "It is shut.") };
        assert_eq!(words(&kept), "Title A gate It is shut.");
        assert_eq!(words(&Entry { images: vec![image(1)], ..kept }), "Title It is shut. A gate");
    }
}
