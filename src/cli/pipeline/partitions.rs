//! Rows on their way into the partitions of a data set: they wait, in bounded memory, until a part is worth a file.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};
use std::rc::Rc;

use chrono::NaiveDate;
use liveblog::model::{PageHead, Row};
use liveblog::output::{Format, Header, PrintOptions};

use super::rows::SingleFile;
use crate::cli::Error;
use crate::cli::target::DataSet;

/// How many bytes of rows wait for their partitions to grow. Then the longest queue becomes a part: a group of rows.
const MAX_WAITING: usize = 128 << 20;

/// The rows of a data set.
pub struct Partitions {
    data_set: DataSet,
    header: Header,
    options: PrintOptions,
    /// The partitions, each with what waits for it.
    queues: BTreeMap<Option<NaiveDate>, Queue>,
    /// How many bytes wait in all of them.
    waiting: usize,
    /// The heads of the live blogs; where their rows are not mixed, only that of the last of them.
    heads: HashMap<String, Rc<PageHead>>,
}

/// What waits for a partition.
#[derive(Default)]
struct Queue {
    rows: Vec<(Rc<PageHead>, Row)>,
    bytes: usize,
    /// How many parts were written.
    parts: usize,
}

impl Partitions {
    pub fn new(data_set: DataSet, header: Header, options: PrintOptions) -> Self {
        let (queues, heads) = (BTreeMap::new(), HashMap::new());
        Self { data_set, header, options, queues, waiting: 0, heads }
    }

    /// Adds a row; `head` is called once before the first row of each live blog.
    pub fn add(&mut self, row: Row, head: impl FnOnce(&str) -> Result<PageHead, Error>) -> Result<(), Error> {
        let head = match self.heads.get(&row.page) {
            Some(head) => Rc::clone(head),
            None => {
                if !self.header.order.is_mixed() {
                    self.heads.clear();
                }
                let head = Rc::new(head(&row.page)?);
                self.heads.insert(row.page.clone(), Rc::clone(&head));
                head
            }
        };
        let bytes = size(&row).map_err(|problem| Error::writing(&row.page)(problem))?;
        let date = row.entry.published.map(|time| time.date_naive());
        let queue = self.queues.entry(date).or_default();
        queue.bytes += bytes;
        queue.rows.push((head, row));
        self.waiting += bytes;
        if self.waiting >= MAX_WAITING { self.write_longest() } else { Ok(()) }
    }

    /// Writes all that waits, and puts all parts in their places.
    pub fn finish(mut self) -> Result<(), Error> {
        let dates: Vec<_> = self.queues.keys().copied().collect();
        dates.into_iter().try_for_each(|date| self.write(date))?;
        self.data_set.finish()
    }

    fn write_longest(&mut self) -> Result<(), Error> {
        let longest = self.queues.iter().max_by_key(|(_, queue)| queue.bytes).map(|(date, _)| *date);
        longest.map_or(Ok(()), |date| self.write(date))
    }

    /// Writes what waits for a partition as a part of it.
    fn write(&mut self, date: Option<NaiveDate>) -> Result<(), Error> {
        let Some(queue) = self.queues.get_mut(&date).filter(|queue| !queue.rows.is_empty()) else { return Ok(()) };
        let rows = std::mem::take(&mut queue.rows);
        self.waiting -= std::mem::take(&mut queue.bytes);
        let mut sink = self.data_set.part(date, queue.parts)?;
        queue.parts += 1;
        let mut file = SingleFile::new(&mut sink, Format::Parquet, self.header.clone(), self.options.clone())?;
        for (head, row) in rows {
            file.print_row(&row, None, |_| Ok(PageHead::clone(&head)))?;
        }
        file.finish()?;
        self.data_set.add(sink)
    }
}

/// About how many bytes a row takes: as many as its JSON.
fn size(row: &Row) -> io::Result<usize> {
    struct Length(usize);
    impl Write for Length {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut length = Length(0);
    serde_json::to_writer(&mut length, row)?;
    Ok(length.0)
}
