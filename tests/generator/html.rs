//! A BBC page of today as HTML, amid what does not belong to the story.

use super::{Entry, Page, Part};

pub fn write(page: &Page) -> String {
    frame(page, "")
}

/// The document, with what its head holds.
pub fn frame(page: &Page, head: &str) -> String {
    let points: String = page.summary.iter().map(|point| format!("<li><p>{point}</p></li>\n")).collect();
    let entries = page.entries.iter().enumerate();
    let entries: String = entries.map(|(index, entry)| article(entry, page.entries.len() - index)).collect();
    format!(
        "<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>Live</title>{head}</head>\n<body>\
         <nav><ul><li>Home</li></ul></nav><div class=\"cookie-banner\"><p>Cookies?</p></div>\n\
         <main><h1>A page</h1><section><h2>Summary</h2><ul>{points}</ul></section>\n\
         <section><h2>Live Reporting</h2><ol>{entries}</ol></section></main>\n\
         <aside><h2>Related stories</h2><p>Another story.</p></aside><footer><p>Contact us.</p></footer></body></html>"
    )
}

fn article(entry: &Entry, id: usize) -> String {
    let label = entry.label.as_ref().map_or(String::new(), |label| format!("<div>{label}</div>"));
    let breaking = if entry.breaking { "<span>Breaking</span>" } else { "" };
    let byline = entry.byline.as_ref().map_or(String::new(), |(name, role)| {
        format!("<p class=\"x-Contributor\"><strong>{name}</strong><span>{role}</span></p>")
    });
    format!(
        "<li><article data-testid=\"content-post\" id=\"post-{id}\">{label}\n<h3><span>{}</span>\
         <span class=\"visually-hidden\">published at {}</span></h3>{breaking}{byline}\n{}\
         <div class=\"share\"><p>Share this post</p></div></article></li>\n",
        entry.title,
        entry.stamp(),
        body(&entry.parts)
    )
}

/// The parts as elements.
pub fn body(parts: &[Part]) -> String {
    parts.iter().map(part).collect()
}

fn part(part: &Part) -> String {
    match part {
        Part::Paragraph(words) => format!("<p>{words}</p>\n"),
        Part::List(items) => {
            let items: String = items.iter().map(|item| format!("<li>{item}</li>")).collect();
            format!("<ul>{items}</ul>\n")
        }
        Part::Image { alt, source, caption } => {
            let caption = caption.as_ref().map_or(String::new(), |caption| {
                format!("<figcaption><span class=\"visually-hidden\">Image caption, </span>{caption}</figcaption>")
            });
            format!(
                "<figure><div><img src=\"/a.jpg\" alt=\"{alt}\"><span class=\"visually-hidden\">Image source, \
                 </span>{source}</div>{caption}</figure>\n"
            )
        }
        Part::Media(caption) => {
            format!(
                "<figure><figcaption><span class=\"visually-hidden\">Media caption, </span>{caption}</figcaption></figure>\n"
            )
        }
    }
}
