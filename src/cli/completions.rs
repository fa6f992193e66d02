//! `completions`: print what a shell needs to complete the words of this program.

use clap::Args;
use clap::builder::PossibleValuesParser;
use clap_complete::env::Shells;

use super::target::Sink;
use super::{Error, Outcome};

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Completions {
    /// The shell
    #[arg(value_name = "SHELL", value_parser = PossibleValuesParser::new(Shells::builtins().names()))]
    shell: String,
}

const EXAMPLES: &str = "\
Examples:
  mkdir -p ~/.local/share/bash-completion/completions
  liveblog completions bash > ~/.local/share/bash-completion/completions/liveblog
  mkdir -p ~/.config/fish/completions
  liveblog completions fish > ~/.config/fish/completions/liveblog.fish
  mkdir -p ~/.zfunc
  liveblog completions zsh > ~/.zfunc/_liveblog

Bash needs the package bash-completion. Zsh needs these lines in ~/.zshrc, and a new shell:
  fpath=(~/.zfunc $fpath)
  autoload -Uz compinit && compinit";

/// Bash inserts what a completion function returns as it is: values with spaces must be quoted, unless the user has begun
/// with a quotation mark.
const BASH_QUOTING: &str = r#"
_liveblog() {
    case ${COMP_WORDS[COMP_CWORD]} in
        [\'\"]*) _clap_complete_liveblog "$@" ;;
        *)
            _clap_complete_liveblog "$1" "${2//\\/}" "$3"
            local i
            for i in "${!COMPREPLY[@]}"; do COMPREPLY[i]=$(printf %q "${COMPREPLY[i]}"); done
            ;;
    esac
}
complete -o nospace -o bashdefault -F _liveblog liveblog
[[ "${BASH_VERSINFO[0]}" -lt 5 ]] || complete -o nospace -o bashdefault -o nosort -F _liveblog liveblog
"#;

impl Completions {
    pub fn run(self) -> Result<Outcome, Error> {
        let shells = Shells::builtins();
        let shell =
            shells.completer(&self.shell).ok_or_else(|| Error::Usage(format!("{:?} is no shell", self.shell)))?;
        let mut script = Vec::new();
        shell
            .write_registration("COMPLETE", "liveblog", "liveblog", "liveblog", &mut script)
            .map_err(Error::writing("the completions"))?;
        if self.shell == "bash" {
            script.extend_from_slice(BASH_QUOTING.as_bytes());
        }
        Sink::print(&script)?;
        Ok(Outcome::Complete)
    }
}
