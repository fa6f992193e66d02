//! Title lines: a title, and glued to it the stamp.

use std::ops::Range;

use super::furniture::is_below_invitation;
use super::name::is_name;
use super::shape::{at_most_words, is_phrase, non_empty, same, strip_opening};
use crate::layout::text::cursor::Cursor;
use crate::layout::text::line::LineRole;
use crate::layout::text::uses::{Title, Use};
use crate::locale::{Anchors, Language};
use crate::model::Code;
use crate::time::stamp::{self, Stamp};
use crate::time::zone::ZoneWords;

/// A line that ends in a stamp.
#[derive(Debug, Clone, PartialEq)]
pub struct TitleLine<'a> {
    /// What it says.
    pub title: Title<'a>,
    /// Whether the stamp is glued to the words before it.
    pub glued: bool,
    /// What the words of the stamp are.
    pub time: TimeWords,
    /// Whether nothing is before the stamp.
    pub is_alone: bool,
    /// Whether the title ends with a comma, as links to other pages say: `Bridge opens, published at 11:10`.
    pub is_link: bool,
}

/// What the words after `published at` are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeWords {
    /// A time.
    Time,
    /// The clock of a match: `Lap 16/52`.
    Clock,
    /// No time that can be read.
    Unread,
}

/// A title and its stamp, which hidden text glues to it:
///
/// ```text
/// Tunnel reopens after floodpublished at 14:27 British Summer Time 19 June 2023
/// ```
///
/// The title may itself contain `published at`; the last one that a time follows counts.
pub fn title_line<'a>(text: &'a str, language: &Language) -> Option<TitleLine<'a>> {
    // Most lines are sentences, which neither end in a stamp nor have a clock.
    let is_sentence = text.ends_with(['.', '!', '?']) && !text.ends_with(".m.");
    let may_run_on = memchr::memchr(b':', text.as_bytes()).is_some();
    if is_sentence && !may_run_on || !language.published.may_be_in(text) {
        return None;
    }
    if let Some(line) = run_on(text, language) {
        return Some(line);
    }
    if is_sentence {
        return None;
    }
    let (before, behind) = split_at_anchor(text, language.published)?;
    let (behind, breaking) = strip_breaking(behind, language);
    let (stamp_words, modified) = match split_at_anchor(behind, language.updated) {
        Some((published, updated)) => (published.trim_end(), read(updated, language)),
        None => (behind, None),
    };
    let stamp_words = without_second_clock(stamp_words, language);
    let glued = !before.ends_with(char::is_whitespace) && !before.is_empty();
    let reading = stamp::read(stamp_words, language);
    let time = match &reading {
        Some(Ok(_)) => TimeWords::Time,
        None if is_clock(stamp_words) && glued => TimeWords::Clock,
        _ => TimeWords::Unread,
    };
    let is_full = matches!(reading, Some(Ok(stamp)) if stamp.date.is_some());
    if is_other_word(before) && !is_full {
        return None;
    }
    // A doubled stamp: the same words once more before it.
    let before = title_line_before(before, language).unwrap_or(before);
    let (before, ends_card) = strip_read_more(before, language);
    let before = before.trim_end();
    let text = non_empty(before.strip_suffix(',').unwrap_or(before)).filter(|text| !same(text, language.placeholder));
    let title = Title {
        text,
        words: non_empty(stamp_words),
        stamp: reading.and_then(Result::ok),
        modified,
        breaking,
        ends_card,
        ..Title::default()
    };
    Some(TitleLine { title, glued, time, is_alone: before.is_empty(), is_link: before.ends_with(',') })
}

/// A whole entry on one line: the title, the time twice, and glued to it all that is below them.
///
/// ```text
/// Crane fallspublished at 14:1014:10The crane fell.
/// ```
fn run_on<'a>(text: &'a str, language: &Language) -> Option<TitleLine<'a>> {
    let anchor = language.published.first_exact_place(text)?;
    let (before, behind) = (&text[..anchor.start], text[anchor.end..].strip_prefix(' ')?);
    let length = behind.find(|c: char| !c.is_ascii_digit() && c != ':')?;
    let (clock, same_clock) = behind[..length].split_at(length / 2);
    if clock != same_clock || !clock.contains(':') {
        return None;
    }
    let paragraph = non_empty(&behind[length..]).filter(|words| !at_most_words(words, 3))?;
    let title = non_empty(before).filter(|_| !before.ends_with(char::is_whitespace))?;
    let stamp = read(clock, language)?;
    let title = Title {
        text: Some(title).filter(|text| !same(text, language.placeholder)),
        words: Some(clock),
        stamp: Some(stamp),
        paragraph: Some(paragraph),
        ..Title::default()
    };
    Some(TitleLine { title, glued: true, time: TimeWords::Time, is_alone: false, is_link: false })
}

/// The words of a stamp without a clock that is glued to them, and repeats theirs for the eye:
/// `14:10 British Summer Time14:10 BST`, `14:1014:10`.
fn without_second_clock<'a>(words: &'a str, language: &Language) -> &'a str {
    let length = words.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(words.len());
    let (clock, same_clock) = words[..length].split_at(length / 2);
    let clock = if clock == same_clock { clock } else { &words[..length] };
    // Few stamps have their clock twice.
    if clock.is_empty() || memchr::memmem::find(&words.as_bytes()[1..], clock.as_bytes()).is_none() {
        return words;
    }
    let second = words.rfind(clock).filter(|&at| at > 0 && !words[..at].ends_with(char::is_whitespace));
    let is_stamp = |words| read(words, language).is_some();
    second.filter(|&at| is_stamp(&words[..at]) && is_stamp(&words[at..])).map_or(words, |at| &words[..at])
}

/// The words before a glued `Breaking`, and whether there is one: `11:40 GMTBreaking`.
fn strip_breaking<'a>(text: &'a str, language: &Language) -> (&'a str, bool) {
    let split = text.len().checked_sub(language.breaking.len()).and_then(|at| text.split_at_checked(at));
    match split {
        Some((rest, end)) if same(end, language.breaking) => (rest.trim_end(), true),
        _ => (text, false),
    }
}

/// The words after a glued `Read More`, and whether there is one: `Read MoreCrane falls`.
fn strip_read_more<'a>(text: &'a str, language: &Language) -> (&'a str, bool) {
    match strip_opening(text, language.read_more) {
        Some(rest) if rest.starts_with(|c: char| !c.is_whitespace()) => (rest, true),
        _ => (text, false),
    }
}

/// Whether `published` is the end of `republished` or `unpublished`, unless a title happens to end so.
fn is_other_word(before: &str) -> bool {
    [" re", " un", "Re", "Un"].iter().any(|start| before.ends_with(start))
}

/// A stamp on a line of its own: `17:24 BST 12 June`, `published at 15:27`; its words, and what they say. Words that
/// name no known zone are no part of a stamp: `12:34 Hal Driftwood`.
pub fn stamp_alone<'a>(text: &'a str, language: &Language) -> Option<(&'a str, Stamp<'a>)> {
    stamp_first(text, language).filter(|(_, stamp)| stamp.zone.is_none_or(|zone| zone.kind != ZoneWords::Unknown))
}

/// The name after a stamp: `12:34 Hal Driftwood`.
pub fn name_after_stamp<'a>(text: &'a str, language: &Language) -> Option<&'a str> {
    let (_, stamp) = stamp_first(text, language)?;
    stamp.zone.filter(|zone| zone.kind == ZoneWords::Unknown && is_name(zone.words)).map(|zone| zone.words)
}

/// The words glued behind a date that repeats a stamp: `11:27 GMT 8 March 2024The lock is shut.`
pub fn words_after_stamp<'a>(text: &'a str, stamp: &Stamp, language: &Language) -> Option<&'a str> {
    let is_time = text.as_bytes().first()?.is_ascii_digit();
    let year = stamp.date.filter(|_| is_time)?.year?.to_string();
    let (repeated, words) = text.split_at(text.find(&year)? + year.len());
    let (_, second) = stamp_alone(repeated, language)?;
    let is_same = (second.time, second.date) == (stamp.time, stamp.date);
    non_empty(words).filter(|_| is_same && words.starts_with(|c: char| !c.is_ascii_digit()))
}

fn stamp_first<'a>(text: &'a str, language: &Language) -> Option<(&'a str, Stamp<'a>)> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) && !language.published.begin(text) {
        return None;
    }
    let text = match split_at_anchor(text, language.published) {
        Some(("", behind)) => behind,
        Some(_) => return None,
        None => text,
    };
    Some((text, read(text, language)?))
}

/// A title whose stamp was cut off, perhaps within `published at`, of which some letters may be left.
pub fn cut_title<'a>(text: &'a str, language: &Language) -> Option<&'a str> {
    let rests = language
        .published
        .words()
        .iter()
        .flat_map(|anchor| (4..anchor.len()).rev().filter_map(|end| anchor.get(..end)));
    non_empty(rests.filter_map(|rest| text.strip_suffix(rest)).next().unwrap_or(text))
}

/// The line under a title, where HTML says that it is one.
pub fn subtitle(at: &mut Cursor) -> Option<()> {
    let line = at.next().filter(|line| line.hints.role == Some(LineRole::Subtitle))?;
    at.take(Use::Subtitle(line.whole));
    Some(())
}

/// A line alone under a title, without a byline, that cannot be an image: a fixture with its hour, a line that is under
/// other titles, too, or what readers write about:
///
/// ```text
///     Rovers v United (12:00)
/// ```
pub fn recurring_subtitle(at: &mut Cursor) -> Option<()> {
    let line = at.next().filter(|line| line.mark.is_none() && is_phrase(line.text, 12))?;
    let is_under_title = matches!(at.last(), Some(Use::Title(_) | Use::SecondStamp(_) | Use::Breaking));
    let is_alone = at.page.is_flat || at.stands_alone();
    let recurs = at.page.under_titles.get(line.text).is_some_and(|entries| *entries > 1);
    let is_of_sport = || at.label().is_some_and(|label| names_sport(label, line.text, at.last()));
    let is_topic = || is_below_invitation(at) && at.ahead(1).is_some_and(|message| is_message(message.text));
    let is_hashtag = line.text.starts_with('#') && !line.text.contains(' ');
    let is_sure = recurs || is_hashtag || is_fixture(line.text) || has_hour(line.text) || is_of_sport();
    let is_event = || at.label().is_some_and(|label| is_sport(label, at.language())) && !is_name(line.text);
    if !is_under_title || !is_alone || at.is_last() || !(is_sure || is_topic() || is_event()) {
        return None;
    }
    if is_event() && !is_sure {
        let message = format!("“{}” is under a title with a sport above it; read as the subtitle", line.text);
        at.doubt(Code::ImageOrText, message);
    } else if !is_sure {
        let message =
            format!("“{}” is read as what readers write about, not as an image's alternative text", line.text);
        at.doubt(Code::ImageOrText, message);
    } else if is_name(line.text) {
        let message = format!("“{}” is alone under several titles; read as their subtitle, not as a name", line.text);
        at.doubt(Code::BylineInferred, message);
    }
    at.take(Use::Subtitle(line.text));
    Some(())
}

/// `Single sculls final (13:50 BST)`: an event with its hour.
fn has_hour(text: &str) -> bool {
    let hour = text.strip_suffix(')').and_then(|text| text.rsplit_once(" (")).map(|(_, hour)| hour);
    hour.is_some_and(|hour| at_most_words(hour, 2) && hour.split(' ').next().is_some_and(is_clock_time))
}

/// Whether a label is the name of a sport: it is in small letters, and none of those that are known.
fn is_sport(label: &str, language: &Language) -> bool {
    !label.contains(char::is_uppercase) && !language.labels.iter().any(|known| same(label, known))
}

/// Whether a line names the sport of its entry or, where the title does, what of it: a label says which sport it is.
///
/// ```text
///   1. rowing
///
///     Orvane leadspublished at 14:10 British Summer Time 9 August 2016
///
///     Rowing
/// ```
fn names_sport(label: &str, line: &str, above: Option<&Use>) -> bool {
    let title = if let Some(Use::Title(title)) = above { title.text } else { None };
    same(label, line) || title.is_some_and(|title| same(label, title)) && !is_name(line)
}

/// A reader's words behind a name: `Ada Harbour: It was the last lamp.`
fn is_message(text: &str) -> bool {
    text.split_once(": ").is_some_and(|(name, words)| at_most_words(name, 5) && !words.is_empty())
}

/// `Rovers v United (12:00)`, `FT: Rovers 2-1 United`, or nothing but names and a score: `Quay 6-7 (3-7) 7-6. Lantern`.
pub fn is_fixture(text: &str) -> bool {
    let is_name_or_number = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '(');
    if is_result(text) && text.split_whitespace().all(is_name_or_number) {
        return true;
    }
    if let Some(("FT" | "HT" | "AET", result)) = text.split_once(": ") {
        return is_result(result);
    }
    let Some((teams, hour)) = text.strip_suffix(')').and_then(|text| text.rsplit_once(" (")) else { return false };
    let has_sides = [" v ", " vs ", " v. "].iter().any(|against| teams.contains(against));
    has_sides && hour.split(' ').any(is_clock_time)
}

/// `Rovers 2-1 United`, `Quay 396-8`: a number on either side of a hyphen or a dash.
pub fn is_result(text: &str) -> bool {
    let is_number = |digits: &str| (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_score = |(one, other): (&str, &str)| is_number(one) && is_number(other);
    text.split_whitespace().any(|word| word.split_once(['-', '–']).is_some_and(is_score))
}

/// `12:00` or `12.00`
fn is_clock_time(word: &str) -> bool {
    let parts = word.split_once([':', '.']);
    let is_number = |digits: &str| (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    parts.is_some_and(|(hours, minutes)| is_number(hours) && is_number(minutes))
}

/// The text before a stamp, if the text ends in one.
fn title_line_before<'a>(before: &'a str, language: &Language) -> Option<&'a str> {
    let (first, behind) = split_at_anchor(before, language.published)?;
    read(behind, language).map(|_| first)
}

fn read<'a>(text: &'a str, language: &Language) -> Option<Stamp<'a>> {
    stamp::read(text, language)?.ok()
}

/// The text before and behind the last of the anchors that a space or a colon follows: `Published at`.
fn split_at_anchor<'a>(text: &'a str, anchors: &Anchors) -> Option<(&'a str, &'a str)> {
    let is_before_time = |place: &Range<usize>| text[place.end..].starts_with([' ', ':']);
    let last = anchors.last_places(text).filter(is_before_time).max_by_key(|place| (place.start, place.end))?;
    Some((&text[..last.start], text[last.end + 1..].trim()))
}

/// Whether the words say how far a match has gone: `Lap 16/52`, `7.2 overs`, `45+2'`, `HT`.
pub fn is_clock(words: &str) -> bool {
    const NAMED: [&str; 8] = ["HT", "FT", "AET", "KO", "Half-time", "Full-time", "Half time", "Full time"];
    NAMED.iter().any(|name| same(words, name))
        || at_most_words(words, 4)
            && words.contains(|c: char| c.is_ascii_digit())
            && !words.contains([':', '?', '!', '"'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::ENGLISH;

    /// The title, the stamp's words, and what they are.
    fn parse(line: &str) -> Option<(Option<&str>, Option<&str>, TimeWords)> {
        let line = title_line(line, &ENGLISH)?;
        Some((line.title.text, line.title.words, line.time))
    }

    #[test]
    fn a_title_may_hold_published_at_times_and_digits_at_its_end() {
        let line = "Report published at 9:00 names 1974published at 11:40 GMT 4 March 2024";
        assert_eq!(
            parse(line),
            Some((Some("Report published at 9:00 names 1974"), Some("11:40 GMT 4 March 2024"), TimeWords::Time))
        );
    }

    #[test]
    fn a_doubled_stamp_is_one() {
        let line = "Bridge openspublished at 11:10 GMT 4 March 2024published at 11:10 GMT 4 March 2024";
        assert_eq!(parse(line), Some((Some("Bridge opens"), Some("11:10 GMT 4 March 2024"), TimeWords::Time)));
    }

    #[test]
    fn a_clock_that_is_said_twice_is_one() {
        for (line, words) in [
            ("published at 14:10 British Summer Time14:10 BST", "14:10 British Summer Time"),
            ("published at 14:1014:10", "14:10"),
            ("published at 14:10 GMT 4 March 202414:10 GMT", "14:10 GMT 4 March 2024"),
        ] {
            assert_eq!(parse(&format!("Crane falls{line}")), Some((Some("Crane falls"), Some(words), TimeWords::Time)));
        }
    }

    #[test]
    fn an_entry_may_be_one_line() {
        for text in ["The crane fell at noon.", "The crane fell, and it"] {
            let line = format!("Crane fallspublished at 14:1014:10{text}");
            let title = title_line(&line, &ENGLISH).unwrap().title;
            assert_eq!((title.text, title.words), (Some("Crane falls"), Some("14:10")));
            assert_eq!(title.paragraph, Some(text));
        }
        assert!(title_line("It was published at 14:1014:20The crane fell at noon.", &ENGLISH).is_none());
    }

    #[test]
    fn a_fixture_has_its_hour_and_a_result_its_mark() {
        for line in [
            "Rovers v United (12:00)",
            "Rovers vs United (19.45 GMT)",
            "FT: Rovers 2-1 of United",
            "Rovers 2-1 United",
            "Quay 6-7 (3-7) 7-6 (7-2) 6-4. Lantern",
        ] {
            assert!(is_fixture(line), "{line}");
        }
        for line in ["Rovers v United", "Rovers beat United (at last)", "Rovers lead 2-1 now", "FT: it is over"] {
            assert!(!is_fixture(line), "{line}");
        }
    }

    #[test]
    fn a_placeholder_is_no_title() {
        assert_eq!(parse("Postpublished at 11:40 GMT"), Some((None, Some("11:40 GMT"), TimeWords::Time)));
    }

    #[test]
    fn the_clock_of_a_match_is_no_time() {
        for clock in ["Lap 16/52", "7.2 overs", "45+2'", "HT"] {
            let line = format!("Gull leadspublished at {clock}");
            assert_eq!(parse(&line), Some((Some("Gull leads"), Some(clock), TimeWords::Clock)));
        }
    }

    #[test]
    fn a_time_that_cannot_be_is_unread() {
        let line = "Nothing to seepublished at 25:61 GMT 4 March 2024";
        assert_eq!(parse(line), Some((Some("Nothing to see"), Some("25:61 GMT 4 March 2024"), TimeWords::Unread)));
    }

    #[test]
    fn prose_that_was_republished_is_no_title() {
        assert_eq!(parse("The report was republished at 14:00"), None);
        assert_eq!(parse("It was left unpublished at the time"), None);
    }

    #[test]
    fn breaking_and_a_change_may_be_glued_behind_the_stamp() {
        let line = "Crane fallspublished at 10:58 GMT 4 March 2024updated at 12:01 GMT 4 March 2024Breaking";
        let title = title_line(line, &ENGLISH).unwrap().title;
        assert_eq!((title.words, title.breaking), (Some("10:58 GMT 4 March 2024"), true));
        assert_eq!(title.modified.unwrap().time.to_string(), "12:01:00");
    }

    #[test]
    fn read_more_glued_before_the_title_ends_a_teaser() {
        let title = |line| title_line(line, &ENGLISH).unwrap().title;
        let glued = title("Read MoreCrane fallspublished at 10:58 GMT 4 March 2024");
        assert_eq!((glued.text, glued.ends_card), (Some("Crane falls"), true));
        let title = title("Read more of the crane herepublished at 10:58 GMT 4 March 2024");
        assert_eq!((title.text, title.ends_card), (Some("Read more of the crane here"), false));
    }

    #[test]
    fn letters_of_a_cut_off_stamp_are_no_part_of_the_title() {
        assert_eq!(cut_title("What the forecast sayspubli", &ENGLISH), Some("What the forecast says"));
        assert_eq!(cut_title("What the forec", &ENGLISH), Some("What the forec"));
    }
}
