//! One update: an object of schema.org data as an entry.

use std::ops::Range;

use chrono::Utc;
use serde_json::Value;

use super::body::{Body, passages, plain};
use super::json::{Nodes, address, addresses_of, all, image_addresses, is_of_type, raw, text, words};
use super::time::{self, DefaultZone};
use crate::html::{Addresses, Fragment};
use crate::layout::text::recognise::name::names_and_place;
use crate::layout::text::recognise::shape::strip_opening;
use crate::locale::ENGLISH;
use crate::model::{Code, ELEMENTS_LEFT_OUT, Entry, Image, Media};

/// Something doubtful about the update that was read.
pub type Remark = (Code, String);

/// Reads an update, but for its id.
pub fn entry<'a>(
    update: &'a Value,
    nodes: &Nodes<'a>,
    addresses: &Addresses,
    zone: DefaultZone,
) -> (Entry, Vec<Remark>) {
    let mut remarks = Vec::new();
    let (body, is_cut) = body(update, addresses);
    if let Some(command) = all(update, "articleBody").iter().filter_map(text).find_map(|text| {
        let at = shortcode(&text)?;
        Some(text[at].to_owned())
    }) {
        let message = format!("`{command}` in the body is a command of the site's own, and is left out");
        remarks.push((Code::UnreadLine, message));
    }
    if is_cut {
        remarks.push((Code::ElementsLeftOut, ELEMENTS_LEFT_OUT.to_owned()));
    }
    let mut entry = Entry {
        title: words(update, "headline").or_else(|| words(update, "name")),
        subtitle: words(update, "alternativeHeadline").or_else(|| words(update, "alternateName")),
        stamp: raw(update, "datePublished").or_else(|| raw(update, "dateCreated")),
        url: url(update).and_then(|url| addresses.absolute(&url)),
        body: body.blocks,
        images: body.images,
        media: body.media,
        ..Entry::default()
    };
    match entry.stamp.as_deref().map(|words| time::read(words, zone)) {
        Some(Ok(time)) => {
            entry.published = Some(time.at.with_timezone(&Utc));
            entry.published_local = Some(time.at);
            remarks.extend(time.doubt);
        }
        Some(Err(remark)) => remarks.push(remark),
        None => {}
    }
    let (modified, remark) = time::at_key(update, "dateModified", zone);
    entry.modified = modified;
    // A doubt about the one time of an entry mostly applies to the other.
    remarks.extend(remark.filter(|(code, _)| remarks.iter().all(|(known, _)| known != code)));
    let mut names = people(nodes.all(update, "author")).into_iter();
    if let Some((name, role)) = names.next() {
        entry.author = Some(name);
        entry.role = role;
    }
    entry.co_authors = names.map(|(name, _)| name).collect();
    add_pictures(&mut entry, update, nodes, addresses);
    (entry, remarks)
}

/// The body: `articleBody`, which some publishers leave without words; and whether elements of it were left
/// out.
fn body(update: &Value, addresses: &Addresses) -> (Body, bool) {
    let texts = ["articleBody", "text", "description"]
        .into_iter()
        .map(|key| all(update, key).iter().filter_map(text).collect::<Vec<_>>().join("\n"));
    let mut bodies = texts.map(|text| {
        let text = without_shortcodes(text);
        let Fragment { passages, is_cut } = passages(&text, addresses);
        (Body::from_passages(passages), is_cut)
    });
    bodies.find(|(body, _)| !body.blocks.is_empty() || !body.images.is_empty()).unwrap_or_default()
}

/// Where the first command of a site's own is in a text: `[gallery ids="1,2"]`, `[/caption]`; and not `[sic]`.
fn shortcode(text: &str) -> Option<Range<usize>> {
    let mut starts = memchr::memchr_iter(b'[', text.as_bytes());
    starts.find_map(|start| {
        let length = text[start..].find(']')?;
        let inner = &text[start + 1..start + length];
        let is_name = |name: &str| {
            name.starts_with(|c: char| c.is_ascii_lowercase())
                && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte))
        };
        let has_values = || {
            let (name, values) = inner.split_once(' ')?;
            let (key, value) = values.trim_start().split_once('=')?;
            (is_name(name) && is_name(key) && value.starts_with(['"', '\'', '&'])).then_some(())
        };
        let is_command = inner.strip_prefix('/').is_some_and(is_name) || has_values().is_some();
        is_command.then_some(start..start + length + 1)
    })
}

fn without_shortcodes(text: String) -> String {
    let mut kept = String::new();
    let mut rest = text.as_str();
    while let Some(at) = shortcode(rest) {
        kept.push_str(&rest[..at.start]);
        rest = &rest[at.end..];
    }
    if kept.is_empty() && rest.len() == text.len() { text } else { kept + rest }
}

/// A link to this very update.
fn url(update: &Value) -> Option<String> {
    let own = raw(update, "url").or_else(|| raw(update, "@id").filter(|id| id.contains(['/', '#'])));
    own.or_else(|| address(update, "mainEntityOfPage"))
}

/// The names of people, each with what the person is. A string may contain several, or begin with `By`; one that is an
/// address, or refers to nobody in the data, has none.
pub fn people<'a>(values: impl Iterator<Item = &'a Value>) -> Vec<(String, Option<String>)> {
    let mut people = Vec::new();
    for person in values {
        let role = words(person, "jobTitle");
        for name in names(person).iter().map(|name| strip_opening(name, ENGLISH.by).unwrap_or(name).trim()) {
            let (names, place) = names_and_place(name, &ENGLISH);
            let role = role.clone().or(place.map(str::to_owned));
            let is_id = |name: &str| name.contains("://") || name.starts_with(['#', '/']) || name.starts_with("_:");
            let names = names.into_iter().filter(|name| !name.is_empty() && !is_id(name));
            people.extend(names.map(|name| (name.to_owned(), role.clone())));
        }
    }
    people.dedup_by(|one, other| one.0 == other.0);
    people
}

/// The names of a value, which may be one itself; a number is none.
fn names(person: &Value) -> Vec<String> {
    let own = text(person).filter(|_| !person.is_number());
    own.into_iter().chain(all(person, "name").iter().filter_map(text)).map(|name| plain(&name)).collect()
}

/// Images and media beside the body; the data does not say where in the body they belong.
fn add_pictures<'a>(entry: &mut Entry, update: &'a Value, nodes: &Nodes<'a>, addresses: &Addresses) {
    for (key, value) in ["image", "video", "audio", "associatedMedia"]
        .into_iter()
        .flat_map(|key| nodes.all(update, key).map(move |value| (key, value)))
    {
        let caption = words(value, "caption");
        if key == "image" || is_of_type(value, "ImageObject") {
            let people = || people(nodes.all(value, "creator")).into_iter().next().map(|(name, _)| name);
            let source = words(value, "creditText").or_else(people);
            let urls = image_addresses(value).filter_map(|url| addresses.absolute(&url)).collect();
            add_image(entry, Image { alt: words(value, "description"), source, caption, ..Image::default() }, urls);
            continue;
        }
        let url = addresses_of(value).iter().find_map(|url| addresses.absolute(url));
        if url.is_some() || caption.is_some() {
            let caption = caption.or_else(|| words(value, "name")).or_else(|| words(value, "description"));
            entry.media.push(Media { caption, url, position: 0 });
        }
    }
}

/// Adds an image that may be found under several addresses, or completes one that the body shows already.
fn add_image(entry: &mut Entry, image: Image, urls: Vec<String>) {
    let is_shown = |shown: &&mut Image| shown.url.as_ref().is_some_and(|url| urls.contains(url));
    if let Some(shown) = entry.images.iter_mut().find(is_shown) {
        shown.alt = shown.alt.take().or(image.alt);
        shown.source = shown.source.take().or(image.source);
        shown.caption = shown.caption.take().or(image.caption);
        return;
    }
    let image = Image { url: urls.into_iter().next(), ..image };
    if image != Image::default() && !entry.images.contains(&image) {
        entry.images.push(image);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_of_a_site_are_left_out_of_its_words() {
        let plain = |text: &str| without_shortcodes(text.to_owned());
        assert_eq!(plain(r#"A [caption id="a" width='3']B[/caption] C[gallery ids="1,2"]"#), "A B C");
        for words in ["It was [sic] so.", "[He] = \"it\" [", "a [b c] d", "[/]", ""] {
            assert_eq!(plain(words), words);
        }
    }
}
