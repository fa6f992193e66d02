//! `remove`: take live blogs out of the archive.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write, stderr, stdin};

use clap::Args;
use liveblog::archive::PageSummary;
use liveblog::output::terminal_safe;

use super::args::Context;
use super::terminal::{self, counted};
use super::{Error, Outcome, complete};

/// Remove live blogs from the archive, with all their captures
///
/// On a terminal it asks first. If one of several names matches none, or more than one, nothing is removed.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Remove {
    /// The archived live blogs (each by its name, URL, or a part that matches exactly one)
    #[arg(value_name = "NAME", required = true, add = complete::page())]
    names: Vec<String>,
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
}

const EXAMPLES: &str = "\
Examples:
  liveblog remove flood storm                 asks, then removes both
  liveblog remove example.org/live/flood-12345678 --yes
                                              by its address, in a script
  liveblog backup before.db && liveblog remove flood
                                              with a copy, to be safe";

impl Remove {
    pub fn run(self, context: &Context) -> Result<Outcome, Error> {
        let mut archive = context.open_archive_to_change()?;
        // Two names may be those of one live blog.
        let pages = self.names.iter().map(|name| archive.page(name).map(|page| (page.name.clone(), page)));
        let pages: BTreeMap<_, _> = pages.collect::<Result<_, _>>()?;
        let pages: Vec<_> = pages.into_values().collect();
        if !self.yes && !confirm(&pages)? {
            terminal::note("nothing was removed");
            return Ok(Outcome::Complete);
        }
        for page in &pages {
            archive.remove(&page.name)?;
            terminal::note(format!("removed {}", describe(page)));
        }
        Ok(Outcome::Complete)
    }
}

/// Asks whoever is at the terminal; only `y` or `yes` agrees.
fn confirm(pages: &[PageSummary]) -> Result<bool, Error> {
    if !stdin().is_terminal() {
        let names: Vec<_> = pages.iter().map(|page| page.name.as_str()).collect();
        return Err(Error::nobody_to_ask(&names));
    }
    let question = match pages {
        [page] => format!("remove {} from the archive? [y/N] ", describe(page)),
        _ => {
            let lines: Vec<_> = pages.iter().map(|page| format!("  {}\n", describe(page))).collect();
            format!("{}remove these {} live blogs from the archive? [y/N] ", lines.concat(), pages.len())
        }
    };
    // Where the question cannot be read, no answer counts.
    let asked = write!(stderr(), "{question}").and_then(|()| stderr().flush());
    let mut answer = String::new();
    let answered = asked.and_then(|()| stdin().read_line(&mut answer));
    Ok(answered.is_ok() && ["y", "yes"].contains(&answer.trim().to_lowercase().as_str()))
}

/// `flood: 20 entries of 3 captures`
fn describe(page: &PageSummary) -> String {
    let entries = counted(page.entries + page.removed, "entry", "entries");
    format!("{}: {entries} of {}", terminal_safe(&page.name), counted(page.captures, "capture", "captures"))
}
