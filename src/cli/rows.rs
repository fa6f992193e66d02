//! Where rows go: into one output, or into a directory, one file per live blog.

use std::collections::HashSet;

use liveblog::model::{Excerpt, PageHead, Row};
use liveblog::output::{Format, Header, Output, PrintOptions};

use super::Error;
use super::folder::Folder;
use super::sink::Sink;

/// Takes rows, and has each live blog's head told before the first of its rows.
pub enum Rows<'a> {
    /// All into one output.
    One(One<'a>),
    /// Each live blog into a file of its own.
    Each(Box<Each>),
}

pub struct One<'a> {
    place: String,
    output: Box<dyn Output + 'a>,
    /// Whether the output wants to know of the live blogs themselves.
    has_pages: bool,
    is_mixed: bool,
    /// The live blogs that were told of; where they are not mixed, the last of them.
    told: HashSet<String>,
}

/// The rows of one live blog at a time are held: their file is written at once.
pub struct Each {
    folder: Folder,
    head: Header,
    options: PrintOptions,
    at_hand: Option<(PageHead, Vec<Row>)>,
}

impl<'a> Rows<'a> {
    /// Rows in `format`, all into `sink`.
    pub fn into_one(sink: &'a mut Sink, format: Format, head: Header, options: PrintOptions) -> Result<Self, Error> {
        let place = sink.name();
        let mut output = format.output(sink, options);
        output.begin(&head).map_err(Error::writing(&place))?;
        let has_pages = format.has_pages();
        Ok(Self::One(One { place, output, has_pages, is_mixed: head.order.is_mixed(), told: HashSet::new() }))
    }

    /// Rows into `folder`.
    pub fn into_each(folder: Folder, head: Header, options: PrintOptions) -> Self {
        Self::Each(Box::new(Each { folder, head, options, at_hand: None }))
    }

    /// Takes a row, and what a search found in it; `head` tells of the live blog of a name, where that is wanted.
    pub fn row(
        &mut self,
        row: Row,
        found: Option<&Excerpt>,
        head: impl FnOnce(&str) -> Result<PageHead, Error>,
    ) -> Result<(), Error> {
        match self {
            Self::One(one) => one.row(&row, found, head),
            Self::Each(each) => each.row(row, head),
        }
    }

    /// Ends what was begun.
    pub fn end(self) -> Result<(), Error> {
        match self {
            Self::One(mut one) => one.output.end().map_err(Error::writing(&one.place)),
            Self::Each(mut each) => each.write(),
        }
    }
}

impl One<'_> {
    fn row(
        &mut self,
        row: &Row,
        found: Option<&Excerpt>,
        head: impl FnOnce(&str) -> Result<PageHead, Error>,
    ) -> Result<(), Error> {
        let failed = Error::writing(&self.place);
        if self.has_pages && !self.told.contains(&row.page) {
            if !self.is_mixed {
                self.told.clear();
            }
            self.told.insert(row.page.clone());
            self.output.page(&head(&row.page)?).map_err(failed)?;
        }
        match found {
            Some(excerpt) => self.output.found(row, excerpt).map_err(failed),
            None => self.output.row(row).map_err(failed),
        }
    }
}

impl Each {
    fn row(&mut self, row: Row, head: impl FnOnce(&str) -> Result<PageHead, Error>) -> Result<(), Error> {
        match &mut self.at_hand {
            Some((at_hand, rows)) if at_hand.page == row.page => rows.push(row),
            _ => {
                self.write()?;
                self.at_hand = Some((head(&row.page)?, vec![row]));
            }
        }
        Ok(())
    }

    /// Writes the live blog at hand.
    fn write(&mut self) -> Result<(), Error> {
        let Some((page, rows)) = self.at_hand.take() else { return Ok(()) };
        let mut sink = self.folder.file(&page.page)?;
        let mut one = Rows::into_one(&mut sink, self.folder.format(), self.head, self.options.clone())?;
        rows.into_iter().try_for_each(|row| one.row(row, None, |_| Ok(page.clone())))?;
        one.end()?;
        sink.finish()
    }
}
