//! Why rows cannot be read from a file.

use std::io;

use arrow_schema::ArrowError;
use parquet::errors::ParquetError;

use crate::input::{self, FileKind, printable};

/// Why rows cannot be read from a file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It cannot be opened, or is damaged.
    #[error(transparent)]
    Input(#[from] input::Error),
    /// Its columns or values are not those of rows.
    #[error("{name}: Parquet, but not in the form of liveblog's rows: {problem}")]
    Form {
        /// The file.
        name: String,
        /// What is different.
        problem: String,
    },
}

/// What is wrong with a file, but for its name.
#[derive(Debug, thiserror::Error)]
pub(super) enum Problem {
    #[error("{0}")]
    Io(io::Error),
    #[error("damaged")]
    Damaged,
    #[error("{0}")]
    Form(String),
}

impl Problem {
    pub(super) fn in_file(self, name: &str) -> Error {
        let printable_name = || printable(name).into_owned();
        match self {
            Self::Io(problem) => input::Error::from_io(name.to_owned(), problem).into(),
            Self::Damaged => input::Error::Damaged { name: printable_name(), kind: FileKind::Parquet }.into(),
            Self::Form(problem) => Error::Form { name: printable_name(), problem },
        }
    }
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<ParquetError> for Problem {
    fn from(error: ParquetError) -> Self {
        match error {
            ParquetError::External(error) => match error.downcast::<io::Error>() {
                Ok(error) => Self::Io(*error),
                Err(_) => Self::Damaged,
            },
            _ => Self::Damaged,
        }
    }
}

impl From<ArrowError> for Problem {
    fn from(error: ArrowError) -> Self {
        match error {
            ArrowError::ExternalError(error) => match error.downcast::<ParquetError>() {
                Ok(error) => (*error).into(),
                Err(_) => Self::Damaged,
            },
            _ => Self::Damaged,
        }
    }
}
