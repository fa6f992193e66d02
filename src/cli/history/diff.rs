//! A difference in one line: the removed and added words, with a few words of context.

use anstyle::{AnsiColor, Style};
use liveblog::archive::Piece;
use liveblog::output::terminal_safe;

/// How many words of context are shown on each side of a difference.
const CONTEXT: usize = 5;

/// The pieces in one line: `It is [-shut-] {+open+} for the night …`; in colour, without the marks.
pub fn highlight(pieces: &[Piece], color: bool) -> String {
    let last = pieces.len().saturating_sub(1);
    let words = pieces.iter().enumerate().map(|(index, piece)| match piece {
        Piece::Kept(words) => shorten(words, index > 0, index < last),
        Piece::Removed(words) => mark(words, ("[-", "-]"), AnsiColor::Red.on_default().strikethrough(), color),
        Piece::Added(words) => mark(words, ("{+", "+}"), AnsiColor::Green.on_default(), color),
    });
    words.collect::<Vec<_>>().join(" ")
}

fn mark(words: &str, (open, close): (&str, &str), style: Style, color: bool) -> String {
    let words = terminal_safe(&one_line(words)).into_owned();
    if color { format!("{style}{words}{style:#}") } else { format!("{open}{words}{close}") }
}

/// The words of a long piece that are next to a difference, before or after it.
fn shorten(words: &str, behind: bool, before: bool) -> String {
    let words: Vec<_> = words.split_whitespace().collect();
    let (start, end) = (if behind { CONTEXT } else { 0 }, if before { CONTEXT } else { 0 });
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
    fn a_difference_is_marked_and_has_a_few_words_of_context() {
        assert_eq!(highlight(&pieces(), false), "… three four five six seven [-eight nine-] {+ten+} eleven twelve");
    }

    #[test]
    fn in_colour_there_are_no_marks() {
        assert_eq!(highlight(&pieces()[1..3], true), "\u{1b}[9m\u{1b}[31meight nine\u{1b}[0m \u{1b}[32mten\u{1b}[0m");
    }

    #[test]
    fn between_two_differences_the_words_next_to_each_are_shown() {
        let kept = Piece::Kept("a b c d e f g h i j k l".to_owned());
        let pieces = [Piece::Added("one".to_owned()), kept, Piece::Added("two".to_owned())];
        assert_eq!(highlight(&pieces, false), "{+one+} a b c d e … h i j k l {+two+}");
    }
}
