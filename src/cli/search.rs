//! `search`: full-text search in the archive.

use clap::Args;
use liveblog::query::Order;

use super::args::{Context, Select, Target};
use super::entries::{EntrySource, print_entries};
use super::{Error, Outcome};

/// Search the words of all entries in the archive, best match first
///
/// All WORDS must occur in the title, the subtitle, the text, the authors or the captions of an entry, in any order;
/// case and accents are ignored. "pumps failed", with its quotes, matches adjacent words, and pump* matches words that begin with pump;
/// OR, NOT and brackets combine them. Anything else is searched as text.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Search {
    /// What to look for; without -n, all matches are printed
    #[arg(value_name = "WORDS", required = true)]
    words: Vec<String>,
    #[command(flatten)]
    select: Select,
    #[command(flatten)]
    target: Target,
}

const EXAMPLES: &str = "\
Examples:
  liveblog search tunnel pumps -n 20                   the twenty best matches for both words
  liveblog search '\"northern portal\" NOT fire'         a phrase, without a word
  liveblog search 'flood* OR storm*' --since yesterday words with these beginnings, since yesterday
  liveblog search Fouche --csv -o fouche.csv           finds Fouché as well; a table";

impl Search {
    pub fn run(self, context: &Context) -> Result<Outcome, Error> {
        let words = self.words.join(" ");
        print_entries(&EntrySource::Search(&words), self.select, &self.target, Order::Page, context)
    }
}
