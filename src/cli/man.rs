//! `man`: the manual, a page per command.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;

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
  liveblog man -o ~/.local/share/man/man1     install all";

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
    Man::new(command.clone()).render(&mut page).map_err(Error::writing("the manual"))?;
    Ok(page)
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
