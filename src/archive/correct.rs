//! Metadata that the user gives for a page that is stored already: it replaces earlier metadata, and the page is parsed
//! again with it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use rusqlite::{Connection, OptionalExtension, Result, ToSql, params};

use super::capture::{read_original, sha256};
use super::columns::{Columns, from_json_name, json_name, to_usize, utc};
use super::numbered::{describe, find_capture, numbered_captures};
use super::{Archive, Batch, Capture, Error, Original, identity, pages};
use crate::model::{Layout, LiveBlog};

/// What the user says of a page; `None` where nothing is said, so that earlier metadata stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserMetadata {
    /// When it was saved, UTC.
    pub captured: Option<DateTime<Utc>>,
    /// When the file was saved from which it was read, UTC, as the file itself says. The same bytes may have been saved
    /// several times: the first of these is when the page was captured.
    pub file_time: Option<DateTime<Utc>>,
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
    source: String,
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
    /// When another file with the same bytes had been saved, if that was before this one: then it is when the page was
    /// captured.
    pub captured_before: Option<DateTime<Utc>>,
    /// What had not been said before; not the name.
    pub new: UserMetadata,
    /// Each capture of which anything new was said, parsed as before and after.
    pub read: Vec<(LiveBlog, LiveBlog)>,
}

impl UserMetadata {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds what is said in `other`.
    fn extend(&mut self, other: &Self) {
        let Self { captured, file_time, url, zone, layout, name } = other.clone();
        self.file_time = file_time.or(self.file_time);
        self.captured = captured.or(self.captured);
        self.url = url.or_else(|| self.url.take());
        self.zone = zone.or(self.zone);
        self.layout = layout.or(self.layout);
        self.name = name.or_else(|| self.name.take());
    }
}

impl StoredCapture {
    /// When the page was captured, with what is said of a file that has its bytes: when the user says, else when the first
    /// of such files was saved. The time of the file from which it was stored replaces an earlier one of that file.
    pub fn captured(&self, said: &UserMetadata, source: &str) -> Option<DateTime<Utc>> {
        let of_files = match (said.file_time, self.said.captured) {
            (Some(time), Some(before)) if self.source != source => Some(time.min(before)),
            (time, before) => time.or(before),
        };
        said.captured.or(of_files)
    }

    /// What is said that is not stored, of a file that has its bytes; not the name.
    fn new_metadata(&self, said: &UserMetadata, source: &str) -> UserMetadata {
        fn new<T: PartialEq>(now: Option<T>, before: Option<&T>) -> Option<T> {
            now.filter(|now| Some(now) != before)
        }
        UserMetadata {
            captured: new(self.captured(said, source), self.said.captured.as_ref()),
            file_time: None,
            url: new(said.url.clone(), self.said.url.as_ref()),
            zone: new(said.zone, self.said.zone.as_ref()),
            layout: new(said.layout, self.said.layout.as_ref()),
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
        let stored = stored_captures(&self.connection, "sha256 = ?", &[&sha256(bytes)]);
        let stored = stored.map_err(|error| self.to_error(error))?;
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
        parse: impl FnMut(&Original) -> Result<LiveBlog, E>,
    ) -> Result<Option<Correction>, E> {
        let stored = stored_captures(&self.transaction, "sha256 = ?", &[&capture.sha256]);
        let all = stored.map_err(|error| Error::from_sqlite(self.path, error))?;
        let pages: Vec<_> = all.iter().map(|stored| stored.page.clone()).collect();
        let Some(stored) = choose(all, said) else { return Ok(None) };
        if let Some(name) = said.name.clone().filter(|name| *name != stored.page)
            && pages.len() > 1
        {
            let source_name = Some(capture.document.source.clone());
            return Err(Error::NameTaken { source_name, pages, name, is_taken: false }.into());
        }
        self.correct_captures(&[stored], Some(&capture.document.source), said, parse).map(Some)
    }

    /// Stores metadata of a stored live blog, which is named as in [`Archive::page`], and parses it again if any of it is
    /// new: of one capture, by its number as in [`Archive::history`], from 1, or of all.
    ///
    /// ```
    /// # use liveblog::archive::{Archive, Capture, Error, UserMetadata};
    /// # use liveblog::{Document, ParseOptions, parse};
    /// # let directory = tempfile::tempdir()?;
    /// # let mut archive = Archive::open(&directory.path().join("archive.db"))?;
    /// # let document = Document::from_text("flood.txt", "Flood gatepublished at 12:00 GMT 20 June\n\nShut.\n");
    /// # let now = "2026-06-20T13:00:00Z".parse()?;
    /// # archive.store(&Capture::new(&document, &parse(&document, &ParseOptions::new(now))?, now))?;
    /// let captured = "2023-06-20T13:00:00Z".parse()?;
    /// let said = UserMetadata { captured: Some(captured), ..UserMetadata::default() };
    /// let mut batch = archive.batch()?;
    /// batch.correct_page("flood", None, &said, |original| {
    ///     parse(&original.document, &ParseOptions::new(original.kept)).map_err(liveblog::Error::from)
    /// })?;
    /// batch.commit()?;
    /// assert_eq!(archive.page("flood")?.captured, Some(captured));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If no live blog has that name, or several match; if it has no such capture, or several and it is not clear of which
    /// of them the time is; else as [`correct`](Self::correct).
    pub fn correct_page<E: From<Error>>(
        &mut self,
        name: &str,
        number: Option<usize>,
        said: &UserMetadata,
        parse: impl FnMut(&Original) -> Result<LiveBlog, E>,
    ) -> Result<Correction, E> {
        let (db, to_error) = (&self.transaction, |error| Error::from_sqlite(self.path, error));
        let page = pages::find_page(&pages::all_pages(db).map_err(to_error)?, name)?.clone();
        let captures = numbered_captures(db, page.id).map_err(to_error)?;
        if said.captured.is_some() && number.is_none() && captures.len() > 1 {
            return Err(Error::SeveralCaptures { page: page.name, captures: describe(&captures) }.into());
        }
        let stored = match number {
            Some(number) => {
                let capture = find_capture(&page.name, captures, number)?.row;
                stored_captures(db, "capture.id = ?", &[&capture])
            }
            None => stored_captures(db, "page.id = ?", &[&page.id]),
        };
        self.correct_captures(&stored.map_err(to_error)?, None, said, parse)
    }

    /// Stores metadata of captures of one live blog; `source` is the page that the user gave, if any.
    fn correct_captures<E: From<Error>>(
        &mut self,
        captures: &[StoredCapture],
        source: Option<&str>,
        said: &UserMetadata,
        mut parse: impl FnMut(&Original) -> Result<LiveBlog, E>,
    ) -> Result<Correction, E> {
        let path = self.path;
        let to_error = |error| Error::from_sqlite(path, error);
        let StoredCapture { page, page_row, address, .. } = &captures[0];
        let source_name = source.map(str::to_owned);

        let renamed = said.name.clone().filter(|name| name != page);
        if let Some(name) = &renamed
            && page_by(&self.transaction, "name", name).map_err(to_error)?.is_some()
        {
            let pages = vec![page.clone()];
            return Err(Error::NameTaken { source_name, pages, name: name.clone(), is_taken: true }.into());
        }
        let to_correct: Vec<_> =
            captures.iter().map(|stored| (stored, stored.new_metadata(said, source.unwrap_or_default()))).collect();
        let to_correct: Vec<_> = to_correct.into_iter().filter(|(_, new)| !new.is_empty()).collect();
        let new_address = said.url.as_deref().map(identity::address).filter(|new| address.as_ref() != Some(new));
        if let Some(address) = &new_address
            && let Some((row, other)) = page_by(&self.transaction, "address", address).map_err(to_error)?
            && row != *page_row
        {
            let (page, url) = (page.clone(), said.url.clone().unwrap_or_default());
            return Err(Error::AddressTaken { source_name, page, url, other }.into());
        }

        let mut corrected = Correction {
            page: page.clone(),
            renamed_from: None,
            captures: count_captures(&self.transaction, *page_row).map_err(to_error)?,
            captured_before: captures[0].said.captured.filter(|before| {
                said.file_time.is_some_and(|time| *before < time)
                    && to_correct.iter().all(|(_, new)| new.captured.is_none())
            }),
            new: UserMetadata::default(),
            read: Vec::new(),
        };
        if !to_correct.is_empty() {
            let mut before = Vec::with_capacity(to_correct.len());
            for (stored, new) in &to_correct {
                corrected.new.extend(new);
                before.push(parse(&read_original(&self.transaction, stored.capture).map_err(to_error)?)?);
            }
            self.transaction.execute_batch("SAVEPOINT correct").map_err(to_error)?;
            let mut after = HashMap::new();
            let file = source.filter(|_| said.file_time.is_some());
            let written =
                write(&self.transaction, &to_correct, *page_row, new_address.as_deref(), file).map_err(to_error);
            let reparsed = written.map_err(E::from).and_then(|()| {
                self.reparse(page, |original| {
                    let blog = parse(original)?;
                    after.insert(original.id, blog.clone());
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
            let after = to_correct.iter().filter_map(|(stored, _)| after.remove(&stored.capture));
            corrected.read = before.into_iter().zip(after).collect();
        }
        if let Some(name) = renamed {
            let sql = "UPDATE page SET name = ? WHERE id = ?";
            self.transaction.execute(sql, params![name, page_row]).map_err(to_error)?;
            corrected.renamed_from = Some(std::mem::replace(&mut corrected.page, name));
        }
        Ok(corrected)
    }
}

/// The captures that are meant, by their live blogs, in the order in which they were stored.
fn stored_captures(db: &Connection, which: &str, values: &[&dyn ToSql]) -> Result<Vec<StoredCapture>> {
    let sql = format!(
        "SELECT name, kept, modified, captured, capture.url, capture.zone, capture.layout, page.id, address, capture.id,
             source
         FROM capture JOIN page ON page.id = page WHERE {which} ORDER BY page.id, capture.id"
    );
    let mut rows = db.prepare_cached(&sql)?;
    let rows = rows.query_map(values, |row| {
        let mut columns = Columns::new(row);
        Ok(StoredCapture {
            page: columns.text()?.unwrap_or_default(),
            kept: columns.instant()?.unwrap_or_default(),
            modified: columns.instant()?,
            said: UserMetadata {
                captured: columns.instant()?,
                file_time: None,
                url: columns.text()?,
                zone: columns.parse_column(str::parse)?,
                layout: columns.parse_column(from_json_name)?,
                name: None,
            },
            page_row: columns.get()?,
            address: columns.text()?,
            capture: columns.get()?,
            source: columns.text()?.unwrap_or_default(),
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

/// Writes new metadata of captures, and a new address of their live blog; `file` is where a new time is from, if it is that
/// of a file.
fn write(
    db: &Connection,
    new: &[(&StoredCapture, UserMetadata)],
    page: i64,
    address: Option<&str>,
    file: Option<&str>,
) -> Result<()> {
    let sql = "UPDATE capture SET captured = coalesce(?, captured), source = coalesce(?, source),
                   url = coalesce(?, url), zone = coalesce(?, zone), layout = coalesce(?, layout) WHERE id = ?";
    let mut update = db.prepare_cached(sql)?;
    for (stored, new) in new {
        update.execute(params![
            new.captured.map(utc),
            file.filter(|_| new.captured.is_some()),
            new.url,
            new.zone.map(|zone| zone.name()),
            new.layout.and_then(json_name),
            stored.capture,
        ])?;
    }
    if let Some(address) = address {
        db.prepare_cached("UPDATE page SET address = ? WHERE id = ?")?.execute(params![address, page])?;
    }
    Ok(())
}
