//! A directory of output as one data set of Parquet, partitioned by the day on which entries were published, UTC:
//! `published_date=2023-06-19/part-00000.parquet`, as Hive, Spark, DuckDB and pandas read it.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use liveblog::input::printable;

use super::Protected;
use super::sink::{AtomicFile, CompleteFile, Sink};
use crate::cli::Error;

/// The partition of entries without a time, by the name that Hive gave it.
const WITHOUT_DATE: &str = "__HIVE_DEFAULT_PARTITION__";

/// A directory with the files of a data set. They take their places together, at the end: a run that is killed leaves
/// none.
pub struct DataSet {
    path: PathBuf,
    protected: Protected,
    complete: Vec<CompleteFile>,
}

impl DataSet {
    /// Makes the directory, if it is not there. With files of another run in it, rows would be mixed, or be there twice.
    pub fn new(path: &Path, protected: Protected) -> Result<Self, Error> {
        fs::create_dir_all(path).map_err(Error::writing(&path.display().to_string()))?;
        let data_set = Self { path: path.to_owned(), protected, complete: Vec::new() };
        data_set.check_that_it_is_empty()?;
        Ok(data_set)
    }

    /// Opens a part of a partition.
    pub fn part(&self, date: Option<NaiveDate>, number: usize) -> Result<Sink, Error> {
        let date = date.map_or(WITHOUT_DATE.to_owned(), |date| date.to_string());
        let place = self.path.join(format!("published_date={date}/part-{number:05}.parquet"));
        self.protected.check(&place)?;
        let file = AtomicFile::new(&place, &place, &self.path, None);
        Ok(Sink::Atomic(file.map_err(Error::writing(&place.display().to_string()))?))
    }

    /// Adds a part that is written.
    pub fn add(&mut self, part: Sink) -> Result<(), Error> {
        let name = part.name();
        if let Sink::Atomic(part) = part {
            self.complete.push(part.complete().map_err(Error::writing(&name))?);
        }
        Ok(())
    }

    /// Puts all parts in their places.
    pub fn finish(self) -> Result<(), Error> {
        self.check_that_it_is_empty()?;
        for part in self.complete {
            let place = part.place().to_owned();
            let directory = place.parent().unwrap_or(&self.path);
            let replaced = fs::create_dir_all(directory).and_then(|()| part.replace());
            replaced.map_err(Error::writing(&place.display().to_string()))?;
        }
        Ok(())
    }

    /// Hidden files are no part of a data set: unfinished ones among them.
    fn check_that_it_is_empty(&self) -> Result<(), Error> {
        let name = self.path.display().to_string();
        for file in fs::read_dir(&self.path).map_err(Error::writing(&name))? {
            let file = file.map_err(Error::writing(&name))?;
            if !file.file_name().as_encoded_bytes().starts_with(b".") {
                let what = "a directory with files in it, and the rows would be mixed with theirs";
                return Err(Error::Protected { name: printable(&name).into_owned(), what });
            }
        }
        Ok(())
    }
}
