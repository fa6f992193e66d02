//! What comes near, where nothing matches: similar authors, words that do occur, the time that there are entries of.
//!
//! Asked only when nothing matched, so that it costs nothing otherwise.

mod missing;
mod place;
mod similar;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use liveblog::archive::{Archive, Error};
use liveblog::output::span;
use liveblog::query::{Condition, Query, TextField};

pub use self::missing::missing_page;
pub use self::place::{Seen, StoredEntries};
use self::similar::{similar_terms, similar_values};

/// When the first and the last entry were published.
pub type FirstAndLast = (DateTime<Utc>, DateTime<Utc>);

/// Where entries were looked for in vain.
pub trait Place {
    /// The values of a field, the most frequent first.
    fn values(&self, field: TextField) -> Result<Vec<String>, Error>;
    /// How many entries contain a text in a field, whatever else is asked for.
    fn count(&self, field: TextField, text: &str) -> Result<usize, Error>;
    /// When the first and the last entry were published.
    fn first_and_last(&self) -> Result<Option<FirstAndLast>, Error>;
    /// What its entries are called: `the archive's entries`.
    fn name(&self) -> String;
}

/// What comes near a query that selects nothing.
pub fn hints(query: &Query, place: &impl Place) -> Result<Vec<String>, Error> {
    if query.invert || query.limit == Some(0) {
        return Ok(Vec::new());
    }
    let mut hints = Vec::new();
    for condition in &query.conditions {
        if let Condition::Contains(field, needles) = condition {
            for text in needles.texts() {
                hints.extend(text_hint(*field, text, place)?);
            }
        }
    }
    if hints.is_empty() && query.asks_for_time() {
        hints.extend(time_hint(query.zone, place)?);
    }
    Ok(hints)
}

/// What comes near a search that finds nothing.
pub fn search_hints(query: &Query, words: &str, archive: &Archive) -> Result<Vec<String>, Error> {
    let stored = StoredEntries::new(archive, query);
    let found = |words: &str| Ok::<_, Error>(archive.count_found(stored.all(), words)?.entries);
    if found(words)? > 0 {
        return hints(query, &stored);
    }
    let vocabulary = archive.vocabulary(words)?;
    let occurrences = vocabulary.iter().map(|(word, _)| found(word)).collect::<Result<Vec<_>, _>>()?;
    if occurrences.len() > 1 && occurrences.iter().all(|count| *count > 0) {
        let words = vocabulary.iter().zip(&occurrences).map(|((word, _), count)| format!("{word} ({count})"));
        return Ok(vec![format!("each word occurs, but not together: {}", words.collect::<Vec<_>>().join(", "))]);
    }
    let mut hints = Vec::new();
    for ((word, known), _) in vocabulary.iter().zip(&occurrences).filter(|(_, count)| **count == 0) {
        let near = counted_values(similar_terms(word, known), found)?;
        hints.push(format!("no entry contains {word:?}{}", list(&near)));
    }
    Ok(hints)
}

/// Says that no value contains a text, and which come near it; `None` if one contains it.
fn text_hint(field: TextField, text: &str, place: &impl Place) -> Result<Option<String>, Error> {
    if place.count(field, text)? > 0 {
        return Ok(None);
    }
    let name = field.name();
    let parts: Vec<_> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    // Titles are many, and each is of one entry.
    let values = if field == TextField::Title { Vec::new() } else { place.values(field)? };
    let near = counted_values(similar_values(text, &values), |value| place.count(field, value))?;
    let counts = parts.iter().map(|part| place.count(field, part)).collect::<Result<Vec<_>, _>>()?;
    if near.is_empty() && parts.len() > 1 && counts.iter().all(|count| *count > 0) {
        return Ok(Some(repeat(field, &parts)));
    }
    Ok(Some(format!("no {} contains {text:?}{}", name.replace('-', " "), list(&near))))
}

/// `for one or the other, give --author twice: --author ada --author bob`
fn repeat(field: TextField, texts: &[&str]) -> String {
    let name = field.name();
    let options: Vec<_> = texts.iter().map(|text| format!("--{name} {}", quoted(text))).collect();
    let times = if texts.len() == 2 { "twice" } else { "for each" };
    format!("for one or the other, give --{name} {times}: {}", options.join(" "))
}

/// When the entries were published among which those of a time were looked for.
fn time_hint(zone: Option<Tz>, place: &impl Place) -> Result<Option<String>, Error> {
    let zone = zone.unwrap_or(Tz::UTC);
    Ok(place.first_and_last()?.map(|(first, last)| {
        let span = span(&first.with_timezone(&zone), &last.with_timezone(&zone));
        format!("{} are of {span}", place.name())
    }))
}

/// The values that occur, each with how many entries it is found in.
fn counted_values(
    values: Vec<&str>,
    count: impl Fn(&str) -> Result<usize, Error>,
) -> Result<Vec<(&str, usize)>, Error> {
    let counted = values.into_iter().map(|value| Ok((value, count(value)?)));
    Ok(counted.collect::<Result<Vec<_>, Error>>()?.into_iter().filter(|(_, count)| *count > 0).collect())
}

/// `; near: Stephen Example (2), Steven Example (1)`
fn list(near: &[(&str, usize)]) -> String {
    if near.is_empty() {
        return String::new();
    }
    let values: Vec<_> = near.iter().map(|(value, count)| format!("{value} ({count})")).collect();
    format!("; near: {}", values.join(", "))
}

/// A word as a shell takes it.
pub fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:,@+=".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
