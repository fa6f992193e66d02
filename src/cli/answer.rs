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
    /// How many entries were not searched, because the full-text index does not have them yet.
    unindexed: usize,
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
        Self { selected, outcome, near, unindexed: 0, doubts: Doubts::default() }
    }

    /// The answer of pages, and what is in doubt of them.
    pub fn with_doubts(self, doubts: Doubts) -> Self {
        Self { doubts, ..self }
    }

    /// The answer of an archive.
    pub fn stored(selected: Selected, archive: &Archive, query: &Query) -> Self {
        Self::new(selected, report_unread(&archive.unread()), || {
            near::hints(query, &StoredEntries::new(archive, query))
        })
    }

    /// The answer of an archive that was searched for words.
    pub fn searched(selected: Selected, archive: &Archive, query: &Query, words: &str) -> Result<Self, archive::Error> {
        let outcome = report_unread(&archive.unread());
        let answer = Self::new(selected, outcome, || near::search_hints(query, words, archive));
        // An earlier state has an index of its own.
        let unindexed = if query.at.is_none() { archive.unindexed()? } else { 0 };
        Ok(Self { unindexed, ..answer })
    }

    /// The outcome; with `exit_status`, nothing is not enough.
    pub fn outcome(&self, exit_status: bool) -> Outcome {
        if exit_status && self.selected.entries == 0 { Outcome::Partial } else { self.outcome }
    }

    /// Reports what the rows do not show.
    pub fn report(&self) {
        let Self { selected, outcome, near, unindexed, doubts } = self;
        if selected.entries == 0 && *outcome == Outcome::Complete {
            terminal::note([&["no entries match".to_owned()], &near[..]].concat().join("\n  "));
        }
        if *unindexed > 0 {
            let entries = counted(*unindexed, "entry was", "entries were");
            terminal::note(format!(
                "{entries} not searched: pages are being stored, and their words come into the index last"
            ));
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
