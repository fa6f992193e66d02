//! Images of this layout, which mostly have no markers.

use super::unnumbered::can_be_title;
use crate::layout::text::cursor::Cursor;
use crate::layout::text::line::Line;
use crate::layout::text::recognise::image::marked;
use crate::layout::text::recognise::name::is_name;
use crate::layout::text::recognise::shape::{begins_with, is_phrase, non_empty, opens_quotation, strip_opening};
use crate::layout::text::uses::Use;
use crate::locale::ENGLISH;
use crate::model::Code;
use crate::time::stamp;

/// `Image caption: TEXT` or `Copyright: X`; they belong to the image above, if there is one.
pub fn marked_image(at: &mut Cursor) -> Option<()> {
    let line = at.next()?;
    let below_image = matches!(at.last(), Some(Use::Image { .. } | Use::ImageSource(_) | Use::ImageCaption { .. }));
    if let Some(caption) = marked(line.text, at.language().image_caption) {
        at.take(Use::ImageCaption { text: non_empty(caption), opens: !below_image });
        return Some(());
    }
    let source = non_empty(strip_opening(line.text, "Copyright:")?);
    at.take(if below_image { Use::ImageSource(source) } else { Use::Image { alt: None, source } });
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
    let is_repeated = at.adjacent(1).is_some_and(|below| below.text == line.text);
    if !is_shown && !is_repeated && !has_marker_below(at) && !is_named_beside(line.text, at) {
        let message = format!("“{}” stands alone between paragraphs; read as an image's alternative text", line.text);
        at.doubt_once(Code::ImageOrText, message);
    }
    at.take(Use::Image { alt: non_empty(line.text), source: None });
    if is_repeated {
        at.take(Use::ImageCaption { text: non_empty(line.text), opens: false });
    }
    if let Some(credit) = at.next().filter(|line| is_credit(line.text)) {
        at.take(Use::ImageSource(non_empty(credit.text)));
    }
    Some(())
}

/// Whether a caption or a credit is below.
fn has_marker_below(at: &Cursor) -> bool {
    let is_marker = |text: &str| {
        is_credit(text)
            || strip_opening(text, "Copyright:").is_some()
            || marked(text, at.language().image_caption).is_some()
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
    let line = at.next().filter(|line| !at.at_top && line.mark.is_none() && line.hints.role.is_none())?;
    if at.heads_list() || at.is_last() || !can_be_title(line.text, at.language()) || opens_quotation(line.text) {
        return None;
    }
    let message =
        format!("“{}” may be the title of another entry; nothing on the page marks where one begins", line.text);
    at.doubt_once(Code::MaybeSeveralEntries, message);
    let is_above_recurring = at.ahead(1).is_some_and(|below| at.recurrences(below.text) > 1);
    let is_repeated = at.adjacent(1).is_some_and(|below| below.text == line.text);
    let is_text = at.recurrences(line.text) > 1 || is_above_recurring && !is_repeated || is_in_capitals(line.text);
    if is_text || is_score(line.text) || is_of_post(at) || !is_alternative(line.text) {
        at.take(Use::Paragraph(line.text));
        return Some(());
    }
    unmarked_image(at)
}

/// A line under the title that stands under others, too: a match, a sport, a bill.
pub fn recurring_subtitle(at: &mut Cursor) -> Option<()> {
    const FEWEST: usize = 3;
    let line = at.next().filter(|line| at.at_top && !at.has_byline && line.mark.is_none())?;
    let is_under_title = matches!(at.last(), Some(Use::Title(_)));
    if !is_under_title || !is_phrase(line.text, 12) || line.hints.role.is_some() || at.is_last() {
        return None;
    }
    if at.recurrences(line.text) < FEWEST || has_marker_below(at) {
        return None;
    }
    at.doubt_once(Code::ImageOrText, format!("“{}” stands under several titles; read as a subtitle", line.text));
    at.take(Use::Subtitle(line.text));
    Some(())
}

/// `Rovers 2-0 United`: two numbers around a dash.
fn is_score(text: &str) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    text.match_indices(['-', '–'])
        .any(|(at, dash)| is_digit(text[..at].chars().next_back()) && is_digit(text[at + dash.len()..].chars().next()))
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
        && is_phrase(text, 20)
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
