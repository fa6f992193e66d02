//! The columns of a data set that a page is read from: its text or HTML, its address, and when it was saved.
//!
//! | data set | text | address | saved |
//! |---|---|---|---|
//! | C4, mC4, CulturaX | `text` | `url` | `timestamp` |
//! | CC-Net, RedPajama 2 | `raw_content` | `url` | `date_download` |
//! | CC-News | `text`, `plain_text` | `url` | `date` |
//! | DCLM | `text` | `metadata.WARC-Target-URI` | `metadata.WARC-Date` |
//! | Dolma | `text` | `metadata.url` | `created` |
//! | FineWeb, OpenWebMath | `text` | `url` | `date` |
//! | HPLT | `text` | `u` | `ts` |
//! | news-please | `maintext` | `url` | `date_download` |
//! | OSCAR | `content` | `warc_headers.warc-target-uri` | `warc_headers.warc-date` |
//! | RedPajama 1 | `text` | `meta.url` | `meta.timestamp` |
//! | RefinedWeb | `content` | `url` | `timestamp` |
//!
//! A column is taken by its name alone, so a name that says when a page was *published* is in no list: the page was
//! saved later than that, nobody knows when.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use crate::time::years;

/// The names of columns, where the user gives them; the others are found by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DataSetColumns {
    /// The text or HTML of the page.
    pub text: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// When it was saved.
    pub date: Option<String>,
}

/// A page as HTML says more than its text.
const TEXT: &[&str] = &["html", "raw_html", "html_content", "text", "content", "raw_content", "plain_text", "maintext"];
const URL: &[&str] =
    &["url", "u", "uri", "metadata.url", "meta.url", "warc_headers.warc-target-uri", "metadata.WARC-Target-URI"];
const DATE: &[&str] = &[
    "timestamp",
    "date_download",
    "ts",
    "date",
    "created",
    "meta.timestamp",
    "warc_headers.warc-date",
    "metadata.WARC-Date",
];

impl DataSetColumns {
    /// The columns that may contain the page, the likeliest first; a dot leads into an object or a struct.
    pub(crate) fn text_names(&self) -> Vec<&str> {
        names(self.text.as_deref(), TEXT)
    }

    /// The columns that may contain the page's address.
    pub(crate) fn url_names(&self) -> Vec<&str> {
        names(self.url.as_deref(), URL)
    }

    /// The columns that may contain the time at which the page was saved.
    pub(crate) fn date_names(&self) -> Vec<&str> {
        names(self.date.as_deref(), DATE)
    }
}

/// The name that the user gives, else the common ones.
fn names<'a>(given: Option<&'a str>, common: &[&'a str]) -> Vec<&'a str> {
    given.map_or_else(|| common.to_vec(), |name| vec![name])
}

/// Whether the names of an object's columns are those of our own rows, which can have a column of text, too.
pub(crate) fn is_ours<'a>(names: impl Iterator<Item = &'a str> + Clone) -> bool {
    ["page", "id"].iter().all(|ours| names.clone().any(|name| name == *ours))
}

/// Reads when a page was saved, as data sets write it: RFC 3339, a date and a time with or without `Z`, 14 digits,
/// seconds or milliseconds since 1970, or a day. Times without a zone are UTC.
///
/// A day means its end, as for `captured` everywhere, because the page may have entries of all that day. Midnight means
/// a day, too: a time that was lost is written so far more often than a page is saved in that second.
pub(crate) fn saved_at(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    let at = if text.bytes().all(|byte| byte.is_ascii_digit()) { from_digits(text)? } else { from_words(text)? };
    let end_of_day = || at.date_naive().and_hms_opt(23, 59, 59).map(|end| end.and_utc());
    years::utc(if at.time() == NaiveTime::MIN { end_of_day()? } else { at })
}

fn from_words(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.to_utc());
    }
    let text = if text.contains('/') { Cow::Owned(text.replace('/', "-")) } else { Cow::Borrowed(text) };
    let text = text.trim_end_matches("UTC").trim_end_matches('Z').trim_end();
    let time = ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M"]
        .into_iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    let day = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0);
    time.or_else(day).map(|time| time.and_utc())
}

fn from_digits(text: &str) -> Option<DateTime<Utc>> {
    match text.len() {
        14 => Some(NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M%S").ok()?.and_utc()),
        8 => Some(NaiveDate::parse_from_str(text, "%Y%m%d").ok()?.and_hms_opt(0, 0, 0)?.and_utc()),
        // Since September 2001, and until the year 2286.
        10 => DateTime::from_timestamp(text.parse().ok()?, 0),
        13 => DateTime::from_timestamp_millis(text.parse().ok()?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_data_sets_write_it() {
        for text in [
            "2019-04-25T12:57:54Z",
            "2019-04-25T13:57:54+01:00",
            "2019-04-25 12:57:54",
            "2019-04-25 12:57:54 UTC",
            "2019/04/25 12:57:54",
            "2019-04-25T12:57:54",
            "20190425125754",
            "1556197074",
            "1556197074000",
        ] {
            assert_eq!(
                saved_at(text).map(|at| at.to_rfc3339()).as_deref(),
                Some("2019-04-25T12:57:54+00:00"),
                "{text}"
            );
        }
    }

    #[test]
    fn a_day_means_its_end() {
        for text in ["2019-04-25", "20190425", "2019/04/25", "2019-04-25 00:00:00", "2019-04-25T00:00:00.000Z"] {
            assert_eq!(
                saved_at(text).map(|at| at.to_rfc3339()).as_deref(),
                Some("2019-04-25T23:59:59+00:00"),
                "{text}"
            );
        }
    }

    #[test]
    fn other_words_are_no_time() {
        for text in ["", "yesterday", "2019", "2019-13-01", "25 April", "99999999999999", "-2h", "2019-04-25 noon"] {
            assert_eq!(saved_at(text), None, "{text}");
        }
    }

    #[test]
    fn the_column_that_the_user_names_is_the_only_one() {
        let columns = DataSetColumns { text: Some("words".into()), ..DataSetColumns::default() };
        assert_eq!(columns.text_names(), ["words"]);
        assert_eq!(columns.url_names()[0], "url");
    }
}
