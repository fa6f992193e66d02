//! Several live blogs in one document: one object a line, or rows that name their page.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::value::RawValue;

use super::OwnJsonError;
use super::keys::{Keys, Object};
use crate::input::Document;

/// Splits a document of our own JSON into its live blogs, each a document that [`parse`](crate::parse) reads: an object,
/// or the rows of one live blog, wherever in the document they are. Returns any other document as it is.
///
/// A compressed document is decompressed, if it is ours; it may then have at most `max_bytes`.
///
/// Rows belong to one live blog if their `page`, `page_title` and `page_url` are the same: two files of one name in two
/// directories stay two live blogs.
///
/// # Errors
///
/// [`OwnJsonError::Broken`] if the document begins as our JSON, and goes on as something else.
///
/// ```
/// use liveblog::input::MAX_BYTES;
/// use liveblog::{Document, split};
///
/// let lines = "{\"version\":1,\"entries\":[]}\n{\"version\":1,\"entries\":[]}\n";
/// assert_eq!(split(Document::from_text("all.jsonl", lines), MAX_BYTES)?.len(), 2);
/// assert_eq!(split(Document::from_text("page.txt", "12:00 A page of text"), MAX_BYTES)?.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn split(document: Document, max_bytes: u64) -> Result<Vec<Document>, OwnJsonError> {
    let Some(parts) = live_blogs(&document, max_bytes)? else { return Ok(vec![document]) };
    let part = |json: String| Document {
        bytes: json.into_bytes(),
        source: document.source.clone(),
        url: document.url.clone(),
        ..document
    };
    Ok(parts.into_iter().map(part).collect())
}

/// The live blogs in a document, each as JSON; `None` if there are none.
fn live_blogs(document: &Document, max_bytes: u64) -> Result<Option<Vec<String>>, OwnJsonError> {
    if !begins_as_json(&document.beginning()) {
        return Ok(None);
    }
    // A container that cannot be opened is reported where the document is parsed.
    let Ok(unpacked) = document.unpack(max_bytes) else { return Ok(None) };
    json_text(&unpacked.document).map_or(Ok(None), |text| parts(&text))
}

/// Whether a brace or bracket comes first, in whatever encoding: nearly all pages need no look beyond.
fn begins_as_json(bytes: &[u8]) -> bool {
    bytes.iter().find(|byte| byte.is_ascii_graphic()).is_some_and(|first| matches!(first, b'{' | b'['))
}

/// The document's text, if it begins as JSON. UTF-8 is taken as such whatever encoding the texts in it mention.
pub(super) fn json_text(document: &Document) -> Option<Cow<'_, str>> {
    let bytes = &document.bytes;
    if !begins_as_json(bytes) {
        return None;
    }
    match std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)) {
        Ok(text) => Some(text.into()),
        Err(_) => Some(document.text().ok()?.text),
    }
}

/// The live blogs in a text, each as JSON; `None` if there are none.
pub(super) fn parts(text: &str) -> Result<Option<Vec<String>>, OwnJsonError> {
    let mut pages = Pages::default();
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    loop {
        let problem = match values.next() {
            None => break,
            Some(Ok(value)) if pages.add(value.get()) => continue,
            Some(Ok(_)) => format!("neither a live blog nor an entry before byte {}", values.byte_offset()),
            Some(Err(error)) => error.to_string(),
        };
        return if pages.found.is_empty() { Ok(None) } else { Err(OwnJsonError::Broken(problem)) };
    }
    Ok((!pages.found.is_empty()).then(|| pages.found.into_iter().map(Page::into_json).collect()))
}

/// The live blogs found so far.
#[derive(Default)]
struct Pages {
    found: Vec<Page>,
    /// The positions in `found` of the rows of each live blog.
    rows: HashMap<[String; 3], usize>,
}

enum Page {
    LiveBlog(String),
    /// Rows, each behind a `[` or a comma.
    Rows(String),
}

impl Pages {
    /// Adds a value, if it is our own: a live blog, a row, or an array of rows.
    fn add(&mut self, value: &str) -> bool {
        if value.starts_with('[') {
            let rows: Vec<&RawValue> = serde_json::from_str(value).unwrap_or_default();
            return !rows.is_empty() && rows.into_iter().all(|row| self.add(row.get()));
        }
        let Ok(keys) = serde_json::from_str::<Keys>(value) else { return false };
        match keys.object() {
            Some(Object::LiveBlog | Object::Posting) => self.found.push(Page::LiveBlog(value.to_owned())),
            Some(Object::Row) => self.add_row(keys.live_blog().map(str::to_owned), value),
            None => return false,
        }
        true
    }

    fn add_row(&mut self, live_blog: [String; 3], row: &str) {
        let found = &mut self.found;
        let position = *self.rows.entry(live_blog).or_insert_with(|| {
            found.push(Page::Rows(String::new()));
            found.len() - 1
        });
        if let Page::Rows(rows) = &mut found[position] {
            rows.push(if rows.is_empty() { '[' } else { ',' });
            rows.push_str(row);
        }
    }
}

impl Page {
    fn into_json(self) -> String {
        match self {
            Self::LiveBlog(json) => json,
            Self::Rows(rows) => rows + "]",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::MAX_BYTES;

    fn split_text(text: &str) -> Result<Vec<String>, String> {
        let bytes = text.as_bytes().to_vec();
        let document = Document { source: "pages.json".into(), url: None, captured: None, modified: None, bytes };
        let documents = split(document, MAX_BYTES).map_err(|error| error.to_string())?;
        Ok(documents.into_iter().map(|document| String::from_utf8(document.bytes).unwrap()).collect())
    }

    #[test]
    fn live_blogs_one_a_line_are_documents_of_their_own() {
        let text = "{\"version\":1,\"entries\":[]}\n{\"version\":1,\"entries\":[{}]}\n";
        let expected = ["{\"version\":1,\"entries\":[]}", "{\"version\":1,\"entries\":[{}]}"].map(str::to_owned);
        assert_eq!(split_text(text), Ok(expected.to_vec()));
    }

    #[test]
    fn rows_are_gathered_by_their_page_wherever_they_stand() {
        let row = |page: &str, id: &str| format!("{{\"page\":\"{page}\",\"id\":\"{id}\"}}");
        let expected =
            vec![format!("[{},{}]", row("flood", "1"), row("flood", "3")), format!("[{}]", row("storm", "2"))];
        let rows = [row("flood", "1"), row("storm", "2"), row("flood", "3")];
        assert_eq!(split_text(&rows.join("\n")), Ok(expected.clone()));
        assert_eq!(split_text(&format!("[{}]", rows.join(",\n"))), Ok(expected));
    }

    #[test]
    fn rows_of_two_live_blogs_with_one_page_are_kept_apart_by_title_and_address() {
        let row = |url: &str, id: &str| {
            format!("{{\"page\":\"index\",\"page_title\":\"Live\",\"page_url\":\"{url}\",\"id\":\"{id}\"}}")
        };
        let rows = [row("a", "1"), row("b", "2"), row("a", "3")];
        let expected = vec![format!("[{},{}]", rows[0], rows[2]), format!("[{}]", rows[1])];
        assert_eq!(split_text(&rows.join("\n")), Ok(expected));
    }

    #[test]
    fn other_documents_are_left_as_they_are() {
        for text in ["A page about {braces}", "[]", "{\"name\": 1}", "[1, 2]", "{ no JSON", "", " \n"] {
            assert_eq!(split_text(text), Ok(vec![text.to_owned()]), "{text}");
        }
    }

    #[test]
    fn a_file_of_our_own_that_breaks_off_is_an_error() {
        let text = "{\"version\":1,\"entries\":[]}\n{\"version\":1,\"ent";
        assert_eq!(split_text(text), Err("broken JSON: EOF while parsing a string at line 2 column 17".to_owned()));
    }
}
