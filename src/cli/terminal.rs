//! The terminal: messages on standard error, the bar of progress, and whether to use colour.

use std::fmt::{self, Display};
use std::io::{Write, stdout};
use std::panic;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use liveblog::input::catches_panics;
use liveblog::output::terminal_safe;

/// Prints an error, with its hint.
pub fn error(error: &impl Display) {
    print(AnsiColor::Red.on_default().bold(), "error: ", error);
}

/// Prints what could not be read, where the rest was.
pub fn warning(message: &impl Display) {
    print(AnsiColor::Yellow.on_default().bold(), "warning: ", message);
}

/// Whether notes and the bar of progress are left out.
static QUIET: AtomicBool = AtomicBool::new(false);

/// Sets whether notes and the bar of progress are left out.
pub fn set_quiet(quiet: bool) {
    QUIET.store(quiet, Ordering::Relaxed);
}

/// Keeps panics from being printed that are caught, and reported as damage of a file.
pub fn keep_caught_panics_silent() {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !catches_panics() {
            print(panic);
        }
    }));
}

/// Prints what is worth knowing beside the data.
pub fn note(message: impl Display) {
    if QUIET.load(Ordering::Relaxed) {
        return;
    }
    print(Style::new(), "", message);
}

/// Messages contain names of files and words of pages, so they are made safe. A closed standard error is ignored: there
/// is no other place to report it.
fn print(style: Style, label: &str, message: impl Display) {
    let message = message.to_string();
    let print = || writeln!(anstream::stderr(), "{style}{label}{style:#}{}", terminal_safe(&message));
    let _ = beside_progress(print);
}

/// `1 entry`, `2 entries`
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Whether text on standard output is coloured.
pub fn is_colored() -> bool {
    AutoStream::choice(&stdout()) != ColorChoice::Never
}

/// Work that is done sooner needs no bar.
const DELAY: Duration = Duration::from_millis(500);

const TEMPLATE: &str = "{wide_bar} {pos} of {len} files, {speed}, {left} left";

/// The bar on the terminal, if there is one: it is hidden while anything else is printed.
static BAR: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Prints something while there may be a bar.
pub fn beside_progress<T>(print: impl FnOnce() -> T) -> T {
    let bar = lock_bar().clone();
    match bar {
        Some(bar) => bar.suspend(print),
        None => print(),
    }
}

fn lock_bar() -> MutexGuard<'static, Option<ProgressBar>> {
    BAR.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Progress of work on files: a bar on standard error, where that is a terminal.
pub struct Progress {
    bar: ProgressBar,
    bytes: Arc<AtomicU64>,
    started: Instant,
}

impl Progress {
    /// Starts work on so many files.
    pub fn new(files: usize) -> Self {
        let bytes = Arc::new(AtomicU64::new(0));
        let read = Arc::clone(&bytes);
        // Errors of drawing the bar are ignored.
        let speed = move |state: &ProgressState, to: &mut dyn fmt::Write| {
            let rate = read.load(Ordering::Relaxed) as f64 / 1e6 / state.elapsed().as_secs_f64().max(0.001);
            let _ = write!(to, "{rate:.1} MB/s");
        };
        let left = |state: &ProgressState, to: &mut dyn fmt::Write| {
            let _ = write!(to, "{:#}", HumanDuration(state.eta()));
        };
        let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::hidden());
        bar.set_style(style.with_key("speed", speed).with_key("left", left).progress_chars("█▉▊▋▌▍▎▏ "));
        Self { bar, bytes, started: Instant::now() }
    }

    /// Adds bytes that were read.
    pub fn add_bytes(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Adds a file that is done.
    pub fn add_file(&self) {
        self.bar.inc(1);
        if self.bar.is_hidden() && !QUIET.load(Ordering::Relaxed) && self.started.elapsed() > DELAY {
            self.show();
        }
    }

    /// Shows the bar if standard error is a terminal. A finished bar stays away: a thread may still be at its last file.
    fn show(&self) {
        let mut shown = lock_bar();
        if shown.is_none() && !self.bar.is_finished() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            *shown = Some(self.bar.clone());
        }
    }

    /// Removes the bar.
    pub fn finish(&self) {
        let mut shown = lock_bar();
        self.bar.finish_and_clear();
        *shown = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_of_the_bar_is_valid() {
        assert!(ProgressStyle::with_template(TEMPLATE).is_ok());
    }
}
