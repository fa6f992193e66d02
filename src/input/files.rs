//! Where documents are read from: a file, a directory of files, or `-` for standard input.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use super::{Document, Error, UNFINISHED, printable};
use crate::time::years;

/// Where pages are read from; nothing is opened before [`Source::document`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Standard input.
    StandardInput,
    /// A file.
    File {
        /// Its path.
        path: PathBuf,
        /// The directory among the arguments in which it was found: there, a file that is no live page is no error.
        found_in: Option<Arc<Path>>,
    },
}

/// The sources of some paths, in their order, with the files of directories sorted; and the errors of what could not be
/// listed.
pub fn sources(pages: &[PathBuf]) -> (Vec<Source>, Vec<Error>) {
    let (mut sources, mut errors) = (vec![], vec![]);
    for page in pages {
        if page.as_os_str() == "-" {
            sources.push(Source::StandardInput);
        } else if page.is_dir() {
            list(page, &mut sources, &mut errors);
        } else {
            sources.push(Source::File { path: page.clone(), found_in: None });
        }
    }
    (sources, errors)
}

/// All files under `directory`, but for unfinished ones. Links to directories are not followed: they may form a cycle.
fn list(directory: &Path, sources: &mut Vec<Source>, errors: &mut Vec<Error>) {
    let before = (sources.len(), errors.len());
    let found_in: Arc<Path> = directory.into();
    let is_finished = |name: &OsStr| !name.as_encoded_bytes().starts_with(UNFINISHED.as_bytes());
    for found in WalkDir::new(directory).sort_by_file_name().into_iter().filter_entry(|f| is_finished(f.file_name())) {
        match found {
            Ok(found) if found.file_type().is_file() || found.path_is_symlink() && found.path().is_file() => {
                sources.push(Source::File { path: found.into_path(), found_in: Some(Arc::clone(&found_in)) });
            }
            Ok(_) => {}
            Err(error) => {
                let name = error.path().unwrap_or(directory).display().to_string();
                errors.push(Error::from_io(name, error.into()));
            }
        }
    }
    if (sources.len(), errors.len()) == before {
        errors.push(Error::NoFiles { name: printable(&directory.display().to_string()).into_owned() });
    }
}

impl Source {
    /// The name that its documents and errors carry: the path as given, or `-`.
    pub fn name(&self) -> String {
        match self {
            Self::StandardInput => "-".to_owned(),
            Self::File { path, .. } => path.display().to_string(),
        }
    }

    /// The directory among the arguments in which it was found.
    pub fn found_in(&self) -> Option<&Path> {
        match self {
            Self::StandardInput => None,
            Self::File { found_in, .. } => found_in.as_deref(),
        }
    }

    /// Reads it, at most so many bytes.
    ///
    /// A file of our own JSON can contain several live blogs: see [`split`](crate::split).
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Unreadable`], and [`Error::TooLarge`].
    pub fn document(&self, max_bytes: u64) -> Result<Document, Error> {
        let (document, is_whole) = self.read(max_bytes).map_err(|problem| Error::from_io(self.name(), problem))?;
        if !is_whole {
            // What it is says more than how large it is, unless it is what the page is packed in.
            return Err(match document.text() {
                Err(Error::NoText { kind, .. }) if kind.can_be_opened() => None,
                Err(error) => Some(error),
                Ok(_) => None,
            }
            .unwrap_or(Error::TooLarge { name: self.name(), limit: max_bytes }));
        }
        Ok(document)
    }

    /// Reads it, and says whether that is all of it.
    fn read(&self, max_bytes: u64) -> io::Result<(Document, bool)> {
        let (mut bytes, mut modified) = (vec![], None);
        let is_whole;
        match self {
            Self::StandardInput => {
                is_whole = read_up_to(io::stdin().lock(), max_bytes, &mut bytes)?;
            }
            Self::File { path, .. } => {
                let file = File::open(path)?;
                let metadata = file.metadata()?;
                // Not every file system keeps the time of a change; without it the page says less, but is read.
                modified = metadata.modified().ok().and_then(years::from_system);
                bytes.reserve_exact(usize::try_from(metadata.len().min(max_bytes)).unwrap_or_default() + 1);
                is_whole = read_up_to(file, max_bytes, &mut bytes)?;
            }
        }
        Ok((Document { source: self.name(), url: None, captured: None, modified, bytes }, is_whole))
    }
}

/// Reads all of an input into `bytes`; `false` if it has more than `most`, of which one more is read and no others. Some
/// inputs, such as `/dev/zero`, never end.
fn read_up_to(input: impl Read, most: u64, bytes: &mut Vec<u8>) -> io::Result<bool> {
    input.take(most.saturating_add(1)).read_to_end(bytes)?;
    Ok(bytes.len() as u64 <= most)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::input::MAX_BYTES;

    fn names(sources: &[Source]) -> Vec<String> {
        sources.iter().map(Source::name).collect()
    }

    #[test]
    fn a_directory_is_all_files_under_it_sorted_but_unfinished_ones() {
        let home = tempfile::tempdir().unwrap();
        let pages = home.path().join("pages");
        fs::create_dir_all(pages.join("b")).unwrap();
        for name in ["c.txt", "a.txt", "b/2.txt", "b/1.txt", ".liveblog-x1Y2z3"] {
            fs::write(pages.join(name), "text").unwrap();
        }
        let (sources, errors) = sources(std::slice::from_ref(&pages));
        let expected = ["a.txt", "b/1.txt", "b/2.txt", "c.txt"].map(|name| pages.join(name).display().to_string());
        assert_eq!(names(&sources), expected);
        assert!(errors.is_empty() && sources.iter().all(|source| source.found_in() == Some(&pages)));
    }

    #[test]
    fn a_directory_without_files_is_named() {
        let home = tempfile::tempdir().unwrap();
        let (sources, errors) = sources(&["-".into(), home.path().to_owned()]);
        assert_eq!(names(&sources), ["-"]);
        assert!(matches!(&errors[..], [Error::NoFiles { name }] if *name == home.path().display().to_string()));
    }

    #[test]
    fn a_file_that_is_not_there_is_named_when_it_is_read() {
        let (sources, _) = sources(&["nowhere/page.txt".into()]);
        let error = sources[0].document(MAX_BYTES).unwrap_err();
        assert_eq!(error.to_string(), "nowhere/page.txt: no such file or directory");
    }

    #[test]
    fn a_document_knows_when_its_file_was_changed() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("page.txt");
        fs::write(&path, "text").unwrap();
        assert!(sources(&[path]).0[0].document(MAX_BYTES).unwrap().modified.is_some());
    }

    #[test]
    fn an_input_without_end_is_read_up_to_the_limit() {
        let mut bytes = Vec::new();
        assert!(!read_up_to(io::repeat(b'x'), 1_000, &mut bytes).unwrap());
        assert_eq!(bytes.len(), 1_001);
        let mut bytes = Vec::new();
        assert!(read_up_to(&b"page"[..], 4, &mut bytes).unwrap());
        assert_eq!(bytes, b"page");
    }
}
