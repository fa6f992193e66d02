//! Titles that nothing but the page as a whole shows: how it writes titles, and how it prints its pictures.
//!
//! A short line between two paragraphs is a title or a picture. It is a title
//! - where it is written as a headline: a fixture, words in single quotation marks, or behind a colon or a dash;
//! - where the page's pictures have a credit below them, and it has none;
//! - where one more blank line is above it than elsewhere;
//! - above a score that the page repeats under its titles.

use super::entry_starts::Opening;
use super::unnumbered::{Unnumbered, can_be_title};
use crate::layout::text::line::Line;
use crate::layout::text::recognise::furniture::is_furniture;
use crate::layout::text::recognise::name::is_name;
use crate::layout::text::recognise::shape::{ends_sentence, is_phrase};

/// The places of the titles, given those of the entries that begin for sure.
pub fn titles(page: &Unnumbered, openings: &[Option<Opening>]) -> Vec<usize> {
    let mut titles = Vec::new();
    // What is above the first start is no entry, and an entry goes on until it has text.
    let mut any = false;
    let mut has_text = false;
    for place in 0..page.written.len() {
        if openings[place].is_some() {
            (any, has_text) = (true, false);
            continue;
        }
        // The page may be cut off there, but prose opens with double quotation marks only.
        let ends_page = place + 1 == page.written.len() && !page.line(place).text.starts_with(['\'', '‘']);
        let is_above_start = openings.get(place + 1).is_some_and(Option::is_some);
        if has_text && !ends_page && !is_above_start && page.is_title(place) {
            titles.push(place);
            has_text = false;
        }
        has_text |= any && page.is_text(place);
    }
    titles
}

impl Unnumbered<'_, '_> {
    fn is_title(&self, place: usize) -> bool {
        let Some(text) = self.text(place).filter(|text| can_be_title(text, self.language)) else { return false };
        if text.starts_with(['"', '“', '@']) || is_furniture(text, self.language) || self.is_picture(place) {
            return false;
        }
        let is_flat = self.is_flat();
        if !is_flat && (self.is_adjacent(place) || place > 0 && self.is_adjacent(place - 1)) {
            return false;
        }
        let recurs = self.recurring.count(text) > 1;
        let is_above_score =
            || self.text(place + 1).is_some_and(|below| is_score(below) && self.recurring.count(below) > 1);
        is_headline(text)
            || is_above_score()
            || !recurs && !is_flat && !is_name(text) && (self.has_credits() || self.is_far_below(place))
    }

    /// Whether the line is a title, and the next one its subtitle rather than a title itself.
    pub fn has_subtitle(&self, place: usize) -> bool {
        self.is_title(place) && self.text(place + 1).is_some_and(|below| !is_headline(below))
    }

    /// Whether the page prints credits, or captions, below its pictures.
    fn has_credits(&self) -> bool {
        *self.has_credits.get_or_init(|| (0..self.written.len()).any(|place| self.is_picture(place)))
    }

    /// Whether the line is an image's alternative text, right above its credit or the same words again.
    fn is_picture(&self, place: usize) -> bool {
        let (Some(alt), Some(below)) = (self.text(place), self.text(place + 1)) else { return false };
        is_phrase(alt, 20)
            && is_phrase(below, 20)
            && (alt == below || is_phrase(below, 4) && !below.starts_with('@'))
            && self.is_adjacent(place)
            && !self.is_adjacent(place + 1)
            && !(place > 0 && self.is_adjacent(place - 1))
    }

    /// Whether the line is of an entry's text, or a picture.
    fn is_text(&self, place: usize) -> bool {
        let line = self.line(place);
        line.mark.is_some()
            || self.is_picture(place)
            || ends_sentence(line.text) && !is_furniture(line.text, self.language)
    }

    /// Whether no blank line is between the line and the next.
    fn is_adjacent(&self, place: usize) -> bool {
        self.written.get(place + 1).is_some_and(|&below| below == self.written[place] + 1)
    }

    /// Whether two blank lines or more are above the line.
    fn is_far_below(&self, place: usize) -> bool {
        place > 0 && self.written[place] > self.written[place - 1] + 2
    }

    /// Whether blank lines mean nothing.
    fn is_flat(&self) -> bool {
        *self.is_flat.get_or_init(|| {
            let adjacent = (0..self.written.len()).filter(|&place| self.is_adjacent(place)).count();
            adjacent * 2 > self.written.len()
        })
    }

    fn line(&self, place: usize) -> &Line<'_> {
        &self.lines[self.written[place]]
    }
}

/// Words that are written as a headline, and as no picture's description.
fn is_headline(text: &str) -> bool {
    is_fixture(text)
        || text.starts_with(['\'', '‘'])
        || [": ", " - ", " – ", " '", " ‘"].iter().any(|mark| text.contains(mark))
}

/// `So the bucket is full...`, `Who pays?`: titles end in anything but one full stop, or what goes on.
pub fn ends_like_title(text: &str) -> bool {
    let words = text.trim_end_matches(['"', '\'', '”', '’', ')']);
    words.ends_with(['?', '!', '…']) || words.ends_with("..")
}

/// `Rovers v United`, `Rovers 2-0 United`: a match.
pub fn is_fixture(text: &str) -> bool {
    let is_between = |(one, other): (&str, &str)| {
        one.starts_with(char::is_uppercase) && other.starts_with(char::is_uppercase) && is_phrase(text, 12)
    };
    is_phrase(text, 12) && (text.split_once(" v ").is_some_and(is_between) || is_score(text))
}

/// `Rovers 2-0 United`: two numbers around a dash, and words on both sides.
pub fn is_score(text: &str) -> bool {
    let is_number = |number: &str| (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    let mut words = text.split_whitespace();
    let is_score =
        |word: &str| word.split_once(['-', '–']).is_some_and(|(one, other)| is_number(one) && is_number(other));
    words.next().is_some_and(|first| !is_score(first)) && words.any(is_score)
}
