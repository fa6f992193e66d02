//! Keeping pages.

use super::{Archive, Capture, Error};

/// Pages that are kept together: all of them, once [committed](Self::commit), or none.
#[derive(Debug)]
pub struct Batch<'a> {
    archive: &'a mut Archive,
}

/// What became of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The live blog's name in the archive.
    pub page: String,
    /// Whether the same bytes had been kept before, so that nothing changed.
    pub known: bool,
    /// How many captures of the live blog there are now.
    pub captures: usize,
    /// How many entries were new.
    pub added: usize,
    /// How many entries had other words than before.
    pub edited: usize,
    /// How many entries this capture showed to have been removed.
    pub removed: usize,
}

impl Archive {
    /// Keeps a page, safe on disk when this returns.
    ///
    /// # Errors
    /// If the archive can not be written; it is then as it was.
    pub fn keep(&mut self, capture: &Capture) -> Result<Kept, Error> {
        let mut batch = self.batch()?;
        let kept = batch.keep(capture)?;
        batch.commit()?;
        Ok(kept)
    }

    /// Begins to keep many pages at once; nobody else can write until the batch ends.
    ///
    /// # Errors
    /// If the archive can not be written.
    pub fn batch(&mut self) -> Result<Batch<'_>, Error> {
        Ok(Batch { archive: self })
    }
}

impl Batch<'_> {
    /// Keeps a page, once the batch is committed.
    ///
    /// # Errors
    /// If the archive can not be written.
    pub fn keep(&mut self, _capture: &Capture) -> Result<Kept, Error> {
        todo!()
    }

    /// Makes what was kept safe on disk.
    ///
    /// # Errors
    /// If the archive can not be written; it is then as it was before the batch.
    pub fn commit(self) -> Result<(), Error> {
        todo!()
    }
}
