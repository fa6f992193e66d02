//! What `parse` prints: a line about each page, live blogs as JSON, or rows.

use std::io::Write;
use std::path::Path;

use liveblog::archive::Stored;
use liveblog::input::printable;
use liveblog::model::LiveBlog;
use liveblog::output::{self, Format, Header, PrintOptions, terminal_safe};

use super::rows::{RowSink, print_rows};
use super::{Doubts, ParsedPage, StoreResult};
use crate::cli::Error;
use crate::cli::parse::summary::{Summary, Total};
use crate::cli::target::{Directory, PageDirectory, Sink};

/// What `parse` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParseOutput {
    /// Nothing: the pages are only stored.
    Nothing,
    /// A line about each page.
    Summary,
    /// Each live blog as one JSON object.
    LiveBlogs,
    /// The entries as rows.
    Rows(Format),
}

impl ParseOutput {
    /// What a format means for whole pages; fields are those of entries. The lines about pages are words, not data.
    pub fn new(format: Option<Format>, has_fields: bool, is_quiet: bool) -> Self {
        match format {
            Some(Format::Json) if !has_fields => Self::LiveBlogs,
            Some(format) => Self::Rows(format),
            None if has_fields => Self::Rows(Format::Text),
            None if is_quiet => Self::Nothing,
            None => Self::Summary,
        }
    }

    /// Whether the output of a page depends on no other page.
    pub fn is_rendered(self) -> bool {
        matches!(self, Self::LiveBlogs | Self::Rows(Format::Jsonl))
    }

    /// Renders the output of a page if it depends on no other page. JSON, most of the work of printing, is so rendered
    /// by many threads at once.
    pub fn render(self, page: &mut ParsedPage, name: Option<&str>, options: &PrintOptions) -> Result<Vec<u8>, Error> {
        let ParsedPage { document, live_blog, .. } = page;
        // JSON, with its keys, is rarely more than twice as long as the page.
        let length = if self.is_rendered() { 2 * document.bytes.len() } else { 0 };
        let mut rendered = Vec::with_capacity(length);
        let result = match self {
            Self::LiveBlogs => output::write_live_blog(&mut rendered, live_blog, options.indent),
            Self::Rows(Format::Jsonl) => {
                let mut output = Format::Jsonl.output(&mut rendered, options.clone());
                print_rows(live_blog, &row_name(live_blog, name), output.as_mut())
            }
            Self::Nothing | Self::Summary | Self::Rows(_) => Ok(()),
        };
        result.map(|()| rendered).map_err(Error::writing(&live_blog.source))
    }
}

/// The page of rows: the name that the user gave, else the source.
fn row_name(live_blog: &LiveBlog, name: Option<&str>) -> String {
    name.unwrap_or(&live_blog.source).to_owned()
}

/// Prints the pages that `parse` read, and reports their warnings.
pub struct Printer<'a> {
    /// The user's name for the live blog.
    name: Option<&'a str>,
    destination: Destination<'a>,
    doubts: Doubts,
}

enum Destination<'a> {
    Nothing,
    /// Lines about pages.
    Summary(&'a mut Sink, Total),
    /// Rendered pages, one after another.
    Rendered(&'a mut Sink),
    /// Rendered live blogs, as one value of JSON.
    OneValue(JsonFile<'a>),
    /// A file for each rendered page.
    RenderedFiles(PageDirectory),
    Rows(RowSink<'a>),
}

impl<'a> Printer<'a> {
    /// Prints all pages into one output.
    pub fn single_file(
        output: ParseOutput,
        name: Option<&'a str>,
        sink: &'a mut Sink,
        header: Header,
        options: PrintOptions,
        doubts: Doubts,
    ) -> Result<Self, Error> {
        let destination = match output {
            ParseOutput::Nothing => Destination::Nothing,
            ParseOutput::Summary => Destination::Summary(sink, Total::default()),
            ParseOutput::LiveBlogs if sink.is_file() => Destination::OneValue(JsonFile::new(sink)),
            ParseOutput::LiveBlogs | ParseOutput::Rows(Format::Jsonl) => Destination::Rendered(sink),
            ParseOutput::Rows(format) => Destination::Rows(RowSink::single_file(sink, format, header, options)?),
        };
        Ok(Self { name, destination, doubts })
    }

    /// Prints the pages into files of a directory.
    pub fn directory(
        output: ParseOutput,
        name: Option<&'a str>,
        directory: Directory,
        header: Header,
        options: PrintOptions,
        doubts: Doubts,
    ) -> Result<Self, Error> {
        let destination = match directory {
            Directory::Pages(directory) if output.is_rendered() => Destination::RenderedFiles(directory),
            directory => Destination::Rows(RowSink::directory(directory, header, options)?),
        };
        Ok(Self { name, destination, doubts })
    }

    /// Prints a batch of pages, but for those that the archive refused.
    pub fn print_all(&mut self, batch: &mut [ParsedPage], stored: &[StoreResult]) -> Result<(), Error> {
        for (page, stored) in batch.iter_mut().zip(stored) {
            let stored = match stored {
                StoreResult::Stored(stored) => Some(stored),
                StoreResult::NotStored => None,
                StoreResult::Refused => continue,
            };
            self.doubts.add(page);
            self.print(page, stored)?;
        }
        Ok(())
    }

    fn print(&mut self, page: &mut ParsedPage, stored: Option<&Stored>) -> Result<(), Error> {
        let ParsedPage { live_blog, rendered, .. } = page;
        let name = row_name(live_blog, self.name);
        match &mut self.destination {
            Destination::Nothing => Ok(()),
            Destination::Summary(sink, total) => {
                total.add(live_blog);
                writeln!(sink, "{}", Summary { live_blog, stored }).map_err(Error::writing(&sink.name()))
            }
            Destination::Rendered(sink) => sink.write_all(rendered).map_err(Error::writing(&sink.name())),
            Destination::OneValue(file) => file.add(rendered),
            Destination::RenderedFiles(directory) => {
                let mut sink = directory.file(&name)?;
                sink.write_all(rendered).map_err(Error::writing(&sink.name()))?;
                sink.finish()
            }
            Destination::Rows(rows) => rows.print_page(live_blog, &name),
        }
    }

    /// Ends the output; a summary ends with the total, and the archive in which the pages are stored.
    pub fn finish(self, stored_in: Option<&Path>) -> Result<Doubts, Error> {
        match self.destination {
            Destination::Summary(sink, total) => {
                let name = sink.name();
                let failed = Error::writing(&name);
                if total.pages > 1 {
                    writeln!(sink, "{total}").map_err(failed)?;
                }
                if let Some(archive) = stored_in {
                    let archive = archive.display().to_string();
                    writeln!(sink, "kept in {}", terminal_safe(&printable(&archive))).map_err(failed)?;
                }
            }
            Destination::OneValue(file) => file.finish()?,
            Destination::Rows(rows) => rows.finish()?,
            Destination::Nothing | Destination::Rendered(_) | Destination::RenderedFiles(_) => {}
        }
        Ok(self.doubts)
    }
}

/// A file of JSON: a live blog's object, or an array of those of several, so that it is one value and any reader takes
/// it. Standard output is a stream of objects, as that of `jq`.
struct JsonFile<'a> {
    sink: &'a mut Sink,
    /// The first live blog, until there is a second.
    first: Option<Vec<u8>>,
    is_array: bool,
}

impl<'a> JsonFile<'a> {
    fn new(sink: &'a mut Sink) -> Self {
        Self { sink, first: None, is_array: false }
    }

    fn add(&mut self, live_blog: &[u8]) -> Result<(), Error> {
        let live_blog = live_blog.trim_ascii_end();
        let Some(first) = self.first.take() else {
            if self.is_array {
                return self.write(&[b",\n", live_blog]);
            }
            self.first = Some(live_blog.to_vec());
            return Ok(());
        };
        self.is_array = true;
        self.write(&[b"[\n", &first, b",\n", live_blog])
    }

    fn finish(mut self) -> Result<(), Error> {
        match (self.first.take(), self.is_array) {
            (Some(only), _) => self.write(&[&only, b"\n"]),
            (None, true) => self.write(&[b"\n]\n"]),
            (None, false) => self.write(&[b"[]\n"]),
        }
    }

    fn write(&mut self, parts: &[&[u8]]) -> Result<(), Error> {
        parts.iter().try_for_each(|part| self.sink.write_all(part)).map_err(Error::writing(&self.sink.name()))
    }
}
