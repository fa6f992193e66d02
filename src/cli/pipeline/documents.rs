//! The documents of a source, as they are read: a page, the live blogs of our own JSON, or records.

use std::path::Path;
use std::sync::Arc;
use std::vec;

use liveblog::input::{Document, Documents, OpenOptions, Source};
use liveblog::split;

use super::parallel::Weight;
use crate::cli::Error;
use crate::cli::terminal::Progress;

/// A document, or why there is none.
pub struct SourceDocument {
    pub origin: Origin,
    pub document: Result<Document, Error>,
}

/// Where a document is from.
#[derive(Clone, PartialEq, Eq)]
pub struct Origin {
    /// The argument in which it was found: a file of records, or a directory.
    pub argument: Option<Arc<Path>>,
    /// Whether it is one of the records of a file.
    pub is_record: bool,
}

impl Weight for SourceDocument {
    fn weight(&self) -> usize {
        self.document.as_ref().map_or(0, |document| document.bytes.len())
    }
}

/// The documents of a source, one after another.
pub struct SourceDocuments {
    origin: Origin,
    documents: Option<Documents>,
    /// What was read, and comes next.
    next: vec::IntoIter<Result<Document, Error>>,
    max_bytes: u64,
    progress: Arc<Progress>,
    /// How many of its bytes are in the progress.
    counted: u64,
}

impl SourceDocuments {
    pub fn open(source: &Source, options: &OpenOptions, progress: Arc<Progress>) -> Self {
        let (documents, error) = match source.open(options) {
            Ok(documents) => (Some(documents), None),
            Err(error) => (None, Some(Err(error.into()))),
        };
        let is_record = documents.as_ref().is_some_and(Documents::are_records);
        let argument = match source {
            Source::File { found_in: Some(directory), .. } => Some(Arc::clone(directory)),
            Source::File { path, found_in: None } if is_record => Some(path.as_path().into()),
            Source::StandardInput if is_record => Some(Path::new("-").into()),
            _ => None,
        };
        let next = Vec::from_iter(error).into_iter();
        Self {
            origin: Origin { argument, is_record },
            documents,
            next,
            max_bytes: options.max_bytes,
            progress,
            counted: 0,
        }
    }

    /// The live blogs of a document of our own JSON, else the document itself.
    fn split(&self, document: Document) -> Vec<Result<Document, Error>> {
        let name = document.source.clone();
        match split(document, self.max_bytes) {
            Ok(documents) => documents.into_iter().map(Ok).collect(),
            Err(problem) => vec![Err(Error::from_page(&name, problem.into()))],
        }
    }

    /// Reports what was read.
    fn count(&mut self) {
        let read = self.documents.as_ref().map_or(0, Documents::bytes_read);
        self.progress.add_bytes(read - self.counted);
        self.counted = read;
    }
}

impl Iterator for SourceDocuments {
    type Item = SourceDocument;

    fn next(&mut self) -> Option<SourceDocument> {
        loop {
            if let Some(document) = self.next.next() {
                return Some(SourceDocument { origin: self.origin.clone(), document });
            }
            let next = self.documents.as_mut().and_then(Documents::next);
            self.count();
            match next {
                Some(Ok(document)) if self.origin.is_record => {
                    return Some(SourceDocument { origin: self.origin.clone(), document: Ok(document) });
                }
                Some(Ok(document)) => self.next = self.split(document).into_iter(),
                Some(Err(error)) => {
                    return Some(SourceDocument { origin: self.origin.clone(), document: Err(error.into()) });
                }
                None => return None,
            }
        }
    }
}

impl Drop for SourceDocuments {
    fn drop(&mut self) {
        self.progress.add_file();
    }
}
