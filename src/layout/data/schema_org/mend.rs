//! Text that is nearly JSON, with what templates get wrong put right.

use std::borrow::Cow;

use serde_json::Value;

/// Reads the values in a script, one or several; broken ones are mended if that can be done, else there are none.
pub fn read(text: &str) -> Vec<Value> {
    if let Ok(value) = serde_json::from_str(text) {
        return vec![value];
    }
    let mended = mend(text);
    let values = serde_json::Deserializer::from_str(&mended).into_iter();
    values.collect::<Result<Vec<_>, _>>().unwrap_or_default()
}

/// The text with what templates get wrong put right: line breaks and control characters within strings, escapes that
/// JSON does not know, quotation marks within strings, commas without a value beside them, keys without one or without
/// quotation marks, strings in single ones, words for nothing, comments and semicolons, and quotation marks written as
/// `&quot;` throughout.
///
/// The parser says whether it is JSON now.
fn mend(text: &str) -> String {
    let text = without_wrapping(text);
    let text = if text.contains('"') {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.replace("&quot;", "\"").replace("&#34;", "\"").replace("&amp;", "&"))
    };
    let mut mended = String::with_capacity(text.len() + 64);
    let mut rest = &*text;
    while let Some(c) = rest.chars().next() {
        let behind = &rest[c.len_utf8()..];
        rest = match c {
            '"' | '\'' => string(behind, c, &mut mended),
            '/' if behind.starts_with(['/', '*']) => behind_comment(behind),
            ',' | '}' | ']' => {
                end_of_value(c, &mut mended);
                behind
            }
            ';' => behind,
            c if is_of_word(c) && !c.is_ascii_digit() => word(rest, &mut mended),
            c => {
                mended.push(c);
                behind
            }
        };
    }
    mended
}

/// A string from behind its first quotation mark; returns what follows it.
fn string<'a>(text: &'a str, quote: char, mended: &mut String) -> &'a str {
    mended.push('"');
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            c if c == quote && is_end(&text[at + 1..]) => {
                mended.push('"');
                return &text[at + 1..];
            }
            '"' => mended.push_str("\\\""),
            '\\' => match chars.next() {
                Some((_, c @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u'))) => mended.extend(['\\', c]),
                Some((_, c)) => mended.push(c),
                None => {}
            },
            '\n' => mended.push_str("\\n"),
            '\r' if chars.peek().is_some_and(|(_, next)| *next == '\n') => {}
            '\r' => mended.push_str("\\n"),
            '\t' => mended.push(' '),
            c if c.is_ascii_control() => {}
            c => mended.push(c),
        }
    }
    ""
}

/// Whether a quotation mark before this text ends a string: what follows can follow a key or a value, and not words.
fn is_end(behind: &str) -> bool {
    let next = behind.trim_start();
    match next.as_bytes().first() {
        None | Some(b':' | b'}' | b']' | b';') => true,
        Some(b'/') => next[1..].starts_with(['/', '*']),
        Some(b',') => {
            let next = next[1..].trim_start();
            let is_value = |word: &str| next.strip_prefix(word).is_some_and(|rest| !rest.starts_with(is_of_word));
            // A key may have no quotation marks.
            let is_key = || next.trim_start_matches(is_of_word).trim_start().starts_with(':');
            next.is_empty()
                || next.starts_with(['"', '\'', '{', '[', '}', ']', ',', '-', '/'])
                || next.starts_with(|c: char| c.is_ascii_digit())
                || ["true", "false", "null"].into_iter().any(is_value)
                || is_key()
        }
        _ => false,
    }
}

/// What follows a comment, from behind its first slash.
fn behind_comment(text: &str) -> &str {
    let end = if text.starts_with('*') { "*/" } else { "\n" };
    text[1..].split_once(end).map_or("", |(_, rest)| rest)
}

/// The end of a value or of what contains it: nothing is lacking before it, and nothing stands there twice.
fn end_of_value(c: char, mended: &mut String) {
    let end = mended.trim_end().len();
    match mended[..end].chars().next_back() {
        Some(':') => mended.push_str("null"),
        Some(',') if c != ',' => mended.truncate(end - 1),
        _ => {}
    }
    if c != ',' || !mended.trim_end().ends_with([',', '[', '{']) {
        mended.push(c);
    }
}

/// A word outside strings: a value, a key, or another language's word for nothing; returns what follows it.
fn word<'a>(text: &'a str, mended: &mut String) -> &'a str {
    let rest = text.trim_start_matches(is_of_word);
    let word = &text[..text.len() - rest.len()];
    let before = mended.trim_end();
    if rest.trim_start().starts_with(':') && before.ends_with(['{', ',']) {
        mended.extend(["\"", word, "\""]);
    } else {
        let is_nothing = matches!(word, "undefined" | "NaN" | "None" | "nil");
        let plain = match word {
            "True" => "true",
            "False" => "false",
            _ if is_nothing => "null",
            word => word,
        };
        mended.push_str(plain);
    }
    rest
}

fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '@')
}

/// The text between the first opening and the last closing bracket: around it are `<!--`, `//<![CDATA[`, `;`.
fn without_wrapping(text: &str) -> &str {
    let inside = text.split_once("<![CDATA[").and_then(|(_, rest)| Some(rest.rsplit_once("]]>")?.0));
    let text = inside.unwrap_or(text);
    let brackets = text.find(['{', '[']).zip(text.rfind(['}', ']']));
    brackets.and_then(|(start, end)| text.get(start..=end)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn mended(text: &str) -> Option<Value> {
        let values = read(text);
        assert!(values.len() < 2, "{values:?}");
        values.into_iter().next()
    }

    #[test]
    fn what_templates_get_wrong_is_put_right() {
        let expected = json!({"a": "one\ntwo", "b": ["it's", "x y"]});
        for text in [
            "{\"a\": \"one\ntwo\", \"b\": [\"it's\", \"x\ty\"]}",
            "{\"a\": \"one\r\ntwo\", \"b\": [\"it\\'s\", \"x y\",],}",
            "<!--\n{\"a\": \"one\\ntwo\", \"b\": [\"it's\", \"x \u{1}y\"]}\n-->",
            "//<![CDATA[\n{\"a\": \"one\\ntwo\", \"b\": [\"it's\", \"x y\"]};\n//]]>",
            "{&quot;a&quot;: &quot;one\ntwo&quot;, &quot;b&quot;: [&quot;it's&quot;, &quot;x y&quot;]}",
        ] {
            assert_eq!(mended(text), Some(expected.clone()), "{text}");
        }
    }

    #[test]
    fn what_a_loop_or_a_field_left_empty_is_put_right() {
        let expected = json!({"a": null, "b": [{"c": null}, 1]});
        assert_eq!(mended("{\"a\": , \"b\": [, {\"c\": },, 1 , ,],}"), Some(expected));
    }

    #[test]
    fn what_is_json_keeps_its_meaning() {
        let text = r#"[{"a": "},] \" \\", "b": "C:\\x"}, [[1]]]"#;
        assert_eq!(mended(text), serde_json::from_str(text).ok());
    }

    #[test]
    fn half_of_it_stays_broken() {
        assert_eq!(mended("{\"a\": [{\"b\": \"c\"}, {\"d\": "), None);
        assert_eq!(mended(""), None);
    }

    #[test]
    fn quotation_marks_within_strings_are_known_by_what_follows_them() {
        let expected = json!({"a": "He said \"no\", and \"yes\".", "b": "it's"});
        assert_eq!(mended(r#"{"a": "He said "no", and "yes".", "b": "it's"}"#), Some(expected));
    }

    #[test]
    fn what_scripts_write_is_put_right() {
        let expected = json!({"a": "one // two", "b": [1.5e3, null, true], "@c": {"d": "it's \"d\""}});
        for text in [
            "{\"a\": \"one // two\", // a remark, \"with\" marks\n\"b\": [1.5e3, /* none */ null, true], \"@c\": {\"d\": \"it's \\\"d\\\"\"}}",
            "{a: \"one // two\", b: [1.5e3, undefined, True,], '@c': {d: 'it\\'s \"d\"'}};",
        ] {
            assert_eq!(mended(text), Some(expected.clone()), "{text}");
        }
    }

    #[test]
    fn a_script_may_contain_several_values() {
        assert_eq!(read("{\"a\": 1}\n{\"b\": 2};\n[3]"), [json!({"a": 1}), json!({"b": 2}), json!([3])]);
    }
}
