//! The times of an entry in its element: in attributes, and as a reader sees them.

use chrono::{DateTime, Datelike, FixedOffset, Timelike, Utc};

use crate::html::{Element, Passage};
use crate::layout::letters::letters;
use crate::locale::LANGUAGES;
use crate::time::years;
use crate::time::zone;

/// The times that an element names, and where it shows them.
#[derive(Debug, Default)]
pub struct Times {
    /// When the entry was published.
    pub published: Option<DateTime<FixedOffset>>,
    /// When it was changed.
    pub modified: Option<DateTime<FixedOffset>>,
    /// Whether `published` is a number of seconds, which may count the hours of a wall clock.
    is_number: bool,
    /// The words in elements that are marked as a time, as letters.
    marked: Vec<String>,
}

/// The time of an entry's element alone.
pub fn published(element: Element) -> Option<DateTime<Utc>> {
    Times::read(&[element]).published.map(|at| at.to_utc())
}

impl Times {
    /// Reads the times in the attributes of an entry's elements: `time[datetime]`, `itemprop`, any `data-` attribute that is an instant.
    pub fn read(elements: &[Element]) -> Times {
        let mut times = Times::default();
        for inner in elements.iter().flat_map(|element| std::iter::once(*element).chain(element.descendants())) {
            let is_changed = changes(inner);
            for (name, value) in inner.attrs() {
                let Some((at, is_number)) = instant(name, value) else { continue };
                if is_changed || is_of_change(name) {
                    times.modified = times.modified.or(Some(at));
                } else if times.published.is_none() || times.is_number && !is_number {
                    (times.published, times.is_number) = (Some(at), is_number);
                }
            }
            if is_marked(inner) {
                times.marked.extend(inner.passages().into_iter().map(|passage| letters(&passage.text)));
            }
        }
        times
    }

    /// Whether the clock above the entry shows the hour and minute of UTC: then the number may count the seconds of another
    /// zone's clock, as a widespread plug-in does.
    pub fn is_wall_clock(&self, above: &[Passage]) -> bool {
        let Some(at) = self.published.filter(|_| self.is_number) else { return false };
        let shown = at.format("%H:%M").to_string();
        above.iter().any(|passage| passage.text.contains(&shown))
    }

    /// Whether a line is nothing but a time that the entry has: `20:30`, `4 Sep 2023`, `Published at 8:30 pm`. If its time is
    /// not known, a clock is that is marked.
    pub fn is_shown(&self, line: &str, at: Option<DateTime<FixedOffset>>) -> bool {
        let is_marked = || self.marked.contains(&letters(line));
        at.map_or_else(|| clock_in(line).is_some() && is_marked(), |at| shows(line, at, is_marked()))
    }
}

/// Whether an element contains a time: an instant in an attribute, or numbers that are marked as one.
pub fn is_dated(element: Element) -> bool {
    let Times { published, marked, .. } = Times::read(&[element]);
    published.is_some() || marked.iter().any(|line| line.len() < 64 && line.contains(|c: char| c.is_ascii_digit()))
}

/// The hour and the minute that an element shows, which is marked as a time: `17:42 PM IST`, `Feb 20, 05:42 pm`.
pub fn clock(element: Element) -> Option<(u32, u32)> {
    let lines = if is_marked(element) { element.passages() } else { Vec::new() };
    if let [line] = &lines[..] { clock_in(&line.text) } else { None }
}

fn clock_in(line: &str) -> Option<(u32, u32)> {
    let (before, behind) = line.split_once([':', '.', 'h']).filter(|_| line.len() < 64)?;
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>();
    let hour = digits(&before.chars().rev().collect::<String>()).chars().rev().collect::<String>();
    let minute = digits(behind);
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok().filter(|_| minute.len() == 2)?);
    let is_half =
        |half: &str| behind.to_ascii_lowercase().split(|c: char| !c.is_ascii_alphabetic()).any(|word| word == half);
    let hour = match hour {
        12 if is_half("am") => 0,
        1..12 if is_half("pm") => hour + 12,
        _ => hour,
    };
    (hour < 24 && minute < 60).then_some((hour, minute))
}

/// Whether a line is a clock and nothing else, of whatever entry: `3:40 p.m.`
pub fn is_time(line: &str) -> bool {
    let mut parts = line.split(|c: char| !c.is_alphanumeric()).flat_map(number_and_letters);
    let is_number = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    line.len() < 40
        && line.contains([':', '.', 'h'])
        && line.starts_with(|c: char| c.is_ascii_digit())
        && parts.all(|part| is_number(part) || is_time_word(part))
}

/// The instants in an element's own attributes that may be the time of an entry, in seconds since 1970.
pub fn instants(element: Element) -> impl Iterator<Item = i64> {
    let is_changed = changes(element);
    let found = element.attrs().filter(move |(name, _)| !is_changed && !is_of_change(name));
    found.filter_map(|(name, value)| Some(instant(name, value)?.0.timestamp()))
}

/// Whether a line shows a time and nothing else. Where the document marks the line as a time, its words may be of any
/// language.
fn shows(line: &str, at: DateTime<FixedOffset>, is_marked: bool) -> bool {
    /// Longer than this, in bytes, is no time alone.
    const LONGEST: usize = 64;
    if line.len() > LONGEST || !line.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let words = || line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let parts = || words().flat_map(number_and_letters).filter(|part| !part.is_empty());
    let (numbers, letters): (Vec<_>, Vec<_>) = parts().partition(|part| part.starts_with(|c: char| c.is_ascii_digit()));
    (is_marked || letters.iter().all(|word| is_time_word(word))) && are_of(&numbers, line, at)
}

/// `19th`, `20h47`, `8pm`: digits and letters are parts of their own.
fn number_and_letters(word: &str) -> Vec<&str> {
    let is_digit = |c: char| c.is_ascii_digit();
    let mut parts = Vec::new();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c: char| is_digit(c) != is_digit(first)).unwrap_or(rest.len());
        let (part, behind) = rest.split_at(end);
        parts.push(part);
        rest = behind;
    }
    parts
}

/// Whether numbers are those of an instant, by the clock of some zone: its minute, or its date.
fn are_of(numbers: &[&str], line: &str, at: DateTime<FixedOffset>) -> bool {
    // Elsewhere, the day may be the one before or after.
    let days = [-1, 0, 1].map(|days| (at + chrono::TimeDelta::days(days)).date_naive());
    let mut numbers = numbers.iter().filter_map(|digits| digits.parse::<u32>().ok()).peekable();
    let is_clock = line.contains([':', '.', 'h', 'H']);
    let has_half = || ["am", "pm", "a.m", "p.m"].iter().any(|half| line.to_ascii_lowercase().contains(half));
    let (mut has_minute, mut has_date, mut before) = (false, false, None);
    while let Some(number) = numbers.next() {
        // Zones are apart by hours, and some by half an hour.
        let is_minute = before.is_some_and(|hour| hour <= 24) && number < 60 && number % 30 == at.minute() % 30;
        let is_date = days.iter().any(|day| [day.day(), day.month()].contains(&number));
        let is_year =
            days.iter().any(|day| day.year().unsigned_abs() == number || day.year().unsigned_abs() % 100 == number);
        let is_second = has_minute && number == at.second();
        let is_hour = number <= 24 && numbers.peek().is_some();
        if !(is_minute || is_date || is_year || is_second || is_hour || at.minute() == 0 && number <= 12) {
            return false;
        }
        has_minute |= is_clock && is_minute;
        has_date |= is_year && before.is_some();
        before = Some(number);
    }
    has_minute || has_date || at.minute() == 0 && has_half()
}

/// `May`, `Monday`, `pm`, `at`, `BST`, `Uhr`
fn is_time_word(word: &str) -> bool {
    /// Beside the numbers of a time in languages without a file of their own.
    const WORDS: [&str; 9] = ["T", "Z", "h", "hrs", "Uhr", "uur", "kl", "klo", "le"];
    let is = |known: &str| known.eq_ignore_ascii_case(word);
    let is_in = |phrase: &str| phrase.split([' ', '.']).any(is);
    WORDS.into_iter().any(is)
        || LANGUAGES.iter().any(|language| {
            let names = language.months.iter().copied().flatten().chain(language.weekdays).chain(language.ordinals);
            let markers =
                language.published.words().iter().chain(language.am).chain(language.pm).chain(language.time_words);
            names.chain(markers).any(|known| is_in(known))
        })
        || zone::named(word).is_some()
}

/// Whether an element is marked as a time by its name, its class or its property.
fn is_marked(element: Element) -> bool {
    const WORDS: [&str; 9] =
        ["date", "time", "datetime", "timestamp", "clock", "published", "posted", "datum", "fecha"];
    let is_word = |word: &str| WORDS.iter().any(|known| known.eq_ignore_ascii_case(word));
    let names = ["class", "itemprop"].into_iter().filter_map(|name| element.attr(name));
    element.name() == "time" || names.flat_map(|name| name.split(|c: char| !c.is_ascii_alphanumeric())).any(is_word)
}

/// Whether an element has the time of a change, by its attributes or by the words before it.
fn changes(element: Element) -> bool {
    let names = ["class", "itemprop", "id"].into_iter().filter_map(|name| element.attr(name));
    let before = || element.ancestors().next().and_then(Element::direct_text).unwrap_or_default();
    let opens = |text: &str| {
        let text = text.trim_start().to_lowercase();
        LANGUAGES.iter().flat_map(|language| language.changed).any(|word| text.starts_with(word))
    };
    names.into_iter().any(is_of_change) || element.name() == "time" && opens(before())
}

/// `dateModified`, `last-updated`
fn is_of_change(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["modif", "update", "last-", "edited"].iter().any(|word| name.contains(word))
}

/// The instant that an attribute is, and whether it is a number.
fn instant(name: &str, value: &str) -> Option<(DateTime<FixedOffset>, bool)> {
    let is_data = name.starts_with("data-");
    if !is_data && !matches!(name, "datetime" | "content") || value.len() > 40 {
        return None;
    }
    let value = value.trim();
    if value.bytes().all(|byte| byte.is_ascii_digit()) {
        // Other numbers are ids.
        let is_time = is_data && ["time", "date", "stamp", "publish", "created"].iter().any(|word| name.contains(word));
        let number: i64 = value.parse().ok().filter(|_| is_time)?;
        let at = match value.len() {
            10 => DateTime::from_timestamp(number, 0),
            13 => DateTime::from_timestamp_millis(number),
            _ => None,
        };
        return Some((years::local(at?.fixed_offset())?, true));
    }
    value.contains(':').then(|| Some((years::read(value).ok()??, false)))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::Html;

    fn read(html: &str) -> (Option<String>, Option<String>) {
        let page = Html::read(&format!("<html><article>{html}</article>"), None);
        let article = page.elements().find(|element| element.name() == "article").unwrap();
        let Times { published, modified, .. } = Times::read(&[article]);
        (published.map(|at| at.to_rfc3339()), modified.map(|at| at.to_rfc3339()))
    }

    #[test]
    fn an_instant_stands_in_one_of_many_attributes() {
        let noon = || Some("2024-01-05T12:05:00+00:00".to_owned());
        for html in [
            "<time datetime=2024-01-05T12:05:00Z>13:05</time>",
            "<div data-timestamp=1704456300></div>",
            "<div data-js-timestamp=2024-01-05T12:05:00+00:00></div>",
            "<li data-post-id=1704459900 data-sort-time=1704456300000></li>",
        ] {
            assert_eq!(read(html), (noon(), None), "{html}");
        }
        let changed =
            "<time datetime=2024-01-05T12:05:00Z></time><p>Updated at <time datetime=2024-01-05T12:10:00Z></time>";
        assert_eq!(read(changed), (noon(), Some("2024-01-05T12:10:00+00:00".to_owned())));
        assert_eq!(read("<div data-last-updated=1704456300>"), (None, noon()));
        assert_eq!(
            read("<time datetime='0000-00-00 00:00:00'></time><time datetime='2024-01-05 13:05'>"),
            (None, None)
        );
    }

    #[test]
    fn a_marked_element_shows_a_clock() {
        let clock = |words: &str| {
            let page = Html::read(&format!("<html><p class=post-date>{words}</p>"), None);
            page.elements().find_map(clock)
        };
        assert_eq!(clock("17:42 PM IST"), Some((17, 42)));
        assert_eq!(clock("Feb 20, 05:42:10 PM"), Some((17, 42)));
        assert_eq!(clock("12.05 am"), Some((0, 5)));
        for none in ["20 May 2021", "25:00", "12:5"] {
            assert_eq!(clock(none), None, "{none}");
        }
    }

    #[test]
    fn a_line_that_shows_the_time_and_nothing_else_is_known() {
        let at = "2017-05-02T20:30:05+00:00".parse().unwrap();
        for line in [
            "20:30",
            "21.30 Uhr",
            "20h30",
            "8:30pm",
            "20:30:05",
            "2 May 2017",
            "Tuesday 2nd May 2017, 20:30",
            "May 3, 2017",
            "Published at 20:30 BST",
            "02/05/2017 22:30",
            "2017-05-02 20:30",
            "02.05.2017",
        ] {
            assert!(shows(line, at, false), "{line}");
        }
        for line in ["20:31", "Two roofs", "20:30 Two roofs", "4-2", "30", "2 May", "The 2017 May fair", "Goal 30"] {
            assert!(!shows(line, at, false), "{line}");
        }
        assert!(shows("2 mei 2017, 20:30 klok", at, true) && !shows("2 mei 2017, 20:30 klok", at, false));
    }
}
