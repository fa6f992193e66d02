//! Asking: entries of pages, or of the archive, selected, put in order and printed.

use std::io::Write;
use std::path::PathBuf;

use liveblog::ParseOptions;
use liveblog::archive::Archive;
use liveblog::input::Document;
use liveblog::model::{PageHead, Row};
use liveblog::output::{self, Format, Header};
use liveblog::query::{Order, Query, Selected};

use super::context::Context;
use super::protected::Protected;
use super::rows::Rows;
use super::select::Select;
use super::target::Target;
use super::words::{self, counted};
use super::{Error, Outcome, pages, unread};

/// Whose entries are asked for.
pub enum Asked<'a> {
    /// Those of pages, each of at most so many bytes.
    Pages(&'a [PathBuf], u64),
    /// Those of the archive.
    Archive,
    /// Those of the archive in which these words occur.
    Found(&'a str),
}

impl<'a> Asked<'a> {
    /// The entries of PAGE arguments; without any, of the archive.
    pub fn entries(pages: &'a [PathBuf], max_bytes: u64) -> Self {
        if pages.is_empty() { Self::Archive } else { Self::Pages(pages, max_bytes) }
    }

    /// The pages that are read.
    fn pages(&self) -> &'a [PathBuf] {
        match self {
            Self::Pages(pages, _) => pages,
            Self::Archive | Self::Found(_) => &[],
        }
    }
}

/// Prints the entries that are selected, in that order.
pub fn ask(asked: &Asked, select: Select, target: &Target, order: Order, context: &Context) -> Result<Outcome, Error> {
    let format = target.format()?.unwrap_or(Format::Text);
    let head = Header { order: mixed(asked, order), zone: select.zone() };
    let count = select.count;
    let query = select.query(order, context);
    let options = target.options();
    let protected = Protected::new(asked.pages(), context);

    let (selected, done) = match target.folder(format, &protected).filter(|_| !count) {
        Some(_) if head.order.is_mixed() => return Err(Error::Usage(ONE_DOCUMENT.to_owned())),
        Some(folder) => print(Rows::into_each(folder?, head, options), asked, &query, context)?,
        None => {
            let mut sink = target.open(&protected)?;
            let answer = if count {
                let (selected, done) = counted_only(asked, &query, context)?;
                writeln!(sink, "{}", selected.entries).map_err(Error::writing(&sink.name()))?;
                (selected, done)
            } else {
                print(Rows::into_one(&mut sink, format, head, options)?, asked, &query, context)?
            };
            sink.finish()?;
            answer
        }
    };
    tell(selected, done);
    Ok(done)
}

/// How the entries of several live blogs are put together.
fn mixed(asked: &Asked, order: Order) -> output::Arrangement {
    match (asked, order) {
        (Asked::Found(_), _) => output::Arrangement::Found,
        (_, Order::Time) => output::Arrangement::Timeline,
        (_, Order::Page) => output::Arrangement::Pages,
    }
}

const ONE_DOCUMENT: &str = "all live blogs are put in one order here, so they are one document; give a FILE, no DIR/";

/// Gives what is selected to `rows`.
fn print(mut rows: Rows, asked: &Asked, query: &Query, context: &Context) -> Result<(Selected, Outcome), Error> {
    let answer = match asked {
        Asked::Pages(pages, max_bytes) => {
            of_pages(pages, *max_bytes, query, |head, row| rows.row(row, None, |_| Ok(head.clone())))?
        }
        Asked::Archive => {
            let archive = archive(context)?;
            let selected = archive.select(query, |row| rows.row(row, None, |page| Ok(archive.head(page)?)))?;
            (selected, unread::report(&archive.unread()))
        }
        Asked::Found(words) => {
            let archive = archive(context)?;
            let each = |row, excerpt| rows.row(row, Some(&excerpt), |page| Ok(archive.head(page)?));
            (archive.search(query, words, each)?, unread::report(&archive.unread()))
        }
    };
    rows.end()?;
    Ok(answer)
}

/// How many entries are selected. The archive can count without reading what it counts.
fn counted_only(asked: &Asked, query: &Query, context: &Context) -> Result<(Selected, Outcome), Error> {
    match asked {
        Asked::Pages(pages, max_bytes) => of_pages(pages, *max_bytes, query, |_, _| Ok(())),
        Asked::Archive => {
            let archive = archive(context)?;
            Ok((archive.count(query)?, unread::report(&archive.unread())))
        }
        Asked::Found(words) => {
            let archive = archive(context)?;
            Ok((archive.count_found(query, words)?, unread::report(&archive.unread())))
        }
    }
}

/// Gives the rows of pages that are selected to `each`.
fn of_pages(
    pages: &[PathBuf],
    max_bytes: u64,
    query: &Query,
    each: impl FnMut(&PageHead, Row) -> Result<(), Error>,
) -> Result<(Selected, Outcome), Error> {
    let options = ParseOptions::new(query.now);
    let read = |document: Document| pages::page(document, &options).map(|page| page.live_blog);
    pages::read(pages, max_bytes, false, read, |live_blogs| {
        query.select(live_blogs.map(|live_blog| (live_blog.source.clone(), live_blog)), each)
    })
}

fn archive(context: &Context) -> Result<Archive, Error> {
    Ok(Archive::open_existing(&context.archive()?)?)
}

/// Says what the rows alone do not tell; where a page failed, that has been said already.
fn tell(selected: Selected, done: Outcome) {
    if selected.entries == 0 && done == Outcome::Complete {
        words::note("no entries match");
    }
    if selected.untimed > 0 {
        let entries = counted(selected.untimed, "entry has", "entries have");
        words::note(format!("{entries} no time, and cannot match one"));
    }
}
