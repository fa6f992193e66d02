//! A row or a live blog as JSON on one line, written straight from its fields: the schema, key by key.
//!
//! `serde_json` writes the same bytes, and a property test compares the two; but it goes through a map for a flattened
//! entry, and looks at each byte of a text for itself. This is most of what the program writes.

use chrono::{DateTime, FixedOffset, Utc};
use chrono_tz::Tz;

use super::json_text::push_text;
use crate::model::{
    Block, Code, Coverage, Entry, Image, Layout, Link, LiveBlog, Media, OtherBlock, Row, Warning, rfc3339,
};

/// What can be added to a line of JSON.
pub(super) trait PushJson {
    fn push_json(&self, to: &mut Vec<u8>);
}

/// Adds an object with these keys and values, in their order. A `type` is a name that needs no escapes.
macro_rules! push_object {
    ($to:ident, {$($members:tt)*}) => {{
        $to.push(b'{');
        push_members!($to, {$($members)*});
        $to.push(b'}');
    }};
}

/// Adds the members of an object.
macro_rules! push_members {
    ($to:ident, {"type": $type:literal $(, $key:literal: $value:expr)* $(,)?}) => {
        $to.extend_from_slice(concat!("\"type\":\"", $type, "\"").as_bytes());
        $(
            $to.extend_from_slice(concat!(",\"", $key, "\":").as_bytes());
            $value.push_json($to);
        )*
    };
    ($to:ident, {$first:literal: $first_value:expr $(, $key:literal: $value:expr)* $(,)?}) => {
        $to.extend_from_slice(concat!("\"", $first, "\":").as_bytes());
        $first_value.push_json($to);
        $(
            $to.extend_from_slice(concat!(",\"", $key, "\":").as_bytes());
            $value.push_json($to);
        )*
    };
}

impl PushJson for LiveBlog {
    fn push_json(&self, to: &mut Vec<u8>) {
        push_object!(to, {
            "version": self.version,
            "title": self.title,
            "standfirst": self.standfirst,
            "authors": self.authors,
            "url": self.url,
            "source": self.source,
            "captured": self.captured,
            "layout": self.layout,
            "zone": self.zone,
            "coverage": self.coverage,
            "summary": self.summary,
            "media": self.media,
            "entries": self.entries,
            "warnings": self.warnings,
        });
    }
}

impl PushJson for Coverage {
    fn push_json(&self, to: &mut Vec<u8>) {
        push_object!(to, {"start": self.start, "end": self.end});
    }
}

impl PushJson for Warning {
    fn push_json(&self, to: &mut Vec<u8>) {
        push_object!(to, {"code": self.code, "line": self.line, "entry": self.entry, "message": self.message});
    }
}

impl PushJson for Row {
    fn push_json(&self, to: &mut Vec<u8>) {
        to.push(b'{');
        push_members!(to, {
            "page": self.page,
            "page_title": self.page_title,
            "page_url": self.page_url,
            "removed": self.removed,
        });
        to.push(b',');
        push_entry(to, &self.entry);
        to.push(b'}');
    }
}

impl PushJson for Entry {
    fn push_json(&self, to: &mut Vec<u8>) {
        to.push(b'{');
        push_entry(to, self);
        to.push(b'}');
    }
}

/// Adds the members of an entry: in a row they follow those of its live blog.
fn push_entry(to: &mut Vec<u8>, entry: &Entry) {
    push_members!(to, {
        "id": entry.id,
        "number": entry.number,
        "published": entry.published,
        "published_local": entry.published_local,
        "stamp": entry.stamp,
        "modified": entry.modified,
        "label": entry.label,
        "breaking": entry.breaking,
        "title": entry.title,
        "subtitle": entry.subtitle,
        "author": entry.author,
        "role": entry.role,
        "co_authors": entry.co_authors,
        "body": entry.body,
        "images": entry.images,
        "media": entry.media,
        "url": entry.url,
        "lines": entry.lines,
        "doubts": entry.doubts,
    });
}

impl PushJson for Block {
    fn push_json(&self, to: &mut Vec<u8>) {
        match self {
            Self::Paragraph { text, links } if links.is_empty() => {
                push_object!(to, {"type": "paragraph", "text": text})
            }
            Self::Paragraph { text, links } => push_object!(to, {"type": "paragraph", "text": text, "links": links}),
            Self::List { ordered, items, links } if links.is_empty() => {
                push_object!(to, {"type": "list", "ordered": ordered, "items": items})
            }
            Self::List { ordered, items, links } => {
                push_object!(to, {"type": "list", "ordered": ordered, "items": items, "links": links})
            }
            Self::Quote { text, attribution } => {
                push_object!(to, {"type": "quote", "text": text, "attribution": attribution})
            }
            Self::Embed { site, url, text } => {
                push_object!(to, {"type": "embed", "site": site, "url": url, "text": text})
            }
            Self::Card { text, url } => push_object!(to, {"type": "card", "text": text, "url": url}),
            Self::Other(block) => block.push_json(to),
        }
    }
}

impl PushJson for Link {
    fn push_json(&self, to: &mut Vec<u8>) {
        let Self { text, url } = self;
        push_object!(to, {"text": text, "url": url})
    }
}

impl PushJson for Image {
    fn push_json(&self, to: &mut Vec<u8>) {
        let Self { alt, source, caption, url, position } = self;
        push_object!(to, {"alt": alt, "source": source, "caption": caption, "url": url, "position": position})
    }
}

impl PushJson for Media {
    fn push_json(&self, to: &mut Vec<u8>) {
        let Self { caption, url, position } = self;
        push_object!(to, {"caption": caption, "url": url, "position": position})
    }
}

impl PushJson for DateTime<Utc> {
    fn push_json(&self, to: &mut Vec<u8>) {
        to.push(b'"');
        rfc3339::push_utc(to, *self);
        to.push(b'"');
    }
}

impl PushJson for DateTime<FixedOffset> {
    fn push_json(&self, to: &mut Vec<u8>) {
        to.push(b'"');
        rfc3339::push_local(to, *self);
        to.push(b'"');
    }
}

impl PushJson for str {
    fn push_json(&self, to: &mut Vec<u8>) {
        push_text(to, self);
    }
}

impl PushJson for String {
    fn push_json(&self, to: &mut Vec<u8>) {
        self.as_str().push_json(to);
    }
}

impl PushJson for bool {
    fn push_json(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(if *self { b"true" } else { b"false" });
    }
}

/// What is a number, a name or rare, by `serde_json`.
macro_rules! push_by_serde {
    ($($type:ty),*) => {
        $(impl PushJson for $type {
            fn push_json(&self, to: &mut Vec<u8>) {
                let written = serde_json::to_writer(to, self);
                written.expect("the model's types are JSON: text keys, no maps; and memory takes them");
            }
        })*
    };
}
push_by_serde!(u32, usize, Code, Layout, Tz, OtherBlock);

impl<T: PushJson> PushJson for Option<T> {
    fn push_json(&self, to: &mut Vec<u8>) {
        match self {
            Some(value) => value.push_json(to),
            None => {
                to.extend_from_slice(b"null");
            }
        }
    }
}

impl<T: PushJson> PushJson for [T] {
    fn push_json(&self, to: &mut Vec<u8>) {
        to.push(b'[');
        for (index, value) in self.iter().enumerate() {
            if index > 0 {
                to.push(b',');
            }
            value.push_json(to);
        }
        to.push(b']');
    }
}

impl<T: PushJson> PushJson for Vec<T> {
    fn push_json(&self, to: &mut Vec<u8>) {
        self.as_slice().push_json(to);
    }
}

impl<T: PushJson, const N: usize> PushJson for [T; N] {
    fn push_json(&self, to: &mut Vec<u8>) {
        self.as_slice().push_json(to);
    }
}

#[cfg(test)]
mod tests {
    use chrono::Offset;
    use proptest::collection::vec;
    use proptest::option::of;
    use proptest::prelude::*;
    use serde_json::Map;

    use super::*;
    use crate::output::sample;

    fn json(value: &impl PushJson) -> String {
        let mut to = Vec::new();
        value.push_json(&mut to);
        String::from_utf8(to).unwrap()
    }

    #[test]
    fn rows_are_written_as_serde_json_does() {
        for row in [sample::row(), sample::bare_row()] {
            assert_eq!(json(&row), serde_json::to_string(&row).unwrap());
        }
    }

    proptest! {
        #[test]
        fn any_row_is_written_as_serde_json_does_and_read_again(row in row()) {
            let json = json(&row);
            prop_assert_eq!(&json, &serde_json::to_string(&row).unwrap());
            prop_assert_eq!(serde_json::from_str::<Row>(&json).unwrap(), row);
        }

        #[test]
        fn any_live_blog_is_written_as_serde_json_does(
            texts in (text(), of(text()), vec(text(), 0..3)),
            times in (of(time()), of(time()), of(0..600usize)),
            lists in (vec(entry(), 0..3), vec(media(), 0..2), vec((code(), of(text())), 0..3)),
        ) {
            let (source, title, summary) = texts;
            let (start, captured, zone) = times;
            let (entries, media, doubts) = lists;
            let warning = |(code, entry): (Code, Option<String>)| {
                Warning { code, line: entry.as_ref().map(String::len), message: source.clone(), entry }
            };
            let live_blog = LiveBlog {
                standfirst: title.clone(),
                authors: summary.clone(),
                url: title.clone(),
                title,
                captured,
                layout: if start.is_some() { Layout::BbcLiveReporting } else { Layout::OwnJson },
                zone: zone.map(|zone| chrono_tz::TZ_VARIANTS[zone % chrono_tz::TZ_VARIANTS.len()]),
                coverage: Coverage { start, end: captured },
                summary,
                media,
                entries,
                warnings: doubts.into_iter().map(warning).collect(),
                source: source.clone(),
                ..LiveBlog::default()
            };
            prop_assert_eq!(json(&live_blog), serde_json::to_string(&live_blog).unwrap());
        }
    }

    fn row() -> impl Strategy<Value = Row> {
        (text(), of(text()), of(text()), any::<bool>(), entry())
            .prop_map(|(page, page_title, page_url, removed, entry)| Row { page, page_title, page_url, removed, entry })
    }

    fn entry() -> impl Strategy<Value = Entry> {
        let texts = (vec(of(text()), 7), text(), vec(text(), 0..3));
        let times = (of(time()), of(-14..=14i32), of(time()), any::<bool>());
        let lists = (vec(block(), 0..4), vec(image(), 0..3), vec(media(), 0..3), vec(code(), 0..3));
        (texts, times, lists, any::<u32>(), of([0..99usize, 0..99])).prop_map(|(texts, times, lists, number, lines)| {
            let (mut texts, id, co_authors) = texts;
            let (published, offset, modified, breaking) = times;
            let (body, images, media, doubts) = lists;
            let offset = offset.map_or(Utc.fix(), |hours| FixedOffset::east_opt(hours * 3600 + 900).unwrap());
            let mut text = || texts.pop().flatten();
            Entry {
                id,
                number: number as usize,
                published,
                published_local: published.map(|time| time.with_timezone(&offset)),
                stamp: text(),
                modified,
                label: text(),
                breaking,
                title: text(),
                subtitle: text(),
                author: text(),
                role: text(),
                co_authors,
                body,
                images,
                media,
                url: text(),
                lines,
                doubts,
            }
        })
    }

    fn block() -> impl Strategy<Value = Block> {
        prop_oneof![
            (text(), links()).prop_map(|(text, links)| Block::Paragraph { text, links }),
            (any::<bool>(), vec(text(), 0..3), links()).prop_map(|(ordered, items, links)| Block::List {
                ordered,
                items,
                links
            }),
            (text(), of(text())).prop_map(|(text, attribution)| Block::Quote { text, attribution }),
            (text(), of(text()), of(text())).prop_map(|(site, url, text)| Block::Embed { site, url, text }),
            (text(), of(text())).prop_map(|(text, url)| Block::Card { text, url }),
            (text(), text()).prop_map(|(key, value)| Block::Other(OtherBlock(Map::from_iter([(key, value.into())])))),
        ]
    }

    fn links() -> impl Strategy<Value = Vec<Link>> {
        vec((text(), text()).prop_map(|(text, url)| Link { text, url }), 0..2)
    }

    fn image() -> impl Strategy<Value = Image> {
        (of(text()), of(text()), of(text()), of(text()), 0..9usize)
            .prop_map(|(alt, source, caption, url, position)| Image { alt, source, caption, url, position })
    }

    fn media() -> impl Strategy<Value = Media> {
        (of(text()), of(text()), 0..9usize).prop_map(|(caption, url, position)| Media { caption, url, position })
    }

    fn code() -> impl Strategy<Value = Code> {
        prop_oneof![
            Just(Code::YearInferred),
            Just(Code::EncodingGuessed),
            Just(serde_json::from_str("\"\\\"\"").unwrap())
        ]
    }

    fn time() -> impl Strategy<Value = DateTime<Utc>> {
        (0..4_000_000_000i64).prop_map(|seconds| DateTime::from_timestamp(seconds, 0).unwrap())
    }

    fn text() -> impl Strategy<Value = String> {
        "[a-zA-Zé“”–\"\\\\\n\t\x00 ]{0,40}"
    }
}
