//! An entry described in a line of text: its page, its time, what it is and who wrote it.

use chrono::{DateTime, FixedOffset, TimeZone};
use chrono_tz::Tz;

use crate::model::{PageHead, Row};
use crate::time::years;

/// The title of an entry's live blog, else its name.
pub(super) fn page(row: &Row) -> &str {
    row.page_title.as_deref().unwrap_or(&row.page)
}

/// When an entry was published, in `zone`, else in its own.
pub(super) fn local(row: &Row, zone: Option<Tz>) -> Option<DateTime<FixedOffset>> {
    let published = row.entry.published?;
    let local = match (zone, row.entry.published_local) {
        (Some(zone), _) => years::local(years::in_zone(published, zone).fixed_offset()),
        (None, local) => local,
    };
    local.or(Some(published.fixed_offset()))
}

/// `Monday 19 June 2023 +01:00`
pub(super) fn day(time: &DateTime<FixedOffset>) -> String {
    time.format("%A %-d %B %Y %:z").to_string()
}

/// The gutter before an entry: its time, or as much space.
pub(super) fn gutter(time: Option<DateTime<FixedOffset>>) -> String {
    time.map_or_else(|| " ".repeat(7), |time| time.format("%H:%M  ").to_string())
}

/// `Breaking · Analysis · Ada Example, Bob Example · Transport correspondent`
pub(super) fn about(row: &Row) -> String {
    let entry = &row.entry;
    let authors: Vec<_> = entry.author.iter().chain(&entry.co_authors).map(String::as_str).collect();
    let parts = [
        row.removed.then_some("Removed"),
        entry.breaking.then_some("Breaking"),
        entry.label.as_deref(),
        Some(&authors.join(", ")),
        entry.role.as_deref(),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
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
    let start = first.format("%-d %B %Y %H:%M");
    // Where the clock changes in between, each end has its own offset.
    let start_zone = if first.offset().to_string() == last.offset().to_string() { "" } else { " %Z" };
    if first == last {
        first.format("%-d %B %Y %H:%M %Z").to_string()
    } else if first.date_naive() == last.date_naive() {
        format!("{start}{}–{}", first.format(start_zone), last.format("%H:%M %Z"))
    } else {
        format!("{start}{} – {}", first.format(start_zone), last.format("%-d %B %Y %H:%M %Z"))
    }
}
