//! Markdown: a document per live blog, or one of a timeline.

mod escape;

use std::io::{self, Write};

use chrono::NaiveDate;

pub use self::escape::markdown_safe;
use self::escape::{destination, lines_of, linked_line};
use super::markup::{Part, address, image_words, parts, pieces};
use super::{Header, Output, PrintOptions, describe};
use crate::model::{Block, Image, Link, Media, PageHead, Row};

pub(super) struct Markdown<W> {
    to: W,
    head: Header,
    /// Whether images are shown, not described.
    images: bool,
    /// Whether anything was printed yet.
    begun: bool,
    /// The day of the row before, if there was one under the same heading.
    day: Option<Option<NaiveDate>>,
}

impl<W: Write> Markdown<W> {
    pub(super) fn new(to: W, options: PrintOptions) -> Self {
        Self { to, head: Header::default(), images: options.images, begun: false, day: None }
    }

    /// Lines of their own, apart from those before by a blank line; none where there are no words.
    fn block(&mut self, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        if std::mem::replace(&mut self.begun, true) {
            self.to.write_all(b"\n")?;
        }
        writeln!(self.to, "{text}")
    }

    fn part(&mut self, part: &Part) -> io::Result<()> {
        let text = match part {
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
        };
        self.block(&text)
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
        self.head = *head;
        self.block(&head.order.title().map(|title| format!("# {title}")).unwrap_or_default())
    }

    fn page(&mut self, page: &PageHead) -> io::Result<()> {
        if self.head.order.is_mixed() {
            return Ok(());
        }
        self.day = None;
        self.block(&format!("# {}", markdown_safe(page.title.as_deref().unwrap_or(&page.page))))?;
        self.block(&lines(page.standfirst.as_deref().unwrap_or_default()))?;
        let authors = (!page.authors.is_empty()).then(|| format!("By {}", markdown_safe(&page.authors.join(", "))));
        let address = page.url.as_deref().and_then(address).map(|url| format!("<{}>", destination(url)));
        let facts = [describe::coverage(page, self.head.zone), authors, address];
        self.block(&facts.into_iter().flatten().collect::<Vec<_>>().join(" · "))?;
        self.block(&list(false, &page.summary, &mut [].as_slice()))?;
        page.media.iter().try_for_each(|media| self.part(&Part::Media(media)))
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        let (entry, local) = (&row.entry, describe::local(row, self.head.zone));
        let day = local.map(|time| time.date_naive());
        if self.day != Some(day) {
            let first = self.day.replace(day).is_none();
            match local {
                Some(time) => self.block(&format!("## {}", describe::day(&time)))?,
                None if !first => self.block("## Without time")?,
                None => {}
            }
        }
        let time = local.map(|time| time.format("%H:%M").to_string());
        let title = entry.title.as_deref().map(markdown_safe).filter(|title| !title.is_empty());
        let number = || Some(format!("Entry {}", entry.number));
        let title = if time.is_some() { title } else { title.or_else(number) };
        self.block(&format!("### {}", [time, title].into_iter().flatten().collect::<Vec<_>>().join(" ")))?;

        let subtitle = markdown_safe(entry.subtitle.as_deref().unwrap_or_default());
        self.block(&if subtitle.is_empty() { subtitle } else { format!("**{subtitle}**") })?;
        let page = self.head.order.is_mixed().then(|| describe::page(row).to_owned());
        let about = [Some(describe::about(row)).filter(|words| !words.is_empty()), page].into_iter().flatten();
        let about = markdown_safe(&about.collect::<Vec<_>>().join(" · "));
        self.block(&if about.is_empty() { about } else { format!("*{about}*") })?;
        parts(entry).try_for_each(|part| self.part(&part))?;
        let url = entry.url.as_deref().and_then(address);
        self.block(&url.map(|url| format!("[Permalink]({})", destination(url))).unwrap_or_default())
    }

    fn end(&mut self) -> io::Result<()> {
        self.to.flush()
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
    use crate::output::{Arrangement, Format, Header, PrintOptions, sample};

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

## Monday 19 June 2023 +01:00

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
        let rows = [sample::row_at("a.txt", "2023-06-19T21:00:00Z", 1, "Water rises")];
        let head = Header { order: Arrangement::Timeline, zone: None };
        assert_eq!(
            sample::print_under(&head, Format::Markdown, PrintOptions::default(), &rows),
            "# Timeline\n\n## Monday 19 June 2023 +01:00\n\n### 22:00 Water rises\n\n*a.txt*\n"
        );
    }
}
