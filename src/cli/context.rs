//! What every command may be told: where the archive is, whether to use colour, what time it is.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use etcetera::BaseStrategy;
use liveblog::archive::Archive;

use super::Error;

/// Options that are valid before and after the command.
#[derive(Debug, Args)]
pub struct Context {
    /// The archive to keep pages in and to ask, instead of the one in the data directory
    #[arg(long, global = true, env = "LIVEBLOG_ARCHIVE", value_name = "FILE")]
    archive: Option<PathBuf>,
    /// Whether to use colour: auto, always or never
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = Color::Auto, hide_possible_values = true)]
    color: Color,
    /// The time to take as now, in RFC 3339, so that a test or a script gives the same each time.
    #[arg(long, global = true, env = "LIVEBLOG_NOW", value_name = "TIME", hide = true)]
    now: Option<DateTime<Utc>>,
}

/// The archive as a path that nobody takes for one of SQLite's own names, `:memory:` and `file:…`: it is none of them,
/// and where it is named, that shows: `kept in ./:memory:`.
fn as_path(file: &Path) -> PathBuf {
    let name = file.as_os_str().as_encoded_bytes();
    if name.starts_with(b":") || name.starts_with(b"file:") { Path::new(".").join(file) } else { file.to_owned() }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

impl Context {
    /// The time now, UTC.
    pub fn now(&self) -> DateTime<Utc> {
        self.now.unwrap_or_else(Utc::now)
    }

    /// The archive's file.
    pub fn archive(&self) -> Result<PathBuf, Error> {
        if let Some(file) = &self.archive {
            return Ok(as_path(file));
        }
        let directories = etcetera::base_strategy::choose_native_strategy().map_err(|_| Error::NoHome)?;
        Ok(directories.data_dir().join("liveblog/archive.db"))
    }

    /// The archive, opened to ask it.
    pub fn open_archive(&self) -> Result<Archive, Error> {
        Ok(Archive::open_existing(&self.archive()?)?)
    }

    /// Takes up the user's wish for colour, wherever something is printed.
    pub fn set_color(&self) {
        let choice = match self.color {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}
