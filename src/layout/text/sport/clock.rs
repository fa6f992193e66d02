//! Clocks at the start of an entry's first line.

use chrono::NaiveTime;

use crate::layout::text::recognise::shape::is_phrase;

/// A line that begins with a clock, or with a kicker and a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockLine<'a> {
    /// The words before the clock: `BUDGET 06:03:`.
    pub kicker: Option<&'a str>,
    /// The clock without the colon behind it: `19:44`, `1944`.
    pub words: &'a str,
    /// The time; `None` if there is no such time.
    pub time: Option<NaiveTime>,
    /// Whether a colon is behind the clock. Without one it is far weaker: `03:59 Commentary`.
    pub has_colon: bool,
    /// What is behind clock and colon.
    pub rest: &'a str,
}

impl<'a> ClockLine<'a> {
    /// `19:44:`, `1944:`, `22:18: Words`, `03:59 Words`, `BUDGET 06:03:`.
    pub fn read(text: &'a str) -> Option<ClockLine<'a>> {
        if text.as_bytes().first()?.is_ascii_digit() {
            return ClockLine::at_start(text);
        }
        // A kicker has four words at most.
        text.match_indices(' ').take(4).find_map(|(at, _)| {
            let clock = ClockLine::at_start(&text[at + 1..]).filter(|clock| clock.has_colon)?;
            let kicker = &text[..at];
            let is_kicker =
                is_phrase(kicker, 4) && kicker.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
            is_kicker.then_some(ClockLine { kicker: Some(kicker), ..clock })
        })
    }

    fn at_start(text: &'a str) -> Option<ClockLine<'a>> {
        let length = clock_length(text)?;
        let (words, behind) = text.split_at(length);
        let (has_colon, rest) = match behind.strip_prefix(':') {
            Some(rest) => (true, rest),
            None => (false, behind),
        };
        let is_apart = rest.is_empty() && has_colon || rest.starts_with(char::is_whitespace);
        let rest = rest.trim();
        // A lower-case word goes on a sentence: `20:30 was the deadline`.
        let is_head = has_colon || words.contains(':') && !rest.starts_with(char::is_lowercase) && !rest.is_empty();
        (is_apart && is_head).then(|| ClockLine { kicker: None, words, time: time(words), has_colon, rest })
    }

    /// Whether nothing else is on the line.
    pub fn is_alone(&self) -> bool {
        self.kicker.is_none() && self.rest.is_empty()
    }

    /// Whether the line can begin an entry without a list mark: its clock has all four digits, and a colon; its kicker
    /// is in capitals.
    pub fn stands_without_mark(&self) -> bool {
        self.has_colon
            && self.words.bytes().filter(u8::is_ascii_digit).count() == 4
            && !self.kicker.is_some_and(|kicker| kicker.contains(char::is_lowercase))
    }
}

/// The length of `19:44`, `9:44`, `1944` or `944` at the start of a text.
fn clock_length(text: &str) -> Option<usize> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    match digits(text) {
        hours @ 1..=2 => {
            let minutes = text[hours..].strip_prefix(':')?;
            (digits(minutes) == 2).then_some(hours + 3)
        }
        all @ 3..=4 => Some(all),
        _ => None,
    }
}

fn time(words: &str) -> Option<NaiveTime> {
    let number =
        words.bytes().filter(u8::is_ascii_digit).fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
    NaiveTime::from_hms_opt(number / 100, number % 100, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Kicker, clock and rest, apart by bars, and the time.
    fn read(text: &str) -> Option<(String, Option<NaiveTime>)> {
        let line = ClockLine::read(text)?;
        Some((format!("{}|{}|{}", line.kicker.unwrap_or_default(), line.words, line.rest), line.time))
    }

    #[test]
    fn a_clock_has_three_or_four_digits_and_a_colon_behind_them() {
        let time = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0);
        assert_eq!(read("19:44:"), Some(("|19:44|".to_owned(), time(19, 44))));
        assert_eq!(read("0905:"), Some(("|0905|".to_owned(), time(9, 5))));
        assert_eq!(read("2561:"), Some(("|2561|".to_owned(), None)));
        for text in ["19:44", "Standings:", "10:00-11:00", "00:00:09", "1944", "12345:", ":"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn words_may_be_behind_the_clock_and_a_kicker_before_it() {
        let words = |text| read(text).map(|(words, _)| words);
        assert_eq!(words("22:18: Pat, Sandy Reach").unwrap(), "|22:18|Pat, Sandy Reach");
        assert_eq!(words("03:59 Commentary").unwrap(), "|03:59|Commentary");
        assert_eq!(words("BUDGET 06:03:").unwrap(), "BUDGET|06:03|");
        assert_eq!(words("20:30 was the deadline"), None);
        assert_eq!(words("2030 Commentary"), None);
        assert_eq!(words("The boat of 06:03: nobody was in it."), None);
    }
}
