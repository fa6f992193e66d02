//! Microdata: schema.org data in the attributes of a document's elements, as the values that a script would contain.
//!
//! ```html
//! <div itemscope itemtype="https://schema.org/LiveBlogPosting">
//!   <h1 itemprop="headline">Tunnel under water</h1>
//!   <div itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting" id="post-1">
//!     <meta itemprop="datePublished" content="2023-06-19T14:27:00+01:00">
//!     <h2 itemprop="headline">Tunnel reopens</h2>
//!     <div itemprop="articleBody"><p>It reopened at noon.</p></div>
//!   </div>
//! </div>
//! ```
//!
//! Where publishers differ from the HTML standard, they are followed: `content` counts on any element, a link marked
//! as an author is a name, and updates need no live blog around them. `itemref` is not read.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::json::is_of_type;
use crate::html::{Element, Html, PassageKind, Tag};

/// No publisher nests items or properties deeper than this.
const DEPTH: usize = 10;

/// An item is the value of few properties: `associatedMedia image`.
const NAMES: usize = 2;

/// Reads the items of a page that are in no other.
pub fn read(page: &Html) -> Vec<Value> {
    let mut items = Items::default();
    for tag in page.tags() {
        match tag {
            Tag::Start(element) => items.start(element),
            Tag::End(element) => items.end(element),
        }
    }
    items.finish()
}

/// The items at a place of the document, and those before it.
#[derive(Default)]
struct Items<'a> {
    items: Vec<Value>,
    /// Updates without a live blog around them.
    loose: Vec<Value>,
    /// The items around the place, the outermost first.
    open: Vec<Item<'a>>,
    /// The properties around the place, each with the element of its item.
    inside: Vec<Property<'a>>,
}

/// An item whose element has not ended.
struct Item<'a> {
    element: Element<'a>,
    /// The properties of the item around it that it is the value of.
    names: Vec<&'a str>,
    keys: Map<String, Value>,
}

/// A property whose element has not ended.
struct Property<'a> {
    element: Element<'a>,
    item: Element<'a>,
    name: &'a str,
}

impl<'a> Items<'a> {
    fn start(&mut self, element: Element<'a>) {
        let mut names: Vec<_> = element.attr("itemprop").into_iter().flat_map(names).collect();
        let is_update = is_update(element);
        if is_update {
            self.end_update();
        }
        let is_item = is_update || element.attr("itemscope").is_some() || element.attr("itemtype").is_some();
        if is_item && !names.iter().any(|name| BODIES.contains(name)) {
            names.truncate(NAMES);
            if self.open.len() < DEPTH {
                self.open.push(Item { element, names, keys: Map::new() });
            }
        } else {
            names.into_iter().for_each(|name| self.property(element, name));
        }
    }

    /// The element of an update that was never closed contains those that follow it.
    fn end_update(&mut self) {
        if let Some(at) = self.open.iter().rposition(Item::is_update) {
            while self.open.len() > at {
                self.close();
            }
        }
    }

    /// A property within itself says the same again.
    fn property(&mut self, element: Element<'a>, name: &'a str) {
        let Some(item) = self.open.last_mut() else { return };
        let is_repeated = self.inside.iter().any(|outer| outer.name == name && outer.item.is(item.element));
        if !is_repeated && self.inside.len() < DEPTH {
            add(&mut item.keys, name, value(element, name).into_iter().map(Value::String));
            self.inside.push(Property { element, item: item.element, name });
        }
    }

    fn end(&mut self, element: Element<'a>) {
        self.inside.retain(|property| !property.element.is(element));
        if self.open.last().is_some_and(|item| item.element.is(element)) {
            self.close();
        }
    }

    /// The innermost item ends.
    fn close(&mut self) {
        let Some(item) = self.open.pop() else { return };
        let (names, is_update) = (item.names.clone(), item.is_update());
        let value = item.value();
        match self.open.last_mut() {
            Some(around) if !names.is_empty() => {
                names.into_iter().for_each(|name| add(&mut around.keys, name, Some(value.clone())));
            }
            None if is_update => self.loose.push(value),
            _ => self.items.push(value),
        }
    }

    /// All items. Loose updates are those of the live blog that has none, else one by themselves.
    fn finish(mut self) -> Vec<Value> {
        if self.loose.is_empty() {
            return self.items;
        }
        let is_without = |item: &&mut Value| is_of_type(item, "LiveBlogPosting") && item.get(UPDATE).is_none();
        match self.items.iter_mut().find(is_without) {
            Some(item) => item[UPDATE] = Value::Array(self.loose),
            None => self.items.push(json!({ UPDATE: self.loose })),
        }
        self.items
    }
}

const UPDATE: &str = "liveBlogUpdate";

/// Attributes with the id of a post.
const POST_IDS: [&str; 5] = ["data-id", "data-post-id", "data-entry-id", "data-block-id", "data-update-id"];
const TIME: &str = "datePublished";

impl Item<'_> {
    fn is_update(&self) -> bool {
        self.names.contains(&UPDATE)
    }

    /// The item as an object.
    fn value(self) -> Value {
        let (element, is_update) = (self.element, self.is_update());
        let mut keys = match self.keys {
            keys if !keys.is_empty() => keys,
            _ if is_update => unmarked_update(element),
            mut keys => {
                add(&mut keys, "name", value(element, "name").map(Value::from));
                keys
            }
        };
        if is_update && !keys.contains_key(TIME) {
            add(&mut keys, TIME, time(element).map(Value::from));
        }
        let types = element.attr("itemtype").into_iter().flat_map(str::split_ascii_whitespace);
        add(&mut keys, "@type", types.map(Value::from));
        // The id of an update's element is the publisher's own.
        let own = || element.attr("id").or_else(|| POST_IDS.iter().find_map(|name| element.attr(name)));
        let id = element.attr("itemid").or_else(|| own().filter(|_| is_update));
        add(&mut keys, "@id", id.map(Value::from));
        Value::Object(keys)
    }
}

/// An update without properties: its heading, and all else in it.
fn unmarked_update(element: Element) -> Map<String, Value> {
    let mut keys = Map::new();
    let Some(body) = body(element) else { return keys };
    let heading = element.descendants().find(|inner| inner.is_heading());
    let title = heading.map(Element::html).filter(|title| !title.is_empty());
    let rest = title.as_ref().map_or_else(|| body.clone(), |title| body.replacen(title, "", 1));
    add(&mut keys, "headline", title.map(Value::from));
    add(&mut keys, "articleBody", Some(Value::from(rest)));
    keys
}

fn is_update(element: Element) -> bool {
    element.attr("itemprop").is_some_and(|itemprop| names(itemprop).any(|name| name == UPDATE))
}

/// The properties that an attribute names, some of them as addresses: `https://schema.org/headline`.
fn names(itemprop: &str) -> impl Iterator<Item = &str> {
    itemprop.split_ascii_whitespace().filter_map(|name| name.rsplit(['/', '#', ':']).next())
}

/// Adds values to a key; several make an array.
fn add(keys: &mut Map<String, Value>, name: &str, values: impl IntoIterator<Item = Value>) {
    for value in values {
        match keys.get_mut(name) {
            None => drop(keys.insert(name.to_owned(), value)),
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
}

/// Properties whose paragraphs, lists and links are kept.
const BODIES: [&str; 3] = ["articleBody", "text", "description"];

/// Properties that are addresses.
const ADDRESSES: [&str; 9] =
    ["url", "contentUrl", "embedUrl", "thumbnailUrl", "mainEntityOfPage", "image", "video", "audio", "associatedMedia"];

/// What an element says of a property; what a reader sees of it comes last.
fn value(element: Element, name: &str) -> Option<String> {
    let whole = || std::iter::once(element).chain(element.descendants());
    let attr = |element: Element, name| element.attr(name).map(str::to_owned);
    let said = match name {
        _ if element.attr("content").is_some_and(|said| !said.trim().is_empty()) => attr(element, "content"),
        _ if element.name() == "meta" => return None,
        _ if ADDRESSES.contains(&name) => Some(whole().find_map(address)?.into_owned()),
        _ if BODIES.contains(&name) => return body(element),
        _ if name.starts_with("date") || name.starts_with("coverage") => whole().find_map(|it| attr(it, "datetime")),
        _ => attr(element, "value"),
    };
    said.or_else(|| Some(words(element))).filter(|said| !said.trim().is_empty())
}

/// The content of an element as a body; an element that contains updates is the body of none.
fn body(element: Element) -> Option<String> {
    let has_updates = element.descendants().any(|inner| is_update(inner) && !inner.is(element));
    (!has_updates).then(|| format!("<div>{}</div>", element.html()))
}

/// The time beside the body of an update that marks none.
fn time(update: Element<'_>) -> Option<&str> {
    let is_end = |inner: Element| is_update(inner) && !inner.is(update);
    let is_body =
        |element: Element| element.attr("itemprop").is_some_and(|it| names(it).any(|it| BODIES.contains(&it)));
    let is_in_body = |inner: Element| inner.ancestors().take_while(|around| !around.is(update)).any(is_body);
    let mut own = update.descendants().take_while(|inner| !is_end(*inner)).filter(|inner| inner.name() == "time");
    own.find(|inner| !is_in_body(*inner))?.attr("datetime")
}

/// The address that an element leads to or shows.
fn address(element: Element<'_>) -> Option<Cow<'_, str>> {
    let attr = |name| element.attr(name).map(Cow::Borrowed);
    attr("href").or_else(|| element.image_src()).or_else(|| attr("data"))
}

/// The words in an element, on one line.
fn words(element: Element) -> String {
    let passages = element.passages().into_iter();
    let texts = passages.filter(|passage| !matches!(passage.kind, PassageKind::Image(_) | PassageKind::Embed { .. }));
    texts.map(|passage| passage.text).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(html: &str) -> Value {
        Value::Array(read(&Html::read(&format!("<html><body>{html}"), None)))
    }

    /// The one value of a property, written so.
    fn property(name: &str, html: &str) -> Value {
        values(&format!("<div itemscope>{html}</div>"))[0][name].clone()
    }

    #[test]
    fn items_within_items_are_their_values() {
        let html = "<article itemscope itemtype='http://schema.org/LiveBlogPosting'><h1 itemprop=headline>A  <i>flood</i></h1>
        <div itemprop=liveBlogUpdate itemscope itemtype='http://schema.org/BlogPosting' id=post-2>
          <span itemprop=author itemscope itemtype='http://schema.org/Person'><b itemprop=name>Ada Example</b></span>
          <div itemprop=articleBody><p>One.</p><ul><li>Two</li></ul></div></div>
        <div itemprop=liveBlogUpdate itemscope itemid='https://news.example/live#1'><p itemprop='headline name' content=B></p></div>
        <meta itemprop=mainEntityOfPage itemscope itemid='https://news.example/live'></article>";
        let expected = json!([{
            "@type": "http://schema.org/LiveBlogPosting",
            "headline": "A flood",
            "liveBlogUpdate": [
                {
                    "@id": "post-2",
                    "@type": "http://schema.org/BlogPosting",
                    "author": {"@type": "http://schema.org/Person", "name": "Ada Example"},
                    "articleBody": "<div><p>One.</p><ul><li>Two</li></ul></div>",
                },
                {"@id": "https://news.example/live#1", "headline": "B", "name": "B"},
            ],
            "mainEntityOfPage": {"@id": "https://news.example/live"},
        }]);
        assert_eq!(values(html), expected);
    }

    #[test]
    fn a_value_is_what_the_element_says_before_what_it_shows() {
        let time = "2023-06-19T14:27:00+01:00";
        for html in [
            format!("<meta itemprop=datePublished content='{time}'>"),
            format!("<span itemprop=datePublished content='{time}'>14:27</span>"),
            format!("<time itemprop=datePublished datetime='{time}'>14:27</time>"),
            format!("<p itemprop=datePublished>At <time datetime='{time}'>14:27</time></p>"),
            format!("<p itemprop=datePublished>{time}</p>"),
        ] {
            assert_eq!(property("datePublished", &html), time, "{html}");
        }
        assert_eq!(property("coverageEndTime", "<meta itemprop=coverageEndTime content=' '>"), Value::Null);
        assert_eq!(property("wordCount", "<data itemprop=wordCount value=12>twelve</data>"), "12");
    }

    #[test]
    fn addresses_are_those_of_links_and_images_and_never_words() {
        for html in [
            "<a itemprop=url href=/live>Here</a>",
            "<link itemprop=url href=/live>",
            "<meta itemprop=url content=/live>",
            "<h2 itemprop=url><a href=/live>Here</a></h2>",
            "<img itemprop=url src=/live>",
            "<img itemprop=url src='data:image/gif;base64,A' data-src=/live>",
            "<object itemprop=url data=/live></object>",
        ] {
            assert_eq!(property("url", html), "/live", "{html}");
        }
        assert_eq!(property("image", "<figure itemprop=image><figcaption>A quay</figcaption></figure>"), Value::Null);
    }

    #[test]
    fn links_that_are_marked_as_words_are_words() {
        assert_eq!(property("author", "<a itemprop=author href=/ada>Ada Example</a>"), "Ada Example");
        assert_eq!(
            property("headline", "<h2><a itemprop=headline href=/1>Tunnel <b>reopens</b></a></h2>"),
            "Tunnel reopens"
        );
    }

    #[test]
    fn updates_need_no_live_blog_around_them() {
        let update = "<div itemprop=liveBlogUpdate itemscope><p itemprop=headline>A</p></div>";
        let updates = json!([{"headline": "A"}, {"headline": "A"}]);
        assert_eq!(values(&[update, update].concat()), json!([{"liveBlogUpdate": updates}]));
        let closed =
            format!("<div itemscope itemtype=LiveBlogPosting><h1 itemprop=headline>B</h1></div>{update}{update}");
        assert_eq!(values(&closed), json!([{"@type": "LiveBlogPosting", "headline": "B", "liveBlogUpdate": updates}]));
    }

    #[test]
    fn updates_that_are_not_closed_follow_each_other() {
        let update = |title| format!("<div itemprop=liveBlogUpdate itemscope><p itemprop=headline>{title}</p>");
        let html = format!("<main itemscope itemtype=LiveBlogPosting>{}{}{}", update("A"), update("B"), update("C"));
        assert_eq!(
            values(&html)[0]["liveBlogUpdate"],
            json!([{"headline": "A"}, {"headline": "B"}, {"headline": "C"}])
        );
    }

    #[test]
    fn what_has_updates_is_no_body() {
        let html = "<main itemscope><div itemprop=articleBody><p>A</p><p itemprop=liveBlogUpdate>B</p></div></main>";
        assert_eq!(values(html), json!([{"liveBlogUpdate": {"articleBody": "<div>B</div>"}}]));
        let open = "<div itemprop=liveBlogUpdate itemscope><div itemprop=articleBody><p>One.</p>";
        assert_eq!(
            values(&open.repeat(2)),
            json!([{"liveBlogUpdate": [{}, {"articleBody": "<div><p>One.</p></div>"}]}])
        );
    }

    #[test]
    fn an_item_without_properties_has_its_words() {
        assert_eq!(
            property("author", "<span itemprop=author itemscope>Ada Example</span>"),
            json!({"name": "Ada Example"})
        );
        let update = "<div itemprop=liveBlogUpdate><h2>A <b>title</b></h2><p>One.</p></div>";
        let expected = json!({"headline": "A <b>title</b>", "articleBody": "<div><h2></h2><p>One.</p></div>"});
        assert_eq!(values(update), json!([{"liveBlogUpdate": [expected]}]));
    }

    #[test]
    fn an_update_that_marks_no_time_has_the_one_beside_its_body() {
        let time = |update: &str| values(&format!("<div itemprop=liveBlogUpdate>{update}"))[0][UPDATE][0][TIME].clone();
        assert_eq!(time("<p>At <time datetime='2023-06-19T14:27Z'>14:27</time>"), "2023-06-19T14:27Z");
        assert_eq!(time("<p itemprop=articleBody>At <time datetime='2023-06-19T14:27Z'>14:27</time>"), Value::Null);
        assert_eq!(time("<p>A<div itemprop=liveBlogUpdate><time datetime='2023-06-19T14:27Z'></time>"), Value::Null);
    }

    #[test]
    fn a_property_within_itself_is_read_once() {
        let html = "<div itemprop=articleBody><p itemprop=articleBody>One.</p><p itemprop=articleBody>Two.</p></div>";
        let body = "<div><p itemprop=\"articleBody\">One.</p><p itemprop=\"articleBody\">Two.</p></div>";
        assert_eq!(property("articleBody", html), body);
        let two = "<p itemprop=articleBody>One.</p><p itemprop=articleBody>Two.</p>";
        assert_eq!(property("articleBody", two), json!(["<div>One.</div>", "<div>Two.</div>"]));
    }

    #[test]
    fn items_that_nest_thousands_deep_are_read() {
        for tag in
            ["<div itemprop=author itemscope>", "<div itemprop='articleBody name url'>", "<i itemprop=liveBlogUpdate>"]
        {
            let html = format!("<div itemscope>{}At the bottom.", tag.repeat(2_000));
            assert!(values(&html).to_string().contains("At the bottom."), "{tag}");
        }
    }
}
