//! Where documents are read from: a file, a directory of files, or `-` for standard input.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use super::{Error, UNFINISHED, printable};

/// Where pages are read from; nothing is opened before [`Source::open`].
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
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

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
}
