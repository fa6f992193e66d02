//! Video and audio, of which text keeps the caption.

use super::image::{is_marker, marked};
use super::shape::given;
use crate::layout::text::cursor::Cursor;
use crate::layout::text::uses::Use;

/// `Media caption,` with the caption behind it or on the next line that has words.
pub fn media(at: &mut Cursor) -> Option<()> {
    let text = marked(at.next().filter(|line| !line.is_prose())?.text, at.words().media_caption)?;
    at.take(Use::Media(given(text)));
    if given(text).is_none() {
        let below = at.next().filter(|below| !below.is_prose() && !is_marker(below.text, at.words()));
        if let Some(below) = below {
            at.take(Use::MediaCaption(below.whole));
        }
    }
    Some(())
}
