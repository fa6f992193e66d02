//! The terminal: messages on standard error, the bar of progress, and whether to use colour.

use std::fmt::Display;
use std::io::{Write, stdout};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget};
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
    if is_quiet() {
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

/// Shows a bar if standard error is a terminal, and no other is shown. A finished bar stays away: a thread may still be
/// at its last file.
pub fn show_bar(bar: &ProgressBar) {
    let mut shown = lock_bar();
    if shown.is_none() && !bar.is_finished() && !is_quiet() {
        bar.set_draw_target(ProgressDrawTarget::stderr());
        *shown = Some(bar.clone());
    }
}

/// Removes a bar.
pub fn remove_bar(bar: &ProgressBar) {
    let mut shown = lock_bar();
    bar.finish_and_clear();
    *shown = None;
}

fn is_quiet() -> bool {
    QUIET.load(Ordering::Relaxed)
}
