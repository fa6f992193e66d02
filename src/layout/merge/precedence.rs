//! Which value wins where the data of a page (schema.org), the document that it shows, its `<head>` and the user or the
//! program that saved it all have one, and why.
//!
//! | value | first | then | why |
//! |---|---|---|---|
//! | `captured` | user | note of whoever saved the page | a user knows better than a stamp of a crawl |
//! | live blog: `title`, `standfirst`, `url` | data | `<head>` | the head names the site too |
//! | `zone`, `authors` | data | document | |
//! | `summary`, `media` of the live blog | document | | schema.org has none |
//! | entry: `title`, `published` | data | document | data has seconds and offsets; a contradiction is reported |
//! | `author`, `role` | data | document | but a name that most entries have in the data is the page's; then the document wins |
//! | `body` | the fuller one | data | strings of data lose paragraphs, lists and links; the document can be cut off |
//! | `images`, `media` | source of the body | document | their positions are positions in that body |
//! | `label`, `subtitle`, `url`, `modified` | data | document | |
//! | `breaking` | either | | |

use std::collections::HashSet;

use crate::html::Html;
use crate::input::Document;
use crate::layout::data::schema_org::{FoundEntry, Remark, page_warning, shared};
use crate::model::{Block, Code, ELEMENTS_LEFT_OUT, Entry, LiveBlog};
use crate::time::years;

/// The document without its bytes, which are read already, and with the time that whoever saved the page noted in it.
pub fn with_saved_metadata(document: &Document, page: &Html) -> Document {
    let Document { source, url, captured, modified, .. } = document;
    let captured = captured.or(page.saved().at);
    Document { source: source.clone(), url: url.clone(), captured, modified: *modified, bytes: Vec::new() }
}

/// Fills in what only the head of the page says, and reports what was left out of the page.
pub fn fill_from_head(mut blog: LiveBlog, page: &Html) -> LiveBlog {
    let head = page.head();
    blog.title = blog.title.or_else(|| head.title.clone());
    blog.standfirst = blog.standfirst.or_else(|| head.description.clone());
    blog.url = blog.url.or_else(|| head.url.clone());
    if page.is_cut() {
        blog.warnings.push(page_warning(Code::ElementsLeftOut, ELEMENTS_LEFT_OUT.to_owned()));
    }
    let outside = page.saved().outside.as_deref();
    blog.warnings.extend(outside.map(|words| page_warning(Code::TimeUnread, years::outside(words))));
    blog
}

/// Fills the live blog of the data from that of the document, but for its entries.
pub fn fill_live_blog(blog: &mut LiveBlog, from: LiveBlog) {
    blog.zone = blog.zone.or(from.zone);
    blog.summary = from.summary;
    blog.media = from.media;
    if blog.authors.is_empty() {
        blog.authors = from.authors;
    }
}

/// Fills what an entry of the data lacks from the same entry in the document, and takes the fuller body.
pub fn fill_entry(found: &mut FoundEntry, from: Entry, pages_authors: &HashSet<String>) {
    found.drop_repeated_title();
    let FoundEntry { entry, remarks, .. } = found;
    remarks.extend(disagreements(entry, &from));
    if from.author.is_some() && entry.author.as_ref().is_some_and(|author| pages_authors.contains(author)) {
        (entry.author, entry.role) = (None, None);
    }
    let is_only = entry.body.is_empty() && !from.body.is_empty();
    if is_only || is_fuller(&from.body, &entry.body) {
        entry.body = from.body;
        entry.images.clear();
        entry.media.clear();
    }
    if entry.images.is_empty() {
        entry.images = from.images;
        // Where the body is the data's, the document's places in it may lie behind its end.
        entry.images.iter_mut().for_each(|image| image.position = image.position.min(entry.body.len()));
    }
    if entry.media.is_empty() {
        entry.media = from.media;
    }
    if entry.author.is_none() {
        entry.author = from.author.clone();
        entry.co_authors = from.co_authors;
    }
    if entry.author == from.author {
        entry.role = entry.role.take().or(from.role);
    }
    entry.title = entry.title.take().or(from.title);
    entry.label = entry.label.take().or(from.label);
    entry.subtitle = entry.subtitle.take().or(from.subtitle);
    entry.breaking |= from.breaking;
    entry.url = entry.url.take().or(from.url);
    entry.modified = entry.modified.or(from.modified);
    if entry.published.is_none() {
        entry.published = from.published;
        entry.published_local = from.published_local.or(from.published.map(|at| at.fixed_offset()));
        entry.stamp = entry.stamp.take().or(from.stamp);
    }
}

/// The authors that the data names for entries though they are the page's: the author of all entries, or of most, and
/// the publisher. The data does not say whose the entries are.
pub fn pages_authors(blog: &LiveBlog, publishers: &[String], entries: &[FoundEntry]) -> HashSet<String> {
    let alone = |found: &FoundEntry| found.entry.author.clone().filter(|_| found.entry.co_authors.is_empty());
    let is_pages = |author: &String| blog.authors.contains(author);
    let mut authors = shared(entries.iter().filter_map(alone), entries.len(), is_pages);
    let first = entries.first().and_then(alone).filter(is_pages);
    authors.extend(first.filter(|first| entries.iter().all(|found| alone(found).as_ref() == Some(first))));
    authors.extend(publishers.iter().cloned());
    authors
}

/// Where both have a time or a title, and not the same.
fn disagreements(entry: &Entry, from: &Entry) -> Vec<Remark> {
    let message = |what: &str, one: &str, other: &str| {
        format!("the {what} is {one} in the data and {other} in the document; the data is believed")
    };
    let mut remarks = Vec::new();
    if let (Some(one), Some(other)) = (&entry.title, &from.title)
        && !is_within(one, other)
        && !is_within(other, one)
    {
        remarks.push((Code::SourcesDisagree, message("title", &format!("“{one}”"), &format!("“{other}”"))));
    }
    let inferred = from.doubts.iter().any(|doubt| matches!(doubt, Code::YearInferred | Code::DateInferred));
    if let Some((one, other)) = entry.published.zip(from.published).filter(|_| !inferred)
        // Documents have minutes, the data seconds.
        && (one - other).num_seconds().abs() >= 60
    {
        let [one, other] = [one, other].map(|at| at.format("%Y-%m-%dT%H:%MZ").to_string());
        remarks.push((Code::SourcesDisagree, message("time", &one, &other)));
    }
    remarks
}

/// Whether one body has all words of the other, and so may have paragraphs, lists and links that the other lost.
fn is_fuller(body: &[Block], than: &[Block]) -> bool {
    let (body, than) = (words(body), words(than));
    let mut words = body.iter().flat_map(|text| text.split_ascii_whitespace());
    // Mostly word for word; else only tags and spaces may differ, which also part or join words.
    let begins_with = than.iter().flat_map(|text| text.split_ascii_whitespace()).all(|word| words.next() == Some(word));
    let contains = || {
        let [body, than] = [&body, &than].map(|words| letters(words).collect::<Vec<u8>>());
        memchr::memmem::find(&body, &than).is_some()
    };
    !body.is_empty() && (begins_with || contains())
}

/// Whether one text says nothing that the other does not say.
fn is_within(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|text| letters(&[&text.to_lowercase()]).collect::<Vec<u8>>());
    !one.is_empty() && memchr::memmem::find(&other, &one).is_some()
}

/// The texts of a body, without list marks.
fn words(body: &[Block]) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::with_capacity(body.len());
    for block in body {
        match block {
            Block::Paragraph { text, .. } | Block::Card { text, .. } => words.push(text),
            Block::List { items, .. } => words.extend(items.iter().map(String::as_str)),
            Block::Quote { text, attribution } => {
                words.extend([Some(text.as_str()), attribution.as_deref()].into_iter().flatten())
            }
            Block::Embed { text, .. } => words.extend(text.as_deref()),
            Block::Other(block) => words.extend(block.texts()),
        }
    }
    words
}

/// Letters and digits: all that is left of texts without tags, spaces and signs.
fn letters<'a>(texts: &'a [&str]) -> impl Iterator<Item = u8> + 'a {
    let bytes = texts.iter().flat_map(|text| text.bytes());
    bytes.filter(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::empty;
    use crate::model::Layout;

    fn found(title: &str, published: &str, body: Vec<Block>) -> FoundEntry {
        let published = Some(published.parse().unwrap());
        FoundEntry { entry: entry(title, published, body), ..FoundEntry::default() }
    }

    fn entry(title: &str, published: Option<chrono::DateTime<chrono::Utc>>, body: Vec<Block>) -> Entry {
        Entry { title: Some(title.to_owned()), published, body, ..Entry::default() }
    }

    const TWO: &str = "2023-06-19T14:00:00Z";

    #[test]
    fn the_body_that_keeps_paragraphs_wins() {
        let mut one = found("A", TWO, vec![Block::paragraph("First. Second: third, fourth")]);
        let list = Block::List { ordered: true, items: vec!["third,".into(), "fourth".into()], links: vec![] };
        let body = vec![Block::paragraph("First."), Block::paragraph("Second:"), list];
        fill_entry(&mut one, entry("A", None, body.clone()), &HashSet::new());
        assert_eq!(one.entry.body, body);
        fill_entry(&mut one, entry("A", None, vec![Block::paragraph("First.")]), &HashSet::new());
        assert_eq!(one.entry.body, body);
        assert_eq!(one.remarks, []);
    }

    #[test]
    fn a_contradiction_in_title_or_time_is_reported_and_the_data_believed() {
        let mut one = found("The tunnel reopens", TWO, vec![]);
        fill_entry(
            &mut one,
            entry("The tunnel reopens after the flood", Some("2023-06-19T14:00:59Z".parse().unwrap()), vec![]),
            &HashSet::new(),
        );
        assert_eq!(one.remarks, []);
        fill_entry(
            &mut one,
            entry("The tunnel closes", Some("2023-06-19T15:00:00Z".parse().unwrap()), vec![]),
            &HashSet::new(),
        );
        let messages: Vec<_> = one.remarks.iter().map(|(_, message)| message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "the title is “The tunnel reopens” in the data and “The tunnel closes” in the document; the data is believed",
                "the time is 2023-06-19T14:00Z in the data and 2023-06-19T15:00Z in the document; the data is believed"
            ]
        );
        assert_eq!(one.entry.title.as_deref(), Some("The tunnel reopens"));
    }

    #[test]
    fn what_the_data_lacks_is_taken_from_the_document() {
        let mut one = FoundEntry::default();
        let from = Entry {
            label: Some("Analysis".into()),
            role: Some("Transport correspondent".into()),
            author: Some("Ada Example".into()),
            breaking: true,
            ..entry("A", Some(TWO.parse().unwrap()), vec![Block::paragraph("First.")])
        };
        fill_entry(&mut one, from.clone(), &HashSet::new());
        assert_eq!(one.entry, Entry { published_local: one.entry.published_local, ..from });
    }

    #[test]
    fn a_role_is_not_given_to_another_author() {
        let mut one = FoundEntry {
            entry: Entry { author: Some("Bo Example".into()), ..Entry::default() },
            ..FoundEntry::default()
        };
        let author = Some("Ada Example".into());
        fill_entry(
            &mut one,
            Entry { author, role: Some("Transport correspondent".into()), ..Entry::default() },
            &HashSet::new(),
        );
        assert_eq!(one.entry.role, None);
    }

    #[test]
    fn the_document_decides_whose_entry_it_is_where_the_data_names_the_pages_author_alone() {
        let by = |name: &str| FoundEntry {
            entry: Entry { author: Some(name.to_owned()), ..Entry::default() },
            ..FoundEntry::default()
        };
        let blog = LiveBlog {
            authors: vec!["Ada Example".to_owned()],
            ..empty(&Document::from_text("page.html", ""), Layout::SchemaOrg)
        };
        let of = |names: &[&str]| {
            pages_authors(&blog, &[], &names.iter().map(|name| by(name)).collect::<Vec<_>>())
                .into_iter()
                .collect::<Vec<_>>()
        };
        let own = pages_authors(&blog, &[], &[by("Ada Example"), by("Ada Example")]);
        assert_eq!(own, HashSet::from(["Ada Example".to_owned()]));
        assert_eq!(of(&["Ada Example", "Bo Example"]), [""; 0]);
        assert_eq!(of(&["Bo Example", "Bo Example", "Bo Example", "Ada Example"]), ["Bo Example"]);
        assert!(pages_authors(&blog, &["Ellan News".to_owned()], &[]).contains("Ellan News"));
        for (shown, author) in [(Some("Bo Example"), "Bo Example"), (None, "Ada Example")] {
            let mut one = by("Ada Example");
            one.entry.role = Some("Live editor".to_owned());
            fill_entry(&mut one, Entry { author: shown.map(str::to_owned), ..Entry::default() }, &own);
            assert_eq!(one.entry.author.as_deref(), Some(author));
            assert_eq!(one.entry.role.is_some(), shown.is_none(), "the role is that of the page's author");
        }
    }

    #[test]
    fn a_post_of_another_site_is_a_body_where_the_data_has_none() {
        let embed = Block::Embed { site: "twitter".to_owned(), url: None, text: None };
        let mut one = found("A", TWO, vec![]);
        fill_entry(&mut one, entry("A", None, vec![embed.clone()]), &HashSet::new());
        assert_eq!(one.entry.body, [embed]);
    }
}
