//! Our own JSON, as the formats `json`, `jsonl` and `jsonld` write it, read back without loss.

mod keys;
mod split;
mod times;

use serde::Deserialize;
use serde::de::Error as _;

use crate::input::Document;
use crate::layout::coverage;
use crate::layout::text::ids::assign_ids;
use crate::model::{Entry, Layout, LiveBlog, PageHead, Row, VERSION};
use keys::{Keys, Object};

pub use split::split;

/// Why JSON that is our own cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OwnJsonError {
    /// A later version of this program wrote it.
    #[error("JSON of version {0}, and this program reads version {VERSION}")]
    Version(u32),
    /// It is not in the form that this program writes.
    #[error("JSON of a live blog, but not in its form: {0}")]
    Form(#[from] serde_json::Error),
    /// It begins as our own JSON, and goes on as something else.
    #[error("broken JSON: {0}")]
    Broken(String),
    /// It contains several live blogs: [`split`](crate::split) makes a document of each.
    #[error("JSON of {0} live blogs, and one at a time can be parsed")]
    Several(usize),
}

/// Reads one live blog: its object, its schema.org data, or its rows, in an array or one a line. Returns `None` for any
/// other document.
///
/// A key that is missing has its default, and one that is not known is ignored. Rows have less than the object: the
/// page's own summary, credits and warnings are not in them. A time outside the years 0001 to 9999 is read as none, and
/// reported.
pub fn read(document: &Document) -> Option<Result<LiveBlog, OwnJsonError>> {
    let text = split::json_text(document)?;
    let json = text.trim_ascii_start();
    read_one(json, document).or_else(|| match split::parts(&text) {
        Ok(None) => None,
        Ok(Some(parts)) if parts.len() == 1 => read_one(&parts[0], document),
        Ok(Some(parts)) => Some(Err(OwnJsonError::Several(parts.len()))),
        // Another program's schema.org data may be mended yet.
        Err(_) if text.contains("LiveBlogPosting") => None,
        Err(error) => Some(Err(error)),
    })
}

/// Reads a live blog from a single JSON value.
fn read_one(json: &str, document: &Document) -> Option<Result<LiveBlog, OwnJsonError>> {
    let read = match json.bytes().next()? {
        b'{' => match serde_json::from_str::<Keys>(json).ok()?.object()? {
            Object::LiveBlog => live_blog_from(json),
            Object::Posting => Ok(serde_json::from_str::<Posting>(json).ok()?.into()),
            Object::Row => return None,
        },
        b'[' => {
            let rows = serde_json::from_str::<Vec<Keys>>(json).ok()?;
            let first = rows.first()?.live_blog();
            let are_ours = rows.iter().all(|row| row.object() == Some(Object::Row) && row.live_blog() == first);
            if are_ours { require_entries(&rows).and_then(|()| rows_from(json)) } else { return None }
        }
        _ => return None,
    };
    Some(read.map(|live_blog| {
        let mut live_blog = fill_in(live_blog, document);
        if times::may_be_outside(json) {
            times::report_outside(json, &mut live_blog);
        }
        live_blog
    }))
}

/// The live blog that an object of ours contains.
fn live_blog_from(json: &str) -> Result<LiveBlog, OwnJsonError> {
    /// A later version may have changed the form of all other keys.
    #[derive(Deserialize)]
    struct Version {
        version: Option<u32>,
    }
    #[derive(Deserialize)]
    struct Entries<'a> {
        #[serde(borrow)]
        entries: Vec<Keys<'a>>,
    }
    match serde_json::from_str::<Version>(json)? {
        Version { version: Some(version) } if version != VERSION => Err(OwnJsonError::Version(version)),
        _ => {
            require_entries(&serde_json::from_str::<Entries>(json)?.entries)?;
            Ok(serde_json::from_str(json)?)
        }
    }
}

/// Every key may be missing, but an object without nearly all of them is no entry.
fn require_entries(objects: &[Keys]) -> Result<(), OwnJsonError> {
    match objects.iter().position(|keys| !keys.is_entry()) {
        Some(at) => Err(serde_json::Error::custom(format!("entry {} has none of the keys of one", at + 1)).into()),
        None => Ok(()),
    }
}

/// Fills in what follows from the rest where its key is missing: the source, and each entry's number and id.
fn fill_in(mut live_blog: LiveBlog, document: &Document) -> LiveBlog {
    if live_blog.source.is_empty() {
        live_blog.source.clone_from(&document.source);
    }
    for (entry, number) in live_blog.entries.iter_mut().zip(1..) {
        if entry.number == 0 {
            entry.number = number;
        }
    }
    if live_blog.entries.iter().any(|entry| entry.id.is_empty()) {
        assign_ids(&mut live_blog.entries);
    }
    live_blog
}

/// The live blog to which rows of one page belong.
fn rows_from(json: &str) -> Result<LiveBlog, OwnJsonError> {
    let rows: Vec<Row> = serde_json::from_str(json)?;
    let first = rows.first().cloned().unwrap_or_default();
    let (page, title, url) = (first.page, first.page_title, first.page_url);
    let entries: Vec<_> = rows.into_iter().map(|row| row.entry).collect();
    let coverage = coverage(&entries);
    Ok(live_blog(PageHead { page, title, url, coverage, ..PageHead::default() }, entries))
}

/// A live blog that does not say how its page was laid out, nor what was doubtful about the page as a whole.
fn live_blog(head: PageHead, entries: Vec<Entry>) -> LiveBlog {
    let PageHead { page, title, standfirst, authors, url, zone, coverage, summary, media, .. } = head;
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

/// Schema.org data of our own: beside the keys of schema.org, it has ours.
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
    use crate::model::{Block, Code, Coverage, Image, Warning};

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

    fn read(bytes: &[u8]) -> Option<Result<LiveBlog, OwnJsonError>> {
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
    fn a_byte_order_mark_and_lines_of_rows_are_read_too() {
        let printed = serde_json::to_string(&flood()).unwrap();
        assert_eq!(read(format!("\u{feff}{printed}").as_bytes()).unwrap().unwrap(), flood());
        let utf_16: Vec<u8> = format!("\u{feff}{printed}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&utf_16).unwrap().unwrap(), flood());

        let row = |page: &str| serde_json::to_string(&flood().into_rows(page).next().unwrap()).unwrap();
        let live_blog = read(format!("{}\n{}\n", row("flood"), row("flood")).as_bytes()).unwrap().unwrap();
        assert_eq!((live_blog.source.as_str(), live_blog.entries.len()), ("flood", 2));
        let several = read(format!("{}\n{}\n", row("flood"), row("storm")).as_bytes()).unwrap().unwrap_err();
        assert_eq!(several.to_string(), "JSON of 2 live blogs, and one at a time can be parsed");
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
    fn a_later_version_is_not_called_a_broken_form() {
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
