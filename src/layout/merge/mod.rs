//! HTML: the data in it and the document that it shows, each read by its own grammar, and merged.
//!
//! Usable data comes first: its times have offsets, and it says whose entries they are. What it lacks is taken from the
//! document; which value wins is in [`precedence`]. Without data, the document is read as lines of text.

mod ids;
mod index;
mod marked;
mod precedence;
mod same;
mod search;

use std::collections::HashSet;

use self::marked::Unlisted;
use self::same::merge_entries;
use super::{ParseOptions, coverage};
use crate::html::{Element, Html};
use crate::input::Document;
use crate::layout::data::schema_org::{self, Found, FoundEntry, page_warning};
use crate::layout::document;
use crate::layout::letters::body_letters;
use crate::layout::text::bbc::html::{self, Furniture};
use crate::layout::text::line::{self, Line};
use crate::layout::text::{self, PageContext, evidence, ids::assign_ids};
use crate::model::{Code, Coverage, Entry, Layout, LiveBlog, Warning};

/// Reads a page of HTML; `None` if it has no live blog.
pub fn read(text: &str, document: &Document, options: &ParseOptions) -> Option<LiveBlog> {
    let (page, document, found) = page(text, document, options);
    if let Some(text) = page.preformatted().filter(|_| found.is_none()) {
        super::check_lines(&text).ok()?;
        return super::read_text(text.into(), &document, options);
    }
    let posts = html::entries(&page);
    let merged = found.and_then(|found| merge_sources(found, &page, &posts, &document, options));
    let blog = merged.or_else(|| from_lines(&page, &posts, &document, options))?;
    Some(precedence::fill_from_head(blog, &page))
}

/// The page, what is known of it, and the live blog in its data. Addresses on the page are relative to the address that
/// the data gives.
fn page(text: &str, document: &Document, options: &ParseOptions) -> (Html, Document, Option<Found>) {
    let mut page = Html::read(text, document.url.as_deref());
    let document = precedence::with_saved_metadata(document, &page);
    let found = wants_data(options).then(|| schema_org::read(&page, &document, options)).flatten();
    if let Some(url) = found.as_ref().and_then(|found| found.blog.url.as_deref()) {
        page.set_url(url);
    }
    (page, document, found)
}

/// Reads schema.org data alone, without a page around it.
pub fn read_data(text: &str, document: &Document, options: &ParseOptions) -> Option<LiveBlog> {
    let data = wants_data(options).then_some(text.to_owned());
    let found = schema_org::read_scripts(data.into_iter(), document, options);
    let Found { blog, entries, .. } = found.filter(|found| !found.entries.is_empty())?;
    Some(finalize(blog, entries))
}

fn wants_data(options: &ParseOptions) -> bool {
    matches!(options.layout, None | Some(Layout::SchemaOrg))
}

/// Explains a page of HTML by its data, or else by the lines of its document; with what is left out of either.
pub fn explain<R>(
    text: &str,
    document: &Document,
    options: &ParseOptions,
    explain_data: impl FnOnce(&LiveBlog, &[Furniture]) -> R,
    explain_lines: impl FnOnce(&[Line], PageContext, &[Furniture]) -> R,
) -> R {
    let (page, document, found) = page(text, document, options);
    if let Some(text) = page.preformatted().filter(|_| found.is_none()) {
        let text = text::normalize_page(text.into());
        return explain_lines(&line::lines(&text), PageContext::from_document(&document), &[]);
    }
    let posts = html::entries(&page);
    if let Some(blog) = found.and_then(|found| merge_sources(found, &page, &posts, &document, options)) {
        let blog = precedence::fill_from_head(blog, &page);
        return explain_data(&blog, &html::dropped_elements(&page));
    }
    let lines = html::document_lines(&page, &posts);
    let context = page_context(&page, &posts, &document);
    explain_lines(&lines.lines(), context, &html::furniture(&page, &posts))
}

/// What is known of a document beside its lines.
fn page_context<'p>(page: &'p Html, posts: &[Element], document: &Document) -> PageContext<'p> {
    let url = document.url.as_deref().or(page.head().url.as_deref());
    let is_live = !posts.is_empty() || url.is_some_and(evidence::is_live_address);
    PageContext { title: page.head().title.as_deref(), is_live, explains: false }
}

/// The document alone. Its lines are not those of the HTML, and mean nothing to a reader.
fn from_lines(page: &Html, posts: &[Element], document: &Document, options: &ParseOptions) -> Option<LiveBlog> {
    let lines = html::document_lines(page, posts);
    let mut blog = text::read(&lines.lines(), page_context(page, posts, document), document, options)?;
    blog.entries.iter_mut().for_each(|entry| entry.lines = None);
    blog.warnings.iter_mut().for_each(|warning| warning.line = None);
    if let Some(title) = &page.head().title {
        blog.title = Some(title.clone());
    }
    Some(blog)
}

/// The data, with what it lacks from the document: from its posts where it has those of the BBC, else from the element of
/// each entry. `None` if it is no live blog's, or says nothing.
fn merge_sources(
    found: Found,
    page: &Html,
    posts: &[Element],
    document: &Document,
    options: &ParseOptions,
) -> Option<LiveBlog> {
    let Found { mut blog, mut entries, is_marked } = found;
    let as_lines = ParseOptions { layout: None, ..options.clone() };
    if entries.is_empty() && !posts.is_empty() {
        return None;
    }
    let shown = (!posts.is_empty()).then(|| from_lines(page, posts, document, &as_lines)).flatten();
    let pages_authors = precedence::pages_authors(&blog, &entries);
    match shown {
        Some(mut shown) => {
            entries = merge_entries(entries, std::mem::take(&mut shown.entries), &pages_authors);
            precedence::fill_live_blog(&mut blog, shown);
        }
        None => {
            let mut elements = search::elements(page, &entries);
            for (found, elements) in entries.iter_mut().zip(&elements).filter(|(_, elements)| !elements.is_empty()) {
                let from = document::entry(elements, &found.entry);
                let has_all = is_marked && !found.entry.body.is_empty();
                precedence::fill_entry(found, if has_all { without_body(from) } else { from }, &pages_authors);
            }
            let is_silent = !entries.iter().any(|found| says_something(&found.entry));
            if is_silent {
                elements = marked::dated(page).into_iter().map(|element| vec![element]).collect();
                entries = elements.iter().map(|elements| from_elements(elements)).collect();
                let message =
                    "the data says nothing of entries; they are read from elements with times in the document";
                blog.warnings.push(page_warning(Code::EntryInferred, message.to_owned()));
            }
            if index::is_index(&blog, &entries, &elements, page) {
                return None;
            }
            blog.warnings.extend(add_unlisted(&mut entries, elements, &pages_authors));
        }
    }
    entries.iter().any(|found| says_something(&found.entry)).then(|| finalize(blog, entries))
}

/// An entry that only the document has.
fn from_elements(elements: &[Element]) -> FoundEntry {
    FoundEntry { entry: document::entry(elements, &Entry::default()), ..FoundEntry::default() }
}

/// Adds the entries that the document marks as those of the data and that the data lacks; or fills those of the data whose
/// elements they must be. What may be either is reported. If the data has no ids, the elements have.
fn add_unlisted(
    entries: &mut Vec<FoundEntry>,
    elements: Vec<Vec<Element>>,
    pages_authors: &HashSet<String>,
) -> Option<Warning> {
    let mut own: Vec<_> = elements.iter().map(|found| marked::single(found)).collect();
    let bodies: HashSet<_> = entries.iter().map(|found| body_letters(&found.entry.body)).collect();
    let mut added = Vec::new();
    let mut doubtful = 0;
    for unlisted in marked::unlisted(&elements) {
        let known = unlisted.may_be.map(|at| entries[at].entry.clone()).unwrap_or_default();
        let from = FoundEntry { entry: document::entry(&[unlisted.element], &known), ..FoundEntry::default() };
        if bodies.contains(&body_letters(&from.entry.body)) {
            continue;
        }
        match unlisted.may_be {
            Some(at) if precedence::agree(&entries[at].entry, &from.entry) => {
                precedence::fill_entry(&mut entries[at], from.entry, pages_authors);
                own[at] = Some(unlisted.element);
            }
            _ if unlisted.is_doubtful => doubtful += 1,
            _ => added.push((unlisted, from)),
        }
    }
    insert_unlisted(entries, &mut own, added);
    if let Some(shown) = ids::shown(&own) {
        set_ids(entries, &shown);
    }
    (doubtful > 0).then(|| {
        let message =
            format!("{doubtful} elements of the document look like entries, and it is not known of which of the data");
        page_warning(Code::SourcesDisagree, message)
    })
}

/// Inserts entries that only the document has, each with its element in `own`, where they stand among those of the data.
fn insert_unlisted<'a>(
    entries: &mut Vec<FoundEntry>,
    own: &mut Vec<Option<Element<'a>>>,
    mut added: Vec<(Unlisted<'a>, FoundEntry)>,
) {
    added.sort_by_key(|(unlisted, _)| unlisted.place);
    let mut added = added.into_iter().peekable();
    let known = std::mem::take(entries).into_iter().zip(std::mem::take(own)).map(Some);
    for (place, known) in known.chain([None]).enumerate() {
        while let Some((unlisted, mut found)) = added.next_if(|(unlisted, _)| unlisted.place == place) {
            let message = "the data lacks this entry; it is read from an element like those of the other entries";
            found.remarks.push((Code::EntryInferred, message.to_owned()));
            entries.push(found);
            own.push(Some(unlisted.element));
        }
        if let Some((found, element)) = known {
            entries.push(found);
            own.push(element);
        }
    }
}

/// Gives entries without an id those of their elements, if the data names no entry otherwise.
fn set_ids(entries: &mut [FoundEntry], shown: &[Option<&str>]) {
    let bare = |id: &str| ids::split(id).1.to_owned();
    let named = || entries.iter().zip(shown).filter(|(found, _)| !found.entry.id.is_empty());
    let is_whole = named().next().is_some() && named().all(|(found, id)| id.is_none_or(|id| id == found.entry.id));
    let is_bare = named().all(|(found, id)| id.is_none_or(|id| bare(id) == found.entry.id));
    if is_whole || is_bare {
        for (found, id) in entries.iter_mut().zip(shown).filter(|(found, _)| found.entry.id.is_empty()) {
            found.entry.id = id.map(|id| if is_whole { id.to_owned() } else { bare(id) }).unwrap_or_default();
        }
    }
}

/// Whether an entry has any value of its own.
fn says_something(entry: &Entry) -> bool {
    let Entry { title, published, body, images, media, .. } = entry;
    title.is_some() || published.is_some() || !body.is_empty() || !images.is_empty() || !media.is_empty()
}

/// An entry of the document without its body.
fn without_body(entry: Entry) -> Entry {
    Entry { body: Vec::new(), images: Vec::new(), media: Vec::new(), ..entry }
}

/// The live blog, with numbers and ids of its entries, its coverage, and a warning for each doubt.
fn finalize(mut blog: LiveBlog, found: Vec<FoundEntry>) -> LiveBlog {
    let mut all_remarks = Vec::with_capacity(found.len());
    for (index, mut found) in found.into_iter().enumerate() {
        found.drop_repeated_title();
        let FoundEntry { mut entry, mut remarks, repeats_time, .. } = found;
        entry.title.take_if(|title| precedence::is_cut_from(title, &entry.body));
        if repeats_time && entry.published.is_none() {
            remarks.push((
                Code::TimeRepeated,
                "the data gives the entry the page's time, and no other is known".to_owned(),
            ));
        } else if entry.published.is_none() && remarks.iter().all(|(code, _)| *code != Code::TimeUnread) {
            let message = match &entry.stamp {
                Some(stamp) => {
                    format!("`{stamp}` stands on the page as the entry's time, and no data says what time that is")
                }
                None => "neither the data nor the document has the entry's time".to_owned(),
            };
            remarks.push((Code::TimeUnread, message));
        }
        if entry.body.is_empty() && entry.images.is_empty() && entry.media.is_empty() {
            remarks.push((Code::BodyMissing, "neither the data nor the document holds the entry's body".to_owned()));
        }
        blog.entries.push(Entry { number: index + 1, lines: None, ..entry });
        all_remarks.push(remarks);
    }
    assign_ids(&mut blog.entries);
    for (entry, remarks) in blog.entries.iter_mut().zip(all_remarks) {
        for (code, message) in remarks {
            if !entry.doubts.contains(&code) {
                entry.doubts.push(code);
            }
            blog.warnings.push(Warning { code, line: None, entry: Some(entry.id.clone()), message });
        }
    }
    let (stated, actual) = (blog.coverage, coverage(&blog.entries));
    blog.warnings.extend(contradiction(stated, actual));
    blog.coverage = Coverage { start: stated.start.or(actual.start), end: stated.end.or(actual.end) };
    blog
}

/// Where entries lie outside the time that the page says it covers.
fn contradiction(stated: Coverage, actual: Coverage) -> Option<Warning> {
    let (start, oldest) = (stated.start?, actual.start?);
    let late = (start > oldest).then(|| format!("the coverage starts at {start} and the oldest entry is of {oldest}"));
    let early = stated.end.zip(actual.end).filter(|(end, newest)| end < newest);
    let early = early.map(|(end, newest)| format!("the coverage ends at {end} and the newest entry is of {newest}"));
    let message = late.or(early)?;
    Some(page_warning(Code::CoverageContradictsEntries, message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{ParseError, parse};
    use crate::model::Block;

    fn read(text: &str, layout: Option<Layout>) -> Result<LiveBlog, ParseError> {
        let options = ParseOptions { layout, ..ParseOptions::new("2025-01-01T00:00:00Z".parse().unwrap()) };
        parse(&Document::from_text("page.html", text), &options)
    }

    const DATA: &str = r#"<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "Page",
        "liveBlogUpdate": [{"headline": "From the data", "datePublished": "2023-06-19T13:27:00Z", "articleBody": "Words."}]}</script>"#;
    const POST: &str = r#"<article data-testid="content-post"><h3>From the document<span class="visually-hidden">published at 14:27
        British Summer Time 19 June 2023</span></h3><p>Words.</p></article>"#;

    #[test]
    fn html_without_a_live_blog_holds_no_entries() {
        let half = &DATA[..DATA.len() - 40];
        for text in [
            "<!doctype html><h1>A recipe</h1><ol><li>Mix it.</li><li>Bake it.</li></ol>",
            "<html><body><article><time datetime=\"2023-06-19T13:27:00Z\">14:27</time><h3>News</h3><p>Words.</p></article>",
            "<html></html>",
            "<!doctype html>",
            r#"<html><script type="application/ld+json">{"@type": "NewsArticle", "headline": "A"}</script><h1>A</h1><p>B.</p>"#,
            r#"<html><script type="application/ld+json">{"@type": "LiveBlogPosting", "liveBlogUpdate": []}</script><h1>A</h1>"#,
            &format!("<html>{half}"),
            "{\"@type\": \"LiveBlogPosting\"}",
        ] {
            assert!(matches!(read(text, None), Err(ParseError::NoEntries)), "{text}");
        }
    }

    #[test]
    fn the_layout_that_is_asked_for_decides_what_is_read() {
        let page = format!("<html><head>{DATA}</head><body>{POST}</body></html>");
        let titles = |layout| -> Vec<_> {
            let entries = read(&page, layout).map(|blog| blog.entries).unwrap_or_default();
            entries.into_iter().map(|entry| entry.title.unwrap_or_default()).collect()
        };
        assert_eq!(titles(Some(Layout::Bbc)), ["From the document"]);
        assert_eq!(titles(Some(Layout::SchemaOrg))[..], titles(None)[..]);
        assert_eq!(titles(Some(Layout::BbcSport)), [""; 0]);
        assert!(matches!(read(&format!("<html>{POST}"), Some(Layout::SchemaOrg)), Err(ParseError::NoEntries)));
    }

    #[test]
    fn data_in_scripts_comes_before_that_in_attributes_whose_bodies_are_whole() {
        let marked = "<div itemprop=\"liveBlogUpdate\" id=\"1\"><h3 itemprop=\"headline\">From the attributes</h3>\
                      <p itemprop=\"articleBody\">Words.</p><p>Ours alone.</p></div>";
        let first = |page: &str| read(&format!("<html>{page}"), None).unwrap().entries.remove(0);
        assert_eq!(first(&[marked, DATA].concat()).title.as_deref(), Some("From the data"));
        let entry = first(marked);
        assert_eq!(
            (entry.title.as_deref(), entry.body),
            (Some("From the attributes"), vec![Block::paragraph("Words.")])
        );
    }

    /// A live blog of these updates, in a page with this title and body.
    fn page_of(title: &str, updates: &str, body: &str) -> String {
        format!(
            "<html><title>{title}</title><link rel=canonical href=https://news.example/a><script type=\"application/ld+json\">\
             {{\"@type\":\"LiveBlogPosting\",\"url\":\"https://news.example/a\",\"headline\":\"{title}\",\
             \"liveBlogUpdate\":[{updates}]}}</script><h1>{title}</h1>{body}"
        )
    }

    /// An element of an entry, `minute` minutes past noon.
    fn shown(minute: u8, words: &str) -> String {
        format!(
            "<article class=entry id=p{minute}><time datetime=2024-01-05T12:0{minute}:00Z>12:0{minute}</time>\
             <div class=entry-body><p>{words}</p></div></article>"
        )
    }

    const SHUT: &str = "The road is shut.";
    const OPEN: &str = "The road is open again.";
    const CLEAN: &str = "The road is being cleaned.";

    #[test]
    fn entries_that_the_data_lacks_are_read_from_the_document_and_reported() {
        let body = [shown(3, OPEN), shown(2, CLEAN), shown(1, SHUT)].concat();
        let update = |minute: u8, words: &str| {
            format!(
                "{{\"@id\":\"p{minute}\",\"datePublished\":\"2024-01-05T12:0{minute}:00Z\",\"articleBody\":\"{words}\"}}"
            )
        };
        let read = |updates: &str| read(&page_of("Road live", updates, &body), None).unwrap();
        for (updates, doubtful) in [
            ([update(3, OPEN), update(1, SHUT)].join(","), vec!["p2"]),
            ([update(1, SHUT), update(3, OPEN)].join(","), vec!["p2"]),
            (update(3, OPEN), vec!["p2", "p1"]),
            ([update(3, OPEN), update(2, CLEAN), update(1, SHUT)].join(","), vec![]),
        ] {
            let blog = read(&updates);
            let of_document = blog.warnings.iter().filter(|warning| warning.code == Code::EntryInferred);
            let found: Vec<_> = of_document.filter_map(|warning| warning.entry.as_deref()).collect();
            assert_eq!((blog.entries.len(), found), (3, doubtful), "{updates}");
            assert!(blog.entries.iter().all(|entry| entry.published.is_some() && entry.body.len() == 1), "{updates}");
        }
        let blog = read("");
        let ids: Vec<_> = blog.entries.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!((ids, blog.warnings[0].code), (vec!["p3", "p2", "p1"], Code::EntryInferred));
    }

    #[test]
    fn an_entry_without_words_or_marks_is_known_by_its_neighbours_or_by_its_clock() {
        let body = [shown(3, OPEN), shown(2, CLEAN).replace("datetime", "title"), shown(1, SHUT)].concat();
        let updates =
            [3, 2, 1].map(|minute| format!("{{\"datePublished\":\"2024-01-05T12:0{minute}:00Z\"}}")).join(",");
        let blog = read(&page_of("Road live", &updates, &body), None).unwrap();
        let bodies: Vec<_> = blog.entries.iter().map(|entry| entry.body.clone()).collect();
        assert_eq!(bodies, [OPEN, CLEAN, SHUT].map(|words| vec![Block::paragraph(words)]));
        assert_eq!(blog.warnings, []);
        let clocks = body
            .replace("<time datetime", "<span class=time title")
            .replace("<time title", "<span class=time title")
            .replace("</time>", "</span>");
        let blog = read(&page_of("Road live", &updates, &clocks.replace("id=p", "title=p")), None).unwrap();
        let bodies: Vec<_> = blog.entries.iter().map(|entry| entry.body.clone()).collect();
        assert_eq!(bodies, [OPEN, CLEAN, SHUT].map(|words| vec![Block::paragraph(words)]));
    }

    #[test]
    fn comments_and_copies_are_no_entries() {
        let comments = [shown(2, CLEAN), shown(1, SHUT)].concat();
        let page = page_of("Road live", "", &format!("<div class=comments>{comments}</div>"));
        assert!(read(&page, None).is_err());
        let update =
            format!("{{\"@id\":\"p1\",\"datePublished\":\"2024-01-05T12:01:00Z\",\"articleBody\":\"{SHUT}\"}}");
        let pinned = shown(1, SHUT).replace("id=p1", "data-pinned");
        let blog = read(&page_of("Road live", &update, &(pinned + &shown(1, SHUT))), None).unwrap();
        assert_eq!(blog.entries.len(), 1);
    }

    #[test]
    fn an_index_that_calls_itself_a_live_blog_is_none() {
        let update = |month: u8, words: &str| {
            format!(
                "{{\"headline\":\"T{month}\",\"url\":\"https://news.example/{month}\",\
                 \"datePublished\":\"2023-0{month}-01T12:00:00Z\",\"articleBody\":\"{words}\"}}"
            )
        };
        let updates = |words: [&str; 3]| [3, 2, 1].map(|month| update(month, words[usize::from(month) - 1])).join(",");
        let is_read = |title: &str, words| read(&page_of(title, &updates(words), ""), None).is_ok();
        let words = ["One.", "Two.", "Three."];
        assert!(!is_read("The harbour blog", words));
        assert!(!is_read("Harbour live", [""; 3]), "headlines alone");
        assert!(is_read("Harbour live", words));
    }

    #[test]
    fn data_that_says_nothing_is_no_live_blog() {
        let update = r#"{"headline":"Regatta live","dateModified":"2026-05-02T20:31:05Z"}"#;
        assert!(read(&page_of("Regatta live", update, "<article><p>Words.</p></article>"), None).is_err());
        let own = page_of("Regatta live", "", "");
        let other = r#"<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Flood live",
            "url":"https://news.example/b","liveBlogUpdate":[{"headline":"A","articleBody":"B."}]}</script>"#;
        assert!(read(&[&own, other].concat(), None).is_err(), "the page's own live blog is empty");
        let message = "the live blog in the data, “Flood live”, has another address and title than the page";
        let page = format!("<html><link rel=canonical href=https://news.example/a><h1>Regatta</h1>{other}");
        assert_eq!(read(&page, None).unwrap().warnings[0].message, message);
    }

    #[test]
    fn the_elements_of_an_entry_may_stand_side_by_side() {
        let update = |id: &str, words: &str| {
            format!("{{\"headline\":\"{id}\",\"url\":\"https://news.example/a#{id}\",\"articleBody\":\"{words}\"}}")
        };
        let updates = [update("Later", "One, "), update("Earlier", "Three.")].join(",");
        let body = "<main><div><div>6.05pm</div><h2 id=Later>Later</h2></div><p>One, <a href=/b>two</a>.</p><p>And a half.</p>\
                    <p><b>5.05pm</b></p><h2 id=Earlier>Earlier</h2><p>Three.</p></main>";
        let entries = read(&page_of("Harbour live", &updates, body), None).unwrap().entries;
        let texts: Vec<_> = entries.iter().map(|entry| crate::layout::letters::texts(&entry.body).join(" ")).collect();
        assert_eq!(texts, ["One, two. And a half.", "Three."]);
    }

    #[test]
    fn data_is_explained_value_by_value() {
        let document = Document::from_text("page.html", &format!("<html>{DATA}"));
        let explained =
            crate::layout::explain(&document, &ParseOptions::new("2025-01-01T00:00:00Z".parse().unwrap())).unwrap();
        let uses: Vec<_> = explained.iter().map(|line| (line.use_, line.text.as_str())).collect();
        let expected = [
            ("headline", "Page"),
            ("", ""),
            ("title", "From the data"),
            ("stamp", "2023-06-19T13:27:00Z"),
            ("paragraph", "Words."),
        ];
        assert_eq!(uses, expected);
    }

    #[test]
    fn the_name_beside_the_time_is_the_authors_where_the_data_names_the_page_s_alone() {
        let update = |id: u8| {
            format!(
                "{{\"url\": \"https://news.example/live#{id}\", \"headline\": \"T{id}\", \"author\": \"Ada Example\"}}"
            )
        };
        let post = |id: u8, mark: &str| {
            format!(
                "<div id=\"{id}\"><div><time>17:24</time><mark>{mark}</mark></div><h3>T{id}</h3><p>Words.</p></div>"
            )
        };
        let page = format!(
            "<html><script type=\"application/ld+json\">{{\"author\": \"Ada Example\", \"liveBlogUpdate\": [{}, {}, {}]}}</script>{}{}{}",
            update(1),
            update(2),
            update(3),
            post(1, "Bo Example"),
            post(2, "Key Event"),
            post(3, "KEY EVENT")
        );
        let authors: Vec<_> = read(&page, None).unwrap().entries.into_iter().map(|entry| entry.author).collect();
        assert_eq!(authors, ["Bo Example", "Ada Example", "Ada Example"].map(|name| Some(name.to_owned())));
    }

    #[test]
    fn what_an_archive_noted_of_the_page_decides_the_year_and_the_addresses() {
        let page = "<html><link rel=\"canonical\" href=\"https://web.archive.org/web/20230619142705/https://news.example/live\">\
                    <article data-testid=\"content-post\"><h3>A<span class=\"visually-hidden\">published at 14:27 19 June</span></h3>\
                    <p><a href=\"/web/20230619142705/https://news.example/b\">B</a>.</p></article></html>\
                    <!-- FILE ARCHIVED ON 14:30:00 Jun 20, 2023 AND RETRIEVED FROM THE INTERNET ARCHIVE ON 09:00:00 Mar 4, 2024. -->";
        let blog = read(page, None).unwrap();
        assert_eq!(blog.url.as_deref(), Some("https://news.example/live"));
        assert_eq!(blog.captured, Some("2023-06-20T14:30:00Z".parse().unwrap()));
        assert_eq!(blog.entries[0].published, Some("2023-06-19T13:27:00Z".parse().unwrap()));
        assert_eq!(blog.warnings[0].message, "the stamp has no year; 2023 follows from the capture date");
        let [Block::Paragraph { links, .. }] = &blog.entries[0].body[..] else { panic!("{:?}", blog.entries[0].body) };
        assert_eq!(links[0].url, "https://news.example/b");
    }

    #[test]
    fn a_title_that_most_entries_have_still_finds_their_elements() {
        let update = |hour, title| format!(r#"{{"headline":"{title}","datePublished":"2023-11-02T{hour}:00:00Z"}}"#);
        let updates = ["20", "19", "18"].map(|hour| update(hour, "Update")).join(",");
        let articles = ["20", "19", "18"].map(|hour| {
            format!("<article><time datetime=\"2023-11-02T{hour}:00:00Z\">{hour}</time><h3>Update</h3><p>Of {hour}.</p></article>")
        });
        let page = format!(
            "<html><script type=\"application/ld+json\">{{\"headline\":\"Storm\",\"liveBlogUpdate\":[{updates}]}}</script>{}",
            articles.concat()
        );
        let blog = read(&page, None).unwrap();
        let bodies: Vec<_> = blog.entries.iter().map(|entry| entry.body.clone()).collect();
        assert_eq!(bodies, ["Of 20.", "Of 19.", "Of 18."].map(|text| vec![Block::paragraph(text)]));
    }

    #[test]
    fn a_link_to_another_page_has_its_title_once() {
        let page = "<html><article data-testid=\"content-post\"><h3><a href=\"/news/gate\"><span class=\"x-Timestamp\">21:19 BST 29 June</span>\
                    <span class=\"visually-hidden\">The gate stays, published at 21:19 29 June</span>\
                    <span aria-hidden=\"true\">The gate stays</span></a></h3><p>It does.</p></article>";
        let entry = read(page, None).unwrap().entries.remove(0);
        assert_eq!((entry.title.as_deref(), entry.stamp.as_deref()), (Some("The gate stays"), Some("21:19 29 June")));
    }

    #[test]
    fn words_that_say_less_than_the_attribute_give_way_to_it() {
        let page = "<html><article><h3 id=\"asset:6f1a\"><time datetime=\"2023-06-19T13:27:36.500Z\">just now, as they say there</time>A</h3>\
                    <p>B.</p></article>";
        let entry = read(page, None).unwrap().entries.remove(0);
        assert_eq!((entry.id.as_str(), entry.title.as_deref()), ("asset:6f1a", Some("A")));
        assert_eq!(entry.published, Some("2023-06-19T13:27:36Z".parse().unwrap()));
        assert_eq!((entry.stamp.as_deref(), &entry.doubts[..]), (Some("2023-06-19T13:27:36.500Z"), &[][..]));
    }

    #[test]
    fn a_time_in_an_attribute_completes_the_stamp_or_contradicts_it() {
        let post = |stamp: &str, datetime: &str| {
            let text = format!(
                "<article class=\"lx-stream-post\"><time datetime=\"{datetime}\">{stamp}</time><h3>A</h3><p>B.</p></article>"
            );
            let entry = read(&format!("<html>{text}"), None).unwrap().entries.remove(0);
            (entry.published.unwrap().to_rfc3339(), entry.published_local.unwrap().to_rfc3339(), entry.doubts)
        };
        let at = |utc: &str, local: &str, doubts: &[Code]| (utc.to_owned(), local.to_owned(), doubts.to_vec());
        let (utc, local) = ("2021-06-19T13:27:00+00:00", "2021-06-19T14:27:00+01:00");
        assert_eq!(post("Posted at 14:27", "2021-06-19T13:27:00Z"), at(utc, local, &[]));
        assert_eq!(post("14:27 19 June", "2021-06-19T13:27:00.000Z"), at(utc, local, &[]));
        assert_eq!(post("", "2021-06-19T13:27:00Z").0, utc);
        assert_eq!(post("14:27", "2021-06-19T10:00:00Z"), at(utc, local, &[Code::SourcesDisagree]));
    }
}
