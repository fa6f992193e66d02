//! The command line: which command calls which function, and the exit codes.

mod answer;
mod args;
mod backup;
mod check;
mod complete;
mod completions;
mod corrections;
mod count;
mod entries;
mod error;
mod files_from;
mod filter;
mod history;
mod interrupt;
mod listing;
mod man;
mod near;
mod original;
mod pages;
mod parse;
mod pipeline;
mod rebuild;
mod remove;
mod schema;
mod search;
mod set;
mod standard_input;
mod target;
mod terminal;
mod timeline;
mod usage;
mod zone;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use self::args::Context;
use self::error::Error;

/// Turn saved live pages into data: timestamped entries, stored, searched, put on a timeline, exported.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = EXAMPLES)]
struct Cli {
    #[command(flatten)]
    context: Context,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Parse(parse::Parse),
    Filter(filter::Filter),
    Timeline(timeline::Timeline),
    Search(search::Search),
    Count(count::Count),
    Pages(pages::Pages),
    History(history::ShowHistory),
    Original(original::PrintOriginal),
    Set(set::Set),
    Remove(remove::Remove),
    Check(check::Check),
    Backup(backup::Backup),
    Rebuild(rebuild::Rebuild),
    Schema(schema::Schema),
    Completions(completions::Completions),
    Man(man::Manual),
}

const EXAMPLES: &str = "\
Examples:
  liveblog parse page.txt --json             print a saved page as JSON, and store it
  liveblog filter --author \"Ada Example\"     the entries of an author, on all stored pages
  liveblog timeline --since 12:00            what happened from noon on
  liveblog search tunnel pumps               where both words occur, best match first";

/// Whether a command did all that was asked for; what it did not was reported on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Complete,
    Partial,
}

impl Outcome {
    /// Complete if both are.
    fn and(self, other: Self) -> Self {
        if self == Self::Complete { other } else { self }
    }
}

/// Runs the program.
pub fn run() -> ExitCode {
    complete::answer();
    // On Windows a program expands `*.html` itself.
    let arguments: Vec<_> = wild::args_os().collect();
    let matches = Cli::command()
        .try_get_matches_from(&arguments)
        .unwrap_or_else(|error| usage::explain(error, &arguments).exit());
    let name = matches.subcommand_name().unwrap_or_default().to_owned();
    let Cli { context, command } = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    context.set_color();
    interrupt::watch();
    let outcome = match command {
        Command::Parse(parse) => parse.run(&context),
        Command::Filter(filter) => filter.run(&context),
        Command::Timeline(timeline) => timeline.run(&context),
        Command::Search(search) => search.run(&context),
        Command::Count(count) => count.run(&context),
        Command::Pages(pages) => pages.run(&context),
        Command::History(history) => history.run(&context),
        Command::Original(original) => original.run(&context),
        Command::Set(set) => set.run(&context),
        Command::Remove(remove) => remove.run(&context),
        Command::Check(check) => check.run(&context),
        Command::Backup(backup) => backup.run(&context),
        Command::Rebuild(rebuild) => rebuild.run(&context),
        Command::Schema(schema) => schema.run(&context),
        Command::Completions(completions) => completions.run(),
        Command::Man(manual) => manual.run(&context),
    };
    match outcome {
        Ok(Outcome::Complete) => ExitCode::SUCCESS,
        Ok(Outcome::Partial) => ExitCode::FAILURE,
        // The reader of the output has seen enough: `liveblog … | head`.
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(Error::Interrupted(signal)) => interrupt::end(signal),
        Err(error) if error.is_usage() => {
            terminal::error(&error.with_usage_hint(&name));
            ExitCode::from(2)
        }
        Err(error) => {
            terminal::error(&error.with_hint());
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn the_options_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn an_option_means_the_same_in_every_command() {
        /// Options of lists, histories and manuals, whose output is not that of entries.
        const OTHERS: [&str; 11] =
            ["format", "json", "jsonl", "csv", "output", "since", "until", "on", "at", "limit", "capture"];
        let mut program = Cli::command();
        program.build();
        let mut meanings: BTreeMap<String, String> = BTreeMap::new();
        for command in program.get_subcommands() {
            for option in command.get_opts().filter(|option| !OTHERS.contains(&option.get_id().as_str())) {
                let (Some(name), Some(help)) = (option.get_long(), option.get_help()) else { continue };
                let help = help.to_string();
                let first = meanings.entry(name.to_owned()).or_insert_with(|| help.clone());
                assert_eq!(*first, help, "--{name} of {}", command.get_name());
            }
        }
    }
}
