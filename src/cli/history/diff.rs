//! A difference in a line: what was taken out and put in, with a few words around.

use anstyle::{AnsiColor, Style};
use liveblog::archive::Piece;
use liveblog::output::terminal_safe;

/// How many words stand around a difference.
const AROUND: usize = 5;

/// Pieces in a line: `It is [-shut-] {+open+} for the night …`; in colour, the marks are left to it.
pub fn words(pieces: &[Piece], color: bool) -> String {
    let last = pieces.len().saturating_sub(1);
    let words = pieces.iter().enumerate().map(|(index, piece)| match piece {
        Piece::Kept(words) => around(words, index > 0, index < last),
        Piece::Removed(words) => marked(words, ("[-", "-]"), AnsiColor::Red.on_default().strikethrough(), color),
        Piece::Added(words) => marked(words, ("{+", "+}"), AnsiColor::Green.on_default(), color),
    });
    words.collect::<Vec<_>>().join(" ")
}

fn marked(words: &str, (open, close): (&str, &str), style: Style, color: bool) -> String {
    let words = terminal_safe(&one_line(words)).into_owned();
    if color { format!("{style}{words}{style:#}") } else { format!("{open}{words}{close}") }
}

/// The words of a long piece that stand beside a difference: behind one, or before one.
fn around(words: &str, behind: bool, before: bool) -> String {
    let words: Vec<_> = words.split_whitespace().collect();
    let (start, end) = (if behind { AROUND } else { 0 }, if before { AROUND } else { 0 });
    let words = if words.len() > start + end + 1 {
        let (start, end) = (&words[..start], &words[words.len() - end..]);
        [start, &["…"], end].concat().join(" ")
    } else {
        words.join(" ")
    };
    terminal_safe(&words).into_owned()
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces() -> [Piece; 4] {
        [
            Piece::Kept("One two three four five six seven".to_owned()),
            Piece::Removed("eight\nnine".to_owned()),
            Piece::Added("ten".to_owned()),
            Piece::Kept("eleven twelve".to_owned()),
        ]
    }

    #[test]
    fn a_difference_is_marked_and_stands_among_a_few_words() {
        assert_eq!(words(&pieces(), false), "… three four five six seven [-eight nine-] {+ten+} eleven twelve");
    }

    #[test]
    fn in_colour_no_marks_are_needed() {
        assert_eq!(words(&pieces()[1..3], true), "\u{1b}[9m\u{1b}[31meight nine\u{1b}[0m \u{1b}[32mten\u{1b}[0m");
    }

    #[test]
    fn between_two_differences_stand_the_words_beside_each() {
        let kept = Piece::Kept("a b c d e f g h i j k l".to_owned());
        let pieces = [Piece::Added("one".to_owned()), kept, Piece::Added("two".to_owned())];
        assert_eq!(words(&pieces, false), "{+one+} a b c d e … h i j k l {+two+}");
    }
}
