//! Times in our JSON that lie outside the years 0001 to 9999: they are left out of the live blog, and reported.

use serde::Deserialize;

use crate::model::{Code, Coverage, Entry, LiveBlog, Warning};
use crate::time::years;

/// Whether there may be a time outside: whether any string begins as such a time does.
pub(super) fn may_be_outside(json: &str) -> bool {
    const STARTS: [&[u8]; 5] = [b"\"+", b"\"-", b"\"0000-", b"\"0001-01-01T", b"\"9999-12-31T"];
    STARTS.iter().any(|start| memchr::memmem::find(json.as_bytes(), start).is_some())
}

/// Adds a warning for each time that the JSON has and the live blog, which was read from it, has not.
pub(super) fn report_outside(json: &str, live_blog: &mut LiveBlog) {
    let Some(times) = PageTimes::read(json) else { return };
    let warning = |words: &str, entry: Option<&Entry>| Warning {
        code: Code::TimeUnread,
        line: None,
        entry: entry.map(|entry| entry.id.clone()),
        message: years::outside(words),
    };
    let Coverage { start, end } = live_blog.coverage;
    let of_page = [(&times.captured, live_blog.captured), (&times.coverage.start, start), (&times.coverage.end, end)];
    for (words, time) in of_page {
        live_blog.warnings.extend(words.as_deref().filter(|_| time.is_none()).map(|words| warning(words, None)));
    }
    for (entry, times) in live_blog.entries.iter_mut().zip(&times.entries) {
        // Neither of the two is worth anything without the other.
        let is_published =
            entry.published.is_some() && (entry.published_local.is_some() || times.published_local.is_none());
        if !is_published {
            (entry.published, entry.published_local) = (None, None);
        }
        let published = times.published.as_deref().or(times.published_local.as_deref()).filter(|_| !is_published);
        let modified = times.modified.as_deref().filter(|_| entry.modified.is_none());
        for words in [published, modified].into_iter().flatten() {
            live_blog.warnings.push(warning(words, Some(entry)));
            if !entry.doubts.contains(&Code::TimeUnread) {
                entry.doubts.push(Code::TimeUnread);
            }
        }
    }
}

/// The times of a live blog as its JSON writes them.
#[derive(Default, Deserialize)]
#[serde(default)]
struct PageTimes {
    captured: Option<String>,
    coverage: CoverageTimes,
    entries: Vec<EntryTimes>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct CoverageTimes {
    start: Option<String>,
    end: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct EntryTimes {
    published: Option<String>,
    published_local: Option<String>,
    modified: Option<String>,
}

impl PageTimes {
    /// Reads the times of a live blog in any of the three forms.
    fn read(json: &str) -> Option<PageTimes> {
        #[derive(Deserialize)]
        struct Posting {
            liveblog: PageTimes,
            #[serde(rename = "liveBlogUpdate")]
            updates: Vec<Update>,
        }
        #[derive(Deserialize)]
        struct Update {
            liveblog: EntryTimes,
        }
        if json.starts_with('[') {
            return Some(PageTimes { entries: serde_json::from_str(json).ok()?, ..PageTimes::default() });
        }
        if let Ok(Posting { liveblog, updates }) = serde_json::from_str(json) {
            let entries = updates.into_iter().map(|update| update.liveblog).collect();
            return Some(PageTimes { entries, ..liveblog });
        }
        serde_json::from_str(json).ok()
    }
}
