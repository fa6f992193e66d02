//! A page as lines, whatever it came from: each with its number, its indent, its list mark and its words.

mod document;
mod hints;
mod text;

pub use document::DocumentLines;
pub use hints::{EntryAnchor, Hints, LineRole, instant};
pub use text::{lines, unescape};

use super::recognise::shape::ends_sentence;

/// A line of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its number in the source, from 1.
    pub number: usize,
    /// How many columns of white space stand before it; a tab leads to the next multiple of eight.
    pub indent: usize,
    /// The list mark that it opens with.
    pub mark: Option<Mark>,
    /// Its words, without mark and surrounding white space.
    pub text: &'a str,
    /// Its words with the mark, as they stand.
    pub whole: &'a str,
    /// What the document says of it beyond its words.
    pub hints: &'a Hints,
}

/// What a list item opens with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// `•`, `-`, `*` and the like.
    Bullet,
    /// `12.` or `12)`.
    Number(u32),
}

impl<'a> Line<'a> {
    /// Reads a line, given without its line end.
    pub fn read(number: usize, raw: &'a str) -> Line<'a> {
        let (indent, whole) = spaces_and_words(raw).unwrap_or_else(|| {
            let unindented = raw.trim_start();
            (columns(&raw[..raw.len() - unindented.len()]), unindented.trim_end())
        });
        let (mark, text) = match mark(whole) {
            Some((mark, text)) => (Some(mark), text),
            None => (None, whole),
        };
        Line { number, indent, mark, text, whole, hints: Hints::NONE }
    }

    /// Whether the document says that it is words of the story, so that it is no image or caption whatever it looks like.
    pub fn is_prose(&self) -> bool {
        matches!(self.hints.role, Some(LineRole::Prose | LineRole::Quote | LineRole::Attribution))
    }

    /// Whether it is a sentence, or several, of which nothing but its words says what it is: it has no list mark, and
    /// the document says nothing. Names that end in a comma are none, nor is a name that ends in a stop, nor what begins
    /// with a hashtag.
    pub fn is_plain_sentence(&self) -> bool {
        let text = self.text.as_bytes();
        self.mark.is_none()
            && self.hints.role.is_none()
            && ends_sentence(self.text)
            && !matches!(text, [b'#' | b'.', ..] | [.., b',' | b'&'] | [.., b'J' | b'S', b'r', b'.'])
    }

    /// Its words without the marker that a document sets apart: `Image source,` in any language.
    pub fn without_marker(&self) -> &'a str {
        self.whole.get(self.hints.marker..).unwrap_or(self.whole).trim()
    }

    /// Whether nothing stands on it.
    #[inline]
    pub fn is_blank(&self) -> bool {
        self.whole.is_empty()
    }
}

/// How many plain spaces there are before the words of a line, and the words, if no other white space is around them;
/// most lines are so.
fn spaces_and_words(raw: &str) -> Option<(usize, &str)> {
    let is_word = |byte: &u8| byte.is_ascii_graphic();
    let bytes = raw.as_bytes();
    let spaces = bytes.iter().take_while(|byte| **byte == b' ').count();
    let has_words = bytes.get(spaces).is_some_and(is_word) && bytes.last().is_some_and(is_word);
    (has_words || bytes.is_empty()).then(|| (spaces, &raw[spaces..]))
}

/// How many columns white space takes.
fn columns(space: &str) -> usize {
    space.chars().fold(0, |column, c| match c {
        '\t' => (column / 8 + 1) * 8,
        _ => column + 1,
    })
}

/// A mark at the start of a line, and what follows it.
fn mark(whole: &str) -> Option<(Mark, &str)> {
    let (mark, rest) = match whole.as_bytes().first()? {
        b'0'..=b'9' => number(whole)?,
        b'-' | b'*' => (Mark::Bullet, &whole[1..]),
        0xE2 | 0xC2 => (Mark::Bullet, whole.strip_prefix(['•', '◦', '▪', '‣', '·', '–'])?),
        _ => return None,
    };
    let apart = rest.is_empty() || rest.starts_with(char::is_whitespace) || whole.starts_with('•');
    apart.then(|| (mark, rest.trim_start()))
}

/// `12.` or `12)`; a longer number is a year that ends a sentence, not a mark.
fn number(whole: &str) -> Option<(Mark, &str)> {
    let digits = whole.bytes().take_while(u8::is_ascii_digit).count();
    let rest = whole[digits..].strip_prefix(['.', ')'])?;
    let number = whole[..digits].parse().ok().filter(|_| digits <= 3)?;
    Some((Mark::Number(number), rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mark_and_text(raw: &str) -> (Option<Mark>, &str) {
        let line = Line::read(1, raw);
        (line.mark, line.text)
    }

    #[test]
    fn bullets_and_numbers_are_marks() {
        assert_eq!(mark_and_text("  12. Tunnel reopens"), (Some(Mark::Number(12)), "Tunnel reopens"));
        assert_eq!(mark_and_text("\t• An item"), (Some(Mark::Bullet), "An item"));
        assert_eq!(mark_and_text("•An item"), (Some(Mark::Bullet), "An item"));
        assert_eq!(mark_and_text("- An item"), (Some(Mark::Bullet), "An item"));
        assert_eq!(mark_and_text("3."), (Some(Mark::Number(3)), ""));
    }

    #[test]
    fn decimals_years_and_hyphens_are_words() {
        for words in ["1.5 metres of rain", "2023. It was a year", "-5C at dawn", "*not a list", "–5C at dawn"] {
            assert_eq!(mark_and_text(words), (None, words));
        }
    }

    proptest! {
        #[test]
        fn a_line_with_plain_spaces_is_read_as_any_other(raw in "[ \t\u{a0}]{0,3}[a•. é”]{0,4}[ \r\u{a0}]{0,2}") {
            let indent = columns(&raw[..raw.len() - raw.trim_start().len()]);
            let line = Line::read(1, &raw);
            prop_assert_eq!((line.indent, line.whole), (indent, raw.trim()));
        }
    }

    #[test]
    fn tabs_and_no_break_spaces_are_indent() {
        assert_eq!(Line::read(1, "\tWords").indent, 8);
        assert_eq!(Line::read(1, "  \tWords").indent, 8);
        assert_eq!(Line::read(1, "\u{a0}\u{a0}Words ").indent, 2);
    }
}
