//! How far bulk work has come: a bar on standard error, where that is a terminal, and apart from all that is printed.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// Work that is done sooner needs no bar.
const DELAY: Duration = Duration::from_millis(500);

const FORM: &str = "{wide_bar} {pos} of {len} files, {speed}, {left} left";

/// The bar that is on the terminal, if there is one: what is printed meanwhile must stand apart from it.
static BAR: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Prints something while there may be a bar.
pub fn aside<T>(print: impl FnOnce() -> T) -> T {
    let bar = BAR.lock().unwrap_or_else(PoisonError::into_inner).clone();
    match bar {
        Some(bar) => bar.suspend(print),
        None => print(),
    }
}

/// Work on files, as far as it has come. When it is dropped, the bar goes.
pub struct Progress {
    bar: ProgressBar,
    bytes: Arc<AtomicU64>,
    started: Instant,
}

impl Progress {
    /// Work on so many files.
    pub fn over(files: usize) -> Self {
        let bytes = Arc::new(AtomicU64::new(0));
        let read = Arc::clone(&bytes);
        let speed = move |state: &ProgressState, to: &mut dyn Write| {
            let rate = read.load(Ordering::Relaxed) as f64 / 1e6 / state.elapsed().as_secs_f64().max(0.001);
            // There is nobody to be told of a bar that cannot be drawn.
            let _ = write!(to, "{rate:.1} MB/s");
        };
        let left = |state: &ProgressState, to: &mut dyn Write| {
            let _ = write!(to, "{:#}", HumanDuration(state.eta()));
        };
        let style = ProgressStyle::with_template(FORM).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::hidden());
        bar.set_style(style.with_key("speed", speed).with_key("left", left).progress_chars("█▉▊▋▌▍▎▏ "));
        Self { bar, bytes, started: Instant::now() }
    }

    /// So many bytes were read.
    pub fn read(&self, bytes: usize) {
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// A file is done.
    pub fn done(&self) {
        self.bar.inc(1);
        if self.bar.is_hidden() && self.started.elapsed() > DELAY {
            self.show();
        }
    }

    /// Shows the bar, unless standard error is no terminal.
    fn show(&self) {
        let mut shown = BAR.lock().unwrap_or_else(PoisonError::into_inner);
        if shown.is_none() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            *shown = Some(self.bar.clone());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
        *BAR.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_is_of_a_form_that_can_be_drawn() {
        assert!(ProgressStyle::with_template(FORM).is_ok());
    }
}
