//! What a document says of a line beyond its words, added to the entry that the line is a part of.

use super::assemble::Draft;
use super::uses::Use;
use crate::layout::text::page::{EntryAnchor, Hints, LineRole};
use crate::model::Block;
use crate::time::years;

impl Draft<'_> {
    /// Adds what the document says of a line that was taken as `use_`.
    pub fn add_hints(&mut self, use_: &Use, hints: &Hints) {
        // A title that a layout takes for something else stands in another entry, which keeps its own id.
        if let (Some(anchor), Use::Title(_) | Use::Headed(_)) = (&hints.entry, use_) {
            self.set_anchor(anchor);
        }
        let entry = &mut self.entry;
        match (use_, entry.body.last_mut()) {
            (Use::Paragraph(_), Some(Block::Paragraph { links, .. }))
            | (Use::Item { .. }, Some(Block::List { links, .. })) => {
                links.extend_from_slice(&hints.links);
            }
            (Use::Card { .. }, Some(Block::Card { url, .. })) => {
                *url = url.take().or_else(|| hints.links.first().map(|link| link.url.clone()));
            }
            (Use::Embed(_) | Use::EmbedFurniture, Some(Block::Embed { url, .. })) => {
                *url = url.take().or(hints.url.clone())
            }
            (Use::Image { .. }, _) => {
                if let (Some(image), Some(LineRole::Image(url))) = (entry.images.last_mut(), &hints.role) {
                    image.url.clone_from(url);
                }
            }
            (Use::Media(_), _) => {
                if let Some(media) = entry.media.last_mut() {
                    media.url.clone_from(&hints.url);
                }
            }
            _ => {}
        }
    }

    fn set_anchor(&mut self, anchor: &EntryAnchor) {
        self.entry.id = anchor.id.clone().unwrap_or_default();
        self.entry.url.clone_from(&anchor.url);
        if anchor.is_stamp {
            self.entry.stamp.clone_from(&anchor.datetime);
        }
        let at = anchor.datetime.as_deref().and_then(|words| years::read(words.trim()).ok()?);
        self.datetime = at.map(|at| at.to_utc());
    }
}
