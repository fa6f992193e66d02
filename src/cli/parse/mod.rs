//! `parse`: parse live pages, store them in the archive, print them.

pub mod summary;

use std::io::Write;
use std::path::PathBuf;
use std::thread;

use clap::Args;
use liveblog::ExplainedLine;
use liveblog::archive::Packed;
use liveblog::input::printable;
use liveblog::output::{Arrangement, PrintOptions, terminal_safe};
use liveblog::{Document, explain};

use super::args::{Context, Target};
use super::pipeline::{
    BATCH_BYTES, Doubts, PageReader, PageStore, ParseOutput, ParsedPage, Printer, ReadOptions, StoredPages,
    or_standard_input, read_pages,
};
use super::reading::Reading;
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
    reading: Reading,
    /// The name of the live blog in the archive
    #[arg(long = "as", value_name = "NAME")]
    name: Option<String>,
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

impl Parse {
    pub fn run(self, context: &Context) -> Result<Outcome, Error> {
        if self.again {
            terminal::note("parse --again is a command of its own now: liveblog rebuild");
            return Rebuild {}.run(context);
        }
        let sources = or_standard_input(self.reading.pages(&self.pages)?)?;
        let protected = Protected::new(&sources, context);
        if self.explain {
            return self.explain(&sources, &protected, context);
        }
        let (name, save) = (self.name.as_deref(), !self.no_save);
        let now = context.now();
        let options = self.reading.parse_options(now);
        let format = self.target.format()?;
        let output = ParseOutput::new(format, self.target.has_fields(), context.is_quiet());
        let mut archive = PageStore::new(save, name, &options, context)?;
        let (header, print_options) = (self.target.header(Arrangement::Pages), self.target.options());
        let doubts = Doubts::new(&self.reading);
        let mut sink = None;
        let mut printer = match format.and_then(|format| self.target.directory(format, &protected)) {
            Some(directory) => Printer::directory(output, name, directory?, header, print_options.clone(), doubts)?,
            None => {
                let sink = sink.insert(self.target.open(&protected)?);
                Printer::single_file(output, name, sink, header, print_options.clone(), doubts)?
            }
        };
        let reader = PageReader::new(&self.reading, now).stored_in(StoredPages::open(save, context)?, name);
        let parse = |document| self.parse(document, &reader, output, &print_options);
        let batch_bytes = if save { BATCH_BYTES } else { 0 };

        // Whoever has a file written looks for words only where something is wrong.
        let counts_skipped = self.reading.is_verbose() || self.target.path().is_none();
        let read_options = ReadOptions { counts_skipped, ..self.reading.read_options() };
        let outcome = thread::scope(|scope| {
            let mut pages = read_pages(scope, &sources, read_options, parse);
            for mut batch in pages.batches(batch_bytes) {
                let stored = archive.store(&mut batch)?;
                printer.print_all(&mut batch, &stored)?;
            }
            Ok::<_, Error>(pages.finish())
        })?;

        archive.finish()?;
        let doubts = printer.finish(archive.stored_in()?)?;
        sink.map_or(Ok(()), Sink::finish)?;
        doubts.print_count();
        Ok(outcome.and(archive.outcome()))
    }

    /// Parses and renders a document.
    fn parse(
        &self,
        document: Document,
        reader: &PageReader,
        output: ParseOutput,
        options: &PrintOptions,
    ) -> Result<ParsedPage, Error> {
        let mut page = reader.read(document)?;
        page.rendered = output.render(&mut page, self.name.as_deref(), options)?;
        if !self.no_save {
            page.packed = Some(Packed::new(&page.document, &page.live_blog));
        } else if output.is_rendered() {
            // They are not needed any more, and the thread that made them drops them fastest.
            page.live_blog.entries.clear();
        }
        Ok(page)
    }

    fn explain(&self, sources: &[PathBuf], protected: &Protected, context: &Context) -> Result<Outcome, Error> {
        let mut sink = self.target.open(protected)?;
        let name = sink.name();
        let now = context.now();
        let explained = |document| {
            let (document, options) = self.reading.apply_to(document, None, now);
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
            let mut pages = read_pages(scope, sources, self.reading.read_options(), explained);
            for (source, lines) in &mut pages {
                print(&source, &lines).map_err(Error::writing(&name))?;
            }
            Ok::<_, Error>(pages.finish())
        })?;
        sink.finish()?;
        Ok(outcome)
    }
}
