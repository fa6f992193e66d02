//! Several words sought at once.

use aho_corasick::{AhoCorasick, packed};

/// Words to be found in many texts.
pub enum Words {
    /// By comparing many bytes at once, where the processor can.
    Packed(packed::Searcher),
    Automaton(AhoCorasick),
}

impl Words {
    pub fn new<W: AsRef<[u8]>>(words: impl IntoIterator<Item = W>) -> Words {
        let words: Vec<W> = words.into_iter().collect();
        match packed::Searcher::new(&words) {
            Some(searcher) => Words::Packed(searcher),
            None => Words::Automaton(AhoCorasick::new(words).expect("a few words make no large automaton")),
        }
    }

    /// Whether one of the words is in the text.
    pub fn are_in(&self, text: impl AsRef<[u8]>) -> bool {
        match self {
            Words::Packed(searcher) => searcher.find(text).is_some(),
            Words::Automaton(automaton) => automaton.is_match(text.as_ref()),
        }
    }
}
