//! HTML of any publisher with a schema.org `LiveBlogPosting`: in a script, in attributes, or in a script beside elements
//! that say more.

use serde_json::{Value, json};

use super::{Entry, Page, Part, html};

const ADDRESS: &str = "https://news.example/live";

/// JSON-LD that says all, and a BBC document that says it again.
pub fn json_ld(page: &Page) -> String {
    html::frame(page, &script(page, update))
}

/// JSON-LD with the time, the title and the id of each entry, in a document of another publisher's make.
pub fn document(page: &Page) -> String {
    let bare = |entry: &Entry, id: usize| json!({"@type": "BlogPosting", "@id": address(id), "headline": entry.title, "datePublished": entry.local_time()});
    let blocks: String = numbered(page).map(|(id, entry)| block(entry, id)).collect();
    format!(
        "<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>Harbour live</title>{}</head>\n<body>\
         <nav><a href=\"/\">Home</a></nav><main><h1>Harbour, as it happened</h1>\n{blocks}</main></body></html>",
        script(page, bare)
    )
}

fn block(entry: &Entry, id: usize) -> String {
    let byline = entry.byline.as_ref().map_or(String::new(), |(name, _)| format!("<p class=\"byline\">{name}</p>"));
    format!(
        "<article class=\"block\" id=\"post-{id}\"><header><a href=\"#post-{id}\"><time datetime=\"{}\">{}</time></a>\
         <h2>{}</h2>{byline}</header>\n{}</article>\n",
        entry.local_time(),
        entry.clock(),
        entry.title,
        body(&entry.parts)
    )
}

/// Elements whose attributes say what they are.
pub fn microdata(page: &Page) -> String {
    let updates: String = numbered(page).map(|(id, entry)| item(entry, id)).collect();
    format!(
        "<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>Live</title></head>\n<body>\
         <article itemscope itemtype=\"https://schema.org/LiveBlogPosting\"><h1 itemprop=\"headline\">A page</h1>\n\
         {updates}</article></body></html>"
    )
}

fn item(entry: &Entry, id: usize) -> String {
    let byline = entry.byline.as_ref().map_or(String::new(), |(name, role)| {
        format!(
            "<span itemprop=\"author\" itemscope itemtype=\"https://schema.org/Person\"><span itemprop=\"name\">{name}</span>, \
             <span itemprop=\"jobTitle\">{role}</span></span>\n"
        )
    });
    format!(
        "<div id=\"post-{id}\" itemprop=\"liveBlogUpdate\" itemscope itemtype=\"https://schema.org/BlogPosting\">\
         <time itemprop=\"datePublished\" datetime=\"{}\">{}</time>\n<h2 itemprop=\"headline\">{}</h2>\n{byline}\
         <div itemprop=\"articleBody\">{}</div></div>\n",
        entry.local_time(),
        entry.clock(),
        entry.title,
        body(&entry.parts)
    )
}

/// The parts in elements that any publisher may have.
fn body(parts: &[Part]) -> String {
    let element = |part: &Part| match part {
        Part::Paragraph(_) | Part::List(_) => html::body(std::slice::from_ref(part)),
        Part::Image { alt, source, caption } => format!(
            "<figure><img src=\"/a.jpg\" alt=\"{alt}\"><figcaption>{} Photo: {source}</figcaption></figure>\n",
            caption.as_deref().unwrap_or_default()
        ),
        Part::Media(caption) => {
            format!("<figure><video src=\"/a.mp4\"></video><figcaption>{caption}</figcaption></figure>\n")
        }
    };
    parts.iter().map(element).collect()
}

/// The entries with their ids, which count from the oldest.
fn numbered(page: &Page) -> impl Iterator<Item = (usize, &Entry)> {
    (1..=page.entries.len()).rev().zip(&page.entries)
}

fn address(id: usize) -> String {
    format!("{ADDRESS}#post-{id}")
}

fn script(page: &Page, update: impl Fn(&Entry, usize) -> Value) -> String {
    let updates: Vec<_> = numbered(page).map(|(id, entry)| update(entry, id)).collect();
    let data = json!({
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "headline": "A page",
        "liveBlogUpdate": updates,
    });
    format!("<script type=\"application/ld+json\">{data}</script>")
}

fn update(entry: &Entry, id: usize) -> Value {
    let paragraphs = entry.parts.iter().flat_map(|part| match part {
        Part::Paragraph(words) => vec![words.as_str()],
        Part::List(items) => items.iter().map(String::as_str).collect(),
        _ => vec![],
    });
    let mut update = json!({
        "@type": "BlogPosting",
        "@id": address(id),
        "headline": entry.title,
        "datePublished": entry.local_time(),
        "articleBody": paragraphs.collect::<Vec<_>>().join("\n"),
    });
    if let Some((name, role)) = &entry.byline {
        update["author"] = json!({"@type": "Person", "name": name, "jobTitle": role});
    }
    update
}
