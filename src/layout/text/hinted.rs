//! What HTML tells of a line beyond its words, put into the entry that the line is a part of.

use super::assemble::Draft;
use super::uses::Use;
use crate::layout::text::page::{Hints, Origin, Shows};
use crate::model::Block;
use crate::time::years;

impl Draft<'_> {
    /// Adds what the document tells of a line that was taken as `use_`.
    pub fn add(&mut self, use_: &Use, hints: &Hints) {
        if let Some(origin) = &hints.entry {
            self.begin(origin);
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
                if let (Some(image), Some(Shows::Picture(url))) = (entry.images.last_mut(), &hints.shows) {
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

    fn begin(&mut self, origin: &Origin) {
        self.entry.id = origin.id.clone().unwrap_or_default();
        self.entry.url.clone_from(&origin.url);
        if origin.is_stamp {
            self.entry.stamp.clone_from(&origin.datetime);
        }
        let at = origin.datetime.as_deref().and_then(|words| years::read(words.trim()).ok()?);
        self.datetime = at.map(|at| at.to_utc());
    }
}
