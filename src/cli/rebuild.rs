//! `rebuild`: re-parse all stored originals.

use std::io::Write;

use clap::Args;
use liveblog::archive::{self, Reparsed};

use super::args::Context;
use super::pages::summary_line;
use super::pipeline::parse_original;
use super::target::Sink;
use super::terminal::{self, counted, is_colored};
use super::{Error, Outcome};

/// Re-parse all stored originals, each with the options of its time, and print the live blogs that changed
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Rebuild {}

const EXAMPLES: &str = "\
Examples:
  liveblog backup before.db && liveblog rebuild    after an update of liveblog
  liveblog check || liveblog rebuild               where the archive needs it";

/// How many live blogs are stored together.
const BATCH_SIZE: usize = 64;

impl Rebuild {
    pub fn run(self, context: &Context) -> Result<Outcome, Error> {
        let mut archive = context.open_archive_to_change()?;
        let pages = archive.pages()?;
        let mut to = Sink::standard_output();
        let (mut parsed, mut failed, mut changed_count) = (0, 0, 0);
        archive.repair_index()?;
        for pages in pages.chunks(BATCH_SIZE) {
            let mut changed = Vec::new();
            let mut batch = archive.batch()?;
            for page in pages {
                match batch.reparse(&page.name, parse_original) {
                    Ok(Reparsed::Unchanged) => parsed += 1,
                    Ok(Reparsed::Changed) => changed.push(&page.name),
                    // A page that cannot be parsed any more keeps its entries.
                    Err(error) if is_of_page(&error) => {
                        terminal::error(&format!("{}: {}", page.name, error.with_hint()));
                        failed += 1;
                    }
                    Err(error) => return Err(error),
                }
            }
            batch.commit()?;
            for name in changed {
                changed_count += 1;
                let line = summary_line(&archive.page(name)?, is_colored());
                writeln!(to, "{line}").map_err(Error::writing(&to.name()))?;
            }
        }
        to.finish()?;
        let parsed = counted(parsed + changed_count, "live blog", "live blogs");
        terminal::note(format!("re-parsed {parsed}; {changed_count} changed"));
        Ok(if failed == 0 { Outcome::Complete } else { Outcome::Partial })
    }
}

/// Whether an error concerns one live blog, so that the others can go on.
fn is_of_page(error: &Error) -> bool {
    matches!(error, Error::Page { .. } | Error::Input(_) | Error::Archive(archive::Error::Changed { .. }))
}
