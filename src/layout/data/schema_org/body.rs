//! Bodies: strings with tags, entities or line breaks, and elements of the document, as blocks.

use std::borrow::Cow;

use crate::html::{Addresses, Fragment, Html, Passage, PassageKind, normalize, push_collapsed, site};
use crate::layout::text::line::{Line, Mark};
use crate::layout::text::recognise::shape::{same, strip_opening};
use crate::locale::ENGLISH;
use crate::model::{Block, Image, Media};

/// The blocks of a body, with the images and media between them.
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
fn decode_usual(text: &str) -> Option<String> {
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
    let mut decoded = String::with_capacity(text.len());
    while let Some(at) = rest.find(['&', '<']) {
        let (name, c) =
            USUAL.iter().find(|(name, _)| rest[at..].strip_prefix('&').is_some_and(|rest| rest.starts_with(name)))?;
        decoded.push_str(&rest[..at]);
        decoded.push(*c);
        rest = &rest[at + 1 + name.len()..];
    }
    decoded.push_str(rest);
    (!has_markup(&decoded)).then_some(decoded)
}

/// The passages of a string. If it has no tags that end a paragraph, line breaks end them.
pub fn passages(text: &str, addresses: &Addresses) -> Fragment {
    let text = if text.is_ascii() { text.into() } else { normalize(Cow::Borrowed(text)) };
    if !has_markup(&text) {
        return Fragment { passages: text.lines().filter_map(paragraph).collect(), is_cut: false };
    }
    if let Some(text) = decode_usual(&text) {
        return Fragment { passages: text.lines().filter_map(paragraph).collect(), is_cut: false };
    }
    let tagged = if has_block_tags(&text) { text } else { Cow::Owned(text.replace('\n', "<br>")) };
    let Fragment { passages, is_cut } = Html::fragment(&tagged, addresses);
    // What was escaped twice shows its tags only now: `&lt;p&gt;Words.&lt;/p&gt;`.
    let is_escaped = |passage: &Passage| has_block_tags(&passage.text) || has_entity(&passage.text);
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
    push_collapsed(&mut words, text).then_some(Passage { kind, text: words, links: Vec::new(), apart: true, marker: 0 })
}

/// Whether there is a tag or an entity in the text.
fn has_markup(text: &str) -> bool {
    has_entity(text)
        || memchr::memchr_iter(b'<', text.as_bytes())
            .any(|at| matches!(text.as_bytes().get(at + 1), Some(b'/' | b'!' | b'a'..=b'z' | b'A'..=b'Z')))
}

fn has_entity(text: &str) -> bool {
    memchr::memchr_iter(b'&', text.as_bytes()).any(|at| {
        let name = text[at + 1..].split(';').next().unwrap_or_default();
        let letters = name.strip_prefix('#').unwrap_or(name);
        (1..=31).contains(&name.len()) && !letters.is_empty() && letters.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

/// Whether there is a tag in the text that ends a paragraph.
fn has_block_tags(text: &str) -> bool {
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
    pub fn from_passages(passages: Vec<Passage>) -> Body {
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
            // What screen readers say before an image: `Image`.
            (PassageKind::Credit, _) if is_image_label(&text) => {}
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

/// `Image`, and nothing else.
fn is_image_label(text: &str) -> bool {
    ENGLISH.image_credits.iter().any(|mark| same(mark.trim_end_matches([':', ',']), text))
}

/// `Image: Reuters`, `(Photo: Reuters)`: whom the image is from.
fn credit(text: &str) -> &str {
    let text = text.trim_matches(['(', ')', ' ']);
    let rest = ENGLISH.image_credits.iter().find_map(|mark| strip_opening(text, mark));
    rest.unwrap_or(text).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> String {
        let body = Body::from_passages(passages(text, &Addresses::default()).passages);
        let blocks = body.blocks.iter().map(|block| match block {
            Block::Paragraph { text, links } if links.is_empty() => text.clone(),
            Block::Paragraph { text, links } => format!("{text} [{} → {}]", links[0].text, links[0].url),
            Block::List { items, ordered, .. } => {
                format!("{}({})", if *ordered { "ol" } else { "ul" }, items.join(", "))
            }
            Block::Quote { text, attribution } => format!("“{text}” {}", attribution.as_deref().unwrap_or("?")),
            Block::Embed { site, url, text } => format!("<{site} {url:?} {text:?}>"),
            Block::Card { text, .. } => text.clone(),
            Block::Other(block) => block.text(),
        });
        blocks.collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn tags_that_end_paragraphs_end_them() {
        assert_eq!(blocks("<p>One  two.</p>\n<p>Three&nbsp;four.</p>"), "One two. | Three four.");
        assert_eq!(blocks("One.<br/><br/>Two.<br>Three."), "One. | Two. | Three.");
        assert_eq!(blocks("<div>One<div>Two</div>Three</div>"), "One | Two | Three");
    }

    #[test]
    fn without_such_tags_line_breaks_end_paragraphs() {
        assert_eq!(blocks("One.\n\nTwo.\r\nThree."), "One. | Two. | Three.");
        assert_eq!(blocks("It&#39;s &quot;one&quot;.\nTwo &amp; three"), "It's \"one\". | Two & three");
        assert_eq!(blocks("Read <b>this</b>.\nAnd that."), "Read this. | And that.");
        assert_eq!(blocks("<p>A line\nbreak in it.</p>"), "A line break in it.");
    }

    #[test]
    fn lists_quotes_and_links_are_kept() {
        assert_eq!(
            blocks("<p>So:</p><ul><li>One</li><li><p>Two</p></li></ul><ol><li>A</li></ol>"),
            "So: | ul(One, Two) | ol(A)"
        );
        assert_eq!(blocks("So:\n• One\n• Two\nDone."), "So: | ul(One, Two) | Done.");
        assert_eq!(
            blocks("<blockquote><p>It held.</p><cite>— Ada Example</cite></blockquote>"),
            "“It held.” Ada Example"
        );
        assert_eq!(
            blocks("See <a href='https://example.org/a'>the report <b>here</b></a>."),
            "See the report here. [the report here → https://example.org/a]"
        );
    }

    #[test]
    fn what_was_escaped_twice_is_read_twice() {
        assert_eq!(blocks("&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;It&amp;#39;s two.&lt;/p&gt;"), "One. | It's two.");
        assert_eq!(blocks("Ada &amp;amp; Bo"), "Ada & Bo");
    }

    #[test]
    fn signs_that_are_no_markup_stay() {
        assert_eq!(blocks("5 < 6 & 7 > 3; R&D"), "5 < 6 & 7 > 3; R&D");
        assert_eq!(blocks("<p>I <3 it & so on</p>"), "I <3 it & so on");
    }

    #[test]
    fn scripts_and_styles_do_not_leak() {
        assert_eq!(blocks("<p>One.</p><script>alert(1)</script><style>p{}</style><p>Two.</p>"), "One. | Two.");
    }

    #[test]
    fn posts_of_other_sites_are_embeds() {
        let post = "<blockquote class=\"twitter-tweet\"><p>Words</p>— Ada <a href=\"https://twitter.com/a/status/1\">May</a></blockquote>";
        assert_eq!(blocks(post), "<twitter Some(\"https://twitter.com/a/status/1\") Some(\"Words — Ada May\")>");
        assert_eq!(
            blocks("https://www.facebook.com/example/posts/1"),
            "<facebook Some(\"https://www.facebook.com/example/posts/1\") None>"
        );
        assert_eq!(
            blocks(
                "<iframe src=\"https://www.youtube.com/embed/x\"></iframe><iframe src=\"https://ads.example\"></iframe>"
            ),
            "<youtube Some(\"https://www.youtube.com/embed/x\") None>"
        );
    }

    #[test]
    fn figures_are_images_at_their_place() {
        let text = "<p>One.</p><figure><img src=\"https://img.example/a.jpg\" alt=\"A tunnel\"><span>Image: Reuters</span>\
                <figcaption>The tunnel</figcaption></figure><p>Two.</p>";
        let image = Image {
            alt: Some("A tunnel".into()),
            source: Some("Reuters".into()),
            caption: Some("The tunnel".into()),
            url: Some("https://img.example/a.jpg".into()),
            position: 1,
        };
        assert_eq!(Body::from_passages(passages(text, &Addresses::default()).passages).images, [image]);
        assert_eq!(blocks(text), "One. | Two.");
    }
}
