//! Keeping the pages that were read.

use std::path::{Path, PathBuf};

use liveblog::Options;
use liveblog::archive::{self, Archive, Batch, Capture, Kept, Said};

use super::{Read, corrected};
use crate::cli::context::Context;
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
    options: &'a Options,
    /// Whether any page is in the archive.
    any: bool,
}

impl<'a> Keeper<'a> {
    pub fn new(save: bool, name: Option<&'a str>, options: &'a Options, context: &Context) -> Result<Self, Error> {
        let path = save.then(|| context.archive()).transpose()?;
        Ok(Self { path, archive: None, name, options, any: false })
    }

    /// Keeps pages, all or none of them but for those that cannot be as the user says, and returns what became of each.
    pub fn keep<'p>(&mut self, pages: &'p [Read]) -> Result<Vec<Result<Option<Kept>, Error>>, Error>
    where
        'a: 'p,
    {
        let Some(path) = &self.path else { return Ok(pages.iter().map(|_| Ok(None)).collect()) };
        let archive = match &mut self.archive {
            Some(archive) => archive,
            None => self.archive.insert(Archive::open(path)?),
        };
        // Packing and hashing the originals is most of the work, and needs no archive.
        let Options { now, zone, layout } = *self.options;
        let capture = |Read { page, said, .. }: &'p Read, give: &mut dyn FnMut((Capture<'p>, &'p Said)) -> bool| {
            let capture = Capture::new(&page.document, &page.live_blog, now).named(self.name).read_as(zone, layout);
            give((capture, said));
        };
        let mut batch = archive.batch()?;
        let mut notes = Vec::new();
        let keep = |captures: &mut dyn Iterator<Item = (Capture<'p>, &'p Said)>| {
            let keep = |(capture, said)| match keep(&mut batch, &capture, said, &mut notes) {
                Err(error) if !is_of_page(&error) => Err(error),
                kept => Ok(kept.map(Some)),
            };
            captures.map(keep).collect::<Result<Vec<_>, _>>()
        };
        let kept = in_order(pages, capture, keep)?;
        batch.commit()?;
        notes.iter().for_each(words::note);
        self.any |= kept.iter().any(Result::is_ok);
        Ok(kept)
    }

    /// The archive, if anything was kept in it.
    pub fn kept_in(&self) -> Option<&Path> {
        self.path.as_deref().filter(|_| self.any)
    }
}

/// Keeps a page, or what the user says of it if it is stored already.
fn keep(batch: &mut Batch, capture: &Capture, said: &Said, notes: &mut Vec<String>) -> Result<Kept, Error> {
    let corrected = if said.is_empty() { None } else { batch.correct(capture, said, pages::again)? };
    if let Some(corrected) = corrected {
        notes.extend(corrected::notes(&corrected));
        return Ok(Kept { page: corrected.page, known: true, captures: corrected.captures, ..Kept::default() });
    }
    let kept = batch.keep(capture)?;
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
