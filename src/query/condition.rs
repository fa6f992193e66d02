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
    /// By this expression over the columns of `entry`.
    Expression(&'static str),
    /// By this one, in which `holds` is a function of SQL: whether [`Condition::holds`] of one of its arguments.
    Holding(&'static str),
    /// From the byline (author, role and co-authors) alone: ask [`Condition::matches`] once for each distinct one.
    Byline,
}

/// Whether a body has a block of that type. Plain paragraphs alone, as most bodies are, are kept without blocks; JSON that
/// is broken has none.
macro_rules! with_block {
    ($type:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM json_each(iif(json_valid(entry.body), entry.body, NULL)) \
             WHERE iif(type = 'object', value, NULL) ->> 'type' = '",
            $type,
            "')"
        )
    };
}

impl Condition {
    /// Whether it holds for an entry.
    pub fn matches(&self, entry: &Entry) -> bool {
        match self {
            Self::Author(_) => entry.author.iter().chain(&entry.co_authors).any(|name| self.holds(name)),
            Self::Role(_) => entry.role.iter().any(|role| self.holds(role)),
            Self::Title(_) => entry.title.iter().any(|title| self.holds(title)),
            Self::Label(_) => entry.label.iter().any(|label| self.holds(label)),
            Self::ImageSource(_) => entry.images.iter().filter_map(credit).any(|credit| self.holds(credit)),
            Self::Text(_) => {
                entry.title.iter().chain(&entry.subtitle).any(|line| self.holds(line)) || self.holds(&entry.text())
            }
            Self::Breaking => entry.breaking,
            Self::Has(property) => property.of(entry),
        }
    }

    /// Whether it holds for one of the texts that it looks at.
    pub fn holds(&self, text: &str) -> bool {
        match self {
            Self::Author(texts)
            | Self::Role(texts)
            | Self::Title(texts)
            | Self::Label(texts)
            | Self::ImageSource(texts) => texts.held_by(text),
            Self::Text(regex) => regex.is_match(text),
            Self::Breaking | Self::Has(_) => false,
        }
    }

    /// The same, asked of a database.
    pub fn sql(&self) -> Sql {
        match self {
            Self::Author(_) | Self::Role(_) | Self::Has(Property::Author) => Sql::Byline,
            Self::Title(_) => Sql::Holding("holds(entry.title)"),
            Self::Label(_) => Sql::Holding("entry.label IS NOT NULL AND holds(entry.label)"),
            Self::ImageSource(_) => Sql::Holding(
                "EXISTS (SELECT 1 FROM json_each(iif(json_valid(entry.images), entry.images, NULL)) \
                     WHERE holds(iif(type = 'object', value, NULL) ->> 'source'))",
            ),
            Self::Text(_) => Sql::Holding("holds(entry.title, entry.subtitle, coalesce(entry.text, ''))"),
            Self::Breaking => Sql::Expression("entry.breaking"),
            Self::Has(Property::Image) => Sql::Expression("entry.images IS NOT NULL"),
            Self::Has(Property::Media) => Sql::Expression("entry.media IS NOT NULL"),
            Self::Has(Property::List) => Sql::Expression(with_block!("list")),
            Self::Has(Property::Quote) => Sql::Expression(with_block!("quote")),
            Self::Has(Property::Embed) => Sql::Expression(with_block!("embed")),
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
}

/// A text with its case folded, by which texts are compared.
pub(crate) fn fold(text: &str) -> String {
    UniCase::new(text).to_folded_case()
}
