//! What each line of a page was read as.

use super::classify;
use crate::input::Document;
use crate::layout::text::bbc::html::Furniture;
use crate::layout::text::line::{self, Line};
use crate::layout::text::{Known, prepared};
use crate::layout::{Form, ParseError, ParseOptions, check_lines, merge};
use crate::model::{Block, Entry, LiveBlog};

/// One line of a page, with the name of its use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// Its number, from 1.
    pub number: usize,
    /// The name of its use; empty for a blank line.
    pub use_: &'static str,
    /// The line as it stands, with its indent.
    pub text: String,
}

/// Returns what each line of a page was read as. For HTML, these are the lines of its document, or, if it contains
/// schema.org data, the values of the data, a line each. What a document drops, such as navigation, is a line of
/// furniture, with its number of words.
///
/// # Errors
///
/// Those of [`parse`](crate::layout::parse).
pub fn explain(document: &Document, options: &ParseOptions) -> Result<Vec<Explained>, ParseError> {
    let decoded = document.text()?;
    let text = &decoded.text;
    let explained = match Form::of(text) {
        Form::Text => {
            check_lines(text)?;
            of_lines(&line::lines(&prepared(decoded.text)), Known::of(document), options)
        }
        Form::Data => merge::read_data(text, document, options).map(|blog| of_data(&blog, &[])),
        Form::Html => merge::explain(
            text,
            document,
            options,
            |blog, furniture| Some(of_data(blog, furniture)),
            |lines, known, furniture| Some(with_furniture(of_lines(lines, known, options)?, furniture)),
        ),
    };
    explained.ok_or(ParseError::NoEntries)
}

fn of_lines(lines: &[Line], known: Known, options: &ParseOptions) -> Option<Vec<Explained>> {
    let classified = classify(lines, known, options)?;
    let explained = lines.iter().zip(&classified.uses).map(|(line, use_)| Explained {
        number: line.number,
        use_: use_.name(),
        text: format!("{:indent$}{}", "", line.whole, indent = line.indent),
    });
    Some(explained.collect())
}

/// The lines of a document with what they leave out between them, numbered anew.
fn with_furniture(lines: Vec<Explained>, furniture: &[Furniture]) -> Vec<Explained> {
    let mut furniture = furniture.iter().peekable();
    let mut explained = Vec::with_capacity(lines.len() + furniture.len());
    let mut add = |use_, text| explained.push(Explained { number: explained.len() + 1, use_, text });
    for (index, line) in lines.into_iter().enumerate() {
        while let Some(left_out) = furniture.next_if(|left_out| left_out.before <= index) {
            add("furniture", left_out.text.clone());
        }
        add(line.use_, line.text);
    }
    furniture.for_each(|left_out| add("furniture", left_out.text.clone()));
    explained
}

fn of_data(blog: &LiveBlog, furniture: &[Furniture]) -> Vec<Explained> {
    let mut lines: Vec<(&'static str, String)> = Vec::new();
    let said = |use_, text: &Option<String>| text.iter().map(move |text| (use_, text.clone())).collect::<Vec<_>>();
    lines.extend(said("headline", &blog.title));
    lines.extend(said("standfirst", &blog.standfirst));
    lines.extend(blog.authors.iter().map(|name| ("credit", name.clone())));
    lines.extend(blog.summary.iter().map(|point| ("summary", point.clone())));
    for entry in &blog.entries {
        lines.push(("", String::new()));
        for (use_, text) in [
            ("label", &entry.label),
            ("title", &entry.title),
            ("stamp", &entry.stamp),
            ("subtitle", &entry.subtitle),
            ("author", &entry.author),
            ("role", &entry.role),
        ] {
            lines.extend(said(use_, text));
        }
        lines.extend(entry.co_authors.iter().map(|name| ("author", name.clone())));
        lines.extend(of_body(entry));
    }
    lines.extend(furniture.iter().map(|left_out| ("furniture", left_out.text.clone())));
    let numbered = lines.into_iter().zip(1..);
    numbered.map(|((use_, text), number)| Explained { number, use_, text }).collect()
}

fn of_body(entry: &Entry) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    for block in &entry.body {
        match block {
            Block::Paragraph { text, .. } => lines.push(("paragraph", text.clone())),
            Block::List { items, .. } => lines.extend(items.iter().map(|item| ("item", format!("• {item}")))),
            Block::Quote { text, attribution } => {
                lines.extend(text.lines().filter(|line| !line.is_empty()).map(|line| ("quote", line.to_owned())));
                lines.extend(attribution.iter().map(|name| ("attribution", name.clone())));
            }
            Block::Embed { url, text, .. } => {
                lines.extend(url.iter().chain(text).map(|words| ("embed", words.clone())))
            }
            Block::Card { text, .. } => lines.extend(text.lines().map(|line| ("card", line.to_owned()))),
            Block::Other(block) => lines.extend(block.texts().into_iter().map(|text| ("paragraph", text.to_owned()))),
        }
    }
    let images = entry.images.iter().flat_map(|image| image.alt.iter().chain(&image.caption).chain(&image.source));
    lines.extend(images.map(|words| ("image", words.clone())));
    lines.extend(entry.media.iter().filter_map(|media| Some(("media", media.caption.clone()?))));
    lines
}
