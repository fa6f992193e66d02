//! Elements into passages, as a reader sees them: one after the other, cut at the borders of blocks.
//!
//! The tree is walked without recursion: a broken page may nest its elements a hundred thousand deep.

mod builder;

use std::collections::HashSet;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Node};

use super::address::Addresses;
use crate::model::Link;
use builder::{Opened, PassageBuilder};

/// A run of words that stands by itself: a heading, a paragraph, an item, a caption …
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub kind: PassageKind,
    /// Its words on one line; an image's alternative text.
    pub text: String,
    /// The links in it.
    pub links: Vec<Link>,
    /// Whether it stands apart from the one above, as paragraphs do and lines of an address do not.
    pub apart: bool,
    /// In a figure, how many bytes of its text are a marker before a credit or a caption, in an element of its own:
    /// `<span>Image source, </span>Reuters`.
    pub marker: usize,
}

/// What a passage is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PassageKind {
    /// A heading of a level from 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// Words in an element that does not say what they are.
    Text,
    /// An item of a list.
    Item {
        /// Whether the list is numbered.
        ordered: bool,
        /// Its number in the list, from 1.
        number: usize,
        /// How many lists it stands in, from 1.
        depth: usize,
    },
    /// A paragraph of somebody's words, set apart.
    Quote,
    /// Whose words stand above.
    Attribution,
    /// The name of who wrote what it stands with.
    Author,
    /// What that person is, or where.
    Role,
    /// A mark at the beginning of a heading: `Breaking`.
    BreakingMark,
    /// Nothing but a time; with the value of its `datetime` attribute.
    Time(Option<String>),
    /// An image; and where it is.
    Image(Option<String>),
    /// Words within a figure that are not its caption: mostly whom the image is from.
    Credit,
    /// The caption of a figure.
    Caption,
    /// A video or a recording; and where it is.
    Media(Option<String>),
    /// A post of another site, with the words of it that the document holds.
    Embed {
        /// The site's name in lower case.
        site: &'static str,
        /// Where the post is.
        url: Option<String>,
    },
}

impl PassageKind {
    /// Whether it is words that may be a paragraph as well as a name, a role or a mark.
    pub fn is_line(&self) -> bool {
        use PassageKind::{Author, BreakingMark, Paragraph, Role, Text};
        matches!(self, Paragraph | Text | Author | Role | BreakingMark)
    }
}

/// What a walk over an element finds, in the order of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlowPiece {
    /// A passage.
    Passage(Passage),
    /// An element that is no part of the story, such as navigation, and how many words it contains.
    Dropped {
        /// The element's name.
        name: String,
        /// Its number of words, at least one.
        words: usize,
    },
    /// One of the elements that the walk was to leave out.
    LeftOut,
}

/// The passages within an element.
pub fn passages(root: ElementRef, addresses: &Addresses) -> Vec<Passage> {
    let mut builder = PassageBuilder::new(addresses);
    let mut skipped = None;
    for edge in root.traverse() {
        let (Edge::Open(node) | Edge::Close(node)) = edge;
        let is_root = node.id() == root.id();
        match (edge, skipped) {
            (Edge::Close(_), Some(id)) if id == node.id() => skipped = None,
            (_, Some(_)) => {}
            (Edge::Open(_), _) if is_root => {}
            (Edge::Close(_), _) if is_root => builder.flush(),
            (Edge::Open(_), _) => match (node.value(), ElementRef::wrap(node)) {
                (Node::Text(text), _) => builder.words(text),
                (_, Some(element)) if builder.open(element) != Opened::Entered => skipped = Some(node.id()),
                _ => {}
            },
            (Edge::Close(_), _) if node.value().is_element() => builder.close(),
            (Edge::Close(_), _) => {}
        }
    }
    builder.passages
}

/// The passages within an element, and the elements that are dropped from it, with their words counted. The elements in
/// `left_out` are not entered.
pub fn pieces(root: ElementRef, addresses: &Addresses, left_out: &HashSet<NodeId>) -> Vec<FlowPiece> {
    let mut builder = PassageBuilder::new(addresses);
    // What is found beside passages, each with the number of passages before it.
    let mut others = Vec::new();
    let mut skipped: Option<Skipped> = None;
    let mut in_left_out = None;
    for edge in root.traverse() {
        let (Edge::Open(node) | Edge::Close(node)) = edge;
        let id = node.id();
        match edge {
            Edge::Close(_) if in_left_out == Some(id) => in_left_out = None,
            _ if in_left_out.is_some() => {}
            Edge::Open(_) if id != root.id() && left_out.contains(&id) => {
                builder.flush();
                others.push((builder.passages.len(), FlowPiece::LeftOut));
                in_left_out = Some(id);
            }
            Edge::Close(_) if skipped.as_ref().is_some_and(|skipped| skipped.id == id) => {
                let Some(Skipped { name: Some(name), words, .. }) = skipped.take() else { continue };
                if words > 0 {
                    others.push((builder.passages.len(), FlowPiece::Dropped { name, words }));
                }
            }
            Edge::Open(_) if let Some(skipped) = &mut skipped => {
                if let Node::Text(text) = node.value()
                    && !node
                        .ancestors()
                        .take_while(|inner| inner.id() != root.id())
                        .any(|inner| is_wordless(inner.value()))
                {
                    skipped.words += text.split_whitespace().count();
                }
            }
            _ if skipped.is_some() || id == root.id() => {}
            Edge::Open(_) => match (node.value(), ElementRef::wrap(node)) {
                (Node::Text(text), _) => builder.words(text),
                (_, Some(element)) => {
                    let name = match builder.open(element) {
                        Opened::Entered => continue,
                        Opened::Dropped => Some(element.value().name().to_owned()),
                        Opened::Taken => None,
                    };
                    skipped = Some(Skipped { id, name, words: 0 });
                }
                _ => {}
            },
            Edge::Close(_) if node.value().is_element() => builder.close(),
            Edge::Close(_) => {}
        }
    }
    builder.flush();
    let mut others = others.into_iter().peekable();
    let mut pieces = Vec::with_capacity(builder.passages.len());
    for (index, passage) in builder.passages.into_iter().enumerate() {
        while let Some((_, other)) = others.next_if(|(before, _)| *before <= index) {
            pieces.push(other);
        }
        pieces.push(FlowPiece::Passage(passage));
    }
    pieces.extend(others.map(|(_, other)| other));
    pieces
}

/// An element that is not entered.
struct Skipped {
    id: NodeId,
    /// Its name, if it is dropped with all its words.
    name: Option<String>,
    words: usize,
}

/// Whether the element holds text that is never shown.
pub fn is_wordless(node: &Node) -> bool {
    const NAMES: [&str; 9] = ["script", "style", "noscript", "template", "head", "title", "svg", "canvas", "object"];
    node.as_element().is_some_and(|element| NAMES.contains(&element.name()))
}

#[cfg(test)]
mod tests;
