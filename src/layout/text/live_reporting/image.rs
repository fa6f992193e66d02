//! Images of this layout: an alternative text on a line of its own, then perhaps caption and credit.

use crate::layout::text::cursor::Cursor;
use crate::layout::text::recognise::image::marked as behind_marker;
use crate::layout::text::recognise::shape::{given, is_phrase, opens_quotation, strip_opening};
use crate::layout::text::uses::Use;

/// `Image caption: TEXT` or `Copyright: X`; they belong to the image above, if one stands there.
pub fn marked(at: &mut Cursor) -> Option<()> {
    let line = at.next().filter(|line| !line.is_prose())?;
    let below_image = matches!(at.last(), Some(Use::Image { .. } | Use::ImageSource(_) | Use::ImageCaption { .. }));
    if let Some(caption) = behind_marker(line.text, at.words().image_caption) {
        at.take(Use::ImageCaption { text: given(caption), opens: !below_image });
        return Some(());
    }
    let source = given(strip_opening(line.text, "Copyright:")?);
    at.take(if below_image { Use::ImageSource(source) } else { Use::Image { alt: None, source } });
    Some(())
}

/// A short line without sentence end or quotation mark is an image's alternative text, unless it heads a list; below
/// it may stand a bare credit.
pub fn alone(at: &mut Cursor) -> Option<()> {
    let line = at.next().filter(|line| !line.is_prose())?;
    let heads_list = at.ahead(1).is_some_and(|below| below.mark.is_some());
    if line.mark.is_some() || !is_alternative(line.text) || heads_list || at.is_last() {
        return None;
    }
    at.take(Use::Image { alt: given(line.text), source: None });
    if let Some(credit) = at.next().filter(|line| !line.is_prose() && is_credit(line.text)) {
        at.take(Use::ImageSource(given(credit.text)));
    }
    Some(())
}

/// Everything else is a paragraph.
pub fn beside_text(at: &mut Cursor) -> Option<()> {
    let line = at.next()?;
    at.take(Use::Paragraph(line.text));
    Some(())
}

fn is_alternative(text: &str) -> bool {
    let sentence_within = [". ", "? ", "! "].iter().any(|end| text.contains(end));
    is_phrase(text, 20) && !opens_quotation(text) && !text.contains('"') && !sentence_within
}

/// `PA`, `Getty Images`: a credit without a marker.
fn is_credit(text: &str) -> bool {
    [
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
    ]
    .contains(&text)
}
