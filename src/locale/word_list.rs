//! Lists of words and of openings of lines. Every line of a page is compared with hundreds of them, so that a look at its
//! first two letters, and at its last one and its length, says no for most.

/// Words, or openings of lines, that are compared regardless of case.
#[derive(Debug, Clone, Copy)]
pub struct WordList {
    words: &'static [&'static str],
    /// Their first and second letters.
    openings: Pairs,
    /// Their last letters and lengths.
    endings: Pairs,
}

impl WordList {
    /// A list of words, none of which is empty.
    pub const fn new(words: &'static [&'static str]) -> WordList {
        WordList { words, openings: Pairs::of_openings(words), endings: Pairs::of_endings(words) }
    }

    /// All of them, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.words.iter().copied()
    }

    /// Whether the whole text is one of them.
    pub fn contains(&self, text: &str) -> bool {
        self.may_begin(text) && self.endings.have_ending(text) && self.iter().any(|word| same(text, word))
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
        self.openings.have_opening(text)
    }
}

/// Pairs of letters, or of a letter and a length: a bit for each pair, in a number for each letter. Signs count as some
/// letter, and a word with letters beyond ASCII has any, because its case may change their bytes.
#[derive(Debug, Clone, Copy)]
struct Pairs([u32; 32]);

impl Pairs {
    const fn of_openings(words: &[&str]) -> Pairs {
        let mut pairs = [0; 32];
        let mut index = 0;
        while index < words.len() {
            let bytes = words[index].as_bytes();
            let has_two = bytes.len() > 1 && words[index].is_ascii();
            pairs[five_bits(bytes[0] as usize)] |= if has_two { 1 << five_bits(bytes[1] as usize) } else { u32::MAX };
            index += 1;
        }
        Pairs(pairs)
    }

    const fn of_endings(words: &[&str]) -> Pairs {
        let mut pairs = [0; 32];
        let mut index = 0;
        while index < words.len() {
            let bytes = words[index].as_bytes();
            let length = 1 << five_bits(bytes.len());
            let mut letter = 0;
            while letter < pairs.len() {
                if !words[index].is_ascii() || letter == five_bits(bytes[bytes.len() - 1] as usize) {
                    pairs[letter] |= length;
                }
                letter += 1;
            }
            index += 1;
        }
        Pairs(pairs)
    }

    #[inline]
    fn have_opening(&self, text: &str) -> bool {
        match *text.as_bytes() {
            [first, second, ..] => self.0[five_bits(first.into())] >> five_bits(second.into()) & 1 == 1,
            [first] => self.0[five_bits(first.into())] != 0,
            [] => false,
        }
    }

    #[inline]
    fn have_ending(&self, text: &str) -> bool {
        let last = text.as_bytes().last();
        last.is_some_and(|&last| self.0[five_bits(last.into())] >> five_bits(text.len()) & 1 == 1)
    }
}

/// What an ASCII letter has in common with its other case, and a number with few others.
const fn five_bits(number: usize) -> usize {
    number & 31
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
