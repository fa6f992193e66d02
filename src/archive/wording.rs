//! Wordings: whether two versions of an entry have the same words, or one was edited or cut off.

use std::iter::once;
use std::ops::Range;

use super::record;
use crate::model::{Block, Entry};

/// At which of its ends the words of an entry may have been cut off, together with its page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cut {
    /// The entry is the first line of its page: what came before may be missing.
    pub start: bool,
    /// The entry is the last one of its page: what came after may be missing.
    pub end: bool,
}

impl Cut {
    /// Where an entry of a page may have been cut off.
    pub fn new(entries: &[Entry], index: usize) -> Self {
        let begins_page = entries[index].lines.is_some_and(|[first, _]| first == 1);
        Self { start: index == 0 && begins_page, end: index + 1 == entries.len() }
    }

    /// Which part of `whole` these words are, in bytes: all of it, or as much as such a cut leaves. `None` if they are
    /// other words.
    ///
    /// This decides what a capture shows when it is stored, checked and parsed again.
    pub fn part(self, words: &str, whole: &str) -> Option<Range<usize>> {
        let start = match self {
            _ if words == whole => 0,
            Self { end: true, .. } if whole.starts_with(words) => 0,
            Self { start: true, .. } if whole.ends_with(words) => whole.len() - words.len(),
            Self { start: true, end: true } => whole.find(words)?,
            _ => return None,
        };
        Some(start..start + words.len())
    }
}

/// Whether an entry with the same words replaces the stored one: it has something else, such as links, and neither more
/// doubts nor fewer addresses.
pub(super) fn has_more(new: &Entry, stored: &Entry) -> bool {
    // Its position on the page and its name there are no part of the entry.
    let placed = |entry: &Entry| Entry { number: 0, lines: None, id: String::new(), ..entry.clone() };
    new.doubts.len() <= stored.doubts.len() && addresses(new) >= addresses(stored) && placed(new) != placed(stored)
}

/// The words of an entry as a reader sees them, without its time, in order and one space apart: line breaks and kinds of
/// blocks make no difference.
pub(super) fn words(entry: &Entry) -> String {
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
        ("author", record::author_names(entry).unwrap_or_default()),
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

/// How many addresses an entry has: those of its links, images and media, and its own.
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

    const WHOLE: Cut = Cut { start: false, end: false };
    const AT_END: Cut = Cut { start: false, end: true };
    const AT_START: Cut = Cut { start: true, end: false };
    const AT_BOTH: Cut = Cut { start: true, end: true };

    #[test]
    fn another_kind_of_block_is_no_edit() {
        let items = vec!["One".to_owned(), "Two".to_owned()];
        let list = Entry { body: vec![Block::List { ordered: false, items, links: vec![] }], ..entry("Title", "") };
        assert_eq!(words(&entry("Title", "One\nTwo")), words(&list));
    }

    #[test]
    fn another_word_is_an_edit() {
        let stored = entry("Gate closed", "It is shut.");
        assert_ne!(words(&entry("Gate closed", "It is open.")), words(&stored));
        assert_ne!(words(&entry("Gate open", "It is shut.")), words(&stored));
        assert_ne!(words(&Entry { breaking: true, ..stored.clone() }), words(&stored));
        for cut in [WHOLE, AT_END, AT_START, AT_BOTH] {
            assert_eq!(cut.part("Gate closed It is open.", "Gate closed It is shut."), None);
            assert_eq!(cut.part("Gate closed It is shut.", "Gate closed It is sh"), None);
        }
    }

    #[test]
    fn words_are_cut_off_only_where_a_page_is() {
        let whole = "Gate closed It is shut.";
        let parts = |words| [WHOLE, AT_END, AT_START, AT_BOTH].map(|cut: Cut| cut.part(words, whole));
        assert_eq!(parts(whole), [const { Some(0..23) }; 4]);
        assert_eq!(parts("Gate closed It is sh"), [None, Some(0..20), None, Some(0..20)]);
        assert_eq!(parts("te closed It is shut."), [None, None, Some(2..23), Some(2..23)]);
        assert_eq!(parts("te closed It is sh"), [None, None, None, Some(2..20)]);
    }

    #[test]
    fn an_entry_is_cut_off_at_the_first_line_and_in_the_last_entry_of_its_page() {
        let at = |lines| Entry { lines: Some(lines), ..entry("Gate closed", "It is shut.") };
        let cuts = |entries: &[Entry]| (0..entries.len()).map(|index| Cut::new(entries, index)).collect::<Vec<_>>();
        assert_eq!(cuts(&[at([1, 3]), at([4, 6]), at([7, 9])]), [AT_START, WHOLE, AT_END]);
        assert_eq!(cuts(&[at([3, 5]), at([6, 8])]), [WHOLE, AT_END]);
        assert_eq!(cuts(&[at([1, 3])]), [AT_BOTH]);
    }

    #[test]
    fn an_entry_with_more_links_replaces_one_without_more_doubts() {
        let plain = entry("Title", "It is shut.");
        let links = vec![Link { text: "shut".to_owned(), url: "https://example.org/".to_owned() }];
        let body = vec![Block::Paragraph { text: "It is shut.".to_owned(), links }];
        let linked = Entry { body, ..plain.clone() };
        let doubtful = Entry { doubts: vec![Code::YearInferred], ..linked.clone() };
        assert!(has_more(&linked, &plain));
        assert!(!has_more(&plain, &linked));
        assert!(!has_more(&doubtful, &plain));
        assert!(!has_more(&Entry { number: 7, ..plain.clone() }, &plain));
    }

    #[test]
    fn an_image_is_read_where_it_stands() {
        let image = |position| Image { alt: Some("A gate".to_owned()), position, ..Image::default() };
        let stored = Entry { images: vec![image(0)], ..entry("Title", "It is shut.") };
        assert_eq!(words(&stored), "Title A gate It is shut.");
        assert_eq!(words(&Entry { images: vec![image(1)], ..stored }), "Title It is shut. A gate");
    }
}
