//! Microdata: schema.org data in the attributes of a document's elements, as the values that a script would hold.
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

use serde_json::{Map, Value, json};

use super::value::is_of_type;
use crate::html::{Element, Html, PassageKind, Tag};

/// Items and properties that stand deeper in others than this are no publisher's.
const DEPTH: usize = 10;

/// An item is the value of few properties: `associatedMedia image`.
const NAMES: usize = 2;

/// The items of a page that stand in no other.
pub fn items(page: &Html) -> Vec<Value> {
    let mut items = Items::default();
    for tag in page.tags() {
        match tag {
            Tag::Start(element) => items.start(element),
            Tag::End(element) => items.end(element),
        }
    }
    items.finished()
}

/// The items at a place of the document, and those before it.
#[derive(Default)]
struct Items<'a> {
    told: Vec<Value>,
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

    /// The element of an update that was never closed holds those that follow it.
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
            _ => self.told.push(value),
        }
    }

    /// All items. Loose updates are those of the live blog that has none, else one by themselves.
    fn finished(mut self) -> Vec<Value> {
        if self.loose.is_empty() {
            return self.told;
        }
        let is_without = |item: &&mut Value| is_of_type(item, "LiveBlogPosting") && item.get(UPDATE).is_none();
        match self.told.iter_mut().find(is_without) {
            Some(item) => item[UPDATE] = Value::Array(self.loose),
            None => self.told.push(json!({ UPDATE: self.loose })),
        }
        self.told
    }
}

const UPDATE: &str = "liveBlogUpdate";
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
        let id = element.attr("itemid").or_else(|| element.attr("id").filter(|_| is_update));
        add(&mut keys, "@id", id.map(Value::from));
        Value::Object(keys)
    }
}

/// An update without properties: its heading, and all else that it holds.
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
    let said = match name {
        _ if element.attr("content").is_some_and(|said| !said.trim().is_empty()) => element.attr("content"),
        _ if element.name() == "meta" => return None,
        _ if ADDRESSES.contains(&name) => Some(whole().find_map(address)?),
        _ if BODIES.contains(&name) => return body(element),
        _ if name.starts_with("date") || name.starts_with("coverage") => whole().find_map(|it| it.attr("datetime")),
        _ => element.attr("value"),
    };
    said.map(str::to_owned).or_else(|| Some(words(element))).filter(|said| !said.trim().is_empty())
}

/// What an element holds, as a body; what holds updates is the body of none.
fn body(element: Element) -> Option<String> {
    let holds_updates = element.descendants().any(|inner| is_update(inner) && !inner.is(element));
    (!holds_updates).then(|| format!("<div>{}</div>", element.html()))
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
fn address(element: Element<'_>) -> Option<&str> {
    element.attr("href").or_else(|| element.image_src()).or_else(|| element.attr("data"))
}

/// The words in an element, on one line.
fn words(element: Element) -> String {
    let passages = element.passages().into_iter();
    let texts = passages.filter(|passage| !matches!(passage.kind, PassageKind::Image(_) | PassageKind::Embed { .. }));
    texts.map(|passage| passage.text).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
