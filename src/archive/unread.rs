//! What cannot be read of an archive: it is left out of what is returned, and reported.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A row of the archive with values that cannot be read, which are left out: they are null or empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The live blog's name in the archive.
    pub page: String,
    /// The id of the entry; without it, the live blog itself, or a capture of it.
    pub entry: Option<String>,
    /// The names of the columns that were left out.
    pub columns: Vec<String>,
}

impl fmt::Display for Unread {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        let Self { page, entry, columns } = self;
        let left_out = columns.join(", ");
        match entry {
            Some(entry) => write!(to, "{page}: entry {entry} cannot be read whole; left out: {left_out}"),
            None => write!(to, "{page}: the live blog cannot be read whole; left out: {left_out}"),
        }
    }
}

/// A live blog, and an entry of it.
type RowName = (String, Option<String>);

/// What could not be read: of each live blog and entry, the columns.
#[derive(Debug, Default)]
pub(super) struct UnreadRows(RefCell<BTreeMap<RowName, BTreeSet<String>>>);

impl UnreadRows {
    /// Notes a row, if anything of it was left out.
    pub fn note(&self, page: &str, entry: Option<&str>, columns: Vec<String>) {
        if !columns.is_empty() {
            self.extend([Unread { page: page.to_owned(), entry: entry.map(str::to_owned), columns }]);
        }
    }

    pub fn extend(&self, rows: impl IntoIterator<Item = Unread>) {
        let mut noted = self.0.borrow_mut();
        for Unread { page, entry, columns } in rows {
            noted.entry((page, entry)).or_default().extend(columns);
        }
    }

    pub fn to_vec(&self) -> Vec<Unread> {
        let row = |((page, entry), columns): (&RowName, &BTreeSet<String>)| Unread {
            page: page.clone(),
            entry: entry.clone(),
            columns: columns.iter().cloned().collect(),
        };
        self.0.borrow().iter().map(row).collect()
    }
}
