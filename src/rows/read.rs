//! A file of rows, read in batches.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow_array::RecordBatch;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};

use super::column::{Strings, Times, column};
use super::error::{Error, Problem};
use super::row::{self, RowColumns};
use super::{PageKey, prune};
use crate::model::Row;
use crate::query::Query;

/// How many rows are in memory at once.
const BATCH_ROWS: usize = 256;

/// A file of Parquet, and what is in it.
pub(super) struct RowFile {
    name: String,
    file: File,
    metadata: ArrowReaderMetadata,
}

/// A row, and the zone of its live blog.
type ZonedRow = (Row, Option<Tz>);

impl RowFile {
    /// Opens a file; `None` if it cannot be read, or is no Parquet.
    pub(super) fn open(path: &Path) -> Option<Self> {
        Self::try_open(path).ok()
    }

    /// Opens a file, which must be one of rows.
    pub(super) fn open_ours(path: &Path) -> Result<Self, Error> {
        let name = path.display().to_string();
        let file = Self::try_open(path).map_err(|problem| problem.in_file(&name))?;
        // Columns that are not there, or of another type, are reported before any row is read.
        RowColumns::new(&RecordBatch::new_empty(Arc::clone(file.metadata.schema())))
            .map_err(|problem| problem.in_file(&name))?;
        Ok(file)
    }

    fn try_open(path: &Path) -> Result<Self, Problem> {
        let file = File::open(path)?;
        // The types are those of Parquet, whatever program wrote them.
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let metadata = ArrowReaderMetadata::load(&file, options)?;
        Ok(Self { name: path.display().to_string(), file, metadata })
    }

    /// Whether it is a table of rows, whole or not.
    pub(super) fn is_ours(&self) -> bool {
        row::is_ours(self.metadata.schema())
    }

    /// Whether rows name the zones of their live blogs.
    pub(super) fn names_zones(&self) -> bool {
        self.metadata.schema().column_with_name(row::ZONE).is_some()
    }

    /// The rows of which a query may select some, in their order.
    pub(super) fn rows(self, query: &Query) -> impl Iterator<Item = Result<ZonedRow, Error>> + use<> {
        let groups = prune::groups(self.metadata.metadata(), self.metadata.schema(), query);
        let filter = prune::row_filter(self.metadata.parquet_schema(), query);
        let (name, builder) = self.into_builder();
        read(name, builder.with_row_groups(groups).with_row_filter(filter))
    }

    /// All rows, in their order.
    pub(super) fn all_rows(self) -> impl Iterator<Item = Result<ZonedRow, Error>> {
        let (name, builder) = self.into_builder();
        read(name, builder)
    }

    fn into_builder(self) -> (String, ParquetRecordBatchReaderBuilder<File>) {
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(self.file, self.metadata);
        (self.name, builder.with_batch_size(BATCH_ROWS))
    }

    /// Calls `each` with the time of each row that has one, and with its live blog.
    pub(super) fn times(&self, mut each: impl FnMut(PageKey, DateTime<Utc>)) -> Result<(), Problem> {
        let columns = ["page", "page_title", "page_url", "published"];
        let mask = ProjectionMask::columns(self.metadata.parquet_schema(), columns);
        let file = self.file.try_clone()?;
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone());
        for batch in builder.with_projection(mask).build()? {
            let batch = batch?;
            let [page, title, url]: [Strings; 3] =
                [column(&batch, columns[0])?, column(&batch, columns[1])?, column(&batch, columns[2])?];
            let published: Times = column(&batch, columns[3])?;
            for at in 0..batch.num_rows() {
                if let Some(time) = published.get(at) {
                    each((page.text(at), title.owned(at), url.owned(at)), time);
                }
            }
        }
        Ok(())
    }
}

/// Reads rows to the end, or to the first error.
fn read(name: String, builder: ParquetRecordBatchReaderBuilder<File>) -> impl Iterator<Item = Result<ZonedRow, Error>> {
    let (batches, problem) = match builder.build() {
        Ok(batches) => (Some(batches), None),
        Err(error) => (None, Some(Err(Problem::from(error)))),
    };
    let batches = batches.into_iter().flatten().map(|batch| Ok(batch?));
    let rows = problem.into_iter().chain(batches).flat_map(|batch| match batch.and_then(|batch| rows(&batch)) {
        Ok(rows) => rows.into_iter().map(Ok).collect(),
        Err(problem) => vec![Err(problem)],
    });
    rows.map(move |row| row.map_err(|problem| problem.in_file(&name)))
}

fn rows(batch: &RecordBatch) -> Result<Vec<ZonedRow>, Problem> {
    let columns = RowColumns::new(batch)?;
    (0..batch.num_rows()).map(|at| columns.row(at)).collect()
}
