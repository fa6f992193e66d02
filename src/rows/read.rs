//! A file of rows, read in batches.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow_array::RecordBatch;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::file::metadata::PageIndexPolicy;

use super::column::{Strings, Times, column};
use super::error::{Error, Problem};
use super::row::{self, RowColumns};
use super::{PageKey, prune};
use crate::input::damage::unless_damaged;
use crate::model::Row;
use crate::query::Query;

/// How many rows are in memory at once.
const BATCH_ROWS: usize = 256;

/// A file of Parquet, and what is in it.
pub(super) struct RowFile {
    name: String,
    file: File,
    pub(super) metadata: ArrowReaderMetadata,
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
        let options = options.with_offset_index_policy(PageIndexPolicy::Optional);
        let metadata = unless_damaged(|| ArrowReaderMetadata::load(&file, options)).ok_or(Problem::Damaged)??;
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
    pub(super) fn rows(&self, query: &Query) -> impl Iterator<Item = Result<ZonedRow, Error>> {
        let groups = prune::groups(self.metadata.metadata(), self.metadata.schema(), query);
        // Of a group without such rows, nothing but the columns that decide is read: so each is read for itself.
        let batches = groups.into_iter().flat_map(move |group| {
            let filter = prune::row_filter(self.metadata.parquet_schema(), query);
            batches(self.builder().map(|builder| builder.with_row_groups(vec![group]).with_row_filter(filter)))
        });
        let rows = batches.flat_map(|batch| match batch.and_then(|batch| rows(&batch)) {
            Ok(rows) => rows.into_iter().map(Ok).collect(),
            Err(problem) => vec![Err(problem)],
        });
        rows.map(|row| row.map_err(|problem| problem.in_file(&self.name)))
    }

    fn builder(&self) -> Result<ParquetRecordBatchReaderBuilder<File>, Problem> {
        let file = self.file.try_clone()?;
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone());
        Ok(builder.with_batch_size(BATCH_ROWS))
    }

    /// Calls `each` with the time of each row that has one, and with its live blog.
    pub(super) fn times(&self, mut each: impl FnMut(PageKey, DateTime<Utc>)) -> Result<(), Problem> {
        let columns = ["page", "page_title", "page_url", "published"];
        let mask = ProjectionMask::columns(self.metadata.parquet_schema(), columns);
        for batch in batches(self.builder().map(|builder| builder.with_projection(mask))) {
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

/// Reads batches to the end, or to the first that is damaged.
fn batches(
    builder: Result<ParquetRecordBatchReaderBuilder<File>, Problem>,
) -> impl Iterator<Item = Result<RecordBatch, Problem>> {
    let build = |builder: ParquetRecordBatchReaderBuilder<File>| {
        Ok(unless_damaged(|| builder.build()).ok_or(Problem::Damaged)??)
    };
    let mut reader = Some(builder.and_then(build));
    std::iter::from_fn(move || {
        let next = |mut batches: ParquetRecordBatchReader| {
            let batch = unless_damaged(|| batches.next()).ok_or(Problem::Damaged)?;
            Ok(batch.transpose()?.map(|batch| (batch, batches)))
        };
        match reader.take()?.and_then(next) {
            Ok(Some((batch, batches))) => {
                reader = Some(Ok(batches));
                Some(Ok(batch))
            }
            Ok(None) => None,
            Err(problem) => Some(Err(problem)),
        }
    })
}

fn rows(batch: &RecordBatch) -> Result<Vec<ZonedRow>, Problem> {
    let columns = RowColumns::new(batch)?;
    (0..batch.num_rows()).map(|at| columns.row(at)).collect()
}
