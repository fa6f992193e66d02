//! Pages whose very bytes are stored: they are read as the archive has them.

use std::sync::{Mutex, PoisonError};

use liveblog::Document;
use liveblog::archive::{Archive, StoredCapture, UserMetadata};

use crate::cli::Error;
use crate::cli::context::Context;

/// The archive, to be asked by each thread that reads pages.
pub struct StoredPages(Option<Mutex<Archive>>);

impl StoredPages {
    /// Opens the archive if pages are to be kept in it, and it is there.
    pub fn open(save: bool, context: &Context) -> Result<Self, Error> {
        let path = if save { Some(context.archive()?) } else { None };
        let archive = path.filter(|path| path.exists()).map(|path| Archive::open_existing(&path)).transpose()?;
        Ok(Self(archive.map(Mutex::new)))
    }

    /// What is stored of a page with these bytes.
    pub fn find(&self, document: &Document, said: &UserMetadata) -> Result<Option<StoredCapture>, Error> {
        let Some(archive) = &self.0 else { return Ok(None) };
        // A thread that panicked while it asked has changed nothing.
        let archive = archive.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(archive.stored(&document.bytes, said)?)
    }
}
