//! Elements into passages, as a reader sees them: one after the other, cut at the borders of blocks.
//!
//! The tree is walked without recursion: a broken page may nest its elements a hundred thousand deep.

use std::collections::HashSet;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Node};

use super::address::{self, Addresses};
use super::element::{Sort, attr, sort};
use super::passage::{Found, Kind, Passage};
use crate::layout::text::page::{normalize, push_collapsed};
use crate::model::Link;

/// The passages within an element.
pub fn passages(root: ElementRef, addresses: &Addresses) -> Vec<Passage> {
    let mut flow = Flow::new(addresses);
    let mut skipped = None;
    for edge in root.traverse() {
        let (Edge::Open(node) | Edge::Close(node)) = edge;
        let is_root = node.id() == root.id();
        match (edge, skipped) {
            (Edge::Close(_), Some(id)) if id == node.id() => skipped = None,
            (_, Some(_)) => {}
            (Edge::Open(_), _) if is_root => {}
            (Edge::Close(_), _) if is_root => flow.flush(),
            (Edge::Open(_), _) => match (node.value(), ElementRef::wrap(node)) {
                (Node::Text(text), _) => flow.words(text),
                (_, Some(element)) if flow.open(element) != Opened::Entered => skipped = Some(node.id()),
                _ => {}
            },
            (Edge::Close(_), _) if node.value().is_element() => flow.close(),
            (Edge::Close(_), _) => {}
        }
    }
    flow.passages
}

/// The passages within an element, and what else `--explain` shows: the elements that were dropped, with their words
/// counted. The elements in `left_out` are not entered.
pub fn everything(root: ElementRef, addresses: &Addresses, left_out: &HashSet<NodeId>) -> Vec<Found> {
    let mut flow = Flow::new(addresses);
    // What is found beside passages, each with the number of passages before it.
    let mut others = Vec::new();
    let mut skipped: Option<Skipped> = None;
    let mut in_left_out = None;
    for edge in root.traverse() {
        let (Edge::Open(node) | Edge::Close(node)) = edge;
        let id = node.id();
        match edge {
            Edge::Close(_) if in_left_out == Some(id) => in_left_out = None,
            _ if in_left_out.is_some() => {}
            Edge::Open(_) if id != root.id() && left_out.contains(&id) => {
                flow.flush();
                others.push((flow.passages.len(), Found::LeftOut));
                in_left_out = Some(id);
            }
            Edge::Close(_) if skipped.as_ref().is_some_and(|skipped| skipped.id == id) => {
                let Some(Skipped { name: Some(name), words, .. }) = skipped.take() else { continue };
                if words > 0 {
                    others.push((flow.passages.len(), Found::Dropped { name, words }));
                }
            }
            Edge::Open(_) if let Some(skipped) = &mut skipped => {
                if let Node::Text(text) = node.value()
                    && !node
                        .ancestors()
                        .take_while(|inner| inner.id() != root.id())
                        .any(|inner| is_wordless(inner.value()))
                {
                    skipped.words += text.split_whitespace().count();
                }
            }
            _ if skipped.is_some() || id == root.id() => {}
            Edge::Open(_) => match (node.value(), ElementRef::wrap(node)) {
                (Node::Text(text), _) => flow.words(text),
                (_, Some(element)) => {
                    let name = match flow.open(element) {
                        Opened::Entered => continue,
                        Opened::Dropped => Some(element.value().name().to_owned()),
                        Opened::Taken => None,
                    };
                    skipped = Some(Skipped { id, name, words: 0 });
                }
                _ => {}
            },
            Edge::Close(_) if node.value().is_element() => flow.close(),
            Edge::Close(_) => {}
        }
    }
    flow.flush();
    let mut others = others.into_iter().peekable();
    let mut found = Vec::with_capacity(flow.passages.len());
    for (index, passage) in flow.passages.into_iter().enumerate() {
        while let Some((_, other)) = others.next_if(|(before, _)| *before <= index) {
            found.push(other);
        }
        found.push(Found::Passage(passage));
    }
    found.extend(others.map(|(_, other)| other));
    found
}

/// An element that is not entered.
struct Skipped {
    id: NodeId,
    /// Its name, if it is dropped with all its words.
    name: Option<String>,
    words: usize,
}

/// Whether the element holds text that is never shown.
fn is_wordless(node: &Node) -> bool {
    const NAMES: [&str; 9] = ["script", "style", "noscript", "template", "head", "title", "svg", "canvas", "object"];
    node.as_element().is_some_and(|element| NAMES.contains(&element.name()))
}

/// What was done with an element that begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opened {
    /// What is in it is read.
    Entered,
    /// It was read as a whole.
    Taken,
    /// It is no part of the story.
    Dropped,
}

/// The passage at hand, and what it stands in.
struct Flow<'a> {
    addresses: &'a Addresses,
    passages: Vec<Passage>,
    /// The elements around it.
    around: Vec<Sort>,
    /// For each list around it, whether it is numbered, and the number of its last item.
    lists: Vec<(bool, usize)>,
    /// The item that it is the first passage of.
    item: Option<Kind>,
    text: String,
    /// Whether the next words are glued to the text.
    glued: bool,
    links: Vec<Link>,
    link: Option<OpenLink>,
    /// How many bytes of its text tell a time, and the time's attribute.
    time: (usize, Option<String>),
    /// Whether it stands apart from the passage above.
    apart: bool,
    /// The byline that it is in: how many elements are around that, and how many passages stand before it.
    byline: Option<(usize, usize)>,
}

/// A link that is not closed yet.
struct OpenLink {
    url: Option<String>,
    start: usize,
    /// Where words for screen readers begin: they are no part of what carries the link.
    hidden: Option<usize>,
}

impl<'a> Flow<'a> {
    fn new(addresses: &'a Addresses) -> Flow<'a> {
        Flow {
            addresses,
            passages: Vec::new(),
            around: Vec::new(),
            lists: Vec::new(),
            item: None,
            text: String::new(),
            glued: false,
            links: Vec::new(),
            link: None,
            time: (0, None),
            apart: false,
            byline: None,
        }
    }

    /// Words of the passage at hand, on one line.
    fn words(&mut self, words: &str) {
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
        if self.around.contains(&Sort::Time) {
            self.time.0 += self.text.len() - before;
        }
    }

    /// Whether the words are the pause that screen readers make between the parts of a heading: a comma for nobody's eyes.
    fn is_cut(&self, words: &str) -> bool {
        let words = words.trim();
        words == "," && self.around.last() == Some(&Sort::Hidden) && self.is_in_heading()
    }

    fn is_in_heading(&self) -> bool {
        self.around.iter().any(|sort| matches!(sort, Sort::Heading(_)))
    }

    /// An element begins.
    fn open(&mut self, element: ElementRef) -> Opened {
        let sort = sort(element);
        match sort {
            Sort::Dropped => return Opened::Dropped,
            Sort::Break => self.line_break(),
            Sort::Picture => self.picture(element),
            Sort::Media => self.media(element),
            Sort::Frame => self.embed(attr(element, "src").or_else(|| attr(element, "data-src")), String::new()),
            Sort::Post => {
                let text: Vec<_> = element.text().flat_map(str::split_whitespace).collect();
                let text = normalize(text.join(" ").into()).into_owned();
                let links = element.descendent_elements().filter_map(|inner| attr(inner, "href"));
                let url = links.filter(|url| address::site(url).is_some()).last();
                self.embed(url.or_else(|| attr(element, "data-url")), text);
            }
            Sort::Link => {
                let url = attr(element, "href").and_then(|url| self.addresses.absolute(url));
                self.link = Some(OpenLink { url, start: self.text.len(), hidden: None });
            }
            Sort::Time => {
                self.time.1 = attr(element, "datetime").map(str::to_owned).or(self.time.1.take());
                self.hidden();
            }
            Sort::Hidden => self.hidden(),
            Sort::Item => {
                self.flush();
                let depth = self.lists.len().max(1);
                let (ordered, number) = self.lists.last_mut().map_or((false, 1), |(ordered, number)| {
                    *number += 1;
                    (*ordered, *number)
                });
                self.item = Some(Kind::Item { ordered, number, depth });
            }
            Sort::List(ordered) => {
                self.border(self.lists.is_empty());
                self.lists.push((ordered, 0));
            }
            Sort::Cell => self.space(),
            Sort::Inline => {}
            Sort::Line | Sort::Caption | Sort::Attribution => self.flush(),
            Sort::Block | Sort::Paragraph | Sort::Heading(_) | Sort::Quote | Sort::Figure => self.border(true),
            Sort::Byline => {
                self.border(true);
                self.byline.get_or_insert((self.around.len(), self.passages.len()));
            }
        }
        if matches!(sort, Sort::Break | Sort::Picture | Sort::Media | Sort::Frame | Sort::Post) {
            return Opened::Taken;
        }
        self.around.push(sort);
        Opened::Entered
    }

    /// The innermost element ends.
    fn close(&mut self) {
        match self.around.last() {
            Some(Sort::Link) => self.close_link(),
            Some(Sort::List(_)) => {
                self.flush();
                self.lists.pop();
                self.apart |= self.lists.is_empty();
            }
            Some(Sort::Item) => {
                self.flush();
                self.item = None;
            }
            Some(Sort::Line | Sort::Caption | Sort::Attribution) => self.flush(),
            // A time with which a heading begins is no part of it.
            Some(Sort::Time) if self.is_in_heading() && self.are_time(self.text.trim()) => {
                self.flush();
                self.glued = false;
            }
            Some(Sort::Block | Sort::Paragraph | Sort::Heading(_) | Sort::Quote | Sort::Figure | Sort::Byline) => {
                self.border(true)
            }
            _ => {}
        }
        self.around.pop();
        self.byline.take_if(|(around, _)| self.around.len() <= *around);
    }

    /// The border of a block.
    fn border(&mut self, apart: bool) {
        self.flush();
        self.apart |= apart;
    }

    /// The passage at hand ends.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let words = text.trim();
        if let Some(link) = &mut self.link {
            self.links.extend(link.take(&text));
        }
        let links = std::mem::take(&mut self.links);
        if words.is_empty() {
            return;
        }
        let is_time = self.are_time(words);
        let (_, datetime) = std::mem::take(&mut self.time);
        let kind = match self.kind() {
            Kind::Paragraph | Kind::Text | Kind::Heading(_) if is_time => Kind::Time(datetime),
            kind => kind,
        };
        let text = if words.is_ascii() { words.to_owned() } else { normalize(words.into()).into_owned() };
        self.push(Passage { kind, text, links, apart: false });
    }

    /// Whether the words of the passage at hand all tell a time.
    fn are_time(&self, words: &str) -> bool {
        self.time.0 >= words.len()
    }

    /// What the passage at hand is, by what it stands in.
    fn kind(&mut self) -> Kind {
        let item = self.item.take();
        let words = if self.around.contains(&Sort::Paragraph) { Kind::Paragraph } else { Kind::Text };
        let innermost = self.around.iter().rev().find_map(|sort| match sort {
            Sort::Heading(level) => Some(Kind::Heading(*level)),
            Sort::Caption => Some(Kind::Caption),
            Sort::Figure => Some(Kind::Credit),
            Sort::Attribution => Some(Kind::Attribution),
            Sort::Item => Some(item.clone().unwrap_or(words.clone())),
            Sort::Quote => Some(Kind::Quote),
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

    fn picture(&mut self, element: ElementRef) {
        // Broken scripts print their own words.
        let alt = attr(element, "alt").filter(|alt| !matches!(*alt, "undefined" | "null")).unwrap_or_default();
        let is_sign = !alt.is_empty() && !alt.contains(|c: char| c.is_alphanumeric());
        let url = image_src(element).and_then(|url| self.addresses.absolute(url));
        let is_decoration = alt.trim().is_empty() && (url.is_none() || !self.around.contains(&Sort::Figure));
        if is_sign {
            self.words(alt);
        } else if !is_decoration && self.byline.is_none() {
            self.flush();
            let mut text = String::new();
            push_collapsed(&mut text, &normalize(alt.into()));
            self.push(Passage { kind: Kind::Picture(url), text, links: Vec::new(), apart: false });
        }
    }

    fn media(&mut self, element: ElementRef) {
        self.flush();
        let source = || element.descendent_elements().find_map(|inner| attr(inner, "src"));
        let url = attr(element, "src").or_else(source).and_then(|url| self.addresses.absolute(url));
        self.push(Passage { kind: Kind::Media(url), text: String::new(), links: Vec::new(), apart: false });
    }

    fn embed(&mut self, address: Option<&str>, text: String) {
        self.flush();
        let url = address.and_then(|address| self.addresses.absolute(address));
        if let Some(site) = url.as_deref().and_then(address::site) {
            self.push(Passage { kind: Kind::Embed { site, url }, text, links: Vec::new(), apart: false });
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

/// Where an image is; pages that load images late keep the address in another attribute.
pub fn image_src<'a>(element: ElementRef<'a>) -> Option<&'a str> {
    let attributes = ["src", "data-src", "data-lazy-src", "data-original"];
    let address = attributes.iter().filter_map(|name| attr(element, name)).find(|url| !url.starts_with("data:"));
    address.or_else(|| attr(element, "srcset").or(attr(element, "data-srcset"))?.split_whitespace().next())
}

#[cfg(test)]
mod tests;
