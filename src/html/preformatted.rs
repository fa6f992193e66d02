//! The document that browsers make of a text file, and save in place of it.
//!
//! ```html
//! <html><head><meta name="color-scheme" content="light dark"></head>
//! <body><pre style="word-wrap: break-word; white-space: pre-wrap;">Summary
//!
//!   1. Tunnel reopens
//! </pre></body></html>
//! ```

use scraper::ElementRef;

use super::bounded;

/// How far from its beginning a document has the element that shows the text.
const BEGINNING: usize = 4096;

/// The text of a document of which all words are in one element that keeps line ends and spaces.
pub fn preformatted_text(html: &str) -> Option<String> {
    let beginning = &html.as_bytes()[..html.len().min(BEGINNING)];
    // Nearly all pages end here, before they are read twice.
    let body = memchr::memmem::find(beginning, b"<pre")?;
    if !is_wordless_between_tags(&html[..body]) {
        return None;
    }
    let document = bounded::document(html).html;
    let body = children(document.root_element()).find(|element| element.value().name() == "body")?;
    let shown = children(body).find(|element| element.value().name() == "pre")?;
    let words = |element: ElementRef| element.text().flat_map(str::split_whitespace).count();
    (words(body) == words(shown)).then(|| shown.text().collect())
}

/// Whether the body begins with its tags only.
fn is_wordless_between_tags(head: &str) -> bool {
    let body = head.rfind("<body").map_or("", |at| &head[at..]);
    body.split('<').skip(1).all(|tag| tag.split_once('>').is_some_and(|(_, words)| words.trim().is_empty()))
}

fn children(element: ElementRef) -> impl Iterator<Item = ElementRef> {
    element.children().filter_map(ElementRef::wrap)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_whose_words_are_all_preformatted_is_a_text() {
        let text = "1. Gate closed\n\n    It is shut. <b>\n";
        let shown = "<pre>1. Gate closed\n\n    It is shut. &lt;b&gt;\n</pre>";
        for page in [
            format!("<html><head><title>gate.txt</title></head><body>{shown}</body></html>"),
            format!("<html><body><div></div>{shown}<div hidden></div></body></html>"),
            format!("<!doctype html>{shown}"),
        ] {
            assert_eq!(preformatted_text(&page).as_deref(), Some(text), "{page}");
        }
    }

    #[test]
    fn a_document_with_other_words_is_none() {
        for page in [
            "<html><body><h1>Gate</h1><pre>1. Gate closed</pre></body></html>",
            "<html><body><pre>1. Gate closed</pre><p>It is shut.</p></body></html>",
            "<html><body><pre>1. Gate closed</pre><pre>2. Gate open</pre></body></html>",
            "<html><body><p>It is shut.</p></body></html>",
        ] {
            assert_eq!(preformatted_text(page), None, "{page}");
        }
    }
}
