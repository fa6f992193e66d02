//! Passages: what a document says, cut where a reader sees it cut.

use crate::model::Link;

/// A run of words that stands by itself: a heading, a paragraph, an item, a caption …
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub kind: Kind,
    /// Its words on one line; an image's alternative text.
    pub text: String,
    /// The links in it.
    pub links: Vec<Link>,
    /// Whether it stands apart from the one above, as paragraphs do and lines of an address do not.
    pub apart: bool,
}

/// What a passage is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
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
    /// Nothing but a time; with the value of its `datetime` attribute.
    Time(Option<String>),
    /// An image; and where it is.
    Picture(Option<String>),
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

/// What a walk over an element finds, in the order of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
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
