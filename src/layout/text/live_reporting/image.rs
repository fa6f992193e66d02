//! Images of this layout, which mostly have no markers.

use super::likely::{is_fixture, is_score};
use super::unnumbered::can_be_title;
use crate::layout::text::cursor::Cursor;
use crate::layout::text::line::Line;
use crate::layout::text::recognise::body::has_finite_verb;
use crate::layout::text::recognise::image::{LONGEST_CAPTION, marked};
use crate::layout::text::recognise::name::is_name;
use crate::layout::text::recognise::shape::{
    at_most_words, begins_with, is_phrase, non_empty, opens_quotation, strip_opening,
};
use crate::layout::text::uses::Use;
use crate::locale::ENGLISH;
use crate::model::Code;
use crate::time::stamp;

/// `Image caption: TEXT` or `Copyright: X`; they belong to the image above, if there is one.
pub fn marked_image(at: &mut Cursor) -> Option<()> {
    let line = at.next()?;
    let below_image = matches!(at.last(), Some(Use::Image { .. } | Use::ImageSource(_) | Use::ImageCaption { .. }));
    if let Some(caption) = marked(line.text, &at.language().image_caption) {
        at.take(Use::ImageCaption { text: non_empty(caption), opens: !below_image });
        return Some(());
    }
    let source = non_empty(strip_opening(line.text, "Copyright:")?);
    at.take(if below_image { Use::ImageSource(source) } else { Use::Image { alt: None, source } });
    Some(())
}

/// Whatever line is right above its caption, with no blank line between them, is an image's alternative text.
pub fn captioned_image(at: &mut Cursor) -> Option<()> {
    let line = at.next().filter(|line| line.mark.is_none() && !at.page.is_flat && at.stands_apart())?;
    marked(at.adjacent(1)?.text, &at.language().image_caption)?;
    at.take(Use::Image { alt: non_empty(line.text), source: None });
    Some(())
}

/// A short line without sentence end or quotation mark is an image's alternative text, unless it heads a list; a bare
/// credit may follow, or the same words again as the caption. Nothing else says so, unless the text names who is shown.
pub fn unmarked_image(at: &mut Cursor) -> Option<()> {
    let line = at.next()?;
    // Text has a blank line below it, an image need not have one.
    let heads_list = at.heads_list() && (at.page.is_flat || at.adjacent(1).is_none() || !at.at_top);
    if line.mark.is_some() || !is_alternative(line.text) || heads_list || at.is_last() {
        return None;
    }
    let is_shown = line.hints.role.is_some();
    if !is_shown && goes_on(at) {
        let message = format!("“{}” is above a line that goes on with a small letter; read as a paragraph", line.text);
        at.doubt_once(Code::ImageOrText, message);
        at.take(Use::Paragraph(line.text));
        return Some(());
    }
    let is_repeated = at.adjacent(1).is_some_and(|below| below.text == line.text);
    let is_adjacent_credit = !is_repeated && has_adjacent_credit(at);
    let is_known_credit = is_adjacent_credit && at.ahead(1).is_some_and(|below| at.recurrences(below.text) > 1);
    if !is_shown && !is_repeated && !has_marker_below(at) && !is_known_credit && !is_named_beside(line.text, at) {
        let message = format!("“{}” stands alone between paragraphs; read as an image's alternative text", line.text);
        at.doubt_once(Code::ImageOrText, message);
    }
    at.take(Use::Image { alt: non_empty(line.text), source: None });
    if is_repeated {
        at.take(Use::ImageCaption { text: non_empty(line.text), opens: false });
    }
    let credit = at.next().filter(|line| is_credit(line.text) || is_adjacent_credit);
    if let Some(credit) = credit {
        at.take(Use::ImageSource(non_empty(strip_opening(credit.text, "Copyright:").unwrap_or(credit.text))));
    }
    Some(())
}

/// Whether the line below begins with a small letter: a sentence that a link, or the width of a page, broke.
fn goes_on(at: &Cursor) -> bool {
    let mut letters = at.ahead(1).filter(|below| below.mark.is_none()).into_iter().flat_map(|below| below.text.chars());
    // `eBay` and the like begin no sentence's second half.
    letters.next().is_some_and(char::is_lowercase) && !letters.next().is_some_and(char::is_uppercase)
}

/// `Harbour Council`, right under the alternative text, with no blank line between them: a credit, whoever it names.
fn has_adjacent_credit(at: &Cursor) -> bool {
    let is_capitalised = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c == '/' || c == '&');
    let below = at.adjacent(1).filter(|_| !at.page.is_flat && at.stands_apart() && at.adjacent(2).is_none());
    below.is_some_and(|below| {
        below.mark.is_none() && is_phrase(below.text, 4) && below.text.split_whitespace().all(is_capitalised)
    })
}

/// Whether a caption or a credit is below.
fn has_marker_below(at: &Cursor) -> bool {
    let is_marker = |text: &str| {
        is_credit(text)
            || strip_opening(text, "Copyright:").is_some()
            || marked(text, &at.language().image_caption).is_some()
    };
    at.ahead(1).is_some_and(|below| is_marker(below.text))
}

/// Whether a lone name is somebody whom the line above or below speaks of: a portrait.
fn is_named_beside(text: &str, at: &Cursor) -> bool {
    let surname = text.rsplit(' ').next().unwrap_or(text);
    let speaks = |line: Option<&Line>| line.is_some_and(|line| line.text.contains(surname));
    is_name(text) && (speaks(at.above()) || speaks(at.ahead(1)))
}

/// On a page that does not mark its entries, a line that looks like a title may be one of another entry. If it recurs,
/// stands in capitals, or asks, it is no image.
pub fn title_or_image(at: &mut Cursor) -> Option<()> {
    if at.entries_are_marked {
        return None;
    }
    let line = at.next().filter(|line| line.mark.is_none() && line.hints.role.is_none())?;
    let is_repeated = at.adjacent(1).is_some_and(|below| below.text == line.text);
    if at.heads_list() || at.is_last() || !can_be_title(line.text, at.language()) || opens_quotation(line.text) {
        return None;
    }
    let is_of_post = is_of_post(at);
    if is_repeated || has_adjacent_credit(at) || at.at_top && at.ahead(1).is_some() && !is_of_post {
        return None;
    }
    if at.at_top && !is_of_post {
        let message = format!("“{}” is all that the entry has; read as its text", line.text);
        at.doubt_once(Code::ImageOrText, message);
        at.take(Use::Paragraph(line.text));
        return Some(());
    }
    let message =
        format!("“{}” may be the title of another entry; nothing on the page marks where one begins", line.text);
    at.doubt_once(Code::MaybeSeveralEntries, message);
    let is_above_recurring = at.ahead(1).is_some_and(|below| at.recurrences(below.text) > 1);
    let is_text = at.recurrences(line.text) > 1 || is_above_recurring || is_in_capitals(line.text);
    if is_text || is_score(line.text) || is_of_post || !is_alternative(line.text) {
        at.take(Use::Paragraph(line.text));
        return Some(());
    }
    unmarked_image(at)
}

/// A line under the title that stands under others, too, such as a bill; a match, or the competition under a match.
pub fn recurring_subtitle(at: &mut Cursor) -> Option<()> {
    const FEWEST: usize = 3;
    let line = at.next().filter(|line| at.at_top && !at.has_byline && line.mark.is_none())?;
    let Some(Use::Title(title)) = at.last() else { return None };
    let is_of_match = is_fixture(line.text) || title.text.is_some_and(is_fixture) && is_competition(line.text);
    if !is_phrase(line.text, 12) || line.hints.role.is_some() || at.is_last() {
        return None;
    }
    if !is_of_match && at.recurrences(line.text) < FEWEST
        || has_marker_below(at)
        || has_adjacent_credit(at)
        || is_of_post(at)
    {
        return None;
    }
    let message = format!("“{}” may be an image's alternative text; read as a subtitle", line.text);
    at.doubt_once(Code::ImageOrText, message);
    at.take(Use::Subtitle(line.text));
    Some(())
}

/// `Harbour League`, `Football`: what a match is part of.
fn is_competition(text: &str) -> bool {
    const LAST_WORDS: [&str; 15] = [
        "League",
        "Cup",
        "Trophy",
        "Championship",
        "Premiership",
        "Conference",
        "Shield",
        "Final",
        "Union",
        "One",
        "Two",
        "Division",
        "Blast",
        "Series",
        "Test",
    ];
    at_most_words(text, 1) || text.rsplit(' ').next().is_some_and(|last| LAST_WORDS.contains(&last))
}

/// `@oldquay`, or the name right above it: who wrote a post of another site.
fn is_of_post(at: &mut Cursor) -> bool {
    let is_handle = |line: Option<&Line>| line.is_some_and(|line| line.text.starts_with('@'));
    is_handle(at.next()) || is_handle(at.adjacent(1))
}

/// `FULL-TIME`, `ROVERS 2-0 UNITED`: two capital letters or more, and no small ones.
fn is_in_capitals(text: &str) -> bool {
    text.chars().filter(|c| c.is_uppercase()).count() >= 2 && !text.contains(char::is_lowercase)
}

fn is_alternative(text: &str) -> bool {
    let sentence_within = [". ", "? ", "! "].iter().any(|end| text.contains(end));
    let is_date = stamp::date(text, &ENGLISH).is_some() || !text.contains(char::is_alphabetic);
    !is_date
        && !begins_with(text, "Read more")
        && !text.starts_with("Latest ")
        && is_phrase(text, LONGEST_CAPTION)
        && (at_most_words(text, 20) || !has_finite_verb(text, &ENGLISH))
        && !opens_quotation(text)
        && !text.contains('"')
        && !sentence_within
}

/// `PA`, `Getty Images`: a credit without a marker.
fn is_credit(text: &str) -> bool {
    const AGENCIES: [&str; 11] = [
        "BBC",
        "PA",
        "Reuters",
        "Getty Images",
        "AFP",
        "EPA",
        "AP",
        "Press Association",
        "PA Media",
        "Rex Features",
        "Google",
    ];
    AGENCIES.contains(&text)
}
