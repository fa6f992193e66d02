//! Captures by number: from 1, in the order in which they were saved, as the history has them.

use rusqlite::{Connection, Result};

use super::capture::read_original;
use super::columns::Columns;
use super::{Archive, Error, Original, pages};

/// A capture of a live blog; its number is its position from 1.
#[derive(Debug)]
pub(super) struct NumberedCapture {
    pub row: i64,
    /// When it was saved, or stored, and what it was read from.
    description: String,
}

impl Archive {
    /// Returns an original of a live blog, which is named as in [`page`](Self::page): that of the capture with this number,
    /// from 1, in the order of its [`history`](Self::history); without a number, of the latest.
    ///
    /// ```
    /// # use liveblog::archive::{Archive, Capture};
    /// # use liveblog::{Document, ParseOptions, parse};
    /// # let directory = tempfile::tempdir()?;
    /// # let mut archive = Archive::open(&directory.path().join("archive.db"))?;
    /// # for (hour, word) in [(12, "shut"), (13, "open")] {
    /// #     let page = format!("Flood gatepublished at 12:00 GMT 20 June 2023\n\nThe gate is {word}.\n");
    /// #     let document = Document::from_text("flood.txt", &page);
    /// #     let now = format!("2023-06-20T{hour}:30:00Z").parse()?;
    /// #     archive.store(&Capture::new(&document, &parse(&document, &ParseOptions::new(now))?, now))?;
    /// # }
    /// let bytes = archive.original("flood", Some(1))?.document.bytes;
    /// assert!(bytes.ends_with(b"The gate is shut.\n"));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If no live blog has that name, or several match; if it has no such capture; [`Error::Corrupt`] if the stored bytes
    /// are not those that were captured.
    pub fn original(&self, name: &str, number: Option<usize>) -> Result<Original, Error> {
        let to_error = |error| self.to_error(error);
        let db = self.connection.unchecked_transaction().map_err(to_error)?;
        let page = pages::find_page(&pages::all_pages(&db).map_err(to_error)?, name)?.clone();
        let captures = numbered_captures(&db, page.id).map_err(to_error)?;
        let number = number.unwrap_or(captures.len());
        let capture = find_capture(&page.name, captures, number)?;
        let original = read_original(&db, capture.row).map_err(to_error)?;
        if original.intact {
            Ok(original)
        } else {
            Err(Error::Corrupt { page: page.name, capture: original.document.source })
        }
    }
}

/// All captures of a live blog.
pub(super) fn numbered_captures(db: &Connection, page: i64) -> Result<Vec<NumberedCapture>> {
    let sql = "SELECT id, iif(captured IS NULL, 'kept ' || kept, 'captured ' || captured) || ' from ' || source
               FROM capture WHERE page = ? ORDER BY coalesce(captured, kept), id";
    let mut captures = db.prepare_cached(sql)?;
    let captures = captures.query_map([page], |row| {
        let mut columns = Columns::new(row);
        Ok(NumberedCapture { row: columns.get()?, description: columns.text()?.unwrap_or_default() })
    })?;
    captures.collect()
}

/// The capture with that number.
pub(super) fn find_capture(
    page: &str,
    mut captures: Vec<NumberedCapture>,
    number: usize,
) -> Result<NumberedCapture, Error> {
    match number.checked_sub(1).filter(|index| *index < captures.len()) {
        Some(index) => Ok(captures.swap_remove(index)),
        None => Err(Error::NoSuchCapture { page: page.to_owned(), number, captures: describe(&captures) }),
    }
}

/// A line for each capture, with its number.
pub(super) fn describe(captures: &[NumberedCapture]) -> Vec<String> {
    (1..).zip(captures).map(|(number, capture)| format!("{number}  {}", capture.description)).collect()
}
