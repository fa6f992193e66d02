//! A user's words as an expression of full-text search.

/// The deepest nesting of brackets: FTS5 refuses more. Brackets further in are left out.
const MAX_DEPTH: usize = 8;

/// What begins and ends a phrase.
const QUOTES: [char; 4] = ['"', '“', '”', '„'];

/// A user's words as an expression of FTS5; an empty string, which finds nothing, where there is no word.
///
/// ```text
/// pumps failed               both words, anywhere
/// "pumps failed"             the words side by side
/// pump*                      words that begin so
/// tunnel OR ferry            either
/// tunnel NOT (fire OR fair)  the one without the others
/// ```
///
/// Any input is valid. Every word becomes a string of FTS5, so that nothing in it is syntax. A quote, a bracket or an
/// operator without a partner is part of a word, or a word like any other.
pub(super) fn fts_expression(words: &str) -> String {
    let tokens = remove_unpaired(tokens(words));
    either(&mut tokens.as_slice()).unwrap_or_else(|| string("", false))
}

/// The words and phrases that must occur, or of which one must, without those that must not.
pub(super) fn wanted_words(words: &str) -> Vec<&str> {
    let tokens = tokens(words);
    let before = [None].into_iter().chain(tokens.iter().map(Some));
    let wanted = before.zip(&tokens).filter_map(|(before, token)| match (before, token) {
        (Some(Not), _) => None,
        (_, Words { text, .. }) => Some(*text),
        _ => None,
    });
    wanted.collect()
}

/// A part of a user's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'w> {
    /// A word or a phrase, and whether more letters may follow its last.
    Words {
        text: &'w str,
        prefix: bool,
    },
    And,
    Or,
    Not,
    Open,
    Close,
}

use Token::{And, Close, Not, Open, Or, Words};

fn tokens(words: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = words.trim_start();
    while let Some(first) = rest.chars().next() {
        let behind = &rest[first.len_utf8()..];
        rest = match (first, behind.split_once(QUOTES)) {
            ('(', _) => {
                tokens.push(Open);
                behind
            }
            (')', _) => {
                tokens.push(Close);
                behind
            }
            (quote, Some((phrase, behind))) if QUOTES.contains(&quote) => {
                let more = behind.strip_prefix('*');
                tokens.extend(text(phrase, more.is_some()));
                more.unwrap_or(behind)
            }
            _ => {
                let end = rest.find(|c: char| c.is_whitespace() || c == ')').unwrap_or(rest.len());
                let (word, behind) = rest.split_at(end);
                tokens.extend(operator(word).or_else(|| text(word, false)));
                behind
            }
        };
        rest = rest.trim_start();
    }
    tokens
}

/// Operators are in capitals: `and`, `or` and `not` are words of pages.
fn operator(word: &str) -> Option<Token<'_>> {
    [("AND", And), ("OR", Or), ("NOT", Not)].into_iter().find_map(|(name, token)| (name == word).then_some(token))
}

/// A token for a text that can be searched; the index has letters and digits only.
fn text(text: &str, prefix: bool) -> Option<Token<'_>> {
    let prefix = prefix || text.ends_with('*');
    text.contains(char::is_alphanumeric).then_some(Words { text, prefix })
}

/// Removes brackets that have no partner, have no words between them, or are nested too deeply.
fn remove_unpaired(mut tokens: Vec<Token>) -> Vec<Token> {
    let mut keep: Vec<_> = tokens.iter().map(|token| !matches!(token, Open | Close)).collect();
    let mut open = Vec::new();
    for (place, token) in tokens.iter().enumerate() {
        match token {
            Open => open.push(place),
            Close => {
                let Some(partner) = open.pop() else { continue };
                let has_words = tokens[partner..place].iter().any(|token| matches!(token, Words { .. }));
                keep[partner] = has_words && open.len() < MAX_DEPTH;
                keep[place] = keep[partner];
            }
            _ => {}
        }
    }
    let mut keep = keep.into_iter();
    tokens.retain(|_| keep.next() == Some(true));
    tokens
}

/// `all OR all …`
fn either(rest: &mut &[Token]) -> Option<String> {
    let mut terms = vec![all(rest)?];
    while let [Or, behind @ ..] = *rest {
        *rest = behind;
        terms.extend(all(rest));
    }
    Some(join(terms, " OR "))
}

/// `except except …`, perhaps with `AND` between them
fn all(rest: &mut &[Token]) -> Option<String> {
    let mut terms = vec![except(rest)?];
    loop {
        match *rest {
            [] | [Close, ..] => break,
            [Or, behind @ ..] if is_term(behind) => break,
            [And, behind @ ..] if is_term(behind) => *rest = behind,
            _ => {}
        }
        terms.extend(except(rest));
    }
    Some(join(terms, " AND "))
}

/// `term NOT term …`, perhaps with `AND` before `NOT`
fn except(rest: &mut &[Token]) -> Option<String> {
    let wanted = term(rest)?;
    let mut unwanted = Vec::new();
    while let [Not, behind @ ..] | [And, Not, behind @ ..] = *rest
        && is_term(behind)
    {
        *rest = behind;
        unwanted.extend(term(rest));
    }
    Some(if unwanted.is_empty() { wanted } else { format!("({wanted} NOT {})", join(unwanted, " OR ")) })
}

/// Whether that begins with something to join.
fn is_term(rest: &[Token]) -> bool {
    matches!(rest, [Words { .. } | Open, ..])
}

/// A word, a phrase or a group. An operator with nothing to join is a word.
fn term(rest: &mut &[Token]) -> Option<String> {
    let (first, behind) = rest.split_first()?;
    *rest = behind;
    match first {
        Words { text, prefix } => Some(string(text, *prefix)),
        And => Some(string("AND", false)),
        Or => Some(string("OR", false)),
        Not => Some(string("NOT", false)),
        Open => {
            let group = either(rest);
            *rest = rest.strip_prefix(&[Close]).unwrap_or(rest);
            group
        }
        Close => None,
    }
}

fn join(terms: Vec<String>, by: &str) -> String {
    if terms.len() == 1 { terms.concat() } else { format!("({})", terms.join(by)) }
}

/// A string of FTS5, which splits it into words as it splits the texts. A NUL would end SQLite's text.
fn string(text: &str, prefix: bool) -> String {
    format!("\"{}\"{}", text.replace(['"', '\0'], " "), if prefix { "*" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_words_must_occur() {
        assert_eq!(fts_expression("pumps failed"), r#"("pumps" AND "failed")"#);
        assert_eq!(fts_expression("pumps AND failed"), r#"("pumps" AND "failed")"#);
        assert_eq!(fts_expression("  Fouché "), r#""Fouché""#);
    }

    #[test]
    fn quotes_make_phrases_and_stars_prefixes() {
        assert_eq!(fts_expression(r#""pumps failed" at"#), r#"("pumps failed" AND "at")"#);
        assert_eq!(fts_expression("“pumps failed”"), r#""pumps failed""#);
        assert_eq!(
            fts_expression(r#"pump* "the pumps fai*" "the gate"*"#),
            r#"("pump*"* AND "the pumps fai*"* AND "the gate"*)"#
        );
    }

    #[test]
    fn operators_bind_as_they_do_in_fts5() {
        assert_eq!(fts_expression("a b OR c NOT d"), r#"(("a" AND "b") OR ("c" NOT "d"))"#);
        assert_eq!(fts_expression("a (b OR c) NOT d NOT e"), r#"("a" AND (("b" OR "c") NOT ("d" OR "e")))"#);
        assert_eq!(fts_expression("a AND NOT (b c)"), r#"("a" NOT ("b" AND "c"))"#);
    }

    #[test]
    fn what_is_no_operator_is_a_word() {
        assert_eq!(fts_expression("rock and roll"), r#"("rock" AND "and" AND "roll")"#);
        assert_eq!(fts_expression("NOT a"), r#"("NOT" AND "a")"#);
        assert_eq!(fts_expression("a OR"), r#"("a" AND "OR")"#);
        assert_eq!(fts_expression("a OR OR b"), r#"(("a" AND "OR") OR "b")"#);
        assert_eq!(fts_expression("OR"), r#""OR""#);
        assert_eq!(fts_expression("title:flood NEAR(a ^b"), r#"("title:flood" AND "NEAR(a" AND "^b")"#);
    }

    #[test]
    fn a_stray_quote_or_bracket_is_part_of_a_word_or_nothing() {
        assert_eq!(fts_expression(r#"a 5" pipe"#), r#"("a" AND "5 " AND "pipe")"#);
        assert_eq!(fts_expression(r#""pumps failed"#), r#"(" pumps" AND "failed")"#);
        assert_eq!(fts_expression(") a ( ) (b"), r#"("a" AND "b")"#);
        assert_eq!(fts_expression("a - & b"), r#"("a" AND "b")"#);
        assert_eq!(fts_expression("a\0b"), r#""a b""#);
    }

    #[test]
    fn without_a_word_nothing_is_looked_for() {
        for words in ["", " ", "\"", "\"\"", "* ()", "!?"] {
            assert_eq!(fts_expression(words), r#""""#, "{words}");
        }
    }

    #[test]
    fn groups_may_be_as_deep_as_they_like() {
        let deep = format!("{}a{} b", "(".repeat(1000), ")".repeat(1000));
        assert_eq!(fts_expression(&deep), r#"("a" AND "b")"#);
    }
}
