//! PAGE arguments, read in parallel: live blogs in the order of the input; what is none of them, told and counted.

use std::collections::BTreeMap;
use std::io::{IsTerminal, stdin};
use std::path::PathBuf;

use liveblog::archive::Original;
use liveblog::input::{self, Document, Source, printable, sources};
use liveblog::{LiveBlog, ParseOptions, parse};

use super::parallel::in_order;
use super::progress::Progress;
use super::words::{self, counted};
use super::{Error, Outcome};

/// A page, as it was found and as it was read.
pub struct Page {
    pub document: Document,
    pub live_blog: LiveBlog,
}

/// What came of a source.
struct SourceResult<T> {
    /// The directory among the arguments in which the source was found.
    found_in: Option<PathBuf>,
    result: Result<T, Error>,
}

/// The arguments; without any, standard input, unless that is a terminal, where nobody would know what is waited for.
pub fn or_standard_input(pages: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    match pages {
        [] if stdin().is_terminal() => Err(Error::Usage("no PAGE given, and standard input is a terminal".to_owned())),
        [] => Ok(vec!["-".into()]),
        pages => Ok(pages.to_vec()),
    }
}

/// Finds `pages`, each of at most so many bytes, does `work` on each on the thread that opened it, and gives the results
/// to `take`. With `verbose`, each file of a directory that is no page is named.
pub fn read<T: Send, O>(
    pages: &[PathBuf],
    max_bytes: u64,
    verbose: bool,
    work: impl Fn(Document) -> Result<T, Error> + Sync,
    take: impl FnOnce(&mut dyn Iterator<Item = T>) -> Result<O, Error>,
) -> Result<(O, Outcome), Error> {
    let (sources, unlisted) = sources(pages);
    let mut tally = Tally { verbose, ..Tally::default() };
    unlisted.into_iter().for_each(|error| tally.failed(&error.into()));

    let progress = Progress::over(sources.len());
    let work_on = |source: &Source, give: &mut dyn FnMut(SourceResult<T>) -> bool| {
        let mut give = |result| give(SourceResult { found_in: source.found_in().map(Into::into), result });
        match source.documents(max_bytes) {
            Err(error) => _ = give(Err(error.into())),
            Ok(documents) => {
                _ = documents.into_iter().all(|document| {
                    progress.read(document.bytes.len());
                    give(work(document))
                });
            }
        }
        progress.done();
    };
    let taken = in_order(&sources, work_on, |outcomes| take(&mut outcomes.filter_map(|outcome| tally.sort(outcome))))?;
    drop(progress);
    Ok((taken, tally.tell()))
}

/// Reads a document, and keeps it beside what was read.
pub fn page(document: Document, options: &ParseOptions) -> Result<Page, Error> {
    match parse(&document, options) {
        Ok(live_blog) => Ok(Page { document, live_blog }),
        Err(problem) => Err(Error::of_page(&document.source, problem)),
    }
}

/// Reads what is kept, as it was read then: at that time, in that zone and layout.
pub fn again(original: &Original) -> Result<LiveBlog, Error> {
    let options = ParseOptions::new(original.kept).zone(original.zone).layout(original.layout);
    parse(&original.document, &options).map_err(|problem| Error::of_page(&original.document.source, problem))
}

/// What was told of so far.
#[derive(Default)]
struct Tally {
    verbose: bool,
    failed: bool,
    directories: BTreeMap<PathBuf, Directory>,
}

#[derive(Default)]
struct Directory {
    pages: usize,
    skipped: usize,
}

impl Tally {
    fn failed(&mut self, error: &Error) {
        words::error(&error.with_hint());
        self.failed = true;
    }

    /// The page, or nothing where it failed or is none.
    fn sort<T>(&mut self, outcome: SourceResult<T>) -> Option<T> {
        let directory = outcome.found_in.map(|path| self.directories.entry(path).or_default());
        match (outcome.result, directory) {
            (Ok(page), directory) => {
                directory.into_iter().for_each(|directory| directory.pages += 1);
                return Some(page);
            }
            (Err(error), Some(directory)) if error.is_no_page() => {
                directory.skipped += 1;
                if self.verbose {
                    words::note(format!("skipped {}", error.summary()));
                }
            }
            (Err(error), _) => self.failed(&error),
        }
        None
    }

    fn tell(mut self) -> Outcome {
        for (path, Directory { pages, skipped }) in std::mem::take(&mut self.directories) {
            let name = printable(&path.display().to_string()).into_owned();
            match (pages, skipped) {
                (_, 0) => {}
                (0, _) => self.failed(&input::Error::NoLivePages { name, count: skipped }.into()),
                _ => words::note(format!("{name}: {} skipped, no live pages", counted(skipped, "file", "files"))),
            }
        }
        if self.failed { Outcome::Partial } else { Outcome::Complete }
    }
}
