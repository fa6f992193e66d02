//! Text for reading: entries page by page, a timeline, or what a search found.

mod record;
mod timeline;
mod writer;

use std::io::{self, Write};

use anstyle::Style;
use chrono::{DateTime, FixedOffset, NaiveDate};
use chrono_tz::Tz;

use self::timeline::Timeline;
use self::writer::{Part, TextWriter};
use super::{Arrangement, Header, Output, PrintOptions, describe};
use crate::model::{Excerpt, Image, Media, Row, Span};

pub(super) use record::Record;

/// Rows for reading.
pub(super) struct Text<W> {
    writer: TextWriter<W>,
    head: Header,
    /// The live blog of the row before, and that row's day.
    last: Option<(String, Option<NaiveDate>)>,
    timeline: Timeline,
}

impl<W: Write> Text<W> {
    pub(super) fn new(to: W, options: PrintOptions) -> Self {
        Self {
            writer: TextWriter::new(to, &options),
            head: Header::default(),
            last: None,
            timeline: Timeline::default(),
        }
    }

    /// Prints the headings of a row, its live blog and its day, where they change.
    fn heads(&mut self, row: &Row, local: Option<DateTime<FixedOffset>>) -> io::Result<()> {
        let day = local.map(|time| time.date_naive());
        let (same_page, same_day) = match &self.last {
            Some((page, last_day)) => (*page == row.page, *last_day == day),
            None => (false, false),
        };
        if self.last.is_some() {
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
        let (entry, local) = (&row.entry, describe::local(row, self.head.zone));
        self.heads(row, local)?;
        let mut parts = vec![
            Part::Strong(entry.title.clone().unwrap_or_default()),
            Part::Plain(entry.subtitle.clone().unwrap_or_default()),
            Part::Faint(describe::about(row)),
            Part::Gap,
            Part::Plain(entry.text()),
            Part::Gap,
        ];
        parts.extend(entry.images.iter().map(image));
        parts.extend(entry.media.iter().map(media));
        self.writer.block(&describe::gutter(local), &parts)
    }
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
        self.head = *head;
        Ok(())
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        if self.head.order == Arrangement::Timeline {
            self.timeline.push(row, self.head.zone);
            return Ok(());
        }
        self.entry(row)
    }

    fn found(&mut self, row: &Row, excerpt: &Excerpt) -> io::Result<()> {
        if self.last.replace((row.page.clone(), None)).is_some() {
            self.writer.blank()?;
        }
        print_found(&mut self.writer, row, excerpt, self.head.zone)
    }

    fn end(&mut self) -> io::Result<()> {
        self.timeline.print(&mut self.writer)?;
        self.writer.flush()
    }
}

/// Prints an entry that was found, with its page and day: the next may be of any other.
fn print_found<W: Write>(to: &mut TextWriter<W>, row: &Row, excerpt: &Excerpt, zone: Option<Tz>) -> io::Result<()> {
    let time = describe::local(row, zone).map(|time| time.format("%-d %B %Y %H:%M %:z").to_string());
    let about = [time.unwrap_or_default(), describe::about(row), describe::page(row).to_owned()];
    let about: Vec<_> = about.into_iter().filter(|words| !words.is_empty()).collect();
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
    use crate::output::{Format, PrintOptions, sample};

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
            "a.txt

Tuesday 20 June 2023 +01:00

00:30  Past midnight

Monday 19 June 2023 +01:00

23:30  Before midnight

b.txt

Monday 19 June 2023 +00:00

22:00  Elsewhere
"
        );
    }

    #[test]
    fn a_page_cannot_control_the_terminal() {
        let row = sample::row_at("a\u{1b}]0;title\u{7}.txt", "", 0, "Red \u{1b}[31malert\u{9b}2J");
        assert_eq!(sample::print(Format::Text, PrintOptions::default(), &[row]), "a.txt\n\n       Red alert2J\n");
    }

    #[test]
    fn colour_is_used_where_it_is_asked_for() {
        let row = sample::row_at("a.txt", "", 0, "Title");
        let options = PrintOptions { color: true, ..PrintOptions::default() };
        let printed = sample::print(Format::Text, options, &[row]);
        assert_eq!(printed, "\u{1b}[1ma.txt\u{1b}[0m\n\n       \u{1b}[1mTitle\u{1b}[0m\n");
    }
}
