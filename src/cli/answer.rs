//! What a query selected, and what is reported of it beside the rows.

use liveblog::archive::{self, Archive};
use liveblog::query::{Query, Selected};

use super::Outcome;
use super::near::{self, StoredEntries};
use super::pipeline::{Doubts, report_unread};
use super::terminal::{self, counted};

/// What was selected, and what comes near where nothing was.
pub struct Answer {
    pub selected: Selected,
    /// Whether everything could be read; what could not was reported already.
    outcome: Outcome,
    near: Vec<String>,
    /// What is in doubt of the pages that were read.
    doubts: Doubts,
}

impl Answer {
    /// `near` is asked only where nothing was selected of what could all be read. What it cannot read is no error: the
    /// answer stands without it.
    pub fn new(
        selected: Selected,
        outcome: Outcome,
        near: impl FnOnce() -> Result<Vec<String>, archive::Error>,
    ) -> Self {
        let is_nothing = selected.entries == 0 && outcome == Outcome::Complete;
        let near = if is_nothing { near().unwrap_or_default() } else { Vec::new() };
        Self { selected, outcome, near, doubts: Doubts::default() }
    }

    /// The answer of pages, and what is in doubt of them.
    pub fn with_doubts(self, doubts: Doubts) -> Self {
        Self { doubts, ..self }
    }

    /// The answer of an archive, which was searched for words or not.
    pub fn stored(selected: Selected, archive: &Archive, query: &Query, words: Option<&str>) -> Self {
        Self::new(selected, report_unread(&archive.unread()), || match words {
            Some(words) => near::search_hints(query, words, archive),
            None => near::hints(query, &StoredEntries::new(archive, query)),
        })
    }

    /// The outcome; with `exit_status`, nothing is not enough.
    pub fn outcome(&self, exit_status: bool) -> Outcome {
        if exit_status && self.selected.entries == 0 { Outcome::Partial } else { self.outcome }
    }

    /// Reports what the rows do not show.
    pub fn report(&self) {
        let Self { selected, outcome, near, doubts } = self;
        if selected.entries == 0 && *outcome == Outcome::Complete {
            terminal::note([&["no entries match".to_owned()], &near[..]].concat().join("\n  "));
        }
        if selected.completed > 0 {
            let entries = counted(selected.completed, "entry has", "entries have");
            terminal::note(format!(
                "{entries} words that only a later capture shows: at the end of the page, more may have been added since"
            ));
        }
        if selected.untimed > 0 {
            let entries = counted(selected.untimed, "entry without a time was", "entries without a time were");
            terminal::note(format!("{entries} left out by the time filter"));
        }
        doubts.print_count();
    }
}
