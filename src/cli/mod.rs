//! The command line: what can be asked, and how the program ends.

mod ask;
mod backup;
mod check;
mod completions;
mod context;
mod error;
mod filter;
mod folder;
mod history;
mod input;
mod interrupt;
mod list;
mod listing;
mod man;
mod pages;
mod parallel;
mod parse;
mod progress;
mod protected;
mod remove;
mod rows;
mod schema;
mod search;
mod select;
mod sink;
mod summary;
mod target;
mod timeline;
mod unread;
mod values;
mod words;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use self::context::Context;
use self::error::Error;

/// Turn saved live pages into data: timestamped entries, kept, searched, put on a timeline, exported.
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
    Pages(list::Pages),
    History(history::History),
    Remove(remove::Remove),
    Check(check::Check),
    Backup(backup::Backup),
    Schema(schema::Schema),
    Completions(completions::Completions),
    Man(man::Manual),
}

const EXAMPLES: &str = "\
Examples:
  liveblog parse page.txt --json             print a saved page as JSON, and keep it
  liveblog filter --author \"Ada Example\"     the entries of an author, of all pages kept
  liveblog timeline --since 12:00            what happened from noon on
  liveblog search tunnel pumps               where both words occur, best match first";

/// Whether everything was done that was asked for; what was not has been told on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Complete,
    Partial,
}

/// Runs the program.
pub fn run() -> ExitCode {
    let Cli { context, command } = Cli::parse();
    context.set_color();
    interrupt::watch();
    let done = match command {
        Command::Parse(parse) => parse.run(&context),
        Command::Filter(filter) => filter.run(&context),
        Command::Timeline(timeline) => timeline.run(&context),
        Command::Search(search) => search.run(&context),
        Command::Pages(pages) => pages.run(&context),
        Command::History(history) => history.run(&context),
        Command::Remove(remove) => remove.run(&context),
        Command::Check(check) => check.run(&context),
        Command::Backup(backup) => backup.run(&context),
        Command::Schema(schema) => schema.run(),
        Command::Completions(completions) => completions.run(),
        Command::Man(manual) => manual.run(&context),
    };
    match done {
        Ok(Outcome::Complete) => ExitCode::SUCCESS,
        Ok(Outcome::Partial) => ExitCode::FAILURE,
        // Whoever reads the output has seen enough: `liveblog … | head`.
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(Error::Interrupted(signal)) => interrupt::end(signal),
        Err(error) => {
            words::error(&error.with_hint());
            if error.is_usage() { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}
