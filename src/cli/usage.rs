//! Commands and options that do not exist, answered with those that do what they mean.

use std::ffi::OsString;
use std::path::Path;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory};
use similar::get_close_matches;

use super::Cli;
use super::near::quoted;

/// Commands of other programs, and what they are here.
const FOREIGN_COMMANDS: [(&[&str], &[&str]); 10] = [
    (&["list", "ls"], &["liveblog pages"]),
    (&["show", "view"], &["liveblog filter --page NAME"]),
    (&["cat"], &["liveblog original NAME", "liveblog filter --page NAME"]),
    (&["export"], &["liveblog filter -o FILE", "liveblog filter --page NAME -o FILE"]),
    (&["import", "add"], &["liveblog parse PAGE"]),
    (&["stats", "authors"], &["liveblog count --by author", "liveblog pages"]),
    (&["rename", "mv"], &["liveblog set NAME --name NAME"]),
    (&["rm", "delete"], &["liveblog remove NAME"]),
    (&["query", "grep", "find"], &["liveblog search WORDS", "liveblog filter --text REGEX"]),
    (&["diff", "log"], &["liveblog history NAME"]),
];

/// Commands that would read pages from the web.
const WEB_COMMANDS: [&str; 3] = ["fetch", "download", "get"];

/// Adds to an error of the command line what may have been meant.
pub fn explain(mut error: clap::Error, arguments: &[OsString]) -> clap::Error {
    let text = |error: &clap::Error, kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        _ => None,
    };
    let tips = match error.kind() {
        ErrorKind::InvalidSubcommand => text(&error, ContextKind::InvalidSubcommand).map(|word| command_tips(&word)),
        ErrorKind::UnknownArgument => {
            text(&error, ContextKind::InvalidArg).and_then(|option| option_tip(&option, arguments)).map(|tip| vec![tip])
        }
        ErrorKind::InvalidValue => {
            let near = text(&error, ContextKind::InvalidValue).and_then(|value| near_value(&value, &error));
            if let (Some(near), None) = (near, error.get(ContextKind::SuggestedValue)) {
                error.insert(ContextKind::SuggestedValue, ContextValue::String(near));
            }
            None
        }
        _ => None,
    };
    if let Some(tips) = tips.filter(|tips| !tips.is_empty()) {
        // The usage is that of what clap suggests.
        for kind in [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::Usage] {
            error.remove(kind);
        }
        let tips = tips.into_iter().map(StyledStr::from).collect();
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(tips));
    }
    error
}

/// What a word means that is no command: one of another program, or a page.
fn command_tips(word: &str) -> Vec<String> {
    let foreign = FOREIGN_COMMANDS.iter().find(|(words, _)| words.contains(&word));
    if let Some((_, ours)) = foreign {
        return ours.iter().map(|line| format!("use '{line}'")).collect();
    }
    if WEB_COMMANDS.contains(&word) {
        return vec!["liveblog reads saved pages; curl -sL URL | liveblog parse --url URL -".to_owned()];
    }
    if Path::new(word).exists() { vec![format!("use 'liveblog parse {}'", quoted(word))] } else { Vec::new() }
}

/// Which commands have an option that this one has not. Where both read pages, the line with the other command.
fn option_tip(option: &str, arguments: &[OsString]) -> Option<String> {
    let mut program = Cli::command();
    program.build();
    let is_command = |word: &OsString| word.to_str().and_then(|name| program.find_subcommand(name));
    let (place, command) =
        arguments.iter().enumerate().skip(1).find_map(|(place, word)| Some((place, is_command(word)?)))?;
    let name = option.strip_prefix("--")?;
    let has_option = |other: &&Command| other.get_arguments().any(|known| known.get_long() == Some(name));
    let others: Vec<_> = program.get_subcommands().filter(has_option).collect();
    let first = others.first()?;
    let mut line: Vec<_> = arguments[1..].iter().map(|word| word.to_string_lossy().into_owned()).collect();
    line[place - 1] = first.get_name().to_owned();
    let is_valid =
        || Cli::command().try_get_matches_from(["liveblog"].into_iter().chain(line.iter().map(String::as_str)));
    if reads_pages(command) && reads_pages(first) && is_valid().is_ok() {
        let line: Vec<_> = line.iter().map(|word| quoted(word)).collect();
        return Some(format!("use 'liveblog {}'", line.join(" ")));
    }
    let names: Vec<_> = others.iter().map(|command| command.get_name()).collect();
    Some(format!("{option} is an option of {}", names.join(", ")))
}

fn reads_pages(command: &Command) -> bool {
    command.get_positionals().any(|argument| argument.get_id() == "pages")
}

/// The possible value that a wrong one is nearest to.
fn near_value(value: &str, error: &clap::Error) -> Option<String> {
    let Some(ContextValue::Strings(valid)) = error.get(ContextKind::ValidValue) else { return None };
    let valid: Vec<_> = valid.iter().map(String::as_str).collect();
    get_close_matches(value, &valid, 1, 0.6).first().map(|near| (*near).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tip_is_a_line_that_works() {
        for (words, ours) in FOREIGN_COMMANDS {
            for line in ours {
                assert!(Cli::command().try_get_matches_from(line.split(' ')).is_ok(), "{line}");
            }
            for word in words {
                assert!(Cli::command().find_subcommand(word).is_none(), "{word} is a command now");
            }
        }
    }
}
