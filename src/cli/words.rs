//! Words on standard error: errors, and what is worth knowing beside the data.

use std::fmt::Display;
use std::io::Write;

use anstyle::{AnsiColor, Style};
use liveblog::input::printable;
use liveblog::model::Warning;
use liveblog::output::terminal_safe;

use super::progress;

/// Says what went wrong, and what to do.
pub fn error(error: &impl Display) {
    say(AnsiColor::Red.on_default().bold(), "error: ", error);
}

/// Says what is worth knowing.
pub fn note(words: impl Display) {
    say(Style::new(), "", words);
}

/// Names of files and words of pages go to the terminal, so all is cleaned. There is nowhere left to tell it should
/// standard error be closed.
fn say(style: Style, label: &str, words: impl Display) {
    let words = words.to_string();
    let say = || writeln!(anstream::stderr(), "{style}{label}{style:#}{}", terminal_safe(&words));
    let _ = progress::aside(say);
}

/// A warning as compilers print theirs: `page.txt:12: year-inferred: the stamp has no year`.
pub fn warning(source: &str, warning: &Warning) -> String {
    let Warning { code, line, message, .. } = warning;
    let line = line.map(|line| format!("{line}:")).unwrap_or_default();
    format!("{}:{line} {code}: {message}", printable(source))
}

/// `1 entry`, `2 entries`
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
