//! Bodies: strings that hold tags, entities or line breaks, and elements of the document, as blocks.

use std::borrow::Cow;

use crate::html::{Addresses, Fragment, Html, Passage, PassageKind, normalize, push_collapsed, site};
use crate::layout::text::line::{Line, Mark};
use crate::model::{Block, Image, Media};

/// The blocks of a body, with the images and media that stand between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    /// Paragraphs, lists, quotes, embeds.
    pub blocks: Vec<Block>,
    /// Images.
    pub images: Vec<Image>,
    /// Video and audio.
    pub media: Vec<Media>,
}

/// A string as one line, without tags and entities.
pub fn plain(text: &str) -> String {
    let passages = passages(text, &Addresses::default()).passages;
    let texts: Vec<_> = passages.into_iter().map(|passage| passage.text).collect();
    texts.join(" ")
}

/// The text with the entities that are far the most frequent decoded; `None` if there are others, or tags.
fn decoded(text: &str) -> Option<String> {
    const USUAL: [(&str, char); 8] = [
        ("amp;", '&'),
        ("quot;", '"'),
        ("apos;", '\''),
        ("#39;", '\''),
        ("#x27;", '\''),
        ("lt;", '<'),
        ("gt;", '>'),
        ("nbsp;", ' '),
    ];
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some(at) = rest.find(['&', '<']) {
        let (name, c) =
            USUAL.iter().find(|(name, _)| rest[at..].strip_prefix('&').is_some_and(|rest| rest.starts_with(name)))?;
        kept.push_str(&rest[..at]);
        kept.push(*c);
        rest = &rest[at + 1 + name.len()..];
    }
    kept.push_str(rest);
    (!holds_markup(&kept)).then_some(kept)
}

/// The passages of a string. Where it holds no tags that end a paragraph, line breaks do.
pub fn passages(text: &str, addresses: &Addresses) -> Fragment {
    let text = if text.is_ascii() { text.into() } else { normalize(Cow::Borrowed(text)) };
    if !holds_markup(&text) {
        return Fragment { passages: text.lines().filter_map(paragraph).collect(), is_cut: false };
    }
    if let Some(text) = decoded(&text) {
        return Fragment { passages: text.lines().filter_map(paragraph).collect(), is_cut: false };
    }
    let tagged = if holds_blocks(&text) { text } else { Cow::Owned(text.replace('\n', "<br>")) };
    let Fragment { passages, is_cut } = Html::fragment(&tagged, addresses);
    // What was escaped twice shows its tags only now: `&lt;p&gt;Words.&lt;/p&gt;`.
    let is_escaped = |passage: &Passage| holds_blocks(&passage.text) || holds_entity(&passage.text);
    if tagged.contains('&') && passages.iter().any(is_escaped) {
        let texts: Vec<_> = passages.iter().map(|passage| passage.text.as_str()).collect();
        let Fragment { passages, is_cut: is_cut_again } = Html::fragment(&texts.join("<br>"), addresses);
        return Fragment { passages, is_cut: is_cut || is_cut_again };
    }
    Fragment { passages, is_cut }
}

/// A line of a string without tags.
fn paragraph(line: &str) -> Option<Passage> {
    let line = Line::read(0, line);
    let (kind, text) = match line.mark {
        Some(Mark::Bullet) => (PassageKind::Item { ordered: false, number: 0, depth: 1 }, line.text),
        _ => (PassageKind::Paragraph, line.whole),
    };
    let mut words = String::with_capacity(text.len());
    push_collapsed(&mut words, text).then_some(Passage { kind, text: words, links: Vec::new(), apart: true })
}

/// Whether there is a tag or an entity in the text.
fn holds_markup(text: &str) -> bool {
    holds_entity(text)
        || memchr::memchr_iter(b'<', text.as_bytes())
            .any(|at| matches!(text.as_bytes().get(at + 1), Some(b'/' | b'!' | b'a'..=b'z' | b'A'..=b'Z')))
}

fn holds_entity(text: &str) -> bool {
    memchr::memchr_iter(b'&', text.as_bytes()).any(|at| {
        let name = text[at + 1..].split(';').next().unwrap_or_default();
        let letters = name.strip_prefix('#').unwrap_or(name);
        (1..=31).contains(&name.len()) && !letters.is_empty() && letters.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

/// Whether there is a tag in the text that ends a paragraph.
fn holds_blocks(text: &str) -> bool {
    const BLOCKS: [&str; 16] = [
        "p",
        "br",
        "div",
        "li",
        "ul",
        "ol",
        "blockquote",
        "figure",
        "table",
        "section",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    ];
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| {
        let tag = text[at + 1..].trim_start_matches('/');
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        BLOCKS.iter().any(|block| name.eq_ignore_ascii_case(block))
    })
}

impl Body {
    /// The blocks that passages make up.
    pub fn of(passages: Vec<Passage>) -> Body {
        let mut body = Body::default();
        let mut above = None;
        for passage in passages {
            let kind = passage.kind.clone();
            body.take(passage, above.as_ref());
            // A caption may have several lines.
            let is_of_media = matches!((&kind, &above), (PassageKind::Caption, Some(PassageKind::Media(_))));
            above = if is_of_media { above } else { Some(kind) };
        }
        body
    }

    fn take(&mut self, passage: Passage, above: Option<&PassageKind>) {
        let Passage { kind, text, links, .. } = passage;
        let position = self.blocks.len();
        let is_of_picture = matches!(above, Some(PassageKind::Image(_) | PassageKind::Credit | PassageKind::Caption));
        let is_of_media = matches!(above, Some(PassageKind::Media(_)));
        match (kind, self.blocks.last_mut()) {
            (PassageKind::Time(_), _) => {}
            // The first item opens a list, but for one within a list.
            (PassageKind::Item { number, depth, .. }, Some(Block::List { items, links: before, .. }))
                if matches!(above, Some(PassageKind::Item { .. })) && (number != 1 || depth > 1) =>
            {
                items.push(text);
                before.extend(links);
            }
            (PassageKind::Item { ordered, .. }, _) => {
                self.blocks.push(Block::List { ordered, items: vec![text], links })
            }
            (PassageKind::Quote, Some(Block::Quote { text: before, .. })) if above == Some(&PassageKind::Quote) => {
                *before += "\n\n";
                *before += &text;
            }
            (PassageKind::Quote, _) => self.blocks.push(Block::Quote { text, attribution: None }),
            (PassageKind::Attribution, Some(Block::Quote { attribution, .. })) => {
                *attribution = Some(text.trim_start_matches(['-', '–', '—', ' ']).to_owned());
            }
            (PassageKind::Image(url), _) => {
                let alt = (!text.is_empty()).then_some(text);
                self.images.push(Image { alt, url, position, ..Image::default() });
            }
            (PassageKind::Credit, _) if is_of_picture => {
                if let Some(image) = self.images.last_mut() {
                    append(&mut image.source, credit(&text), ", ");
                }
            }
            (PassageKind::Caption, _) if is_of_picture => {
                if let Some(image) = self.images.last_mut() {
                    append(&mut image.caption, &text, " ");
                }
            }
            (PassageKind::Caption, _) if is_of_media => {
                if let Some(media) = self.media.last_mut() {
                    append(&mut media.caption, &text, " ");
                }
            }
            (PassageKind::Media(url), _) => self.media.push(Media { url, position, caption: None }),
            (PassageKind::Embed { site, url }, _) => {
                let text = (!text.is_empty()).then_some(text);
                self.blocks.push(Block::Embed { site: site.to_owned(), url, text });
            }
            // Nothing but the address of a post: the page shows the post in its place.
            _ if !text.contains(' ') && site(&text).is_some() => {
                let site = site(&text).unwrap_or_default().to_owned();
                self.blocks.push(Block::Embed { site, url: Some(text), text: None });
            }
            _ => self.blocks.push(Block::Paragraph { text, links }),
        }
    }
}

/// Adds a further line of a credit or a caption, unless the same words are there already.
fn append(to: &mut Option<String>, line: &str, between: &str) {
    match to {
        Some(words) if words != line => {
            words.push_str(between);
            words.push_str(line);
        }
        Some(_) => {}
        None => *to = Some(line.to_owned()),
    }
}

/// `Image: Reuters`, `(Photo: Reuters)`: whom the image is from.
fn credit(text: &str) -> &str {
    const MARKS: [&str; 7] = ["Image source,", "Image:", "Photo:", "Picture:", "Credit:", "Copyright:", "Source:"];
    let text = text.trim_matches(['(', ')', ' ']);
    let rest = MARKS.iter().find_map(|mark| {
        let (start, rest) = text.split_at_checked(mark.len())?;
        start.eq_ignore_ascii_case(mark).then_some(rest)
    });
    rest.unwrap_or(text).trim()
}

#[cfg(test)]
mod tests;
