//! Options that select entries, the same for every command that prints some.

use chrono_tz::Tz;
use clap::Args;
use liveblog::query::{Order, Property, Query, When, smart_case};
use regex::Regex;

use super::context::Context;
use super::values;

/// Which entries to print.
#[derive(Debug, Args)]
#[command(next_help_heading = "Selecting entries")]
pub struct Select {
    /// By an author whose name holds TEXT; co-authors count
    #[arg(long, value_name = "TEXT")]
    author: Vec<String>,
    /// By an author whose role holds TEXT
    #[arg(long, value_name = "TEXT")]
    role: Vec<String>,
    /// Whose title holds TEXT
    #[arg(long, value_name = "TEXT")]
    title: Vec<String>,
    /// Whose label holds TEXT, such as Analysis
    #[arg(long, value_name = "TEXT")]
    label: Vec<String>,
    /// With an image whose credit holds TEXT
    #[arg(long, value_name = "TEXT")]
    image_source: Vec<String>,
    /// Whose title, subtitle or body matches; a capital letter in REGEX makes case count
    #[arg(long, value_name = "REGEX", value_parser = smart_case)]
    text: Option<Regex>,
    /// Marked as breaking news
    #[arg(long)]
    breaking: bool,
    /// With that: image, media, list, quote, embed or author
    #[arg(long, value_name = "PROPERTY", value_parser = values::property(), hide_possible_values = true)]
    has: Vec<Property>,
    /// Published at WHEN or later: 12:00, "12:00 BST", 2023-06-19, "19 June 2023", yesterday, -2h
    #[arg(long, value_name = "WHEN", value_parser = str::parse::<When>, allow_hyphen_values = true)]
    since: Option<When>,
    /// Published at WHEN or before, the whole minute or day that WHEN names
    #[arg(long, value_name = "WHEN", value_parser = str::parse::<When>, allow_hyphen_values = true)]
    until: Option<When>,
    /// Published on that day
    #[arg(long, value_name = "DAY", value_parser = str::parse::<When>, allow_hyphen_values = true)]
    on: Option<When>,
    /// Of the archived live blog of that name or address, or of a part that fits one alone
    #[arg(long, value_name = "NAME")]
    page: Vec<String>,
    /// The entries that the options above would leave out
    #[arg(long)]
    invert: bool,
    /// Also those that a later capture of their page no longer had
    #[arg(long)]
    removed: bool,
    /// Read and show times in ZONE, instead of in each live blog's own
    #[arg(long, value_name = "ZONE", value_parser = values::zone)]
    tz: Option<Tz>,
    /// In reverse order
    #[arg(long)]
    reverse: bool,
    /// The first N alone
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
    /// Print how many there are
    #[arg(long)]
    pub count: bool,
}

impl Select {
    /// The zone in which times are shown.
    pub fn zone(&self) -> Option<Tz> {
        self.tz
    }

    /// What is asked, in that order.
    pub fn query(self, order: Order, context: &Context) -> Query {
        Query {
            authors: self.author,
            roles: self.role,
            titles: self.title,
            labels: self.label,
            image_sources: self.image_source,
            text: self.text,
            breaking: self.breaking,
            has: self.has,
            since: self.since,
            until: self.until,
            on: self.on,
            pages: self.page,
            invert: self.invert,
            removed: self.removed,
            zone: self.tz,
            now: context.now(),
            order,
            reverse: self.reverse,
            limit: self.limit,
        }
    }
}
