//! `timeline`: print entries in the order in which they happened.

use std::path::PathBuf;

use clap::Args;
use liveblog::query::Order;

use super::args::{Context, Select, Target};
use super::entries::{EntrySource, print_entries};
use super::reading::Reading;
use super::{Error, Outcome};

/// Print entries in the order in which they happened, all live blogs together
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Timeline {
    /// Saved live pages, rows in Parquet, directories of either, or -; without any, the archive is asked
    #[arg(value_name = "PAGE", conflicts_with = "page")]
    pages: Vec<PathBuf>,
    #[command(flatten)]
    select: Select,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    target: Target,
}

const EXAMPLES: &str = "\
Examples:
  liveblog timeline --since 12:00                      what happened from noon on, on all stored pages
  liveblog timeline a.txt b.txt --on 2023-06-19        two pages side by side, one day
  liveblog timeline --tz UTC --breaking                breaking news, times in UTC
  liveblog timeline --fields published,title -o t.csv  a table of times and titles";

impl Timeline {
    pub fn run(self, context: &Context) -> Result<Outcome, Error> {
        let pages = self.reading.pages_if_any(&self.pages)?;
        let source = EntrySource::new(pages.as_deref(), &self.reading);
        print_entries(&source, self.select, &self.target, Order::Time, context)
    }
}
