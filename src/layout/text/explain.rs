//! What each line of a page was read as.

use super::bbc::html::Furniture;
use super::classify::Classified;
use crate::layout::text::line::Line;
use crate::model::{Block, Entry, LiveBlog};

/// A line of a page, with the name of its use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainedLine {
    /// Its number, from 1.
    pub number: usize,
    /// The name of its use; empty for a blank line.
    pub use_: &'static str,
    /// The line with its indent.
    pub text: String,
    /// Why it was read so, where several rules would have taken it, and what is doubtful about it.
    pub because: Vec<String>,
}

/// Names the use of each line.
pub fn explain_lines(lines: &[Line], classified: &Classified) -> Vec<ExplainedLine> {
    let named = lines.iter().zip(&classified.uses).map(|(line, use_)| {
        let text = format!("{:indent$}{}", "", line.whole, indent = line.indent);
        ExplainedLine { number: line.number, use_: use_.name(), text, because: Vec::new() }
    });
    let mut explained: Vec<_> = named.collect();
    let reasons = classified.reasons.iter().map(|(line, reason)| (*line, reason.clone()));
    let doubts = classified.doubts.iter().map(|doubt| (doubt.line, format!("{}: {}", doubt.code, doubt.message)));
    for (line, reason) in reasons.chain(doubts) {
        if let Some(line) = explained.get_mut(line) {
            line.because.push(reason);
        }
    }
    explained
}

/// The lines of a document with what they leave out between them, if anything, numbered anew.
pub fn with_furniture(lines: Vec<ExplainedLine>, furniture: &[Furniture]) -> Vec<ExplainedLine> {
    if furniture.is_empty() {
        return lines;
    }
    let mut furniture = furniture.iter().peekable();
    let mut explained = ValueLines(Vec::with_capacity(lines.len() + furniture.len()));
    for (index, line) in lines.into_iter().enumerate() {
        while let Some(left_out) = furniture.next_if(|left_out| left_out.before <= index) {
            explained.add("furniture", &left_out.text);
        }
        let number = explained.0.len() + 1;
        explained.0.push(ExplainedLine { number, ..line });
    }
    explained.add_all("furniture", furniture.map(|left_out| &left_out.text));
    explained.0
}

/// Lists the values of a live blog that was read from data, a line each, and what its document leaves out.
pub fn explain_live_blog(blog: &LiveBlog, furniture: &[Furniture]) -> Vec<ExplainedLine> {
    let mut lines = ValueLines(Vec::new());
    lines.add_all("headline", &blog.title);
    lines.add_all("standfirst", &blog.standfirst);
    lines.add_all("credit", &blog.authors);
    lines.add_all("summary", &blog.summary);
    for entry in &blog.entries {
        lines.add("", "");
        lines.add_entry(entry);
    }
    lines.add_all("furniture", furniture.iter().map(|left_out| &left_out.text));
    lines.0
}

struct ValueLines(Vec<ExplainedLine>);

impl ValueLines {
    fn add(&mut self, use_: &'static str, text: impl Into<String>) {
        let number = self.0.len() + 1;
        self.0.push(ExplainedLine { number, use_, text: text.into(), because: Vec::new() });
    }

    fn add_all<'t>(&mut self, use_: &'static str, texts: impl IntoIterator<Item = &'t String>) {
        for text in texts {
            self.add(use_, text);
        }
    }

    fn add_entry(&mut self, entry: &Entry) {
        self.add_all("label", &entry.label);
        self.add_all("title", &entry.title);
        self.add_all("stamp", &entry.stamp);
        self.add_all("subtitle", &entry.subtitle);
        self.add_all("author", &entry.author);
        self.add_all("role", &entry.role);
        self.add_all("author", &entry.co_authors);
        for block in &entry.body {
            self.add_block(block);
        }
        for image in &entry.images {
            self.add_all("image", image.alt.iter().chain(&image.caption).chain(&image.source));
        }
        for media in &entry.media {
            self.add_all("media", &media.caption);
        }
    }

    fn add_block(&mut self, block: &Block) {
        match block {
            Block::Paragraph { text, .. } => self.add("paragraph", text),
            Block::List { items, .. } => items.iter().for_each(|item| self.add("item", format!("• {item}"))),
            Block::Quote { text, attribution } => {
                text.lines().filter(|line| !line.is_empty()).for_each(|line| self.add("quote", line));
                self.add_all("attribution", attribution);
            }
            Block::Embed { url, text, .. } => self.add_all("embed", url.iter().chain(text)),
            Block::Card { text, .. } => text.lines().for_each(|line| self.add("card", line)),
            Block::Other(block) => block.texts().into_iter().for_each(|text| self.add("paragraph", text)),
        }
    }
}
