//! `history`: what changed between captures.

mod diff;
mod text;

use chrono::{DateTime, Utc};
use clap::Args;
use liveblog::archive::{self, ChangeKind, Difference};
use liveblog::model::Entry;
use serde::Serialize;

use self::text::Text;
use super::args::Context;
use super::pipeline::report_unread;
use super::target::{Sink, write_json};
use super::terminal::{self, is_colored};
use super::{Error, Outcome, complete};

/// Show what changed between captures
///
/// Entries are added, edited, removed or restored. Edits are shown word by word: [-removed words-] and {+added words+}.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ShowHistory {
    /// The archived live blog (name, URL, or a part that matches exactly one); without it, all with more than one
    /// capture
    #[arg(value_name = "NAME", add = complete::page())]
    name: Option<String>,
    /// As JSON: one array of changes
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  liveblog parse flood.txt --captured '19 June 2023 15:00'
  liveblog parse flood-later.txt --captured '19 June 2023 18:00'
  liveblog history flood                      what changed between three and six o'clock
  liveblog history --json | jq '.[] | select(.change == \"removed\") | .entry.title'
                                              the titles of all entries that were taken down";

impl ShowHistory {
    pub fn run(self, context: &Context) -> Result<Outcome, Error> {
        let archive = context.open_archive()?;
        let names = match self.name {
            Some(name) => vec![name],
            None => {
                let pages = archive.pages()?.into_iter().filter(|page| page.captures > 1);
                pages.map(|page| page.name).collect()
            }
        };
        if names.is_empty() {
            terminal::note("no live blog was captured more than once");
        }
        let histories = names.iter().map(|name| archive.history(name)).collect::<Result<Vec<_>, _>>()?;
        let mut to = Sink::standard_output();
        let printed = if self.json {
            write_json(&mut to, &histories.iter().flat_map(rows).collect::<Vec<_>>())
        } else {
            Text { to: &mut to, color: is_colored() }.write_all(&histories)
        };
        printed.map_err(Error::writing(&to.name()))?;
        to.finish()?;
        Ok(report_unread(&archive.unread()))
    }
}

/// A change as a row of JSON.
#[derive(Serialize)]
struct Row<'h> {
    page: &'h str,
    page_title: Option<&'h str>,
    source: &'h str,
    captured: Option<DateTime<Utc>>,
    kept: DateTime<Utc>,
    since: DateTime<Utc>,
    change: ChangeKind,
    differences: &'h [Difference],
    entry: &'h Entry,
}

fn rows(history: &archive::History) -> impl Iterator<Item = Row<'_>> {
    history.steps.iter().flat_map(|step| {
        step.changes.iter().map(|change| Row {
            page: &history.page,
            page_title: history.title.as_deref(),
            source: &step.source,
            captured: step.captured,
            kept: step.kept,
            since: change.since,
            change: change.became,
            differences: &change.differences,
            entry: &change.entry,
        })
    })
}
