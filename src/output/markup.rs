//! An entry as documents show it: its blocks with images and media between them, its text with its links; and all that
//! as HTML.

use std::fmt::{self, Display, Write};

use crate::model::{Block, Entry, Image, Link, Media};

/// A part of an entry.
pub(super) enum Part<'a> {
    Block(&'a Block),
    Image(&'a Image),
    Media(&'a Media),
}

/// The parts of an entry, in the order of the page.
pub(super) fn parts(entry: &Entry) -> impl Iterator<Item = Part<'_>> {
    let blocks = entry.body.len();
    (0..=blocks).flat_map(move |index| {
        let is_here = move |position: usize| position.min(blocks) == index;
        let images = entry.images.iter().filter(move |image| is_here(image.position)).map(Part::Image);
        let media = entry.media.iter().filter(move |media| is_here(media.position)).map(Part::Media);
        images.chain(media).chain(entry.body.get(index).map(Part::Block))
    })
}

/// A piece of a text, and its address if it is a link.
pub(super) type Piece<'a> = (&'a str, Option<&'a str>);

/// Splits a text into pieces by the links found in it, one after another. Links that are left remain in `links`, for the
/// next item of a list.
pub(super) fn pieces<'a>(text: &'a str, links: &mut &'a [Link]) -> Vec<Piece<'a>> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let [link, others @ ..] = *links {
        let Some(start) = rest.find(&link.text) else { break };
        let (before, at) = rest.split_at(start);
        let (words, after) = at.split_at(link.text.len());
        pieces.extend([(before, None), (words, address(&link.url))]);
        (rest, *links) = (after, others);
    }
    pieces.push((rest, None));
    pieces.retain(|(words, _)| !words.is_empty());
    pieces
}

/// The address, if a document may link to it: `javascript:` and its like would run in the reader's browser.
pub(super) fn address(url: &str) -> Option<&str> {
    let starts_with = |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    ["https://", "http://", "mailto:"].into_iter().any(starts_with).then_some(url)
}

/// The text in place of an image: its caption, else its alternative text, then its credit.
pub(super) fn image_words(image: &Image) -> String {
    let words = image.caption.as_ref().or(image.alt.as_ref()).map_or("", String::as_str);
    match &image.source {
        Some(source) if words.is_empty() => format!("({source})"),
        Some(source) => format!("{words} ({source})"),
        None => words.to_owned(),
    }
}

/// The text within an element or an attribute of HTML or XML: it can end neither, and has no character that XML forbids.
///
/// ```
/// assert_eq!(liveblog::output::html_safe("\"<b>\" & so on"), "&quot;&lt;b&gt;&quot; &amp; so on");
/// ```
pub fn html_safe(text: &str) -> String {
    Escaped(text).to_string()
}

/// A text in HTML or XML, within an element or an attribute: it can end neither, and has no character that XML forbids.
pub(super) struct Escaped<'a>(pub &'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' => to.write_str("&amp;"),
            '<' => to.write_str("&lt;"),
            '>' => to.write_str("&gt;"),
            '"' => to.write_str("&quot;"),
            '\'' => to.write_str("&#39;"),
            '\t' | '\n' => to.write_char(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => Ok(()),
            c => to.write_char(c),
        })
    }
}

/// The body of an entry as HTML, with images and media at their positions on the page. Images are shown from their
/// addresses if `images` is set, else described.
pub(super) struct Body<'a> {
    pub entry: &'a Entry,
    pub images: bool,
}

impl Display for Body<'_> {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        parts(self.entry).try_for_each(|part| match part {
            Part::Block(block) => write_block(to, block),
            Part::Image(image) => write_image(to, image, self.images),
            Part::Media(media) => write_media(to, media),
        })
    }
}

fn write_block(to: &mut impl Write, block: &Block) -> fmt::Result {
    match block {
        Block::Paragraph { text, links } => {
            to.write_str("<p>")?;
            write_linked(to, text, &mut links.as_slice())?;
            to.write_str("</p>\n")
        }
        Block::List { ordered, items, links } => {
            let (name, mut links) = (if *ordered { "ol" } else { "ul" }, links.as_slice());
            writeln!(to, "<{name}>")?;
            for item in items {
                to.write_str("<li>")?;
                write_linked(to, item, &mut links)?;
                to.write_str("</li>\n")?;
            }
            writeln!(to, "</{name}>")
        }
        Block::Quote { text, attribution } => {
            to.write_str("<blockquote>\n")?;
            text.split("\n\n").try_for_each(|paragraph| writeln!(to, "<p>{}</p>", Lines(paragraph)))?;
            if let Some(name) = attribution {
                writeln!(to, "<footer>— {}</footer>", Escaped(name))?;
            }
            to.write_str("</blockquote>\n")
        }
        Block::Embed { site, url, text } => {
            to.write_str("<blockquote>\n")?;
            if let Some(text) = text {
                writeln!(to, "<p>{}</p>", Lines(text))?;
            }
            writeln!(to, "<footer>{}</footer>\n</blockquote>", Leading(&format!("Post on {site}"), url.as_deref()))
        }
        Block::Card { text, url } => writeln!(to, "<p class=\"card\">{}</p>", Leading(text, url.as_deref())),
        Block::Other(block) => block.texts().into_iter().try_for_each(|text| writeln!(to, "<p>{}</p>", Lines(text))),
    }
}

fn write_image(to: &mut impl Write, image: &Image, shown: bool) -> fmt::Result {
    let words = image_words(image);
    let url = image.url.as_deref().and_then(address);
    match url.filter(|_| shown) {
        Some(url) => writeln!(
            to,
            "<figure><img src=\"{}\" alt=\"{}\" loading=\"lazy\" referrerpolicy=\"no-referrer\"><figcaption>{}</figcaption></figure>",
            Escaped(url),
            Escaped(image.alt.as_deref().unwrap_or_default()),
            Lines(&words)
        ),
        None => {
            let words = if words.is_empty() { "without words" } else { &words };
            writeln!(to, "<figure><figcaption>Image: {}</figcaption></figure>", Leading(words, url))
        }
    }
}

/// Video or audio: its caption, as a link to it.
pub(super) fn write_media(to: &mut impl Write, media: &Media) -> fmt::Result {
    let words = media.caption.as_deref().unwrap_or("without caption");
    writeln!(to, "<figure><figcaption>Media: {}</figcaption></figure>", Leading(words, media.url.as_deref()))
}

fn write_linked<'a>(to: &mut impl Write, text: &'a str, links: &mut &'a [Link]) -> fmt::Result {
    pieces(text, links).into_iter().try_for_each(|(words, url)| write!(to, "{}", Leading(words, url)))
}

/// A link, or plain text if a document may not link to the address.
pub(super) struct Leading<'a>(pub &'a str, pub Option<&'a str>);

impl Display for Leading<'_> {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        match self.1.and_then(address) {
            Some(url) => write!(to, "<a href=\"{}\">{}</a>", Escaped(url), Lines(self.0)),
            None => write!(to, "{}", Lines(self.0)),
        }
    }
}

/// A text whose line breaks are kept.
struct Lines<'a>(&'a str);

impl Display for Lines<'_> {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        for (index, line) in self.0.lines().enumerate() {
            to.write_str(if index > 0 { "<br>" } else { "" })?;
            write!(to, "{}", Escaped(line))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::sample;

    #[test]
    fn text_can_end_neither_its_element_nor_its_attribute() {
        assert_eq!(
            Escaped("<script>alert('1')</script> & \"x\"\u{0}\u{1b}\u{ffff}\u{85}").to_string(),
            "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;"
        );
    }

    #[test]
    fn a_body_has_images_and_media_at_their_positions() {
        assert_eq!(
            Body { entry: &sample::row().entry, images: false }.to_string(),
            "<figure><figcaption>Media: The gates close</figcaption></figure>\n\
             <p>The &quot;old&quot; gates</p>\n\
             <figure><figcaption>Image: A gate (Reuters)</figcaption></figure>\n\
             <ul>\n<li>North</li>\n<li>South</li>\n</ul>\n"
        );
    }

    #[test]
    fn blocks_keep_their_links_and_whose_words_they_are() {
        let link = |url: &str| Link { text: "map".into(), url: url.into() };
        let body = vec![
            Block::Paragraph { text: "A <map>.".into(), links: vec![link("https://example.org/?a=1&b=\"")] },
            Block::List { ordered: true, items: vec!["A map".into()], links: vec![link("javascript:alert(1)")] },
            Block::Quote { text: "One\n\nTwo\nthree".into(), attribution: Some("Ada Example".into()) },
            Block::Embed { site: "twitter".into(), url: Some("https://example.org/2".into()), text: None },
            Block::Card { text: "Read\nmore".into(), url: None },
            serde_json::from_str(r#"{"type": "table", "rows": [["3 < 4"], ["Five\nsix"]]}"#).unwrap(),
        ];
        assert_eq!(
            Body { entry: &Entry { body, ..Entry::default() }, images: false }.to_string(),
            "<p>A &lt;<a href=\"https://example.org/?a=1&amp;b=&quot;\">map</a>&gt;.</p>\n\
             <ol>\n<li>A map</li>\n</ol>\n\
             <blockquote>\n<p>One</p>\n<p>Two<br>three</p>\n<footer>— Ada Example</footer>\n</blockquote>\n\
             <blockquote>\n<footer><a href=\"https://example.org/2\">Post on twitter</a></footer>\n</blockquote>\n\
             <p class=\"card\">Read<br>more</p>\n\
             <p>3 &lt; 4</p>\n<p>Five<br>six</p>\n"
        );
    }

    #[test]
    fn images_are_shown_where_that_is_asked_for() {
        let image =
            Image { alt: Some("A gate".into()), url: Some("https://example.org/1.jpg".into()), ..Image::default() };
        let entry = Entry { images: vec![image], ..Entry::default() };
        assert_eq!(
            Body { entry: &entry, images: true }.to_string(),
            "<figure><img src=\"https://example.org/1.jpg\" alt=\"A gate\" loading=\"lazy\" \
             referrerpolicy=\"no-referrer\"><figcaption>A gate</figcaption></figure>\n"
        );
        assert_eq!(
            Body { entry: &entry, images: false }.to_string(),
            "<figure><figcaption>Image: <a href=\"https://example.org/1.jpg\">A gate</a></figcaption></figure>\n"
        );
    }

    #[test]
    fn images_and_media_are_between_the_blocks_as_on_the_page() {
        let image = |alt: &str, position| Image { alt: Some(alt.into()), position, ..Image::default() };
        let entry = Entry {
            body: vec![Block::paragraph("One."), Block::paragraph("Two.")],
            images: vec![image("first", 0), image("last", 2), image("beyond", 9)],
            media: vec![Media { caption: Some("between".into()), position: 1, ..Media::default() }],
            ..Entry::default()
        };
        let order: Vec<_> = parts(&entry)
            .map(|part| match part {
                Part::Block(Block::Paragraph { text, .. }) => text.clone(),
                Part::Block(_) => String::new(),
                Part::Image(image) => image.alt.clone().unwrap(),
                Part::Media(media) => media.caption.clone().unwrap(),
            })
            .collect();
        assert_eq!(order, ["first", "One.", "between", "Two.", "last", "beyond"]);
    }

    #[test]
    fn links_are_found_by_their_words_one_after_another() {
        let link = |text: &str, url: &str| Link { text: text.into(), url: url.into() };
        let links = [link("map", "https://example.org/map"), link("map", "javascript:alert(1)"), link("list", "x")];
        let mut left = links.as_slice();
        assert_eq!(
            pieces("A map, and a map.", &mut left),
            [("A ", None), ("map", Some("https://example.org/map")), (", and a ", None), ("map", None), (".", None)]
        );
        assert_eq!(left, &links[2..], "the next item may hold it");
    }

    #[test]
    fn only_addresses_of_the_web_and_of_mail_are_linked() {
        assert_eq!(address("HTTPS://example.org/"), Some("HTTPS://example.org/"));
        assert_eq!(address("mailto:desk@example.org"), Some("mailto:desk@example.org"));
        for url in ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "/news", "ü"] {
            assert_eq!(address(url), None, "{url}");
        }
    }
}
