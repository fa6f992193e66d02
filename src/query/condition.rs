//! Conditions on an entry alone: what it contains, what it is marked with, what it has.
//!
//! How SQL answers them is the archive's business; a property test checks that files and archive select the same.

use unicase::UniCase;

use super::Pattern;
use crate::model::{Block, Entry, Image};

/// One condition on an entry.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Condition {
    /// The field contains one of the texts.
    Contains(TextField, Needles),
    /// The title, the subtitle or the body matches one of the patterns.
    Matches(Vec<Pattern>),
    /// It is marked as breaking news.
    Breaking,
    /// It has the property.
    Has(Property),
}

impl Condition {
    /// Whether the condition is true of an entry.
    pub fn matches(&self, entry: &Entry) -> bool {
        match self {
            Self::Contains(field, needles) => field.texts(entry).into_iter().any(|text| needles.occur_in(text)),
            Self::Matches(patterns) => {
                let matches = |text: &str| patterns.iter().any(|pattern| pattern.is_match(text));
                entry.title.iter().chain(&entry.subtitle).any(|line| matches(line)) || matches(&entry.text())
            }
            Self::Breaking => entry.breaking,
            Self::Has(property) => property.is_in(entry),
        }
    }
}

/// A field of an entry that a condition looks for texts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TextField {
    /// The author, and each of the co-authors.
    Author,
    /// The author's role.
    Role,
    /// The title.
    Title,
    /// The label, such as `Analysis`.
    Label,
    /// The credit of each image.
    ImageSource,
}

/// All there is to know of a [`TextField`].
struct TextFieldSpec {
    name: &'static str,
    texts: fn(&Entry) -> Vec<&str>,
}

impl TextField {
    fn spec(self) -> TextFieldSpec {
        match self {
            Self::Author => TextFieldSpec {
                name: "author",
                texts: |entry| entry.author.iter().chain(&entry.co_authors).map(String::as_str).collect(),
            },
            Self::Role => TextFieldSpec { name: "role", texts: |entry| entry.role.as_deref().into_iter().collect() },
            Self::Title => TextFieldSpec { name: "title", texts: |entry| entry.title.as_deref().into_iter().collect() },
            Self::Label => TextFieldSpec { name: "label", texts: |entry| entry.label.as_deref().into_iter().collect() },
            Self::ImageSource => TextFieldSpec {
                name: "image-source",
                texts: |entry| entry.images.iter().filter_map(|Image { source, .. }| source.as_deref()).collect(),
            },
        }
    }

    /// The name that users give.
    pub fn name(self) -> &'static str {
        self.spec().name
    }

    /// The texts of an entry in this field.
    pub fn texts(self, entry: &Entry) -> Vec<&str> {
        (self.spec().texts)(entry)
    }
}

/// Something that an entry has or has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Property {
    /// An image.
    Image,
    /// Video or audio.
    Media,
    /// A list in the body.
    List,
    /// A quote in the body.
    Quote,
    /// A post of another site in the body.
    Embed,
    /// An author.
    Author,
}

impl Property {
    fn is_in(self, entry: &Entry) -> bool {
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

/// Texts of which one is looked for, with their case folded.
///
/// Full folding, by `unicase`: lower case alone would keep `STRASSE` from finding `Straße` and, because a Greek sigma
/// is lowered by its place in the word, `ΣΑΣ` from finding `σας`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needles {
    texts: Vec<String>,
    folded: Vec<String>,
}

impl Needles {
    /// Folds the case of the texts.
    pub fn new(texts: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let texts: Vec<_> = texts.into_iter().map(|text| text.as_ref().to_owned()).collect();
        Self { folded: texts.iter().map(|text| fold(text)).collect(), texts }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Whether one of them occurs in a text.
    ///
    /// ```
    /// use liveblog::query::Needles;
    ///
    /// assert!(Needles::new(["ADA", "bob"]).occur_in("Ada Example"));
    /// ```
    pub fn occur_in(&self, text: &str) -> bool {
        if folds_ascii_alone(text) {
            return self.folded.iter().any(|needle| occurs_in_any_case(needle.as_bytes(), text.as_bytes()));
        }
        let text = fold(text);
        self.folded.iter().any(|needle| text.contains(needle))
    }

    /// The texts as they were given.
    pub fn texts(&self) -> &[String] {
        &self.texts
    }
}

/// Whether folding the case changes nothing but the letters of ASCII: of most texts, whose other characters are dashes,
/// quotation marks and the like.
fn folds_ascii_alone(text: &str) -> bool {
    text.is_ascii() || text.chars().all(|letter| letter.is_ascii() || matches!(letter, '\u{2010}'..='\u{2027}'))
}

/// Whether a needle in lower case occurs in a text, where ASCII may have any case. Nothing is allocated.
fn occurs_in_any_case(needle: &[u8], text: &[u8]) -> bool {
    let Some(&first) = needle.first() else { return true };
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), text)
        .filter_map(|start| text.get(start..start + needle.len()))
        .any(|found| found.eq_ignore_ascii_case(needle))
}

/// A text with its case folded: texts are compared in this form.
pub(crate) fn fold(text: &str) -> String {
    UniCase::new(text).to_folded_case()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn needles_occur_where_folded_texts_contain_them(
            text in "[a-cA-CsSkKéß’“–ſ\u{212a} -]{0,12}",
            needles in proptest::collection::vec("[a-bA-BsSkKé’–]{0,3}", 1..3),
        ) {
            let folded = fold(&text);
            let expected = needles.iter().any(|needle| folded.contains(&fold(needle)));
            prop_assert_eq!(Needles::new(&needles).occur_in(&text), expected);
        }
    }

    #[test]
    fn punctuation_is_folded_to_itself() {
        let punctuation: String = ('\u{2010}'..='\u{2027}').collect();
        assert_eq!(fold(&punctuation), punctuation);
    }
}
