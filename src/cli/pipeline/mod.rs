//! The pipeline: PAGE arguments are read in parallel, stored, and printed, in the order of the input.

mod parallel;
mod partitions;
mod print;
mod read;
mod rows;
mod store;

use std::collections::BTreeMap;
use std::io::{IsTerminal, stdin};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::Scope;

use liveblog::archive::{Original, UserMetadata};
use liveblog::input::{self, Document, Source, printable, sources};
use liveblog::{LiveBlog, ParseOptions, parse, split};

use self::parallel::map_ordered;
pub use self::print::{ParseOutput, Printer};
pub use self::read::{Doubts, PageReader};
pub use self::rows::RowSink;
pub use self::store::{PageStore, StoreResult, StoredPages, report_unread};
use super::reading::FileTimeNote;
use super::terminal::{self, Progress, counted};
use super::{Error, Outcome};

/// A page that was read, parsed, and rendered as far as that is possible on the thread that read it.
pub struct ParsedPage {
    pub document: Document,
    pub live_blog: LiveBlog,
    /// What the user says about it on the command line.
    pub said: UserMetadata,
    /// Whether the user named its layout, now or when it was stored.
    pub has_layout: bool,
    /// What is to be said of the time of its file.
    pub file_time: FileTimeNote,
    /// What is printed of it, if that depends on no other page.
    pub rendered: Vec<u8>,
}

impl ParsedPage {
    /// The name for messages: the input as the user named it. A page of our own JSON brings another source with it,
    /// which may be any name.
    pub fn name(&self) -> String {
        page_name(&self.document, &self.live_blog)
    }
}

/// The name of a page for messages: `flood.txt`, `all.jsonl: flood.txt`.
pub fn page_name(document: &Document, live_blog: &LiveBlog) -> String {
    let (input, source) = (printable(&document.source), printable(&live_blog.source));
    if input == source { input.into_owned() } else { format!("{input}: {source}") }
}

/// Finds what a name may mean that is no file.
pub type FindMeant<'o> = dyn Fn(&str) -> Option<String> + 'o;

/// What is read, and what is reported of it.
#[derive(Clone, Copy)]
pub struct ReadOptions<'o> {
    /// The most bytes that an input may have.
    pub max_bytes: u64,
    /// Whether each file of a directory that is no page is named.
    pub verbose: bool,
    /// What the user may have meant by a name that is no file.
    pub missing: Option<&'o FindMeant<'o>>,
}

/// The pages that the user names; else standard input, unless it is a terminal: nobody would know what is waited for.
pub fn or_standard_input(pages: Option<Vec<PathBuf>>) -> Result<Vec<PathBuf>, Error> {
    match pages {
        Some(pages) => Ok(pages),
        None if stdin().is_terminal() => {
            Err(Error::Usage("no PAGE given, and standard input is a terminal".to_owned()))
        }
        None => Ok(vec!["-".into()]),
    }
}

/// Parses a document.
pub fn parse_page(document: &Document, options: &ParseOptions) -> Result<LiveBlog, Error> {
    parse(document, options).map_err(|problem| Error::from_page(&document.source, problem))
}

/// Parses a stored original with the options of that time: the time, the zone and the layout. Its size was within the
/// limit then.
pub fn parse_original(original: &Original) -> Result<LiveBlog, Error> {
    let options = ParseOptions::new(original.kept).zone(original.zone).layout(original.layout).max_bytes(u64::MAX);
    parse_page(&original.document, &options)
}

/// The pages of a source: one, or as many as a file of our own JSON contains.
fn documents(source: &Source, max_bytes: u64) -> Result<Vec<Document>, Error> {
    split(source.document(max_bytes)?, max_bytes).map_err(|problem| Error::from_page(&source.name(), problem.into()))
}

/// Finds the documents of `pages` and does `work` on each, on threads of `scope`.
pub fn read_pages<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    pages: &[PathBuf],
    options: ReadOptions<'scope>,
    work: impl Fn(Document) -> Result<T, Error> + Send + Sync + 'scope,
) -> PageResults<'scope, T> {
    let (sources, unlisted) = sources(pages);
    let mut tally = Tally::new(&options);
    unlisted.into_iter().for_each(|error| tally.report(error.into()));

    let progress = Arc::new(Progress::new(sources.len()));
    let counter = Arc::clone(&progress);
    let results = map_ordered(scope, sources, move |source: &Source, give| {
        let mut give = |result| give(SourceResult { directory: source.found_in().map(Into::into), result });
        match documents(source, options.max_bytes) {
            Err(error) => _ = give(Err(error)),
            Ok(documents) => {
                _ = documents.into_iter().all(|document| {
                    counter.add_bytes(document.bytes.len());
                    give(work(document))
                });
            }
        }
        counter.add_file();
    });
    PageResults { results, tally, progress }
}

/// The results of the documents, in the order of the input. Errors are reported and counted as they are met.
pub struct PageResults<'scope, T> {
    results: Box<dyn Iterator<Item = SourceResult<T>> + 'scope>,
    tally: Tally<'scope>,
    progress: Arc<Progress>,
}

/// The result of a document, or of a source that has none.
struct SourceResult<T> {
    /// The directory among the arguments in which the source was found.
    directory: Option<PathBuf>,
    result: Result<T, Error>,
}

impl<T> Iterator for PageResults<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let Self { results, tally, .. } = self;
        results.find_map(|result| tally.record(result))
    }
}

impl PageResults<'_, ParsedPage> {
    /// Pages that are stored and printed together: one, and more as long as they have fewer than so many bytes.
    pub fn batches(&mut self, bytes: usize) -> impl Iterator<Item = Vec<ParsedPage>> {
        std::iter::from_fn(move || {
            let mut batch = vec![self.next()?];
            let mut size = batch[0].document.bytes.len();
            while size < bytes {
                let Some(page) = self.next() else { break };
                size += page.document.bytes.len();
                batch.push(page);
            }
            Some(batch)
        })
    }
}

impl<T> PageResults<'_, T> {
    /// Reports what was skipped, and whether all inputs could be read.
    pub fn finish(mut self) -> Outcome {
        let tally = std::mem::take(&mut self.tally);
        drop(self);
        tally.finish()
    }
}

impl<T> Drop for PageResults<'_, T> {
    fn drop(&mut self) {
        self.progress.finish();
    }
}

/// Counts pages, files that are none, and failures.
#[derive(Default)]
struct Tally<'o> {
    verbose: bool,
    missing: Option<&'o FindMeant<'o>>,
    has_failed: bool,
    directories: BTreeMap<PathBuf, DirectoryTally>,
}

#[derive(Default)]
struct DirectoryTally {
    pages: usize,
    skipped: usize,
}

impl<'o> Tally<'o> {
    fn new(options: &ReadOptions<'o>) -> Self {
        Self { verbose: options.verbose, missing: options.missing, ..Self::default() }
    }

    /// Reports an error, and notes that there was one.
    fn report(&mut self, error: Error) {
        let error = match (error, self.missing) {
            (Error::Input(input::Error::NotFound { name }), Some(missing)) => Error::missing(name, missing),
            (error, _) => error,
        };
        terminal::error(&error.with_hint());
        self.has_failed = true;
    }

    /// Counts a result, and returns the page if it is one.
    fn record<T>(&mut self, SourceResult { directory, result }: SourceResult<T>) -> Option<T> {
        let directory = directory.map(|path| self.directories.entry(path).or_default());
        match (result, directory) {
            (Ok(page), directory) => {
                if let Some(directory) = directory {
                    directory.pages += 1;
                }
                return Some(page);
            }
            (Err(error), Some(directory)) if error.is_no_page() => {
                directory.skipped += 1;
                if self.verbose {
                    terminal::note(format!("skipped {}", error.summary()));
                }
            }
            (Err(error), _) => self.report(error),
        }
        None
    }

    /// Reports what was skipped in each directory.
    fn finish(mut self) -> Outcome {
        for (path, DirectoryTally { pages, skipped }) in std::mem::take(&mut self.directories) {
            let name = printable(&path.display().to_string()).into_owned();
            match (pages, skipped) {
                (_, 0) => {}
                (0, _) => self.report(input::Error::NoLivePages { name, count: skipped }.into()),
                _ => terminal::note(format!("{name}: {} skipped, no live pages", counted(skipped, "file", "files"))),
            }
        }
        if self.has_failed { Outcome::Partial } else { Outcome::Complete }
    }
}
