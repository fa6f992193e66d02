//! `filter`: print the entries that match.

use std::path::PathBuf;

use clap::Args;
use liveblog::query::Order;

use super::args::{Context, Select, Target};
use super::entries::{EntrySource, print_entries};
use super::reading::Reading;
use super::{Error, Outcome};

/// Print the entries that match, page by page
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Filter {
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
  liveblog filter --author \"Ada Example\"               what she wrote, on all stored pages
  liveblog filter page.txt --text 'tunnel|portal'      the entries of a page with either word
  liveblog filter --label analysis --has image --csv   a table for a spreadsheet
  liveblog filter --since yesterday --count            how many entries since yesterday";

impl Filter {
    pub fn run(self, context: &Context) -> Result<Outcome, Error> {
        let pages = self.reading.pages_if_any(&self.pages)?;
        let source = EntrySource::new(pages.as_deref(), &self.reading);
        print_entries(&source, self.select, &self.target, Order::Page, context)
    }
}
