//! What a line is used for: each line of a page has exactly one use, so that nothing is lost.

use crate::time::stamp::Stamp;

/// The use of one line. A use says whether it *opens* an image, a list, a quote … or *continues* the one before, so
/// that putting an entry together needs no look at the words again.
#[derive(Debug, Clone, PartialEq)]
pub enum Use<'a> {
    /// It is empty.
    Blank,
    /// PageContext words that every page has, and that say nothing of its story.
    Furniture,
    /// No rule reads it.
    Unread,

    /// The page's headline.
    Headline(&'a str),
    /// The line under it.
    Standfirst(&'a str),
    /// Who edited and wrote the page.
    Credit(Vec<&'a str>),
    /// A point of the summary.
    SummaryPoint(&'a str),

    /// The kicker above an entry's title.
    Label(&'a str),
    /// An entry's title with its stamp.
    Title(Box<Title<'a>>),
    /// A title below the line of its time.
    Headed(&'a str),
    /// A line under the title that repeats the time; its words and the stamp, if it names a zone and the title's does
    /// not.
    SecondStamp(Option<Box<(&'a str, Stamp<'a>)>>),
    /// The mark of breaking news.
    Breaking,
    /// A line between title and byline.
    Subtitle(&'a str),
    /// The names of a byline, the author first, and the role, if it is on the same line.
    Author(Vec<&'a str>, Option<&'a str>),
    /// The line under the name.
    Role(&'a str),

    /// An image's alternative text and credit, or either; opens an image.
    Image {
        /// The alternative text.
        alt: Option<&'a str>,
        /// The credit.
        source: Option<&'a str>,
    },
    /// The credit of the image above.
    ImageSource(Option<&'a str>),
    /// `Image caption,` with or without the caption after it, or the caption.
    ImageCaption {
        /// The caption.
        text: Option<&'a str>,
        /// Whether it is the first line of its image.
        opens: bool,
    },
    /// `Media caption,` with or without the caption after it; opens a video or a recording.
    Media(Option<&'a str>),
    /// The caption of the video or the recording above.
    MediaCaption(&'a str),

    /// A paragraph.
    Paragraph(&'a str),
    /// An item; the first of a list opens it.
    Item {
        /// Whether it is numbered.
        ordered: bool,
        /// Its words.
        text: &'a str,
        /// Whether it is the first of its list.
        opens: bool,
    },
    /// `Quote Message`: what follows is somebody's words.
    QuoteMark,
    /// A paragraph of a quote; the first opens it.
    Quote {
        /// Its words.
        text: &'a str,
        /// Who said it, if the same line says so.
        attribution: Option<&'a str>,
        /// Whether it is the first of its quote.
        opens: bool,
    },
    /// Who said the quote above.
    Attribution(&'a str),
    /// A post of another site; opens an embed.
    Embed(&'static str),
    /// PageContext words around the embed above.
    EmbedFurniture,
    /// Words of the embed above.
    EmbedText(&'a str),
    /// A line of a teaser; the first opens it.
    Card {
        /// Its words.
        text: &'a str,
        /// Whether it is the first of its teaser.
        opens: bool,
    },
    /// `Read More`: the lines above are a teaser.
    CardMark,
}

/// An entry's title line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Title<'a> {
    /// The words before the stamp; `None` where the page has none, or a placeholder.
    pub text: Option<&'a str>,
    /// The words that the time is read from.
    pub words: Option<&'a str>,
    /// The stamp; `None` for the clock of a match, or words that are no time.
    pub stamp: Option<Stamp<'a>>,
    /// When the entry was changed, as `updated at …` says.
    pub modified: Option<Stamp<'a>>,
    /// Whether `Breaking` is glued to it.
    pub breaking: bool,
    /// Whether `Read More` is glued before it, so that a teaser is above.
    pub ends_card: bool,
    /// A label on the same line: `BUDGET 06:03:`.
    pub label: Option<&'a str>,
    /// An author on the same line, and the role: `22:05: Ada Quay BBC News, Port Ellan`.
    pub author: Option<(&'a str, Option<&'a str>)>,
    /// The first paragraph, on the same line: `2058: The last boat is in.`
    pub paragraph: Option<&'a str>,
}

impl Use<'_> {
    /// Whether the line belongs to an entry's top, above its body and images.
    pub fn is_top_matter(&self) -> bool {
        use Use::{Author, Blank, Breaking, Furniture, Label, Role, SecondStamp, Subtitle};
        matches!(
            self,
            Blank
                | Furniture
                | Label(_)
                | Use::Title(_)
                | Use::Headed(_)
                | Use::Credit(_)
                | SecondStamp(_)
                | Breaking
                | Subtitle(_)
                | Author(..)
                | Role(_)
        )
    }

    /// The name of the use, as `--explain` prints it.
    pub fn name(&self) -> &'static str {
        match self {
            Use::Blank => "",
            Use::Furniture => "furniture",
            Use::Unread => "unread",
            Use::Headline(_) => "headline",
            Use::Standfirst(_) => "standfirst",
            Use::Credit(_) => "credit",
            Use::SummaryPoint(_) => "summary",
            Use::Label(_) => "label",
            Use::Title(_) | Use::Headed(_) => "title",
            Use::SecondStamp(_) => "second stamp",
            Use::Breaking => "breaking",
            Use::Subtitle(_) => "subtitle",
            Use::Author(..) => "author",
            Use::Role(_) => "role",
            Use::Image { .. } => "image",
            Use::ImageSource(_) => "image source",
            Use::ImageCaption { .. } => "image caption",
            Use::Media(_) => "media",
            Use::MediaCaption(_) => "media caption",
            Use::Paragraph(_) => "paragraph",
            Use::Item { .. } => "item",
            Use::QuoteMark | Use::Quote { .. } => "quote",
            Use::Attribution(_) => "attribution",
            Use::Embed(_) | Use::EmbedFurniture | Use::EmbedText(_) => "embed",
            Use::Card { .. } | Use::CardMark => "card",
        }
    }
}
