//! Our own JSON, as `parse --json`, `--jsonl` and `--format jsonld` print it, read back without loss.

use serde::Deserialize;
use serde::de::Error as _;

use crate::input::Document;
use crate::layout::text::identity::give_ids;
use crate::model::keys::{Keys, Kind};
use crate::model::{Code, Coverage, Entry, Layout, LiveBlog, PageHead, Row, VERSION, Warning};
use crate::time::years;

/// Why JSON that is our own cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A later version of this program wrote it.
    #[error("JSON of version {0}, and this program reads version {VERSION}")]
    Version(u32),
    /// It is not in the form that this program writes.
    #[error("JSON of a live blog, but not in its form: {0}")]
    Form(#[from] serde_json::Error),
}

impl Error {
    /// Whether a later version of this program wrote it.
    pub fn is_later_version(&self) -> bool {
        matches!(self, Self::Version(_))
    }
}

/// Reads one live blog: its object, its schema.org data, or an array of its rows. `None` is any other document.
///
/// A key that is missing has its default, and one that is not known is left aside. Rows hold less than the object: the
/// page's own summary, credits and warnings are not in them. A time outside the years 0001 to 9999 is read as none, and
/// reported.
pub fn read(document: &Document) -> Option<Result<LiveBlog, Error>> {
    let bytes = document.bytes.trim_ascii_start();
    let read = match bytes.first()? {
        b'{' => match serde_json::from_slice::<Keys>(bytes).ok()?.kind()? {
            Kind::LiveBlog => live_blog_from(bytes),
            Kind::Posting => Ok(serde_json::from_slice::<Posting>(bytes).ok()?.into()),
            Kind::Row => return None,
        },
        b'[' => {
            let rows = serde_json::from_slice::<Vec<Keys>>(bytes).ok()?;
            let are_ours = !rows.is_empty() && rows.iter().all(|row| row.kind() == Some(Kind::Row));
            if are_ours { with_entries(&rows).and_then(|()| rows_from(bytes)) } else { return None }
        }
        _ => return None,
    };
    Some(read.map(|live_blog| {
        let mut live_blog = complete(live_blog, document);
        if may_have_times_outside(bytes) {
            report_times_outside(bytes, &mut live_blog);
        }
        live_blog
    }))
}

/// The live blog that an object of ours contains.
fn live_blog_from(bytes: &[u8]) -> Result<LiveBlog, Error> {
    /// A later version may have given all other keys another form.
    #[derive(Deserialize)]
    struct Version {
        version: Option<u32>,
    }
    #[derive(Deserialize)]
    struct Entries<'a> {
        #[serde(borrow)]
        entries: Vec<Keys<'a>>,
    }
    match serde_json::from_slice::<Version>(bytes)? {
        Version { version: Some(version) } if version != VERSION => Err(Error::Version(version)),
        _ => {
            with_entries(&serde_json::from_slice::<Entries>(bytes)?.entries)?;
            Ok(serde_json::from_slice(bytes)?)
        }
    }
}

/// Every key may be missing, but an object without nearly all of them is no entry.
fn with_entries(objects: &[Keys]) -> Result<(), Error> {
    match objects.iter().position(|keys| !keys.is_entry()) {
        Some(at) => Err(serde_json::Error::custom(format!("entry {} has none of the keys of one", at + 1)).into()),
        None => Ok(()),
    }
}

/// Fills in what follows from the rest where its key is missing: the source, and each entry's number and id.
fn complete(mut live_blog: LiveBlog, document: &Document) -> LiveBlog {
    if live_blog.source.is_empty() {
        live_blog.source.clone_from(&document.source);
    }
    for (entry, number) in live_blog.entries.iter_mut().zip(1..) {
        if entry.number == 0 {
            entry.number = number;
        }
    }
    if live_blog.entries.iter().any(|entry| entry.id.is_empty()) {
        give_ids(&mut live_blog.entries);
    }
    live_blog
}

/// Whether there may be a time outside: whether any string begins as such a time does.
fn may_have_times_outside(bytes: &[u8]) -> bool {
    const STARTS: [&[u8]; 5] = [b"\"+", b"\"-", b"\"0000-", b"\"0001-01-01T", b"\"9999-12-31T"];
    STARTS.iter().any(|start| memchr::memmem::find(bytes, start).is_some())
}

/// Adds a warning for each time that the JSON has and the live blog, which was read from it, has not.
fn report_times_outside(bytes: &[u8], live_blog: &mut LiveBlog) {
    let Some(times) = PageTimes::read(bytes) else { return };
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
    fn read(bytes: &[u8]) -> Option<PageTimes> {
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
        if bytes.trim_ascii_start().first() == Some(&b'[') {
            return Some(PageTimes { entries: serde_json::from_slice(bytes).ok()?, ..PageTimes::default() });
        }
        if let Ok(Posting { liveblog, updates }) = serde_json::from_slice(bytes) {
            let entries = updates.into_iter().map(|update| update.liveblog).collect();
            return Some(PageTimes { entries, ..liveblog });
        }
        serde_json::from_slice(bytes).ok()
    }
}

/// The live blog to which rows of one page belong.
fn rows_from(bytes: &[u8]) -> Result<LiveBlog, Error> {
    let rows: Vec<Row> = serde_json::from_slice(bytes)?;
    let first = rows.first().cloned().unwrap_or_default();
    let (page, title, url) = (first.page, first.page_title, first.page_url);
    let entries: Vec<_> = rows.into_iter().map(|row| row.entry).collect();
    let times = || entries.iter().filter_map(|entry| entry.published);
    let coverage = Coverage { start: times().min(), end: times().max() };
    Ok(live_blog(PageHead { page, title, url, coverage, ..PageHead::default() }, entries))
}

/// A live blog that does not say how its page was laid out, nor what was doubtful about the page as a whole.
fn live_blog(head: PageHead, entries: Vec<Entry>) -> LiveBlog {
    let PageHead { page, title, standfirst, authors, url, zone, coverage, summary, media } = head;
    LiveBlog {
        version: VERSION,
        title,
        standfirst,
        authors,
        url,
        source: page,
        captured: None,
        layout: Layout::OwnJson,
        zone,
        coverage,
        summary,
        media,
        entries,
        warnings: vec![],
    }
}

/// Schema.org data of our own: beside the words of schema.org, it holds ours.
#[derive(Deserialize)]
struct Posting {
    liveblog: PageHead,
    #[serde(rename = "liveBlogUpdate")]
    updates: Vec<Update>,
}

#[derive(Deserialize)]
struct Update {
    liveblog: Entry,
}

impl From<Posting> for LiveBlog {
    fn from(posting: Posting) -> Self {
        live_blog(posting.liveblog, posting.updates.into_iter().map(|update| update.liveblog).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, Code, Entry, Image, Warning};

    fn flood() -> LiveBlog {
        let time = |text: &str| Some(text.parse().unwrap());
        let entry = Entry {
            id: "0123456789ab".into(),
            number: 1,
            published: Some("2023-06-19T13:27:00Z".parse().unwrap()),
            published_local: Some("2023-06-19T14:27:00+01:00".parse().unwrap()),
            stamp: Some("14:27 British Summer Time 19 June 2023".into()),
            title: Some("Tunnel reopens after flood".into()),
            author: Some("Ada Example".into()),
            body: vec![Block::List { ordered: true, items: vec!["One".into()], links: vec![] }],
            images: vec![Image { alt: Some("A tunnel".into()), ..Image::default() }],
            lines: Some([3, 9]),
            doubts: vec![Code::YearInferred],
            ..Entry::default()
        };
        LiveBlog {
            version: VERSION,
            title: Some("Flood".into()),
            standfirst: None,
            authors: vec!["Bob Example".into()],
            url: Some("https://example.org/flood".into()),
            source: "flood.txt".into(),
            captured: time("2023-06-20T00:00:00Z"),
            layout: Layout::Bbc,
            zone: Some(chrono_tz::Europe::London),
            coverage: Coverage { start: time("2023-06-19T13:27:00Z"), end: time("2023-06-19T13:27:00Z") },
            summary: vec!["A point".into()],
            media: vec![],
            warnings: vec![Warning {
                code: Code::YearInferred,
                line: Some(3),
                entry: Some(entry.id.clone()),
                message: "the stamp has no year".into(),
            }],
            entries: vec![entry],
        }
    }

    fn read(bytes: &[u8]) -> Option<Result<LiveBlog, Error>> {
        super::read(&Document { bytes: bytes.to_vec(), ..Document::from_text("saved.json", "") })
    }

    #[test]
    fn a_live_blog_is_read_back_without_loss() {
        let printed = serde_json::to_vec(&flood()).unwrap();
        assert_eq!(read(&printed).unwrap().unwrap(), flood());
        let indented = serde_json::to_vec_pretty(&flood()).unwrap();
        assert_eq!(read(&indented).unwrap().unwrap(), flood());
    }

    #[test]
    fn rows_are_read_back_without_loss() {
        let rows: Vec<_> = flood().into_rows("flood.txt").collect();
        let live_blog = read(&serde_json::to_vec(&rows).unwrap()).unwrap().unwrap();
        assert_eq!(live_blog.layout, Layout::OwnJson);
        assert_eq!(live_blog.coverage, flood().coverage);
        let source = live_blog.source.clone();
        assert_eq!(live_blog.into_rows(&source).collect::<Vec<_>>(), rows);
    }

    #[test]
    fn a_time_outside_the_years_0001_to_9999_is_none_and_reported() {
        let printed = serde_json::to_string(&flood()).unwrap();
        let rows = serde_json::to_string(&flood().into_rows("flood.txt").collect::<Vec<_>>()).unwrap();
        let replaced = |text: &str| {
            let text = text.replace("2023-06-19T13:27:00Z", "+10000-01-01T00:00:00Z");
            read(text.replace("2023-06-19T14:27:00+01:00", "+10000-01-01T01:00:00+01:00").as_bytes()).unwrap().unwrap()
        };
        for live_blog in [replaced(&printed), replaced(&rows)] {
            let entry = &live_blog.entries[0];
            assert_eq!((entry.published, entry.published_local), (None, None));
            assert_eq!(entry.doubts, [Code::YearInferred, Code::TimeUnread]);
            assert_eq!(live_blog.coverage, Coverage::default());
            let last = live_blog.warnings.last().unwrap();
            assert_eq!(
                (last.entry.as_deref(), last.message.as_str()),
                (Some("0123456789ab"), "`+10000-01-01T00:00:00Z` lies outside the years 0001 to 9999")
            );
        }
        let saved = read(printed.replace("2023-06-20T", "-0001-06-20T").as_bytes()).unwrap().unwrap();
        assert_eq!((saved.captured, saved.warnings.len()), (None, 2));
    }

    #[test]
    fn other_documents_are_not_ours() {
        for text in ["Summary\n", "", "[]", "{\"name\": 1}", "{\"version\": 1}", "{ no JSON", "[1, 2]"] {
            assert!(read(text.as_bytes()).is_none(), "{text}");
        }
    }

    #[test]
    fn objects_without_the_keys_of_an_entry_are_none() {
        for text in [r#"{"version":1,"entries":[{"name":"x"}]}"#, r#"[{"page":"flood","id":"1"}]"#] {
            let error = read(text.as_bytes()).unwrap().unwrap_err().to_string();
            assert_eq!(
                error, "JSON of a live blog, but not in its form: entry 1 has none of the keys of one",
                "{text}"
            );
        }
    }

    #[test]
    fn what_follows_from_the_rest_is_filled_in_where_its_key_is_missing() {
        let rows: Vec<_> = flood().into_rows("flood.txt").collect();
        let mut json = serde_json::to_value(&rows).unwrap();
        for key in ["page", "number"] {
            json[0].as_object_mut().unwrap().remove(key);
        }
        let live_blog = read(&serde_json::to_vec(&json).unwrap()).unwrap().unwrap();
        assert_eq!((live_blog.source.as_str(), live_blog.entries[0].number), ("saved.json", 1));

        let mut json = serde_json::to_value(flood()).unwrap();
        json["entries"][0].as_object_mut().unwrap().remove("id");
        let live_blog = read(&serde_json::to_vec(&json).unwrap()).unwrap().unwrap();
        assert_eq!(live_blog.entries[0].id, "751e05f4366a");
    }

    #[test]
    fn a_later_version_is_told_apart_from_a_broken_form() {
        let printed = serde_json::to_string(&flood()).unwrap();
        let error = |text: String| read(text.as_bytes()).unwrap().unwrap_err().to_string();
        assert_eq!(
            error(printed.replace("\"version\":1", "\"version\":2")),
            "JSON of version 2, and this program reads version 1"
        );
        let broken = error(printed.replace("\"breaking\":false", "\"breaking\":7"));
        assert!(broken.starts_with("JSON of a live blog, but not in its form: invalid type: integer `7`"), "{broken}");
    }
}
