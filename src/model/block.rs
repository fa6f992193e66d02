//! The parts of an entry's body, and the body as plain text.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::Entry;

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

impl Entry {
    /// The body as plain text: its blocks apart by a blank line, each item of a list on a line of its own, led by
    /// `• ` or by its number.
    ///
    /// Whose words a quote holds stands under it; an embed whose words the page does not hold is its address.
    ///
    /// ```
    /// use liveblog::model::{Block, Entry};
    ///
    /// let items = vec!["Close the gates".to_owned(), "Start the pumps".to_owned()];
    /// let body = vec![
    ///     Block::Paragraph { text: "The orders were:".to_owned(), links: vec![] },
    ///     Block::List { ordered: true, items, links: vec![] },
    /// ];
    /// let mut entry = Entry::default();
    /// entry.body = body;
    /// assert_eq!(entry.text(), "The orders were:\n\n1. Close the gates\n2. Start the pumps");
    /// ```
    pub fn text(&self) -> String {
        let mut text = String::new();
        for block in &self.body {
            let blocks_before = text.len();
            if blocks_before > 0 {
                text.push_str("\n\n");
            }
            let start = text.len();
            push_block(&mut text, block);
            if text.len() == start {
                text.truncate(blocks_before);
            }
        }
        text
    }
}

fn push_block(to: &mut String, block: &Block) {
    match block {
        Block::Paragraph { text, .. } | Block::Card { text, .. } => to.push_str(text),
        Block::List { ordered, items, .. } => push_items(to, *ordered, items),
        Block::Quote { text, attribution } => {
            to.push_str(text);
            if let Some(name) = attribution {
                to.push_str("\n— ");
                to.push_str(name);
            }
        }
        Block::Embed { url, text, .. } => to.push_str(text.as_ref().or(url.as_ref()).map_or("", String::as_str)),
        Block::Other(block) => to.push_str(&block.text()),
    }
}

fn push_items(to: &mut String, ordered: bool, items: &[String]) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            to.push('\n');
        }
        if ordered {
            to.push_str(&(index + 1).to_string());
            to.push_str(". ");
        } else {
            to.push_str("• ");
        }
        to.push_str(item);
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

    fn text_of(body: Vec<Block>) -> String {
        Entry { body, ..Entry::default() }.text()
    }

    fn paragraph(text: &str) -> Block {
        Block::Paragraph { text: text.to_owned(), links: vec![] }
    }

    #[test]
    fn an_entry_without_body_has_no_text() {
        assert_eq!(text_of(vec![]), "");
    }

    #[test]
    fn blocks_are_apart_by_a_blank_line_and_items_by_a_line_break() {
        let items = vec!["One".to_owned(), "Two".to_owned()];
        let list = Block::List { ordered: false, items, links: vec![] };
        assert_eq!(text_of(vec![paragraph("Before."), list, paragraph("After.")]), "Before.\n\n• One\n• Two\n\nAfter.");
    }

    #[test]
    fn a_quote_is_followed_by_whose_words_they_are() {
        let quote =
            Block::Quote { text: "“It held.”".to_owned(), attribution: Some("Ada Example, engineer".to_owned()) };
        assert_eq!(text_of(vec![quote]), "“It held.”\n— Ada Example, engineer");
    }

    #[test]
    fn an_embed_is_its_words_else_its_address_else_nothing() {
        let embed = |url: Option<&str>, text: Option<&str>| Block::Embed {
            site: "twitter".to_owned(),
            url: url.map(str::to_owned),
            text: text.map(str::to_owned),
        };
        assert_eq!(text_of(vec![embed(Some("https://example.org/1"), Some("Words"))]), "Words");
        assert_eq!(text_of(vec![embed(Some("https://example.org/1"), None)]), "https://example.org/1");
        assert_eq!(text_of(vec![paragraph("Before."), embed(None, None), paragraph("After.")]), "Before.\n\nAfter.");
    }
}
