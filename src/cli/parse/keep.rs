//! Keeping the pages that were read.

use std::path::{Path, PathBuf};

use liveblog::Options;
use liveblog::archive::{Archive, Capture, Kept, Unread};

use super::Read;
use crate::cli::Error;
use crate::cli::context::Context;
use crate::cli::parallel::in_order;

/// Keeps pages in the archive, which is opened once there is one to keep: a run that reads nothing leaves no file.
pub struct Keeper<'a> {
    /// Where to keep; `None` if nothing is to be kept.
    path: Option<PathBuf>,
    archive: Option<Archive>,
    /// The user's name for the live blog.
    name: Option<&'a str>,
    /// How the pages were read.
    options: &'a Options,
}

impl<'a> Keeper<'a> {
    pub fn new(save: bool, name: Option<&'a str>, options: &'a Options, context: &Context) -> Result<Self, Error> {
        let path = save.then(|| context.archive()).transpose()?;
        Ok(Self { path, archive: None, name, options })
    }

    /// Keeps pages, all or none of them, and says what became of each.
    pub fn keep<'p>(&mut self, pages: &'p [Read]) -> Result<Vec<Option<Kept>>, Error>
    where
        'a: 'p,
    {
        let Some(path) = &self.path else { return Ok(pages.iter().map(|_| None).collect()) };
        let archive = match &mut self.archive {
            Some(archive) => archive,
            None => self.archive.insert(Archive::open(path)?),
        };
        // Packing and hashing the originals is most of the work, and needs no archive.
        let Options { now, zone, layout } = *self.options;
        let capture = |Read { page, .. }: &'p Read, give: &mut dyn FnMut(Capture<'p>) -> bool| {
            give(Capture::new(&page.document, &page.live_blog, now).named(self.name).read_as(zone, layout));
        };
        let mut batch = archive.batch()?;
        let keep = |captures: &mut dyn Iterator<Item = Capture<'p>>| {
            captures.map(|capture| batch.keep(&capture).map(Some)).collect::<Result<Vec<_>, _>>()
        };
        let kept = in_order(pages, capture, keep)?;
        batch.commit()?;
        Ok(kept)
    }

    /// What could not be read of the live blogs that are stored.
    pub fn unread(&self) -> Vec<Unread> {
        self.archive.as_ref().map(Archive::unread).unwrap_or_default()
    }

    /// The archive, if anything was kept in it.
    pub fn kept_in(&self) -> Option<&Path> {
        self.archive.as_ref().and(self.path.as_deref())
    }
}
