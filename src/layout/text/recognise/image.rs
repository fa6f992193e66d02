//! Images and media: alternative text, credit, caption.

use super::name::{after_article, is_name, is_organisation, is_sure_role, names_place};
use super::shape::{at_most_words, ends_sentence, non_empty, opens_quotation};
use super::title::{is_fixture, is_result};
use crate::layout::text::cursor::Cursor;
use crate::layout::text::line::{Line, LineRole};
use crate::layout::text::uses::Use;
use crate::locale::{FirstLetters, Language, WordList};
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
/// The alternative text may be on a line of its own above the credit, or above the caption without a credit.
pub fn image(at: &mut Cursor) -> Option<()> {
    let line = at.next()?;
    if let Some((alt, source)) = split_source(line.text, at.language()) {
        at.take(Use::Image { alt: non_empty(alt), source: non_empty(source) });
        return caption(at, false).or_else(|| flat_caption(at)).or(Some(()));
    }
    if caption_mark(line.text, at.language()).is_some() {
        return caption(at, true);
    }
    let below = at.adjacent(1).filter(|_| line.mark.is_none() && !(at.page.is_flat && ends_sentence(line.text)))?;
    match split_source(below.text, at.language()) {
        Some(("", source)) => {
            at.take(Use::Image { alt: non_empty(line.text), source: None });
            at.take(Use::ImageSource(non_empty(source)));
            caption(at, false).or_else(|| flat_caption(at)).or(Some(()))
        }
        Some(_) => None,
        None => {
            caption_mark(below.text, at.language())?;
            at.take(Use::Image { alt: non_empty(line.text), source: None });
            caption(at, false)
        }
    }
}

/// A line that HTML shows to be an image, whatever its words, and below it whom it is from and its caption.
pub fn pictured(at: &mut Cursor) -> Option<()> {
    let line = at.next().filter(|line| matches!(line.hints.role, Some(LineRole::Image(_))))?;
    at.take(Use::Image { alt: non_empty(line.text), source: None });
    let is_of_figure = |line: &&Line| matches!(line.hints.role, Some(LineRole::Credit | LineRole::Caption));
    let figure = (0..).map_while(|count| at.ahead(count)).take_while(is_of_figure);
    let credits: Vec<_> =
        figure.filter(|line| line.hints.role == Some(LineRole::Credit)).map(|line| line.whole).collect();
    // Of several lines, those are credits that say so.
    let any_marked = credits.iter().any(|text| credit_mark(text, at.language()).is_some());
    let mut has_credit = false;
    while let Some(line) = at.next() {
        let text = line.whole;
        match line.hints.role {
            Some(LineRole::Caption) if marked(text, &at.language().media_caption).is_none() => {
                let text = shown_caption(line, at.language());
                at.take(Use::ImageCaption { text: non_empty(text), opens: false });
            }
            Some(LineRole::Credit) => {
                let source = credit_mark(text, at.language())
                    .or_else(|| (!any_marked && !has_credit).then_some(line.without_marker()));
                match source {
                    Some(source) => at.take(Use::ImageSource(non_empty(source))),
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

/// The words of a caption, without the marker that hidden words may glue to it: `Image captionThe weir`.
fn shown_caption<'a>(line: &Line<'a>, language: &Language) -> &'a str {
    let text = line.whole;
    let glued = || {
        let rest = language.image_caption.strip(text)?;
        rest.chars().next().is_none_or(|c| !c.is_lowercase() && !c.is_whitespace()).then_some(rest)
    };
    caption_mark(text, language).or_else(glued).unwrap_or_else(|| line.without_marker())
}

/// The text after the marker of a credit.
fn credit_mark<'a>(text: &'a str, language: &Language) -> Option<&'a str> {
    split_source(text, language).map(|(_, source)| source).or_else(|| marked(text, &CREDITS))
}

/// The markers of credits on older pages.
static CREDITS: WordList = WordList::new(&["Copyright", "Credit", "Image source"]);

/// The most words of a caption, or of an alternative text; where it was lost, the text itself is below its mark.
pub const LONGEST_CAPTION: usize = 60;

/// `Image caption,` with the caption after it or on the next line that has words.
fn caption(at: &mut Cursor, opens: bool) -> Option<()> {
    let text = caption_mark(at.next()?.text, at.language())?;
    at.take(Use::ImageCaption { text: non_empty(text), opens });
    if non_empty(text).is_none() {
        let below = at.next().filter(|below| !is_marker(below.text, at.language()));
        if let Some(below) = below {
            if !at_most_words(below.whole, LONGEST_CAPTION) {
                at.doubt(Code::ImageOrText, format!("“{}” is long for the caption as which it is read", below.whole));
            }
            at.take(Use::ImageCaption { text: non_empty(below.whole), opens: false });
        }
    }
    Some(())
}

/// On a flat page, the marker of a caption may be lost: one line without sentence end directly below the credit.
fn flat_caption(at: &mut Cursor) -> Option<()> {
    let line =
        at.next().filter(|line| at.page.is_flat && line.mark.is_none() && !is_marker(line.text, at.language()))?;
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
    let first = at.next().filter(|line| line.mark.is_none() && !opens_quotation(line.text))?;
    let may_be_text =
        || at.page.is_flat || !at.page.has_list_marks || at.above().is_some_and(|line| line.text.ends_with(':'));
    if ends_sentence(first.text) || !at.stands_apart() || may_be_text() {
        return None;
    }
    let adjacent = (1..).map_while(|count| at.below(count).filter(|line| !line.is_blank()));
    let run = adjacent.take_while(|line| line.mark.is_none());
    let (mut plain, mut all) = (1, 1);
    let mut still_plain = true;
    for line in run {
        if ends_sentence(line.text) && split_source(line.text, at.language()).is_none() {
            return None;
        }
        still_plain &= !is_marker(line.text, at.language());
        plain += usize::from(still_plain);
        all += 1;
    }
    if all < 2 {
        return None;
    }
    let texts: Vec<_> = (0..all).filter_map(|count| at.below(count)).map(|line| line.text).collect();
    // Fixtures and results are in rows, too, and a name over a role may begin another entry.
    let is_byline = texts.len() > 1 && is_name(texts[0]) && is_sure_role(texts[1], at.language());
    if is_byline || texts.iter().any(|text| is_fixture(text) || is_result(text)) {
        return None;
    }
    // A credit below, or the same words with a credit elsewhere, shows that they are images.
    if plain == all && !at.are_pictured(&texts) {
        let message = format!("{all} adjacent lines from “{}” on are read as images' alternative texts", first.text);
        at.doubt(Code::ImageOrText, message);
    }
    for _ in 0..plain {
        let line = at.next()?;
        at.take(Use::Image { alt: non_empty(line.text), source: None });
    }
    Some(())
}

/// A lone person's name right under title, subtitle or byline: the portrait of who is spoken of.
pub fn portrait(at: &mut Cursor) -> Option<()> {
    let line = at.next().filter(|line| at.at_top && line.mark.is_none())?;
    let alone = at.page.is_flat || at.stands_alone();
    let is_person =
        || is_name(line.text) && !is_organisation(line.text, at.language()) && !names_place(line.text, at.language());
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

/// A line without a marker that says itself that it is a picture, perhaps in several sentences:
///
/// ```text
/// Map showing the harbour. The crane is in the north.
/// ```
///
/// Prose has an article before the noun, so that a line with one is a picture only if it ends no sentence.
pub fn named_picture(at: &mut Cursor) -> Option<()> {
    let line = at.next().filter(|line| line.mark.is_none())?;
    let has_article = names_picture(line.text, at.language())?;
    let is_cut = has_article && at.is_last();
    if has_article && ends_sentence(line.text) || is_cut || !at_most_words(line.text, LONGEST_CAPTION) {
        return None;
    }
    at.doubt(Code::ImageOrText, format!("“{}” begins as a picture's description; read as an image", line.text));
    at.take(Use::Image { alt: Some(line.text), source: None });
    Some(())
}

/// Whether an article is before the words for a picture with which the text begins, if it does: `Black and white image
/// of`.
pub fn names_picture(text: &str, language: &Language) -> Option<bool> {
    let behind_article = after_article(text, language);
    let words = behind_article.unwrap_or(text);
    let may_begin = |list: &WordList| list.may_begin(words);
    if !may_begin(&language.pictures) && !may_begin(&language.picture_kinds) && !words.starts_with(language.and) {
        return None;
    }
    let mut words = words.split(' ').peekable();
    let is_kind = |word: &&str| *word == language.and || language.picture_kinds.contains(word);
    while words.next_if(is_kind).is_some() {}
    let is_picture = language.pictures.contains(words.next()?) && language.picturing.contains(&words.next()?);
    is_picture.then_some(behind_article.is_some())
}

/// The letters that [`names_picture`] knows the first words by.
pub fn picture_openings(language: &Language) -> FirstLetters {
    let mut letters = FirstLetters::of_words(&[language.and]);
    letters.add(&FirstLetters::of_lists(&[&language.articles, &language.pictures, &language.picture_kinds]));
    letters
}

/// `Media caption,` with the caption after it or on the next line that has words; or what HTML shows to be the caption
/// of a video.
pub fn media(at: &mut Cursor) -> Option<()> {
    let line = at.next()?;
    let shown = || {
        let is_of_video = line.hints.role == Some(LineRole::Caption) && line.hints.url.is_some();
        is_of_video.then(|| line.without_marker())
    };
    let text = marked(line.text, &at.language().media_caption).or_else(shown)?;
    at.take(Use::Media(non_empty(text)));
    if non_empty(text).is_none() {
        let below = at.next().filter(|below| !is_marker(below.text, at.language()));
        if let Some(below) = below {
            at.take(Use::MediaCaption(below.whole));
        }
    }
    Some(())
}

/// `Image c`: a mark of an image or of media at which the page was cut off.
pub fn cut_mark(at: &mut Cursor) -> Option<()> {
    let line = at.next().filter(|line| line.mark.is_none() && at_most_words(line.text, 2) && at.is_last())?;
    // The first word alone may begin anything.
    let is_cut = |mark: &str| {
        let first_word = mark.find(' ').unwrap_or(mark.len());
        line.text.len() > first_word + 1 && mark.starts_with(line.text)
    };
    let language = at.language();
    let mut marks = language
        .image_caption
        .iter()
        .chain(language.media_caption.iter())
        .chain(language.image_source.words().iter().copied());
    marks.find(|mark| is_cut(mark))?;
    let message = format!("“{}” ends the page; read as the mark of an image or of media, cut off", line.text);
    at.doubt(Code::ImageOrText, message);
    at.take(Use::Furniture);
    Some(())
}

/// `ALTImage source, CREDIT`: the text before and after the marker.
pub fn split_source<'a>(text: &'a str, language: &Language) -> Option<(&'a str, &'a str)> {
    let marker = language.image_source.last_exact_place(text)?;
    Some((text[..marker.start].trim(), text[marker.end..].trim()))
}

/// The text after `Image caption,` or `Image caption:`.
fn caption_mark<'a>(text: &'a str, language: &Language) -> Option<&'a str> {
    marked(text, &language.image_caption)
}

/// The text after one of the markers and its comma or colon.
pub fn marked<'a>(text: &'a str, markers: &WordList) -> Option<&'a str> {
    markers.rests(text).find_map(|rest| rest.trim_start().strip_prefix([',', ':'])).map(str::trim)
}

/// Whether the line marks an image, a caption or media, so that it is no caption itself.
pub fn is_marker(text: &str, language: &Language) -> bool {
    split_source(text, language).is_some()
        || caption_mark(text, language).is_some()
        || marked(text, &language.media_caption).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::ENGLISH;

    #[test]
    fn a_picture_is_named_by_the_first_words() {
        let names = |text| names_picture(text, &ENGLISH);
        for text in ["Map showing the quay", "Black and white image of a crane", "Aerial photo of the dock."] {
            assert_eq!(names(text), Some(false), "{text}");
        }
        assert_eq!(names("A map of the quay"), Some(true));
        for text in
            ["Maps of the quay", "Map", "Mapping the quay", "His image of the quay", "Image is all", "Photo: Bo"]
        {
            assert_eq!(names(text), None, "{text}");
        }
    }
}
