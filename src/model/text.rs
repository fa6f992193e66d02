//! The body of an entry as plain text: what tables hold, full text searches and people read.

use super::{Block, Entry};

impl Entry {
    /// The body as plain text: its blocks apart by a blank line, each item of a list on a line of its own, led by
    /// `• ` or by its number.
    ///
    /// Whose words a quote holds stands under it; an embed whose words the page does not hold is told by its address.
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

#[cfg(test)]
mod tests {
    use super::*;

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
