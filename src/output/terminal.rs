//! Words from a page, made safe for a terminal.

use std::borrow::Cow;

/// The text without escape sequences, control characters, and marks that turn the direction of writing: with them, a
/// page could recolour the terminal, rename its window, or make words read as others. Line ends stay, a tab becomes a
/// space.
///
/// ```
/// assert_eq!(liveblog::output::terminal_safe("a\tred \u{1b}[31malert"), "a red alert");
/// ```
pub fn terminal_safe(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| c != '\n' && is_unsafe(c)) {
        return text.into();
    }
    // Line ends and tabs are handled below: the stripping keeps both.
    let text = anstream::adapter::strip_str(text).to_string();
    text.chars()
        .filter_map(|c| match c {
            '\n' => Some('\n'),
            '\t' => Some(' '),
            _ => (!is_unsafe(c)).then_some(c),
        })
        .collect::<String>()
        .into()
}

fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_text_is_borrowed() {
        assert!(matches!(terminal_safe("Zwölf\nÄpfel 🍏"), Cow::Borrowed(_)));
    }

    #[test]
    fn sequences_go_as_a_whole() {
        assert_eq!(
            terminal_safe("\u{1b}[1;31mred\u{1b}[0m \u{1b}]8;;https://example.org\u{7}link\u{1b}]8;;\u{7}"),
            "red link"
        );
    }

    #[test]
    fn control_characters_go_but_line_ends() {
        assert_eq!(terminal_safe("one\r\ntwo\u{8}\u{0}\u{85}\n\u{202e}three"), "one\ntwo\nthree");
    }
}
