//! `parse`: read live pages, keep them in the archive, print them.

mod again;
mod corrected;
mod keep;
mod print;
mod stored;

use std::io::Write;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use chrono_tz::{Europe, Tz};
use clap::Args;
use liveblog::archive::{StoredCapture, UserMetadata};
use liveblog::input::printable;
use liveblog::model::Layout;
use liveblog::output::terminal_safe;
use liveblog::query::When;
use liveblog::{Document, Explained, LiveBlog, ParseOptions, explain};

use self::keep::Keeper;
use self::print::{Form, Printer};
use self::stored::StoredPages;
use super::context::Context;
use super::input::Input;
use super::pages::{self, Page};
use super::protected::Protected;
use super::sink::Sink;
use super::target::Target;
use super::words::{self, counted};
use super::{Error, Outcome, unread, values};

/// Read live pages, keep them in the archive, and print them
///
/// A PAGE is a saved live page as text or HTML, our own JSON, a directory of such files, or - for standard input.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Parse {
    /// Saved live pages, directories of them, or -; without any, standard input is read
    #[arg(value_name = "PAGE")]
    pages: Vec<PathBuf>,
    /// Read the page by the grammar of LAYOUT, instead of recognising it
    #[arg(long, value_name = "LAYOUT", value_parser = values::layout())]
    layout: Option<Layout>,
    /// Take every warning for an error: such a page is neither kept nor printed
    #[arg(long)]
    strict: bool,
    /// Print each warning, not how many there are
    #[arg(short, long)]
    verbose: bool,
    /// Print the page line by line, with what each line was read as; nothing is kept
    #[arg(long, conflicts_with_all = ["form", "fields"])]
    explain: bool,
    /// Leave the archive alone
    #[arg(long)]
    no_save: bool,
    /// Read all that is kept again, by today's grammar, each page as the user said then; print the live blogs that it
    /// reads otherwise
    #[arg(long, conflicts_with_all = OF_PAGES)]
    again: bool,
    #[command(flatten)]
    about: About,
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    target: Target,
}

/// Options that tell how to read and print pages which are not yet kept.
const OF_PAGES: [&str; 14] = [
    "pages",
    "layout",
    "strict",
    "verbose",
    "explain",
    "no_save",
    "captured",
    "url",
    "zone",
    "name",
    "form",
    "fields",
    "output",
    "max_input",
];

/// What the user knows about the pages.
#[derive(Debug, Args)]
#[command(next_help_heading = "About the pages")]
struct About {
    /// When they were saved, as in "19 June 2023": years and dates that they leave out follow from it
    #[arg(long, value_name = "WHEN", value_parser = str::parse::<When>, allow_hyphen_values = true)]
    captured: Option<When>,
    /// Where they were published
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// The zone of times that name none, such as Europe/London
    #[arg(long, value_name = "ZONE", value_parser = values::zone)]
    zone: Option<Tz>,
    /// The name of the live blog in the archive
    #[arg(long = "as", value_name = "NAME")]
    name: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  liveblog parse page.txt                              keep a page, and say what is in it
  liveblog parse page.txt --json | jq '.entries[0]'    its newest entry
  liveblog parse pages/ --jsonl -o entries.jsonl       a directory of pages, one row per entry
  liveblog parse page.txt --captured '20 June 2023'    where the page leaves out the year
  pbpaste | liveblog parse --as flood                  from the clipboard
  liveblog parse --again                               with a newer liveblog: read all that is kept anew";

/// How many bytes of pages are kept together.
const BATCH: usize = 4 << 20;

/// A page, and what is printed of it as far as that can be made on the thread that read it.
struct Read {
    page: Page,
    /// What the user says of it on the command line.
    said: UserMetadata,
    /// Whether the user said its layout, now or when it was stored.
    has_layout: bool,
    printed: Vec<u8>,
}

impl Parse {
    pub fn run(self, context: &Context) -> Result<Outcome, Error> {
        if self.again {
            return again::run(context);
        }
        let pages = pages::or_standard_input(&self.pages)?;
        let protected = Protected::new(&pages, context);
        let options = ParseOptions::new(context.now()).zone(self.about.zone).layout(self.layout);
        if self.explain {
            return self.explain(&pages, &options, &protected);
        }
        let name = self.about.name.as_deref();
        let format = self.target.format()?;
        let form = Form::of(format, self.target.has_fields());
        let mut keeper = Keeper::new(!self.no_save, name, &options, context)?;
        let mut sink = None;
        let mut printer = match format.and_then(|format| self.target.folder(format, &protected)) {
            Some(folder) => Printer::into_each(form, name, folder?, self.target.options()),
            None => Printer::into_one(form, name, sink.insert(self.target.open(&protected)?), self.target.options())?,
        };
        let mut warned = Warned::new(self.verbose);
        let stored = StoredPages::open(!self.no_save, context)?;
        let mut refused = false;

        let read = |document: Document| {
            let stored = stored.find(&document, &self.about.said(self.layout, None, options.now))?;
            let said = self.about.said(self.layout, stored.as_ref(), options.now);
            let (document, options) = completed(document, &said, stored.as_ref(), &options);
            let mut page = pages::page(document, &options)?;
            self.forbid_warnings(&page.live_blog)?;
            let printed = form.prepare(&mut page, name, &self.target.options())?;
            if self.no_save && form.is_prepared() {
                // Nobody asks for them any more, and the thread that made them drops them fastest.
                page.live_blog.entries.clear();
            }
            Ok(Read { page, said, has_layout: options.layout.is_some(), printed })
        };
        let (_, done) = pages::read(&pages, self.input.max_bytes(), self.verbose, read, |pages| {
            while let Some(mut batch) = batch(pages, if self.no_save { 0 } else { BATCH }) {
                let kept = keeper.keep(&batch)?;
                for (Read { page, printed, .. }, kept) in batch.iter_mut().zip(kept) {
                    match kept {
                        Ok(kept) => {
                            warned.tell(&page.live_blog);
                            printer.page(&mut page.live_blog, printed, kept.as_ref())?;
                        }
                        Err(error) => {
                            words::error(&error);
                            refused = true;
                        }
                    }
                }
            }
            Ok(())
        })?;
        printer.end(keeper.kept_in()?)?;
        sink.map_or(Ok(()), Sink::finish)?;
        warned.sum_up();
        Ok(match unread::report(&keeper.unread()) {
            Outcome::Complete if keeper.is_complete() && !refused => done,
            _ => Outcome::Partial,
        })
    }

    fn forbid_warnings(&self, live_blog: &LiveBlog) -> Result<(), Error> {
        if !self.strict || live_blog.warnings.is_empty() {
            return Ok(());
        }
        let lines = live_blog.warnings.iter().map(|warning| words::warning(&live_blog.source, warning));
        Err(Error::Strict {
            name: printable(&live_blog.source).into_owned(),
            warnings: lines.collect::<Vec<_>>().join("\n  "),
        })
    }

    fn explain(&self, pages: &[PathBuf], options: &ParseOptions, protected: &Protected) -> Result<Outcome, Error> {
        let mut sink = self.target.open(protected)?;
        let place = sink.name();
        let explained = |document| {
            let (document, _) = completed(document, &self.about.said(self.layout, None, options.now), None, options);
            let lines = explain(&document, options).map_err(|problem| Error::of_page(&document.source, problem))?;
            Ok((document.source, lines))
        };
        let has_heads = pages.len() > 1 || pages.iter().any(|page| page.is_dir());
        let (_, done) = pages::read(pages, self.input.max_bytes(), self.verbose, explained, |pages| {
            for (source, lines) in pages {
                let head = has_heads.then(|| format!("==> {} <==", terminal_safe(&printable(&source))));
                let lines = lines.iter().map(|Explained { number, use_, text }| {
                    format!("{number:>5}  {use_:12}  {}", terminal_safe(text)).trim_end().to_owned()
                });
                head.into_iter()
                    .chain(lines)
                    .try_for_each(|line| writeln!(sink, "{line}"))
                    .map_err(Error::writing(&place))?;
            }
            Ok(())
        })?;
        sink.finish()?;
        Ok(done)
    }
}

impl About {
    /// What the user says of a page, which may be stored already.
    fn said(&self, layout: Option<Layout>, stored: Option<&StoredCapture>, now: DateTime<Utc>) -> UserMetadata {
        // Most live pages tell UK time, so that is what their readers mean as well.
        let zone = self.zone.or_else(|| stored?.said.zone).unwrap_or(Europe::London);
        UserMetadata {
            captured: self.captured.map(|when| when.as_capture(zone, now)),
            url: self.url.clone(),
            zone: self.zone,
            layout,
            name: self.name.clone(),
        }
    }
}

/// A document with all that is known about it, and how to read it: as the user says, else as it is stored, so that what
/// is printed is what the archive has.
fn completed(
    mut document: Document,
    said: &UserMetadata,
    stored: Option<&StoredCapture>,
    options: &ParseOptions,
) -> (Document, ParseOptions) {
    let mut options = options.clone().zone(said.zone).layout(said.layout);
    if let Some(StoredCapture { kept, modified, said: before, .. }) = stored {
        (document.captured, document.url, document.modified) = (before.captured, before.url.clone(), *modified);
        options.now = *kept;
        options.zone = options.zone.or(before.zone);
        options.layout = options.layout.or(before.layout);
    }
    document.captured = said.captured.or(document.captured);
    document.url = said.url.clone().or(document.url);
    (document, options)
}

/// The pages that are kept and printed next, if there are any more: one, and others up to so many bytes.
fn batch(pages: &mut dyn Iterator<Item = Read>, most: usize) -> Option<Vec<Read>> {
    let mut batch = vec![pages.next()?];
    let mut bytes = batch[0].page.document.bytes.len();
    while bytes < most {
        let Some(read) = pages.next() else { break };
        bytes += read.page.document.bytes.len();
        batch.push(read);
    }
    Some(batch)
}

/// The warnings of the pages, printed or counted.
struct Warned {
    verbose: bool,
    warnings: usize,
    pages: usize,
}

impl Warned {
    fn new(verbose: bool) -> Self {
        Self { verbose, warnings: 0, pages: 0 }
    }

    fn tell(&mut self, live_blog: &LiveBlog) {
        self.warnings += live_blog.warnings.len();
        self.pages += usize::from(!live_blog.warnings.is_empty());
        if self.verbose {
            live_blog.warnings.iter().for_each(|warning| words::note(words::warning(&live_blog.source, warning)));
        }
    }

    fn sum_up(&self) {
        if self.warnings > 0 && !self.verbose {
            let warnings = counted(self.warnings, "warning", "warnings");
            words::note(format!("{warnings} in {}; -v prints them", counted(self.pages, "page", "pages")));
        }
    }
}
