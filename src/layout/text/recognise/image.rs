//! Images: alternative text, credit, caption.

use super::name::{is_name, is_organisation};
use super::shape::{ends_sentence, find_last, given, opens_quotation, strip_opening};
use crate::layout::text::cursor::Cursor;
use crate::layout::text::line::{Line, LineRole};
use crate::layout::text::uses::Use;
use crate::locale::words::Words;
use crate::model::Code;

/// An image with a credit, a caption, or both:
///
/// ```text
///     Engineers at the northern portalImage source, Reuters
///     Image caption,
///
///     Engineers checked the pumps overnight
/// ```
///
/// The alternative text may stand on a line of its own above the credit, or above the caption without a credit.
pub fn image(at: &mut Cursor) -> Option<()> {
    let line = at.next().filter(|line| !line.is_prose())?;
    if let Some((alt, source)) = split_source(line.text, at.words()) {
        at.take(Use::Image { alt: given(alt), source: given(source) });
        return caption(at, false).or_else(|| flat_caption(at)).or(Some(()));
    }
    if caption_mark(line.text, at.words()).is_some() {
        return caption(at, true);
    }
    let below = at
        .adjacent(1)
        .filter(|below| !below.is_prose() && line.mark.is_none() && !(at.facts.flat && ends_sentence(line.text)))?;
    match split_source(below.text, at.words()) {
        Some(("", source)) => {
            at.take(Use::Image { alt: given(line.text), source: None });
            at.take(Use::ImageSource(given(source)));
            caption(at, false).or_else(|| flat_caption(at)).or(Some(()))
        }
        Some(_) => None,
        None => {
            caption_mark(below.text, at.words())?;
            at.take(Use::Image { alt: given(line.text), source: None });
            caption(at, false)
        }
    }
}

/// A line that HTML shows to be an image, whatever its words, and below it whom it is from and its caption.
pub fn pictured(at: &mut Cursor) -> Option<()> {
    let line = at.next().filter(|line| matches!(line.hints.role, Some(LineRole::Image(_))))?;
    at.take(Use::Image { alt: given(line.text), source: None });
    let is_of_figure = |line: &&Line| matches!(line.hints.role, Some(LineRole::Credit | LineRole::Caption));
    let figure = (0..).map_while(|count| at.ahead(count)).take_while(is_of_figure);
    let credits: Vec<_> =
        figure.filter(|line| line.hints.role == Some(LineRole::Credit)).map(|line| line.whole).collect();
    // Of several lines, those are credits that say so.
    let any_marked = credits.iter().any(|text| credit_mark(text, at.words()).is_some());
    let mut has_credit = false;
    while let Some(line) = at.next() {
        let text = line.whole;
        match line.hints.role {
            Some(LineRole::Caption) if marked(text, at.words().media_caption).is_none() => {
                let text = caption_mark(text, at.words()).unwrap_or(text);
                at.take(Use::ImageCaption { text: given(text), opens: false });
            }
            Some(LineRole::Credit) => {
                let source = credit_mark(text, at.words()).or_else(|| (!any_marked && !has_credit).then_some(text));
                match source {
                    Some(source) => at.take(Use::ImageSource(given(source))),
                    None => {
                        at.doubt(Code::UnreadLine, format!("“{text}” stands with an image, and is not its credit"));
                        at.take(Use::Unread);
                    }
                }
                has_credit = true;
            }
            _ => break,
        }
    }
    Some(())
}

/// What a line says behind the marker of a credit.
fn credit_mark<'a>(text: &'a str, words: &Words) -> Option<&'a str> {
    split_source(text, words).map(|(_, source)| source).or_else(|| marked(text, CREDITS))
}

/// What stands before a credit on older pages.
const CREDITS: &[&str] = &["Copyright", "Credit", "Image source"];

/// `Image caption,` with the caption behind it or on the next line that has words.
fn caption(at: &mut Cursor, opens: bool) -> Option<()> {
    let text = caption_mark(at.next()?.text, at.words())?;
    at.take(Use::ImageCaption { text: given(text), opens });
    if given(text).is_none() {
        let below = at.next().filter(|below| !below.is_prose() && !is_marker(below.text, at.words()));
        if let Some(below) = below {
            at.take(Use::ImageCaption { text: given(below.whole), opens: false });
        }
    }
    Some(())
}

/// In the flat dress the marker of a caption may be lost: one line without sentence end right behind the credit.
fn flat_caption(at: &mut Cursor) -> Option<()> {
    let line = at.next().filter(|line| at.facts.flat && line.mark.is_none() && !line.is_prose())?;
    if is_marker(line.text, at.words()) {
        return None;
    }
    if ends_sentence(line.text) || opens_quotation(line.text) || at.is_last() {
        return None;
    }
    at.doubt(Code::ImageOrText, format!("“{}” stands right behind a credit; read as the image's caption", line.text));
    at.take(Use::ImageCaption { text: Some(line.text), opens: false });
    Some(())
}

/// Adjacent lines that are no byline, none of them ending a sentence: the alternative texts of several images.
///
/// Where they may as well be text (under a colon, on a page that has lost its list marks) they are left alone.
pub fn gallery(at: &mut Cursor) -> Option<()> {
    let first = at.next().filter(|line| line.mark.is_none() && !line.is_prose() && !opens_quotation(line.text))?;
    let may_be_text =
        at.facts.flat || !at.facts.has_list_marks || at.above().is_some_and(|line| line.text.ends_with(':'));
    if may_be_text || ends_sentence(first.text) || !at.stands_apart() {
        return None;
    }
    let adjacent = (1..).map_while(|count| at.behind(count).filter(|line| !line.is_blank()));
    let run = adjacent.take_while(|line| line.mark.is_none() && !line.is_prose());
    let (mut plain, mut all) = (1, 1);
    let mut still_plain = true;
    for line in run {
        if ends_sentence(line.text) && split_source(line.text, at.words()).is_none() {
            return None;
        }
        still_plain &= !is_marker(line.text, at.words());
        plain += usize::from(still_plain);
        all += 1;
    }
    if all < 2 {
        return None;
    }
    for _ in 0..plain {
        let line = at.next()?;
        at.take(Use::Image { alt: given(line.text), source: None });
    }
    Some(())
}

/// A lone person's name right under title, subtitle or byline: the portrait of who is spoken of.
pub fn portrait(at: &mut Cursor) -> Option<()> {
    let line = at.next().filter(|line| at.at_top && line.mark.is_none() && !line.is_prose())?;
    let alone = at.facts.flat || at.stands_apart() && at.adjacent(1).is_none();
    let is_person = || is_name(line.text) && !is_organisation(line.text, at.words()) && !holds_place(line.text);
    if !alone || at.is_last() || !is_person() {
        return None;
    }
    at.doubt(
        Code::ImageOrText,
        format!("“{}” stands alone at the entry's top; read as an image's alternative text", line.text),
    );
    at.take(Use::Image { alt: Some(line.text), source: None });
    Some(())
}

/// Whether a word says that the name is a place's or an organisation's.
fn holds_place(text: &str) -> bool {
    const PLACES: [&str; 40] = [
        "House",
        "Street",
        "Park",
        "Palace",
        "Court",
        "City",
        "Town",
        "Council",
        "United",
        "Rovers",
        "County",
        "Hall",
        "Square",
        "Bridge",
        "Road",
        "Station",
        "Airport",
        "Hospital",
        "University",
        "School",
        "Stadium",
        "Island",
        "Islands",
        "River",
        "Sea",
        "Ocean",
        "Mountain",
        "Kingdom",
        "States",
        "Republic",
        "Union",
        "Parliament",
        "Congress",
        "Senate",
        "Bank",
        "Club",
        "Party",
        "Agency",
        "Service",
        "Police",
    ];
    const FIRST: [&str; 14] = [
        "New", "North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Hong", "Great",
        "Saint", "St", "Downing",
    ];
    text.split_whitespace().any(|word| PLACES.contains(&word))
        || text.split_whitespace().next().is_some_and(|word| FIRST.contains(&word))
}

/// `ALTImage source, CREDIT`: what stands before and behind the marker.
fn split_source<'a>(text: &'a str, words: &Words) -> Option<(&'a str, &'a str)> {
    let at = find_last(text, words.image_source)?;
    Some((text[..at].trim(), text[at + words.image_source.len()..].trim()))
}

/// What stands behind `Image caption,` or `Image caption:`.
fn caption_mark<'a>(text: &'a str, words: &Words) -> Option<&'a str> {
    marked(text, words.image_caption)
}

/// What stands behind one of the markers and its comma or colon.
pub fn marked<'a>(text: &'a str, markers: &[&str]) -> Option<&'a str> {
    markers.iter().find_map(|marker| strip_opening(text, marker)?.trim_start().strip_prefix([',', ':'])).map(str::trim)
}

/// Whether the line marks an image, a caption or media, so that it is no caption itself.
pub fn is_marker(text: &str, words: &Words) -> bool {
    split_source(text, words).is_some()
        || caption_mark(text, words).is_some()
        || marked(text, words.media_caption).is_some()
}
