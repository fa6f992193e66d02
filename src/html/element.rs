//! Categories of elements: what they do to the words in them.

use std::borrow::Cow;

use ego_tree::NodeRef;
use scraper::{ElementRef, Node};

use super::attributes::Attributes;

/// What an element does to the words in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    /// They are no part of what the document says: scripts, navigation, banners, sharing tools.
    Dropped,
    /// Nothing.
    Inline,
    /// They are for screen readers alone.
    Hidden,
    /// They are a link.
    Link,
    /// They are a time.
    Time,
    /// They stand on lines of their own.
    Line,
    /// They stand apart from what is above and below.
    Block,
    /// They are a paragraph.
    Paragraph,
    /// They are a heading of that level.
    Heading(u8),
    /// They are a list; numbered or not.
    List(bool),
    /// They are an item of a list.
    Item,
    /// They are somebody's words.
    Quote,
    /// They say whose words stand above.
    Attribution,
    /// They are a cell of a table's row.
    Cell,
    /// They stand with an image.
    Figure,
    /// They are a figure's caption.
    Caption,
    /// They are a name and a role, each a line.
    Byline,
    /// They are the name of who wrote what they stand with.
    Author,
    /// They say what that person is, or where.
    Role,
    /// In a figure, they say whom it is from.
    Credit,
    /// In a heading, they are a mark before its words: `Breaking`.
    BreakingMark,
    /// It ends a line, and holds no words.
    Break,
    /// It is an image.
    Image,
    /// It is a video or a recording.
    Media,
    /// It is a window to another page.
    Frame,
    /// It holds a post of another site.
    Post,
}

/// The category of an element.
pub fn categorize(element: ElementRef) -> Category {
    let attributes = Attributes::new(element.value());
    let name = element.value().name();
    if attributes.is_dropped()
        || attributes.is_out_of_reach && !is_quoted(element)
        || repeats_a_time(element, &attributes)
    {
        return Category::Dropped;
    }
    if let Some(category) = attributes.line_of_byline().or_else(|| attributes.line_of_figure(element)) {
        return category;
    }
    match name {
        "script" | "style" | "noscript" | "template" | "svg" | "button" | "select" | "input" | "textarea"
        | "dialog" | "nav" | "head" | "title" | "aside" | "object" | "canvas" | "map" | "label" | "math" => {
            Category::Dropped
        }
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Category::Heading(name.as_bytes()[1] - b'0'),
        "footer" if !is_within(element, &["blockquote", "figure"]) => Category::Dropped,
        "footer" | "cite" if is_within(element, &["blockquote"]) => Category::Attribution,
        "ul" | "ol" => Category::List(name == "ol"),
        "li" => Category::Item,
        "br" => Category::Break,
        "img" | "amp-img" => Category::Image,
        "video" | "audio" => Category::Media,
        "iframe" => Category::Frame,
        "a" => Category::Link,
        "time" => Category::Time,
        _ if attributes.is_breaking_mark() && opens_a_heading(element) => Category::BreakingMark,
        "figure" => Category::Figure,
        "figcaption" => Category::Caption,
        "td" | "th" => Category::Cell,
        "div" | "p" | "span" if attributes.names(&["caption"]) => Category::Caption,
        "div" | "p" | "span" if attributes.names(&["credit", "credits"]) && !is_within(element, &["figcaption"]) => {
            Category::Figure
        }
        _ if attributes.is_figure() => Category::Figure,
        _ if attributes.is_post_by_class() || name == "div" && attributes.post.is_some() => Category::Post,
        "blockquote" => Category::Quote,
        _ if attributes.is_byline() => Category::Byline,
        "p" => Category::Paragraph,
        "dl" | "pre" | "table" | "hr" | "form" | "fieldset" => Category::Block,
        "div" | "section" | "article" | "main" | "header" | "body" | "html" | "address" | "details" | "summary"
        | "dt" | "dd" | "tr" | "center" | "footer" | "hgroup" => Category::Line,
        _ if attributes.is_time() => Category::Time,
        _ if attributes.is_hidden() => Category::Hidden,
        _ if is_line_of_byline(element) => Category::Line,
        _ => Category::Inline,
    }
}

/// Where an image is; pages that load images late keep the address in another attribute, perhaps with a gap for its
/// width: `data-src="https://img.example/{width}/quay.jpg" data-widths="[240,640]"`.
pub fn image_src<'a>(element: ElementRef<'a>) -> Option<Cow<'a, str>> {
    let attributes = ["src", "data-src", "data-lazy-src", "data-original"];
    let mut addresses =
        attributes.iter().filter_map(|name| attr(element, name)).filter(|url| !url.starts_with("data:"));
    if let Some(url) = addresses.find_map(|url| with_width(element, url)) {
        return Some(url);
    }
    let set = attr(element, "srcset").or(attr(element, "data-srcset"))?;
    set.split_whitespace().next().map(Cow::Borrowed)
}

/// The address with the largest width that there is; none if it has a gap and nothing to fill it.
fn with_width<'a>(element: ElementRef<'a>, url: &'a str) -> Option<Cow<'a, str>> {
    let Some(gap) = ["{width}", "%7Bwidth%7D"].into_iter().find(|gap| url.contains(gap)) else {
        return Some(Cow::Borrowed(url));
    };
    let widths = attr(element, "data-widths")?.split(|c: char| !c.is_ascii_digit());
    let widest = widths.filter_map(|width| width.parse::<u32>().ok()).max()?;
    Some(Cow::Owned(url.replace(gap, &widest.to_string())))
}

/// The value of an attribute. An element has few, so that looking through them is faster than by interned names.
pub fn attr<'a>(element: ElementRef<'a>, name: &str) -> Option<&'a str> {
    element.value().attrs().find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// Whether the element repeats a time for the eye that stands beside one for screen readers, which says more.
fn repeats_a_time(element: ElementRef, attributes: &Attributes) -> bool {
    const FOR_READERS: &str = "accessible-timestamp";
    let Some(parent) = element.parent().and_then(ElementRef::wrap) else { return false };
    let has_testid = |element: ElementRef, id: &str| attr(element, "data-testid") == Some(id);
    attributes.testid != Some(FOR_READERS)
        && has_testid(parent, "timestamp")
        && parent.child_elements().any(|sibling| has_testid(sibling, FOR_READERS))
}

/// Whether the element is part of a quote, with words: those are seen, and screen readers have a copy of them:
///
/// ```html
/// <blockquote><span class="gs-u-vh">Quote Message: It held. from Ada Harbour</span><div aria-hidden="true"><p>It held.</p></div></blockquote>
/// ```
fn is_quoted(element: ElementRef) -> bool {
    is_within(element, &["blockquote"]) && has_words(element.descendants())
}

/// Whether an element within a quote is that copy.
pub fn repeats_a_quote(element: ElementRef) -> bool {
    let quote = element.ancestors().filter_map(ElementRef::wrap).find(|around| around.value().name() == "blockquote");
    let is_seen = |inner: ElementRef| attr(inner, "aria-hidden") == Some("true") && is_quoted(inner);
    Attributes::new(element.value()).is_hidden()
        && quote.is_some_and(|quote| quote.descendent_elements().take(NEAR).any(is_seen))
}

/// Whether the element is one to three words at the beginning of a heading, with others behind them.
fn opens_a_heading(element: ElementRef) -> bool {
    let heading = element.ancestors().filter_map(ElementRef::wrap).find(|around| is_heading(around.value().name()));
    let Some(heading) = heading else { return false };
    let texts = element.descendants().take(NEAR).filter_map(|node| node.value().as_text());
    let words = texts.flat_map(|text| text.split_whitespace()).take(4).count();
    let is_outside = |node: &NodeRef<Node>| node.ancestors().all(|around| around.id() != element.id());
    (1..4).contains(&words) && has_words(heading.descendants().filter(is_outside))
}

/// How many nodes are looked at for words. In what was written by people, they are among the first.
const NEAR: usize = 64;

fn has_words<'a>(nodes: impl Iterator<Item = NodeRef<'a, Node>>) -> bool {
    let mut texts = nodes.take(NEAR).filter_map(|node| node.value().as_text());
    texts.any(|text| text.contains(char::is_alphanumeric))
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Whether the element is a line of a byline that consists of elements alone: `<p><b>Name</b><span>Role</span></p>`.
fn is_line_of_byline(element: ElementRef) -> bool {
    let Some(parent) = element.parent().and_then(ElementRef::wrap) else { return false };
    let has_words = |node: &Node| node.as_text().is_some_and(|text| !text.trim().is_empty());
    Attributes::new(parent.value()).is_byline() && !parent.children().any(|child| has_words(child.value()))
}

fn is_within(element: ElementRef, names: &[&str]) -> bool {
    element.ancestors().filter_map(ElementRef::wrap).any(|ancestor| names.contains(&ancestor.value().name()))
}
