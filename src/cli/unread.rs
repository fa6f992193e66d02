//! What of the archive could not be read, reported beside the data.

use liveblog::archive::Unread;

use super::{Outcome, words};

/// Reports the rows that could not be read whole; with any, not all was done that was asked for.
pub fn report(rows: &[Unread]) -> Outcome {
    let Some((last, others)) = rows.split_last() else { return Outcome::Complete };
    others.iter().for_each(words::error);
    words::error(&format!("{last}\n  liveblog parse --again reads it anew from its original"));
    Outcome::Partial
}
