//! The codes of warnings: a closed list, to which a later version may have added.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer, Serialize};

/// What kind of doubt a warning reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Code {
    /// The stamp has no year.
    YearInferred,
    /// The stamp has no date.
    DateInferred,
    /// The date is the page header's, which can be days off.
    DateFromHeader,
    /// The time names no zone, and the layout does not settle it.
    ZoneInferred,
    /// The zone's abbreviation has several meanings.
    ZoneAmbiguous,
    /// The words where a zone would stand are none that is known.
    ZoneUnknown,
    /// The zone that is named is not in force in its region on that date.
    ZoneContradictsDate,
    /// The local time exists twice, and its neighbours do not settle which is meant.
    TimeAmbiguous,
    /// The local time does not exist: the clock jumps over it.
    TimeDoesNotExist,
    /// The stamp's words are no time.
    TimeUnread,
    /// The data gives entries the page's own time, which is left out of them.
    TimeRepeated,
    /// An entry whose stamp was cut off at the end of the page.
    StampMissing,
    /// Where an entry begins was inferred from the shape of its lines.
    EntryInferred,
    /// What the words beside an entry's time are was inferred: a label, the author, or the title.
    HeadingInferred,
    /// Who wrote an entry, or said a quote, was inferred from the shape of lines.
    BylineInferred,
    /// The page's title was inferred from its place.
    TitleInferred,
    /// Entries carry the page's own title, which is left out of them.
    TitleRepeated,
    /// There is far more text after a stamp than one entry holds.
    MaybeSeveralEntries,
    /// A line that may be an image's alternative text, or text.
    ImageOrText,
    /// A line that no rule reads.
    UnreadLine,
    /// The text was wrapped to a fixed width, so that its lines are not the page's.
    HardWrapped,
    /// An entry without a body, where the layout promises one.
    BodyMissing,
    /// The page's own start or end of coverage is not its entries'.
    CoverageContradictsEntries,
    /// Two sources within the page disagree.
    SourcesDisagree,
    /// Elements of the HTML were left out, because they were nested too deep or too many; their words are kept.
    ElementsLeftOut,
    /// The file ends within the page, so that what comes after is missing.
    PageCutOff,
    /// The text is not UTF-8; its encoding was guessed.
    EncodingGuessed,
    /// What is said to be the page's address is none.
    AddressUnread,
    /// A code that a later version added.
    #[serde(untagged)]
    Other(Word),
}

impl Default for Code {
    /// No code: the name of none.
    fn default() -> Self {
        Self::Other(Word::default())
    }
}

/// What the warning of that code says.
pub(crate) const ELEMENTS_LEFT_OUT: &str = "elements nested too deep or too many were left out; their words are kept";

impl fmt::Display for Code {
    /// The code as it stands in the JSON: `year-inferred`.
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        self.serialize(to)
    }
}

/// The name of something that a later version added, such as a code. It is as cheap to copy as a code that is known.
///
/// Each word is kept once, as long as the program runs.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Word(&'static str);

impl Word {
    /// The word itself.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    fn new(text: &str) -> Self {
        static WORDS: Mutex<Option<HashSet<&'static str>>> = Mutex::new(None);
        let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
        let words = words.get_or_insert_default();
        if let Some(word) = words.get(text) {
            return Self(word);
        }
        let word: &'static str = Box::leak(text.into());
        words.insert(word);
        Self(word)
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        self.0.fmt(to)
    }
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self::new(&Cow::<str>::deserialize(from)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_a_later_version_is_read_and_printed_as_it_is() {
        let codes: Vec<Code> = serde_json::from_str(r#"["year-inferred","moon-inferred"]"#).unwrap();
        assert_eq!(codes[0], Code::YearInferred);
        assert_eq!(codes[1].to_string(), "moon-inferred");
        assert_eq!(serde_json::to_string(&codes).unwrap(), r#"["year-inferred","moon-inferred"]"#);
        assert_eq!(serde_json::from_str::<Code>(r#""moon-inferred""#).unwrap(), codes[1]);
        assert!(serde_json::from_str::<Code>("7").is_err());
    }
}
