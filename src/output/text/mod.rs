//! Text for reading: entries page by page, a timeline, or what a search found.

mod record;
mod timeline;
mod writer;

use std::io::{self, Write};

use anstyle::Style;
use chrono::NaiveDate;

use self::timeline::Timeline;
use self::writer::{Part, TextWriter};
use super::clock::{Clocks, Local};
use super::{Arrangement, Detail, Header, Output, PrintOptions, describe};
use crate::model::{Entry, Excerpt, Image, Media, PageHead, Row, Span};

pub(super) use record::Record;
pub use writer::wrap;

/// Rows for reading.
pub(super) struct Text<W> {
    writer: TextWriter<W>,
    head: Header,
    detail: Detail,
    clocks: Clocks,
    /// The live blog of the row before, and that row's day.
    last: Option<(String, Option<NaiveDate>)>,
    timeline: Timeline,
}

impl<W: Write> Text<W> {
    pub(super) fn new(to: W, options: PrintOptions) -> Self {
        Self {
            detail: options.detail,
            writer: TextWriter::new(to, &options),
            head: Header::default(),
            clocks: Clocks::default(),
            last: None,
            timeline: Timeline::default(),
        }
    }

    /// Prints the headings of a row, its live blog and its day, where they change.
    fn heads(&mut self, row: &Row, local: Option<Local>) -> io::Result<()> {
        let day = local.map(|time| time.date_naive());
        let (same_page, same_day) = match &self.last {
            Some((page, last_day)) => (*page == row.page, *last_day == day),
            None => (false, false),
        };
        let is_next_line = self.detail == Detail::Brief && same_page && same_day;
        if self.last.is_some() && !is_next_line {
            self.writer.blank()?;
        }
        if !same_page {
            self.writer.block("", &[Part::Strong(describe::page(row).to_owned())])?;
            self.writer.blank()?;
        }
        if let Some(time) = local.filter(|_| !(same_page && same_day)) {
            self.writer.block("", &[Part::Faint(describe::day(&time))])?;
            self.writer.blank()?;
        }
        self.last = Some((row.page.clone(), day));
        Ok(())
    }

    fn entry(&mut self, row: &Row) -> io::Result<()> {
        let local = self.clocks.local(row);
        self.heads(row, local)?;
        let gutter = describe::gutter(local);
        match self.detail {
            Detail::Brief => self.writer.block(&gutter, &[Part::Plain(describe::entry(row))]),
            Detail::Usual | Detail::Full => self.writer.block(&gutter, &whole(&row.entry, describe::about(row))),
        }
    }
}

/// All of an entry; `about` is what it is and whose.
fn whole(entry: &Entry, about: String) -> Vec<Part> {
    let mut parts = vec![
        Part::Strong(entry.title.clone().unwrap_or_default()),
        Part::Plain(entry.subtitle.clone().unwrap_or_default()),
        Part::Faint(about),
        Part::Gap,
        Part::Plain(entry.text()),
        Part::Gap,
    ];
    parts.extend(entry.images.iter().map(image));
    parts.extend(entry.media.iter().map(media));
    parts
}

fn image(image: &Image) -> Part {
    let credit = image.source.as_ref().map(|source| format!(" ({source})")).unwrap_or_default();
    let words = [&image.caption, &image.alt, &image.url].into_iter().flatten().next();
    Part::Faint(format!("Image: {}{credit}", words.map_or("", String::as_str)))
}

fn media(media: &Media) -> Part {
    Part::Faint(format!("Media: {}", media.caption.as_ref().or(media.url.as_ref()).map_or("", String::as_str)))
}

impl<W: Write> Output for Text<W> {
    fn begin(&mut self, head: &Header) -> io::Result<()> {
        (self.head, self.clocks) = (head.clone(), Clocks::new(head));
        Ok(())
    }

    fn page(&mut self, page: &PageHead) -> io::Result<()> {
        self.clocks.page(page);
        Ok(())
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        if self.head.order == Arrangement::Timeline {
            self.timeline.push(row, self.clocks.local(row), self.head.names_pages(), self.detail);
            return Ok(());
        }
        self.entry(row)
    }

    fn found(&mut self, row: &Row, excerpt: &Excerpt) -> io::Result<()> {
        if self.last.replace((row.page.clone(), None)).is_some() {
            self.writer.blank()?;
        }
        let time = self.clocks.local(row).map(|time| describe::span(&time, &time)).unwrap_or_default();
        print_found(&mut self.writer, excerpt, &[&time, &describe::about(row), describe::page(row)])
    }

    fn end(&mut self) -> io::Result<()> {
        self.timeline.print(&mut self.writer)?;
        self.writer.flush()
    }
}

/// Prints an entry that was found, with its day and its page: the next may be of any other.
fn print_found<W: Write>(to: &mut TextWriter<W>, excerpt: &Excerpt, about: &[&str]) -> io::Result<()> {
    let about: Vec<_> = about.iter().copied().filter(|words| !words.is_empty()).collect();
    let title = Part::Found(Style::new().bold(), excerpt.title.clone());
    to.block("", &[title, Part::Faint(about.join(" · ")), Part::Found(Style::new(), in_a_line(&excerpt.text))])
}

/// The same text on one line: an excerpt has only the ends and beginnings of paragraphs.
fn in_a_line(spans: &[Span]) -> Vec<Span> {
    let line = |text: &str| text.split('\n').filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    spans.iter().map(|span| Span { text: line(&span.text), found: span.found }).collect()
}

#[cfg(test)]
mod tests {
    use crate::output::{Detail, Format, Header, PrintOptions, sample};

    #[test]
    fn an_entry_is_its_title_its_byline_its_text_and_its_images() {
        let options = PrintOptions { width: Some(40), ..PrintOptions::default() };
        let mut bare = sample::bare_row();
        bare.entry.title = Some("An entry without a time, whose title is long".into());
        assert_eq!(
            sample::print(Format::Text, options, &[sample::row(), bare]),
            "Flood

Monday 19 June 2023 +01:00

14:27  Gates, “closed”
       Breaking · Analysis · Ada
       Example, Bob Example · Transport
       correspondent

       The \"old\" gates

       • North
       • South

       Image: A gate (Reuters)
       Media: The gates close

       An entry without a time, whose
       title is long
"
        );
    }

    #[test]
    fn a_page_and_a_day_have_their_heads_where_they_change() {
        let rows = [
            sample::row_at("a.txt", "2023-06-19T23:30:00Z", 1, "Past midnight"),
            sample::row_at("a.txt", "2023-06-19T22:30:00Z", 1, "Before midnight"),
            sample::row_at("b.txt", "2023-06-19T22:00:00Z", 0, "Elsewhere"),
        ];
        assert_eq!(
            sample::print(Format::Text, PrintOptions::default(), &rows),
            "a

Tuesday 20 June 2023 +01:00

00:30  Past midnight

Monday 19 June 2023 +01:00

23:30  Before midnight

b

Monday 19 June 2023 UTC

22:00  Elsewhere
"
        );
    }

    #[test]
    fn entries_in_brief_are_lines() {
        let rows = [sample::row(), sample::row_at("flood.txt", "2023-06-19T13:30:00Z", 1, "Water falls")];
        let options = PrintOptions { detail: Detail::Brief, ..PrintOptions::default() };
        let head = sample::head();
        assert_eq!(
            sample::print_pages(&Header::default(), Format::Text, options, &[(head, rows.to_vec())]),
            "Flood\n\nMonday 19 June 2023 BST\n\n14:27  Gates, “closed”\n14:30  Water falls\n"
        );
    }

    #[test]
    fn a_page_cannot_control_the_terminal() {
        let row = sample::row_at("a\u{1b}]0;title\u{7}.txt", "", 0, "Red \u{1b}[31malert\u{9b}2J");
        assert_eq!(sample::print(Format::Text, PrintOptions::default(), &[row]), "a\n\n       Red alert2J\n");
    }

    #[test]
    fn colour_is_used_where_it_is_asked_for() {
        let row = sample::row_at("a.txt", "", 0, "Title");
        let options = PrintOptions { color: true, ..PrintOptions::default() };
        let printed = sample::print(Format::Text, options, &[row]);
        assert_eq!(printed, "\u{1b}[1ma\u{1b}[0m\n\n       \u{1b}[1mTitle\u{1b}[0m\n");
    }
}
