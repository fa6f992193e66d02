//! What browsers and archives note in a page that they save: where it was published, and when it was saved.
//!
//! ```html
//! <!-- saved from url=(0030)https://news.example/live/flood -->
//! <!--
//!  Page saved with SingleFile
//!  url: https://news.example/live/flood
//!  saved date: Mon Jun 19 2023 15:27:05 GMT+0100 (British Summer Time)
//! -->
//! <!-- FILE ARCHIVED ON 14:27:05 Jun 19, 2023 AND RETRIEVED FROM THE INTERNET ARCHIVE ON 09:00:00 Mar 04, 2024. -->
//! ```

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::time::years;

/// What a browser or an archive noted in a page when it saved it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saved {
    /// Where it was published.
    pub url: Option<String>,
    /// When it was saved, UTC.
    pub at: Option<DateTime<Utc>>,
    /// The words of such a time that lies outside the years 0001 to 9999.
    pub outside: Option<String>,
}

impl Saved {
    /// Reads the comments of a page.
    pub fn read<'a>(comments: impl Iterator<Item = &'a str>) -> Saved {
        let mut saved = Saved::default();
        for comment in comments.map(str::trim) {
            let Saved { url, at, outside } = by_browser(comment)
                .or_else(|| by_single_file(comment))
                .or_else(|| by_internet_archive(comment))
                .unwrap_or_default();
            saved.url = saved.url.or(url.filter(|url| url.starts_with("http")));
            saved.at = saved.at.or(at);
            saved.outside = saved.outside.or(outside);
        }
        saved
    }

    fn new(url: Option<&str>, time: Option<(&str, DateTime<Utc>)>) -> Saved {
        let (words, at) = time.unzip();
        let within = at.and_then(years::utc);
        let outside = words.filter(|_| within.is_none()).map(str::to_owned);
        Saved { url: url.map(str::to_owned), at: within, outside }
    }
}

/// `saved from url=(0030)https://…`: the number is how long the address is.
fn by_browser(comment: &str) -> Option<Saved> {
    let (_, url) = comment.strip_prefix("saved from url=(")?.split_once(')')?;
    Some(Saved::new(Some(url), None))
}

/// A line for each fact. The time is as JavaScript prints it.
fn by_single_file(comment: &str) -> Option<Saved> {
    let facts = comment.strip_prefix("Page saved with SingleFile")?;
    let fact = |name: &str| facts.lines().find_map(|line| line.trim().strip_prefix(name)).map(str::trim);
    let at = fact("saved date:").and_then(|words| {
        let words = words.split(" (").next()?;
        Some((words, DateTime::parse_from_str(words, "%a %b %d %Y %H:%M:%S GMT%z").ok()?.to_utc()))
    });
    Some(Saved::new(fact("url:"), at))
}

/// The first of its two times is that of the capture, UTC.
fn by_internet_archive(comment: &str) -> Option<Saved> {
    let (words, _) = comment.strip_prefix("FILE ARCHIVED ON ")?.split_once(" AND RETRIEVED")?;
    let at = NaiveDateTime::parse_from_str(words, "%H:%M:%S %b %d, %Y").ok()?;
    Some(Saved::new(None, Some((words, at.and_utc()))))
}

/// The address behind one of the Internet Archive: `https://web.archive.org/web/20230619142705im_/https://news.example/a.jpg`.
/// Pages from there have the like for all of their own.
pub fn unarchived(address: &str) -> &str {
    const ARCHIVE: [&str; 4] = ["https://web.archive.org", "http://web.archive.org", "//web.archive.org", ""];
    let behind = |host: &&str| {
        let (time, rest) = address.strip_prefix(*host)?.strip_prefix("/web/")?.split_once('/')?;
        let is_time = time.len() >= 4 && time.starts_with(|c: char| c.is_ascii_digit());
        let is_address = rest.starts_with("http://") || rest.starts_with("https://");
        (is_time && is_address).then_some(rest)
    };
    ARCHIVE.iter().find_map(behind).unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The address and the time in a comment.
    fn read(comment: &str) -> (Option<String>, Option<String>) {
        let Saved { url, at, .. } = Saved::read(std::iter::once(comment));
        (url, at.map(|at| at.to_rfc3339()))
    }

    #[test]
    fn browsers_and_archives_note_where_and_when() {
        let (url, at) = (Some("https://news.example/live".to_owned()), Some("2023-06-19T14:27:05+00:00".to_owned()));
        assert_eq!(read(" saved from url=(0025)https://news.example/live "), (url.clone(), None));
        let single_file = "\n Page saved with SingleFile \n url: https://news.example/live \n \
                           saved date: Mon Jun 19 2023 15:27:05 GMT+0100 (British Summer Time)\n";
        assert_eq!(read(single_file), (url, at.clone()));
        let archive = "\n     FILE ARCHIVED ON 14:27:05 Jun 19, 2023 AND RETRIEVED FROM THE\n     INTERNET ARCHIVE ON 09:00:00 Mar 4, 2024.\n";
        assert_eq!(read(archive), (None, at));
    }

    #[test]
    fn a_time_outside_the_years_0001_to_9999_is_none_of_a_capture() {
        let single_file = "Page saved with SingleFile\nsaved date: Fri Dec 31 9999 23:30:00 GMT-0100 (Azores)\n";
        let archive = "FILE ARCHIVED ON 00:00:00 Jan 1, 0000 AND RETRIEVED FROM";
        for (comment, words) in [(single_file, "Fri Dec 31 9999 23:30:00 GMT-0100"), (archive, "00:00:00 Jan 1, 0000")]
        {
            let Saved { at, outside, .. } = Saved::read(std::iter::once(comment));
            assert_eq!((at, outside.as_deref()), (None, Some(words)));
        }
    }

    #[test]
    fn other_comments_and_broken_notes_are_ignored() {
        for comment in [
            "",
            "A page saved from url=(0025)https://news.example",
            "saved from url=(0014)about:internet",
            "Page saved with SingleFile\n saved date: last night",
            "FILE ARCHIVED ON 14:27:05 Juni 19, 2023 AND RETRIEVED FROM",
            "FILE ARCHIVED ON",
        ] {
            assert_eq!(read(comment), (None, None), "{comment}");
        }
    }

    #[test]
    fn addresses_of_the_archive_lead_to_what_was_published() {
        for address in [
            "https://web.archive.org/web/20230619142705/https://news.example/live?page=2",
            "/web/20230619142705mp_/https://news.example/live?page=2",
            "https://news.example/live?page=2",
        ] {
            assert_eq!(unarchived(address), "https://news.example/live?page=2");
        }
        for address in
            ["/web/2023/story", "https://news.example/web/2023/https://other.example", "/web/design/https://x"]
        {
            assert_eq!(unarchived(address), address);
        }
    }
}
