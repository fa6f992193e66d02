//! Words within lines on which the grammar of a page hangs: `published at`, `Image source,`. They are searched for in
//! every line.

use std::ops::Range;
use std::sync::OnceLock;

use memchr::memmem::Finder;

use super::strip_opening;

/// Words that are searched for anywhere in a line, in this case but for their first letter.
#[derive(Debug)]
pub struct Anchors {
    words: &'static [&'static str],
    /// Finds what is behind the first letter of each.
    finders: OnceLock<Vec<Finder<'static>>>,
}

impl Anchors {
    /// A list of words, each of which begins with an ASCII letter.
    pub const fn new(words: &'static [&'static str]) -> Anchors {
        Anchors { words, finders: OnceLock::new() }
    }

    /// All of them.
    pub fn words(&self) -> &'static [&'static str] {
        self.words
    }

    /// Whether one of them may be in the text; if not, none is.
    pub fn may_be_in(&self, text: &str) -> bool {
        self.finders().iter().any(|finder| finder.find(text.as_bytes()).is_some())
    }

    /// Whether the text begins with one of them.
    pub fn begin(&self, text: &str) -> bool {
        self.words.iter().any(|word| strip_opening(text, word).is_some())
    }

    /// The last place of each of them that is in the text.
    pub fn last_places(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        self.each().filter_map(|anchor| anchor.places(text).last())
    }

    /// The last place of the first of them that is in the text in this very case.
    pub fn last_exact_place(&self, text: &str) -> Option<Range<usize>> {
        self.each().find_map(|anchor| anchor.exact_places(text).last())
    }

    /// The first place of the first of them that is in the text in this very case.
    pub fn first_exact_place(&self, text: &str) -> Option<Range<usize>> {
        self.each().find_map(|anchor| anchor.exact_places(text).next())
    }

    fn each(&self) -> impl Iterator<Item = Anchor<'_>> {
        self.words.iter().zip(self.finders()).map(|(word, rest)| Anchor { word, rest })
    }

    fn finders(&self) -> &[Finder<'static>] {
        self.finders.get_or_init(|| self.words.iter().map(|word| Finder::new(&word[1..])).collect())
    }
}

/// One of them.
struct Anchor<'f> {
    word: &'static str,
    rest: &'f Finder<'static>,
}

impl Anchor<'_> {
    fn places(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        let (bytes, first) = (text.as_bytes(), self.word.as_bytes()[0]);
        let mut from = 0;
        // An iterator of the finder's own would copy the finder.
        let rests = std::iter::from_fn(move || {
            let rest = from + self.rest.find(&bytes[from..])?;
            from = rest + self.rest.needle().len();
            Some(rest)
        });
        let begins = rests.filter_map(move |rest| rest.checked_sub(1));
        let begins = begins.filter(move |&begin| bytes[begin].eq_ignore_ascii_case(&first));
        begins.map(|begin| begin..begin + self.word.len())
    }

    fn exact_places(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        self.places(text).filter(|place| text[place.clone()] == *self.word)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    static ANCHORS: Anchors = Anchors::new(&["published at", "posted at"]);

    fn text() -> impl Strategy<Value = String> {
        let parts =
            prop::sample::select(vec!["published at", "Posted at", "posted at", "osted at", "re", "é", " 14:27 "]);
        prop::collection::vec(parts, 0..9).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn anchors_are_where_a_plain_search_finds_them(text in text()) {
            let place = |word: &str, at: Option<usize>| at.map(|at| at..at + word.len());
            let words = ANCHORS.words();
            let last = |word: &str| place(word, text.rfind(word).max(text.rfind(&word.replacen('p', "P", 1))));
            let last_exact = |word: &&str| place(word, text.rfind(word));
            let first_exact = |word: &&str| place(word, text.find(word));
            let last_places: Vec<_> = words.iter().filter_map(|word| last(word)).collect();
            prop_assert!(last_places.is_empty() || ANCHORS.may_be_in(&text));
            prop_assert_eq!(ANCHORS.last_places(&text).collect::<Vec<_>>(), last_places);
            prop_assert_eq!(ANCHORS.last_exact_place(&text), words.iter().find_map(last_exact));
            prop_assert_eq!(ANCHORS.first_exact_place(&text), words.iter().find_map(first_exact));
        }
    }
}
