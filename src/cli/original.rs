//! `original`: print the page as it was captured.

use std::io::{IsTerminal, Write, stdout};
use std::path::{Path, PathBuf};

use clap::Args;
use liveblog::output::terminal_safe;

use super::args::Context;
use super::complete;
use super::target::{Protected, Sink};
use super::{Error, Outcome};

/// Print the original of an archived live blog, byte by byte as it was captured
///
/// Without --capture it is the latest capture. On a terminal, control characters are left out.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct PrintOriginal {
    /// The archived live blog (name, URL, or a part that matches exactly one)
    #[arg(value_name = "NAME", add = complete::page())]
    page: String,
    /// The capture with this number, as history shows it
    #[arg(long, value_name = "N")]
    capture: Option<usize>,
    /// Write to FILE; - is standard output. An existing file is replaced once the new one is complete
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  liveblog original flood > flood.html                 the latest capture
  liveblog history flood                               the numbers of all captures
  liveblog original flood --capture 1 -o first.html    the first
  liveblog original flood | sed -n 120,140p            the lines that an entry was read from";

impl PrintOriginal {
    pub fn run(self, context: &Context) -> Result<Outcome, Error> {
        let file = self.output.filter(|file| file.as_os_str() != Path::new("-"));
        let original = context.open_archive()?.original(&self.page, self.capture)?;
        let bytes = original.document.bytes;
        let mut sink = match &file {
            Some(file) => Sink::file(file, &Protected::new(&[], context))?,
            None => Sink::standard_output(),
        };
        if file.is_some() || !stdout().is_terminal() {
            sink.write_all(&bytes)
        } else if bytes.contains(&0) {
            return Err(Error::original_on_terminal(&original.page));
        } else {
            sink.write_all(terminal_safe(&String::from_utf8_lossy(&bytes)).as_bytes())
        }
        .map_err(Error::writing(&sink.name()))?;
        sink.finish()?;
        Ok(Outcome::Complete)
    }
}
