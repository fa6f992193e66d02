//! Which changes to show.

use chrono_tz::Tz;
use clap::Args;
use liveblog::archive::History;
use liveblog::query::{Pattern, Query, TextField, When};

use crate::cli::args::{Context, Portion};
use crate::cli::complete;
use crate::cli::zone::zone;

/// Which changes to show. An edit matches by its words before or after.
#[derive(Debug, Args)]
#[command(next_help_heading = "Selecting changes")]
pub struct SelectChanges {
    /// Author contains TEXT; co-authors count
    #[arg(long, value_name = "TEXT", add = complete::author())]
    author: Vec<String>,
    /// Title contains TEXT
    #[arg(long, value_name = "TEXT")]
    title: Vec<String>,
    /// Label contains TEXT, e.g. Analysis
    #[arg(long, value_name = "TEXT", add = complete::label())]
    label: Vec<String>,
    /// Title, subtitle or body matches REGEX; a capital letter in it makes the match case-sensitive
    #[arg(long, value_name = "REGEX", value_parser = Pattern::new)]
    text: Vec<Pattern>,
    /// Seen in a capture that was saved at WHEN or later: 12:00, "12:00 BST", 2023-06-19, "19 June 2023", yesterday, -2h
    #[arg(long, value_name = "WHEN", value_parser = str::parse::<When>, allow_hyphen_values = true)]
    since: Option<When>,
    /// Seen in a capture that was saved at WHEN or before, including the whole minute or day that WHEN names
    #[arg(long, value_name = "WHEN", value_parser = str::parse::<When>, allow_hyphen_values = true)]
    until: Option<When>,
    /// Seen in a capture that was saved on DAY
    #[arg(long, value_name = "DAY", value_parser = str::parse::<When>, allow_hyphen_values = true)]
    on: Option<When>,
    /// Only captures that were saved at WHEN or before, as if there were no later ones
    #[arg(long, value_name = "WHEN", value_parser = str::parse::<When>, allow_hyphen_values = true)]
    at: Option<When>,
    /// Only entries of this archived live blog (name, URL, or a part that matches exactly one)
    #[arg(long, value_name = "NAME", add = complete::page())]
    pub page: Vec<String>,
    /// Read and show times in ZONE (Europe/London, London, +02:00, local) instead of each live blog's own zone
    #[arg(long, value_name = "ZONE", value_parser = zone, allow_hyphen_values = true, add = complete::zone())]
    tz: Option<Tz>,
    #[command(flatten)]
    portion: Portion,
}

impl SelectChanges {
    /// Leaves what is asked for in the histories.
    pub fn apply_to(self, histories: &mut [History], context: &Context) {
        let is_selective = self.is_selective();
        let mut query = Query::new(context.now())
            .contains(TextField::Author, self.author)
            .contains(TextField::Title, self.title)
            .contains(TextField::Label, self.label)
            .matches(self.text);
        (query.since, query.until, query.on) = (self.since, self.until, self.on);
        (query.at, query.zone) = (self.at, self.tz);
        let mut left = self.portion.limit.unwrap_or(usize::MAX);
        if self.portion.reverse {
            histories.reverse();
        }
        for history in histories {
            history.retain(&query);
            history.zone = self.tz.or(history.zone);
            if self.portion.reverse {
                history.steps.reverse();
                history.steps.iter_mut().for_each(|step| step.changes.reverse());
            }
            for step in &mut history.steps {
                step.changes.truncate(left);
                left -= step.changes.len();
            }
            if is_selective {
                history.steps.retain(|step| !step.changes.is_empty());
            }
        }
    }

    /// Whether some changes of a capture may be left out: then captures without any are of no interest.
    fn is_selective(&self) -> bool {
        let Self { author, title, label, text, since, until, on, portion, .. } = self;
        let has_text = [author, title, label].into_iter().any(|texts| !texts.is_empty()) || !text.is_empty();
        has_text || since.is_some() || until.is_some() || on.is_some() || portion.limit.is_some()
    }
}
