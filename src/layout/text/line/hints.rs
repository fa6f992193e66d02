//! What a document says of a line beyond its words.

use chrono::{DateTime, FixedOffset, ParseError};

use crate::model::Link;
use crate::time::years;

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
    /// How many bytes of the words of a credit or a caption are a marker, such as `Image source,` in any language.
    pub marker: usize,
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
    /// The mark of breaking news.
    BreakingMark,
    /// Who wrote an entry.
    Author,
    /// What that person is, or where.
    Role,
    /// Somebody's words.
    Quote,
    /// Whose words stand above.
    Attribution,
    /// Who made the page.
    Editors,
}

/// What a document says of an entry beside its lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryAnchor {
    /// The publisher's own id.
    pub id: Option<String>,
    /// A link to the entry.
    pub url: Option<String>,
    /// The words of its `datetime` attribute, or of another that is an instant.
    pub datetime: Option<String>,
    /// Whether nothing else on the page says the time, so that the attribute is the stamp.
    pub is_stamp: bool,
}

/// The instant in an attribute: a time with an offset, or seconds or milliseconds since 1970; none if it lies outside
/// the years 0001 to 9999.
pub fn instant(words: &str) -> Result<Option<DateTime<FixedOffset>>, ParseError> {
    let words = words.trim();
    let number = words.parse().ok().filter(|_| words.bytes().all(|byte| byte.is_ascii_digit()));
    let at = match (number, words.len()) {
        (Some(seconds), 10) => DateTime::from_timestamp_secs(seconds),
        (Some(milliseconds), 13) => DateTime::from_timestamp_millis(milliseconds),
        _ => None,
    };
    at.map_or_else(|| years::read(words), |at| Ok(Some(at.fixed_offset())))
}

impl Hints {
    /// No hints.
    pub const NONE: &'static Hints = &Hints { links: Vec::new(), role: None, url: None, entry: None, marker: 0 };

    /// Hints that say what the line is.
    pub fn from_role(role: LineRole) -> Hints {
        Hints { role: Some(role), ..Hints::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_a_time_with_an_offset_or_counts_from_1970() {
        let read = |words| instant(words).ok().flatten().map(|at| at.to_rfc3339());
        for words in ["2018-02-24T19:20:00Z", "1519500000", "1519500000000"] {
            assert_eq!(read(words).as_deref(), Some("2018-02-24T19:20:00+00:00"), "{words}");
        }
        for words in ["15195", "19:20", "", "-151950000"] {
            assert_eq!(read(words), None, "{words}");
        }
    }
}
