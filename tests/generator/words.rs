//! The invented language of the pages: 20 000 words of invented syllables, few of them often, as in any language.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::Random;

const WORDS: usize = 20_000;
const BYLINES: usize = 60;
const CONSONANTS: [&str; 17] = ["b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "w", "st", "tr", "br"];
/// The last three are seldom.
const VOWELS: [&str; 13] = ["a", "e", "i", "o", "u", "ar", "en", "il", "ou", "am", "é", "ø", "ä"];
const ROLES: [&str; 5] = [
    "Live reporter",
    "Harbour correspondent",
    "Reporting from Port Ellan",
    "Transport editor",
    "Political correspondent",
];

/// The words and who writes them.
pub struct Words {
    /// The most frequent first.
    words: Vec<String>,
    /// The sum of frequencies up to each word: Zipf's, a little flattened at the top.
    sums: Vec<u64>,
}

impl Words {
    /// The language is one, whatever the seed.
    pub fn get() -> &'static Words {
        static LANGUAGE: LazyLock<Words> = LazyLock::new(Words::new);
        &LANGUAGE
    }

    fn new() -> Self {
        let random = &mut Random::new(1);
        let (mut words, mut known) = (Vec::with_capacity(WORDS), HashSet::new());
        while words.len() < WORDS {
            let word: String = (0..*random.pick(&[2, 2, 3])).map(|_| syllable(random)).collect();
            // Two syllables of this kind are English words.
            if !["listen", "many"].contains(&word.as_str()) && known.insert(word.clone()) {
                words.push(word);
            }
        }
        let frequencies = (0..WORDS as u64).map(|rank| (1 << 32) / (rank + 3));
        let sums = frequencies.scan(0, |sum, frequency| {
            *sum += frequency;
            Some(*sum)
        });
        Self { words, sums: sums.collect() }
    }

    pub fn word(&self, rank: usize) -> &str {
        &self.words[rank]
    }

    /// Invented names, of words that are seldom in texts.
    pub fn byline(&self, rank: usize) -> (String, String) {
        let name = |place: usize| capitalised(&self.words[WORDS / 2 + place]);
        (format!("{} {}", name(rank), name(BYLINES + rank)), ROLES[rank % ROLES.len()].to_owned())
    }

    pub fn any_byline(&self, random: &mut Random) -> (String, String) {
        let end = 1 + random.below(BYLINES);
        self.byline(random.below(end))
    }

    /// Words without an end, led by a capital.
    pub fn phrase(&self, random: &mut Random, count: Range<usize>) -> String {
        let total = self.sums[WORDS - 1];
        let count = count.start + random.below(count.len());
        let mut phrase = String::with_capacity(count * 8);
        for _ in 0..count {
            let at = random.below(total.try_into().unwrap()) as u64;
            let word = &self.words[self.sums.partition_point(|sum| *sum <= at)];
            if phrase.is_empty() {
                phrase = capitalised(word);
            } else {
                phrase.push(' ');
                phrase.push_str(word);
            }
        }
        phrase
    }

    pub fn sentence(&self, random: &mut Random, count: Range<usize>) -> String {
        let end = if random.one_in(12) { *random.pick(&["!", "?", ".\""]) } else { "." };
        self.phrase(random, count) + end
    }
}

fn syllable(random: &mut Random) -> String {
    let vowels = if random.one_in(30) { &VOWELS[..] } else { &VOWELS[..10] };
    format!("{}{}", random.pick(&CONSONANTS), random.pick(vowels))
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
