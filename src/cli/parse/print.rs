//! What `parse` prints: a line about each page, the live blogs themselves, or their entries as rows.

use std::io::{self, Write};
use std::path::Path;

use liveblog::archive::Stored;
use liveblog::input::printable;
use liveblog::model::{Entry, LiveBlog};
use liveblog::output::{self, Format, Header, Output, PrintOptions, terminal_safe};

use crate::cli::Error;
use crate::cli::folder::Folder;
use crate::cli::pages::Page;
use crate::cli::sink::Sink;
use crate::cli::summary::Summary;

/// What is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A line about each page.
    Summary,
    /// Each live blog as one JSON object.
    LiveBlogs,
    /// The entries as rows.
    Rows(Format),
}

impl Form {
    /// What a format means for whole pages; fields, without a format, are those of entries.
    pub fn of(format: Option<Format>, has_fields: bool) -> Self {
        match format {
            Some(Format::Json) => Self::LiveBlogs,
            Some(format) => Self::Rows(format),
            None if has_fields => Self::Rows(Format::Text),
            None => Self::Summary,
        }
    }

    /// Whether all that is printed of a page hangs on no other page.
    pub fn is_prepared(self) -> bool {
        matches!(self, Self::LiveBlogs | Self::Rows(Format::Jsonl))
    }

    /// Makes what is printed of a page where that hangs on no other page: JSON, most of the work of printing, is made
    /// by many threads at once.
    pub fn prepare(self, page: &mut Page, name: Option<&str>, options: &PrintOptions) -> Result<Vec<u8>, Error> {
        let Page { document, live_blog } = page;
        // JSON, with its keys, is rarely more than twice as long as the page.
        let length = if self.is_prepared() { 2 * document.bytes.len() } else { 0 };
        let mut printed = Vec::with_capacity(length);
        let made = match self {
            Self::LiveBlogs => output::live_blog(&mut printed, live_blog, options.indent),
            Self::Rows(Format::Jsonl) => {
                rows(live_blog, name, Format::Jsonl.output(&mut printed, options.clone()).as_mut())
            }
            Self::Summary | Self::Rows(_) => Ok(()),
        };
        made.map(|()| printed).map_err(Error::writing(&live_blog.source))
    }
}

/// Prints pages, one after another.
pub struct Printer<'a> {
    /// The user's name for the live blog.
    name: Option<&'a str>,
    options: PrintOptions,
    to: To<'a>,
}

enum To<'a> {
    Summary(&'a mut Sink),
    Prepared(&'a mut Sink),
    Rows(String, Box<dyn Output + 'a>),
    Folder(Form, Folder),
}

impl<'a> Printer<'a> {
    /// Prints all pages into one place.
    pub fn into_one(
        form: Form,
        name: Option<&'a str>,
        sink: &'a mut Sink,
        options: PrintOptions,
    ) -> Result<Self, Error> {
        let to = match form {
            Form::Summary => To::Summary(sink),
            Form::LiveBlogs | Form::Rows(Format::Jsonl) => To::Prepared(sink),
            Form::Rows(format) => {
                let place = sink.name();
                let mut output = format.output(sink, options.clone());
                output.begin(&Header::default()).map_err(Error::writing(&place))?;
                To::Rows(place, output)
            }
        };
        Ok(Self { name, options, to })
    }

    /// Prints each page into a file of its own.
    pub fn into_each(form: Form, name: Option<&'a str>, folder: Folder, options: PrintOptions) -> Self {
        Self { name, options, to: To::Folder(form, folder) }
    }

    /// Prints a page: what was prepared of it, else what is left to make.
    pub fn page(&mut self, live_blog: &mut LiveBlog, prepared: &[u8], kept: Option<&Stored>) -> Result<(), Error> {
        match &mut self.to {
            To::Summary(sink) => {
                writeln!(sink, "{}", Summary { live_blog, kept }).map_err(Error::writing(&sink.name()))
            }
            To::Prepared(sink) => sink.write_all(prepared).map_err(Error::writing(&sink.name())),
            To::Rows(place, output) => rows(live_blog, self.name, output.as_mut()).map_err(Error::writing(place)),
            To::Folder(form, folder) => {
                let mut sink = folder.file(self.name.unwrap_or(&live_blog.source))?;
                let mut page = Printer::into_one(*form, self.name, &mut sink, self.options.clone())?;
                page.page(live_blog, prepared, kept)?;
                page.end(None)?;
                sink.finish()
            }
        }
    }

    /// Ends the output, and says where the pages are kept where that is asked for.
    pub fn end(self, kept_in: Option<&Path>) -> Result<(), Error> {
        match (self.to, kept_in) {
            (To::Summary(sink), Some(archive)) => {
                let place = sink.name();
                writeln!(sink, "kept in {}", terminal_safe(&printable(&archive.display().to_string())))
                    .map_err(Error::writing(&place))
            }
            (To::Rows(place, mut output), _) => output.end().map_err(Error::writing(&place)),
            (To::Summary(_) | To::Prepared(_) | To::Folder(..), _) => Ok(()),
        }
    }
}

/// Prints the entries as rows of the page `name`, else of their source. Each is lent to a row and given back, so that
/// none is copied.
fn rows(live_blog: &mut LiveBlog, name: Option<&str>, output: &mut dyn Output) -> io::Result<()> {
    let page = name.unwrap_or(&live_blog.source).to_owned();
    output.page(&live_blog.head(&page))?;
    let mut row = live_blog.row(&page, Entry::default());
    live_blog.entries.iter_mut().try_for_each(|entry| {
        std::mem::swap(entry, &mut row.entry);
        let printed = output.row(&row);
        std::mem::swap(entry, &mut row.entry);
        printed
    })
}
