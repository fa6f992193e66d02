//! Tags: the elements of a document as they begin and end.

use ego_tree::iter::Edge;
use scraper::ElementRef;

use super::{Element, Html};

/// An element begins or ends.
#[derive(Debug, Clone, Copy)]
pub enum Tag<'a> {
    /// It begins.
    Start(Element<'a>),
    /// It ends, and so do all within it.
    End(Element<'a>),
}

impl Html {
    /// Where elements begin and end, in the order of the document. Each that begins ends, whatever the text says.
    pub fn tags(&self) -> impl Iterator<Item = Tag<'_>> {
        let element = |node| ElementRef::wrap(node).map(|element| Element { element, page: self });
        self.dom.root_element().traverse().filter_map(move |edge| match edge {
            Edge::Open(node) => element(node).map(Tag::Start),
            Edge::Close(node) => element(node).map(Tag::End),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_ends() {
        let page = Html::read("<html><head></head><body><p>One<b>two<p>three</body></html>", None);
        let tags = page.tags().map(|tag| match tag {
            Tag::Start(element) => format!("<{}>", element.name()),
            Tag::End(element) => format!("</{}>", element.name()),
        });
        let told = "<html><head></head><body><p><b></b></p><p><b></b></p></body></html>";
        assert_eq!(tags.collect::<String>(), told);
    }
}
