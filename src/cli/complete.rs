//! What a shell is offered for a value: authors, labels and names of the archive, fields, zones.
//!
//! The script that `completions` prints runs the program with `COMPLETE=SHELL` and the words of the line so far, and
//! [`answer`] prints what may follow. Nothing is offered where the archive cannot be read: a shell shows no errors.

use std::ffi::OsStr;
use std::path::PathBuf;

use chrono::Utc;
use chrono_tz::TZ_VARIANTS;
use clap::CommandFactory;
use clap_complete::CompleteEnv;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use liveblog::archive::Archive;
use liveblog::output::Field;
use liveblog::query::{GroupBy, Query};

use super::Cli;
use super::args::archive_file;
use super::zone::LOCAL;

/// Answers a shell that asks for completions, and ends; does nothing otherwise.
pub fn answer() {
    CompleteEnv::with_factory(Cli::command).complete();
}

/// Authors in the archive.
pub fn author() -> ArgValueCompleter {
    stored_values(GroupBy::Author)
}

/// Roles in the archive.
pub fn role() -> ArgValueCompleter {
    stored_values(GroupBy::Role)
}

/// Labels in the archive.
pub fn label() -> ArgValueCompleter {
    stored_values(GroupBy::Label)
}

/// Credits of images in the archive.
pub fn image_source() -> ArgValueCompleter {
    stored_values(GroupBy::ImageSource)
}

/// Names of archived live blogs.
pub fn page() -> ArgValueCompleter {
    completer(|| {
        let pages = archive().and_then(|archive| archive.pages().ok()).unwrap_or_default();
        pages.into_iter().map(|page| page.name).collect()
    })
}

/// Fields of a row.
pub fn field() -> ArgValueCompleter {
    completer(|| Field::all().map(|field| field.name().to_owned()).collect())
}

/// Zones of the IANA database, and the machine's.
pub fn zone() -> ArgValueCompleter {
    completer(|| [LOCAL].into_iter().chain(TZ_VARIANTS.iter().map(|zone| zone.name())).map(str::to_owned).collect())
}

fn stored_values(by: GroupBy) -> ArgValueCompleter {
    completer(move || {
        let counts = archive().and_then(|archive| archive.count_by(&Query::new(Utc::now()), &[by]).ok());
        counts.into_iter().flat_map(|(_, counts)| counts.into_values()).collect()
    })
}

/// Offers the values that begin with what was typed, in any case, in their order.
fn completer(values: impl Fn() -> Vec<String> + Send + Sync + 'static) -> ArgValueCompleter {
    ArgValueCompleter::new(move |typed: &OsStr| {
        let typed = typed.to_string_lossy().to_lowercase();
        let values = values().into_iter().filter(|value| value.to_lowercase().starts_with(&typed));
        values.enumerate().map(|(place, value)| CompletionCandidate::new(value).display_order(Some(place))).collect()
    })
}

/// The archive that the line names so far, else the usual one.
fn archive() -> Option<Archive> {
    let mut words = std::env::args_os().skip_while(|word| word != "--");
    let mut named = std::env::var_os("LIVEBLOG_ARCHIVE").map(PathBuf::from);
    while let Some(word) = words.next() {
        if word == "--archive" {
            named = words.next().map(PathBuf::from);
        } else if let Some(file) = word.to_str().and_then(|word| word.strip_prefix("--archive=")) {
            named = Some(PathBuf::from(file));
        }
    }
    Archive::open_existing(&archive_file(named.as_deref()).ok()?).ok()
}
