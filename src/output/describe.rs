//! An entry described in a line of text: its page, its time, what it is and who wrote it.

use chrono::{DateTime, TimeZone};
use chrono_tz::Tz;

use super::clock::{Local, zone_name};
use crate::input::display_name;
use crate::model::{PageHead, Row};
use crate::time::years;

/// An entry without a title is known by at most so many characters of its text.
const FIRST_WORDS: usize = 80;

/// The title of an entry's live blog, else its name.
pub(super) fn page(row: &Row) -> &str {
    row.page_title.as_deref().unwrap_or(display_name(&row.page))
}

/// The title of a live blog, else its name.
pub(super) fn title(page: &PageHead) -> &str {
    page.title.as_deref().unwrap_or(display_name(&page.page))
}

/// The title of an entry, else its first words.
pub(super) fn entry(row: &Row) -> String {
    let title = row.entry.title.clone().unwrap_or_else(|| first_words(row));
    match title.char_indices().nth(FIRST_WORDS) {
        _ if title.is_empty() => format!("Entry {}", row.entry.number),
        Some((end, _)) if row.entry.title.is_none() => format!("{}…", title[..end].trim_end()),
        _ => title,
    }
}

/// `Monday 19 June 2023 BST`
pub(super) fn day(time: &Local) -> String {
    format!("{} {}", time.format("%A %-d %B %Y"), zone_name(time))
}

/// The gutter before an entry: its time, or as much space.
pub(super) fn gutter(time: Option<Local>) -> String {
    time.map_or_else(|| " ".repeat(7), |time| time.format("%H:%M  ").to_string())
}

/// `Breaking · Analysis · Ada Example, Bob Example · Transport correspondent`
pub(super) fn about(row: &Row) -> String {
    let entry = &row.entry;
    let authors: Vec<_> = entry.author.iter().chain(&entry.co_authors).map(String::as_str).collect();
    let parts = [&kind(row), &authors.join(", "), entry.role.as_deref().unwrap_or_default()];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// `Removed · Breaking · Analysis`
pub(super) fn kind(row: &Row) -> String {
    let (removed, breaking) = (row.removed.then_some("Removed"), row.entry.breaking.then_some("Breaking"));
    let parts = [removed, breaking, row.entry.label.as_deref().filter(|label| !label.is_empty())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The words by which an entry without a title can be known: the beginning of its text, else of an image's.
pub(super) fn first_words(row: &Row) -> String {
    let text = row.entry.text();
    let image = || row.entry.images.iter().find_map(|image| image.caption.clone().or(image.alt.clone()));
    text.lines().next().map(str::to_owned).or_else(image).unwrap_or_default()
}

/// From when to when a live blog reports, in `zone`, else in its own, else in UTC.
pub(super) fn coverage(page: &PageHead, zone: Option<Tz>) -> Option<String> {
    let zone = zone.or(page.zone).unwrap_or(Tz::UTC);
    let (start, end) = (page.coverage.start.or(page.coverage.end)?, page.coverage.end.or(page.coverage.start)?);
    Some(span(&years::in_zone(start, zone), &years::in_zone(end, zone)))
}

/// `1 entry`, `2 entries`
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// From when to when, in local time: `19 June 2023 11:02–14:27 BST`.
///
/// ```
/// use chrono::TimeZone;
/// use chrono_tz::Europe::London;
/// use liveblog::output::span;
///
/// let time = |day, hour| London.with_ymd_and_hms(2023, 6, day, hour, 27, 0).unwrap();
/// assert_eq!(span(&time(19, 11), &time(19, 14)), "19 June 2023 11:27–14:27 BST");
/// assert_eq!(span(&time(19, 22), &time(20, 2)), "19 June 2023 22:27 – 20 June 2023 02:27 BST");
/// assert_eq!(span(&time(19, 22), &time(19, 22)), "19 June 2023 22:27 BST");
/// ```
pub fn span<Z: TimeZone>(first: &DateTime<Z>, last: &DateTime<Z>) -> String
where
    Z::Offset: std::fmt::Display,
{
    let (start, end) = (first.format("%-d %B %Y %H:%M"), last.format("%-d %B %Y %H:%M"));
    let (start_zone, end_zone) = (zone_name(first), zone_name(last));
    // Where the clock changes in between, each end has its own zone.
    let start_zone = if start_zone == end_zone { String::new() } else { format!(" {start_zone}") };
    if first == last {
        format!("{start} {end_zone}")
    } else if first.date_naive() == last.date_naive() {
        format!("{start}{start_zone}–{} {end_zone}", last.format("%H:%M"))
    } else {
        format!("{start}{start_zone} – {end} {end_zone}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::sample;

    #[test]
    fn an_entry_without_a_title_is_known_by_its_first_words() {
        let mut row = sample::row();
        row.entry.title = None;
        assert_eq!(entry(&row), "The \"old\" gates");
        row.entry.body = vec![crate::model::Block::paragraph(&"Water! ".repeat(20))];
        assert_eq!(entry(&row), format!("{} Wat…", ["Water!"; 11].join(" ")));
        assert_eq!(entry(&sample::bare_row()), "Entry 2");
    }
}
