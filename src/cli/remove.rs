//! `remove`: take a live blog out of the archive.

use std::io::{IsTerminal, Write, stderr, stdin};

use clap::Args;
use liveblog::archive::PageSummary;
use liveblog::output::terminal_safe;

use super::args::Context;
use super::terminal::{self, counted};
use super::{Error, Outcome, complete};

/// Remove a live blog from the archive, with all its captures
///
/// On a terminal it asks first.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Remove {
    /// The archived live blog (name, URL, or a part that matches exactly one)
    #[arg(value_name = "NAME", add = complete::page())]
    name: String,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

const EXAMPLES: &str = "\
Examples:
  liveblog remove flood                       asks, then removes it
  liveblog remove example.org/live/flood-12345678 --yes
                                              by its address, in a script
  liveblog backup before.db && liveblog remove flood
                                              with a copy, to be safe";

impl Remove {
    pub fn run(self, context: &Context) -> Result<Outcome, Error> {
        let mut archive = context.open_archive_to_change()?;
        let page = archive.page(&self.name)?;
        if !self.yes && !confirm(&page)? {
            terminal::note("nothing was removed");
            return Ok(Outcome::Complete);
        }
        archive.remove(&page.name)?;
        terminal::note(format!("removed {}", describe(&page)));
        Ok(Outcome::Complete)
    }
}

/// Asks whoever is at the terminal; only `y` or `yes` agrees.
fn confirm(page: &PageSummary) -> Result<bool, Error> {
    if !stdin().is_terminal() {
        return Err(Error::nobody_to_ask(&page.name));
    }
    // Where the question cannot be read, no answer counts.
    let asked = write!(stderr(), "remove {} from the archive? [y/N] ", describe(page)).and_then(|()| stderr().flush());
    let mut answer = String::new();
    let answered = asked.and_then(|()| stdin().read_line(&mut answer));
    Ok(answered.is_ok() && ["y", "yes"].contains(&answer.trim().to_lowercase().as_str()))
}

/// `flood: 20 entries of 3 captures`
fn describe(page: &PageSummary) -> String {
    let entries = counted(page.entries + page.removed, "entry", "entries");
    format!("{}: {entries} of {}", terminal_safe(&page.name), counted(page.captures, "capture", "captures"))
}
