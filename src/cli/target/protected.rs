//! What output must not replace: the inputs of a command, and the archive.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use file_id::{FileId, get_file_id};
use liveblog::archive::is_file_of;
use liveblog::input::{Source, printable, sources};

use crate::cli::Error;
use crate::cli::args::Context;

/// The files that a command reads or stores to; [`check`](Self::check) is called before any file is written.
#[derive(Debug, Clone)]
pub struct Protected {
    /// The archive of this run, protected also from commands that do not use it.
    archive: Option<PathBuf>,
    pages: Vec<PathBuf>,
    /// The files that `pages` name; directories are listed only when an existing file is to be replaced.
    inputs: OnceCell<HashSet<FileId>>,
}

impl Protected {
    /// The archive, and the files that PAGE arguments name.
    pub fn new(pages: &[PathBuf], context: &Context) -> Self {
        Self { archive: context.archive().ok(), pages: pages.to_vec(), inputs: OnceCell::new() }
    }

    /// Checks that `file` may be written.
    ///
    /// Devices and pipes may: they are not replaced.
    pub fn check(&self, file: &Path) -> Result<(), Error> {
        let refused = |what| Error::Protected { name: printable(&file.display().to_string()).into_owned(), what };
        match fs::metadata(file) {
            Ok(old) if old.is_dir() => return Err(refused("a directory")),
            Ok(old) if !old.is_file() => return Ok(()),
            _ => {}
        }
        if self.archive.as_ref().is_some_and(|archive| is_file_of(archive, file)) {
            return Err(refused("the archive itself"));
        }
        // A file that does not exist is no input.
        match get_file_id(file) {
            Ok(id) if self.inputs().contains(&id) => Err(refused("one of the pages to read")),
            _ => Ok(()),
        }
    }

    fn inputs(&self) -> &HashSet<FileId> {
        self.inputs.get_or_init(|| {
            let ids = sources(&self.pages).0.into_iter().filter_map(|source| match source {
                Source::File { path, .. } => get_file_id(path).ok(),
                // The shell may have opened a file as standard input.
                Source::StandardInput => get_file_id("/dev/stdin").ok(),
            });
            ids.collect()
        })
    }
}
