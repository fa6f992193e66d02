//! Keeping the pages that were read.

use std::path::{Path, PathBuf};

use liveblog::archive::{self, Archive, Batch, Capture, Stored, Unread, UserMetadata};
use liveblog::input::printable;
use liveblog::{LiveBlog, ParseOptions};

use super::{Read, corrected};
use crate::cli::context::Context;
use crate::cli::interrupt::{self, State};
use crate::cli::parallel::in_order;
use crate::cli::{Error, pages, words};

/// Keeps pages in the archive, which is opened once there is one to keep: a run that reads nothing leaves no file.
pub struct Keeper<'a> {
    /// Where to keep; `None` if nothing is to be kept.
    path: Option<PathBuf>,
    archive: Option<Archive>,
    /// The user's name for the live blog.
    name: Option<&'a str>,
    /// How the pages were read.
    options: &'a ParseOptions,
    /// Whether all pages were stored that were to be.
    is_complete: bool,
    /// Whether any page is in the archive.
    any: bool,
}

impl<'a> Keeper<'a> {
    pub fn new(save: bool, name: Option<&'a str>, options: &'a ParseOptions, context: &Context) -> Result<Self, Error> {
        let path = save.then(|| context.archive()).transpose()?;
        if let Some(path) = &path {
            interrupt::uninterrupted(|state| state.begin_storing(path));
        }
        Ok(Self { path, archive: None, name, options, is_complete: true, any: false })
    }

    /// Keeps pages, all or none of them but for those that cannot be as the user says, and returns what became of each;
    /// `None` of those that are not to be stored.
    pub fn keep<'p>(&mut self, pages: &'p [Read]) -> Result<Vec<Result<Option<Stored>, Error>>, Error>
    where
        'a: 'p,
    {
        let Some(path) = &self.path else { return Ok(pages.iter().map(|_| Ok(None)).collect()) };
        interrupt::check()?;
        let is_stored: Vec<bool> = pages.iter().map(|read| !is_doubtful(read)).collect();
        for (Read { page, .. }, _) in pages.iter().zip(&is_stored).filter(|(_, is_stored)| !**is_stored) {
            words::error(&doubtful(&page.live_blog).with_hint());
            self.is_complete = false;
        }
        let pages: Vec<&Read> =
            pages.iter().zip(&is_stored).filter_map(|(read, is_stored)| is_stored.then_some(read)).collect();
        if pages.is_empty() {
            return Ok(is_stored.iter().map(|_| Ok(None)).collect());
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
        let ParseOptions { now, zone, layout, .. } = *self.options;
        let capture = |Read { page, said, .. }: &&'p Read,
                       give: &mut dyn FnMut((Capture<'p>, &'p UserMetadata)) -> bool| {
            let capture = Capture::new(&page.document, &page.live_blog, now).named(self.name).read_as(zone, layout);
            give((capture, said));
        };
        let mut batch = archive.batch()?;
        let mut notes = Vec::new();
        let keep = |captures: &mut dyn Iterator<Item = (Capture<'p>, &'p UserMetadata)>| {
            let keep = |(capture, said)| match keep(&mut batch, &capture, said, &mut notes) {
                Err(error) if !is_of_page(&error) => Err(error),
                kept => Ok(kept.map(Some)),
            };
            captures.map(keep).collect::<Result<Vec<_>, _>>()
        };
        let kept = in_order(&pages, capture, keep)?;
        let stored = kept.iter().filter(|kept| kept.is_ok()).count();
        interrupt::uninterrupted(|state| batch.commit().map(|()| state.store(stored)))?;
        notes.iter().for_each(words::note);
        self.any |= stored > 0;
        let mut kept = kept.into_iter();
        Ok(is_stored
            .into_iter()
            .map(|is_stored| is_stored.then(|| kept.next()).flatten().unwrap_or(Ok(None)))
            .collect())
    }

    /// Whether all pages were stored that were to be; if not, that was reported of each.
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// What could not be read of the live blogs that are stored.
    pub fn unread(&self) -> Vec<Unread> {
        self.archive.as_ref().map(Archive::unread).unwrap_or_default()
    }

    /// The archive, if any of the pages is in it.
    ///
    /// # Errors
    /// If it is no longer there.
    pub fn kept_in(&self) -> Result<Option<&Path>, Error> {
        self.archive.as_ref().map_or(Ok(()), Archive::require_in_place)?;
        Ok(self.path.as_deref().filter(|_| self.any))
    }
}

/// Keeps a page, or what the user says of it if it is stored already.
fn keep(batch: &mut Batch, capture: &Capture, said: &UserMetadata, notes: &mut Vec<String>) -> Result<Stored, Error> {
    let corrected = if said.is_empty() { None } else { batch.correct(capture, said, pages::again)? };
    if let Some(corrected) = corrected {
        notes.extend(corrected::notes(&corrected));
        return Ok(Stored { page: corrected.page, known: true, captures: corrected.captures, ..Stored::default() });
    }
    let kept = batch.store(capture)?;
    let note = |other| format!("{}: a live blog of its own, as it is named; {other} has entries of it too", kept.page);
    notes.extend(kept.shared_with.as_ref().map(note));
    Ok(kept)
}

/// Whether an error is of a page alone, and the others can be kept.
fn is_of_page(error: &Error) -> bool {
    let of_archive = |error: &archive::Error| {
        matches!(
            error,
            archive::Error::NameTaken { .. } | archive::Error::AddressTaken { .. } | archive::Error::Changed { .. }
        )
    };
    matches!(error, Error::Page { .. } | Error::Input(_)) || matches!(error, Error::Archive(error) if of_archive(error))
}

/// Whether a page is hardly a live page: it has no time at all, and more doubts than entries. A document of another kind
/// is read as such a page where some of its lines look like entries; a layout that was named says that it is one.
fn is_doubtful(read: &Read) -> bool {
    let live_blog = &read.page.live_blog;
    let has_times = live_blog.entries.iter().any(|entry| entry.published.is_some());
    !read.has_layout && !has_times && live_blog.warnings.len() > live_blog.entries.len()
}

fn doubtful(live_blog: &LiveBlog) -> Error {
    Error::Doubtful {
        name: printable(&live_blog.source).into_owned(),
        entries: live_blog.entries.len(),
        doubts: live_blog.warnings.len(),
        layout: live_blog.layout,
    }
}
