//! Pages by number, for tests of many: each is another live blog, and each entry says which.

/// The page of boat `number`, with `entries` entries an hour apart, newest first, each with `text` as its body.
pub fn page(number: usize, entries: usize, text: &str) -> String {
    let entry = |index: usize| {
        let (hour, minute, day) = (23 - index, number % 60, 1 + number % 28);
        let stamp = format!("published at {hour:02}:{minute:02} Greenwich Mean Time {day} January 2025");
        format!("  {}. Boat {number}, part {index}{stamp}\n\n    Boat {number}: {text}\n\n", index + 1)
    };
    (0..entries).map(entry).collect()
}
