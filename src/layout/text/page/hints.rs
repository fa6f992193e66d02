//! What a document tells of a line beyond its words.

use crate::model::Link;

/// What HTML tells of a line beyond its words; of a line of text nothing is told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hints {
    /// The links in it.
    pub links: Vec<Link>,
    /// What the line shows, or is, whatever its words.
    pub shows: Option<Shows>,
    /// The address of the video, the recording or the post of another site that it tells of.
    pub url: Option<String>,
    /// The entry that has it for its title.
    pub entry: Option<Origin>,
}

/// What a line shows of an image, or is to an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shows {
    /// Its alternative text, `.` if it has none; and where the image is.
    Picture(Option<String>),
    /// Whom it is from.
    Credit,
    /// Its caption.
    Caption,
    /// The line under an entry's title.
    Subtitle,
}

/// What a document tells of an entry beside its lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The publisher's own id.
    pub id: Option<String>,
    /// A link to the entry.
    pub url: Option<String>,
    /// The time as its `datetime` attribute tells it.
    pub datetime: Option<String>,
    /// Whether nothing else on the page tells the time, so that the attribute is the stamp.
    pub is_stamp: bool,
}

impl Hints {
    /// No hints.
    pub const NONE: &'static Hints = &Hints { links: Vec::new(), shows: None, url: None, entry: None };
}
