//! What `filter`, `timeline` and `search` share: entries of pages or of the archive, selected and printed in order.

use std::io::Write;
use std::path::PathBuf;
use std::thread;

use liveblog::ParseOptions;
use liveblog::input::Document;
use liveblog::model::{PageHead, Row};
use liveblog::output::{Arrangement, Format, FormatKind, Header};
use liveblog::query::{Order, Query, Selected};

use super::args::{Context, Select, Target};
use super::pipeline::{ReadOptions, RowSink, parse_page, read_pages, report_unread};
use super::target::Protected;
use super::terminal::{self, counted};
use super::{Error, Outcome};

/// Where entries come from.
pub enum EntrySource<'a> {
    /// Pages, each of at most so many bytes.
    Pages(&'a [PathBuf], u64),
    /// The archive.
    Archive,
    /// The entries of the archive in which these words occur.
    Search(&'a str),
}

impl<'a> EntrySource<'a> {
    /// The pages that the user names; without any, the archive.
    pub fn new(pages: Option<&'a [PathBuf]>, max_bytes: u64) -> Self {
        pages.map_or(Self::Archive, |pages| Self::Pages(pages, max_bytes))
    }

    /// Refuses what only an archive can be asked, where pages are read.
    pub fn check(&self, query: &Query) -> Result<(), Error> {
        match self {
            Self::Pages(..) if query.at.is_some() => Err(Error::earlier_pages()),
            Self::Pages(..) if !query.pages.is_empty() => {
                Err(Error::Usage("--page selects from the archive, not from pages that are read".to_owned()))
            }
            _ => Ok(()),
        }
    }

    /// The pages that are read.
    fn pages(&self) -> &'a [PathBuf] {
        match self {
            Self::Pages(pages, _) => pages,
            Self::Archive | Self::Search(_) => &[],
        }
    }

    /// How the entries of several live blogs are arranged.
    fn arrangement(&self, order: Order) -> Arrangement {
        match (self, order) {
            (Self::Search(_), _) => Arrangement::Found,
            (_, Order::Time) => Arrangement::Timeline,
            (_, Order::Page) => Arrangement::Pages,
        }
    }
}

/// Prints the entries that are selected, in that order.
pub fn print_entries(
    source: &EntrySource,
    select: Select,
    target: &Target,
    order: Order,
    context: &Context,
) -> Result<Outcome, Error> {
    let format = target.format()?.unwrap_or(Format::Text);
    let (only_count, zone) = (select.count, select.zone());
    let mut query = select.query(order, context);
    let arrangement = source.arrangement(order);
    let is_excerpt = arrangement == Arrangement::Pages && query.is_partial();
    let header = Header { zone, is_excerpt, ..target.header(arrangement) };
    source.check(&query)?;
    // A feed begins with its newest entry, and is cut off at the oldest.
    query.reverse ^= arrangement == Arrangement::Timeline && format.kind() == FormatKind::Feed;
    let options = target.options();
    let protected = Protected::new(source.pages(), context);

    let (selected, outcome) = if only_count {
        let mut sink = target.open(&protected)?;
        let (selected, outcome) = count(source, &query, context)?;
        writeln!(sink, "{}", selected.entries).map_err(Error::writing(&sink.name()))?;
        sink.finish()?;
        (selected, outcome)
    } else if let Some(directory) = target.directory(format, &protected) {
        if header.order.is_mixed() {
            return Err(Error::one_document());
        }
        print(RowSink::file_per_page(directory?, header, options), source, &query, context)?
    } else {
        let mut sink = target.open(&protected)?;
        let rows = RowSink::single_file(&mut sink, format, header, options)?;
        let result = print(rows, source, &query, context)?;
        sink.finish()?;
        result
    };
    report(selected, outcome);
    Ok(outcome)
}

/// Prints the selected entries as rows.
fn print(
    mut rows: RowSink,
    source: &EntrySource,
    query: &Query,
    context: &Context,
) -> Result<(Selected, Outcome), Error> {
    let result = match source {
        EntrySource::Pages(pages, max_bytes) => {
            select_from_pages(pages, *max_bytes, query, |head, row| rows.print_row(row, None, |_| Ok(head.clone())))?
        }
        EntrySource::Archive => {
            let archive = context.open_archive()?;
            let selected = archive.select(query, |row| rows.print_row(row, None, |page| Ok(archive.head(page)?)))?;
            (selected, report_unread(&archive.unread()))
        }
        EntrySource::Search(words) => {
            let archive = context.open_archive()?;
            let each = |row, excerpt| rows.print_row(row, Some(&excerpt), |page| Ok(archive.head(page)?));
            (archive.search(query, words, each)?, report_unread(&archive.unread()))
        }
    };
    rows.finish()?;
    Ok(result)
}

/// Counts the selected entries. The archive counts without reading them.
fn count(source: &EntrySource, query: &Query, context: &Context) -> Result<(Selected, Outcome), Error> {
    match source {
        EntrySource::Pages(pages, max_bytes) => select_from_pages(pages, *max_bytes, query, |_, _| Ok(())),
        EntrySource::Archive => {
            let archive = context.open_archive()?;
            Ok((archive.count(query)?, report_unread(&archive.unread())))
        }
        EntrySource::Search(words) => {
            let archive = context.open_archive()?;
            Ok((archive.count_found(query, words)?, report_unread(&archive.unread())))
        }
    }
}

/// Calls `each` with the selected rows of pages.
pub fn select_from_pages(
    pages: &[PathBuf],
    max_bytes: u64,
    query: &Query,
    each: impl FnMut(&PageHead, Row) -> Result<(), Error>,
) -> Result<(Selected, Outcome), Error> {
    let options = ParseOptions::new(query.now).max_bytes(max_bytes);
    let parse = |document: Document| parse_page(&document, &options);
    thread::scope(|scope| {
        let mut pages = read_pages(scope, pages, ReadOptions { max_bytes, verbose: false }, parse);
        let live_blogs = pages.by_ref().map(|live_blog| (live_blog.source.clone(), live_blog));
        let selected = query.select(live_blogs, each)?;
        Ok((selected, pages.finish()))
    })
}

/// Reports what the rows do not show; where a page failed, that was reported already.
pub fn report(selected: Selected, outcome: Outcome) {
    if selected.entries == 0 && outcome == Outcome::Complete {
        terminal::note("no entries match");
    }
    if selected.completed > 0 {
        let entries = counted(selected.completed, "entry has", "entries have");
        terminal::note(format!(
            "{entries} words that only a later capture shows: at the end of the page, more may have been added since"
        ));
    }
    if selected.untimed > 0 {
        let entries = counted(selected.untimed, "entry without a time was", "entries without a time were");
        terminal::note(format!("{entries} left out by the time filter"));
    }
}
