//! JSON that is nearly JSON, as templates write it.

/// The text with what templates get wrong put right: line breaks and control characters within strings, escapes that
/// JSON does not know, commas without a value beside them, keys without one, comments and semicolons around it all, and
/// quotation marks written as `&quot;` throughout.
///
/// Whether it is JSON now, its parser says. A quotation mark within a string cannot be told from the string's end, and
/// is left as it is.
pub fn mend(text: &str) -> String {
    let text = without_wrapping(text);
    let unescaped = if text.contains('"') { None } else { Some(text.replace("&quot;", "\"").replace("&amp;", "&")) };
    let text = unescaped.as_deref().unwrap_or(text);
    let mut mended = String::with_capacity(text.len() + 64);
    let mut chars = text.chars().peekable();
    let mut in_string = false;
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                in_string = !in_string;
                mended.push(c);
            }
            '\\' if in_string => match chars.next() {
                Some(c @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => mended.extend(['\\', c]),
                Some(c) => mended.push(c),
                None => {}
            },
            '\n' if in_string => mended.push_str("\\n"),
            '\r' if in_string => {
                if chars.peek() != Some(&'\n') {
                    mended.push_str("\\n");
                }
            }
            '\t' if in_string => mended.push(' '),
            c if in_string && c.is_ascii_control() => {}
            ',' | '}' | ']' if !in_string => {
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
            c => mended.push(c),
        }
    }
    mended
}

/// The text between the first opening and the last closing bracket: around it stand `<!--`, `//<![CDATA[`, `;`.
fn without_wrapping(text: &str) -> &str {
    let inside = text.split_once("<![CDATA[").and_then(|(_, rest)| Some(rest.rsplit_once("]]>")?.0));
    let text = inside.unwrap_or(text);
    let brackets = text.find(['{', '[']).zip(text.rfind(['}', ']']));
    brackets.and_then(|(start, end)| text.get(start..=end)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<serde_json::Value> {
        serde_json::from_str(&mend(text)).ok()
    }

    #[test]
    fn what_templates_get_wrong_is_put_right() {
        let expected = serde_json::json!({"a": "one\ntwo", "b": ["it's", "x y"]});
        for text in [
            "{\"a\": \"one\ntwo\", \"b\": [\"it's\", \"x\ty\"]}",
            "{\"a\": \"one\r\ntwo\", \"b\": [\"it\\'s\", \"x y\",],}",
            "<!--\n{\"a\": \"one\\ntwo\", \"b\": [\"it's\", \"x \u{1}y\"]}\n-->",
            "//<![CDATA[\n{\"a\": \"one\\ntwo\", \"b\": [\"it's\", \"x y\"]};\n//]]>",
            "{&quot;a&quot;: &quot;one\ntwo&quot;, &quot;b&quot;: [&quot;it's&quot;, &quot;x y&quot;]}",
        ] {
            assert_eq!(read(text), Some(expected.clone()), "{text}");
        }
    }

    #[test]
    fn what_a_loop_or_a_field_left_empty_is_put_right() {
        let expected = serde_json::json!({"a": null, "b": [{"c": null}, 1]});
        assert_eq!(read("{\"a\": , \"b\": [, {\"c\": },, 1 , ,],}"), Some(expected));
    }

    #[test]
    fn what_is_json_keeps_its_meaning() {
        let text = r#"[{"a": "},] \" \\", "b": "C:\\x"}, [[1]]]"#;
        assert_eq!(read(text), serde_json::from_str(text).ok());
    }

    #[test]
    fn half_of_it_stays_broken() {
        assert_eq!(read("{\"a\": [{\"b\": \"c\"}, {\"d\": "), None);
        assert_eq!(read(""), None);
    }
}
