//! An invented page as HTML, with and without schema.org data in it.

use chrono_tz::Europe::London;
use serde_json::json;

use super::{Entry, Page, Part};

impl Page {
    /// The page as HTML, in the elements of the BBC's documents, amid what does not belong to the story.
    pub fn html(&self, with_data: bool) -> String {
        let points: String = self.summary.iter().map(|point| format!("<li><p>{point}</p></li>\n")).collect();
        let entries: String =
            self.entries.iter().enumerate().map(|(index, entry)| entry.html(self.entries.len() - index)).collect();
        let data = if with_data {
            format!("<script type=\"application/ld+json\">{}</script>", self.data())
        } else {
            String::new()
        };
        format!(
            "<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>Live</title>{data}</head>\n<body>\
             <nav><ul><li>Home</li></ul></nav><div class=\"cookie-banner\"><p>Cookies?</p></div>\n\
             <main><h1>A page</h1><section><h2>Summary</h2><ul>{points}</ul></section>\n\
             <section><h2>Live Reporting</h2><ol>{entries}</ol></section></main>\n\
             <aside><h2>Related stories</h2><p>Another story.</p></aside><footer><p>Contact us.</p></footer></body></html>"
        )
    }

    /// The page as schema.org data.
    fn data(&self) -> serde_json::Value {
        let updates = self.entries.iter().enumerate().map(|(index, entry)| entry.data(self.entries.len() - index));
        json!({
            "@context": "https://schema.org",
            "@type": "LiveBlogPosting",
            "headline": "A page",
            "liveBlogUpdate": updates.collect::<Vec<_>>(),
        })
    }
}

impl Entry {
    fn html(&self, id: usize) -> String {
        let label = self.label.as_ref().map_or(String::new(), |label| format!("<div>{label}</div>"));
        let breaking = if self.breaking { "<span>Breaking</span>" } else { "" };
        let byline = self.byline.as_ref().map_or(String::new(), |(name, role)| {
            format!("<p class=\"x-Contributor\"><strong>{name}</strong><span>{role}</span></p>")
        });
        let parts: String = self.parts.iter().map(Part::html).collect();
        format!(
            "<li><article data-testid=\"content-post\" id=\"post-{id}\">{label}\n<h3><span>{}</span>\
             <span class=\"visually-hidden\">published at {}</span></h3>{breaking}{byline}\n{parts}\
             <div class=\"share\"><p>Share this post</p></div></article></li>\n",
            self.title,
            self.stamp()
        )
    }

    fn data(&self, id: usize) -> serde_json::Value {
        let paragraphs = self.parts.iter().flat_map(|part| match part {
            Part::Paragraph(words) => vec![words.as_str()],
            Part::List(items) => items.iter().map(String::as_str).collect(),
            _ => vec![],
        });
        let mut update = json!({
            "@type": "BlogPosting",
            "@id": format!("https://news.example/live#post-{id}"),
            "headline": self.title,
            "datePublished": self.published.with_timezone(&London).to_rfc3339(),
            "articleBody": paragraphs.collect::<Vec<_>>().join("\n"),
        });
        if let Some((name, role)) = &self.byline {
            update["author"] = json!({"@type": "Person", "name": name, "jobTitle": role});
        }
        update
    }
}

impl Part {
    fn html(&self) -> String {
        match self {
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
}
