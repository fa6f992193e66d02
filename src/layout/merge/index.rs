//! Data that is wrong about being a live blog: a blog's index whose theme says so.

use chrono::{DateTime, TimeDelta, Utc};

use crate::html::{Element, Html};
use crate::layout::data::schema_org::{FoundEntry, address_key};
use crate::locale::LIVE_WORDS;
use crate::model::LiveBlog;

/// Whether the data is that of an index: the headings of its entries lead to other pages, and there are days between them on
/// a page that does not say that it is live, or they have no words of their own.
pub fn is_index(blog: &LiveBlog, entries: &[FoundEntry], elements: &[Vec<Element>], page: &Html) -> bool {
    /// Fewer are too few to see a habit.
    const FEWEST: usize = 3;
    let own = blog.url.as_deref().or(page.head().url.as_deref()).and_then(address_key);
    let leads_elsewhere = |(found, elements): &(&FoundEntry, &Vec<Element>)| {
        let links = elements.iter().filter_map(|element| heading_link(*element));
        let mut urls = links.chain(found.entry.url.clone()).filter_map(|url| address_key(&url));
        urls.any(|url| own.as_ref().is_none_or(|own| !url.starts_with(own.as_str())))
    };
    let elsewhere = entries.iter().zip(elements).filter(leads_elsewhere).count();
    if entries.len() < FEWEST || elsewhere * 2 < entries.len() {
        return false;
    }
    let is_wordless = |found: &FoundEntry| {
        found.entry.body.is_empty() && found.entry.images.is_empty() && found.entry.media.is_empty()
    };
    entries.iter().all(is_wordless) || are_days_apart(entries) && !says_live(blog, page)
}

/// Where the heading of an entry leads.
fn heading_link(element: Element) -> Option<String> {
    let heading = element.descendants().chain([element]).find(|inner| inner.is_heading())?;
    let mut links = heading.descendants().chain(heading.ancestors().take(2)).filter(|link| link.name() == "a");
    links.find_map(|link| element.absolute(link.attr("href")?))
}

/// Whether most entries are a day or more apart.
fn are_days_apart(entries: &[FoundEntry]) -> bool {
    let mut times: Vec<DateTime<Utc>> = entries.iter().filter_map(|found| found.entry.published).collect();
    times.sort_unstable();
    let days = times.windows(2).filter(|pair| pair[1] - pair[0] >= TimeDelta::hours(20)).count();
    days * 2 > times.len().saturating_sub(1)
}

/// Whether a title of the page or its address says that it is live.
fn says_live(blog: &LiveBlog, page: &Html) -> bool {
    let texts = [blog.title.as_deref(), page.head().title.as_deref(), blog.url.as_deref(), page.head().url.as_deref()];
    texts.into_iter().flatten().any(|text| {
        let words = text.to_lowercase().split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>().join(" ");
        let words = format!(" {words} ");
        LIVE_WORDS.iter().any(|live| words.contains(&format!(" {live} ")))
    })
}
