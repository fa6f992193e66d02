//! What `filter`, `timeline` and `search` share: entries of pages or of the archive, selected and printed in order.

use std::io::Write;
use std::path::PathBuf;
use std::thread;

use liveblog::model::{PageHead, Row};
use liveblog::output::{Arrangement, Format, FormatKind, Header};
use liveblog::query::{Order, Query, Selection};
use liveblog::rows::RowFiles;

use super::answer::Answer;
use super::args::{Context, Select, Target};
use super::near::{self, Seen};
use super::pipeline::{Doubts, PageReader, ReadOptions, RowSink, read_pages};
use super::reading::Reading;
use super::target::Protected;
use super::{Error, Outcome, standard_input, terminal};

/// Where entries come from.
pub enum EntrySource<'a> {
    /// Pages, and how they are read.
    Pages(&'a [PathBuf], &'a Reading),
    /// The archive.
    Archive,
    /// The entries of the archive in which these words occur.
    Search(&'a str),
}

impl<'a> EntrySource<'a> {
    /// The pages that the user names; without any, the archive.
    pub fn new(pages: Option<&'a [PathBuf]>, reading: &'a Reading) -> Self {
        pages.map_or(Self::Archive, |pages| Self::Pages(pages, reading))
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

    /// Reports bytes on standard input that nobody reads.
    pub fn report_unread_input(&self) {
        let is_read = self.pages().iter().any(|page| page == "-");
        if !is_read && standard_input::has_bytes() {
            terminal::note(match self {
                Self::Search(_) => "standard input is not read; liveblog filter - reads it",
                _ => "standard input is not read; give - to read it",
            });
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
    let (only_count, exit_status, zone) = (select.count, select.exit_status(), select.zone());
    let mut query = select.query(order, context);
    let arrangement = source.arrangement(order);
    let is_excerpt = arrangement == Arrangement::Pages && query.is_partial();
    let header = Header { zone, is_excerpt, ..target.header(arrangement) };
    source.check(&query)?;
    if only_count && !matches!(format, Format::Text | Format::Json | Format::Jsonl) {
        return Err(Error::count_is_a_number(format));
    }
    // A feed begins with its newest entry, and is cut off at the oldest.
    query.reverse ^= arrangement == Arrangement::Timeline && format.kind() == FormatKind::Feed;
    let options = target.options();
    let protected = Protected::new(source.pages(), context);

    let answer = if only_count {
        let mut sink = target.open(&protected)?;
        let answer = count(source, &query, context)?;
        writeln!(sink, "{}", answer.selected.entries).map_err(Error::writing(&sink.name()))?;
        sink.finish()?;
        answer
    } else if let Some(directory) = target.directory(format, &protected) {
        print(RowSink::directory(directory?, header, options)?, source, &query, context)?
    } else {
        let mut sink = target.open(&protected)?;
        let rows = RowSink::single_file(&mut sink, format, header, options)?;
        let answer = print(rows, source, &query, context)?;
        sink.finish()?;
        answer
    };
    answer.report();
    source.report_unread_input();
    Ok(answer.outcome(exit_status))
}

/// Prints the selected entries as rows.
fn print(mut rows: RowSink, source: &EntrySource, query: &Query, context: &Context) -> Result<Answer, Error> {
    let answer = match source {
        EntrySource::Pages(pages, reading) => select_from_pages(pages, reading, query, context, |head, row| {
            rows.print_row(row, None, |_| Ok(head.clone()))
        })?,
        EntrySource::Archive => {
            let archive = context.open_archive()?;
            let selected = archive.select(query, |row| rows.print_row(row, None, |page| Ok(archive.head(page)?)))?;
            Answer::stored(selected, &archive, query)
        }
        EntrySource::Search(words) => {
            let archive = context.open_archive()?;
            let each = |row, excerpt| rows.print_row(row, Some(&excerpt), |page| Ok(archive.head(page)?));
            Answer::searched(archive.search(query, words, each)?, &archive, query, words)?
        }
    };
    rows.finish()?;
    Ok(answer)
}

/// Counts the selected entries. The archive counts without reading them.
fn count(source: &EntrySource, query: &Query, context: &Context) -> Result<Answer, Error> {
    match source {
        EntrySource::Pages(pages, reading) => select_from_pages(pages, reading, query, context, |_, _| Ok(())),
        EntrySource::Archive => {
            let archive = context.open_archive()?;
            Ok(Answer::stored(archive.count(query)?, &archive, query))
        }
        EntrySource::Search(words) => {
            let archive = context.open_archive()?;
            Ok(Answer::searched(archive.count_found(query, words)?, &archive, query, words)?)
        }
    }
}

/// Calls `each` with the selected rows of pages, and of files of rows.
pub fn select_from_pages(
    pages: &[PathBuf],
    reading: &Reading,
    query: &Query,
    context: &Context,
    mut each: impl FnMut(&PageHead, Row) -> Result<(), Error>,
) -> Result<Answer, Error> {
    let reader = PageReader::new(reading, query.now);
    let missing = |name: &str| near::missing_page(name, query, context);
    let options = ReadOptions { missing: Some(&missing), ..reading.read_options() };
    let (mut doubts, mut seen) = (Doubts::new(reading), Seen::new(query));
    let (mut selection, mut outcome) = (Selection::new(query), Outcome::Complete);
    let inputs = inputs(pages);
    for input in &inputs {
        let read = match input {
            Input::Pages(pages) => thread::scope(|scope| {
                let mut pages = read_pages(scope, pages, options.clone(), |document| reader.read(document));
                for page in &mut pages {
                    doubts.add(&page);
                    page.live_blog.entries.iter().for_each(|entry| seen.add(entry));
                    let name = page.live_blog.source.clone();
                    selection.add_live_blog(&name, page.live_blog, &mut each)?;
                }
                Ok::<_, Error>(pages.finish())
            })?,
            Input::Rows(files) => {
                let mut outcome = Outcome::Complete;
                if depends_on_zone(query) && !files.name_zones() {
                    terminal::note(
                        "the rows do not name the zones of their live blogs, so times without a zone are read in UTC; \
                         --tz ZONE reads them in another",
                    );
                }
                files.select(&mut selection, &mut each, |error| {
                    terminal::error(&Error::from(error).with_hint());
                    outcome = Outcome::Partial;
                })?;
                outcome
            }
        };
        outcome = outcome.and(read);
    }
    let selected = selection.finish(each)?;
    let near = || {
        // What was left out unread may come near.
        for input in &inputs {
            if let Input::Rows(files) = input {
                files.entries(|entry| seen.add(entry));
            }
        }
        near::hints(query, &seen)
    };
    Ok(Answer::new(selected, outcome, near).with_doubts(doubts))
}

/// Whether what is asked for depends on the zone of a live blog.
fn depends_on_zone(query: &Query) -> bool {
    let times = [&query.since, &query.until, &query.on];
    query.zone.is_none() && times.into_iter().flatten().any(|time| !time.names_zone())
}

/// What the user names: pages, or rows that were written before.
enum Input<'p> {
    /// Pages, one behind another, which are read in parallel.
    Pages(&'p [PathBuf]),
    Rows(RowFiles),
}

/// The inputs in their order.
fn inputs(pages: &[PathBuf]) -> Vec<Input<'_>> {
    let (mut inputs, mut from) = (Vec::new(), 0);
    for (at, page) in pages.iter().enumerate() {
        if let Some(files) = RowFiles::find(page) {
            if from < at {
                inputs.push(Input::Pages(&pages[from..at]));
            }
            inputs.push(Input::Rows(files));
            from = at + 1;
        }
    }
    if from < pages.len() || pages.is_empty() {
        inputs.push(Input::Pages(&pages[from..]));
    }
    inputs
}
