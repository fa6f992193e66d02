//! Where rows go: into one file, a file per live blog, or a data set. Selected entries and the pages that `parse` read both
//! are printed as rows here.

use std::collections::HashSet;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use liveblog::model::{Entry, Excerpt, LiveBlog, PageHead, Row};
use liveblog::output::{Format, Header, Output, PrintOptions};

use super::partitions::Partitions;
use crate::cli::Error;
use crate::cli::target::{Directory, PageDirectory, Sink};
use crate::cli::terminal;

/// Where rows go.
pub enum RowSink<'a> {
    /// All rows into one output.
    SingleFile(SingleFile<'a>),
    /// The rows of each live blog into a file of their own.
    FilePerPage(Box<FilePerPage>),
    /// All rows into a data set.
    Partitions(Box<Partitions>),
}

pub struct SingleFile<'a> {
    /// Its name in error messages.
    name: String,
    output: Box<dyn Output + 'a>,
    /// Whether the heads of live blogs are of use to the format.
    takes_heads: bool,
    is_mixed: bool,
    size: Size,
    /// The live blogs whose heads were printed; where they are not mixed, only the last of them.
    printed: HashSet<String>,
}

pub struct FilePerPage {
    directory: PageDirectory,
    header: Header,
    options: PrintOptions,
    /// The rows of a live blog are collected, and their file is written at once.
    current: Option<(PageHead, Vec<Row>)>,
}

impl<'a> RowSink<'a> {
    /// Prints all rows into `sink`.
    pub fn single_file(
        sink: &'a mut Sink,
        format: Format,
        header: Header,
        options: PrintOptions,
    ) -> Result<Self, Error> {
        SingleFile::new(sink, format, header, options).map(Self::SingleFile)
    }

    /// Prints the rows into files of `directory`.
    pub fn directory(directory: Directory, header: Header, options: PrintOptions) -> Result<Self, Error> {
        match directory {
            Directory::Pages(_) if header.order.is_mixed() => Err(Error::one_document()),
            Directory::Pages(directory) => {
                Ok(Self::FilePerPage(Box::new(FilePerPage { directory, header, options, current: None })))
            }
            Directory::DataSet(data_set) => Ok(Self::Partitions(Box::new(Partitions::new(data_set, header, options)))),
        }
    }

    /// Prints a row, and the excerpt that a search found in it. `head` is called once before the first row of each live
    /// blog, with its name, if heads are of use to the format.
    pub fn print_row(
        &mut self,
        row: Row,
        excerpt: Option<&Excerpt>,
        head: impl FnOnce(&str) -> Result<PageHead, Error>,
    ) -> Result<(), Error> {
        match self {
            Self::SingleFile(file) => file.print_row(&row, excerpt, head),
            Self::FilePerPage(files) => files.print_row(row, head),
            Self::Partitions(partitions) => partitions.add(row, head),
        }
    }

    /// Prints all entries of a live blog as rows of the page `name`.
    pub fn print_page(&mut self, live_blog: &mut LiveBlog, name: &str) -> Result<(), Error> {
        match self {
            Self::SingleFile(file) => file.print_page(live_blog, name),
            Self::FilePerPage(files) => files.write(name, |file| file.print_page(live_blog, name)),
            Self::Partitions(partitions) => {
                let entries = std::mem::take(&mut live_blog.entries);
                entries
                    .into_iter()
                    .try_for_each(|entry| partitions.add(live_blog.row(name, entry), |_| Ok(live_blog.head(name))))
            }
        }
    }

    /// Ends the output.
    pub fn finish(self) -> Result<(), Error> {
        match self {
            Self::SingleFile(file) => file.finish(),
            Self::FilePerPage(mut files) => files.write_current(),
            Self::Partitions(partitions) => partitions.finish(),
        }
    }
}

impl<'a> SingleFile<'a> {
    pub fn new(sink: &'a mut Sink, format: Format, header: Header, options: PrintOptions) -> Result<Self, Error> {
        let name = sink.name();
        let size = Size { is_page: format == Format::Html, ..Size::default() };
        let mut output = format.output(Counted { to: sink, bytes: Arc::clone(&size.bytes) }, options);
        output.begin(&header).map_err(Error::writing(&name))?;
        let (is_mixed, takes_heads) = (header.order.is_mixed(), format.takes_heads());
        Ok(Self { name, output, takes_heads, is_mixed, size, printed: HashSet::new() })
    }

    pub fn print_row(
        &mut self,
        row: &Row,
        excerpt: Option<&Excerpt>,
        head: impl FnOnce(&str) -> Result<PageHead, Error>,
    ) -> Result<(), Error> {
        let failed = Error::writing(&self.name);
        self.size.entries += 1;
        if self.takes_heads && !self.printed.contains(&row.page) {
            if !self.is_mixed {
                self.printed.clear();
            }
            self.printed.insert(row.page.clone());
            self.output.page(&head(&row.page)?).map_err(failed)?;
        }
        match excerpt {
            Some(excerpt) => self.output.found(row, excerpt).map_err(failed),
            None => self.output.row(row).map_err(failed),
        }
    }

    fn print_page(&mut self, live_blog: &mut LiveBlog, name: &str) -> Result<(), Error> {
        self.size.entries += live_blog.entries.len();
        print_rows(live_blog, name, self.output.as_mut()).map_err(Error::writing(&self.name))
    }

    pub fn finish(mut self) -> Result<(), Error> {
        self.output.end().map_err(Error::writing(&self.name))?;
        self.size.report(&self.name);
        Ok(())
    }
}

/// More entries than this on a page of HTML keep a browser waiting: it lays out all of them, and a search looks at each.
const MANY_ENTRIES: usize = 5_000;

/// How large an output is.
#[derive(Default)]
struct Size {
    is_page: bool,
    entries: usize,
    bytes: Arc<AtomicU64>,
}

impl Size {
    /// Reports a page that browsers are slow with.
    fn report(&self, name: &str) {
        if self.is_page && self.entries > MANY_ENTRIES {
            let (entries, megabytes) = (self.entries, self.bytes.load(Ordering::Relaxed) as f64 / 1e6);
            terminal::note(format!(
                "{name}: {entries} entries on one page of HTML ({megabytes:.0} MB) are slow to open and to search; \
                 select some with --since, or write a page per live blog with --format html -o DIR/"
            ));
        }
    }
}

/// A writer whose bytes are counted.
struct Counted<W> {
    to: W,
    bytes: Arc<AtomicU64>,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.bytes.fetch_add(written as u64, Ordering::Relaxed);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl FilePerPage {
    fn print_row(&mut self, row: Row, head: impl FnOnce(&str) -> Result<PageHead, Error>) -> Result<(), Error> {
        match &mut self.current {
            Some((current, rows)) if current.page == row.page => rows.push(row),
            _ => {
                self.write_current()?;
                self.current = Some((head(&row.page)?, vec![row]));
            }
        }
        Ok(())
    }

    fn write_current(&mut self) -> Result<(), Error> {
        let Some((page, rows)) = self.current.take() else { return Ok(()) };
        self.write(&page.page, |file| {
            rows.into_iter().try_for_each(|row| file.print_row(&row, None, |_| Ok(page.clone())))
        })
    }

    /// Writes the file of a live blog.
    fn write(&mut self, name: &str, print: impl FnOnce(&mut SingleFile) -> Result<(), Error>) -> Result<(), Error> {
        let mut sink = self.directory.file(name)?;
        let mut file = SingleFile::new(&mut sink, self.directory.format(), self.header.clone(), self.options.clone())?;
        print(&mut file)?;
        file.finish()?;
        sink.finish()
    }
}

/// Prints the entries as rows of the page `name`. Each entry is lent to a row and taken back, so that none is copied.
pub fn print_rows(live_blog: &mut LiveBlog, name: &str, output: &mut dyn Output) -> io::Result<()> {
    output.page(&live_blog.head(name))?;
    let mut row = live_blog.row(name, Entry::default());
    live_blog.entries.iter_mut().try_for_each(|entry| {
        std::mem::swap(entry, &mut row.entry);
        let printed = output.row(&row);
        std::mem::swap(entry, &mut row.entry);
        printed
    })
}
