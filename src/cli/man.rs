//! `man`: the manual, a page per command.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use super::args::Context;
use super::target::{Protected, Sink};
use super::{Cli, Error, Outcome};

/// Print the manual page of a command, or write the pages of all commands
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Manual {
    /// The command; without it, the program as a whole
    #[arg(value_name = "COMMAND", conflicts_with = "output")]
    command: Option<String>,
    /// Write a page per command into DIR
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  liveblog man parse | man -l -               read one page
  liveblog man -o ~/.local/share/man/man1     install all, for:
  man -M ~/.local/share/man liveblog          (without -M where ~/.local/bin is in $PATH)";

impl Manual {
    pub fn run(self, context: &Context) -> Result<Outcome, Error> {
        let mut program = Cli::command().disable_help_subcommand(true);
        program.build();
        match (&self.output, &self.command) {
            (Some(folder), _) if folder.as_os_str() == "-" => {
                return Err(Error::manual_to_standard_output());
            }
            (Some(folder), _) => write_all(&program, folder, &Protected::new(&[], context))?,
            (None, None) => Sink::print(&render(&program)?)?,
            (None, Some(name)) => {
                let command = program.find_subcommand(name).ok_or_else(|| unknown_command(name, &program))?;
                Sink::print(&render(command)?)?;
            }
        }
        Ok(Outcome::Complete)
    }
}

fn render(command: &Command) -> Result<Vec<u8>, Error> {
    let mut page = Vec::new();
    write_page(command, &mut page).map_err(Error::writing("the manual"))?;
    Ok(page)
}

/// The sections of a page as `man-pages(7)` orders them. [`Man::render`] fills the lines of the examples, and its synopsis
/// names options without their values.
fn write_page(command: &Command, to: &mut dyn Write) -> io::Result<()> {
    let man = Man::new(command.clone()).manual("liveblog").source(concat!("liveblog ", env!("CARGO_PKG_VERSION")));
    man.render_title(to)?;
    man.render_name_section(to)?;
    let usage = command.clone().render_usage().to_string();
    section("SYNOPSIS", usage.trim_start_matches("Usage: ")).to_writer(to)?;
    man.render_description_section(to)?;
    man.render_options_section(to)?;
    if command.has_subcommands() {
        man.render_subcommands_section(to)?;
    }
    if let Some(examples) = command.get_after_help() {
        section("EXAMPLES", examples.to_string().trim_start_matches("Examples:\n")).to_writer(to)?;
    }
    Ok(())
}

/// A section whose lines stay as they are.
fn section(title: &str, lines: &str) -> Roff {
    let mut section = Roff::new();
    section.control("SH", [title]).control("EX", []);
    for line in lines.lines() {
        section.text([roman(line)]);
    }
    section.control("EE", []);
    section
}

/// Writes the pages of the program and of all its commands.
fn write_all(program: &Command, folder: &Path, protected: &Protected) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(Error::writing(&folder.display().to_string()))?;
    for command in std::iter::once(program).chain(program.get_subcommands()) {
        let mut sink = Sink::file(&folder.join(Man::new(command.clone()).get_filename()), protected)?;
        sink.write_all(&render(command)?).map_err(Error::writing(&sink.name()))?;
        sink.finish()?;
    }
    Ok(())
}

fn unknown_command(name: &str, program: &Command) -> Error {
    let known: Vec<_> = program.get_subcommands().map(Command::get_name).collect();
    Error::Usage(format!("{name:?} is no command; known are {}", known.join(", ")))
}
