//! Passages as the lines that a text of the page has: indents, list marks, blank lines; and what HTML tells beyond them.

use super::passage::{Kind, Passage};
use crate::layout::text::page::{Hints, Shows};

/// A document as text, line by line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The text.
    pub text: String,
    /// What the document tells of each line.
    pub hints: Vec<Hints>,
    /// Where the video is whose caption comes next.
    media: Option<String>,
}

impl Rendered {
    /// Adds a line.
    pub fn line(&mut self, indent: usize, words: &str, hints: Hints) {
        self.text.extend(std::iter::repeat_n(' ', indent));
        self.text.push_str(words);
        self.text.push('\n');
        self.hints.push(hints);
    }

    /// Adds a blank line.
    pub fn blank(&mut self) {
        self.line(0, "", Hints::default());
    }

    /// Adds a passage at an indent.
    pub fn passage(&mut self, passage: Passage, indent: usize) {
        let Passage { kind, text, links, apart } = passage;
        if apart {
            self.blank();
        }
        let url = self.media.take_if(|_| kind == Kind::Caption);
        let hints = Hints { links, url, ..Hints::default() };
        match kind {
            Kind::Item { ordered, number, depth } => {
                let mark = if ordered { format!("{number}.") } else { "•".to_owned() };
                self.line(indent + 2 * (depth - 1), &format!("{mark} {text}"), hints);
            }
            Kind::Picture(url) => {
                let alt = if text.is_empty() { "." } else { &text };
                self.line(indent, alt, Hints { shows: Some(Shows::Picture(url)), ..hints });
            }
            Kind::Credit => self.line(indent, &text, Hints { shows: Some(Shows::Credit), ..hints }),
            Kind::Caption => self.line(indent, &text, Hints { shows: Some(Shows::Caption), ..hints }),
            Kind::Media(url) => self.media = url,
            Kind::Embed { site, url } if text.is_empty() => {
                self.line(indent, &format!("View more on {site}"), Hints { url, ..hints });
            }
            Kind::Embed { site, url } => {
                self.line(indent, &format!("Skip {site} post"), Hints { url, ..hints });
                self.line(indent, &text, Hints::default());
                self.line(indent, &format!("End of {site} post"), Hints::default());
            }
            Kind::Heading(_) | Kind::Paragraph | Kind::Quote | Kind::Attribution | Kind::Time(_) => {
                self.line(indent, &text, hints);
            }
        }
    }
}
