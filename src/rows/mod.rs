//! Rows in files of Parquet, which [`output`](crate::output) wrote, asked as pages and an archive are.

mod column;
mod error;
mod prune;
mod read;
mod row;

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

pub use self::error::Error;
use self::read::RowFile;
use crate::model::{Entry, PageHead, Row};
use crate::query::{Order, PageQuery, Query, Selection};

/// The rows of a file of Parquet, or of all files of a directory: a data set, partitioned or not.
///
/// Partitions and groups of rows that a query selects nothing of, by its times, are not read; nor are, of rows that
/// another author wrote, the other columns.
#[derive(Debug)]
pub struct RowFiles {
    files: Vec<PathBuf>,
}

impl RowFiles {
    /// Finds the rows in a file or directory; `None` if it is something else, such as pages, or tables of another program.
    /// A directory is a data set if all its files are Parquet, but for those whose names begin with `.` or `_`, as in
    /// Hive and Spark.
    pub fn find(path: &Path) -> Option<Self> {
        let files = match path.is_dir() {
            true => data_set(path)?,
            false => vec![path.to_owned()],
        };
        // A file that is damaged is ours if it is the only one; it is reported where it is read.
        let are_ours = match &files[..] {
            [only] => begins_as_parquet(only) && RowFile::open(only).is_none_or(|file| file.is_ours()),
            _ => files.iter().find_map(|file| RowFile::open(file))?.is_ours(),
        };
        are_ours.then_some(Self { files })
    }

    /// Adds the rows to a selection, in the order of the files; what matches goes to `each`, unless its place is not known
    /// yet. The error of a file goes to `report`, and the others are read.
    ///
    /// Rows know less of their live blog than its page: its name, title, address and zone.
    ///
    /// # Errors
    /// The first error of `each`, which ends the selection.
    pub fn select<E>(
        &self,
        selection: &mut Selection,
        each: &mut impl FnMut(&PageHead, Row) -> Result<(), E>,
        mut report: impl FnMut(Error),
    ) -> Result<(), E> {
        let query = selection.query();
        let mut pages = Pages::new(query.order);
        if query.asks_for_bare_time() {
            // A bare time takes its day from the last entry of its live blog, which is known once all were seen.
            for file in self.files.iter().filter_map(|file| RowFile::open(file)) {
                // What cannot be read is reported below.
                let _ = file.times(|key, time| pages.add_time(key, time));
            }
        }
        for path in self.files.iter().filter(|path| prune::may_be_in_partition(path, query)) {
            let file = match RowFile::open_ours(path) {
                Ok(file) => file,
                Err(error) => {
                    report(error);
                    continue;
                }
            };
            for row in file.rows(query) {
                match row {
                    Ok((row, zone)) => {
                        let page = pages.page(&row, zone, selection);
                        let (index, on_page, head) = (page.index, page.query, Rc::clone(&page.head));
                        selection.add_row(index, &on_page, &head, row, each)?;
                    }
                    Err(error) => {
                        report(error);
                        break;
                    }
                }
                if selection.is_complete() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Whether rows name the zones of their live blogs; without them, a day is one in UTC unless the query names a zone.
    pub fn name_zones(&self) -> bool {
        self.files.iter().find_map(|file| RowFile::open(file)).is_none_or(|file| file.names_zones())
    }

    /// Calls `each` with all entries, whatever is asked for; what cannot be read is left out.
    pub fn entries(&self, mut each: impl FnMut(&Entry)) {
        let all = Query::new(DateTime::UNIX_EPOCH);
        for file in self.files.iter().filter_map(|file| RowFile::open(file)) {
            file.rows(&all).filter_map(Result::ok).for_each(|(row, _)| each(&row.entry));
        }
    }
}

/// What a live blog is known by, among rows: its `page`, `page_title` and `page_url`.
type PageKey = (String, Option<String>, Option<String>);

/// The live blogs that rows belong to.
struct Pages<'q> {
    order: Order,
    /// When the last entry of each was published, if it matters.
    last: HashMap<PageKey, DateTime<Utc>>,
    /// Those met so far; where rows stay in the order of the files, only the last of them.
    known: HashMap<PageKey, PageOfRows<'q>>,
    current: PageKey,
    /// The position in the selection of all of them, where rows stay in the order of the files.
    index: Option<usize>,
}

struct PageOfRows<'q> {
    index: usize,
    query: PageQuery<'q>,
    head: Rc<PageHead>,
}

impl<'q> Pages<'q> {
    fn new(order: Order) -> Self {
        Self { order, last: HashMap::new(), known: HashMap::new(), current: PageKey::default(), index: None }
    }

    /// Notes when an entry of a live blog was published.
    fn add_time(&mut self, page: PageKey, time: DateTime<Utc>) {
        let last = self.last.entry(page).or_insert(time);
        *last = time.max(*last);
    }

    /// The live blog of a row.
    fn page(&mut self, row: &Row, zone: Option<Tz>, selection: &mut Selection<'q>) -> &PageOfRows<'q> {
        let (page, title, url) = &self.current;
        if (page, title, url) != (&row.page, &row.page_title, &row.page_url) {
            self.current = (row.page.clone(), row.page_title.clone(), row.page_url.clone());
            if self.order == Order::Page {
                self.known.clear();
            }
        }
        if !self.known.contains_key(&self.current) {
            let index = match self.index {
                Some(index) if self.order == Order::Page => index,
                _ => selection.add_page_of_rows(),
            };
            self.index = Some(index);
            let query = selection.on_page(&row.page, zone, self.last.get(&self.current).copied());
            let (page, title, url) = self.current.clone();
            let head = Rc::new(PageHead { page, title, url, zone, ..PageHead::default() });
            self.known.insert(self.current.clone(), PageOfRows { index, query, head });
        }
        &self.known[&self.current]
    }
}

/// The files of a directory that is a data set, sorted.
fn data_set(directory: &Path) -> Option<Vec<PathBuf>> {
    let mut files = Vec::new();
    let is_data_set = list(directory, &mut files).unwrap_or_default();
    (is_data_set && !files.is_empty()).then_some(files)
}

/// Adds the files below a directory; returns whether all of them are Parquet, by their names.
fn list(directory: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<bool> {
    let mut found = fs::read_dir(directory)?.collect::<Result<Vec<_>, _>>()?;
    found.sort_by_key(fs::DirEntry::file_name);
    for entry in found {
        let is_hidden = matches!(entry.file_name().as_encoded_bytes().first(), Some(b'.' | b'_'));
        let path = entry.path();
        let is_data_set = match entry.file_type()? {
            _ if is_hidden => true,
            kind if kind.is_dir() => list(&path, files)?,
            _ if path.extension() == Some(OsStr::new("parquet")) => {
                files.push(path);
                true
            }
            _ => false,
        };
        if !is_data_set {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether a file begins as Parquet does.
fn begins_as_parquet(path: &Path) -> bool {
    let mut beginning = [0; 4];
    let is_read = File::open(path).and_then(|mut file| file.read_exact(&mut beginning)).is_ok();
    is_read && &beginning == b"PAR1"
}
