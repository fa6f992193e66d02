//! What can go wrong with an archive, and what to do then.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why an archive could not be opened, asked or written. Nothing was changed where one of these is told.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no such file.
    #[error("{path}: nothing has been kept yet\n  keep a page first: liveblog parse PAGE", path = .0.display())]
    Missing(PathBuf),
    /// Its folder cannot be made.
    #[error("{path}: cannot make the archive's folder: {source}\n  choose another place with --archive FILE", path = path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It cannot be opened.
    #[error("{path}: cannot open the archive: {reason}\n  choose another place with --archive FILE", path = path.display())]
    Unopened {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// It can be read but not written.
    #[error("{path}: the archive is read-only\n  make it writable, or choose another with --archive FILE", path = .0.display())]
    ReadOnly(PathBuf),
    /// It was moved, removed or replaced while it was open, so that what was written is in no file of that name.
    #[error("{path}: the archive was moved or removed while it was being written", path = .0.display())]
    Displaced(PathBuf),
    /// Somebody else writes, and has not finished in time.
    #[error("{path}: the archive is being written by another program\n  try again when that has finished", path = .0.display())]
    Locked(PathBuf),
    /// There is no room left.
    #[error("{path}: there is no room left to write\n  make room; what was kept before is safe", path = .0.display())]
    Full(PathBuf),
    /// It is another program's file.
    #[error("{path}: this file is not a liveblog archive\n  choose another with --archive FILE", path = .0.display())]
    Foreign(PathBuf),
    /// It is an archive, but parts of it cannot be read.
    #[error("{path}: the archive is damaged: {reason}\n  liveblog check tells what is lost; a backup can take its place", path = path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite found.
        reason: String,
    },
    /// It is so damaged that it cannot even be checked.
    #[error("{path}: the archive is damaged, and cannot be read through: {reason}\n  a backup can take its place", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What SQLite found.
        reason: String,
    },
    /// A later liveblog made it.
    #[error("{path}: the archive has version {version}, made by a later liveblog; this one knows versions up to {known}\n  update liveblog", path = path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        version: i64,
        /// The latest version that this program knows.
        known: i64,
    },
    /// An original is not the one that was kept.
    #[error("the original of {capture} is not as it was kept, so it stays as it was read")]
    Changed {
        /// The file or record that was kept.
        capture: String,
    },
    /// There is a file already where a copy was to be written.
    #[error("{path}: there is a file already\n  choose another name, or say --overwrite to replace it", path = .0.display())]
    Exists(PathBuf),
    /// A copy cannot be written.
    #[error("{path}: cannot be written: {reason}", path = path.display())]
    Unwritten {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: io::Error,
    },
    /// A page of a batch could not be kept, so none of them was.
    #[error("{path}: a page of this batch could not be kept, so none of it was", path = .0.display())]
    HalfKept(PathBuf),
    /// A page that is stored cannot have that name.
    #[error("{source_name}: {}", name_taken(pages, name, *is_taken))]
    NameTaken {
        /// The file or record.
        source_name: String,
        /// The live blogs that have the page.
        pages: Vec<String>,
        /// The name.
        name: String,
        /// Whether another live blog has the name.
        is_taken: bool,
    },
    /// A page that is stored cannot have that address.
    #[error(
        "{source_name}: it is stored as {page:?}, and {url} is the address of {other:?}\n  give the address of {page:?}, or leave it out"
    )]
    AddressTaken {
        /// The file or record.
        source_name: String,
        /// The live blog that has the page.
        page: String,
        /// The address.
        url: String,
        /// The live blog that has the address.
        other: String,
    },
    /// No archived live blog has that name, address, or part of either.
    #[error("no archived live blog is named {name:?}\n  {}", hint(close))]
    NoSuchPage {
        /// What was asked for.
        name: String,
        /// The names that are most like it.
        close: Vec<String>,
    },
    /// Several archived live blogs fit.
    #[error("{name:?} fits several archived live blogs: {fitting}\n  give a longer part, or the whole name", fitting = some(fitting))]
    AmbiguousPage {
        /// What was asked for.
        name: String,
        /// The names of those that fit.
        fitting: Vec<String>,
    },
    /// Anything else that SQLite tells.
    #[error("{path}: {source}", path = path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What it tells.
        source: rusqlite::Error,
    },
}

/// How many names an error lists.
const LISTED: usize = 10;

/// Names, as many as are read: `flood, flood-2 and 30 more`.
fn some(names: &[String]) -> String {
    let more = names.len().saturating_sub(LISTED);
    let listed = names[..names.len() - more].join(", ");
    if more > 0 { format!("{listed} and {more} more") } else { listed }
}

fn name_taken(pages: &[String], name: &str, is_taken: bool) -> String {
    let stored: Vec<_> = pages.iter().map(|page| format!("{page:?}")).collect();
    let stored = stored.join(" and ");
    if is_taken {
        format!(
            "it is stored as {stored}, and {name:?} is another live blog\n  give it a name that is free, or leave the name out"
        )
    } else {
        format!(
            "it is stored as {stored}, so it is not clear which of them is to be {name:?}\n  remove all but one of them first"
        )
    }
}

fn hint(close: &[String]) -> String {
    match close {
        [] => "liveblog pages lists them".to_owned(),
        close => format!("did you mean {}? liveblog pages lists all", some(close)),
    }
}

impl Error {
    /// What SQLite says when it cannot open an archive by `address`, without that address, which nobody gave.
    pub(super) fn opening(path: &Path, address: &Path, error: rusqlite::Error) -> Self {
        match Self::told(path, error) {
            Self::Unopened { path, reason } => {
                Self::Unopened { path, reason: reason.replace(&format!(": {}", address.display()), "") }
            }
            error => error,
        }
    }

    /// The same, as it is reported by the check itself.
    #[must_use]
    pub fn of_check(self) -> Self {
        match self {
            Self::Damaged { path, reason } => Self::Unreadable { path, reason },
            other => other,
        }
    }

    /// What SQLite tells of an archive, in the user's words.
    pub(super) fn told(path: &Path, error: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match (error.sqlite_error_code(), &error) {
            (Some(ErrorCode::ReadOnly), _) => Self::ReadOnly(path),
            (Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked), _) => Self::Locked(path),
            (Some(ErrorCode::DiskFull), _) => Self::Full(path),
            (Some(ErrorCode::NotADatabase), _) => Self::Foreign(path),
            (Some(ErrorCode::DatabaseCorrupt), _) | (_, rusqlite::Error::FromSqlConversionFailure(..)) => {
                Self::Damaged { path, reason: error.to_string() }
            }
            (Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::SystemIoFailure), _) => {
                // SQLite names the file itself, which has been named already.
                let reason = error.to_string().replace(&format!(": {}", path.display()), "");
                Self::Unopened { path, reason }
            }
            _ => Self::Sqlite { path, source: error },
        }
    }
}
