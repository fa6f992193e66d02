//! Signals that end the program: unfinished files are removed, and it says what was stored.
//!
//! From the first step on that is never left half done, a thread waits for them. While pages are stored, the main thread
//! ends after the current batch, so that the archive is closed in order; otherwise, or when that takes too long, the
//! waiting thread ends the program. A program that leaves nothing behind has no such step, and needs no thread: a signal
//! ends it as it ends any other.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::exit;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use super::Error;
use super::terminal::{self, counted};

/// What is left to do when a signal comes. A thread that holds the lock is not interrupted.
static STATE: Mutex<State> =
    Mutex::new(State { signal: None, unfinished: Vec::new(), archive: None, is_open: false, stored: 0 });

/// What is left to do when a signal comes.
pub struct State {
    signal: Option<i32>,
    /// Files that are removed unless they are finished.
    unfinished: Vec<PathBuf>,
    /// The archive that pages are stored in.
    archive: Option<PathBuf>,
    /// Whether it is open, so that it should be closed in order.
    is_open: bool,
    /// How many pages were stored in it.
    stored: usize,
}

impl State {
    /// Notes a file that is to be removed unless it is finished.
    pub fn begin_file(&mut self, file: &Path) {
        self.unfinished.push(file.to_owned());
    }

    /// Notes that a file is finished.
    pub fn finish_file(&mut self, file: &Path) {
        self.unfinished.retain(|unfinished| unfinished != file);
    }

    /// Notes that pages are going to be stored.
    pub fn begin_storing(&mut self, archive: &Path) {
        self.archive = Some(archive.to_owned());
    }

    /// Notes that the archive is open.
    pub fn open_archive(&mut self) {
        self.is_open = true;
    }

    /// Notes that pages are stored.
    pub fn store(&mut self, pages: usize) {
        self.stored += pages;
    }
}

/// Does a step that is never left half done.
pub fn uninterrupted<T>(step: impl FnOnce(&mut State) -> T) -> T {
    static WATCHED: Once = Once::new();
    WATCHED.call_once(watch);
    step(&mut lock())
}

/// Checks that no signal ends the program.
///
/// # Errors
/// [`Error::Interrupted`] if it has.
pub fn check() -> Result<(), Error> {
    lock().signal.map_or(Ok(()), |signal| Err(Error::Interrupted(signal)))
}

/// Ends the program because of a signal, with the exit code that shells expect.
pub fn end(signal: i32) -> ! {
    // The lock is held to the end, so that nothing new is begun.
    let state = lock();
    for file in &state.unfinished {
        // A file that is already gone needs no removal; other errors cannot be handled any more.
        let _ = fs::remove_file(file);
    }
    terminal::note(match &state.archive {
        None => "interrupted".to_owned(),
        Some(_) if state.stored == 0 => "interrupted: nothing was stored".to_owned(),
        Some(archive) => {
            let pages = counted(state.stored, "page was", "pages were");
            format!("interrupted: {pages} stored in {}", archive.display())
        }
    });
    exit(128 + signal)
}

fn lock() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits for signals from now on. Where that is not possible, they end the program as they always do.
#[cfg(unix)]
fn watch() {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;
    use std::thread;
    use std::time::Duration;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::flag;
    use signal_hook::iterator::Signals;

    /// How long the main thread may take to store the pages at hand.
    const PATIENCE: Duration = Duration::from_secs(2);

    let was_signalled = Arc::new(AtomicBool::new(false));
    let ignored = ignored_signals();
    let signals: Vec<_> = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| !ignored.contains(signal)).collect();
    let Ok(mut waiting) = Signals::new(&signals) else { return };
    let wait = move || {
        if let Some(signal) = waiting.forever().next() {
            let mut state = lock();
            state.signal = Some(signal);
            let is_open = state.is_open;
            drop(state);
            if is_open {
                thread::sleep(PATIENCE);
            }
            end(signal)
        }
    };
    if thread::Builder::new().spawn(wait).is_ok() {
        // A second signal ends the program at once. The order matters: the second signal finds the flag set.
        for &signal in &signals {
            let _ = flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&was_signalled));
            let _ = flag::register(signal, Arc::clone(&was_signalled));
        }
    }
}

#[cfg(not(unix))]
fn watch() {}

/// The signals that the program was started to ignore, as `nohup` does. Only Linux says so without `unsafe` code; elsewhere
/// SIGHUP alone is left as it is, since it is the one that `nohup` has ignored.
#[cfg(unix)]
fn ignored_signals() -> Vec<i32> {
    if !cfg!(target_os = "linux") {
        return vec![signal_hook::consts::SIGHUP];
    }
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| u64::from_str_radix(line.strip_prefix("SigIgn:")?.trim(), 16).ok());
    let ignored = ignored.unwrap_or_default();
    (1..64).filter(|signal| ignored >> (signal - 1) & 1 == 1).collect()
}
