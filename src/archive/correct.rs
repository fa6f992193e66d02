//! Metadata that the user gives for a page that is stored already: it replaces earlier metadata, and the page is parsed
//! again with it.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use rusqlite::{Connection, OptionalExtension, Result, params};

use super::capture::{read_original, sha256};
use super::columns::{Columns, from_json_name, json_name, to_usize, utc};
use super::{Archive, Batch, Capture, Error, Original, identity};
use crate::model::{Layout, LiveBlog};

/// What the user says of a page; `None` where nothing is said, so that earlier metadata stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserMetadata {
    /// When it was saved, UTC.
    pub captured: Option<DateTime<Utc>>,
    /// Where it was published.
    pub url: Option<String>,
    /// The zone of times that name none.
    pub zone: Option<Tz>,
    /// The layout of the page.
    pub layout: Option<Layout>,
    /// The name of its live blog in the archive.
    pub name: Option<String>,
}

/// A page whose very bytes are stored, and how it is parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCapture {
    /// The name of its live blog.
    pub page: String,
    /// When it was stored, UTC: the current time when it was parsed.
    pub kept: DateTime<Utc>,
    /// When its file had been changed, UTC.
    pub modified: Option<DateTime<Utc>>,
    /// When it was saved, where it was published, its zone and layout, as far as anybody said so; no name.
    pub said: UserMetadata,
    page_row: i64,
    address: Option<String>,
    capture: i64,
}

/// What new metadata changed in a stored page.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// The name of its live blog.
    pub page: String,
    /// The name that the live blog had before, if it has a new one.
    pub renamed_from: Option<String>,
    /// How many captures of the live blog there are.
    pub captures: usize,
    /// What had not been said before; not the name.
    pub new: UserMetadata,
    /// The live blog before and after, if anything new was said.
    pub read: Option<(LiveBlog, LiveBlog)>,
}

impl UserMetadata {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is said here but not in `before`; not the name.
    fn difference_from(&self, before: &Self) -> Self {
        fn new<T: Clone + PartialEq>(now: Option<&T>, before: Option<&T>) -> Option<T> {
            now.filter(|_| now != before).cloned()
        }
        Self {
            captured: new(self.captured.as_ref(), before.captured.as_ref()),
            url: new(self.url.as_ref(), before.url.as_ref()),
            zone: new(self.zone.as_ref(), before.zone.as_ref()),
            layout: new(self.layout.as_ref(), before.layout.as_ref()),
            name: None,
        }
    }
}

impl Archive {
    /// Returns what is stored of a page with these bytes, if anything is. Of several live blogs that have it, it is the one
    /// with the given name or address, else the first.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn stored(&self, bytes: &[u8], said: &UserMetadata) -> Result<Option<StoredCapture>, Error> {
        let stored = all_stored(&self.connection, &sha256(bytes)).map_err(|error| self.to_error(error))?;
        Ok(choose(stored, said))
    }
}

impl Batch<'_> {
    /// Stores metadata of a page whose very bytes are stored, and parses the live blog again if any of it is new. Returns
    /// `None` if the bytes are not stored.
    ///
    /// # Errors
    /// If another live blog has the name or the address; any error of `parse`; [`Error::Changed`] for a corrupt original.
    /// The archive is then as it was. If the archive cannot be written, the batch can no longer be committed.
    pub fn correct<E: From<Error>>(
        &mut self,
        capture: &Capture,
        said: &UserMetadata,
        mut parse: impl FnMut(&Original) -> Result<LiveBlog, E>,
    ) -> Result<Option<Correction>, E> {
        let path = self.path;
        let to_error = |error| Error::from_sqlite(path, error);
        let all = all_stored(&self.transaction, &capture.sha256).map_err(to_error)?;
        let pages: Vec<_> = all.iter().map(|stored| stored.page.clone()).collect();
        let Some(stored) = choose(all, said) else { return Ok(None) };
        let source = || capture.document.source.clone();

        let renamed = said.name.clone().filter(|name| *name != stored.page);
        if let Some(name) = &renamed {
            let is_taken = page_by(&self.transaction, "name", name).map_err(to_error)?.is_some();
            if is_taken || pages.len() > 1 {
                return Err(Error::NameTaken { source_name: source(), pages, name: name.clone(), is_taken }.into());
            }
        }
        let new = said.difference_from(&stored.said);
        let address =
            new.url.as_deref().map(identity::address).filter(|address| stored.address.as_ref() != Some(address));
        if let Some(address) = &address
            && let Some((row, other)) = page_by(&self.transaction, "address", address).map_err(to_error)?
            && row != stored.page_row
        {
            let url = new.url.clone().unwrap_or_default();
            return Err(Error::AddressTaken { source_name: source(), page: stored.page, url, other }.into());
        }

        let mut corrected = Correction {
            page: stored.page.clone(),
            renamed_from: None,
            captures: count_captures(&self.transaction, stored.page_row).map_err(to_error)?,
            new,
            read: None,
        };
        if !corrected.new.is_empty() {
            let before = parse(&read_original(&self.transaction, stored.capture).map_err(to_error)?)?;
            self.transaction.execute_batch("SAVEPOINT correct").map_err(to_error)?;
            let mut after = None;
            let reparsed = write(&self.transaction, &stored, &corrected.new, address.as_deref()).map_err(to_error);
            let reparsed = reparsed.map_err(E::from).and_then(|()| {
                self.reparse(&stored.page, |original| {
                    let blog = parse(original)?;
                    if original.id == stored.capture {
                        after = Some(blog.clone());
                    }
                    Ok(blog)
                })
            });
            if let Err(error) = reparsed {
                self.bylines = super::write::Bylines::default();
                let undone = self.transaction.execute_batch("ROLLBACK TO correct; RELEASE correct");
                self.whole &= undone.is_ok();
                return Err(error);
            }
            self.transaction.execute_batch("RELEASE correct").map_err(to_error)?;
            corrected.read = after.map(|after| (before, after));
        }
        if let Some(name) = renamed {
            let sql = "UPDATE page SET name = ? WHERE id = ?";
            self.transaction.execute(sql, params![name, stored.page_row]).map_err(to_error)?;
            corrected.renamed_from = Some(std::mem::replace(&mut corrected.page, name));
        }
        Ok(Some(corrected))
    }
}

/// The captures with these bytes, of each live blog that has one.
fn all_stored(db: &Connection, sha256: &str) -> Result<Vec<StoredCapture>> {
    let sql = "SELECT name, kept, modified, captured, capture.url, capture.zone, capture.layout, page.id, address,
                   capture.id
               FROM capture JOIN page ON page.id = page WHERE sha256 = ? ORDER BY page.id";
    let mut rows = db.prepare_cached(sql)?;
    let rows = rows.query_map([sha256], |row| {
        let mut columns = Columns::new(row);
        Ok(StoredCapture {
            page: columns.text()?.unwrap_or_default(),
            kept: columns.instant()?.unwrap_or_default(),
            modified: columns.instant()?,
            said: UserMetadata {
                captured: columns.instant()?,
                url: columns.text()?,
                zone: columns.parse_column(str::parse)?,
                layout: columns.parse_column(from_json_name)?,
                name: None,
            },
            page_row: columns.get()?,
            address: columns.text()?,
            capture: columns.get()?,
        })
    })?;
    rows.collect()
}

fn choose(mut stored: Vec<StoredCapture>, said: &UserMetadata) -> Option<StoredCapture> {
    let address = said.url.as_deref().map(identity::address);
    let has_name = |stored: &StoredCapture| said.name.as_ref() == Some(&stored.page);
    let has_address = |stored: &StoredCapture| address.is_some() && stored.address == address;
    let at = stored.iter().position(has_name).or_else(|| stored.iter().position(has_address)).unwrap_or(0);
    (at < stored.len()).then(|| stored.swap_remove(at))
}

/// The live blog with that name or address: its row and its name.
fn page_by(db: &Connection, column: &str, value: &str) -> Result<Option<(i64, String)>> {
    let mut page = db.prepare_cached(&format!("SELECT id, name FROM page WHERE {column} = ?"))?;
    page.query_row([value], |row| Ok((row.get(0)?, row.get(1)?))).optional()
}

fn count_captures(db: &Connection, page: i64) -> Result<usize> {
    let mut count = db.prepare_cached("SELECT count(*) FROM capture WHERE page = ?")?;
    count.query_row([page], |row| row.get(0)).map(to_usize)
}

/// Writes new metadata of a capture.
fn write(db: &Connection, stored: &StoredCapture, new: &UserMetadata, address: Option<&str>) -> Result<()> {
    let sql = "UPDATE capture SET captured = coalesce(?, captured), url = coalesce(?, url), zone = coalesce(?, zone),
                   layout = coalesce(?, layout) WHERE id = ?";
    db.prepare_cached(sql)?.execute(params![
        new.captured.map(utc),
        new.url,
        new.zone.map(|zone| zone.name()),
        new.layout.and_then(json_name),
        stored.capture,
    ])?;
    if let Some(address) = address {
        let sql = "UPDATE page SET address = ? WHERE id = ?";
        db.prepare_cached(sql)?.execute(params![address, stored.page_row])?;
    }
    Ok(())
}
