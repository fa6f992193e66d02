//! What can go wrong before a page is read: each error names the input.

use std::io;

use super::{Kind, limit, printable};

/// Why an input gives no page.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is nothing of that name.
    #[error("{name}: no such file or directory")]
    NotFound {
        /// The input, as given.
        name: String,
    },
    /// It is there, but the system does not give it out.
    #[error("{name}: cannot be read: {problem}")]
    Unreadable {
        /// The input, as given.
        name: String,
        /// What the system says.
        #[source]
        problem: io::Error,
    },
    /// A directory in which no file is.
    #[error("{name}: no files in this directory")]
    NoFiles {
        /// The directory, as given.
        name: String,
    },
    /// A directory in which no file is a live page.
    #[error("{name}: no live pages in this directory")]
    NoLivePages {
        /// The directory, as given.
        name: String,
        /// How many files are in it.
        count: usize,
    },
    /// Nothing in it.
    #[error("{name}: the input is empty")]
    Empty {
        /// The input, as given.
        name: String,
    },
    /// It is something else than a page of text or HTML.
    #[error("{name}: this is {kind}, not a page of text or HTML")]
    NoText {
        /// The input, as given.
        name: String,
        /// What it is.
        kind: Kind,
    },
    /// A program, data of another program: no text, and of no kind that is known.
    #[error("{name}: this is binary data, not a text")]
    Binary {
        /// The input, as given.
        name: String,
    },
    /// There is more of it than is read of one input.
    #[error("{name}: larger than {}, the most that is read of one input", limit::shown(*.limit))]
    TooLarge {
        /// The input, as given.
        name: String,
        /// How many bytes are read at most.
        limit: u64,
    },
    /// It begins as this program's own JSON, and goes on as something else.
    #[error("{name}: broken JSON: {problem}")]
    BrokenJson {
        /// The input, as given.
        name: String,
        /// What the JSON lacks, and where.
        problem: String,
    },
}

impl Error {
    /// What the system says of the input `name`, as an error that names it.
    pub(super) fn of_io(name: String, problem: io::Error) -> Self {
        let name = printable(&name).into_owned();
        match problem.kind() {
            io::ErrorKind::NotFound => Self::NotFound { name },
            _ => Self::Unreadable { name, problem },
        }
    }

    /// Whether the input is simply something else than a live page: in a directory that is no error.
    pub fn is_no_page(&self) -> bool {
        matches!(self, Self::Empty { .. } | Self::NoText { .. } | Self::Binary { .. })
    }
}
