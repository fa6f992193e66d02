//! Markdown: a document per live blog, or one of a timeline.

mod escape;

use std::io::{self, Write};

use chrono::NaiveDate;

pub use self::escape::markdown_safe;
use self::escape::{destination, lines_of, linked_line};
use super::clock::{Clocks, Local};
use super::markup::{Part, address, image_words, parts, pieces};
use super::{Detail, Header, Output, PrintOptions, describe};
use crate::model::{Block, Image, Link, Media, PageHead, Row};

pub(super) struct Markdown<W> {
    to: W,
    head: Header,
    clocks: Clocks,
    /// Whether images are shown, not described.
    images: bool,
    detail: Detail,
    /// Whether anything was printed yet.
    begun: bool,
    /// Whether the last line is an item of a list.
    in_list: bool,
    /// The day of the row before, if there was one under the same heading.
    day: Option<Option<NaiveDate>>,
}

impl<W: Write> Markdown<W> {
    pub(super) fn new(to: W, options: PrintOptions) -> Self {
        Self {
            to,
            head: Header::default(),
            clocks: Clocks::default(),
            images: options.images,
            detail: options.detail,
            begun: false,
            in_list: false,
            day: None,
        }
    }

    /// A heading, one level below where the document has a title of its own above those of its live blogs.
    fn heading(&mut self, level: usize, text: &str) -> io::Result<()> {
        let below = self.head.title.is_some() && !self.head.order.is_mixed();
        self.block(&format!("{} {text}", "#".repeat(level + usize::from(below))))
    }

    /// Lines of their own, apart from those before by a blank line; none where there are no words.
    fn block(&mut self, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        if std::mem::replace(&mut self.begun, true) {
            self.to.write_all(b"\n")?;
        }
        self.in_list = false;
        writeln!(self.to, "{text}")
    }

    /// An item of a list, below the one before.
    fn item(&mut self, text: &str) -> io::Result<()> {
        if self.in_list {
            return writeln!(self.to, "- {text}");
        }
        self.block(&format!("- {text}"))?;
        self.in_list = true;
        Ok(())
    }

    fn part(&self, part: &Part) -> String {
        match part {
            Part::Block(Block::Paragraph { text, links }) => linked(text, &mut links.as_slice()),
            Part::Block(Block::List { ordered, items, links }) => list(*ordered, items, &mut links.as_slice()),
            Part::Block(Block::Quote { text, attribution }) => quote(text, attribution.as_deref()),
            Part::Block(Block::Embed { site, url, text }) => {
                let post = leading(&format!("Post on {site}"), url.as_deref());
                match text {
                    Some(text) => format!("{}\n>\n> {post}", quote(text, None)),
                    None => post,
                }
            }
            Part::Block(Block::Card { text, url }) => {
                lines_of(text).map(|line| leading(line, url.as_deref())).collect::<Vec<_>>().join("\\\n")
            }
            Part::Block(Block::Other(block)) => linked(&block.text(), &mut [].as_slice()),
            Part::Image(image) => self.image(image),
            Part::Media(Media { caption, url, .. }) => {
                format!("*Media: {}*", leading(caption.as_deref().unwrap_or("without caption"), url.as_deref()))
            }
        }
    }

    fn image(&self, image: &Image) -> String {
        let words = image_words(image);
        match image.url.as_deref().and_then(address) {
            Some(url) if self.images => {
                let alt = markdown_safe(image.alt.as_deref().unwrap_or_default());
                format!("![{alt}]({})\\\n*{}*", destination(url), markdown_safe(&words))
            }
            url => format!("*Image: {}*", leading(if words.is_empty() { "without words" } else { &words }, url)),
        }
    }
}

impl<W: Write> Output for Markdown<W> {
    fn begin(&mut self, head: &Header) -> io::Result<()> {
        (self.head, self.clocks) = (head.clone(), Clocks::new(head));
        self.block(&head.title().map(|title| format!("# {}", markdown_safe(title))).unwrap_or_default())
    }

    fn page(&mut self, page: &PageHead) -> io::Result<()> {
        self.clocks.page(page);
        if self.head.order.is_mixed() || self.is_quoted() {
            return Ok(());
        }
        self.day = None;
        self.heading(1, &markdown_safe(describe::title(page)))?;
        if self.detail == Detail::Brief {
            return Ok(());
        }
        self.block(&lines(page.standfirst.as_deref().unwrap_or_default()))?;
        let authors = (!page.authors.is_empty()).then(|| format!("By {}", markdown_safe(&page.authors.join(", "))));
        let address = page.url.as_deref().and_then(address).map(|url| format!("<{}>", destination(url)));
        let facts = [describe::coverage(page, self.head.zone), authors, address];
        self.block(&facts.into_iter().flatten().collect::<Vec<_>>().join(" · "))?;
        self.block(&list(false, &page.summary, &mut [].as_slice()))?;
        page.media.iter().try_for_each(|media| self.block(&self.part(&Part::Media(media))))
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        let local = self.clocks.local(row);
        if self.is_quoted() {
            return self.block(&self.quotation(row, local));
        }
        self.day(local)?;
        match self.detail {
            Detail::Brief => self.item(&self.in_brief(row, local)),
            Detail::Usual | Detail::Full => self.entry(row, local),
        }
    }

    fn end(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl<W: Write> Markdown<W> {
    /// Whether entries are quoted, each with its source, and their live blogs not introduced.
    fn is_quoted(&self) -> bool {
        self.head.is_excerpt && self.detail != Detail::Brief
    }

    /// The heading of a day, where it is another than that before.
    fn day(&mut self, local: Option<Local>) -> io::Result<()> {
        let day = local.map(|time| time.date_naive());
        if self.day == Some(day) {
            return Ok(());
        }
        let first = self.day.replace(day).is_none();
        match local {
            Some(time) => self.heading(2, &describe::day(&time)),
            None if !first => self.heading(2, "Without time"),
            None => Ok(()),
        }
    }

    /// An entry in a line: `**12:07** Water in the tunnel`
    fn in_brief(&self, row: &Row, local: Option<Local>) -> String {
        let time = local.map(|time| format!("**{}** ", time.format("%H:%M"))).unwrap_or_default();
        let page = if self.head.names_pages() {
            format!(" · *{}*", markdown_safe(describe::page(row)))
        } else {
            String::new()
        };
        format!("{time}{}{page}", markdown_safe(&describe::entry(row)))
    }

    /// An entry as a quotation, its source in the last line.
    fn quotation(&self, row: &Row, local: Option<Local>) -> String {
        let entry = &row.entry;
        let strong = |words: &Option<String>| {
            let words = markdown_safe(words.as_deref().unwrap_or_default());
            if words.is_empty() { words } else { format!("**{words}**") }
        };
        let names = entry.author.iter().chain(&entry.co_authors).chain(&entry.role).cloned().collect::<Vec<_>>();
        let about = [
            names.join(", "),
            describe::kind(row),
            describe::page(row).to_owned(),
            local.map(|time| describe::span(&time, &time)).unwrap_or_default(),
        ];
        let about: Vec<_> = about.iter().map(|words| markdown_safe(words)).filter(|words| !words.is_empty()).collect();
        let url = entry.url.as_deref().and_then(address).or(row.page_url.as_deref().and_then(address));
        let url = url.map(|url| format!(" · <{}>", destination(url))).unwrap_or_default();
        let source = format!("— {}{url}", about.join(" · "));
        let parts = [strong(&entry.title), strong(&entry.subtitle)]
            .into_iter()
            .chain(parts(entry).map(|part| self.part(&part)));
        let parts = parts.chain([source]).filter(|text| !text.is_empty());
        let quoted = parts.map(|text| {
            text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
        });
        quoted.collect::<Vec<_>>().join("\n>\n")
    }

    fn entry(&mut self, row: &Row, local: Option<Local>) -> io::Result<()> {
        let entry = &row.entry;
        let time = local.map(|time| time.format("%H:%M").to_string());
        let title = entry.title.as_deref().map(markdown_safe).filter(|title| !title.is_empty());
        let number = || Some(format!("Entry {}", entry.number));
        let title = if time.is_some() { title } else { title.or_else(number) };
        self.heading(3, &[time, title].into_iter().flatten().collect::<Vec<_>>().join(" "))?;

        let subtitle = markdown_safe(entry.subtitle.as_deref().unwrap_or_default());
        self.block(&if subtitle.is_empty() { subtitle } else { format!("**{subtitle}**") })?;
        let page = self.head.names_pages().then(|| describe::page(row).to_owned());
        let about = [Some(describe::about(row)).filter(|words| !words.is_empty()), page].into_iter().flatten();
        let about = markdown_safe(&about.collect::<Vec<_>>().join(" · "));
        self.block(&if about.is_empty() { about } else { format!("*{about}*") })?;
        parts(entry).try_for_each(|part| self.block(&self.part(&part)))?;
        let url = entry.url.as_deref().and_then(address);
        self.block(&url.map(|url| format!("[Permalink]({})", destination(url))).unwrap_or_default())
    }
}

/// A link, or plain text if there is no address.
fn leading(words: &str, url: Option<&str>) -> String {
    match url.and_then(address) {
        Some(url) => format!("[{}]({})", markdown_safe(words), destination(url)),
        None => markdown_safe(words),
    }
}

/// A text, each of its lines on a line of its own.
fn lines(text: &str) -> String {
    lines_of(text).map(markdown_safe).collect::<Vec<_>>().join("\\\n")
}

/// A text with its links; one without stays in its lines.
fn linked<'a>(text: &'a str, links: &mut &'a [Link]) -> String {
    match pieces(text, links).as_slice() {
        [] | [(_, None)] => lines(text),
        pieces => linked_line(pieces),
    }
}

fn list<'a>(ordered: bool, items: &'a [String], links: &mut &'a [Link]) -> String {
    let item = |(index, item): (usize, &'a String)| {
        let mark = if ordered { format!("{}. ", index + 1) } else { "- ".to_owned() };
        let text = linked(item, links).replace('\n', &format!("\n{}", " ".repeat(mark.len())));
        format!("{mark}{text}")
    };
    items.iter().enumerate().map(item).collect::<Vec<_>>().join("\n")
}

/// Words set apart, and whose they are.
fn quote(text: &str, attribution: Option<&str>) -> String {
    let paragraphs = text.split("\n\n").map(lines).filter(|paragraph| !paragraph.is_empty());
    let attribution = attribution.map(|name| format!("— {}", markdown_safe(name)));
    let quoted = paragraphs.chain(attribution).map(|paragraph| format!("> {}", paragraph.replace('\n', "\n> ")));
    quoted.collect::<Vec<_>>().join("\n>\n")
}

#[cfg(test)]
mod tests {
    use crate::model::{Block, Image, Link, PageHead};
    use crate::output::{Arrangement, Detail, Format, Header, PrintOptions, sample};

    #[test]
    fn a_live_blog_is_a_document() {
        let page = PageHead {
            standfirst: Some("All on the *flood*".into()),
            authors: vec!["Cleo Example".into()],
            url: Some("https://example.org/flood".into()),
            summary: vec!["The gates are closed".into()],
            ..sample::head()
        };
        let mut bare = sample::bare_row();
        bare.entry.title = Some("A note".into());
        assert_eq!(
            sample::print_pages(
                &Header::default(),
                Format::Markdown,
                PrintOptions::default(),
                &[(page, vec![sample::row(), bare])]
            ),
            "# Flood

All on the \\*flood\\*

19 June 2023 14:27 BST · By Cleo Example · <https://example.org/flood>

- The gates are closed

## Monday 19 June 2023 BST

### 14:27 Gates, “closed”

*Breaking · Analysis · Ada Example, Bob Example · Transport correspondent*

*Media: The gates close*

The \"old\" gates

*Image: A gate (Reuters)*

- North
- South

## Without time

### A note
"
        );
    }

    #[test]
    fn images_are_shown_where_that_is_asked_for() {
        let mut row = sample::bare_row();
        row.entry.images = vec![Image {
            alt: Some("A gate".into()),
            url: Some("https://example.org/a b.jpg".into()),
            ..Image::default()
        }];
        let print = |images| {
            sample::print(Format::Markdown, PrintOptions { images, ..PrintOptions::default() }, &[row.clone()])
        };
        assert_eq!(print(true), "### Entry 2\n\n![A gate](https://example.org/a%20b.jpg)\\\n*A gate*\n");
        assert_eq!(print(false), "### Entry 2\n\n*Image: [A gate](https://example.org/a%20b.jpg)*\n");
    }

    #[test]
    fn blocks_keep_their_links_and_whose_words_they_are() {
        let link = |text: &str| Link { text: text.into(), url: "https://example.org/1".into() };
        let mut row = sample::bare_row();
        row.entry.body = vec![
            Block::Paragraph { text: "See the map.".into(), links: vec![link("the map")] },
            Block::List { ordered: true, items: vec!["One".into(), "Two (map)".into()], links: vec![link("map")] },
            Block::Quote { text: "It held.\n\nIt did.".into(), attribution: Some("Ada Example".into()) },
            Block::Embed {
                site: "twitter".into(),
                url: Some("https://example.org/2".into()),
                text: Some("Wet!".into()),
            },
            Block::Card { text: "Read\nmore".into(), url: None },
        ];
        assert_eq!(
            sample::print(Format::Markdown, PrintOptions::default(), &[row]),
            "### Entry 2

See [the map](https://example.org/1).

1. One
2. Two ([map](https://example.org/1))

> It held.
>
> It did.
>
> — Ada Example

> Wet!
>
> [Post on twitter](https://example.org/2)

Read\\
more
"
        );
    }

    #[test]
    fn a_timeline_is_one_document_whose_entries_name_their_live_blogs() {
        let rows = [
            sample::row_at("a.txt", "2023-06-19T21:00:00Z", 1, "Water rises"),
            sample::row_at("b.txt", "2023-06-19T21:30:00Z", 1, "Gates close"),
        ];
        let head = Header { order: Arrangement::Timeline, ..Header::default() };
        assert_eq!(
            sample::print_under(&head, Format::Markdown, PrintOptions::default(), &rows),
            "# Timeline\n\n## Monday 19 June 2023 +01:00\n\n### 22:00 Water rises\n\n*a*\n\n### 22:30 Gates close\n\n*b*\n"
        );
    }

    #[test]
    fn a_timeline_of_one_live_blog_is_called_after_it_or_as_is_asked_for() {
        let rows = [sample::row_at("saved/a.txt", "2023-06-19T21:00:00Z", 1, "Water rises")];
        let print = |title: Option<&str>| {
            let title = title.map(str::to_owned);
            let head = Header { order: Arrangement::Timeline, title, ..Header::default() };
            sample::print_under(&head, Format::Markdown, PrintOptions::default(), &rows)
        };
        assert_eq!(print(None), "# a\n\n## Monday 19 June 2023 +01:00\n\n### 22:00 Water rises\n");
        assert!(print(Some("The *flood*")).starts_with("# The \\*flood\\*\n"));
    }

    #[test]
    fn an_entry_in_brief_is_an_item() {
        let rows =
            [sample::row(), sample::row_at("flood.txt", "2023-06-19T13:30:00Z", 1, "Water falls"), sample::bare_row()];
        let options = PrintOptions { detail: Detail::Brief, ..PrintOptions::default() };
        let head = Header { title: Some("The day".into()), ..Header::default() };
        assert_eq!(
            sample::print_pages(&head, Format::Markdown, options, &[(sample::head(), rows.to_vec())]),
            "# The day

## Flood

### Monday 19 June 2023 BST

- **14:27** Gates, “closed”
- **14:30** Water falls

### Without time

- Entry 2
"
        );
    }

    #[test]
    fn an_excerpt_is_quotations_with_their_sources() {
        let mut row = sample::row();
        row.page_url = Some("https://example.org/flood".into());
        let head = Header { is_excerpt: true, ..Header::default() };
        let page = PageHead { summary: vec!["The gates are closed".into()], ..sample::head() };
        assert_eq!(
            sample::print_pages(&head, Format::Markdown, PrintOptions::default(), &[(page, vec![row, sample::bare_row()])]),
            "> **Gates, “closed”**
>
> *Media: The gates close*
>
> The \"old\" gates
>
> *Image: A gate (Reuters)*
>
> - North
> - South
>
> — Ada Example, Bob Example, Transport correspondent · Breaking · Analysis · Flood · 19 June 2023 14:27 BST · <https://example.org/flood>

> — flood
"
        );
    }
}
