//! Evidence that a page is a live page of the BBC, where its only structure is numbers or clocks.
//!
//! Numbered headings, ranks, comments, agendas and chronologies look like numbered entries:
//!
//! ```text
//! 1. A lamp you can see by
//! The first thing a boat needs is a lamp.
//! ```

use crate::layout::text::line::Line;
use crate::layout::text::recognise::embed;
use crate::layout::text::recognise::name::{author_and_role, is_name, is_organisation, is_role};
use crate::layout::text::recognise::shape::{at_most_words, begins_with, ends_sentence, same, strip_opening};
use crate::locale::Language;

/// Whether the lines contain something that only live pages of the BBC have. `starts` are the indexes of the lines at
/// which entries seem to begin.
pub fn is_live_page(lines: &[Line], starts: &[usize], language: &Language) -> bool {
    let (Some(&first), Some(&last)) = (starts.first(), starts.last()) else { return false };
    lines[first..].iter().any(|line| is_sign(line.text))
        || lines.iter().any(|line| names_address(line.text))
        // Other sites have one button to share the whole page, above or below all of it.
        || lines[first..last].iter().any(|line| same(line.text, SHARE_BUTTON))
        || is_signed(&lines[first..], language)
        || starts.iter().any(|&start| is_signed_below(&lines[start..], language))
}

/// Whether the clocks that entries begin with are those of a live page: they run in one direction, with small steps
/// back.
///
/// Nearly all minutes of an agenda are multiples of five. Four digits alone may be years, above all oldest first.
/// Chronologies, timetables and the minutes of a meeting run from the oldest, too, so such a page must say that it is
/// live.
pub fn begin_with_clocks<'a>(clocks: impl Iterator<Item = &'a str>, says_live: bool) -> bool {
    const FEWEST: usize = 3;
    const HALF_A_DAY: i32 = 12 * 60;
    let clocks: Vec<_> = clocks.collect();
    let Some(minutes) = clocks.iter().map(|clock| minutes(clock)).collect::<Option<Vec<_>>>() else { return false };
    let uneven = minutes.iter().filter(|minutes| *minutes % 5 != 0).count();
    let steps = minutes.windows(2).map(|pair| pair[1] - pair[0]);
    // A longer step leads over midnight.
    let steps: Vec<_> = steps.filter(|step| *step != 0 && step.abs() < HALF_A_DAY).collect();
    let forward = steps.iter().filter(|step| **step > 0).count();
    let against = forward.min(steps.len() - forward);
    let is_oldest_first = forward > against;
    let years = clocks.iter().filter_map(|clock| clock.parse::<u16>().ok()).collect::<Vec<_>>();
    let are_years = !years.is_empty()
        && !clocks.iter().any(|clock| clock.starts_with('0'))
        && (is_oldest_first || years.iter().all(|year| (1900..2060).contains(year)));
    minutes.len() >= FEWEST
        && uneven * 10 > minutes.len()
        && against * 10 <= steps.len()
        && !are_years
        && (says_live || !is_oldest_first)
}

/// The minutes since midnight of a clock: `19:44`, `1944`.
fn minutes(clock: &str) -> Option<i32> {
    let (hours, minutes) = clock.split_once(':').or_else(|| clock.split_at_checked(2))?;
    let number = |digits: &str| digits.parse::<u8>().ok().filter(|_| digits.len() == 2).map(i32::from);
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// Whether the page says that it is live: in its head, or in the titles of its entries.
pub fn says_live<'a>(head: &[Line], mut titles: impl Iterator<Item = &'a str>) -> bool {
    const WORDS: [&str; 7] =
        ["live", "as it happened", "minute by minute", "commentary", "latest updates", "liveblog", "all the action"];
    let says = |text: &str| {
        let lower = text.to_ascii_lowercase();
        let is_word = |at: usize, length: usize| {
            let apart = |next: Option<char>| !next.is_some_and(char::is_alphanumeric);
            apart(lower[..at].chars().next_back()) && apart(lower[at + length..].chars().next())
        };
        WORDS.iter().any(|word| lower.match_indices(word).any(|(at, word)| is_word(at, word.len())))
    };
    let written = head.iter().rev().filter(|line| !line.is_blank());
    written.take(40).any(|line| says(line.text)) || titles.any(says)
}

/// Whether most entries have a finished sentence below their first line: the rows of a timetable have none.
pub fn have_prose(lines: &[Line], starts: &[usize]) -> bool {
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let is_prose = |line: &Line| ends_sentence(line.text) && !at_most_words(line.text, 3);
    let with_prose = starts.iter().zip(ends).filter(|&(&start, end)| lines[start..end].iter().any(is_prose)).count();
    with_prose * 2 > starts.len()
}

/// Whether an address is one of the BBC's live pages: `https://www.bbc.co.uk/news/live/uk-12345678`.
pub fn is_live_address(address: &str) -> bool {
    const HOSTS: [&str; 4] = ["bbc.co.uk", "bbc.com", "bbci.co.uk", "bbc.in"];
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let is_host = |known: &str| host == known || host.strip_suffix(known).is_some_and(|sub| sub.ends_with('.'));
    HOSTS.iter().any(|known| is_host(known))
        && (host == "bbc.in" || path.split(['/', '?', '#']).any(|part| part == "live"))
}

/// Lines that the BBC's pages put into entries …
const LINES: [&str; 3] = ["Post update", "Envelope update", "Video content"];
/// … and their openings.
const OPENINGS: [&str; 6] = [
    "Image caption:",
    "Video caption:",
    "Quote Message:",
    "Read more about sharing BBC content",
    "Listen live to BBC ",
    "Text us on 81111",
];
const SHARE_BUTTON: &str = "Share this post";
/// Roles of the BBC's partners.
const PARTNER: &str = "Local Democracy Report";
const LOCAL: &str = "Local Live";
/// What is above `Parliament`.
const HOUSES: [&str; 2] = ["House of Commons", "House of Lords"];
/// Before a credit.
const COPYRIGHT: &str = "Copyright:";

/// Words of which a page without the BBC's name has one, if it has any evidence.
pub fn words() -> impl Iterator<Item = &'static str> {
    LINES.into_iter().chain(OPENINGS).chain(HOUSES).chain([SHARE_BUTTON, PARTNER, LOCAL, COPYRIGHT, embed::LINK])
}

/// Whether a line is one that the BBC's pages put into entries.
fn is_sign(text: &str) -> bool {
    // `Copyright: © 2019 Ada Harbour` is below the pages of many sites.
    let credits = |rest: &str| rest.trim_start().starts_with(char::is_alphabetic) && at_most_words(rest, 6);
    LINES.iter().any(|line| same(text, line))
        || OPENINGS.iter().any(|opening| begins_with(text, opening))
        || strip_opening(text, COPYRIGHT).is_some_and(credits)
        || embed::is_link(text)
}

/// Whether a line names a live page or a mailbox of the BBC. Mere links to its articles are in reference lists, too.
fn names_address(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), b"bbc").is_some()
        && text.split_whitespace().map(|word| word.trim_matches(['(', ')', '<', '>', ',', '.', ';'])).any(|word| {
            word.contains("bbc.")
                && (word.ends_with("@bbc.co.uk") || word.ends_with("@bbc.com") || is_live_address(word))
        })
}

/// How many of the entries that seem to begin at `starts` are written by the BBC.
pub fn signed_entries(lines: &[Line], starts: &[usize], language: &Language) -> usize {
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let entries = starts.iter().zip(ends).map(|(&start, end)| &lines[start..end]);
    entries.filter(|lines| is_signed(lines, language) || is_signed_below(lines, language)).count()
}

/// Whether a name is above a role at the BBC: `Cy Lantern` / `BBC News`.
fn is_signed(lines: &[Line], language: &Language) -> bool {
    let written = || lines.iter().filter(|line| !line.is_blank());
    written().zip(written().skip(1)).any(|(name, role)| {
        role.mark.is_none() && is_bbc_role(role.text, language) && name.mark.is_none() && is_name(name.text)
    })
}

/// Whether the entry's first line, or the line below it, says that the BBC writes it: `Ada Harbour, BBC Weather`,
/// `BBC Sport's Ada Harbour`, `BBC Politics`.
fn is_signed_below(lines: &[Line], language: &Language) -> bool {
    let mut written = lines.iter().filter(|line| !line.is_blank());
    let Some(first) = written.next() else { return false };
    if is_bbc_author(first.text, language) {
        return true;
    }
    let mut below = written.take_while(|line| line.mark.is_none()).map(|line| line.text);
    let Some(second) = below.next() else { return false };
    if is_bbc_author(second, language) {
        return true;
    }
    let is_bbc_or_its_partner = || is_bbc_role(second, language) || same(second, "Local Democracy Reporting Service");
    if is_organisation(second, language) && is_bbc_or_its_partner() {
        return true;
    }
    let is_house = HOUSES.iter().any(|house| same(second, house));
    is_house && below.next().is_some_and(|role| same(role, "Parliament"))
}

/// `Ada Harbour, BBC Weather`, `BBC Sport's Ada Harbour`
fn is_bbc_author(text: &str, language: &Language) -> bool {
    author_and_role(text).is_some_and(|(_, role)| role.is_none_or(|role| is_bbc_role(role, language)))
}

/// Whether a role is one at the BBC. A channel is none: rankings of programmes say where each was shown.
fn is_bbc_role(text: &str, language: &Language) -> bool {
    const CHANNELS: [&str; 7] = ["One", "Two", "Three", "Four", "America", "iPlayer", "Worldwide"];
    let mut said = text.split(|c: char| !c.is_alphanumeric()).skip_while(|word| *word != "BBC");
    let names_bbc = said.next().is_some() && !said.next().is_some_and(|next| CHANNELS.contains(&next));
    is_role(text, language) && (names_bbc || begins_with(text, PARTNER) || same(text, LOCAL))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::text::line;
    use crate::locale::ENGLISH;

    /// A page of three numbered titles, the second of them followed by other lines.
    fn has_evidence(lines: &str) -> bool {
        let text = format!("1. One\n\nWords.\n\n2. Two\n\n{lines}\n\nWords.\n\n3. Three\n\nWords.\n");
        let lines = line::lines(&text);
        let starts: Vec<_> = (0..lines.len()).filter(|&index| lines[index].mark.is_some()).collect();
        is_live_page(&lines, &starts, &ENGLISH)
    }

    #[test]
    fn what_only_live_pages_of_the_bbc_have_is_evidence() {
        for lines in [
            "Cy Lantern\n\nBBC News",
            "Cy Lantern\nPolitical reporter, BBC Radio Ellan",
            "Cy Lantern, BBC Weather",
            "BBC Radio Ellan's Cy Lantern",
            "BBC Politics",
            "Local Democracy Reporting Service",
            "House of Commons\n\nParliament",
            "Share this post",
            "View more on twitter",
            "Post update",
            "Video content",
            "Image caption: The quay at nine",
            "Copyright: PA Media",
            "https://www.bbc.co.uk/news/live/uk-england-12345678",
            "Write to quay@bbc.co.uk",
        ] {
            assert!(has_evidence(lines), "{lines}");
        }
    }

    #[test]
    fn what_other_pages_have_is_no_evidence() {
        for lines in [
            "",
            "Cy Lantern\n\nHarbour News",
            "The Old Lighthouse\n\nBBC Two",
            "BBC One",
            "Says Cy Lantern of the BBC.",
            "Copyright: © 2019 Cy Lantern",
            "View more on the map",
            "https://www.bbc.co.uk/news/uk-england-12345678",
            "Share this recipe",
        ] {
            assert!(!has_evidence(lines), "{lines}");
        }
    }

    #[test]
    fn a_button_to_share_the_whole_page_is_no_evidence() {
        for text in
            ["Share this post\n1. One\n\nWords.\n\n2. Two\n\nWords.", "1. One\n\nWords.\n\n2. Two\n\nShare this post"]
        {
            let lines = line::lines(text);
            let starts: Vec<_> = (0..lines.len()).filter(|&index| lines[index].mark.is_some()).collect();
            assert!(!is_live_page(&lines, &starts, &ENGLISH), "{text}");
        }
    }

    #[test]
    fn clocks_are_evidence_but_those_of_an_agenda_are_none() {
        let begin = |clocks: [&str; 3]| begin_with_clocks(clocks.into_iter(), true);
        assert!(begin(["03:59", "04:02", "04:15"]));
        assert!(begin(["04:15", "04:02", "03:59"]));
        assert!(!begin(["09:00", "09:30", "10:15"]));
        assert!(!begin(["04:15", "03:59", "04:02"]));
        assert!(!begin(["03:59", "99:99", "04:15"]));
        assert!(begin(["00:02", "23:58", "23:51"]));
        assert!(begin(["2140", "2135", "2131"]));
        assert!(!begin(["2022", "2018", "2014"]));
        assert!(!begin(["1066", "1213", "1314"]));
    }

    #[test]
    fn from_the_oldest_a_page_must_say_that_it_is_live() {
        let begin = |clocks: [&str; 3]| begin_with_clocks(clocks.into_iter(), false);
        assert!(begin(["04:15", "04:02", "03:59"]));
        assert!(!begin(["03:59", "04:02", "04:15"]));
    }

    #[test]
    fn a_page_says_that_it_is_live_in_whole_words() {
        let says = |text| says_live(&line::lines(text), [].into_iter());
        assert!(says("Crane Live: all day"));
        assert!(says("The crane, minute by minute"));
        assert!(!says("They deliver to Olive Street"));
        assert!(says_live(&[], ["Weather", "Commentary"].into_iter()));
    }

    #[test]
    fn an_address_of_a_live_page_is_known_by_host_and_path() {
        for address in
            ["https://www.bbc.co.uk/news/live/uk-1", "http://bbc.com/sport/live/football/1?page=2", "https://bbc.in/x"]
        {
            assert!(is_live_address(address), "{address}");
        }
        for address in
            ["https://www.bbc.co.uk/news/uk-1", "https://notbbc.com/live/1", "https://news.example/live/bbc.com"]
        {
            assert!(!is_live_address(address), "{address}");
        }
    }
}
