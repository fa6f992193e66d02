//! Keeping the pages that were read.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use liveblog::archive::{Archive, Capture, Kept};

use super::Read;
use crate::cli::Error;
use crate::cli::context::Context;

/// Keeps pages in the archive, which is opened once there is one to keep: a run that reads nothing leaves no file.
pub struct Keeper<'a> {
    /// Where to keep; `None` if nothing is to be kept.
    path: Option<PathBuf>,
    archive: Option<Archive>,
    /// The user's name for the live blog.
    name: Option<&'a str>,
    now: DateTime<Utc>,
}

impl<'a> Keeper<'a> {
    pub fn new(save: bool, name: Option<&'a str>, context: &Context) -> Result<Self, Error> {
        let path = save.then(|| context.archive()).transpose()?;
        Ok(Self { path, archive: None, name, now: context.now() })
    }

    /// Keeps pages, all or none of them, and says what became of each.
    pub fn keep(&mut self, pages: &[Read]) -> Result<Vec<Option<Kept>>, Error> {
        let Some(path) = &self.path else { return Ok(pages.iter().map(|_| None).collect()) };
        let archive = match &mut self.archive {
            Some(archive) => archive,
            None => self.archive.insert(Archive::open(path)?),
        };
        let mut batch = archive.batch()?;
        let mut kept = Vec::with_capacity(pages.len());
        for Read { page, .. } in pages {
            let capture = Capture::new(&page.document, &page.live_blog, self.now).named(self.name);
            kept.push(Some(batch.keep(&capture)?));
        }
        batch.commit()?;
        Ok(kept)
    }

    /// The archive, if anything was kept in it.
    pub fn kept_in(&self) -> Option<&Path> {
        self.archive.as_ref().and(self.path.as_deref())
    }
}
