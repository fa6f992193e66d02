//! Storing pages in the archive, and looking up pages that are stored already.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use liveblog::archive::{
    self, Archive, Batch, Capture, Correction, Packed, Stored, StoredCapture, Unread, UserMetadata,
};
use liveblog::model::{Code, LiveBlog, Warning};
use liveblog::{Document, ParseOptions};

use super::{ParsedPage, parse_original};
use crate::cli::args::Context;
use crate::cli::corrections;
use crate::cli::error::UNREAD_HINT;
use crate::cli::interrupt::{self, State};
use crate::cli::{Error, Outcome, terminal};

/// How many bytes of pages are stored and printed together. A run that has more leaves the full-text index to its end.
pub const BATCH_BYTES: usize = 4 << 20;

/// What became of a page.
pub enum StoreResult {
    /// It is in the archive.
    Stored(Stored),
    /// It is not stored, but printed: with `--no-save`, or because it is hardly a live page.
    NotStored,
    /// It cannot be stored as the user says, so it is not printed; that was reported.
    Refused,
}

/// The archive that pages are stored in. It is opened for the first page: a run that reads nothing leaves no file.
pub struct PageStore<'a> {
    /// The archive's file; `None` if nothing is to be stored.
    path: Option<PathBuf>,
    archive: Option<Archive>,
    /// The user's name for the live blog.
    name: Option<&'a str>,
    /// The options that the user gave for parsing.
    options: &'a ParseOptions,
    /// Whether so many pages are stored that their entries are added to the full-text index in one pass at the end.
    is_bulk: bool,
    /// Whether all pages were stored.
    is_complete: bool,
    /// Whether any page is in the archive.
    has_pages: bool,
}

impl<'a> PageStore<'a> {
    pub fn new(save: bool, name: Option<&'a str>, options: &'a ParseOptions, context: &Context) -> Result<Self, Error> {
        let path = save.then(|| context.archive()).transpose()?;
        if let Some(path) = &path {
            interrupt::uninterrupted(|state| state.begin_storing(path));
        }
        Ok(Self { path, archive: None, name, options, is_bulk: false, is_complete: true, has_pages: false })
    }

    /// Stores a batch of pages in one transaction. Pages that cannot be stored are reported and left out.
    pub fn store(&mut self, batch: &mut [ParsedPage]) -> Result<Vec<StoreResult>, Error> {
        if self.path.is_none() {
            return Ok(batch.iter().map(|_| StoreResult::NotStored).collect());
        }
        interrupt::check()?;
        self.is_bulk |= batch.iter().map(|page| page.document.bytes.len()).sum::<usize>() >= BATCH_BYTES;
        let doubts: Vec<_> = batch.iter().map(too_many_doubts).collect();
        let mut to_store = Vec::new();
        for (page, doubts) in batch.iter_mut().zip(&doubts) {
            match doubts {
                Some(doubts) => self.report(&Error::doubtful(page, *doubts)),
                None => to_store.push(page),
            }
        }
        let mut stored = if to_store.is_empty() { Vec::new() } else { self.store_all(to_store)? }.into_iter();
        let mut result = |doubts: Option<_>| if doubts.is_some() { None } else { stored.next() };
        Ok(doubts.into_iter().map(|doubts| result(doubts).unwrap_or(StoreResult::NotStored)).collect())
    }

    fn store_all(&mut self, pages: Vec<&mut ParsedPage>) -> Result<Vec<StoreResult>, Error> {
        let (is_bulk, name, &ParseOptions { now, zone, layout, .. }) = (self.is_bulk, self.name, self.options);
        let mut batch = self.open()?.batch()?;
        if is_bulk {
            batch.index_later()?;
        }
        let mut notes = Vec::new();
        let mut store = |page: &mut ParsedPage| {
            let packed = page.packed.take().unwrap_or_else(|| Packed::new(&page.document, &page.live_blog));
            let capture = Capture::from_packed(&page.document, &page.live_blog, packed, now);
            let capture = capture.named(name).read_as(zone, layout);
            match store_or_correct(&mut batch, &capture, &page.said, &mut notes) {
                Err(error) if !is_of_page(&error) => Err(error),
                result => Ok(result),
            }
        };
        let results = pages.into_iter().map(&mut store).collect::<Result<Vec<_>, _>>()?;
        let stored = results.iter().filter(|result| result.is_ok()).count();
        interrupt::uninterrupted(|state| batch.commit().map(|()| state.store(stored)))?;
        notes.iter().for_each(terminal::note);
        self.has_pages |= stored > 0;
        let result = |result| match result {
            Ok(stored) => StoreResult::Stored(stored),
            Err(error) => {
                self.report(&error);
                StoreResult::Refused
            }
        };
        Ok(results.into_iter().map(result).collect())
    }

    fn open(&mut self) -> Result<&mut Archive, Error> {
        match (&mut self.archive, &self.path) {
            (Some(archive), _) => Ok(archive),
            (archive, path) => {
                let archive = archive.insert(Archive::open(path.as_deref().unwrap_or(Path::new("")))?);
                interrupt::uninterrupted(State::open_archive);
                Ok(archive)
            }
        }
    }

    /// Completes what was left to be done once for all pages.
    pub fn finish(&self) -> Result<(), Error> {
        let bulk = self.archive.as_ref().filter(|_| self.is_bulk);
        Ok(bulk.map_or(Ok(()), Archive::complete_index)?)
    }

    /// Reports a page that is not stored.
    fn report(&mut self, error: &Error) {
        terminal::error(&error.with_hint());
        self.is_complete = false;
    }

    /// Reports values of the archive that could not be read, and whether all pages were stored.
    pub fn outcome(&self) -> Outcome {
        let unread = self.archive.as_ref().map(Archive::unread).unwrap_or_default();
        match report_unread(&unread) {
            Outcome::Complete if self.is_complete => Outcome::Complete,
            _ => Outcome::Partial,
        }
    }

    /// The archive's file, if any of the pages is in it.
    ///
    /// # Errors
    /// If it is no longer there.
    pub fn stored_in(&self) -> Result<Option<&Path>, Error> {
        if let Some(archive) = &self.archive {
            archive.require_in_place()?;
        }
        Ok(self.path.as_deref().filter(|_| self.has_pages))
    }
}

/// Stores a page, or what the user says of it if it is stored already.
fn store_or_correct(
    batch: &mut Batch,
    capture: &Capture,
    said: &UserMetadata,
    notes: &mut Vec<String>,
) -> Result<Stored, Error> {
    let corrected = if said.is_empty() { None } else { batch.correct(capture, said, parse_original)? };
    if let Some(corrected) = corrected {
        notes.extend(corrections::notes(&corrected));
        let Correction { page, captures, captured_before, .. } = corrected;
        return Ok(Stored { page, known: true, captured_before, captures, ..Stored::default() });
    }
    let stored = batch.store(capture)?;
    if let Some(other) = &stored.shared_with {
        notes.push(format!("{}: a live blog of its own, as it is named; {other} has entries of it too", stored.page));
    }
    Ok(stored)
}

/// Whether an error concerns one page, so that the others can be stored.
fn is_of_page(error: &Error) -> bool {
    use archive::Error::{AddressTaken, Changed, NameTaken};
    matches!(
        error,
        Error::Page { .. } | Error::Input(_) | Error::Archive(NameTaken { .. } | AddressTaken { .. } | Changed { .. })
    )
}

/// The doubts of a page that is hardly a live page: no entry has a time, and there are more doubts than entries. Other
/// documents are parsed as such pages where some of their lines look like entries. A page whose layout the user named is
/// one. What a line within an entry is, and whether one entry is two, is doubtful on live pages without times, too.
fn too_many_doubts(page: &ParsedPage) -> Option<usize> {
    let LiveBlog { entries, warnings, .. } = &page.live_blog;
    let has_times = entries.iter().any(|entry| entry.published.is_some());
    let questions_page = |warning: &&Warning| !matches!(warning.code, Code::ImageOrText | Code::MaybeSeveralEntries);
    let doubts = warnings.iter().filter(questions_page).count();
    (!page.has_layout && !has_times && doubts > entries.len()).then_some(doubts)
}

/// Pages whose very bytes are stored are parsed as the archive has them; each thread that reads pages asks for them.
/// By default there are none.
#[derive(Default)]
pub struct StoredPages(Option<Mutex<Archive>>);

impl StoredPages {
    /// Opens the archive if pages are to be stored in it, and it exists.
    pub fn open(save: bool, context: &Context) -> Result<Self, Error> {
        let path = if save { Some(context.archive()?) } else { None };
        let archive = path.filter(|path| path.exists()).map(|path| Archive::open_existing(&path)).transpose()?;
        Ok(Self(archive.map(Mutex::new)))
    }

    /// Returns what is stored of a page with these bytes.
    pub fn find(&self, document: &Document, said: &UserMetadata) -> Result<Option<StoredCapture>, Error> {
        let Some(archive) = &self.0 else { return Ok(None) };
        // A thread that panicked while it asked has changed nothing.
        let archive = archive.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(archive.stored(&document.bytes, said)?)
    }
}

/// Reports values of the archive that could not be read; with any, the output is incomplete.
pub fn report_unread(values: &[Unread]) -> Outcome {
    let Some((last, others)) = values.split_last() else { return Outcome::Complete };
    others.iter().for_each(terminal::error);
    terminal::error(&format!("{last}\n  {UNREAD_HINT}"));
    Outcome::Partial
}
