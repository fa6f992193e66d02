//! An entry taken apart for documents: its blocks with images and media between them, its text with its links.

use crate::model::{Block, Entry, Image, Link, Media};

/// A part of an entry.
pub(super) enum Part<'a> {
    Block(&'a Block),
    Image(&'a Image),
    Media(&'a Media),
}

/// The parts of an entry, in the order in which they stand on the page.
pub(super) fn parts(entry: &Entry) -> impl Iterator<Item = Part<'_>> {
    let blocks = entry.body.len();
    (0..=blocks).flat_map(move |place| {
        let stands_here = move |position: usize| position.min(blocks) == place;
        let images = entry.images.iter().filter(move |image| stands_here(image.position)).map(Part::Image);
        let media = entry.media.iter().filter(move |media| stands_here(media.position)).map(Part::Media);
        images.chain(media).chain(entry.body.get(place).map(Part::Block))
    })
}

/// A piece of a text, and where it leads.
pub(super) type Piece<'a> = (&'a str, Option<&'a str>);

/// The text in pieces, with the links that are found in it, one behind another; those that are left stand in `links`
/// for the next item of a list.
pub(super) fn pieces<'a>(text: &'a str, links: &mut &'a [Link]) -> Vec<Piece<'a>> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let [link, others @ ..] = *links {
        let Some(place) = rest.find(&link.text) else { break };
        let (before, at) = rest.split_at(place);
        let (words, after) = at.split_at(link.text.len());
        pieces.extend([(before, None), (words, address(&link.url))]);
        (rest, *links) = (after, others);
    }
    pieces.push((rest, None));
    pieces.retain(|(words, _)| !words.is_empty());
    pieces
}

/// The address, if a document may lead there: `javascript:` and its like would run in the reader's browser.
pub(super) fn address(url: &str) -> Option<&str> {
    let starts_with = |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    ["https://", "http://", "mailto:"].into_iter().any(starts_with).then_some(url)
}

/// The words that stand for an image: its caption, else its alternative text, then its credit.
pub(super) fn image_words(image: &Image) -> String {
    let words = image.caption.as_ref().or(image.alt.as_ref()).map_or("", String::as_str);
    match &image.source {
        Some(source) if words.is_empty() => format!("({source})"),
        Some(source) => format!("{words} ({source})"),
        None => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_and_media_stand_between_the_blocks_as_on_the_page() {
        let image = |alt: &str, position| Image { alt: Some(alt.into()), position, ..Image::default() };
        let entry = Entry {
            body: vec![Block::paragraph("One."), Block::paragraph("Two.")],
            images: vec![image("first", 0), image("last", 2), image("beyond", 9)],
            media: vec![Media { caption: Some("between".into()), position: 1, ..Media::default() }],
            ..Entry::default()
        };
        let told: Vec<_> = parts(&entry)
            .map(|part| match part {
                Part::Block(Block::Paragraph { text, .. }) => text.clone(),
                Part::Block(_) => String::new(),
                Part::Image(image) => image.alt.clone().unwrap(),
                Part::Media(media) => media.caption.clone().unwrap(),
            })
            .collect();
        assert_eq!(told, ["first", "One.", "between", "Two.", "last", "beyond"]);
    }

    #[test]
    fn links_are_found_by_their_words_one_behind_another() {
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
    fn only_addresses_of_the_web_and_of_mail_are_led_to() {
        assert_eq!(address("HTTPS://example.org/"), Some("HTTPS://example.org/"));
        assert_eq!(address("mailto:desk@example.org"), Some("mailto:desk@example.org"));
        for url in ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "/news", "ü"] {
            assert_eq!(address(url), None, "{url}");
        }
    }
}
