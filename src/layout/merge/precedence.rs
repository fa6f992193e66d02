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
//! | … where the data has the page's, or a machine's | document | | else null, with a code where it is the page's |
//! | `published` without an offset in the data | document | data | the document's attribute has one |
//! | `author`, `role` | data | document | but a name that most entries have in the data is the page's; then the document wins |
//! | `body` | document, if it has all words of the data | data | strings of data lose paragraphs and links; the document can be cut off |
//! | `images`, `media` | source of the body | the other | their positions are positions in that body |
//! | `label`, `subtitle`, `url`, `modified` | data | document | |
//! | `breaking` | either | | |

use std::collections::{HashMap, HashSet};

use chrono::FixedOffset;

use crate::html::Html;
use crate::input::Document;
use crate::layout::data::schema_org::{FoundEntry, Remark, page_warning, shared};
use crate::layout::letters::{body_letters, letters, push_letters, texts, without_ellipsis};
use crate::locale::ENGLISH;
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
    let FoundEntry { entry, remarks, is_common_title, .. } = found;
    // `Update` for each entry without a title.
    let is_placeholder = *is_common_title && from.title.is_none();
    entry.title.take_if(|title| is_placeholder || is_made(title, entry.body.as_slice(), &from));
    take_zone(entry, remarks, &from);
    remarks.extend(disagreements(entry, &from));
    if from.author.is_some() && entry.author.as_ref().is_some_and(|author| pages_authors.contains(author)) {
        (entry.author, entry.role) = (None, None);
    }
    let is_only = entry.body.is_empty() && !from.body.is_empty();
    if is_only || is_fuller(&from, &entry.body) {
        entry.body = from.body;
        // The document's images have their places; one that it does not show has none.
        if !from.images.is_empty() {
            entry.images.clear();
        }
        if !from.media.is_empty() {
            entry.media.clear();
        }
        entry.images.iter_mut().for_each(|image| image.position = 0);
        entry.media.iter_mut().for_each(|media| media.position = 0);
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
        remarks.retain(|(code, _)| *code != Code::TimeUnread || from.published.is_none());
        if from.doubts.contains(&Code::ZoneInferred) {
            let message = "the document's number of seconds may be those of a local clock; read as UTC".to_owned();
            remarks.push((Code::ZoneInferred, message));
        }
    }
}

/// Whether a title is the beginning of the body, cut by a machine: `The pumps have been …`, or within a word.
pub fn is_cut_from(title: &str, body: &[Block]) -> bool {
    let beginning = without_ellipsis(title).map(letters).filter(|letters| !letters.is_empty());
    match beginning {
        Some(beginning) => body_letters(body).starts_with(&beginning),
        None => is_cut_within_word(title, body),
    }
}

/// Whether a title ends within a word of the body whose beginning it is. A short one may be a word of its own.
fn is_cut_within_word(title: &str, body: &[Block]) -> bool {
    const SHORTEST: usize = 40;
    let first = |text: &str| text.chars().next();
    // Most titles are none of the body's words.
    let may_be = title.len() > SHORTEST && texts(body).first().is_some_and(|text| first(text) == first(title));
    may_be && {
        let beginning = letters(title);
        body_letters(body).starts_with(&beginning) && !begins_with_words(body, &beginning)
    }
}

/// Whether a machine made a title: it is cut from the body, or the document has no heading and the title is the body's
/// beginning, or a word and a number for each entry without a title.
fn is_made(title: &str, body: &[Block], from: &Entry) -> bool {
    let bodies = [body, &from.body];
    // An editor's command may stand before the words: `/key `.
    let command = title.strip_prefix('/').and_then(|rest| rest.split_once(' '));
    let whole = letters(without_ellipsis(title).unwrap_or(title));
    let rest = command.map(|(_, rest)| letters(without_ellipsis(rest).unwrap_or(rest)));
    let is_beginning = |beginning: &String| bodies.iter().any(|body| begins_with_words(body, beginning));
    let is_numbered = title.ends_with(|c: char| c.is_ascii_digit()) && title.split_whitespace().count() == 2;
    bodies.iter().any(|body| is_cut_from(title, body))
        || from.title.is_none() && ([Some(whole), rest].iter().flatten().any(is_beginning) || is_numbered)
}

/// Whether a body begins with whole words that have these letters.
fn begins_with_words(body: &[Block], beginning: &str) -> bool {
    let mut letters = String::new();
    let mut words = texts(body).into_iter().flat_map(str::split_whitespace);
    while letters.len() < beginning.len()
        && let Some(word) = words.next()
    {
        push_letters(&mut letters, word);
    }
    !beginning.is_empty() && letters == beginning
}

/// Takes the document's time where the data has the same one without its offset.
fn take_zone(entry: &mut Entry, remarks: &mut Vec<Remark>, from: &Entry) {
    let is_inferred = remarks.iter().any(|(code, _)| *code == Code::ZoneInferred) && from.doubts.is_empty();
    let Some((data, document)) = entry.published.zip(from.published).filter(|_| is_inferred) else { return };
    let apart = (data - document).num_minutes();
    // Zones are apart by quarters of an hour.
    if apart % 15 == 0 && apart.abs() <= 14 * 60 {
        entry.published = from.published;
        let offset = FixedOffset::east_opt(apart as i32 * 60);
        entry.published_local = offset.map(|offset| document.with_timezone(&offset)).or(from.published_local);
        remarks.retain(|(code, _)| *code != Code::ZoneInferred);
    }
}

/// The authors that the data names for entries though they are the page's: the author of all entries, or of most. The data
/// does not say whose the entries are.
pub fn pages_authors(blog: &LiveBlog, entries: &[FoundEntry]) -> HashSet<String> {
    let alone = |found: &FoundEntry| found.entry.author.clone().filter(|_| found.entry.co_authors.is_empty());
    let is_pages = |author: &String| blog.authors.contains(author);
    let mut authors = shared(entries.iter().filter_map(alone), entries.len(), is_pages);
    let first = entries.first().and_then(alone).filter(is_pages);
    authors.extend(first.filter(|first| entries.iter().all(|found| alone(found).as_ref() == Some(first))));
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
        // A number of seconds may be that of the data's own clock.
        && entry.published_local.is_none_or(|local| (local.naive_local() - other.naive_utc()).num_seconds().abs() >= 60)
    {
        let [one, other] = [one, other].map(|at| at.format("%Y-%m-%dT%H:%MZ").to_string());
        remarks.push((Code::SourcesDisagree, message("time", &one, &other)));
    }
    remarks
}

/// Whether nothing in an entry of the data says that one of the document is another.
pub fn agree(entry: &Entry, from: &Entry) -> bool {
    let has_words = entry.body.is_empty() || is_fuller(from, &entry.body);
    has_words && disagreements(entry, from).is_empty()
}

/// Whether an entry of the document has all words of a body, and so may have paragraphs, lists and links that it lost, or
/// more of them. Strings of data contain titles, names and captions, too.
fn is_fuller(from: &Entry, than: &[Block]) -> bool {
    let own = body_letters(&from.body);
    !from.body.is_empty() && own.contains(&body_letters(than)) || !own.is_empty() && all_words(from, than)
}

/// Whether each word of a body is one of an entry, as often.
fn all_words(from: &Entry, body: &[Block]) -> bool {
    let beside = [&from.title, &from.author, &from.role, &from.label].into_iter().flatten().map(String::as_str);
    let images = from.images.iter().flat_map(|image| [&image.alt, &image.caption, &image.source]).flatten();
    let captions = images.chain(from.media.iter().filter_map(|media| media.caption.as_ref())).map(String::as_str);
    let mut counts: HashMap<String, usize> = HashMap::new();
    for word in texts(&from.body).into_iter().chain(beside).chain(captions).flat_map(words) {
        *counts.entry(word).or_insert(0) += 1;
    }
    // `Photo:` stands before a credit, and is no part of it.
    let is_mark = |word: &String| ENGLISH.image_credits.iter().any(|mark| letters(mark) == *word);
    texts(body).into_iter().flat_map(words).filter(|word| !is_mark(word)).all(|word| match counts.get_mut(&word) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    })
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Whether one text says nothing that the other does not say.
fn is_within(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(letters);
    !one.is_empty() && other.contains(&one)
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
            pages_authors(&blog, &names.iter().map(|name| by(name)).collect::<Vec<_>>()).into_iter().collect::<Vec<_>>()
        };
        let own = pages_authors(&blog, &[by("Ada Example"), by("Ada Example")]);
        assert_eq!(own, HashSet::from(["Ada Example".to_owned()]));
        assert_eq!(of(&["Ada Example", "Bo Example"]), [""; 0]);
        assert_eq!(of(&["Bo Example", "Bo Example", "Bo Example", "Ada Example"]), ["Bo Example"]);
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
