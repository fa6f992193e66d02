//! Reading a page as the user says, the same for every command that reads pages, and reporting what is in doubt.

use chrono::{DateTime, Utc};
use liveblog::archive::UserMetadata;
use liveblog::input::printable;
use liveblog::model::Warning;
use liveblog::{Document, LiveBlog};

use super::{ParsedPage, StoredPages, page_name, parse_page};
use crate::cli::Error;
use crate::cli::args::DEFAULT_ZONE;
use crate::cli::reading::{FileTimeNote, Reading};
use crate::cli::terminal::{self, counted};

/// Reads pages as the user says, else as they are stored.
pub struct PageReader<'a> {
    reading: &'a Reading,
    stored: StoredPages,
    /// The user's name for the live blog in the archive.
    name: Option<&'a str>,
    now: DateTime<Utc>,
}

impl<'a> PageReader<'a> {
    /// Reads pages that have nothing to do with the archive.
    pub fn new(reading: &'a Reading, now: DateTime<Utc>) -> Self {
        Self { reading, stored: StoredPages::default(), name: None, now }
    }

    /// Reads pages of which some may be stored already, under that name.
    pub fn stored_in(self, stored: StoredPages, name: Option<&'a str>) -> Self {
        Self { stored, name, ..self }
    }

    /// Parses a document.
    pub fn read(&self, document: Document) -> Result<ParsedPage, Error> {
        let Self { reading, stored, name, now } = self;
        let file_time = match reading.file_time_note(&document) {
            FileTimeNote::Missing(problem) if reading.is_strict() => {
                return Err(Error::no_file_time(&document.source, &problem));
            }
            note => note,
        };
        let named = |said| UserMetadata { name: name.map(str::to_owned), ..said };
        let stored = stored.find(&document, &named(reading.metadata(&document, None, *now)))?;
        let said = named(reading.metadata(&document, stored.as_ref(), *now));
        let (document, options) = reading.apply_to(document, stored.as_ref(), *now);
        let live_blog = parse_page(&document, &options)?;
        if reading.is_strict() {
            forbid_warnings(&document, &live_blog)?;
        }
        let has_layout = options.layout.is_some();
        Ok(ParsedPage { document, live_blog, said, has_layout, file_time, rendered: Vec::new(), packed: None })
    }
}

fn forbid_warnings(document: &Document, live_blog: &LiveBlog) -> Result<(), Error> {
    if live_blog.warnings.is_empty() {
        return Ok(());
    }
    let name = page_name(document, live_blog);
    let lines: Vec<_> = live_blog.warnings.iter().map(|warning| warning_line(&name, warning)).collect();
    Err(Error::Strict { name, warnings: lines.join("\n  ") })
}

/// What is in doubt of the pages that were read: their warnings, printed or counted, and the times of their files.
#[derive(Default)]
pub struct Doubts {
    verbose: bool,
    warnings: usize,
    pages: usize,
    is_zone_reported: bool,
}

impl Doubts {
    pub fn new(reading: &Reading) -> Self {
        Self { verbose: reading.is_verbose(), ..Self::default() }
    }

    /// Adds a page, and reports what is not only counted.
    pub fn add(&mut self, page: &ParsedPage) {
        self.report_file_time(page);
        let warnings = &page.live_blog.warnings;
        self.warnings += warnings.len();
        self.pages += usize::from(!warnings.is_empty());
        if self.verbose && !warnings.is_empty() {
            let name = page.name();
            warnings.iter().for_each(|warning| terminal::note(warning_line(&name, warning)));
        }
    }

    /// Reports a file without a time, and once that a zone was assumed.
    fn report_file_time(&mut self, page: &ParsedPage) {
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

    /// Prints how many warnings there were, unless each was printed.
    pub fn print_count(&self) {
        if self.warnings > 0 && !self.verbose {
            let warnings = counted(self.warnings, "warning", "warnings");
            terminal::note(format!("{warnings} in {}; -v prints them", counted(self.pages, "page", "pages")));
        }
    }
}

/// A warning as compilers print theirs: `page.txt:12: year-inferred: the stamp has no year`.
fn warning_line(name: &str, Warning { code, line, message, .. }: &Warning) -> String {
    let line = line.map(|line| format!("{line}:")).unwrap_or_default();
    format!("{name}:{line} {code}: {message}")
}
