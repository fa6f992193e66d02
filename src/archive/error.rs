//! What can go wrong with an archive. What to do about it is for the caller to say.

use std::error;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::slice;

use rusqlite::{ErrorCode, ffi};

use super::files::folder;

/// Why an archive could not be opened, read or written. The archive is as it was before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no such file.
    #[error("{path}: nothing has been kept yet", path = .0.display())]
    Missing(PathBuf),
    /// Its directory cannot be made.
    #[error("{path}: cannot make the archive's folder: {source}", path = path.display())]
    Folder {
        /// The directory.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It cannot be opened.
    #[error("{path}: cannot open the archive: {reason}", path = path.display())]
    Unopened {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// It can be read but not written.
    #[error("{path}: the archive is read-only", path = .0.display())]
    ReadOnly(PathBuf),
    /// It was moved, removed or replaced while it was open, so that what was written is in no file of that name.
    #[error("{path}: the archive was moved or removed while it was being written", path = .0.display())]
    Displaced(PathBuf),
    /// Another program writes, and did not finish in time.
    #[error("{path}: the archive is being written by another program", path = .0.display())]
    Locked(PathBuf),
    /// The disk is full.
    #[error("{path}: there is no room left to write", path = .0.display())]
    Full(PathBuf),
    /// It is another program's file.
    #[error("{path}: this file is not a liveblog archive", path = .0.display())]
    Foreign(PathBuf),
    /// It is an archive, but parts of it cannot be read.
    #[error("{path}: the archive is damaged: {reason}", path = path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite found.
        reason: String,
    },
    /// It is so damaged that it cannot even be checked.
    #[error("{path}: the archive is damaged, and cannot be read through: {reason}", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What SQLite found.
        reason: String,
    },
    /// A later version of this library made it.
    #[error("{path}: the archive has version {version}, made by a later liveblog; this one knows versions up to {known}", path = path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        version: i64,
        /// The latest version that this library reads.
        known: i64,
    },
    /// A stored original is not the page that was captured.
    #[error("the stored original of {capture} is corrupt (checksum mismatch); its entries were left unchanged")]
    Changed {
        /// The file or record that was stored.
        capture: String,
    },
    /// A file already exists where a copy was to be written.
    #[error("{path}: there is a file already", path = .0.display())]
    Exists(PathBuf),
    /// A copy cannot be written.
    #[error("{path}: cannot be written: {reason}", path = path.display())]
    Unwritten {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: io::Error,
    },
    /// A page of a batch could not be stored, so none of them was.
    #[error("{path}: a page of this batch could not be kept, so none of it was", path = .0.display())]
    HalfStored(PathBuf),
    /// A page that is stored cannot have that name.
    #[error("{}{}", stored_as(source_name.as_deref(), pages), why_name_is_taken(name, *is_taken))]
    NameTaken {
        /// The file or record, if it was given again.
        source_name: Option<String>,
        /// The live blogs that have the page.
        pages: Vec<String>,
        /// The name.
        name: String,
        /// Whether another live blog has the name.
        is_taken: bool,
    },
    /// A page that is stored cannot have that address.
    #[error("{}{url} is the address of {other:?}", stored_as(source_name.as_deref(), slice::from_ref(page)))]
    AddressTaken {
        /// The file or record, if it was given again.
        source_name: Option<String>,
        /// The live blog that has the page.
        page: String,
        /// The address.
        url: String,
        /// The live blog that has the address.
        other: String,
    },
    /// No archived live blog has that name, address, or part of either.
    #[error("no archived live blog is named {name:?}")]
    NoSuchPage {
        /// What was asked for.
        name: String,
        /// The most similar names.
        close: Vec<String>,
    },
    /// Several archived live blogs match.
    #[error("{name:?} fits several archived live blogs: {fitting}", fitting = abbreviate(fitting))]
    AmbiguousPage {
        /// What was asked for.
        name: String,
        /// The names of those that match.
        fitting: Vec<String>,
    },
    /// A live blog has no capture with that number.
    #[error("{page} has no capture {number}, but {count}:{}", list_captures(captures), count = captures.len())]
    NoSuchCapture {
        /// The live blog.
        page: String,
        /// What was asked for.
        number: usize,
        /// Its captures, a line for each.
        captures: Vec<String>,
    },
    /// A live blog has several captures, which were not all saved at one time.
    #[error("{page} has {count} captures, each saved at a time of its own:{}", list_captures(captures), count = captures.len())]
    SeveralCaptures {
        /// The live blog.
        page: String,
        /// Its captures, a line for each.
        captures: Vec<String>,
    },
    /// A stored original that was asked for is not the page that was captured.
    #[error("{page}: the stored original of {capture} is corrupt (checksum mismatch)")]
    Corrupt {
        /// The live blog.
        page: String,
        /// The file or record that was stored.
        capture: String,
    },
    /// Anything else that SQLite reports.
    #[error("{path}: {source}", path = path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite reports.
        source: Box<dyn error::Error + Send + Sync>,
    },
}

/// How many names an error lists.
const MAX_LISTED: usize = 10;

/// The first names, and how many more there are: `flood, flood-2 and 30 more`.
fn abbreviate(names: &[String]) -> String {
    let more = names.len().saturating_sub(MAX_LISTED);
    let listed = names[..names.len() - more].join(", ");
    if more > 0 { format!("{listed} and {more} more") } else { listed }
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(" and ")
}

/// `page.txt: it is stored as "flood", and `, or without a file `flood: `.
fn stored_as(source_name: Option<&str>, pages: &[String]) -> String {
    match source_name {
        Some(source_name) => format!("{source_name}: it is stored as {}, and ", quoted(pages)),
        None => format!("{}: ", pages.join(", ")),
    }
}

fn why_name_is_taken(name: &str, is_taken: bool) -> String {
    if is_taken {
        format!("{name:?} is another live blog")
    } else {
        format!("it is not clear which of them is to be {name:?}")
    }
}

/// The captures of a live blog, a line for each below the message.
fn list_captures(captures: &[String]) -> String {
    let more = captures.len().saturating_sub(MAX_LISTED);
    let mut lines: Vec<_> = captures[..captures.len() - more].iter().map(|line| format!("\n  {line}")).collect();
    lines.extend((more > 0).then(|| format!("\n  and {more} more")));
    lines.concat()
}

impl Error {
    /// The error of opening an archive by `address`. SQLite's text names that address, which the user never gave.
    pub(super) fn from_opening(path: &Path, address: &Path, error: rusqlite::Error) -> Self {
        match Self::from_sqlite(path, error) {
            // SQLite only says that it cannot open the file. Only here: closing a file drops all locks of the process on it.
            Self::Unopened { path, .. } if is_permission_denied(&path) => {
                Self::Unopened { path, reason: "permission denied".to_owned() }
            }
            Self::Unopened { path, reason } => {
                Self::Unopened { path, reason: reason.replace(&format!(": {}", address.display()), "") }
            }
            error => error,
        }
    }

    /// The same error for a caller that checks the archive: not even the check can read it.
    #[must_use]
    pub fn into_unreadable(self) -> Self {
        match self {
            Self::Damaged { path, reason } => Self::Unreadable { path, reason },
            other => other,
        }
    }

    /// Sorts an error of SQLite by what the user can do about it.
    pub(super) fn from_sqlite(path: &Path, error: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match (error.sqlite_error_code(), &error) {
            (Some(ErrorCode::ReadOnly | ErrorCode::SystemIoFailure | ErrorCode::CannotOpen), _)
                if is_disk_full(&path) =>
            {
                Self::Full(path)
            }
            (Some(ErrorCode::ReadOnly), _) => Self::ReadOnly(path),
            (Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked), _) => Self::Locked(path),
            (Some(ErrorCode::DiskFull), _) => Self::Full(path),
            // The file beside an archive that programs share it by cannot grow.
            (_, rusqlite::Error::SqliteFailure(failure, _)) if failure.extended_code == ffi::SQLITE_IOERR_SHMSIZE => {
                Self::Full(path)
            }
            (Some(ErrorCode::NotADatabase), _) => Self::Foreign(path),
            (Some(ErrorCode::DatabaseCorrupt), _) | (_, rusqlite::Error::FromSqlConversionFailure(..)) => {
                Self::Damaged { path, reason: error.to_string() }
            }
            (Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::SystemIoFailure), _) => {
                // SQLite names the file itself, which is named already.
                let reason = error.to_string().replace(&format!(": {}", path.display()), "");
                Self::Unopened { path, reason }
            }
            _ => Self::Sqlite { path, source: Box::new(error) },
        }
    }
}

fn is_permission_denied(path: &Path) -> bool {
    File::open(path).is_err_and(|error| error.kind() == io::ErrorKind::PermissionDenied)
}

/// Whether nothing more can be written beside a file. SQLite reports a full disk in several ways: where there is no room
/// for the files beside an archive, it can only be opened to be read.
fn is_disk_full(path: &Path) -> bool {
    let written = tempfile::tempfile_in(folder(path)).and_then(|mut probe| probe.write_all(&[0; 64 * 1024]));
    written.is_err_and(|error| error.kind() == io::ErrorKind::StorageFull)
}
