//! How pages are read, for every command that reads some: which, what the user knows about them, and which doubts are
//! shown.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use liveblog::ParseOptions;
use liveblog::archive::{StoredCapture, UserMetadata};
use liveblog::input::{DataSetColumns, Document, MAX_BYTES, MAX_RATIO, OpenOptions, printable};
use liveblog::query::{NoTimeInName, When};

use super::args::Metadata;
use super::pipeline::ReadOptions;
use super::{Error, files_from, terminal};

/// How pages are read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading pages")]
pub struct Reading {
    /// Treat warnings as errors: such a page is neither stored nor printed
    #[arg(long)]
    strict: bool,
    /// Print each warning, not only their number
    #[arg(short, long, conflicts_with = "quiet")]
    verbose: bool,
    /// Refuse an input of more than SIZE: bytes, or a number with K, M or G [default: 64M]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    max_input: Option<u64>,
    /// Leave out a compressed record that is more than N times larger than its compressed bytes, and larger than
    /// --max-input [default: 1000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    max_ratio: Option<u64>,
    /// Treat records of a crawl, and files of a directory, that are no live pages as errors, instead of counting them
    #[arg(long)]
    require: bool,
    /// Print how far a long run is, every ten seconds: files, records, live pages, bytes, their rate, and the time left. On
    /// a terminal there is a bar anyway
    #[arg(long)]
    progress: bool,
    #[command(flatten)]
    columns: Columns,
    /// Also read the pages that are listed in FILE, one a line; - is standard input
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
    /// The names in the list of --files-from end with a zero byte, as `find -print0` writes them
    #[arg(short = '0', long, requires = "files_from")]
    null: bool,
    #[command(flatten)]
    about: Metadata,
    /// When each page was saved: the time in the name of its file, such as 20230619T1212, or when the file was last changed
    #[arg(long, value_name = "SOURCE", value_enum, conflicts_with = "captured")]
    captured_from: Option<CapturedFrom>,
}

/// The columns of a data set.
#[derive(Debug, Clone, Args)]
struct Columns {
    /// The column of a data set with the text or HTML of a page, or a.b for a column within one; those of the large public
    /// data sets are known
    #[arg(long, value_name = "COLUMN")]
    text_column: Option<String>,
    /// The column with its address
    #[arg(long, value_name = "COLUMN")]
    url_column: Option<String>,
    /// The column with the time at which it was saved, not the one at which it was published; a day means its end
    #[arg(long, value_name = "COLUMN")]
    date_column: Option<String>,
}

/// What of a file says when it was saved.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum CapturedFrom {
    /// The time in its name; a name without a zone is in --zone, else in UK time; 14 digits and seconds since 1970 are UTC
    Name,
    /// When it was last changed
    Mtime,
}

/// When a page was saved, as its file says.
#[derive(Debug, Clone, Copy)]
enum FileTime {
    Name(When),
    Modified(DateTime<Utc>),
}

/// Why a file does not say when it was saved.
#[derive(Debug, thiserror::Error)]
pub enum NoFileTime {
    #[error("{0}, so nobody says when it was saved")]
    Name(NoTimeInName),
    #[error("nobody says when it was saved or last changed")]
    Modified,
}

/// What is to be said of the time that a file has, if that was asked for.
pub enum FileTimeNote {
    None,
    /// It has none.
    Missing(NoFileTime),
    /// It names no zone.
    ZoneAssumed,
}

impl Reading {
    /// The PAGE arguments and the listed pages; `None` if there is neither an argument nor a list.
    pub fn pages(&self, arguments: &[PathBuf]) -> Result<Option<Vec<PathBuf>>, Error> {
        let Some(list) = &self.files_from else {
            return Ok((!arguments.is_empty()).then(|| arguments.to_vec()));
        };
        if list == "-" && arguments.iter().any(|page| page == "-") {
            return Err(Error::Usage("standard input is either the list of --files-from or a PAGE".to_owned()));
        }
        let listed = files_from::read(list, self.null)?;
        if listed.is_empty() {
            terminal::note(format!("{}: no files are listed", printable(&list.display().to_string())));
        }
        Ok(Some([arguments, &listed].concat()))
    }

    /// The pages that the user names, or those of a command that asks the archive without any: then an option that says
    /// how pages are read is refused.
    pub fn pages_if_any(&self, arguments: &[PathBuf]) -> Result<Option<Vec<PathBuf>>, Error> {
        let pages = self.pages(arguments)?;
        match self.first_given() {
            Some(option) if pages.is_none() => Err(Error::no_pages_to_read(option)),
            _ => Ok(pages),
        }
    }

    /// The first option that was given.
    fn first_given(&self) -> Option<&'static str> {
        let options = [
            ("--captured-from", self.captured_from.is_some()),
            ("--strict", self.strict),
            ("--verbose", self.verbose),
            ("--max-input", self.max_input.is_some()),
            ("--max-ratio", self.max_ratio.is_some()),
            ("--require", self.require),
            ("--progress", self.progress),
            ("--text-column", self.columns.text_column.is_some()),
            ("--url-column", self.columns.url_column.is_some()),
            ("--date-column", self.columns.date_column.is_some()),
        ];
        self.about.first_given().or_else(|| options.into_iter().find_map(|(name, given)| given.then_some(name)))
    }

    /// What is read, and what is reported of it.
    pub fn read_options(&self) -> ReadOptions<'static> {
        let mut open = OpenOptions::default();
        (open.max_bytes, open.max_ratio) = (self.max_bytes(), self.max_ratio.unwrap_or(MAX_RATIO));
        let Columns { text_column, url_column, date_column } = self.columns.clone();
        open.columns = DataSetColumns { text: text_column, url: url_column, date: date_column };
        let Self { verbose, strict, require: requires_live_pages, progress: has_progress, .. } = *self;
        ReadOptions { open, verbose, has_progress, strict, counts_skipped: true, requires_live_pages, missing: None }
    }

    fn max_bytes(&self) -> u64 {
        self.max_input.unwrap_or(MAX_BYTES)
    }

    /// Whether warnings are errors.
    pub fn is_strict(&self) -> bool {
        self.strict
    }

    /// Whether each warning is printed.
    pub fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// How pages are parsed of which no more is known.
    pub fn parse_options(&self, now: DateTime<Utc>) -> ParseOptions {
        ParseOptions::new(now).zone(self.about.zone).layout(self.about.layout).max_bytes(self.max_bytes())
    }

    /// When the page was saved, as its file says, if the user asks for that.
    fn file_time(&self, document: &Document) -> Option<Result<FileTime, NoFileTime>> {
        Some(match self.captured_from? {
            CapturedFrom::Name => {
                let name = Path::new(&document.source).file_name().unwrap_or_default().to_string_lossy();
                When::from_file_name(&name).map(FileTime::Name).map_err(NoFileTime::Name)
            }
            CapturedFrom::Mtime => document.modified.map(FileTime::Modified).ok_or(NoFileTime::Modified),
        })
    }

    /// What is to be said of the time of a page's file.
    pub fn file_time_note(&self, document: &Document) -> FileTimeNote {
        match self.file_time(document) {
            Some(Err(problem)) => FileTimeNote::Missing(problem),
            Some(Ok(FileTime::Name(when))) if self.about.zone.is_none() && !when.names_zone() => {
                FileTimeNote::ZoneAssumed
            }
            _ => FileTimeNote::None,
        }
    }

    /// What the user says about a page, which may be stored already.
    pub fn metadata(&self, document: &Document, stored: Option<&StoredCapture>, now: DateTime<Utc>) -> UserMetadata {
        let zone = stored.and_then(|stored| stored.said.zone);
        let said = self.about.said(zone, now);
        let of_file = self.file_time(document).and_then(Result::ok).map(|time| match time {
            FileTime::Name(when) => when.as_capture(self.about.zone_or(zone), now),
            FileTime::Modified(time) => time,
        });
        UserMetadata { file_time: of_file, ..said }
    }

    /// Completes a document and the options to parse it with: what the user says comes first, then what is stored, so
    /// that the output is what the archive has.
    pub fn apply_to(
        &self,
        mut document: Document,
        stored: Option<&StoredCapture>,
        now: DateTime<Utc>,
    ) -> (Document, ParseOptions) {
        let said = self.metadata(&document, stored, now);
        let mut options = self.parse_options(now);
        if let Some(StoredCapture { kept, modified, said: before, .. }) = stored {
            (document.url, document.modified) = (before.url.clone(), *modified);
            options.now = *kept;
            options.zone = options.zone.or(before.zone);
            options.layout = options.layout.or(before.layout);
        }
        document.captured = match stored {
            Some(stored) => stored.captured(&said, &document.source),
            None => said.captured.or(said.file_time).or(document.captured),
        };
        document.url = said.url.or(document.url);
        (document, options)
    }
}

/// `1500`, `500K`, `64M`, `64MB`, `2G`.
fn size(text: &str) -> Result<u64, String> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let shift = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => Some(0),
        "k" | "kb" | "kib" => Some(10),
        "m" | "mb" | "mib" => Some(20),
        "g" | "gb" | "gib" => Some(30),
        _ => None,
    };
    let bytes = shift.and_then(|shift| number.parse::<u64>().ok()?.checked_mul(1 << shift));
    bytes.filter(|bytes| *bytes > 0).ok_or_else(|| "no such size; give one such as 64M, 500K or 2G".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_a_number_with_or_without_a_unit() {
        for (text, bytes) in
            [("1500", 1_500), ("500K", 500 << 10), ("64M", 64 << 20), ("64 mb", 64 << 20), ("2GiB", 2 << 30)]
        {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in ["", "M", "0", "-1", "1.5M", "64X", "99999999999G"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
