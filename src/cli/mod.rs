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
mod progress;
mod reading;
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

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand};

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
    let matches = match_frequent(&arguments).unwrap_or_else(|| {
        let matches = Cli::command().try_get_matches_from(&arguments);
        matches.unwrap_or_else(|error| usage::explain(error, &arguments).exit())
    });
    let name = matches.subcommand_name().unwrap_or_default().to_owned();
    let Cli { context, command } = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    context.set_up_terminal();
    terminal::keep_caught_panics_silent();
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

/// The commands that scripts call for each page or question, and what adds the options of each.
const FREQUENT: [(&str, AddOptions); 5] = [
    ("parse", parse::Parse::augment_args),
    ("filter", filter::Filter::augment_args),
    ("timeline", timeline::Timeline::augment_args),
    ("search", search::Search::augment_args),
    ("count", count::Count::augment_args),
];

type AddOptions = fn(clap::Command) -> clap::Command;

/// Matches the arguments of a frequent command without building the others, which takes about as long as parsing a page.
/// `None` if that fails: errors and help speak of all commands.
fn match_frequent(arguments: &[OsString]) -> Option<ArgMatches> {
    let named = |word: &OsString| FREQUENT.iter().find(|(name, _)| word == name);
    let (name, add_options) = arguments.iter().skip(1).find_map(named)?;
    let program = Context::augment_args(clap::Command::new("liveblog"));
    let program = program.subcommand(add_options(clap::Command::new(*name)));
    program.try_get_matches_from(arguments).ok().filter(|matches| matches.subcommand().is_some())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_frequent_command_alone_reads_its_arguments_as_among_all_commands() {
        for line in [
            "liveblog parse page.txt --json --no-save",
            "liveblog --archive parse parse parse -q --fields title",
            "liveblog filter --author Ada --has image page.txt --jsonl --color never",
            "liveblog timeline --since 12:00 --count",
            "liveblog -q search tunnel pumps --limit 3",
            "liveblog count --by author",
        ] {
            let arguments: Vec<OsString> = line.split(' ').map(Into::into).collect();
            let all = Cli::command().try_get_matches_from(&arguments).unwrap();
            let alone = match_frequent(&arguments).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(
                format!("{:?}", Cli::from_arg_matches(&alone)),
                format!("{:?}", Cli::from_arg_matches(&all)),
                "{line}"
            );
        }
    }

    #[test]
    fn anything_else_is_left_to_all_commands() {
        for line in [
            "liveblog",
            "liveblog --archive parse",
            "liveblog pages parse",
            "liveblog set parse --name flood",
            "liveblog parse --help",
            "liveblog --version parse",
            "liveblog parse --unknown",
            "liveblog --archive parse pages",
        ] {
            let arguments: Vec<OsString> = line.split(' ').map(Into::into).collect();
            assert_eq!(match_frequent(&arguments).map(|_| line), None);
        }
    }

    #[test]
    fn the_options_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn an_option_means_the_same_in_every_command() {
        /// Lists have fewer formats than entries, and the manual is written to a directory; the times of changes are those
        /// of captures.
        const OTHERS: [&str; 6] = ["format", "output", "since", "until", "on", "at"];
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

    #[test]
    fn the_documented_table_says_which_option_goes_with_which_command() {
        let table = option_table();
        let documented = include_str!("../../docs/options.md");
        assert!(documented.contains(&table), "docs/options.md has another table than this:\n\n{table}");
    }

    /// The options, in the order in which the commands have them, with a mark for each command that has it.
    fn option_table() -> String {
        let mut program = Cli::command();
        let global: Vec<_> = program.get_arguments().map(|argument| argument.get_id().clone()).collect();
        program.build();
        let options = |command: &clap::Command| -> Vec<String> {
            let own = |argument: &&clap::Arg| !global.contains(argument.get_id()) && !argument.is_hide_set();
            let name = |argument: &clap::Arg| {
                let long = argument.get_long().filter(|name| *name != "help")?;
                let short = argument.get_short().map_or(String::new(), |short| format!("`-{short}`, "));
                Some(format!("{short}`--{long}`"))
            };
            command.get_arguments().filter(own).filter_map(name).collect()
        };
        let commands: Vec<_> =
            program.get_subcommands().map(|command| (command.get_name(), options(command))).collect();
        let commands: Vec<_> = commands.iter().filter(|(_, options)| !options.is_empty()).collect();
        let mut rows: Vec<&String> = Vec::new();
        for option in commands.iter().flat_map(|(_, options)| options) {
            if !rows.contains(&option) {
                rows.push(option);
            }
        }
        let names: Vec<_> = commands.iter().map(|(name, _)| *name).collect();
        let mut table = format!("| | {} |\n|---|{}\n", names.join(" | "), "---|".repeat(names.len()));
        for option in rows {
            let marks = commands.iter().map(|(_, options)| if options.contains(option) { " ✓ |" } else { " |" });
            table += &format!("| {option} |{}\n", marks.collect::<String>());
        }
        table
    }
}
