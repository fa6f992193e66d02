//! The document that browsers make of a text file, and save in place of it.
//!
//! ```html
//! <html><head><meta name="color-scheme" content="light dark"></head>
//! <body><pre style="word-wrap: break-word; white-space: pre-wrap;">Summary
//!
//!   1. Tunnel reopens
//! </pre></body></html>
//! ```

use ego_tree::iter::Edge;
use scraper::Node;

use super::{Html, flow};

impl Html {
    /// The text of a page of which all words are in elements that keep line ends and spaces.
    pub fn preformatted(&self) -> Option<String> {
        let mut text = None;
        let (mut outermost, mut hidden) = (None, None);
        for edge in self.dom.root_element().traverse() {
            match edge {
                Edge::Close(node) if hidden == Some(node.id()) => hidden = None,
                _ if hidden.is_some() => {}
                Edge::Close(node) if outermost == Some(node.id()) => outermost = None,
                Edge::Close(_) => {}
                Edge::Open(node) if flow::is_wordless(node.value()) => hidden = Some(node.id()),
                Edge::Open(node) => match (node.value(), outermost) {
                    (Node::Text(words), Some(_)) => text.get_or_insert_with(String::new).push_str(words),
                    (Node::Text(words), None) if !words.trim().is_empty() => return None,
                    (Node::Element(element), Some(_)) if element.name() == "br" => {
                        text.get_or_insert_with(String::new).push('\n');
                    }
                    (Node::Element(element), None) if element.name() == "pre" => {
                        outermost = Some(node.id());
                        text = text.map(|above| above + "\n");
                    }
                    _ => {}
                },
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_is_nothing_but_preformatted_text_is_its_text() {
        let text = |body: &str| {
            Html::read(&format!("<html><head><title>a.txt</title></head><body>{body}"), None).preformatted()
        };
        assert_eq!(
            text("<pre style='white-space: pre-wrap'>One &amp;\r\n  two<br>three</pre>\n").as_deref(),
            Some("One &\n  two\nthree")
        );
        assert_eq!(
            text("<style>pre { margin: 0 }</style><div><pre>One\n\ntwo</pre></div>").as_deref(),
            Some("One\n\ntwo")
        );
        assert_eq!(text("<pre>One</pre><pre>two</pre>").as_deref(), Some("One\ntwo"));
        for page in ["<p>Words</p><pre>One</pre>", "<pre>One</pre>two", "<p></p>", ""] {
            assert_eq!(text(page), None, "{page}");
        }
    }
}
