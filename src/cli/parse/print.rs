//! What `parse` prints: a line about each page, the live blogs themselves, or their entries as rows.

use std::io::{self, Write};
use std::path::Path;

use liveblog::archive::Kept;
use liveblog::model::{Entry, LiveBlog, Row};
use liveblog::output::{self, Format, Head, Options, Output, clean};

use crate::cli::Error;
use crate::cli::summary::Summary;
use crate::cli::target::Sink;

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

    /// Makes what is printed of a page where that hangs on no other page: JSON, most of the work of printing, is made
    /// by many threads at once.
    pub fn prepare(self, live_blog: &mut LiveBlog, name: Option<&str>, options: &Options) -> Result<Vec<u8>, Error> {
        let mut printed = vec![];
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
    /// The name of the place that is written to.
    place: String,
    /// The user's name for the live blog.
    name: Option<&'a str>,
    to: To<'a>,
}

enum To<'a> {
    Summary(&'a mut Sink),
    Prepared(&'a mut Sink),
    Rows(Box<dyn Output + 'a>),
}

impl<'a> Printer<'a> {
    pub fn new(form: Form, name: Option<&'a str>, sink: &'a mut Sink, options: Options) -> Result<Self, Error> {
        let place = sink.name();
        let to = match form {
            Form::Summary => To::Summary(sink),
            Form::LiveBlogs | Form::Rows(Format::Jsonl) => To::Prepared(sink),
            Form::Rows(format) => {
                let mut output = format.output(sink, options);
                output.begin(&Head::default()).map_err(Error::writing(&place))?;
                To::Rows(output)
            }
        };
        Ok(Self { place, name, to })
    }

    /// Prints a page: what was prepared of it, else what is left to make.
    pub fn page(&mut self, live_blog: &mut LiveBlog, prepared: &[u8], kept: Option<&Kept>) -> Result<(), Error> {
        let printed = match &mut self.to {
            To::Summary(sink) => writeln!(sink, "{}", Summary { live_blog, kept }),
            To::Prepared(sink) => sink.write_all(prepared),
            To::Rows(output) => rows(live_blog, self.name, output.as_mut()),
        };
        printed.map_err(Error::writing(&self.place))
    }

    /// Ends the output, and says where the pages are kept where that is asked for.
    pub fn end(mut self, kept_in: Option<&Path>) -> Result<(), Error> {
        let ended = match (&mut self.to, kept_in) {
            (To::Summary(sink), Some(archive)) => writeln!(sink, "kept in {}", clean(&archive.display().to_string())),
            (To::Summary(_) | To::Prepared(_), _) => Ok(()),
            (To::Rows(output), _) => output.end(),
        };
        ended.map_err(Error::writing(&self.place))
    }
}

/// Prints the entries as rows of the page `name`, else of their source. Each is lent to a row and given back, so that
/// none is copied.
fn rows(live_blog: &mut LiveBlog, name: Option<&str>, output: &mut dyn Output) -> io::Result<()> {
    let mut row = Row {
        page: name.unwrap_or(&live_blog.source).to_owned(),
        page_title: live_blog.title.clone(),
        page_url: live_blog.url.clone(),
        removed: false,
        entry: Entry::default(),
    };
    live_blog.entries.iter_mut().try_for_each(|entry| {
        std::mem::swap(entry, &mut row.entry);
        let printed = output.row(&row);
        std::mem::swap(entry, &mut row.entry);
        printed
    })
}
