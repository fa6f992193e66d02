//! Paragraphs and lists: what the body of an entry is made of.

use super::shape::{is_phrase, opens_quotation};
use crate::layout::text::cursor::Cursor;
use crate::layout::text::line::Mark;
use crate::layout::text::uses::Use;
use crate::model::Code;

/// An item of a list: `• An item`, `2. Another`.
pub fn item(at: &mut Cursor) -> Option<()> {
    let line = at.next()?;
    let ordered = matches!(line.mark?, Mark::Number(_));
    let opens = match (at.last(), line.mark?) {
        (Some(Use::Item { ordered: false, .. }), Mark::Bullet) => false,
        (Some(Use::Item { ordered: true, .. }), Mark::Number(number)) => number == 1,
        _ => true,
    };
    at.take(Use::Item { ordered, text: line.text, opens });
    Some(())
}

/// Everything else.
///
/// A short line without sentence end, not above a list, may be an image's alternative text that lost its marker: its
/// words stay in the body, with a doubt.
pub fn paragraph(at: &mut Cursor) -> Option<()> {
    let line = at.next()?;
    let above_list = at.ahead(1).is_some_and(|below| below.mark.is_some());
    let suspect = is_phrase(line.text, 20) && !opens_quotation(line.text);
    if suspect && !above_list && !at.is_last() {
        at.doubt(Code::ImageOrText, format!("“{}” may be an image's alternative text; read as a paragraph", line.text));
    }
    at.take(Use::Paragraph(line.text));
    Some(())
}
