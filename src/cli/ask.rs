//! Asking: entries of pages, or of the archive, selected, put in order and printed.

use std::io::Write;
use std::path::PathBuf;

use liveblog::Options;
use liveblog::archive::Archive;
use liveblog::input::Document;
use liveblog::model::Row;
use liveblog::output::{Format, Head};
use liveblog::query::{Order, Query, Selected};

use super::context::Context;
use super::select::Select;
use super::target::Target;
use super::words::{self, counted};
use super::{Done, Error, pages};

/// Whose entries are asked for.
pub enum Asked<'a> {
    /// Those of pages.
    Pages(&'a [PathBuf]),
    /// Those of the archive.
    Archive,
    /// Those of the archive in which these words occur.
    Found(&'a str),
}

impl<'a> Asked<'a> {
    /// The entries of PAGE arguments; without any, of the archive.
    pub fn entries(pages: &'a [PathBuf]) -> Self {
        if pages.is_empty() { Self::Archive } else { Self::Pages(pages) }
    }
}

/// Prints the entries that are selected, in that order.
pub fn ask(asked: &Asked, select: Select, target: &Target, order: Order, context: &Context) -> Result<Done, Error> {
    let format = target.format()?.unwrap_or(Format::Text);
    let head = Head { timeline: order == Order::Time, zone: select.zone() };
    let count = select.count;
    let query = select.query(order, context);
    let mut sink = target.open()?;
    let place = sink.name();
    let failed = Error::writing(&place);

    let (selected, done) = if count {
        // The archive can count without reading what it counts.
        let answer = match asked {
            Asked::Pages(pages) => selected(pages, &query, |_| Ok(()))?,
            Asked::Archive => (archive(context)?.count(&query)?, Done::All),
            Asked::Found(words) => (archive(context)?.count_found(&query, words)?, Done::All),
        };
        writeln!(sink, "{}", answer.0.entries).map_err(failed)?;
        answer
    } else {
        let mut output = format.output(&mut sink, target.options());
        output.begin(&head).map_err(failed)?;
        let answer = match asked {
            Asked::Pages(pages) => selected(pages, &query, |row| output.row(&row).map_err(failed))?,
            Asked::Archive => (archive(context)?.select(&query, |row| output.row(&row).map_err(failed))?, Done::All),
            Asked::Found(words) => {
                let each = |row, excerpt| output.found(&row, &excerpt).map_err(failed);
                (archive(context)?.search(&query, words, each)?, Done::All)
            }
        };
        output.end().map_err(failed)?;
        answer
    };
    sink.finish()?;
    tell(selected, done);
    Ok(done)
}

/// Gives the rows of pages to `each`.
fn selected(
    pages: &[PathBuf],
    query: &Query,
    each: impl FnMut(Row) -> Result<(), Error>,
) -> Result<(Selected, Done), Error> {
    let options = Options { now: query.now, zone: None, layout: None };
    let read = |document: Document| pages::page(document, &options).map(|page| page.live_blog);
    pages::read(pages, read, |live_blogs| {
        query.select(live_blogs.map(|live_blog| (live_blog.source.clone(), live_blog)), each)
    })
}

fn archive(context: &Context) -> Result<Archive, Error> {
    Ok(Archive::open_existing(&context.archive()?)?)
}

/// Says what the rows alone do not tell; where a page failed, that has been said already.
fn tell(selected: Selected, done: Done) {
    if selected.entries == 0 && done == Done::All {
        words::note("no entries match");
    }
    if selected.untimed > 0 {
        let entries = counted(selected.untimed, "entry has", "entries have");
        words::note(format!("{entries} no time, and cannot match one"));
    }
}
