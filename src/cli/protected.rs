//! What no output may replace: the inputs of a command, and the archive.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use file_id::{FileId, get_file_id};
use liveblog::archive::is_file_of;
use liveblog::input::{Source, printable, sources};

use super::Error;
use super::context::Context;

/// The files that a command reads or stores to. Every file that is written goes through [`check`](Self::check) first.
#[derive(Debug, Clone)]
pub struct Protected {
    /// The archive of this run, also where the command leaves it alone: it is the user's all the same.
    archive: Option<PathBuf>,
    pages: Vec<PathBuf>,
    /// The files that `pages` name. Directories are listed only once a file is there that might be one of them.
    inputs: OnceCell<HashSet<FileId>>,
}

impl Protected {
    /// The archive, and the files that PAGE arguments name.
    pub fn new(pages: &[PathBuf], context: &Context) -> Self {
        Self { archive: context.archive().ok(), pages: pages.to_vec(), inputs: OnceCell::new() }
    }

    /// Checks that `file` may be written.
    ///
    /// A device or a pipe may: nothing takes its place.
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
        // A file that is not there yet is no input.
        match get_file_id(file) {
            Ok(id) if self.inputs().contains(&id) => Err(refused("one of the pages to read")),
            _ => Ok(()),
        }
    }

    fn inputs(&self) -> &HashSet<FileId> {
        self.inputs.get_or_init(|| {
            let ids = sources(&self.pages).0.into_iter().filter_map(|source| match source {
                Source::File { path, .. } => get_file_id(path).ok(),
                // What the shell reads from a file is a file as well.
                Source::StandardInput => get_file_id("/dev/stdin").ok(),
            });
            ids.collect()
        })
    }
}
