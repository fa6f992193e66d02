//! The errors of the whole library as one, for callers that use several of its parts.

use std::io;

/// Any error of the library: `?` converts those of its modules to it.
///
/// ```
/// use liveblog::{Document, ParseOptions, parse};
///
/// fn titles(page: &str) -> Result<Vec<Option<String>>, liveblog::Error> {
///     let now = liveblog::chrono::Utc::now();
///     let blog = parse(&Document::from_text("page.txt", page), &ParseOptions::new(now))?;
///     Ok(blog.entries.into_iter().map(|entry| entry.title).collect())
/// }
///
/// assert!(matches!(titles("No live page."), Err(liveblog::Error::Parse(_))));
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or a directory could not be read.
    #[error(transparent)]
    Input(#[from] crate::input::Error),
    /// A page could not be parsed.
    #[error(transparent)]
    Parse(#[from] crate::ParseError),
    /// An archive could not be opened, read or written.
    #[cfg(feature = "archive")]
    #[error(transparent)]
    Archive(#[from] crate::archive::Error),
    /// Rows could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}
