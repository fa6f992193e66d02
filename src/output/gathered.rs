//! What is known only after the last row: whether all entries of a timeline or a search are of one live blog.
//!
//! Then the document is that live blog's, and no entry names it. Rows are held back until there is a second live blog.

use std::io;

use super::{Header, Output};
use crate::model::{Excerpt, PageHead, Row};

pub(super) struct Gathered<'a> {
    output: Box<dyn Output + 'a>,
    header: Header,
    /// What waits while all rows are of one live blog.
    held: Option<Held>,
}

#[derive(Default)]
struct Held {
    page: Option<PageHead>,
    rows: Vec<(Row, Option<Excerpt>)>,
}

impl Held {
    /// Whether an entry or a head is of another live blog than those before.
    fn is_other(&self, page: &str) -> bool {
        let name = self.page.as_ref().map(|held| &held.page).or(self.rows.first().map(|(row, _)| &row.page));
        name.is_some_and(|name| name != page)
    }
}

impl<'a> Gathered<'a> {
    pub(super) fn new(output: Box<dyn Output + 'a>) -> Self {
        Self { output, header: Header::default(), held: None }
    }

    /// Passes on what was held back.
    fn release(&mut self, is_only: bool) -> io::Result<()> {
        let Some(Held { page, rows }) = self.held.take() else { return Ok(()) };
        if is_only {
            self.header.only = page.clone().or_else(|| Some(head_of(&rows.first()?.0)));
        }
        self.output.begin(&self.header)?;
        page.iter().try_for_each(|page| self.output.page(page))?;
        rows.iter().try_for_each(|(row, excerpt)| match excerpt {
            Some(excerpt) => self.output.found(row, excerpt),
            None => self.output.row(row),
        })
    }

    fn take(&mut self, row: &Row, excerpt: Option<&Excerpt>) -> io::Result<()> {
        if self.held.as_ref().is_some_and(|held| held.is_other(&row.page)) {
            self.release(false)?;
        }
        match (&mut self.held, excerpt) {
            (Some(held), excerpt) => {
                held.rows.push((row.clone(), excerpt.cloned()));
                Ok(())
            }
            (None, Some(excerpt)) => self.output.found(row, excerpt),
            (None, None) => self.output.row(row),
        }
    }
}

impl Output for Gathered<'_> {
    fn begin(&mut self, head: &Header) -> io::Result<()> {
        self.header = head.clone();
        if head.order.is_mixed() && head.only.is_none() {
            self.held = Some(Held::default());
            return Ok(());
        }
        self.output.begin(head)
    }

    fn page(&mut self, page: &PageHead) -> io::Result<()> {
        if self.held.as_ref().is_some_and(|held| held.is_other(&page.page)) {
            self.release(false)?;
        }
        match &mut self.held {
            Some(held) => {
                held.page = Some(page.clone());
                Ok(())
            }
            None => self.output.page(page),
        }
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        self.take(row, None)
    }

    fn found(&mut self, row: &Row, excerpt: &Excerpt) -> io::Result<()> {
        self.take(row, Some(excerpt))
    }

    fn end(&mut self) -> io::Result<()> {
        self.release(true)?;
        self.output.end()
    }
}

/// What a row says of its live blog.
pub(super) fn head_of(row: &Row) -> PageHead {
    let (page, title, url) = (row.page.clone(), row.page_title.clone(), row.page_url.clone());
    PageHead { page, title, url, ..PageHead::default() }
}
