//! `history`: what changed between captures.

mod describe;
mod diff;
mod document;
mod formats;
mod rows;
mod select;
mod text;

use clap::Args;

use self::formats::write_changes;
use self::select::SelectChanges;
use super::args::Context;
use super::listing::{self, Listing};
use super::pipeline::report_unread;
use super::terminal;
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
    #[command(flatten)]
    select: SelectChanges,
    #[command(flatten)]
    listing: Listing,
}

const EXAMPLES: &str = "\
Examples:
  liveblog parse flood.txt --captured '19 June 2023 15:00'
  liveblog parse flood-later.txt --captured '19 June 2023 18:00'
  liveblog history flood                      what changed between three and six o'clock
  liveblog history --author 'Ada Example' --csv -o edits.csv
                                              a table of what she changed, field by field
  liveblog history flood -o flood.html        a page to show to an editor
  liveblog history --json | jq '.[] | select(.change == \"removed\") | .entry.title'
                                              the titles of all entries that were taken down";

impl ShowHistory {
    pub fn run(self, context: &Context) -> Result<Outcome, Error> {
        let archive = context.open_archive()?;
        let mut names: Vec<_> = self.name.iter().chain(&self.select.page).cloned().collect();
        if names.is_empty() {
            let pages = archive.pages()?.into_iter().filter(|page| page.captures > 1);
            names.extend(pages.map(|page| page.name));
        }
        if names.is_empty() {
            terminal::note("no live blog was captured more than once");
        }
        let mut histories = names.iter().map(|name| archive.history(name)).collect::<Result<Vec<_>, _>>()?;
        self.select.apply_to(&mut histories, context);
        self.listing.print(&listing::ROWS_AND_DOCUMENTS, context, |to, format, style| {
            write_changes(to, format, &histories, style)
        })?;
        Ok(report_unread(&archive.unread()))
    }
}
