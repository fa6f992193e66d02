//! Progress of reading: a bar on the terminal, or lines where the user asks for them.

use std::fmt::{self, Write};
use std::fs;
use std::io::{IsTerminal, stderr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use liveblog::input::Source;

use super::terminal::{self, counted};

/// Work that is done sooner needs no bar.
const DELAY: Duration = Duration::from_millis(500);

/// How often a line is printed where there is no bar.
const INTERVAL: Duration = Duration::from_secs(10);

const TEMPLATE: &str = "{wide_bar} {counts}, {left} left";

/// Progress of reading files.
pub struct Progress {
    counts: Arc<Counts>,
    /// How many bytes the files have, if that is known and needed.
    total: Option<u64>,
    bar: ProgressBar,
    /// Whether lines are printed.
    has_lines: bool,
    /// When the bar is shown, or the next line is printed.
    next: Mutex<Instant>,
}

/// What was read so far.
struct Counts {
    files: u64,
    started: Instant,
    files_read: AtomicU64,
    bytes_read: AtomicU64,
    records: AtomicU64,
    pages: AtomicU64,
}

impl Progress {
    /// Starts work on files; if the user asks for progress, lines are printed where standard error is no terminal.
    pub fn new(sources: &[Source], is_asked: bool) -> Self {
        let counts = Arc::new(Counts {
            files: sources.len() as u64,
            started: Instant::now(),
            files_read: AtomicU64::default(),
            bytes_read: AtomicU64::default(),
            records: AtomicU64::default(),
            pages: AtomicU64::default(),
        });
        let is_terminal = stderr().is_terminal();
        let has_lines = is_asked && !is_terminal;
        let total = if is_asked || is_terminal { total_bytes(sources) } else { None };
        let shown = Arc::clone(&counts);
        // Errors of drawing the bar are ignored.
        let show_counts = move |_: &ProgressState, to: &mut dyn Write| _ = write!(to, "{shown}");
        let show_left = |state: &ProgressState, to: &mut dyn Write| _ = write!(to, "{:#}", HumanDuration(state.eta()));
        let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        bar.set_style(style.with_key("counts", show_counts).with_key("left", show_left).progress_chars("█▉▊▋▌▍▎▏ "));
        let next = counts.started + if has_lines { INTERVAL } else { DELAY };
        Self { counts, total, bar, has_lines, next: Mutex::new(next) }
    }

    /// Adds what was read of a file, and shows it now and then.
    pub fn add(&self, bytes: u64, records: u64) {
        self.counts.bytes_read.fetch_add(bytes, Ordering::Relaxed);
        self.counts.records.fetch_add(records, Ordering::Relaxed);
        self.show();
    }

    /// Adds live pages.
    pub fn add_pages(&self, pages: usize) {
        self.counts.pages.fetch_add(pages as u64, Ordering::Relaxed);
    }

    /// Adds a file that is done.
    pub fn add_file(&self) {
        self.counts.files_read.fetch_add(1, Ordering::Relaxed);
        self.show();
    }

    fn show(&self) {
        // While one thread shows it, the others go on.
        let Ok(mut next) = self.next.try_lock() else { return };
        let now = Instant::now();
        if now < *next {
            return;
        }
        if self.has_lines {
            terminal::note(self.line());
            *next = now + INTERVAL;
        } else {
            if self.bar.length().is_none() {
                self.bar.set_length(self.total.unwrap_or_default());
                terminal::show_bar(&self.bar);
            }
            self.bar.set_position(self.counts.bytes_read.load(Ordering::Relaxed));
            *next = now + DELAY / 5;
        }
    }

    /// `3 of 8 files, 4000 records, 12 live pages, 1021.7 MB, 312.4 MB/s, 2 minutes left`
    fn line(&self) -> String {
        let Counts { started, bytes_read, .. } = &*self.counts;
        let read = bytes_read.load(Ordering::Relaxed);
        let left = self.total.filter(|_| read > 0).map(|total| {
            let seconds = started.elapsed().as_secs_f64() * (total.saturating_sub(read) as f64 / read as f64);
            format!(", {:#} left", HumanDuration(Duration::from_secs_f64(seconds)))
        });
        format!("{}{}", self.counts, left.unwrap_or_default())
    }

    /// Ends it; where lines are printed, with one for all.
    pub fn finish(&self) {
        terminal::remove_bar(&self.bar);
        if self.has_lines {
            terminal::note(&self.counts);
        }
    }
}

impl fmt::Display for Counts {
    /// `3 of 8 files, 4000 records, 12 live pages, 1021.7 MB, 312.4 MB/s`
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        let [read, bytes, records, pages] =
            [&self.files_read, &self.bytes_read, &self.records, &self.pages].map(|count| count.load(Ordering::Relaxed));
        write!(to, "{read} of {}", counted(self.files as usize, "file", "files"))?;
        if records > 0 {
            write!(to, ", {}", counted(records as usize, "record", "records"))?;
        }
        let megabytes = bytes as f64 / 1e6;
        let rate = megabytes / self.started.elapsed().as_secs_f64().max(0.001);
        write!(to, ", {}, {megabytes:.1} MB, {rate:.1} MB/s", counted(pages as usize, "live page", "live pages"))
    }
}

/// How many bytes the files have; `None` if that is not known, as of standard input.
fn total_bytes(sources: &[Source]) -> Option<u64> {
    let length = |source: &Source| match source {
        Source::StandardInput => None,
        Source::File { path, .. } => {
            Some(fs::metadata(path).ok().filter(fs::Metadata::is_file).map_or(0, |file| file.len()))
        }
    };
    sources.iter().map(length).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_of_the_bar_is_valid() {
        assert!(ProgressStyle::with_template(TEMPLATE).is_ok());
    }
}
