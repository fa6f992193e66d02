//! Keeping the pages that were read.

use std::path::{Path, PathBuf};

use liveblog::archive::{Archive, Capture, Kept, Unread};
use liveblog::input::printable;
use liveblog::{LiveBlog, Options};

use super::Read;
use crate::cli::Error;
use crate::cli::context::Context;
use crate::cli::interrupt::{self, State};
use crate::cli::parallel::in_order;
use crate::cli::words;

/// Keeps pages in the archive, which is opened once there is one to keep: a run that reads nothing leaves no file.
pub struct Keeper<'a> {
    /// Where to keep; `None` if nothing is to be kept.
    path: Option<PathBuf>,
    archive: Option<Archive>,
    /// The user's name for the live blog.
    name: Option<&'a str>,
    /// How the pages were read.
    options: &'a Options,
    /// Whether all pages were kept that were to be.
    is_complete: bool,
}

impl<'a> Keeper<'a> {
    pub fn new(save: bool, name: Option<&'a str>, options: &'a Options, context: &Context) -> Result<Self, Error> {
        let path = save.then(|| context.archive()).transpose()?;
        if let Some(path) = &path {
            interrupt::uninterrupted(|state| state.begin_storing(path));
        }
        Ok(Self { path, archive: None, name, options, is_complete: true })
    }

    /// Keeps pages, all or none of them, and says what became of each; `None` of those that are not kept.
    pub fn keep<'p>(&mut self, pages: &'p [Read]) -> Result<Vec<Option<Kept>>, Error>
    where
        'a: 'p,
    {
        let Some(path) = &self.path else { return Ok(pages.iter().map(|_| None).collect()) };
        interrupt::check()?;
        let is_layout_given = self.options.layout.is_some();
        let is_kept: Vec<bool> =
            pages.iter().map(|read| is_layout_given || !is_doubtful(&read.page.live_blog)).collect();
        for (Read { page, .. }, _) in pages.iter().zip(&is_kept).filter(|(_, is_kept)| !**is_kept) {
            words::error(&doubtful(&page.live_blog).with_hint());
            self.is_complete = false;
        }
        let pages: Vec<&Read> =
            pages.iter().zip(&is_kept).filter_map(|(read, is_kept)| is_kept.then_some(read)).collect();
        if pages.is_empty() {
            return Ok(is_kept.iter().map(|_| None).collect());
        }
        let archive = match &mut self.archive {
            Some(archive) => archive,
            None => {
                let archive = self.archive.insert(Archive::open(path)?);
                interrupt::uninterrupted(State::open_archive);
                archive
            }
        };
        // Packing and hashing the originals is most of the work, and needs no archive.
        let Options { now, zone, layout } = *self.options;
        let capture = |Read { page, .. }: &&'p Read, give: &mut dyn FnMut(Capture<'p>) -> bool| {
            give(Capture::new(&page.document, &page.live_blog, now).named(self.name).read_as(zone, layout));
        };
        let mut batch = archive.batch()?;
        let keep = |captures: &mut dyn Iterator<Item = Capture<'p>>| {
            captures.map(|capture| batch.keep(&capture)).collect::<Result<Vec<_>, _>>()
        };
        let mut kept = in_order(&pages, capture, keep)?.into_iter();
        interrupt::uninterrupted(|state| batch.commit().map(|()| state.store(pages.len())))?;
        Ok(is_kept.into_iter().map(|is_kept| is_kept.then(|| kept.next()).flatten()).collect())
    }

    /// Whether all pages were kept that were to be; if not, that was said of each.
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// What could not be read of the live blogs that are stored.
    pub fn unread(&self) -> Vec<Unread> {
        self.archive.as_ref().map(Archive::unread).unwrap_or_default()
    }

    /// The archive, if anything was kept in it.
    ///
    /// # Errors
    /// If it is no longer there.
    pub fn kept_in(&self) -> Result<Option<&Path>, Error> {
        self.archive.as_ref().map_or(Ok(()), Archive::require_in_place)?;
        Ok(self.archive.as_ref().and(self.path.as_deref()))
    }
}

/// Whether a page is hardly a live page: it has no time at all, and more doubts than entries. A document of another kind
/// is read as such a page where some of its lines look like entries.
fn is_doubtful(live_blog: &LiveBlog) -> bool {
    let has_times = live_blog.entries.iter().any(|entry| entry.published.is_some());
    !has_times && live_blog.warnings.len() > live_blog.entries.len()
}

fn doubtful(live_blog: &LiveBlog) -> Error {
    Error::Doubtful {
        name: printable(&live_blog.source).into_owned(),
        entries: live_blog.entries.len(),
        doubts: live_blog.warnings.len(),
        layout: live_blog.layout,
    }
}
