//! `check`: verify the archive.

use clap::Args;
use liveblog::archive::{self, Archive, Checked, Problem};
use liveblog::output::terminal_safe;

use super::args::Context;
use super::error::problem_with_hint;
use super::pipeline::parse_original;
use super::target::Sink;
use super::terminal::{self, counted};
use super::{Error, Outcome};

/// Verify the archive: the file, the full-text index, and that each original is complete and still gives its entries
///
/// Ends with exit code 1 if anything is wrong.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Check {}

const EXAMPLES: &str = "\
Examples:
  liveblog check                              prints what is wrong, and what to do
  liveblog check && liveblog backup safe.db   a copy of a sound archive";

impl Check {
    pub fn run(self, context: &Context) -> Result<Outcome, Error> {
        let archive = Archive::open_existing(&context.archive()?).map_err(archive::Error::into_unreadable)?;
        let Checked { pages, captures, entries, problems } =
            archive.check(|original| parse_original(original).ok()).map_err(archive::Error::into_unreadable)?;
        // An archive that is read-only or being written may be sound all the same.
        let (unchecked, wrong): (Vec<_>, Vec<_>) = problems
            .iter()
            .partition(|problem| matches!(problem, Problem::IndexUnchecked | Problem::IndexUnfinished(_)));
        unchecked.into_iter().for_each(terminal::note);
        wrong.iter().for_each(|problem| terminal::error(&problem_with_hint(problem)));
        let sound = if wrong.is_empty() { "all is well" } else { "not all is well" };
        let line = format!(
            "{}: {}, {}, {}: {sound}\n",
            terminal_safe(&context.archive()?.display().to_string()),
            counted(pages, "live blog", "live blogs"),
            counted(captures, "capture", "captures"),
            counted(entries, "entry", "entries"),
        );
        Sink::print(line.as_bytes())?;
        Ok(if wrong.is_empty() { Outcome::Complete } else { Outcome::Partial })
    }
}
