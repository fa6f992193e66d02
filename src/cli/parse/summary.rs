//! A live blog in one line, as `parse` prints it without a format, and the total of several.

use std::collections::{BTreeSet, HashSet};
use std::fmt;

use liveblog::archive::Stored;
use liveblog::input::printable;
use liveblog::model::LiveBlog;
use liveblog::output::{in_zone, terminal_safe};

use crate::cli::args::DEFAULT_ZONE;
use crate::cli::pages::local_span;
use crate::cli::terminal::counted;

/// A live blog, and what became of it in the archive.
pub struct Summary<'a> {
    pub live_blog: &'a LiveBlog,
    pub stored: Option<&'a Stored>,
}

impl fmt::Display for Summary<'_> {
    /// `flood.txt: 20 entries, 19 June 2023 11:02–14:27 BST, 6 authors, 12 images, 3 doubts`
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        let Self { live_blog, stored } = self;
        let name = stored.map_or(&live_blog.source, |stored| &stored.page);
        write!(to, "{}: {}", terminal_safe(&printable(name)), counted(live_blog.entries.len(), "entry", "entries"))?;
        match time_span(live_blog) {
            Some(time) => write!(to, ", {time}")?,
            None => to.write_str(", without times")?,
        }
        let names: BTreeSet<_> = authors(live_blog).collect();
        write!(to, ", {}", counted(names.len(), "author", "authors"))?;
        write!(to, ", {}", counted(count_images(live_blog), "image", "images"))?;
        write!(to, ", {}", counted(live_blog.warnings.len(), "doubt", "doubts"))?;
        match stored {
            Some(Stored { known: true, captured_before: None, .. }) => to.write_str("; kept before"),
            Some(Stored { known: true, captured_before: Some(time), .. }) => {
                let time = in_zone(*time, live_blog.zone.unwrap_or(DEFAULT_ZONE));
                write!(to, "; kept before, as captured {}", time.format("%-d %B %Y %H:%M %Z"))
            }
            Some(Stored { captures: 2.., added, edited, removed, .. }) => {
                write!(to, "; since the capture before {added} added, {edited} edited, {removed} removed")
            }
            _ => Ok(()),
        }
    }
}

/// What all pages have together. Each author counts once, on however many pages.
#[derive(Default)]
pub struct Total {
    pub pages: usize,
    entries: usize,
    authors: HashSet<String>,
    images: usize,
    doubts: usize,
}

impl Total {
    /// Adds a live blog.
    pub fn add(&mut self, live_blog: &LiveBlog) {
        self.pages += 1;
        self.entries += live_blog.entries.len();
        for name in authors(live_blog) {
            if !self.authors.contains(name) {
                self.authors.insert(name.clone());
            }
        }
        self.images += count_images(live_blog);
        self.doubts += live_blog.warnings.len();
    }
}

impl fmt::Display for Total {
    /// `in all: 2000 pages, 40000 entries, 60 authors, 800 images, 3 doubts`
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        let Self { pages, entries, authors, images, doubts } = self;
        write!(to, "in all: {}", counted(*pages, "page", "pages"))?;
        write!(to, ", {}", counted(*entries, "entry", "entries"))?;
        write!(to, ", {}", counted(authors.len(), "author", "authors"))?;
        write!(to, ", {}", counted(*images, "image", "images"))?;
        write!(to, ", {}", counted(*doubts, "doubt", "doubts"))
    }
}

fn authors(live_blog: &LiveBlog) -> impl Iterator<Item = &String> {
    live_blog.entries.iter().flat_map(|entry| entry.author.iter().chain(&entry.co_authors))
}

fn count_images(live_blog: &LiveBlog) -> usize {
    live_blog.entries.iter().map(|entry| entry.images.len()).sum()
}

/// The times of the first and the last entry, in the page's zone, else in that of its stamps.
fn time_span(live_blog: &LiveBlog) -> Option<String> {
    let timed = || live_blog.entries.iter().filter_map(|entry| Some((entry.published?, entry.published_local)));
    Some(local_span(live_blog.zone, timed().min()?, timed().max()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn live_blog(json: &str) -> LiveBlog {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_page_without_entries_with_times_says_so() {
        let live_blog = live_blog(
            r#"{"version":1,"authors":[],"source":"flood.txt","layout":"bbc","coverage":{},"summary":[],"media":[],
               "entries":[],"warnings":[]}"#,
        );
        assert_eq!(
            Summary { live_blog: &live_blog, stored: None }.to_string(),
            "flood.txt: 0 entries, without times, 0 authors, 0 images, 0 doubts"
        );
    }
}
