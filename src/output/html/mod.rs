//! HTML: one self-contained page, to read, search, print and send.
//!
//! It needs no network, runs no script but its own, and is readable without any. A summary comes before the entries, so
//! all are kept in memory until the end.

mod chart;
mod frame;
mod section;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::{self, Write};

use self::chart::ChartHtml;
use self::frame::Facet;
use self::section::{Facets, Section, Shown, write_summary};
use super::chart::{Chart, Moment};
use super::clock::Clocks;
use super::describe::{self, counted};
use super::gathered::head_of;
use super::markup::Escaped;
use super::{Detail, Header, Output, PrintOptions};
use crate::model::{PageHead, Row};

pub(super) struct Html<W> {
    to: W,
    head: Header,
    clocks: Clocks,
    images: bool,
    detail: Detail,
    sections: Vec<Section>,
    entries: usize,
    moments: Vec<Moment>,
    authors: Facet,
    labels: Facet,
    pages: Facet,
    /// The ids in use: each must be unique on the page.
    ids: HashSet<String>,
}

impl<W: Write> Html<W> {
    pub(super) fn new(to: W, options: PrintOptions) -> Self {
        Self {
            to,
            head: Header::default(),
            clocks: Clocks::default(),
            images: options.images,
            detail: options.detail,
            sections: vec![],
            entries: 0,
            moments: vec![],
            authors: Facet::new("author", "Author"),
            labels: Facet::new("label", "Label"),
            pages: Facet::new("page", "Live blog"),
            ids: HashSet::from(["entries".to_owned()]),
        }
    }

    fn open(&mut self, page: PageHead) {
        self.sections.push(Section::new(page));
    }

    /// The id of an entry within this page, the target of its permalink.
    fn id(&mut self, row: &Row) -> String {
        let id: String = row.entry.id.split_whitespace().collect::<Vec<_>>().join("-");
        let numbered = (2..).map(|number| format!("{id}-{number}"));
        let free = |id: &String| !id.is_empty() && self.ids.insert(id.clone());
        std::iter::once(id.clone()).chain(numbered).find(free).unwrap_or_default()
    }

    fn summary(&self) -> Summary {
        let (first, last) =
            (self.moments.iter().min_by_key(|at| at.time), self.moments.iter().max_by_key(|at| at.time));
        let only = match self.sections.as_slice() {
            [section] if !self.head.order.is_mixed() => Some(&section.page),
            _ => None,
        };
        let title = match (self.head.title(), only) {
            (Some(title), _) => title.to_owned(),
            (None, Some(page)) => describe::title(page).to_owned(),
            (None, None) => counted(self.sections.len(), "live blog", "live blogs"),
        };
        let span = first.zip(last).map(|(first, last)| describe::span(&first.time, &last.time));
        let mut facts: Vec<_> = span.into_iter().chain([counted(self.entries, "entry", "entries")]).collect();
        let pages = self.pages.len();
        facts.extend((self.head.order.is_mixed() && pages > 1).then(|| counted(pages, "live blog", "live blogs")));
        facts.extend((self.authors.len() > 0).then(|| counted(self.authors.len(), "author", "authors")));
        Summary { title, facts: facts.join(" · ") }
    }
}

/// What the page says of itself.
struct Summary {
    title: String,
    facts: String,
}

impl<W: Write> Output for Html<W> {
    fn begin(&mut self, head: &Header) -> io::Result<()> {
        (self.head, self.clocks) = (head.clone(), Clocks::new(head));
        if head.order.is_mixed() {
            self.open(PageHead::default());
        }
        Ok(())
    }

    fn page(&mut self, page: &PageHead) -> io::Result<()> {
        self.clocks.page(page);
        if !self.head.order.is_mixed() {
            self.open(if self.head.is_excerpt { about_excerpt(page) } else { page.clone() });
        }
        Ok(())
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        if self.sections.is_empty() {
            self.open(head_of(row));
        }
        self.entries += 1;
        let (id, local) = (self.id(row), self.clocks.local(row));
        self.moments.extend(local.map(|time| Moment { time, id: id.clone() }));
        let authors: Vec<_> = row.entry.author.iter().chain(&row.entry.co_authors).collect();
        let facets = Facets {
            authors: authors.iter().map(|name| self.authors.index_of(name).to_string()).collect::<Vec<_>>().join(" "),
            label: row.entry.label.as_ref().map(|label| self.labels.index_of(label)),
            page: self.pages.index_of(describe::page(row)),
        };
        let Some(section) = self.sections.last_mut() else { return Ok(()) };
        section
            .day(local)
            .and_then(|()| {
                section.entry(
                    row,
                    &id,
                    local,
                    &facets,
                    &Shown { head: &self.head, detail: self.detail, images: self.images },
                )
            })
            .map_err(failed)
    }

    fn end(&mut self) -> io::Result<()> {
        let Summary { title, facts } = self.summary();
        let mut page = String::new();
        self.write_page(&mut page, &title, &facts).map_err(failed)?;
        self.to.write_all(page.as_bytes())?;
        let several = self.sections.len() > 1;
        for section in &mut self.sections {
            let mut start = String::new();
            section.write_start(&mut start, several, self.head.zone).map_err(failed)?;
            self.to.write_all(start.as_bytes())?;
            self.to.write_all(section.html().as_bytes())?;
            self.to.write_all(b"</section>\n")?;
        }
        self.to.write_all(frame::end().as_bytes())?;
        self.to.flush()
    }
}

impl<W: Write> Html<W> {
    /// All before the entries.
    fn write_page(&self, to: &mut String, title: &str, facts: &str) -> std::fmt::Result {
        frame::write_start(to, title, self.images)?;
        writeln!(to, "<header>\n<h1 dir=\"auto\">{}</h1>", Escaped(title))?;
        let only = self.sections.first().filter(|_| self.sections.len() == 1);
        if let Some(standfirst) = only.and_then(|section| section.page.standfirst.as_deref()) {
            writeln!(to, "<p class=\"standfirst\" dir=\"auto\">{}</p>", Escaped(standfirst))?;
        }
        writeln!(to, "<p class=\"facts\">{}</p>", Escaped(facts))?;
        if let Some(section) = only {
            write_summary(to, &section.page)?;
        }
        write!(to, "{}</header>\n{}", ChartHtml(Chart::from_moments(&self.moments)), frame::FILTERS_START)?;
        for facet in [&self.authors, &self.labels, &self.pages] {
            write!(to, "{facet}")?;
        }
        to.write_str(frame::FILTERS_END)?;
        if self.entries == 0 {
            to.write_str("<p>There are no entries here.</p>\n")?;
        }
        Ok(())
    }
}

/// What introduces some entries of a live blog: whose they are, but nothing that is about all of it.
fn about_excerpt(page: &PageHead) -> PageHead {
    let nothing = PageHead::default();
    PageHead {
        standfirst: nothing.standfirst,
        summary: nothing.summary,
        media: nothing.media,
        coverage: nothing.coverage,
        ..page.clone()
    }
}

/// An id as the fragment of an address.
fn percent(id: &str) -> String {
    super::feed::fragment(id)
}

/// Writing to memory fails only if a value fails to format itself.
fn failed(error: std::fmt::Error) -> io::Error {
    io::Error::other(error)
}

#[cfg(test)]
mod tests {
    use crate::model::PageHead;
    use crate::output::{Arrangement, Detail, Format, Header, PrintOptions, sample};

    /// The part of a page between two texts.
    fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
        page.split_once(start).unwrap().1.split_once(end).unwrap().0
    }

    #[test]
    fn an_entry_is_an_article_with_a_permalink_and_its_time_twice() {
        let page = sample::print(Format::Html, PrintOptions::default(), &[sample::row()]);
        assert_eq!(
            between(&page, "<h2 class=\"unseen\">Entries</h2>\n", "</main>"),
            r##"<section class="day">
<h3>Monday 19 June 2023 +01:00</h3>
<article id="0123456789ab" data-author="0 1" data-label="0" data-page="0" data-time="1687181220">
<a class="when" href="#0123456789ab" title="Permalink"><time datetime="2023-06-19T14:27:00+01:00">14:27</time> <small>13:27 UTC</small></a>
<div class="what" dir="auto">
<h4>Gates, “closed”</h4>
<p class="about"><span class="breaking">Breaking</span> <span class="label">Analysis</span> <span class="author">Ada Example, Bob Example</span> <span class="role">Transport correspondent</span></p>
<figure><figcaption>Media: The gates close</figcaption></figure>
<p>The &quot;old&quot; gates</p>
<figure><figcaption>Image: A gate (Reuters)</figcaption></figure>
<ul>
<li>North</li>
<li>South</li>
</ul>
</div>
</article>
</section>
</section>
"##
        );
    }

    #[test]
    fn the_page_sums_up_its_live_blog() {
        let head =
            PageHead { summary: vec!["<One>".into()], url: Some("https://example.org/".into()), ..sample::head() };
        let pages = [(head, vec![sample::row(), sample::bare_row()])];
        let page = sample::print_pages(&Header::default(), Format::Html, PrintOptions::default(), &pages);
        assert_eq!(between(&page, "<title>", "</title>"), "Flood");
        assert_eq!(
            between(&page, "<header>\n", "</header>"),
            r#"<h1 dir="auto">Flood</h1>
<p class="facts">19 June 2023 14:27 BST · 2 entries · 2 authors</p>
<ul class="summary" dir="auto">
<li>&lt;One&gt;</li>
</ul>
<p class="facts"><a href="https://example.org/">https://example.org/</a></p>
"#
        );
    }

    #[test]
    fn several_live_blogs_have_their_heads_and_no_id_twice() {
        let head = |page: &str| PageHead { page: page.into(), title: Some(page.into()), ..PageHead::default() };
        let pages = [(head("a"), vec![sample::row()]), (head("b"), vec![sample::row()])];
        let page = sample::print_pages(&Header::default(), Format::Html, PrintOptions::default(), &pages);
        assert_eq!(between(&page, "<h1 dir=\"auto\">", "</h1>"), "2 live blogs");
        assert!(page.contains("<section class=\"page\">\n<h2 dir=\"auto\">b</h2>"), "{page}");
        assert!(page.contains("<article id=\"0123456789ab-2\""), "{page}");
    }

    #[test]
    fn a_timeline_of_one_live_blog_is_called_after_it_and_does_not_name_it_again() {
        let header = Header { order: Arrangement::Timeline, ..Header::default() };
        let page = sample::print_under(&header, Format::Html, PrintOptions::default(), &[sample::row()]);
        assert_eq!(between(&page, "<h1 dir=\"auto\">", "</h1>"), "Flood");
        assert!(!page.contains("class=\"origin\""), "{page}");
        let rows = [sample::row(), sample::row_at("/home/ada/storm.txt", "2023-06-19T13:30:00Z", 1, "Wind")];
        let page = sample::print_under(&header, Format::Html, PrintOptions::default(), &rows);
        assert_eq!(between(&page, "<h1 dir=\"auto\">", "</h1>"), "Timeline");
        assert!(page.contains("<span class=\"origin\">storm</span>"), "{page}");
    }

    #[test]
    fn entries_in_brief_are_their_times_and_titles() {
        let options = PrintOptions { detail: Detail::Brief, ..PrintOptions::default() };
        let page = sample::print(Format::Html, options, &[sample::row()]);
        assert_eq!(
            between(&page, "<div class=\"what\" dir=\"auto\">\n", "</article>"),
            "<h4>Gates, “closed”</h4>\n</div>\n"
        );
    }

    #[test]
    fn no_entries_are_a_page_too() {
        let page = sample::print(Format::Html, PrintOptions::default(), &[]);
        assert!(page.contains("<p>There are no entries here.</p>"), "{page}");
    }

    #[test]
    fn only_the_pages_own_script_and_style_may_run() {
        let policy = |images| {
            let page = sample::print(Format::Html, PrintOptions { images, ..PrintOptions::default() }, &[]);
            let policy = between(&page, "Content-Security-Policy\" content=\"", "\">").to_owned();
            policy.split("; ").map(|rule| rule.split(" 'sha256-").next().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let own = ["default-src 'none'", "style-src", "script-src"];
        let rest = ["base-uri 'none'", "form-action 'none'"];
        assert_eq!(policy(false), [&own[..], &rest].concat());
        assert_eq!(policy(true), [&own[..], &["img-src http: https:"], &rest].concat());
    }
}
