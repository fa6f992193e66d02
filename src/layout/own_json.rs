//! Our own JSON, as `parse --json`, `--jsonl` and `--format jsonld` print it, read back without loss.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::model::{Coverage, Entry, Layout, LiveBlog, PageHead, Row, VERSION};

/// Why JSON that is our own cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A later version of this program wrote it.
    #[error(
        "JSON of version {0}, and this program reads version {VERSION}\n  use the version of liveblog that wrote it"
    )]
    Version(u32),
    /// It is not in the form that this program writes.
    #[error("JSON of a live blog, but not in its form: {0}\n  print it once more with parse --json or --jsonl")]
    Form(#[from] serde_json::Error),
}

/// Reads one live blog: its object, its schema.org data, or an array of its rows. `None` is any other document.
///
/// Rows hold less than the object: the page's own summary, credits and warnings are not in them.
pub fn read(bytes: &[u8]) -> Option<Result<LiveBlog, Error>> {
    let problem = match bytes.trim_ascii_start().first()? {
        b'{' => match serde_json::from_slice::<LiveBlog>(bytes) {
            Ok(live_blog) if live_blog.version == VERSION => return Some(Ok(live_blog)),
            Ok(live_blog) => Error::Version(live_blog.version),
            Err(error) => match serde_json::from_slice::<Posting>(bytes) {
                Ok(posting) => return Some(Ok(posting.into())),
                Err(_) => error.into(),
            },
        },
        b'[' => match serde_json::from_slice::<Vec<Row>>(bytes) {
            Ok(rows) => return live_blog_of(rows).map(Ok),
            Err(error) => error.into(),
        },
        _ => return None,
    };
    claims_to_be_ours(bytes).then_some(Err(problem))
}

/// The live blog that rows of one page tell of; `None` of no rows.
fn live_blog_of(rows: Vec<Row>) -> Option<LiveBlog> {
    let first = rows.first()?;
    let (page, title, url) = (first.page.clone(), first.page_title.clone(), first.page_url.clone());
    let entries: Vec<_> = rows.into_iter().map(|row| row.entry).collect();
    let times = || entries.iter().filter_map(|entry| entry.published);
    let coverage = Coverage { start: times().min(), end: times().max() };
    Some(live_blog(PageHead { page, title, url, coverage, ..PageHead::default() }, entries))
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

/// Whether JSON that cannot be read has the keys of ours: then it is broken, else it is somebody else's.
fn claims_to_be_ours(bytes: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Keys {
        version: Option<IgnoredAny>,
        entries: Option<IgnoredAny>,
        page: Option<IgnoredAny>,
        id: Option<IgnoredAny>,
    }
    let keys: Option<Keys> = match serde_json::from_slice::<Vec<Keys>>(bytes) {
        Ok(rows) => rows.into_iter().next(),
        Err(_) => serde_json::from_slice(bytes).ok(),
    };
    keys.is_some_and(|keys| {
        (keys.version.is_some() && keys.entries.is_some()) || (keys.page.is_some() && keys.id.is_some())
    })
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
    fn other_documents_are_not_ours() {
        for text in ["Summary\n", "", "[]", "{\"name\": 1}", "{\"version\": 1}", "{ no JSON", "[1, 2]"] {
            assert!(read(text.as_bytes()).is_none(), "{text}");
        }
    }

    #[test]
    fn a_later_version_is_told_apart_from_a_broken_form() {
        let printed = serde_json::to_string(&flood()).unwrap();
        let error = |text: String| read(text.as_bytes()).unwrap().unwrap_err().to_string();
        assert_eq!(
            error(printed.replace("\"version\":1", "\"version\":2")),
            "JSON of version 2, and this program reads version 1\n  use the version of liveblog that wrote it"
        );
        let broken = error(printed.replace("\"breaking\":false", "\"breaking\":7"));
        assert!(broken.starts_with("JSON of a live blog, but not in its form: invalid type: integer `7`"), "{broken}");
    }
}
