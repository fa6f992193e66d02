//! Words from a page, made safe for a terminal.

use std::borrow::Cow;

/// The text without escape sequences, control characters, invisible characters, and marks that turn the direction of
/// writing: with them, a page could recolour the terminal, rename its window, forge a line, or make words read as others.
/// Line ends stay; tabs and the separators U+2028 and U+2029 become spaces.
///
/// ```
/// assert_eq!(liveblog::output::terminal_safe("a\tred \u{1b}[31malert"), "a red alert");
/// ```
pub fn terminal_safe(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| c != '\n' && is_unsafe(c)) {
        return text.into();
    }
    let text = anstream::adapter::strip_str(text).to_string();
    let mut safe = String::with_capacity(text.len());
    // Tag characters after a black flag spell its region: the flags of England, Scotland and Wales.
    let mut is_flag = false;
    for c in text.chars() {
        let is_tag = ('\u{e0020}'..='\u{e007f}').contains(&c);
        is_flag = c == '\u{1f3f4}' || is_flag && is_tag;
        match c {
            '\t' | '\u{2028}' | '\u{2029}' => safe.push(' '),
            '\n' => safe.push(c),
            _ if !is_unsafe(c) || is_tag && is_flag => safe.push(c),
            _ => {}
        }
    }
    safe.into()
}

fn is_unsafe(c: char) -> bool {
    let is_invisible = matches!(c, '\u{ad}' | '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{e0000}'..='\u{e007f}');
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || is_invisible || turns
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

    #[test]
    fn invisible_characters_go_but_the_tags_of_a_flag() {
        assert_eq!(terminal_safe("one\u{2028}kept in x\u{feff}, so\u{ad}lo\u{e0041}"), "one kept in x, solo");
        let wales = "\u{1f3f4}\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f} Wales";
        assert_eq!(terminal_safe(wales), wales);
    }
}
