//! The entries of a live blog, day by day.

use std::fmt::{self, Write};

use chrono::{NaiveDate, Offset, Utc};
use chrono_tz::Tz;

use super::percent;
use crate::model::{PageHead, Row, rfc3339};
use crate::output::clock::Local;
use crate::output::markup::{Body, Escaped, Leading, address, write_media};
use crate::output::{Detail, Header, describe};

/// The entries of a live blog, or of a timeline.
pub(super) struct Section {
    pub(super) page: PageHead,
    html: String,
    /// The day of the last entry, if there is one.
    day: Option<Option<NaiveDate>>,
}

/// The indices by which the filters find an entry.
pub(super) struct Facets {
    pub(super) authors: String,
    pub(super) label: Option<usize>,
    pub(super) page: usize,
}

/// What is shown of each entry.
pub(super) struct Shown<'a> {
    pub(super) head: &'a Header,
    pub(super) detail: Detail,
    pub(super) images: bool,
}

impl Section {
    pub(super) fn new(page: PageHead) -> Self {
        Self { page, html: String::new(), day: None }
    }

    /// The HTML of its entries, whole.
    pub(super) fn html(&mut self) -> &str {
        if self.day.take().is_some() {
            self.html.push_str("</section>\n");
        }
        &self.html
    }

    /// Begins another day, if the entry is of another.
    pub(super) fn day(&mut self, local: Option<Local>) -> fmt::Result {
        let day = local.map(|time| time.date_naive());
        if self.day == Some(day) {
            return Ok(());
        }
        if self.day.replace(day).is_some() {
            self.html.push_str("</section>\n");
        }
        let words = local.map_or("Without time".to_owned(), |time| describe::day(&time));
        writeln!(self.html, "<section class=\"day\">\n<h3>{words}</h3>")
    }

    pub(super) fn entry(
        &mut self,
        row: &Row,
        id: &str,
        local: Option<Local>,
        facets: &Facets,
        shown: &Shown,
    ) -> fmt::Result {
        let (to, entry) = (&mut self.html, &row.entry);
        write!(to, "<article id=\"{}\" data-author=\"{}\"", Escaped(id), facets.authors)?;
        if let Some(label) = facets.label {
            write!(to, " data-label=\"{label}\"")?;
        }
        write!(to, " data-page=\"{}\"", facets.page)?;
        if let Some(time) = local {
            write!(to, " data-time=\"{}\"", time.timestamp())?;
        }
        writeln!(
            to,
            ">\n<a class=\"when\" href=\"#{}\" title=\"Permalink\">{}</a>",
            Escaped(&percent(id)),
            When(row, local)
        )?;
        to.write_str("<div class=\"what\" dir=\"auto\">\n")?;
        if shown.detail == Detail::Brief {
            writeln!(to, "<h4>{}</h4>", Escaped(&describe::entry(row)))?;
            if shown.head.names_pages() {
                writeln!(to, "<p class=\"about\"><span class=\"origin\">{}</span></p>", Escaped(describe::page(row)))?;
            }
            return to.write_str("</div>\n</article>\n");
        }
        if let Some(title) = &entry.title {
            writeln!(to, "<h4>{}</h4>", Escaped(title))?;
        }
        if let Some(subtitle) = &entry.subtitle {
            writeln!(to, "<p class=\"subtitle\">{}</p>", Escaped(subtitle))?;
        }
        write_about(to, row, shown.head.names_pages())?;
        write!(to, "{}", Body { entry, images: shown.images })?;
        if let Some(url) = entry.url.as_deref().filter(|url| address(url).is_some()) {
            writeln!(to, "<p class=\"origin\">{}</p>", Leading("As published", Some(url)))?;
        }
        to.write_str("</div>\n</article>\n")
    }

    /// All before the entries of one live blog. A page of several live blogs introduces each here.
    pub(super) fn write_start(&self, to: &mut String, several: bool, zone: Option<Tz>) -> fmt::Result {
        if !several {
            return to.write_str("<section>\n<h2 class=\"unseen\">Entries</h2>\n");
        }
        writeln!(to, "<section class=\"page\">\n<h2 dir=\"auto\">{}</h2>", Escaped(describe::title(&self.page)))?;
        if let Some(standfirst) = &self.page.standfirst {
            writeln!(to, "<p class=\"standfirst\" dir=\"auto\">{}</p>", Escaped(standfirst))?;
        }
        if let Some(coverage) = describe::coverage(&self.page, zone) {
            writeln!(to, "<p class=\"facts\">{}</p>", Escaped(&coverage))?;
        }
        write_summary(to, &self.page)
    }
}

/// The time of an entry as a reader saw it, and in UTC where that is another.
struct When<'a>(&'a Row, Option<Local>);

impl fmt::Display for When<'_> {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        let Some(local) = self.1 else { return write!(to, "No. {}", self.0.entry.number) };
        let machine = rfc3339::local(local.fixed_offset());
        write!(to, "<time datetime=\"{machine}\">{}</time>", local.format("%H:%M"))?;
        if local.offset().fix().local_minus_utc() == 0 {
            return to.write_str(" <small>UTC</small>");
        }
        let utc = local.with_timezone(&Utc);
        let day = if utc.date_naive() == local.date_naive() { "" } else { "%-d %b " };
        write!(to, " <small>{} UTC</small>", utc.format(&format!("{day}%H:%M")))
    }
}

/// What kind of entry it is, who wrote it and, if entries of several live blogs are mixed, its live blog.
fn write_about(to: &mut String, row: &Row, names_page: bool) -> fmt::Result {
    let entry = &row.entry;
    let authors = entry.author.iter().chain(&entry.co_authors).cloned().collect::<Vec<_>>().join(", ");
    let parts = [
        ("removed", row.removed.then_some("Removed")),
        ("breaking", entry.breaking.then_some("Breaking")),
        ("label", entry.label.as_deref()),
        ("author", Some(authors.as_str()).filter(|names| !names.is_empty())),
        ("role", entry.role.as_deref()),
        ("origin", names_page.then(|| describe::page(row))),
    ];
    let parts: Vec<_> = parts.into_iter().filter_map(|(class, words)| Some((class, words?))).collect();
    if parts.is_empty() {
        return Ok(());
    }
    let spans = parts.iter().map(|(class, words)| format!("<span class=\"{class}\">{}</span>", Escaped(words)));
    writeln!(to, "<p class=\"about\">{}</p>", spans.collect::<Vec<_>>().join(" "))
}

/// What a live blog says above its entries.
pub(super) fn write_summary(to: &mut String, page: &PageHead) -> fmt::Result {
    if !page.summary.is_empty() {
        to.write_str("<ul class=\"summary\" dir=\"auto\">\n")?;
        page.summary.iter().try_for_each(|point| writeln!(to, "<li>{}</li>", Escaped(point)))?;
        to.write_str("</ul>\n")?;
    }
    page.media.iter().try_for_each(|media| write_media(to, media))?;
    if !page.authors.is_empty() {
        writeln!(to, "<p class=\"facts\">By {}</p>", Escaped(&page.authors.join(", ")))?;
    }
    match page.url.as_deref().and_then(address) {
        Some(url) => writeln!(to, "<p class=\"facts\">{}</p>", Leading(url, Some(url))),
        None => Ok(()),
    }
}
