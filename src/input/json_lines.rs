//! Our own JSON, several live blogs in one file: one object a line, or rows that name their page.

use std::collections::HashMap;

use serde_json::value::RawValue;

use super::{Document, Error, printable};
use crate::model::keys::{Keys, Kind};

/// The live blogs in `document`, each as a document of its own: the object, or an array of the rows that name the
/// same page, wherever in the file they stand. A document of any other kind is given back as it is.
pub(super) fn split(document: Document) -> Result<Vec<Document>, Error> {
    let Some(decoded) = may_be_json(&document.bytes).then(|| document.text().ok()).flatten() else {
        return Ok(vec![document]);
    };
    let mut pages = Pages::default();
    let mut values = serde_json::Deserializer::from_str(&decoded.text).into_iter::<&RawValue>();
    loop {
        let problem = match values.next() {
            None => break,
            Some(Ok(value)) if pages.take(value.get()) => continue,
            Some(Ok(_)) => format!("neither a live blog nor an entry before byte {}", values.byte_offset()),
            Some(Err(error)) => error.to_string(),
        };
        if pages.found.is_empty() {
            return Ok(vec![document]);
        }
        return Err(Error::BrokenJson { name: printable(&document.source).into_owned(), problem });
    }
    let of = |bytes| Document { bytes, source: document.source.clone(), url: document.url.clone(), ..document };
    Ok(pages.found.into_iter().map(|page| of(page.into_bytes())).collect())
}

/// Whether a brace or bracket comes first, in whatever encoding: nearly all pages need no look beyond.
fn may_be_json(bytes: &[u8]) -> bool {
    let first = bytes.iter().find(|byte| byte.is_ascii_graphic());
    matches!(first, Some(b'{' | b'['))
}

/// The live blogs found so far.
#[derive(Default)]
struct Pages {
    found: Vec<Page>,
    /// Where in `found` the rows of a page are.
    rows: HashMap<String, usize>,
}

enum Page {
    LiveBlog(String),
    /// Rows, each behind a `[` or a comma.
    Rows(String),
}

impl Pages {
    /// Takes a value in, if it is of our own: a live blog, a row, or an array of rows.
    fn take(&mut self, value: &str) -> bool {
        if value.starts_with('[') {
            let rows: Vec<&RawValue> = serde_json::from_str(value).unwrap_or_default();
            return !rows.is_empty() && rows.into_iter().all(|row| self.take(row.get()));
        }
        let Ok(keys) = serde_json::from_str::<Keys>(value) else { return false };
        match keys.kind() {
            Some(Kind::LiveBlog | Kind::Posting) => self.found.push(Page::LiveBlog(value.to_owned())),
            // Rows that do not say of which live blog they are, are of one that is named after the file.
            Some(Kind::Row) => self.take_row(keys.page.unwrap_or_default().into_owned(), value),
            None => return false,
        }
        true
    }

    fn take_row(&mut self, page: String, row: &str) {
        let found = &mut self.found;
        let place = *self.rows.entry(page).or_insert_with(|| {
            found.push(Page::Rows(String::new()));
            found.len() - 1
        });
        if let Page::Rows(rows) = &mut found[place] {
            rows.push(if rows.is_empty() { '[' } else { ',' });
            rows.push_str(row);
        }
    }
}

impl Page {
    fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::LiveBlog(json) => json.into_bytes(),
            Self::Rows(rows) => (rows + "]").into_bytes(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split_text(text: &str) -> Result<Vec<String>, String> {
        let bytes = text.as_bytes().to_vec();
        let document = Document { source: "pages.json".into(), url: None, captured: None, modified: None, bytes };
        let documents = split(document).map_err(|error| error.to_string())?;
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
    fn other_documents_are_left_as_they_are() {
        for text in ["A page about {braces}", "[]", "{\"name\": 1}", "[1, 2]", "{ no JSON", "", " \n"] {
            assert_eq!(split_text(text), Ok(vec![text.to_owned()]), "{text}");
        }
    }

    #[test]
    fn a_file_of_our_own_that_breaks_off_is_an_error() {
        let text = "{\"version\":1,\"entries\":[]}\n{\"version\":1,\"ent";
        assert_eq!(
            split_text(text),
            Err("pages.json: broken JSON: EOF while parsing a string at line 2 column 17".to_owned())
        );
    }
}
