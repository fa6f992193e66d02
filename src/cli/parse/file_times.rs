//! What is reported where files say when they were saved.

use liveblog::input::printable;

use crate::cli::args::{DEFAULT_ZONE, NoFileTime};
use crate::cli::pipeline::ParsedPage;
use crate::cli::terminal;

/// What is to be said of the time that a file has, if that was asked for.
pub enum FileTimeNote {
    None,
    /// It has none.
    Missing(NoFileTime),
    /// It names no zone.
    ZoneAssumed,
}

/// Reports the times of files, as pages come in.
#[derive(Default)]
pub struct FileTimes {
    is_zone_reported: bool,
}

impl FileTimes {
    /// Reports files without a time, each, and once that a zone was assumed.
    pub fn report(&mut self, pages: &[ParsedPage]) {
        for page in pages {
            match &page.file_time {
                FileTimeNote::Missing(problem) => {
                    terminal::note(format!("{}: {problem}", printable(&page.document.source)));
                }
                FileTimeNote::ZoneAssumed if !self.is_zone_reported => {
                    self.is_zone_reported = true;
                    terminal::note(format!(
                        "the times in file names name no zone, and were read in {DEFAULT_ZONE}; --zone ZONE reads them in another"
                    ));
                }
                _ => {}
            }
        }
    }
}
