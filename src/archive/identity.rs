//! Identity: which live blog a capture belongs to, and the name of a new one.
//!
//! A name that the user gives decides; then the address; then, where either side has no address, an entry that both
//! have. Another story saved under the same file name shares none, so it is another live blog.

use std::collections::{HashMap, hash_map};

use rusqlite::{Connection, OptionalExtension, Result, ToSql, params};

use super::Capture;
use super::columns::Columns;
use super::record::Record;
use crate::model::{Entry, Layout};

/// Query parameters that lead to a part of a live blog, or track where the reader came from.
const IGNORED_PARAMETERS: [&str; 5] = ["page", "post", "utm_*", "ns_*", "pinned_post_*"];

/// Finds the row of the live blog that a capture belongs to, if it is stored.
pub(super) fn find_page(db: &Connection, capture: &Capture) -> Result<Option<i64>> {
    if let Some(name) = capture.name {
        return by("SELECT id FROM page WHERE name = ?", name, db);
    }
    find_page_without_name(db, capture)
}

/// Finds it without the name that the user gives.
pub(super) fn find_page_without_name(db: &Connection, capture: &Capture) -> Result<Option<i64>> {
    if let Some(page) = with_same_bytes(db, capture)? {
        return Ok(Some(page));
    }
    let Some(url) = &capture.blog.url else {
        return match by("SELECT page FROM capture WHERE sha256 = ?", &capture.sha256, db)? {
            Some(page) => Ok(Some(page)),
            None => with_shared_entry(db, capture, "TRUE"),
        };
    };
    match by("SELECT id FROM page WHERE address = ?", &address(url), db)? {
        Some(page) => Ok(Some(page)),
        None => with_shared_entry(db, capture, "page.address IS NULL"),
    }
}

/// The live blog that has the same bytes for which the user gave the same address; one with that address first.
fn with_same_bytes(db: &Connection, capture: &Capture) -> Result<Option<i64>> {
    let address = capture.blog.url.as_deref().map(address);
    let sql = "SELECT page FROM capture JOIN page ON page.id = page
               WHERE sha256 = ? AND capture.url IS ? ORDER BY page.address IS ? DESC, page.id LIMIT 1";
    let values = params![capture.sha256, capture.document.url, address];
    db.prepare_cached(sql)?.query_row(values, |row| row.get(0)).optional()
}

fn by(sql: &str, text: &str, db: &Connection) -> Result<Option<i64>> {
    db.prepare_cached(sql)?.query_row([text], |row| row.get(0)).optional()
}

/// The live blog that has an entry in common with a capture.
fn with_shared_entry(db: &Connection, capture: &Capture, which: &str) -> Result<Option<i64>> {
    let timed = format!(
        "SELECT entry.page FROM entry JOIN page ON page.id = entry.page
         WHERE published = ?1 AND (entry.title = ?2 OR text = ?3) AND {which} LIMIT 1"
    );
    // Without a time, a title such as `Good morning` is not enough: the body must be the same too.
    let untimed = format!(
        "SELECT entry.page FROM entry JOIN page ON page.id = entry.page
         WHERE published IS NULL AND key = ?1 AND entry.title IS ?2 AND text = ?3 AND {which} LIMIT 1"
    );
    let (mut timed, mut untimed) = (db.prepare_cached(&timed)?, db.prepare_cached(&untimed)?);
    let mut counts: HashMap<_, usize> = HashMap::new();
    capture.records.iter().for_each(|record| *counts.entry(record.entry.published).or_default() += 1);
    let mut same_times = HashMap::new();
    for record in &capture.records {
        let Record { entry, .. } = record;
        let (published, text) = (record.value("published"), record.value("text"));
        let page = match entry.published {
            // Each look-up passes over all stored entries of that time.
            Some(at) if counts[&entry.published] > FEW => match same_times.entry(at) {
                hash_map::Entry::Occupied(stored) => stored.into_mut(),
                hash_map::Entry::Vacant(place) => place.insert(SameTime::load(db, published, which)?),
            }
            .page_with(entry),
            Some(_) => timed.query_row(params![published, entry.title, text], |row| row.get(0)).optional()?,
            None => untimed.query_row(params![entry.id, entry.title, text], |row| row.get(0)).optional()?,
        };
        if page.is_some() {
            return Ok(page);
        }
    }
    Ok(None)
}

/// How many entries of one time are looked up one by one.
const FEW: usize = 16;

/// The stored entries of one time: of each title and each text, the first entry's place among them, and its live blog.
#[derive(Default)]
struct SameTime {
    titles: HashMap<String, (usize, i64)>,
    texts: HashMap<String, (usize, i64)>,
}

impl SameTime {
    fn load(db: &Connection, published: &dyn ToSql, which: &str) -> Result<Self> {
        let sql = format!(
            "SELECT entry.page, entry.title, text FROM entry JOIN page ON page.id = entry.page
             WHERE published = ? AND {which}"
        );
        let (mut entries, mut found) = (db.prepare_cached(&sql)?, Self::default());
        let mut rows = entries.query([published])?;
        let mut place = 0;
        while let Some(row) = rows.next()? {
            let mut columns = Columns::new(row);
            let page = columns.get()?;
            for (known, words) in [(&mut found.titles, columns.text()?), (&mut found.texts, columns.text()?)] {
                words.map(|words| known.entry(words).or_insert((place, page)));
            }
            place += 1;
        }
        Ok(found)
    }

    /// The live blog of the first entry with the title or the text of this one.
    fn page_with(&self, entry: &Entry) -> Option<i64> {
        let by_title = entry.title.as_ref().and_then(|title| self.titles.get(title));
        let by_text = if entry.body.is_empty() { None } else { self.texts.get(&entry.text()) };
        by_title.into_iter().chain(by_text).min().map(|(_, page)| *page)
    }
}

/// An address reduced to what identifies a live blog: without scheme, fragment, the parameters in [`IGNORED_PARAMETERS`], a closing
/// `/page/N` and a closing slash.
pub(super) fn address(url: &str) -> String {
    let url = url.split('#').next().unwrap_or_default();
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (place, parameters) = url.split_once('?').unwrap_or((url, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let identifying: Vec<_> = parameters.split('&').filter(|parameter| is_identifying(parameter)).collect();
    let mark = if identifying.is_empty() { "" } else { "?" };
    let place = format!("{}/{}", host.to_lowercase(), without_number(path));
    format!("{}{mark}{}", place.trim_end_matches('/'), identifying.join("&"))
}

/// Whether a parameter, `key=value`, is part of a live blog's identity.
fn is_identifying(parameter: &str) -> bool {
    let key = parameter.split('=').next().unwrap_or_default();
    let is = |known: &&str| known.strip_suffix('*').map_or(key == *known, |start| key.starts_with(start));
    !key.is_empty() && !IGNORED_PARAMETERS.iter().any(is)
}

fn without_number(path: &str) -> &str {
    match path.trim_end_matches('/').rsplit_once("page/") {
        Some((rest, number)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => rest,
        _ => path,
    }
}

/// A name that no live blog has yet: the user's own; else that of the file; without a file, one from the address or the
/// title.
pub(super) fn new_name(db: &Connection, capture: &Capture) -> Result<String> {
    if let Some(name) = capture.name {
        return Ok(name.to_owned());
    }
    // Rows name the live blog that they are of; the file may contain several.
    let are_rows = capture.blog.layout == Layout::OwnJson;
    let source = if are_rows { &capture.blog.source } else { &capture.document.source };
    let base = base_name(source, capture.blog.url.as_deref(), capture.blog.title.as_deref());
    let mut taken = db.prepare_cached("SELECT EXISTS (SELECT 1 FROM page WHERE name = ?)")?;
    if !taken.query_row([&base], |row| row.get(0))? {
        return Ok(base);
    }
    // Thousands of files can be called `index.html`: the first free number is found by halving, not by counting.
    let mut is_taken = |number: u64| taken.query_row([format!("{base}-{number}")], |row| row.get::<_, bool>(0));
    let (mut taken_one, mut free) = (1, 2);
    while is_taken(free)? {
        (taken_one, free) = (free, free * 2);
    }
    while free - taken_one > 1 {
        let middle = taken_one.midpoint(free);
        if is_taken(middle)? { taken_one = middle } else { free = middle }
    }
    Ok(format!("{base}-{free}"))
}

fn base_name(source: &str, url: Option<&str>, title: Option<&str>) -> String {
    let is_file = source != "-" && !source.contains("://") && !source.contains("urn:");
    let file = is_file.then(|| stem(source));
    let place = || url.map(|url| stem(&address(url)).to_owned());
    file.map(str::to_owned)
        .or_else(place)
        .or(title.map(str::to_owned))
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "page".to_owned())
}

/// A path's last part without its endings: `pages/flood.html.gz` is `flood`.
fn stem(path: &str) -> &str {
    let name = path.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or_default();
    let name = [".gz", ".zst"].iter().find_map(|packed| name.strip_suffix(packed)).unwrap_or(name);
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.bytes().all(|byte| byte.is_ascii_alphanumeric()) => stem,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_to_a_part_of_a_live_blog_is_no_part_of_its_address() {
        for url in [
            "https://www.example.org/news/live/flood-12345678",
            "http://www.Example.org/news/live/flood-12345678/",
            "https://www.example.org/news/live/flood-12345678#post_4",
            "https://www.example.org/news/live/flood-12345678?page=2",
            "https://www.example.org/news/live/flood-12345678/page/3",
            "https://www.example.org/news/live/flood-12345678?ns_mchannel=social&utm_source=x&pinned_post_type=share&post=1",
        ] {
            assert_eq!(address(url), "www.example.org/news/live/flood-12345678", "{url}");
        }
    }

    #[test]
    fn what_identifies_a_live_blog_stays_in_the_address() {
        assert_eq!(address("https://example.org/live?id=7&page=2&lang=en"), "example.org/live?id=7&lang=en");
        assert_eq!(address("https://example.org/front-page/two"), "example.org/front-page/two");
    }

    #[test]
    fn a_live_blog_is_called_after_its_file_else_its_address_else_its_title() {
        let url = Some("https://example.org/live/flood-12345678?page=2");
        assert_eq!(base_name("saved/page.v2.txt", url, Some("Flood")), "page.v2");
        assert_eq!(base_name("saved/page.html.gz", None, None), "page");
        assert_eq!(base_name("-", url, Some("Flood")), "flood-12345678");
        assert_eq!(base_name("-", None, Some("Flood")), "Flood");
        assert_eq!(base_name("-", None, None), "page");
    }
}
