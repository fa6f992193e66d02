//! A document as lines: each made from its passage, with the mark, the indent and the role that the document gives it.

use std::borrow::Cow;

use super::{Hints, Line, LineRole, Mark, mark};
use crate::html::{Passage, PassageKind};
use crate::layout::text::recognise::furniture::remove_link_notes;
use crate::model::Link;

/// The lines of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentLines {
    lines: Vec<DocumentLine>,
    /// Where the video is whose caption comes next.
    video: Option<String>,
    /// Whether the document marks its entries.
    has_entries: bool,
}

/// A line that owns its words; [`Line`] borrows them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct DocumentLine {
    indent: usize,
    mark: Option<Mark>,
    /// The words with the mark.
    whole: String,
    /// Where the words begin behind the mark.
    text_start: usize,
    hints: Hints,
}

impl DocumentLines {
    /// How many lines there are.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// The lines, numbered from 1.
    pub fn lines(&self) -> Vec<Line<'_>> {
        let numbered = self.lines.iter().zip(1..);
        numbered.map(|(line, number)| line.borrow(number)).collect()
    }

    /// The title of the last entry.
    pub fn last_title(&self) -> Option<&str> {
        let title = self.lines.iter().rfind(|line| line.hints.entry.is_some())?;
        Some(&title.whole[title.text_start..])
    }

    /// Adds a line. It has no mark but that one, whatever its words begin with.
    pub fn push(&mut self, indent: usize, mark: Option<Mark>, text: &str, hints: Hints) {
        let text = text.trim();
        let mut whole = match mark {
            Some(Mark::Number(number)) => format!("{number}. "),
            Some(Mark::Bullet) => "• ".to_owned(),
            None => String::new(),
        };
        let text_start = whole.len();
        whole.push_str(text);
        self.lines.push(DocumentLine { indent, mark, whole, text_start, hints });
    }

    /// Adds a line of which the document does not say what it is: its mark, if any, is among its words.
    fn push_text(&mut self, indent: usize, text: &str, hints: Hints) {
        let whole = text.trim();
        let (mark, text) = mark(whole).unzip();
        let text_start = text.map_or(0, |text: &str| whole.len() - text.len());
        self.lines.push(DocumentLine { indent, mark, whole: whole.to_owned(), text_start, hints });
    }

    /// Adds a blank line.
    pub fn blank(&mut self) {
        self.push(0, None, "", Hints::default());
    }

    /// Begins an entry; a video of the entry above has no caption in it.
    pub fn begin_entry(&mut self) {
        self.video = None;
        self.has_entries = true;
        self.blank();
    }

    /// Adds a passage at an indent.
    pub fn passage(&mut self, passage: Passage, indent: usize) {
        let Passage { kind, text, links, apart, marker } = passage;
        if apart {
            self.blank();
        }
        let (text, links) = without_notes(text, links);
        let url = self.video.take_if(|_| kind == PassageKind::Caption);
        let is_of_figure =
            matches!(kind, PassageKind::Media(_) | PassageKind::Image(_) | PassageKind::Credit | PassageKind::Caption);
        self.video.take_if(|_| !is_of_figure && !matches!(kind, PassageKind::Text | PassageKind::Time(_)));
        let prose = Hints { role: Some(LineRole::Prose), links, ..Hints::default() };
        match kind {
            PassageKind::Item { ordered, number, depth } => {
                let number = u32::try_from(number).unwrap_or(u32::MAX);
                let mark = if ordered { Mark::Number(number) } else { Mark::Bullet };
                self.push(indent + 2 * (depth - 1), Some(mark), &text, prose);
            }
            PassageKind::Image(url) => {
                let alt = if text.is_empty() { "." } else { &text };
                self.push(indent, None, alt, Hints::from_role(LineRole::Image(url)));
            }
            PassageKind::Credit => {
                self.push(indent, None, &text, Hints { role: Some(LineRole::Credit), marker, ..prose })
            }
            PassageKind::Caption => {
                self.push(indent, None, &text, Hints { role: Some(LineRole::Caption), url, marker, ..prose })
            }
            PassageKind::Author => self.push(indent, None, &text, Hints { role: Some(LineRole::Author), ..prose }),
            PassageKind::Role => self.push(indent, None, &text, Hints { role: Some(LineRole::Role), ..prose }),
            PassageKind::Quote => self.push(indent, None, &text, Hints { role: Some(LineRole::Quote), ..prose }),
            PassageKind::Attribution => {
                self.push(indent, None, &text, Hints { role: Some(LineRole::Attribution), ..prose })
            }
            PassageKind::Media(url) => self.video = url,
            PassageKind::Embed { site, url } => {
                let is_empty = text.is_empty();
                let opening = if is_empty { format!("View more on {site}") } else { format!("Skip {site} post") };
                self.push(indent, None, &opening, Hints { url, ..Hints::default() });
                if !is_empty {
                    self.push(indent, None, &text, Hints::default());
                    self.push(indent, None, &format!("End of {site} post"), Hints::default());
                }
            }
            // Where no element marks an entry, the numbers of headings may be those of entries.
            PassageKind::Heading(_) if !self.has_entries => self.push_text(indent, &text, prose),
            PassageKind::Text | PassageKind::Time(_) => self.push_text(indent, &text, Hints { role: None, ..prose }),
            PassageKind::Heading(_) | PassageKind::Paragraph | PassageKind::BreakingMark => {
                self.push(indent, None, &text, prose);
            }
        }
    }
}

impl DocumentLine {
    fn borrow(&self, number: usize) -> Line<'_> {
        let DocumentLine { indent, mark, ref whole, text_start, ref hints } = *self;
        Line { number, indent, mark, text: &whole[text_start..], whole: whole.trim_end(), hints }
    }
}

/// The words and their links without the notes behind links, unless a link would lose words that its line keeps.
fn without_notes(text: String, links: Vec<Link>) -> (String, Vec<Link>) {
    let Cow::Owned(kept) = remove_link_notes(Cow::Borrowed(&text)) else { return (text, links) };
    let kept_links = links.iter().map(|link| {
        let words = remove_link_notes(Cow::Borrowed(&link.text)).trim().to_owned();
        Link { text: words, url: link.url.clone() }
    });
    let kept_links: Vec<_> = kept_links.collect();
    let are_in_text = kept_links.iter().all(|link| !link.text.is_empty() && kept.contains(&link.text));
    if are_in_text { (kept, kept_links) } else { (text, links) }
}
