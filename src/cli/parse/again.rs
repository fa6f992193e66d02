//! `parse --again`: reading all that is kept by today's grammar.

use std::io::{BufWriter, Write, stdout};

use liveblog::archive::{self, Reparsed};

use crate::cli::context::Context;
use crate::cli::listing::is_colored;
use crate::cli::words::{self, counted};
use crate::cli::{Error, Outcome, list, pages};

/// How many live blogs are kept together.
const BATCH: usize = 64;

/// Reads everything again, and prints the live blogs that now tell something else.
pub fn run(context: &Context) -> Result<Outcome, Error> {
    let mut archive = context.open_archive()?;
    let pages = archive.pages()?;
    let mut to = BufWriter::new(stdout().lock());
    let (mut read, mut failed, mut otherwise) = (0, 0, 0);
    archive.repair_index()?;
    for pages in pages.chunks(BATCH) {
        let mut changed = Vec::new();
        let mut batch = archive.batch()?;
        for page in pages {
            match batch.reparse(&page.name, pages::again) {
                Ok(Reparsed::Unchanged) => read += 1,
                Ok(Reparsed::Changed) => changed.push(&page.name),
                // What cannot be read today stays as it was read then.
                Err(error) if is_of_page(&error) => {
                    words::error(&format!("{}: {error}", page.name));
                    failed += 1;
                }
                Err(error) => return Err(error),
            }
        }
        batch.commit()?;
        for name in changed {
            otherwise += 1;
            let line = list::line(&archive.page(name)?, is_colored());
            writeln!(to, "{line}").map_err(Error::writing("standard output"))?;
        }
    }
    to.flush().map_err(Error::writing("standard output"))?;
    let read = counted(read + otherwise, "live blog", "live blogs");
    words::note(format!("{read} read again, {otherwise} of them otherwise than before"));
    Ok(if failed == 0 { Outcome::Complete } else { Outcome::Partial })
}

/// Whether an error is of a live blog alone, and the others can go on.
fn is_of_page(error: &Error) -> bool {
    matches!(error, Error::Page { .. } | Error::Input(_) | Error::Archive(archive::Error::Changed { .. }))
}
