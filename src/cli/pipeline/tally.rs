//! Counting pages, what is none, and failures, and reporting them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use liveblog::input::{self, printable};

use super::{FindMeant, Origin, Parsed, ReadOptions, SourceResult};
use crate::cli::terminal::{self, counted};
use crate::cli::{Error, Outcome};

/// Counts pages, files and records that are none, and failures.
#[derive(Default)]
pub struct Tally<'o> {
    verbose: bool,
    counts_skipped: bool,
    strict: bool,
    requires_live_pages: bool,
    missing: Option<&'o FindMeant<'o>>,
    has_failed: bool,
    arguments: BTreeMap<Arc<Path>, ArgumentTally>,
}

/// What was found in an argument that may contain many pages.
#[derive(Default)]
struct ArgumentTally {
    pages: usize,
    skipped_files: usize,
    skipped_records: usize,
}

impl<'o> Tally<'o> {
    pub fn new(options: &ReadOptions<'o>) -> Self {
        let &ReadOptions { verbose, counts_skipped, strict, requires_live_pages, missing, .. } = options;
        Self { verbose, counts_skipped, strict, requires_live_pages, missing, ..Self::default() }
    }

    /// Reports an error, and notes that there was one.
    pub fn report(&mut self, error: Error) {
        let error = match (error, self.missing) {
            (Error::Input(input::Error::NotFound { name }), Some(missing)) => Error::missing(name, missing),
            (error, _) => error,
        };
        terminal::error(&error.with_hint());
        self.has_failed = true;
    }

    /// Counts a result, and returns the page if it is one.
    pub fn record<T>(&mut self, SourceResult { origin, result, .. }: SourceResult<T>) -> Option<T> {
        let Origin { argument, is_record } = origin;
        let (requires_live_pages, has_argument) = (self.requires_live_pages, argument.is_some());
        let mut others = ArgumentTally::default();
        let tally = argument.map_or(&mut others, |argument| self.arguments.entry(argument).or_default());
        match result {
            Parsed::Page(page) => {
                tally.pages += 1;
                return Some(page);
            }
            Parsed::Skipped(count) => tally.skipped_records += count,
            Parsed::Failed(error) if has_argument && error.is_no_page() && !requires_live_pages => {
                *(if is_record { &mut tally.skipped_records } else { &mut tally.skipped_files }) += 1;
                if self.verbose {
                    terminal::note(format!("skipped {}", error.summary()));
                }
            }
            // The rest of the file is read on.
            Parsed::Failed(error) if is_record && !error.is_no_page() && !self.strict => {
                terminal::warning(&error.with_hint());
            }
            Parsed::Failed(error) => self.report(error),
        }
        None
    }

    /// Reports what was skipped in each argument.
    pub fn finish(mut self) -> Outcome {
        for (path, ArgumentTally { pages, skipped_files, skipped_records }) in std::mem::take(&mut self.arguments) {
            let name = printable(&path.display().to_string()).into_owned();
            let files = (skipped_files > 0).then(|| counted(skipped_files, "file", "files"));
            let records = (skipped_records > 0).then(|| counted(skipped_records, "record", "records"));
            if pages == 0 && skipped_records == 0 && skipped_files > 0 {
                self.report(input::Error::NoLivePages { name, count: skipped_files }.into());
            } else if self.counts_skipped && (files.is_some() || records.is_some()) {
                let skipped: Vec<_> = files.into_iter().chain(records).collect();
                terminal::note(format!("{name}: {} skipped, no live pages", skipped.join(" and ")));
            }
        }
        if self.has_failed { Outcome::Partial } else { Outcome::Complete }
    }
}
