//! What a document says of a line beyond its words.

use crate::model::Link;

/// What HTML says of a line beyond its words; a line of text has none of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hints {
    /// The links in it.
    pub links: Vec<Link>,
    /// What it is, whatever its words; `None` if the document does not say.
    pub role: Option<LineRole>,
    /// The address of the video, the recording or the post of another site that it stands for.
    pub url: Option<String>,
    /// The entry whose title it is.
    pub entry: Option<EntryAnchor>,
}

/// What a line of a document is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineRole {
    /// Words of the story: a paragraph, a heading, an item, a quote. No image, and no caption.
    Prose,
    /// An image's alternative text, `.` if it has none; and where the image is.
    Image(Option<String>),
    /// Whom an image is from.
    Credit,
    /// The caption of an image, a video or a recording.
    Caption,
    /// The line under an entry's title.
    Subtitle,
}

/// What a document says of an entry beside its lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryAnchor {
    /// The publisher's own id.
    pub id: Option<String>,
    /// A link to the entry.
    pub url: Option<String>,
    /// The words of its `datetime` attribute.
    pub datetime: Option<String>,
    /// Whether nothing else on the page says the time, so that the attribute is the stamp.
    pub is_stamp: bool,
}

impl Hints {
    /// No hints.
    pub const NONE: &'static Hints = &Hints { links: Vec::new(), role: None, url: None, entry: None };

    /// Hints that say what the line is.
    pub fn from_role(role: LineRole) -> Hints {
        Hints { role: Some(role), ..Hints::default() }
    }
}
