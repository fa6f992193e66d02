//! The passage at hand, built up from the words and elements of a document as they come.

use scraper::ElementRef;

use super::{Passage, PassageKind};
use crate::html::address::{self, Addresses};
use crate::html::element::{Category, attr, categorize, image_src, repeats_a_quote};
use crate::html::space::{normalize, push_collapsed};
use crate::model::Link;

/// What was done with an element that begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// What is in it is read.
    Entered,
    /// It was read as a whole.
    Taken,
    /// It is no part of the story.
    Dropped,
}

/// The passage at hand, and what it stands in.
pub struct PassageBuilder<'a> {
    addresses: &'a Addresses,
    pub passages: Vec<Passage>,
    /// The elements that it stands in, the outermost first.
    ancestors: Vec<Category>,
    /// For each list that it stands in, whether it is numbered, and the number of its last item.
    lists: Vec<(bool, usize)>,
    /// The item that it is the first passage of.
    item: Option<PassageKind>,
    text: String,
    /// Whether the next words are glued to the text.
    glued: bool,
    links: Vec<Link>,
    link: Option<OpenLink>,
    /// How many bytes of its text are a time, and the time's attribute.
    time: (usize, Option<String>),
    /// Whether it stands apart from the passage above.
    apart: bool,
    /// The element that may be a marker: how many ancestors it has; and how many bytes of the text are one.
    marker: (Option<usize>, usize),
    /// The byline that it is in: how many ancestors that has, and how many passages stand before it.
    byline: Option<(usize, usize)>,
}

/// A link that is not closed yet.
struct OpenLink {
    url: Option<String>,
    start: usize,
    /// Where words for screen readers begin: they are no part of what carries the link.
    hidden: Option<usize>,
}

impl<'a> PassageBuilder<'a> {
    pub fn new(addresses: &'a Addresses) -> PassageBuilder<'a> {
        PassageBuilder {
            addresses,
            passages: Vec::new(),
            ancestors: Vec::new(),
            lists: Vec::new(),
            item: None,
            text: String::new(),
            glued: false,
            links: Vec::new(),
            link: None,
            time: (0, None),
            apart: false,
            marker: (None, 0),
            byline: None,
        }
    }

    /// Words of the passage at hand, on one line.
    pub fn words(&mut self, words: &str) {
        if self.is_cut(words) {
            return self.flush();
        }
        let words = if std::mem::take(&mut self.glued) { words.trim_start_matches([',', ' ']) } else { words };
        let before = self.text.len();
        if words.starts_with(char::is_whitespace) {
            self.space();
        }
        if push_collapsed(&mut self.text, words) && words.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
        if self.ancestors.contains(&Category::Time) {
            self.time.0 += self.text.len() - before;
        }
    }

    /// Whether the words are the pause that screen readers make between the parts of a heading: a comma for nobody's eyes.
    fn is_cut(&self, words: &str) -> bool {
        let is_alone = matches!(self.ancestors.last(), Some(Category::Hidden | Category::Inline));
        words.trim() == "," && is_alone && self.is_in_heading()
    }

    fn is_in_heading(&self) -> bool {
        self.ancestors.iter().any(|category| matches!(category, Category::Heading(_)))
    }

    /// An element begins.
    pub fn open(&mut self, element: ElementRef) -> Opened {
        let category = categorize(element);
        match category {
            Category::Dropped => return Opened::Dropped,
            _ if self.ancestors.contains(&Category::Quote) && repeats_a_quote(element) => return Opened::Dropped,
            Category::Break => self.line_break(),
            Category::Image => self.image(element),
            Category::Media => self.media(element),
            Category::Frame => self.embed(attr(element, "src").or_else(|| attr(element, "data-src")), String::new()),
            Category::Post => {
                let text: Vec<_> = element.text().flat_map(str::split_whitespace).collect();
                let text = normalize(text.join(" ").into()).into_owned();
                let links = element.descendent_elements().filter_map(|inner| attr(inner, "href"));
                let url = links.filter(|url| address::site(url).is_some()).last();
                self.embed(url.or_else(|| attr(element, "data-url")), text);
            }
            Category::Link => {
                let url = attr(element, "href").and_then(|url| self.addresses.absolute(url));
                self.link = Some(OpenLink { url, start: self.text.len(), hidden: None });
            }
            Category::Time => {
                self.time.1 = attr(element, "datetime").map(str::to_owned).or(self.time.1.take());
                self.hidden();
            }
            Category::Hidden => self.hidden(),
            Category::Item => {
                self.flush();
                let depth = self.lists.len().max(1);
                let (ordered, number) = self.lists.last_mut().map_or((false, 1), |(ordered, number)| {
                    *number += 1;
                    (*ordered, *number)
                });
                self.item = Some(PassageKind::Item { ordered, number, depth });
            }
            Category::List(ordered) => {
                self.border(self.lists.is_empty());
                self.lists.push((ordered, 0));
            }
            Category::Cell => self.space(),
            Category::Inline => {}
            Category::Line | Category::Caption | Category::Credit | Category::Attribution | Category::BreakingMark => {
                self.flush()
            }
            Category::Block | Category::Paragraph | Category::Heading(_) | Category::Quote | Category::Figure => {
                self.border(true)
            }
            Category::Byline | Category::Author | Category::Role => {
                self.border(true);
                self.byline.get_or_insert((self.ancestors.len(), self.passages.len()));
            }
        }
        if matches!(category, Category::Break | Category::Image | Category::Media | Category::Frame | Category::Post) {
            return Opened::Taken;
        }
        if element.value().name() == "span" && self.text.is_empty() && self.ancestors.contains(&Category::Figure) {
            self.marker = (Some(self.ancestors.len()), 0);
        }
        self.ancestors.push(category);
        Opened::Entered
    }

    /// The innermost element ends.
    pub fn close(&mut self) {
        if self.marker.0.is_some_and(|above| above + 1 == self.ancestors.len()) {
            let is_marker = self.text.trim_end().ends_with([',', ':']);
            self.marker = (None, if is_marker { self.text.len() } else { 0 });
        }
        match self.ancestors.last() {
            Some(Category::Link) => self.close_link(),
            Some(Category::List(_)) => {
                self.flush();
                self.lists.pop();
                self.apart |= self.lists.is_empty();
            }
            Some(Category::Item) => {
                self.flush();
                self.item = None;
            }
            Some(
                Category::Line | Category::Caption | Category::Credit | Category::Attribution | Category::BreakingMark,
            ) => self.flush(),
            // A time with which a heading begins is no part of it.
            Some(Category::Time) if self.is_in_heading() && self.are_time(self.text.trim()) => {
                self.flush();
                self.glued = false;
            }
            Some(
                Category::Block
                | Category::Paragraph
                | Category::Heading(_)
                | Category::Quote
                | Category::Figure
                | Category::Byline
                | Category::Author
                | Category::Role,
            ) => self.border(true),
            _ => {}
        }
        self.ancestors.pop();
        self.byline.take_if(|(depth, _)| self.ancestors.len() <= *depth);
    }

    /// The border of a block.
    fn border(&mut self, apart: bool) {
        self.flush();
        self.apart |= apart;
    }

    /// The passage at hand ends.
    pub fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let words = text.trim();
        if let Some(link) = &mut self.link {
            self.links.extend(link.take(&text));
        }
        let links = std::mem::take(&mut self.links);
        let (_, marker) = std::mem::take(&mut self.marker);
        if words.is_empty() {
            return;
        }
        let is_time = self.are_time(words);
        let (_, datetime) = std::mem::take(&mut self.time);
        let kind = match self.kind() {
            PassageKind::Paragraph | PassageKind::Text | PassageKind::Heading(_) if is_time => {
                PassageKind::Time(datetime)
            }
            kind => kind,
        };
        // The marker is as long as before, unless the text is normalized or begins with a space.
        let marker = text.get(..marker).map_or(0, |marker| normalize(marker.trim().into()).len());
        let text = if words.is_ascii() { words.to_owned() } else { normalize(words.into()).into_owned() };
        self.push(Passage { kind, text, links, apart: false, marker });
    }

    /// Whether all words of the passage at hand are a time.
    fn are_time(&self, words: &str) -> bool {
        self.time.0 >= words.len()
    }

    /// What the passage at hand is, by what it stands in.
    fn kind(&mut self) -> PassageKind {
        let item = self.item.take();
        let words =
            if self.ancestors.contains(&Category::Paragraph) { PassageKind::Paragraph } else { PassageKind::Text };
        let innermost = self.ancestors.iter().rev().find_map(|category| match category {
            Category::BreakingMark => Some(PassageKind::BreakingMark),
            Category::Author => Some(PassageKind::Author),
            Category::Role => Some(PassageKind::Role),
            Category::Credit => Some(PassageKind::Credit),
            Category::Heading(level) => Some(PassageKind::Heading(*level)),
            Category::Caption => Some(PassageKind::Caption),
            Category::Figure => Some(PassageKind::Credit),
            Category::Attribution => Some(PassageKind::Attribution),
            Category::Item => Some(item.clone().unwrap_or(words.clone())),
            Category::Quote => Some(PassageKind::Quote),
            _ => None,
        });
        innermost.unwrap_or(words)
    }

    fn push(&mut self, passage: Passage) {
        let apart = std::mem::take(&mut self.apart);
        // A name and its role stand together, whatever elements they are in.
        let together = self.byline.is_some_and(|(_, before)| self.passages.len() > before);
        self.passages.push(Passage { apart: apart && !together, ..passage });
    }

    /// `<br>` ends a line; a second one in a row ends a paragraph.
    fn line_break(&mut self) {
        self.apart |= self.text.trim().is_empty();
        self.flush();
    }

    /// Words for screen readers. In a heading they are glued to it, as in every text of the page:
    /// `Tunnel reopens<span class="visually-hidden">, published at 14:27</span>`.
    fn hidden(&mut self) {
        if self.is_in_heading() {
            self.text.truncate(self.text.trim_end().len());
            self.glued = !self.text.is_empty();
        }
        if let Some(link) = &mut self.link {
            link.hidden.get_or_insert(self.text.len());
        }
    }

    /// The cells of a row are apart.
    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    fn close_link(&mut self) {
        if let Some(mut link) = self.link.take() {
            self.links.extend(link.take(&self.text));
        }
    }

    fn image(&mut self, element: ElementRef) {
        // Broken scripts print their own words.
        let alt = attr(element, "alt").filter(|alt| !matches!(*alt, "undefined" | "null")).unwrap_or_default();
        let is_sign = !alt.is_empty() && !alt.contains(|c: char| c.is_alphanumeric());
        let url = image_src(element).and_then(|url| self.addresses.absolute(&url));
        let is_decoration = alt.trim().is_empty() && (url.is_none() || !self.ancestors.contains(&Category::Figure));
        if is_sign {
            self.words(alt);
        } else if !is_decoration && self.byline.is_none() {
            self.flush();
            let mut text = String::new();
            push_collapsed(&mut text, &normalize(alt.into()));
            self.push(Passage { kind: PassageKind::Image(url), text, links: Vec::new(), apart: false, marker: 0 });
        }
    }

    fn media(&mut self, element: ElementRef) {
        self.flush();
        let source = || element.descendent_elements().find_map(|inner| attr(inner, "src"));
        let url = attr(element, "src").or_else(source).and_then(|url| self.addresses.absolute(url));
        self.push(Passage {
            kind: PassageKind::Media(url),
            text: String::new(),
            links: Vec::new(),
            apart: false,
            marker: 0,
        });
    }

    fn embed(&mut self, address: Option<&str>, text: String) {
        self.flush();
        let url = address.and_then(|address| self.addresses.absolute(address));
        if let Some(site) = url.as_deref().and_then(address::site) {
            self.push(Passage {
                kind: PassageKind::Embed { site, url },
                text,
                links: Vec::new(),
                apart: false,
                marker: 0,
            });
        }
    }
}

impl OpenLink {
    /// The link as far as the passage at hand holds it; what follows in the next passage is a link of its own.
    fn take(&mut self, text: &str) -> Option<Link> {
        let end = self.hidden.take().unwrap_or(text.len());
        let words = text.get(std::mem::take(&mut self.start)..end)?.trim();
        let url = self.url.clone().filter(|_| !words.is_empty())?;
        Some(Link { text: words.to_owned(), url })
    }
}
