//! Names of inputs as they are printed.

use std::borrow::Cow;

/// The name of a file or of a page on one line, its line ends and other control characters escaped: with them, a name
/// could look like messages of the program.
///
/// ```
/// use liveblog::input::printable;
///
/// assert_eq!(printable("flood.txt\nkept in archive.db"), r"flood.txt\nkept in archive.db");
/// ```
pub fn printable(name: &str) -> Cow<'_, str> {
    let is_unsafe = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if !name.contains(is_unsafe) {
        return name.into();
    }
    let escape = |c: char| if is_unsafe(c) { c.escape_default().to_string() } else { c.to_string() };
    name.chars().map(escape).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped_and_the_rest_stays() {
        assert_eq!(printable("a\r\nb\tc\u{1b}[1m\u{85}\u{2028}"), r"a\r\nb\tc\u{1b}[1m\u{85}\u{2028}");
        assert!(matches!(printable("C:\\Zwölf Äpfel.txt"), Cow::Borrowed(_)));
    }
}
