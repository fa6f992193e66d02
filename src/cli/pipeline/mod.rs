//! The pipeline: PAGE arguments are read in parallel, stored, and printed, in the order of the input.

mod documents;
mod parallel;
mod partitions;
mod print;
mod read;
mod rows;
mod store;
mod tally;

use std::fs;
use std::io::{IsTerminal, stdin};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::Scope;

use liveblog::archive::{Original, Packed, UserMetadata};
use liveblog::input::{Document, OpenOptions, Source, printable, sources};
use liveblog::{LiveBlog, ParseOptions, parse};

use self::documents::{Origin, SourceDocument, SourceDocuments};
use self::parallel::{Weight, map_ordered, processors};
pub use self::print::{ParseOutput, Printer};
pub use self::read::{Doubts, PageReader};
pub use self::rows::RowSink;
pub use self::store::{BATCH_BYTES, PageStore, StoreResult, StoredPages, report_unread};
use self::tally::Tally;
use super::progress::Progress;
use super::reading::FileTimeNote;
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
    /// What the archive needs of it, if it is to be stored.
    pub packed: Option<Packed>,
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
#[derive(Clone)]
pub struct ReadOptions<'o> {
    /// How inputs are opened.
    pub open: OpenOptions,
    /// Whether each file of a directory, and each record, that is no page is named.
    pub verbose: bool,
    /// Whether the user asks for lines about the progress.
    pub has_progress: bool,
    /// Whether what is wrong with a record is an error, and not only reported.
    pub strict: bool,
    /// Whether it is said how many files of directories, and records, are no pages.
    pub counts_skipped: bool,
    /// Whether a file of a directory, or a record, that is no page is an error.
    pub requires_live_pages: bool,
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

    let progress = Arc::new(Progress::new(&sources, options.has_progress));
    let reading = Arc::clone(&progress);
    let open = move |source: &Source| SourceDocuments::open(source, &options.open, Arc::clone(&reading));
    let is_named = options.verbose || options.requires_live_pages;
    let done = Arc::clone(&progress);
    let threads = if is_one_small_file(&sources) { 0 } else { processors() };
    let results = map_ordered(scope, threads, sources, open, move |documents| {
        let results = work_on(documents, &work, is_named);
        done.add_pages(results.iter().filter(|result| matches!(result.result, Parsed::Page(_))).count());
        results
    });
    PageResults { results, tally, progress }
}

/// Whether starting threads would take longer than they save.
fn is_one_small_file(sources: &[Source]) -> bool {
    /// About twenty pages.
    const SMALL: u64 = 256 << 10;
    let [Source::File { path, .. }] = sources else { return false };
    fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() <= SMALL)
}

/// Does the work on documents. Records that are no live pages are only counted, unless each of them is to be named.
fn work_on<T>(
    documents: Vec<SourceDocument>,
    work: impl Fn(Document) -> Result<T, Error>,
    is_named: bool,
) -> Vec<SourceResult<T>> {
    let mut results: Vec<SourceResult<T>> = Vec::with_capacity(documents.len());
    for SourceDocument { origin, document } in documents {
        let bytes = document.as_ref().map_or(0, |document| document.bytes.len());
        match document.and_then(&work) {
            Ok(page) => results.push(SourceResult { origin, bytes, result: Parsed::Page(page) }),
            Err(error) if origin.is_record && error.is_no_page() && !is_named => match results.last_mut() {
                Some(SourceResult { origin: last, result: Parsed::Skipped(count), .. }) if *last == origin => {
                    *count += 1
                }
                _ => results.push(SourceResult { origin, bytes: 0, result: Parsed::Skipped(1) }),
            },
            Err(error) => results.push(SourceResult { origin, bytes: 0, result: Parsed::Failed(error) }),
        }
    }
    results
}

/// The results of the documents, in the order of the input. Errors are reported and counted as they are met.
pub struct PageResults<'scope, T> {
    results: Box<dyn Iterator<Item = SourceResult<T>> + 'scope>,
    tally: Tally<'scope>,
    progress: Arc<Progress>,
}

/// The result of a document, or of a source that has none.
struct SourceResult<T> {
    origin: Origin,
    /// How many bytes the document has.
    bytes: usize,
    result: Parsed<T>,
}

/// What a document turned out to be.
enum Parsed<T> {
    Page(T),
    /// So many records that are no live pages.
    Skipped(usize),
    Failed(Error),
}

impl<T> Weight for SourceResult<T> {
    fn weight(&self) -> usize {
        self.bytes + size_of::<Self>()
    }
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
