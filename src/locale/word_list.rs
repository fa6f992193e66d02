//! Lists of words and of openings of lines. Every line of a page is compared with hundreds of them, so that a look at its
//! first three letters, and at its last one and its length, says no for most.

/// Words, or openings of lines, that are compared regardless of case.
#[derive(Debug, Clone, Copy)]
pub struct WordList {
    words: &'static [&'static str],
    first_letters: FirstLetters,
    endings: Endings,
}

impl WordList {
    /// A list of words, none of which is empty.
    pub const fn new(words: &'static [&'static str]) -> WordList {
        WordList { words, first_letters: FirstLetters::of_words(words), endings: Endings::of_words(words) }
    }

    /// All of them, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.words.iter().copied()
    }

    /// Whether the whole text is one of them.
    pub fn contains(&self, text: &str) -> bool {
        self.may_begin(text) && self.endings.may_end(text) && self.iter().any(|word| same(text, word))
    }

    /// Whether the text begins with one of them.
    pub fn begins(&self, text: &str) -> bool {
        self.strip(text).is_some()
    }

    /// The text after the first of them with which it begins.
    pub fn strip<'a>(&self, text: &'a str) -> Option<&'a str> {
        self.rests(text).next()
    }

    /// The text after each of them with which it begins.
    pub fn rests<'a>(&self, text: &'a str) -> impl Iterator<Item = &'a str> {
        let words = if self.may_begin(text) { self.words } else { &[] };
        words.iter().filter_map(move |opening| strip_opening(text, opening))
    }

    /// Whether a text that begins so may begin with one of them; if not, it does not.
    #[inline]
    pub fn may_begin(&self, text: &str) -> bool {
        self.first_letters.may_begin(text)
    }

    /// The letters with which they begin.
    pub fn first_letters(&self) -> FirstLetters {
        self.first_letters
    }
}

/// The first three letters of words: the pairs of the first and the second, and of the second and the third.
#[derive(Debug, Clone, Copy)]
pub struct FirstLetters([Pairs; 2]);

impl FirstLetters {
    /// The letters of no word.
    pub const NONE: FirstLetters = FirstLetters([Pairs::NONE; 2]);

    /// The letters of words, none of which is empty.
    pub const fn of_words(words: &[&str]) -> FirstLetters {
        let [mut pairs, mut next_pairs] = [Pairs::NONE; 2];
        let mut index = 0;
        while index < words.len() {
            match (words[index].is_ascii(), words[index].as_bytes()) {
                (true, [first, second, third, ..]) => {
                    pairs.add(*first, *second);
                    next_pairs.add(*second, *third);
                }
                (true, [first, second]) => {
                    pairs.add(*first, *second);
                    next_pairs.add_all(*second);
                }
                (_, [first, ..]) => {
                    pairs.add_all(*first);
                    next_pairs = Pairs::ALL;
                }
                (_, []) => {}
            }
            index += 1;
        }
        FirstLetters([pairs, next_pairs])
    }

    /// Adds the letters of other words.
    pub fn add(&mut self, other: &FirstLetters) {
        for (pairs, others) in self.0.iter_mut().zip(&other.0) {
            pairs.0.iter_mut().zip(&others.0).for_each(|(seconds, others)| *seconds |= others);
        }
    }

    /// The letters of several lists.
    pub fn of_lists(lists: &[&WordList]) -> FirstLetters {
        let mut all = FirstLetters::NONE;
        lists.iter().for_each(|list| all.add(&list.first_letters));
        all
    }

    /// Whether the words may begin a text; if not, none of them does.
    #[inline]
    pub fn may_begin(&self, text: &str) -> bool {
        let [pairs, next_pairs] = &self.0;
        match *text.as_bytes() {
            [first, second, third, ..] => pairs.contain(first, second) && next_pairs.contain(second, third),
            [first, second] => pairs.contain(first, second),
            [first] => pairs.contain_any(first),
            [] => false,
        }
    }
}

/// The last letters of words, each with the word's length.
#[derive(Debug, Clone, Copy)]
struct Endings(Pairs);

impl Endings {
    const fn of_words(words: &[&str]) -> Endings {
        let mut pairs = Pairs::NONE;
        let mut index = 0;
        while index < words.len() {
            let bytes = words[index].as_bytes();
            let mut last = 0;
            while last < 32 {
                if !words[index].is_ascii() || letter(last) == letter(bytes[bytes.len() - 1]) {
                    pairs.add(last, bytes.len() as u8);
                }
                last += 1;
            }
            index += 1;
        }
        Endings(pairs)
    }

    #[inline]
    fn may_end(&self, text: &str) -> bool {
        text.as_bytes().last().is_some_and(|&last| self.0.contain(last, text.len() as u8))
    }
}

/// Pairs of letters in any case: a bit for each second one, in a number for each first one. Signs and lengths count as
/// some letter. A word with letters beyond ASCII has all pairs, because its case may change all bytes but the first.
#[derive(Debug, Clone, Copy)]
struct Pairs([u32; 32]);

impl Pairs {
    const NONE: Pairs = Pairs([0; 32]);
    const ALL: Pairs = Pairs([u32::MAX; 32]);

    const fn add(&mut self, first: u8, second: u8) {
        self.0[letter(first)] |= 1 << letter(second);
    }

    const fn add_all(&mut self, first: u8) {
        self.0[letter(first)] = u32::MAX;
    }

    #[inline]
    fn contain(&self, first: u8, second: u8) -> bool {
        self.0[letter(first)] >> letter(second) & 1 == 1
    }

    #[inline]
    fn contain_any(&self, first: u8) -> bool {
        self.0[letter(first)] != 0
    }
}

/// What the two cases of an ASCII letter have in common.
#[inline]
const fn letter(byte: u8) -> usize {
    (byte & 31) as usize
}

/// Whether two texts are equal, regardless of case.
#[inline]
pub fn same(one: &str, other: &str) -> bool {
    // Most texts differ in length, and are compared with dozens of others.
    one.len() == other.len() && same_letters(one, other)
}

fn same_letters(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other) || !one.is_ascii() && one.to_lowercase() == other.to_lowercase()
}

/// The text after an opening, regardless of case.
pub fn strip_opening<'a>(text: &'a str, opening: &str) -> Option<&'a str> {
    // Most lines differ in their first letter, and are asked for dozens of openings.
    if !text.as_bytes().first()?.eq_ignore_ascii_case(opening.as_bytes().first()?) {
        return None;
    }
    let (first, rest) = text.split_at_checked(opening.len())?;
    same(first, opening).then_some(rest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    static LIST: WordList = WordList::new(&["Email us", "#", "Élan", "ok", "b’r", "1st"]);

    fn in_any_case() -> impl Strategy<Value = String> {
        let begin = prop::sample::select(LIST.words);
        let case = |text: &str, upper| if upper { text.to_uppercase() } else { text.to_lowercase() };
        (begin, any::<bool>(), 0usize..9, "[a-zÉéK’ ]{0,3}").prop_map(move |(begin, upper, cut, end)| {
            let kept = begin.floor_char_boundary(cut);
            case(&begin[..kept], upper) + &end
        })
    }

    proptest! {
        #[test]
        fn a_list_finds_what_each_of_its_words_finds(text in in_any_case()) {
            prop_assert_eq!(LIST.contains(&text), LIST.iter().any(|word| same(&text, word)));
            let rests = LIST.iter().filter_map(|word| strip_opening(&text, word));
            prop_assert_eq!(LIST.rests(&text).collect::<Vec<_>>(), rests.collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_opening_is_found_whatever_its_case() {
        assert_eq!(strip_opening("image source, PA", "Image source,"), Some(" PA"));
        assert_eq!(strip_opening("Imagé", "Image source,"), None);
        assert_eq!(strip_opening("DISGRIFIAD O’R LLUN, x", "Disgrifiad o’r llun,"), Some(" x"));
    }
}
