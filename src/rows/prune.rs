//! What of the files need not be read, because a query selects nothing of it: partitions and groups by their times, and
//! the other columns of rows by time and author. What is left out is never more than the query itself leaves out, and
//! entries without a time are read, because they are counted.

use std::path::{Component, Path};

use arrow_array::{BooleanArray, RecordBatch};
use arrow_schema::{ArrowError, DataType, SchemaRef, TimeUnit};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowPredicate, ArrowPredicateFn, RowFilter};
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};
use parquet::file::statistics::Statistics;
use parquet::schema::types::SchemaDescriptor;

use super::column::{Lists, Strings, Times, column};
use super::error::Problem;
use crate::query::{Condition, Needles, Query, TextField};
use crate::time::bounds::Bounds;

/// Whether a file may have rows that are selected, by the partition that its path names: `published_date=2023-06-19`.
pub(super) fn may_be_in_partition(path: &Path, query: &Query) -> bool {
    let bounds = query.widest_bounds();
    path.components().filter_map(date).all(|date| {
        // The days are those of UTC here, and of any zone where another program made the partitions.
        let start = date.and_time(NaiveTime::MIN).and_utc();
        let (first, last) = (start - TimeDelta::days(1), start + TimeDelta::days(2));
        bounds.from.is_none_or(|from| from < last) && bounds.to.is_none_or(|to| first <= to)
    })
}

fn date(part: Component) -> Option<NaiveDate> {
    part.as_os_str().to_str()?.strip_prefix("published_date=")?.parse().ok()
}

/// The groups of rows that may have some that are selected.
pub(super) fn groups(metadata: &ParquetMetaData, schema: &SchemaRef, query: &Query) -> Vec<usize> {
    let bounds = query.widest_bounds();
    let groups = metadata.row_groups().iter().enumerate();
    groups.filter(|(_, group)| may_be_in_group(group, schema, bounds)).map(|(number, _)| number).collect()
}

fn may_be_in_group(group: &RowGroupMetaData, schema: &SchemaRef, bounds: Bounds) -> bool {
    let Some((first, last)) = times(group, schema) else { return true };
    bounds.from.is_none_or(|from| from <= last) && bounds.to.is_none_or(|to| first <= to)
}

/// The first and the last time in a group, if its statistics say them, and that no row is without.
fn times(group: &RowGroupMetaData, schema: &SchemaRef) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let column = group.columns().iter().find(|column| column.column_path().string() == "published")?;
    let Statistics::Int64(statistics) = column.statistics()? else { return None };
    let DataType::Timestamp(unit, _) = schema.field_with_name("published").ok()?.data_type() else { return None };
    let time = |value: &i64| match unit {
        TimeUnit::Second => DateTime::from_timestamp(*value, 0),
        TimeUnit::Millisecond => DateTime::from_timestamp_millis(*value),
        TimeUnit::Microsecond => DateTime::from_timestamp_micros(*value),
        TimeUnit::Nanosecond => Some(DateTime::from_timestamp_nanos(*value)),
    };
    let all_have_one = statistics.null_count_opt() == Some(0);
    all_have_one.then_some((time(statistics.min_opt()?)?, time(statistics.max_opt()?)?))
}

/// The rows of which all columns are read: those that may be selected by their times and authors.
pub(super) fn row_filter(schema: &SchemaDescriptor, query: &Query) -> RowFilter {
    if query.invert {
        return RowFilter::new(Vec::new());
    }
    let mut filters: Vec<Box<dyn ArrowPredicate>> = Vec::new();
    let bounds = query.widest_bounds();
    if bounds != Bounds::default() {
        filters.push(predicate(schema, &["published"], move |rows| {
            let times: Times = column(rows, "published")?;
            // An instant within its second counts as that second.
            Ok((0..rows.num_rows()).map(|at| times.get(at).is_none_or(|time| bounds.contains(time))).collect())
        }));
    }
    for condition in &query.conditions {
        if let Condition::Contains(TextField::Author, names) = condition {
            let names = names.clone();
            filters.push(predicate(schema, &["author", "co_authors"], move |rows| written_by(&names, rows)));
        }
    }
    RowFilter::new(filters)
}

/// Whether one of the authors of each row has one of the names.
fn written_by(names: &Needles, rows: &RecordBatch) -> Result<Vec<bool>, Problem> {
    let author: Strings = column(rows, "author")?;
    let co_authors: Lists<Strings> = column(rows, "co_authors")?;
    let has_name = |name: &str| names.occur_in(name);
    let is_written =
        |at| author.get(at).is_some_and(has_name) || co_authors.strings(at).iter().any(|name| has_name(name));
    Ok((0..rows.num_rows()).map(is_written).collect())
}

fn predicate(
    schema: &SchemaDescriptor,
    columns: &[&str],
    rows: impl Fn(&RecordBatch) -> Result<Vec<bool>, Problem> + Send + 'static,
) -> Box<dyn ArrowPredicate> {
    let mask = ProjectionMask::columns(schema, columns.iter().copied());
    Box::new(ArrowPredicateFn::new(mask, move |batch| {
        let selected = rows(&batch).map_err(|problem| ArrowError::ExternalError(problem.into()))?;
        Ok(BooleanArray::from(selected))
    }))
}
