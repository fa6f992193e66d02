//! What ends a command, worded for its user.

use std::io;

use liveblog::{ParseError, archive, input};

/// Why a command ended, or could not read one of its inputs.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An input could not be read.
    #[error("{0}{hint}", hint = hint(.0))]
    Input(#[from] input::Error),
    /// An input could be read, but gives no live blog.
    #[error("{name}: {problem}")]
    Page {
        /// The input.
        name: String,
        /// What is wrong with it.
        problem: ParseError,
    },
    /// An input gives warnings, and the user allows none.
    #[error("{name}: there are warnings, and --strict allows none\n  {warnings}")]
    Strict {
        /// The input.
        name: String,
        /// The warnings, one a line.
        warnings: String,
    },
    /// The archive could not be asked or written.
    #[error(transparent)]
    Archive(#[from] archive::Error),
    /// The output could not be written.
    #[error("{name}: cannot be written: {problem}")]
    Write {
        /// The file, or `standard output`.
        name: String,
        /// What the system says.
        problem: io::Error,
    },
    /// There is nowhere to look for the archive.
    #[error("no home directory to find the archive in\n  name the archive with --archive FILE")]
    NoHome,
    /// The options do not go together.
    #[error("{0}\n  liveblog --help tells more")]
    Usage(String),
}

impl Error {
    /// An input's error, with its name.
    pub fn of_page(name: &str, problem: ParseError) -> Self {
        match problem {
            ParseError::Input(error) => error.into(),
            problem => Self::Page { name: name.to_owned(), problem },
        }
    }

    /// The error of writing to `place`.
    pub fn writing(place: &str) -> impl Fn(io::Error) -> Self + Copy {
        move |problem| Self::Write { name: place.to_owned(), problem }
    }

    /// Whether an input is simply something else than a live page.
    pub fn is_no_page(&self) -> bool {
        match self {
            Self::Input(error) => error.is_no_page(),
            Self::Page { problem, .. } => matches!(problem, ParseError::NoEntries | ParseError::TooManyLines { .. }),
            _ => false,
        }
    }

    /// Whether whoever read the output has closed it.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Write { problem, .. } if problem.kind() == io::ErrorKind::BrokenPipe)
    }

    /// Whether the user asked for something that cannot be asked for.
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::Usage(_))
    }
}

/// What a user can do about an input that could not be read, where that names an option.
fn hint(error: &input::Error) -> &'static str {
    match error {
        input::Error::TooLarge { .. } => "\n  --max-input SIZE reads larger ones",
        _ => "",
    }
}
