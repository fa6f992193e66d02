//! What a document says of the whole page: its headline, the line under it, its address.

use super::saved::unarchived;
use super::{Element, Html};

/// The head of a document: what it says of the whole page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentHead {
    /// Its headline.
    pub title: Option<String>,
    /// The line under it.
    pub description: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
}

impl DocumentHead {
    /// Reads the head of a page.
    pub fn read(page: &Html) -> DocumentHead {
        let mut head = DocumentHead::default();
        let mut meta_title = None;
        for element in page.elements().filter(|element| matches!(element.name(), "meta" | "link" | "h1")) {
            let attr = |name| element.attr(name).map(str::trim).filter(|words| !words.is_empty());
            let property = attr("property").or_else(|| attr("name")).or_else(|| attr("rel")).unwrap_or_default();
            let (field, words) = match (element.name(), property) {
                ("meta", "og:title") => (&mut meta_title, attr("content")),
                ("meta", "description" | "og:description") => (&mut head.description, attr("content")),
                ("meta", "og:url") | ("link", "canonical") => {
                    let words = attr("href").or_else(|| attr("content")).filter(|url| url.starts_with("http"));
                    (&mut head.url, words)
                }
                ("h1", _) if head.title.is_none() => {
                    let shown = element.passages().into_iter().next().map(|passage| passage.text);
                    head.title = shown.map(|shown| match &meta_title {
                        Some(title) if has_badge(element, &shown, title) => title.clone(),
                        _ => shown,
                    });
                    continue;
                }
                _ => continue,
            };
            if field.is_none() {
                *field = words.map(str::to_owned);
            }
        }
        head.title = head.title.or(meta_title);
        head.url = head.url.or_else(|| page.saved.url.clone()).map(|url| unarchived(&url).to_owned());
        head
    }
}

/// Whether a heading shows the title behind a badge in an element of its own: `<h1><span>LIVE </span>Flood</h1>`.
fn has_badge(heading: Element, shown: &str, title: &str) -> bool {
    let badge = shown.strip_suffix(title).map(str::trim).filter(|badge| !badge.is_empty());
    badge.is_some_and(|badge| {
        let mut within = heading.descendants();
        within.any(|inner| inner.element.text().flat_map(str::split_whitespace).eq(badge.split_whitespace()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_says_what_the_page_is_and_where() {
        let text = "<title>T</title><meta property=og:title content=Meta><meta name=description content=' Line '>\
                    <link rel=canonical href=https://news.example/live><body><h1>DocumentHead <b>line</b></h1><h1>Other</h1>";
        let head = DocumentHead {
            title: Some("DocumentHead line".into()),
            description: Some("Line".into()),
            url: Some("https://news.example/live".into()),
        };
        assert_eq!(Html::read(text, None).head(), &head);
    }

    #[test]
    fn a_badge_in_the_heading_is_no_part_of_the_title() {
        let title = |heading: &str, meta: &str| {
            let text = format!("<meta property=og:title content='{meta}'><body><h1>{heading}</h1>");
            Html::read(&text, None).head().title.clone()
        };
        assert_eq!(
            title("<span><b>EN VIVO </b>Flood at noon</span>", "Flood at noon").as_deref(),
            Some("Flood at noon")
        );
        assert_eq!(title("The Flood at noon", "Flood at noon").as_deref(), Some("The Flood at noon"));
        assert_eq!(title("<b>LIVE</b> Flood", "Water").as_deref(), Some("LIVE Flood"));
    }
}
