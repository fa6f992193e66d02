//! Conditions: what an entry must hold to be selected, as a test of an entry and as SQL.
//!
//! The SQL speaks of the columns of the archive's `entry` table. It is text and values, so that nothing here depends on
//! a database; a property test holds that both tell the same.

use regex::Regex;
use unicase::UniCase;

use super::Property;
use crate::model::{Block, Entry, Image};

/// One condition on what an entry holds.
#[derive(Debug, Clone)]
pub enum Condition {
    /// The author or a co-author holds one of the texts.
    Author(Texts),
    /// The role holds one of the texts.
    Role(Texts),
    /// The title holds one of the texts.
    Title(Texts),
    /// The label holds one of the texts.
    Label(Texts),
    /// The credit of an image holds one of the texts.
    ImageSource(Texts),
    /// The title, the subtitle or the body matches.
    Text(Regex),
    /// It is marked as breaking news.
    Breaking,
    /// It has the property.
    Has(Property),
}

/// How a database can answer a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sql {
    /// By this expression over the columns of `entry`, exactly.
    Exact(&'static str),
    /// By this expression, which also lets entries pass that [`Condition::matches`] must then decide on.
    Superset(&'static str),
    /// From the byline (author, role and co-authors) alone: ask [`Condition::matches`] once for each distinct one.
    Byline,
}

impl Condition {
    /// Whether it holds for an entry.
    pub fn matches(&self, entry: &Entry) -> bool {
        match self {
            Self::Author(texts) => entry.author.iter().chain(&entry.co_authors).any(|name| texts.held_by(name)),
            Self::Role(texts) => texts.held_by_any(&entry.role),
            Self::Title(texts) => texts.held_by_any(&entry.title),
            Self::Label(texts) => texts.held_by_any(&entry.label),
            Self::ImageSource(texts) => entry.images.iter().filter_map(credit).any(|credit| texts.held_by(credit)),
            Self::Text(regex) => {
                entry.title.iter().chain(&entry.subtitle).any(|line| regex.is_match(line))
                    || regex.is_match(&entry.text())
            }
            Self::Breaking => entry.breaking,
            Self::Has(property) => property.of(entry),
        }
    }

    /// The same, as far as a database can tell.
    pub fn sql(&self) -> Sql {
        match self {
            Self::Author(_) | Self::Role(_) | Self::Has(Property::Author) => Sql::Byline,
            Self::Title(_) => Sql::Superset("entry.title IS NOT NULL"),
            Self::Label(_) => Sql::Superset("entry.label IS NOT NULL"),
            Self::ImageSource(_) => Sql::Superset("entry.images IS NOT NULL"),
            Self::Text(_) => Sql::Superset("TRUE"),
            Self::Breaking => Sql::Exact("entry.breaking"),
            Self::Has(Property::Image) => Sql::Exact("entry.images IS NOT NULL"),
            Self::Has(Property::Media) => Sql::Exact("entry.media IS NOT NULL"),
            // Bodies of plain paragraphs alone, most of them, are kept as text without blocks.
            Self::Has(Property::List | Property::Quote | Property::Embed) => Sql::Superset("entry.body IS NOT NULL"),
        }
    }
}

impl Property {
    /// Whether an entry has it.
    fn of(self, entry: &Entry) -> bool {
        match self {
            Self::Image => !entry.images.is_empty(),
            Self::Media => !entry.media.is_empty(),
            Self::List => entry.body.iter().any(|block| matches!(block, Block::List { .. })),
            Self::Quote => entry.body.iter().any(|block| matches!(block, Block::Quote { .. })),
            Self::Embed => entry.body.iter().any(|block| matches!(block, Block::Embed { .. })),
            Self::Author => entry.author.is_some(),
        }
    }
}

fn credit(image: &Image) -> Option<&String> {
    image.source.as_ref()
}

/// Texts of which one must be held, their case folded.
///
/// Full folding, by `unicase`: lower case alone would keep `STRASSE` from finding `Straße` and, because a Greek sigma
/// is lowered by its place in the word, `ΣΑΣ` from finding `σας`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts(Vec<String>);

impl Texts {
    /// The texts made ready; `None` of no text at all.
    pub(super) fn of(texts: &[String]) -> Option<Self> {
        (!texts.is_empty()).then(|| Self(texts.iter().map(|text| fold(text)).collect()))
    }

    fn held_by(&self, text: &str) -> bool {
        let text = fold(text);
        self.0.iter().any(|held| text.contains(held))
    }

    fn held_by_any(&self, text: &Option<String>) -> bool {
        text.as_ref().is_some_and(|text| self.held_by(text))
    }
}

/// A text with its case folded, by which texts are compared.
pub(crate) fn fold(text: &str) -> String {
    UniCase::new(text).to_folded_case()
}
