//! A live blog in one line, as `parse` prints it without a format.

use std::collections::BTreeSet;
use std::fmt;

use liveblog::archive::Stored;
use liveblog::input::printable;
use liveblog::model::LiveBlog;
use liveblog::output::terminal_safe;

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
        let images = live_blog.entries.iter().map(|entry| entry.images.len()).sum();
        write!(to, ", {}", counted(count_authors(live_blog), "author", "authors"))?;
        write!(to, ", {}", counted(images, "image", "images"))?;
        write!(to, ", {}", counted(live_blog.warnings.len(), "doubt", "doubts"))?;
        match stored {
            Some(Stored { known: true, .. }) => to.write_str("; kept before"),
            Some(Stored { captures: 2.., added, edited, removed, .. }) => {
                write!(to, "; since the capture before {added} added, {edited} edited, {removed} removed")
            }
            _ => Ok(()),
        }
    }
}

fn count_authors(live_blog: &LiveBlog) -> usize {
    let names = live_blog.entries.iter().flat_map(|entry| entry.author.iter().chain(&entry.co_authors));
    names.collect::<BTreeSet<_>>().len()
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
