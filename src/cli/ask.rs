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

/// Prints the entries of `pages`, without any of the archive, that are selected, in that order.
pub fn ask(pages: &[PathBuf], select: Select, target: &Target, order: Order, context: &Context) -> Result<Done, Error> {
    let format = target.format()?.unwrap_or(Format::Text);
    let head = Head { timeline: order == Order::Time, zone: select.zone() };
    let count = select.count;
    let query = select.query(order, context);
    let mut sink = target.open()?;
    let place = sink.name();
    let failed = Error::writing(&place);

    let (selected, done) = if count {
        let (selected, done) = if pages.is_empty() {
            // The archive can count without reading what it counts.
            (archive(context)?.count(&query)?, Done::All)
        } else {
            selected(pages, &query, context, |_| Ok(()))?
        };
        writeln!(sink, "{}", selected.entries).map_err(failed)?;
        (selected, done)
    } else {
        let mut output = format.output(&mut sink, target.options());
        output.begin(&head).map_err(failed)?;
        let answer = selected(pages, &query, context, |row| output.row(&row).map_err(failed))?;
        output.end().map_err(failed)?;
        answer
    };
    sink.finish()?;
    tell(selected, done);
    Ok(done)
}

/// Gives the rows to `each`.
fn selected(
    pages: &[PathBuf],
    query: &Query,
    context: &Context,
    each: impl FnMut(Row) -> Result<(), Error>,
) -> Result<(Selected, Done), Error> {
    if pages.is_empty() {
        return Ok((archive(context)?.select(query, each)?, Done::All));
    }
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
        words::note(format!("{entries} no time, and can not match one"));
    }
}
