//! Text in Markdown, its special characters escaped with a backslash.

use crate::output::markup::Piece;

/// The text on one line of Markdown, its special characters escaped. Markdown knows no other blanks than one space between
/// words.
///
/// ```
/// assert_eq!(liveblog::output::markdown_safe("*One*\n[two]"), r"\*One\* \[two\]");
/// ```
pub fn markdown_safe(text: &str) -> String {
    let text = one_line(text);
    let mut line = String::with_capacity(text.len());
    let start = at_start(&text);
    for (position, c) in text.char_indices() {
        let is_mark = start == Some(position) || is_mark(&text, position, c);
        line.extend(is_mark.then_some('\\'));
        line.push(c);
    }
    line
}

/// The lines of a text, without blank ones.
pub(super) fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim().is_empty())
}

/// Pieces of a text on one line, those with an address as links.
pub(super) fn linked_line(pieces: &[Piece]) -> String {
    let mut line = String::new();
    for (words, url) in pieces {
        let (before, after) = (words.starts_with(is_blank), words.ends_with(is_blank));
        let words = markdown_safe(words);
        line.extend((before && !line.is_empty() && !line.ends_with(' ')).then_some(' '));
        match url {
            Some(url) if !words.is_empty() => line += &format!("[{words}]({})", destination(url)),
            _ => line += &words,
        }
        line.extend((after && !line.is_empty() && !line.ends_with(' ')).then_some(' '));
    }
    line.trim_end_matches(' ').to_owned()
}

/// An address where Markdown expects one.
pub(super) fn destination(url: &str) -> String {
    url.chars().fold(String::with_capacity(url.len()), |mut address, c| {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '\\' | '&' if c != '&' || url.contains(';') => {
                address += &format!("%{:02X}", c as u32);
            }
            c if c.is_control() => {}
            c => address.push(c),
        }
        address
    })
}

fn is_blank(c: char) -> bool {
    c.is_ascii_whitespace() || c.is_control()
}

fn one_line(text: &str) -> String {
    text.split(is_blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Where a line needs a backslash because it would begin a heading, a quote, a list, a rule or a table.
fn at_start(line: &str) -> Option<usize> {
    if line.starts_with(['#', '>', '-', '+', '=', '|', ':']) {
        return Some(0);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    line[digits..].starts_with(['.', ')']).then_some(digits).filter(|digits| *digits > 0)
}

/// Whether a character is special at any position.
fn is_mark(line: &str, position: usize, c: char) -> bool {
    let after = &line[position + c.len_utf8()..];
    match c {
        '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '|' => true,
        // `snake_case` is no emphasis.
        '_' => {
            let before = line[..position].chars().next_back();
            !(before.is_some_and(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric))
        }
        // Two are a formula to some, or raise what is between them.
        '$' | '^' => line.chars().filter(|other| *other == c).count() > 1,
        // Headings may end in them.
        '#' => after.trim_start_matches('#').is_empty(),
        '&' => {
            let name = after.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
            name.len() < after.len() && name.starts_with(';')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;

    /// The text that a reader of Markdown sees, if it is plain text in one block.
    fn seen(markdown: &str) -> Option<String> {
        let mut seen = String::new();
        for (index, event) in Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION).enumerate()
        {
            match event {
                Event::Text(text) => seen += &text,
                Event::Start(Tag::Paragraph | Tag::Heading { .. }) if index == 0 => {}
                Event::End(_) => {}
                _ => return None,
            }
        }
        Some(seen)
    }

    #[test]
    fn ordinary_words_stay_as_they_are() {
        for text in ["Tunnel reopens: “all clear”", "@ada_example, R&D – 5 > 3", "14:27. Gates (north) 100%!"] {
            assert_eq!(markdown_safe(text), text);
        }
    }

    #[test]
    fn marks_are_shown_as_they_are() {
        assert_eq!(
            markdown_safe("*Not* [a](link) <b> `c` &amp; ~d~"),
            "\\*Not\\* \\[a\\](link) \\<b> \\`c\\` \\&amp; \\~d\\~"
        );
        assert_eq!(markdown_safe("# One"), "\\# One");
        assert_eq!(markdown_safe("1. One"), "1\\. One");
        assert_eq!(markdown_safe("- One\n- Two"), "\\- One - Two");
    }

    #[test]
    fn links_keep_the_blanks_around_them() {
        let pieces = [("See ", None), ("the *map*", Some("https://example.org/a (b)")), (", ", None), ("now", None)];
        assert_eq!(linked_line(&pieces), "See [the \\*map\\*](https://example.org/a%20%28b%29), now");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn whatever_a_page_says_is_seen_as_it_is(text in "[a-c1-2 #>+=|:\\-_*`~\\[\\]()<&;.!\\\\éß/$^]{1,24}") {
            let line = markdown_safe(&text);
            prop_assume!(!line.is_empty());
            prop_assert_eq!(seen(&line), Some(one_line(&text)), "{}", line);
            prop_assert_eq!(seen(&format!("# {line}")), Some(one_line(&text)), "# {}", line);
        }
    }
}
