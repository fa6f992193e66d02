//! `completions`: print what a shell needs to complete the words of this program.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::target::Sink;
use super::{Cli, Error, Outcome};

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Completions {
    /// The shell
    shell: Shell,
}

const EXAMPLES: &str = "\
Examples:
  liveblog completions bash > ~/.local/share/bash-completion/completions/liveblog
  liveblog completions fish > ~/.config/fish/completions/liveblog.fish
  liveblog completions zsh > ~/.zfunc/_liveblog";

impl Completions {
    pub fn run(self) -> Result<Outcome, Error> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "liveblog", &mut script);
        Sink::print(&script)?;
        Ok(Outcome::Complete)
    }
}
