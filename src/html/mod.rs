//! HTML: the head of a document, the data in its scripts, and its elements as typed passages.
//!
//! `scraper` reads it, by the algorithm of the HTML standard: a broken page has the meaning that browsers give it.
//! Faster libraries find tags without building the tree that the standard asks for, and differ on broken pages.

mod address;
mod attributes;
mod bounded;
mod document_head;
mod element;
mod flow;
mod preformatted;
mod saved;
mod space;

use std::borrow::Cow;
use std::collections::HashSet;

use bounded::Bounded;
use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Node};

pub use address::{Addresses, site};
pub use document_head::DocumentHead;
pub use flow::{FlowPiece, Passage, PassageKind};
pub use saved::Saved;
pub use space::{normalize, push_collapsed};

/// An HTML page.
#[derive(Debug)]
pub struct Html {
    dom: scraper::Html,
    is_cut: bool,
    head: DocumentHead,
    saved: Saved,
    addresses: Addresses,
}

/// An element of a page.
#[derive(Debug, Clone, Copy)]
pub struct Element<'a> {
    element: ElementRef<'a>,
    page: &'a Html,
}

/// An element begins or ends.
#[derive(Debug, Clone, Copy)]
pub enum Tag<'a> {
    /// It begins.
    Start(Element<'a>),
    /// It ends, and so do all within it.
    End(Element<'a>),
}

/// Some elements of a page.
#[derive(Debug, Clone, Default)]
pub struct ElementSet(HashSet<NodeId>);

impl ElementSet {
    /// A set of these elements.
    pub fn new(elements: &[Element]) -> ElementSet {
        ElementSet(elements.iter().map(|element| element.element.id()).collect())
    }

    /// Whether an element is one of them.
    pub fn contains(&self, element: Element) -> bool {
        self.0.contains(&element.element.id())
    }
}

/// A piece of HTML as passages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fragment {
    /// Its passages.
    pub passages: Vec<Passage>,
    /// Whether elements were left out because they were too many or nested too deep; their words were kept.
    pub is_cut: bool,
}

/// Whether a text is HTML: whether a tag of HTML comes first, behind comments and declarations.
pub fn is_html(text: &str) -> bool {
    const FIRST: [&str; 15] = [
        "html", "head", "body", "title", "meta", "link", "script", "style", "main", "article", "section", "div",
        "header", "p", "pre",
    ];
    let mut rest = text.trim_start();
    loop {
        let Some(tag) = rest.strip_prefix('<') else { return false };
        let end = match tag.as_bytes().first() {
            Some(b'!') if tag.starts_with("!--") => "-->",
            Some(b'?') => ">",
            Some(b'!') => return tag.get(1..8).is_some_and(|name| name.eq_ignore_ascii_case("doctype")),
            _ => {
                let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
                return FIRST.iter().any(|known| name.eq_ignore_ascii_case(known));
            }
        };
        let Some(at) = tag.find(end) else { return false };
        rest = tag[at + end.len()..].trim_start();
    }
}

impl Html {
    /// Reads a page; `url` is where it was published, if that is known.
    pub fn read(text: &str, url: Option<&str>) -> Html {
        let Bounded { html: dom, is_cut } = bounded::document(text);
        let comments = dom.tree.values().filter_map(Node::as_comment).map(|comment| &**comment);
        let saved = Saved::read(comments);
        let mut page = Html { dom, is_cut, head: DocumentHead::default(), saved, addresses: Addresses::default() };
        page.head = DocumentHead::read(&page);
        page.addresses = Addresses::new(url.or(page.head.url.as_deref()));
        page
    }

    /// Reads a piece of HTML that stands within the page at `url`.
    pub fn fragment(text: &str, addresses: &Addresses) -> Fragment {
        let Bounded { html, is_cut } = bounded::fragment(text);
        Fragment { passages: flow::passages(html.root_element(), addresses), is_cut }
    }

    /// Whether elements were left out because they were too many or nested too deep; their words were kept.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Sets the address that relative ones are resolved against.
    pub fn set_url(&mut self, url: &str) {
        self.addresses = Addresses::new(Some(url));
    }

    /// What the page says of itself.
    pub fn head(&self) -> &DocumentHead {
        &self.head
    }

    /// What a browser or an archive noted when it saved the page.
    pub fn saved(&self) -> &Saved {
        &self.saved
    }

    /// The texts of the scripts that contain JSON-LD.
    pub fn data(&self) -> impl Iterator<Item = String> {
        let scripts = self.elements().filter(|element| element.name() == "script");
        let is_data = |element: &Element| element.attr("type").is_some_and(is_json_ld);
        scripts.filter(is_data).map(|script| script.element.text().collect())
    }

    /// The elements that satisfy a condition, without those within others that do.
    pub fn outermost<'a>(&'a self, matches: impl Fn(Element<'a>) -> bool) -> Vec<Element<'a>> {
        let mut found: Vec<Element> = Vec::new();
        let mut is_within = false;
        for edge in self.dom.root_element().traverse() {
            match edge {
                Edge::Close(node) if found.last().is_some_and(|found| found.element.id() == node.id()) => {
                    is_within = false
                }
                Edge::Open(node) if !is_within => {
                    let element = ElementRef::wrap(node).map(|element| Element { element, page: self });
                    found.extend(element.filter(|element| matches(*element)).inspect(|_| is_within = true));
                }
                _ => {}
            }
        }
        found
    }

    /// The elements that have several of a set within them, or are one of it around another; found in one pass.
    pub fn with_several(&self, set: &ElementSet) -> ElementSet {
        let mut several = HashSet::new();
        let mut counts = Vec::new();
        for tag in self.tags() {
            match tag {
                Tag::Start(element) => {
                    counts.push(usize::from(set.contains(element)));
                }
                Tag::End(element) => {
                    let count = counts.pop().unwrap_or_default();
                    if count > 1 {
                        several.insert(element.element.id());
                    }
                    counts.last_mut().into_iter().for_each(|parent| *parent += count);
                }
            }
        }
        ElementSet(several)
    }

    /// The texts that the page shows, each with the element that it stands in, in the order of the document.
    pub fn texts(&self) -> impl Iterator<Item = (Element<'_>, &str)> {
        const UNSEEN: [&str; 6] = ["script", "style", "noscript", "template", "title", "svg"];
        self.dom.root_element().descendants().filter_map(move |node| {
            let text = node.value().as_text()?;
            let element = Element { element: ElementRef::wrap(node.parent()?)?, page: self };
            (!UNSEEN.contains(&element.name())).then_some((element, &**text))
        })
    }

    /// All elements, in the order of the document.
    pub fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        self.dom.root_element().descendent_elements().map(|element| Element { element, page: self })
    }

    /// Where elements begin and end, in the order of the document. Each that begins ends, whatever the text says.
    pub fn tags(&self) -> impl Iterator<Item = Tag<'_>> {
        let element = |node| ElementRef::wrap(node).map(|element| Element { element, page: self });
        self.dom.root_element().traverse().filter_map(move |edge| match edge {
            Edge::Open(node) => element(node).map(Tag::Start),
            Edge::Close(node) => element(node).map(Tag::End),
        })
    }

    /// The whole page.
    pub fn root(&self) -> Element<'_> {
        Element { element: self.dom.root_element(), page: self }
    }
}

impl<'a> Element<'a> {
    /// Its name, in lower case.
    pub fn name(self) -> &'a str {
        self.element.value().name()
    }

    /// Whether it is a heading, of whatever level.
    pub fn is_heading(self) -> bool {
        matches!(self.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
    }

    /// The value of an attribute.
    pub fn attr(self, name: &str) -> Option<&'a str> {
        element::attr(self.element, name)
    }

    /// Its attributes.
    pub fn attrs(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.element.value().attrs()
    }

    /// Whether it has a class.
    pub fn has_class(self, class: &str) -> bool {
        self.attr("class").is_some_and(|classes| classes.split_ascii_whitespace().any(|one| one == class))
    }

    /// Whether it is that very element.
    pub fn is(self, other: Element) -> bool {
        self.element.id() == other.element.id()
    }

    /// What is in it, as HTML.
    pub fn html(self) -> String {
        self.element.inner_html()
    }

    /// Where an image is, as the document has it.
    pub fn image_src(self) -> Option<Cow<'a, str>> {
        element::image_src(self.element)
    }

    /// The first words in it, wherever they are.
    pub fn first_words(self) -> Option<&'a str> {
        self.element.text().map(str::trim_start).find(|text| !text.is_empty())
    }

    /// How many bytes its texts have, counted up to `most`.
    pub fn text_length(self, most: usize) -> usize {
        let mut length = 0;
        let mut texts = self.element.text().map(str::trim).map(str::len);
        while length < most
            && let Some(more) = texts.next()
        {
            length += more;
        }
        length
    }

    /// The first words that stand in it and in no other element.
    pub fn direct_text(self) -> Option<&'a str> {
        let texts = self.element.children().filter_map(|child| child.value().as_text().map(|text| text.trim_start()));
        texts.into_iter().find(|text| !text.is_empty())
    }

    /// An address within it, made absolute if that can be done.
    pub fn absolute(self, address: &str) -> Option<String> {
        self.page.addresses.absolute(address)
    }

    /// What is in it, as a reader sees it.
    pub fn passages(self) -> Vec<Passage> {
        flow::passages(self.element, &self.page.addresses)
    }

    /// Its passages and the elements that are dropped from it. The elements in `left_out` are not entered.
    pub fn pieces(self, left_out: &ElementSet) -> Vec<FlowPiece> {
        flow::pieces(self.element, &self.page.addresses, &left_out.0)
    }

    /// The elements that follow it in the one that they stand in.
    pub fn next_siblings(self) -> impl Iterator<Item = Element<'a>> {
        self.element
            .next_siblings()
            .filter_map(ElementRef::wrap)
            .map(move |element| Element { element, page: self.page })
    }

    /// What it is known by among all elements of its page.
    pub fn key(self) -> NodeId {
        self.element.id()
    }

    /// The elements within it, in the order of the document.
    pub fn descendants(self) -> impl Iterator<Item = Element<'a>> {
        self.element.descendent_elements().map(move |element| Element { element, page: self.page })
    }

    /// The elements that it stands in, the innermost first.
    pub fn ancestors(self) -> impl Iterator<Item = Element<'a>> {
        self.element.ancestors().filter_map(ElementRef::wrap).map(move |element| Element { element, page: self.page })
    }
}

/// `application/ld+json`, perhaps with a character set behind it.
fn is_json_ld(kind: &str) -> bool {
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_known_by_its_first_tag() {
        for text in [
            "<!DOCTYPE html>\n<html>",
            "\n <HTML lang=en>",
            "<!-- saved from url=(0031)https://news.example/live -->\n<html>",
            "<?xml version=\"1.0\"?>\n<!doctype HTML>",
            "<div class=\"page\"><p>A piece of a page",
            "<body>",
        ] {
            assert!(is_html(text), "{text}");
        }
        for text in [
            "Summary\n<html>",
            "",
            "<",
            "<3 is a heart",
            "<unknown>",
            "<!-- a comment",
            "<?xml",
            "<rss version=\"2.0\">",
        ] {
            assert!(!is_html(text), "{text}");
        }
    }

    #[test]
    fn scripts_with_data_are_found_however_their_type_is_written() {
        let text = "<script type='application/ld+json'>1</script><script>2</script><script type=\"Application/LD+JSON; charset=utf-8\">3";
        assert_eq!(Html::read(text, None).data().collect::<Vec<_>>(), ["1", "3"]);
    }

    #[test]
    fn what_begins_ends() {
        let page = Html::read("<html><head></head><body><p>One<b>two<p>three</body></html>", None);
        let tags = page.tags().map(|tag| match tag {
            Tag::Start(element) => format!("<{}>", element.name()),
            Tag::End(element) => format!("</{}>", element.name()),
        });
        let expected = "<html><head></head><body><p><b></b></p><p><b></b></p></body></html>";
        assert_eq!(tags.collect::<String>(), expected);
    }
}
