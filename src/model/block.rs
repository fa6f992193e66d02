//! The parts of an entry's body.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

/// A part of an entry's body.
///
/// In the JSON the key `type` says which part it is. A block whose type is not known, or that has none, is no error: a
/// later version wrote it, and its words are shown as a paragraph's are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", tag = "type", rename_all = "lowercase")]
#[non_exhaustive]
pub enum Block {
    /// A paragraph: one line of a text page.
    Paragraph {
        /// Its words.
        #[serde(default)]
        text: String,
        /// Its links, from HTML only.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        links: Vec<Link>,
    },
    /// A list.
    List {
        /// Whether its items are numbered.
        #[serde(default)]
        ordered: bool,
        /// Its items, in order.
        #[serde(default)]
        items: Vec<String>,
        /// The links of all its items, from HTML only.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        links: Vec<Link>,
    },
    /// Somebody's words, set apart from the text.
    Quote {
        /// Its paragraphs, apart by a blank line.
        #[serde(default)]
        text: String,
        /// Whose words they are.
        attribution: Option<String>,
    },
    /// A post of another site.
    Embed {
        /// The site's name in lower case: `twitter`, `youtube`.
        #[serde(default)]
        site: String,
        /// Where the post is.
        url: Option<String>,
        /// Its words, if the page holds them.
        text: Option<String>,
    },
    /// A teaser of another page.
    Card {
        /// Its lines, apart by line breaks.
        #[serde(default)]
        text: String,
        /// The page that it leads to.
        url: Option<String>,
    },
    /// A part that a later version added.
    #[serde(skip)]
    Other(OtherBlock),
}

/// A block of a type that is not known, with all its JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherBlock(pub Map<String, Value>);

/// A link within a paragraph or an item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Link {
    /// The words that carry the link.
    pub text: String,
    /// Where it leads.
    pub url: String,
}

impl Block {
    /// A paragraph without links.
    pub fn paragraph(text: &str) -> Block {
        Block::Paragraph { text: text.to_owned(), links: Vec::new() }
    }
}

impl OtherBlock {
    /// Its type; empty if it has none.
    pub fn name(&self) -> &str {
        self.0.get("type").and_then(Value::as_str).unwrap_or_default()
    }

    /// Its words, apart by line breaks: its `text`, else all texts in it but its type and addresses, so that none is
    /// lost.
    ///
    /// ```
    /// use liveblog::model::Block;
    ///
    /// let table = r#"{"type": "table", "rows": [["Harbour", "3.2 m"], ["Sluice", "2.9 m"]]}"#;
    /// let Block::Other(block) = serde_json::from_str(table)? else { panic!("no such block is known") };
    /// assert_eq!(block.text(), "Harbour\n3.2 m\nSluice\n2.9 m");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn text(&self) -> String {
        self.texts().join("\n")
    }

    /// The same, each text for itself.
    pub fn texts(&self) -> Vec<&str> {
        let mut texts = Vec::new();
        match self.0.get("text") {
            Some(Value::String(text)) => texts.push(text.as_str()),
            _ => push_texts(&self.0, &mut texts),
        }
        texts.retain(|text| !text.is_empty());
        texts
    }
}

fn push_texts<'v>(keys: &'v Map<String, Value>, texts: &mut Vec<&'v str>) {
    for (key, value) in keys {
        if !matches!(key.as_str(), "type" | "url" | "site") {
            push_text(value, texts);
        }
    }
}

fn push_text<'v>(value: &'v Value, texts: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => texts.push(text),
        Value::Array(values) => values.iter().for_each(|value| push_text(value, texts)),
        Value::Object(keys) => push_texts(keys, texts),
        _ => {}
    }
}

impl Serialize for Block {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Block::Other(block) => block.serialize(to),
            known => Block::serialize(known, to),
        }
    }
}

impl<'de> Deserialize<'de> for Block {
    /// What is of a known type must be in its form; what is of another is kept as it is.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        /// The types of the blocks that are known.
        #[derive(Deserialize)]
        #[serde(rename_all = "lowercase")]
        enum Type {
            Paragraph,
            List,
            Quote,
            Embed,
            Card,
        }
        let keys = Map::deserialize(from)?;
        match keys.get("type").map(Type::deserialize) {
            Some(Ok(Type::Paragraph | Type::List | Type::Quote | Type::Embed | Type::Card)) => {
                Block::deserialize(Value::Object(keys)).map_err(Error::custom)
            }
            Some(Err(_)) | None => Ok(Block::Other(OtherBlock(keys))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_of_another_type_keeps_its_json_and_shows_its_words() {
        for (json, text) in [
            (r#"{"text":"Two gates","type":"heading"}"#, "Two gates"),
            (r#"{"rows":[["Harbour",3]],"type":"table","url":"https://example.org/"}"#, "Harbour"),
            (r#"{"text":"Words of no type"}"#, "Words of no type"),
            (r#"{"type":{"of":"another form"}}"#, ""),
        ] {
            let block: Block = serde_json::from_str(json).unwrap();
            let Block::Other(other) = &block else { panic!("{block:?}") };
            assert_eq!(other.text(), text, "{json}");
            assert_eq!(serde_json::to_string(&block).unwrap(), json);
        }
    }

    #[test]
    fn a_block_of_a_known_type_is_read_without_the_keys_that_it_lacks() {
        let paragraph = Block::paragraph("");
        assert_eq!(serde_json::from_str::<Block>(r#"{"type":"paragraph","later":[1]}"#).unwrap(), paragraph);
        let list = Block::List { ordered: false, items: vec![], links: vec![] };
        assert_eq!(serde_json::from_str::<Block>(r#"{"type":"list"}"#).unwrap(), list);
    }

    #[test]
    fn a_block_of_a_known_type_in_another_form_is_an_error() {
        let error = serde_json::from_str::<Block>(r#"{"type":"paragraph","text":7}"#).unwrap_err().to_string();
        assert!(error.starts_with("invalid type: integer `7`, expected a string"), "{error}");
    }
}
