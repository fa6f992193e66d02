//! `parse`: parse live pages, store them in the archive, print them.

mod file_times;
pub mod summary;

use std::io::Write;
use std::path::PathBuf;
use std::thread;

use chrono::{DateTime, Utc};
use clap::Args;
use liveblog::ExplainedLine;
use liveblog::input::printable;
use liveblog::output::{Arrangement, terminal_safe};
use liveblog::{Document, LiveBlog, explain};

pub use self::file_times::FileTimeNote;
use self::file_times::FileTimes;
use super::args::{Context, Input, PageOptions, Target};
use super::pipeline::{
    PageStore, ParseOutput, ParsedPage, Printer, ReadOptions, StoredPages, or_standard_input, page_name, parse_page,
    read_pages, warning_line,
};
use super::rebuild::Rebuild;
use super::target::{Protected, Sink};
use super::{Error, Outcome, terminal};

/// Parse live pages, store them in the archive, and print them
///
/// A PAGE is a saved live page as text, HTML, MHTML or Safari web archive, our own JSON, each also compressed by gzip or
/// zstd; a directory of such files; or - for standard input.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Parse {
    /// Saved live pages, directories of them, or -; without any, standard input is read
    #[arg(value_name = "PAGE")]
    pages: Vec<PathBuf>,
    /// Treat warnings as errors: such a page is neither stored nor printed
    #[arg(long)]
    strict: bool,
    /// Print each warning, not only their number
    #[arg(short, long)]
    verbose: bool,
    /// Print the page line by line, with what each line was read as; nothing is stored
    #[arg(long, conflicts_with_all = ["form", "fields"])]
    explain: bool,
    /// Do not use the archive
    #[arg(long)]
    no_save: bool,
    /// The command `rebuild`, by its earlier name
    #[arg(long, hide = true, conflicts_with_all = NOT_WITH_AGAIN)]
    again: bool,
    #[command(flatten)]
    about: PageOptions,
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    target: Target,
}

/// Options for pages that are not stored yet.
const NOT_WITH_AGAIN: [&str; 17] = [
    "pages",
    "layout",
    "strict",
    "verbose",
    "explain",
    "no_save",
    "captured",
    "captured_from",
    "url",
    "zone",
    "name",
    "form",
    "fields",
    "output",
    "max_input",
    "files_from",
    "null",
];

const EXAMPLES: &str = "\
Examples:
  liveblog parse page.txt                              store a page, and print a line about it
  liveblog parse page.txt --json | jq '.entries[0]'    its newest entry
  liveblog parse pages/ --jsonl -o entries.jsonl       a directory of pages, one row per entry
  find saved -name '*.mhtml' | liveblog parse --files-from -
  liveblog parse page.txt --captured '20 June 2023'    for a page that leaves out the year
  liveblog parse captures/ --captured-from name        saved at the times in their names
  pbpaste | liveblog parse --as flood                  from the clipboard";

/// How many bytes of pages are stored and printed together.
const BATCH_BYTES: usize = 4 << 20;

impl Parse {
    pub fn run(self, context: &Context) -> Result<Outcome, Error> {
        if self.again {
            terminal::note("parse --again is a command of its own now: liveblog rebuild");
            return Rebuild {}.run(context);
        }
        let sources = or_standard_input(self.input.pages(&self.pages)?)?;
        let protected = Protected::new(&sources, context);
        if self.explain {
            return self.explain(&sources, &protected, context);
        }
        let (name, save) = (self.about.name.as_deref(), !self.no_save);
        let now = context.now();
        let options = self.about.parse_options(now);
        let format = self.target.format()?;
        let output = ParseOutput::new(format, self.target.has_fields());
        let mut archive = PageStore::new(save, name, &options, context)?;
        let header = self.target.header(Arrangement::Pages);
        let mut sink = None;
        let mut printer = match format.and_then(|format| self.target.directory(format, &protected)) {
            Some(directory) => {
                Printer::file_per_page(output, name, directory?, header, self.target.options(), self.verbose)
            }
            None => {
                let sink = sink.insert(self.target.open(&protected)?);
                Printer::single_file(output, name, sink, header, self.target.options(), self.verbose)?
            }
        };
        let stored_pages = StoredPages::open(save, context)?;
        let parse = |document| self.parse(document, &stored_pages, output, now);
        let batch_bytes = if save { BATCH_BYTES } else { 0 };

        let mut file_times = FileTimes::default();

        let outcome = thread::scope(|scope| {
            let mut pages = read_pages(scope, &sources, self.read_options(), parse);
            for mut batch in pages.batches(batch_bytes) {
                let stored = archive.store(&batch)?;
                file_times.report(&batch);
                printer.print_all(&mut batch, &stored)?;
            }
            Ok::<_, Error>(pages.finish())
        })?;

        let warnings = printer.finish(archive.stored_in()?)?;
        sink.map_or(Ok(()), Sink::finish)?;
        warnings.print_count();
        Ok(outcome.and(archive.outcome()))
    }

    fn read_options(&self) -> ReadOptions<'static> {
        ReadOptions { max_bytes: self.input.max_bytes(), verbose: self.verbose, missing: None }
    }

    /// Parses and renders a document, as the user says, else as it is stored.
    fn parse(
        &self,
        document: Document,
        stored_pages: &StoredPages,
        output: ParseOutput,
        now: DateTime<Utc>,
    ) -> Result<ParsedPage, Error> {
        let file_time = match self.about.file_time(&document) {
            Some(Err(problem)) if self.strict => return Err(Error::no_file_time(&document.source, &problem)),
            Some(Err(problem)) => FileTimeNote::Missing(problem),
            Some(Ok(time)) if self.about.assumes_zone(&time) => FileTimeNote::ZoneAssumed,
            _ => FileTimeNote::None,
        };
        let stored = stored_pages.find(&document, &self.about.metadata(&document, None, now))?;
        let said = self.about.metadata(&document, stored.as_ref(), now);
        let (document, options) = self.about.apply_to(document, stored.as_ref(), now);
        let options = options.max_bytes(self.input.max_bytes());
        let mut live_blog = parse_page(&document, &options)?;
        if self.strict {
            forbid_warnings(&document, &live_blog)?;
        }
        let name = self.about.name.as_deref();
        let rendered = output.render(&document, &mut live_blog, name, &self.target.options())?;
        if self.no_save && output.is_rendered() {
            // They are not needed any more, and the thread that made them drops them fastest.
            live_blog.entries.clear();
        }
        Ok(ParsedPage { document, live_blog, said, has_layout: options.layout.is_some(), file_time, rendered })
    }

    fn explain(&self, sources: &[PathBuf], protected: &Protected, context: &Context) -> Result<Outcome, Error> {
        let mut sink = self.target.open(protected)?;
        let name = sink.name();
        let now = context.now();
        let explained = |document| {
            let (document, options) = self.about.apply_to(document, None, now);
            let options = options.max_bytes(self.input.max_bytes());
            let lines = explain(&document, &options).map_err(|problem| Error::from_page(&document.source, problem))?;
            Ok((document.source, lines))
        };
        let has_heads = sources.len() > 1 || sources.iter().any(|source| source.is_dir());
        let mut print = |source: &str, lines: &[ExplainedLine]| {
            if has_heads {
                writeln!(sink, "==> {} <==", terminal_safe(&printable(source)))?;
            }
            for ExplainedLine { number, use_, text, because } in lines {
                let line = format!("{number:>5}  {use_:12}  {}", terminal_safe(text));
                writeln!(sink, "{}", line.trim_end())?;
                for reason in because {
                    writeln!(sink, "{:19}  ^ {}", "", terminal_safe(reason))?;
                }
            }
            Ok(())
        };
        let outcome = thread::scope(|scope| {
            let mut pages = read_pages(scope, sources, self.read_options(), explained);
            for (source, lines) in &mut pages {
                print(&source, &lines).map_err(Error::writing(&name))?;
            }
            Ok::<_, Error>(pages.finish())
        })?;
        sink.finish()?;
        Ok(outcome)
    }
}

fn forbid_warnings(document: &Document, live_blog: &LiveBlog) -> Result<(), Error> {
    if live_blog.warnings.is_empty() {
        return Ok(());
    }
    let name = page_name(document, live_blog);
    let lines: Vec<_> = live_blog.warnings.iter().map(|warning| warning_line(&name, warning)).collect();
    Err(Error::Strict { name, warnings: lines.join("\n  ") })
}
