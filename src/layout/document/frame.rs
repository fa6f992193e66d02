//! What stands around the body of an entry in its element: names, ages, badges, in a header or outside the body's box.

use std::collections::HashSet;

use super::is_prose;
use crate::html::{Element, Passage};

/// Short lines of an element that are no part of the body.
///
/// ```html
/// <article><div class="meta">Ada Example <span>2 hours ago</span></div><div class="post-body"><p>Words.</p></div></article>
/// ```
#[derive(Debug, Default)]
pub struct Frame {
    lines: HashSet<String>,
    /// The lines of the box that the body stands in, if there is one.
    body: Option<HashSet<String>>,
}

impl Frame {
    /// Reads what stands around the body.
    pub fn read(elements: &[Element]) -> Frame {
        let mut frame = Frame::default();
        let is_whole = |inner: Element| elements.iter().any(|element| element.is(inner));
        for inner in elements.iter().flat_map(|element| element.descendants()) {
            if !is_whole(inner) && (inner.name() == "header" || has_word(inner, &HEADERS) || is_time_line(inner)) {
                let lines = inner.passages();
                if lines.iter().all(|line| !is_prose(&line.text)) {
                    frame.lines.extend(lines.into_iter().map(|line| line.text));
                }
            }
        }
        if let [element] = elements {
            frame.body = body_box(*element).map(|body| body.passages().into_iter().map(|line| line.text).collect());
        }
        frame
    }

    /// Whether a passage belongs to it. Images, lists and quotes never do, nor does prose.
    pub fn contains(&self, passage: &Passage) -> bool {
        let is_line = passage.kind.is_line();
        let is_outside = || self.body.as_ref().is_some_and(|body| !body.contains(&passage.text));
        is_line && !is_prose(&passage.text) && (self.lines.contains(&passage.text) || is_outside())
    }
}

/// Whether a paragraph begins with a time: `<p><time datetime="…">9:41 PM</time> · Harbour Weekly</p>`.
fn is_time_line(element: Element) -> bool {
    let first = || element.passages().into_iter().next();
    element.name() == "p"
        && element.descendants().any(|inner| inner.name() == "time")
        && first().is_some_and(|line| line.text.starts_with(|c: char| c.is_ascii_digit()))
}

/// Classes of what stands above a body.
const HEADERS: [&str; 8] = ["meta", "header", "info", "badge", "badges", "label", "age", "timestamp"];

/// The box within an element that has most of its words, and says that it is the body.
fn body_box(element: Element) -> Option<Element> {
    /// As many words as need be counted.
    const MOST: usize = 10_000;
    let is_body = |inner: &Element| {
        inner.attr("itemprop").is_some_and(|name| name.contains("articleBody")) || {
            let class = inner.attr("class").unwrap_or_default().to_ascii_lowercase();
            class.contains("body") || class.contains("content")
        }
    };
    let all = element.text_length(MOST);
    element.descendants().find(|inner| !inner.is(element) && is_body(inner) && inner.text_length(MOST) * 2 >= all)
}

fn has_word(element: Element, words: &[&str]) -> bool {
    let is_known = |word: &str| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    element.attr("class").is_some_and(|class| class.split(|c: char| !c.is_ascii_alphanumeric()).any(is_known))
}
