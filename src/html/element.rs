//! Categories of elements: what they do to the words in them.

use scraper::{ElementRef, Node, node::Element};

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

/// Classes of posts of other sites.
const POSTS: [&str; 7] = [
    "twitter-tweet",
    "twitter-video",
    "instagram-media",
    "tiktok-embed",
    "bluesky-embed",
    "fb-post",
    "text-post-media",
];

/// Classes of words that are for screen readers alone.
const HIDDEN: [&str; 6] =
    ["visually-hidden", "visuallyhidden", "gs-u-vh", "sr-only", "screen-reader-text", "off-screen"];

/// Words that name, in a class or an id, what is no part of the story.
const FURNITURE: [&str; 15] = [
    "ad",
    "ads",
    "advert",
    "advertisement",
    "breadcrumb",
    "breadcrumbs",
    "consent",
    "cookie",
    "cookies",
    "newsletter",
    "outbrain",
    "promo",
    "share",
    "sharing",
    "taboola",
];

/// Words with which names of what is no part of the story begin: `relatedStories`, `shareTools`.
const FURNITURE_OPENINGS: [&str; 4] = ["related", "cookie", "sharetool", "recirc"];

/// Words that take back the one that follows them: `no-share`, `has-ads`.
const TAKEN_BACK_BY: [&str; 6] = ["no", "not", "has", "with", "without", "is"];

/// The category of an element.
pub fn categorize(element: ElementRef) -> Category {
    let attributes = Attributes::new(element.value());
    let name = element.value().name();
    if attributes.is_dropped() || repeats_a_time(element, &attributes) {
        return Category::Dropped;
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
        "figure" => Category::Figure,
        "figcaption" => Category::Caption,
        "td" | "th" => Category::Cell,
        "div" | "p" | "span" if attributes.is_caption() => Category::Caption,
        _ if attributes.has_class(&POSTS) || name == "div" && attributes.post.is_some() => Category::Post,
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

/// Where an image is; pages that load images late keep the address in another attribute.
pub fn image_src<'a>(element: ElementRef<'a>) -> Option<&'a str> {
    let attributes = ["src", "data-src", "data-lazy-src", "data-original"];
    let address = attributes.iter().filter_map(|name| attr(element, name)).find(|url| !url.starts_with("data:"));
    address.or_else(|| attr(element, "srcset").or(attr(element, "data-srcset"))?.split_whitespace().next())
}

/// The value of an attribute. An element has few, so that looking through them is faster than by interned names.
pub fn attr<'a>(element: ElementRef<'a>, name: &str) -> Option<&'a str> {
    element.value().attrs().find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// The attributes that decide on the category.
#[derive(Default)]
struct Attributes<'a> {
    class: Option<&'a str>,
    id: Option<&'a str>,
    testid: Option<&'a str>,
    role: Option<&'a str>,
    post: Option<&'a str>,
    is_out_of_sight: bool,
}

impl<'a> Attributes<'a> {
    fn new(element: &'a Element) -> Attributes<'a> {
        let mut attributes = Attributes::default();
        for (name, value) in element.attrs() {
            match name {
                "class" => attributes.class = Some(value),
                "id" => attributes.id = Some(value),
                "data-testid" | "data-component" => attributes.testid = Some(value),
                "role" => attributes.role = Some(value),
                "data-url" => attributes.post = super::address::site(value),
                "hidden" => attributes.is_out_of_sight = true,
                "aria-hidden" => attributes.is_out_of_sight |= value == "true",
                _ => {}
            }
        }
        attributes
    }

    fn is_dropped(&self) -> bool {
        let names = [self.class, self.id, self.testid].into_iter().flatten();
        self.is_out_of_sight
            || self.role.is_some_and(|role| {
                matches!(
                    role,
                    "navigation"
                        | "banner"
                        | "contentinfo"
                        | "search"
                        | "dialog"
                        | "alertdialog"
                        | "complementary"
                        | "menu"
                )
            })
            || names.flat_map(str::split_ascii_whitespace).any(names_furniture)
    }

    fn has_class(&self, classes: &[&str]) -> bool {
        self.class.is_some_and(|class| class.split_ascii_whitespace().any(|class| classes.contains(&class)))
    }

    /// Some classes carry what they are behind a hash: `ssrcss-1f39n02-VisuallyHidden`.
    fn is_hidden(&self) -> bool {
        self.class.is_some_and(|class| {
            let class = class.to_ascii_lowercase();
            HIDDEN.iter().any(|hidden| class.contains(hidden))
        })
    }

    fn is_time(&self) -> bool {
        self.testid.is_some_and(|id| id.contains("timestamp"))
            || self.class.is_some_and(|class| class.contains("-Timestamp"))
    }

    /// `image__caption`, `photo-credit`
    fn is_caption(&self) -> bool {
        let is_word = |word: &str| matches!(word, "caption" | "credit" | "credits");
        self.class.is_some_and(|class| class.split(|c: char| !c.is_ascii_alphanumeric()).any(is_word))
    }

    fn is_byline(&self) -> bool {
        self.class.is_some_and(|class| class.contains("ontributor") || class.contains("byline"))
    }
}

/// Whether one of a name's words says that it names no part of the story: `post-share`, `ssrcss-1hf3wfc-RelatedStories`.
fn names_furniture(name: &str) -> bool {
    let mut before = "";
    name.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| {
        let taken_back = TAKEN_BACK_BY.contains(&std::mem::replace(&mut before, word));
        let is = |known: &&str| word.eq_ignore_ascii_case(known);
        let opens = |known: &&str| word.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known));
        !taken_back && (FURNITURE.iter().any(is) || FURNITURE_OPENINGS.iter().any(opens))
    })
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

/// Whether the element is a line of a byline that consists of elements alone: `<p><b>Name</b><span>Role</span></p>`.
fn is_line_of_byline(element: ElementRef) -> bool {
    let Some(parent) = element.parent().and_then(ElementRef::wrap) else { return false };
    let has_words = |node: &Node| node.as_text().is_some_and(|text| !text.trim().is_empty());
    Attributes::new(parent.value()).is_byline() && !parent.children().any(|child| has_words(child.value()))
}

fn is_within(element: ElementRef, names: &[&str]) -> bool {
    element.ancestors().filter_map(ElementRef::wrap).any(|ancestor| names.contains(&ancestor.value().name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_furniture_are_recognised_by_their_words() {
        for name in ["post-share", "cookie-banner", "ssrcss-1hf3wfc-RelatedStories", "ad", "gs-c-promo", "shareTools"] {
            assert!(names_furniture(name), "{name}");
        }
        for name in ["no-share", "has-ads", "content-post", "header", "lead", "shared-image", "with-cookie-note"] {
            assert!(!names_furniture(name), "{name}");
        }
    }
}
