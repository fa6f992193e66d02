//! Several words sought at once.

use aho_corasick::{AhoCorasick, packed};

/// Words to be found in many texts.
pub enum WordSearch {
    /// By comparing many bytes at once, where the processor can.
    Packed(packed::Searcher),
    Automaton(AhoCorasick),
}

impl WordSearch {
    pub fn new<W: AsRef<[u8]>>(words: impl IntoIterator<Item = W>) -> WordSearch {
        let words: Vec<W> = words.into_iter().collect();
        match packed::Searcher::new(&words) {
            Some(searcher) => WordSearch::Packed(searcher),
            None => WordSearch::Automaton(AhoCorasick::new(words).expect("a few words make no large automaton")),
        }
    }

    /// Whether one of the words is in the text.
    pub fn are_in(&self, text: impl AsRef<[u8]>) -> bool {
        match self {
            WordSearch::Packed(searcher) => searcher.find(text).is_some(),
            WordSearch::Automaton(automaton) => automaton.is_match(text.as_ref()),
        }
    }
}
