//! `parse --again`: re-parses all stored originals.

use std::io::Write;

use liveblog::archive::{self, Reparsed};

use crate::cli::args::Context;
use crate::cli::pages::summary_line;
use crate::cli::pipeline::parse_original;
use crate::cli::target::Sink;
use crate::cli::terminal::{self, counted, is_colored};
use crate::cli::{Error, Outcome};

/// How many live blogs are stored together.
const BATCH_SIZE: usize = 64;

/// Re-parses all stored originals, and prints the live blogs that changed.
pub fn run(context: &Context) -> Result<Outcome, Error> {
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

/// Whether an error concerns one live blog, so that the others can go on.
fn is_of_page(error: &Error) -> bool {
    matches!(error, Error::Page { .. } | Error::Input(_) | Error::Archive(archive::Error::Changed { .. }))
}
