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

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::super::RowFiles;
    use super::super::read::RowFile;
    use super::*;
    use crate::model::{Entry, Row};
    use crate::output::parquet::Parquet;
    use crate::output::{Header, Output, PrintOptions, sample};
    use crate::query::Selection;

    fn query() -> Query {
        Query::new("2023-06-30T12:00:00Z".parse().unwrap())
    }

    /// Rows of four days and two authors, and one without a time, each in a group of its own.
    fn rows() -> Vec<Row> {
        let times =
            ["2023-06-17T12:00:00Z", "2023-06-18T12:00:00Z", "2023-06-19T12:00:00Z", "2023-06-20T12:00:00Z", ""];
        let row = |(number, time): (usize, &str)| {
            let row = sample::row_at("flood", time, 1, &format!("Entry {number}"));
            let author = if number % 2 == 0 { "Ada Example" } else { "Bo Example" };
            Row { entry: Entry { number, author: Some(author.into()), ..row.entry }, ..row }
        };
        times.into_iter().enumerate().map(row).collect()
    }

    fn write(rows: &[Row]) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let mut output = Parquet::new(file.as_file_mut(), PrintOptions::default()).with_group_per_row();
        output.begin(&Header::default()).unwrap();
        rows.iter().for_each(|row| output.row(row).unwrap());
        output.end().unwrap();
        drop(output);
        file
    }

    /// The titles that are selected, and how many errors there were.
    fn select(path: &Path, query: &Query) -> (Vec<String>, usize) {
        let (mut titles, mut errors) = (Vec::new(), 0);
        let mut each = |_: &_, row: Row| {
            titles.extend(row.entry.title);
            Ok::<_, ()>(())
        };
        let mut selection = Selection::new(query);
        RowFiles::find(path).unwrap().select(&mut selection, &mut each, |_| errors += 1).unwrap();
        selection.finish(each).unwrap();
        (titles, errors)
    }

    #[test]
    fn groups_of_other_times_are_not_read_but_those_without_times_are() {
        let file = write(&rows());
        let groups = |query: &Query| {
            let file = RowFile::open(file.path()).unwrap();
            groups(file.metadata.metadata(), file.metadata.schema(), query)
        };
        let when = |words: &str| words.parse().unwrap();
        assert_eq!(groups(&query()), [0, 1, 2, 3, 4]);
        assert_eq!(groups(&query().since(when("2023-06-19T12:00Z")).zone(chrono_tz::UTC)), [2, 3, 4]);
        assert_eq!(groups(&query().on(when("2023-06-18")).zone(chrono_tz::UTC)), [1, 4]);
        assert_eq!(groups(&query().until(when("2023-06-10"))), [4]);
        // The day of any zone, and a time whose day is not known yet.
        assert_eq!(groups(&query().since(when("2023-06-23"))), [3, 4]);
        assert_eq!(groups(&query().since(when("12:00"))), [0, 1, 2, 3, 4]);
        assert_eq!(groups(&query().on(when("2023-06-18")).invert()), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn columns_of_rows_by_other_authors_are_not_read() {
        let file = write(&rows());
        let opened = RowFile::open(file.path()).unwrap();
        let ada = query().contains(TextField::Author, ["ada"]);
        let expected: Vec<_> = [0, 2, 4].map(|number| format!("Entry {number}")).into();
        assert_eq!(select(file.path(), &ada), (expected.clone(), 0));
        // The titles of the others are damaged, and nobody minds.
        let mut bytes = std::fs::read(file.path()).unwrap();
        for group in [1, 3] {
            let metadata = opened.metadata.metadata().row_group(group);
            let title = metadata.columns().iter().find(|column| column.column_path().string() == "title").unwrap();
            let (start, length) = title.byte_range();
            bytes[start as usize..(start + length) as usize].fill(0xff);
        }
        let mut damaged = tempfile::NamedTempFile::new().unwrap();
        damaged.write_all(&bytes).unwrap();
        assert_eq!(select(damaged.path(), &ada), (expected, 0));
        assert_eq!(select(damaged.path(), &query()), (vec!["Entry 0".to_owned()], 1));
    }

    #[test]
    fn a_partition_is_read_if_it_may_have_the_day_in_any_zone() {
        let may_have = |day: &str, query: &Query| {
            may_be_in_partition(Path::new(&format!("set/published_date={day}/part-00000.parquet")), query)
        };
        let on = query().on("2023-06-19".parse().unwrap()).zone(chrono_tz::Europe::London);
        for (day, expected) in [
            ("2023-06-16", false),
            ("2023-06-17", true),
            ("2023-06-19", true),
            ("2023-06-20", true),
            ("2023-06-21", false),
            ("__HIVE_DEFAULT_PARTITION__", true),
            ("unknown", true),
        ] {
            assert_eq!(may_have(day, &on), expected, "{day}");
        }
        assert!(may_have("2020-01-01", &on.invert()));
    }
}
