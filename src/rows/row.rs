//! The columns of rows, read back as what was written.

use arrow_array::cast::AsArray;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::SchemaRef;
use chrono::{DateTime, FixedOffset};
use chrono_tz::Tz;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde_json::{Map, Value};

use super::column::{Columns, Flags, Lists, Numbers, OtherType, Strings, Times, column};
use super::error::Problem;
use crate::model::{Block, Code, Entry, Image, Link, Media, OtherBlock, Row};
use crate::time::years;

/// The columns that hardly any other table has.
const OWN_COLUMNS: [&str; 6] = ["page", "id", "published_local", "stamp", "co_authors", "doubts"];

/// The zone of a row's live blog; tables of other programs lack it.
pub(super) const ZONE: &str = "page_zone";

/// Whether a table is one of rows, whole or not.
pub(super) fn is_ours(schema: &SchemaRef) -> bool {
    OWN_COLUMNS.iter().all(|name| schema.column_with_name(name).is_some())
}

/// The columns of rows.
pub(super) struct RowColumns<'b> {
    page: Strings<'b>,
    page_title: Strings<'b>,
    page_url: Strings<'b>,
    removed: Flags<'b>,
    id: Strings<'b>,
    number: Numbers<'b>,
    published: Times<'b>,
    published_local: Strings<'b>,
    stamp: Strings<'b>,
    modified: Times<'b>,
    label: Strings<'b>,
    breaking: Flags<'b>,
    title: Strings<'b>,
    subtitle: Strings<'b>,
    author: Strings<'b>,
    role: Strings<'b>,
    co_authors: Lists<'b, Strings<'b>>,
    body: Lists<'b, Blocks<'b>>,
    images: Lists<'b, Images<'b>>,
    media: Lists<'b, MediaColumns<'b>>,
    url: Strings<'b>,
    lines: Lists<'b, Numbers<'b>>,
    doubts: Lists<'b, Strings<'b>>,
    zone: Option<Strings<'b>>,
}

impl<'b> RowColumns<'b> {
    pub(super) fn new(batch: &'b RecordBatch) -> Result<Self, Problem> {
        Ok(Self {
            page: column(batch, "page")?,
            page_title: column(batch, "page_title")?,
            page_url: column(batch, "page_url")?,
            removed: column(batch, "removed")?,
            id: column(batch, "id")?,
            number: column(batch, "number")?,
            published: column(batch, "published")?,
            published_local: column(batch, "published_local")?,
            stamp: column(batch, "stamp")?,
            modified: column(batch, "modified")?,
            label: column(batch, "label")?,
            breaking: column(batch, "breaking")?,
            title: column(batch, "title")?,
            subtitle: column(batch, "subtitle")?,
            author: column(batch, "author")?,
            role: column(batch, "role")?,
            co_authors: column(batch, "co_authors")?,
            body: column(batch, "body")?,
            images: column(batch, "images")?,
            media: column(batch, "media")?,
            url: column(batch, "url")?,
            lines: column(batch, "lines")?,
            doubts: column(batch, "doubts")?,
            zone: Columns::column(batch, ZONE).map(|_| column(batch, ZONE)).transpose()?,
        })
    }

    /// A row, and the zone of its live blog.
    pub(super) fn row(&self, at: usize) -> Result<(Row, Option<Tz>), Problem> {
        let published_local = self.published_local.get(at).map(local_time).transpose()?;
        let (published, modified) = (self.published.get(at), self.modified.get(at));
        let mut doubts = self.doubts.get(at, |codes, at| code(codes.get(at).unwrap_or_default()))?;
        let is_outside = [(&self.published, published), (&self.modified, modified)]
            .into_iter()
            .any(|(column, time)| column.is_there(at) && time.is_none());
        if (is_outside || published_local == Some(None)) && !doubts.contains(&Code::TimeUnread) {
            doubts.push(Code::TimeUnread);
        }
        let entry = Entry {
            id: self.id.text(at),
            number: self.number.get(at)?,
            published,
            published_local: published_local.flatten(),
            stamp: self.stamp.owned(at),
            modified,
            label: self.label.owned(at),
            breaking: self.breaking.get(at),
            title: self.title.owned(at),
            subtitle: self.subtitle.owned(at),
            author: self.author.owned(at),
            role: self.role.owned(at),
            co_authors: self.co_authors.strings(at),
            body: self.body.get(at, Blocks::block)?,
            images: self.images.get(at, Images::image)?,
            media: self.media.get(at, MediaColumns::media)?,
            url: self.url.owned(at),
            lines: self.lines.get(at, Numbers::get)?.try_into().ok(),
            doubts,
        };
        let row = Row {
            page: self.page.text(at),
            page_title: self.page_title.owned(at),
            page_url: self.page_url.owned(at),
            removed: self.removed.get(at),
            entry,
        };
        let zone = self.zone.as_ref().and_then(|zones| zones.get(at)).map(zone).transpose()?;
        Ok((row, zone))
    }
}

/// `None` if it lies outside the years 0001 to 9999.
fn local_time(words: &str) -> Result<Option<DateTime<FixedOffset>>, Problem> {
    years::read(words).map_err(|_| Problem::Form(format!("published_local is no time: {words:?}")))
}

fn zone(name: &str) -> Result<Tz, Problem> {
    name.parse().map_err(|_| Problem::Form(format!("{ZONE} is no time zone: {name:?}")))
}

/// A code, which a later version may have added.
fn code(name: &str) -> Result<Code, Problem> {
    let name: serde::de::value::StrDeserializer<'_, serde::de::value::Error> = name.into_deserializer();
    Code::deserialize(name).map_err(|error| Problem::Form(format!("doubts: {error}")))
}

/// The fields of structs.
macro_rules! structs {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty = $key:literal,)+ }) => {
        $(#[$doc])*
        struct $name<'b> { $($field: $type,)+ }

        impl<'b> TryFrom<&'b ArrayRef> for $name<'b> {
            type Error = OtherType;

            fn try_from(array: &'b ArrayRef) -> Result<Self, OtherType> {
                let fields = array.as_struct_opt().ok_or(OtherType)?;
                Ok(Self { $($field: column(fields, $key).map_err(|_| OtherType)?,)+ })
            }
        }
    };
}

structs! {
    /// The fields of all blocks; each has those of its type.
    Blocks {
        kind: Strings<'b> = "type",
        text: Strings<'b> = "text",
        ordered: Flags<'b> = "ordered",
        items: Lists<'b, Strings<'b>> = "items",
        links: Lists<'b, Links<'b>> = "links",
        attribution: Strings<'b> = "attribution",
        site: Strings<'b> = "site",
        url: Strings<'b> = "url",
    }
}

impl Blocks<'_> {
    fn block(&self, at: usize) -> Result<Block, Problem> {
        let text = || self.text.text(at);
        let links = || self.links.get(at, |links, at| Ok(links.link(at)));
        Ok(match self.kind.get(at).unwrap_or_default() {
            "paragraph" => Block::Paragraph { text: text(), links: links()? },
            "list" => Block::List { ordered: self.ordered.get(at), items: self.items.strings(at), links: links()? },
            "quote" => Block::Quote { text: text(), attribution: self.attribution.owned(at) },
            "embed" => Block::Embed { site: self.site.text(at), url: self.url.owned(at), text: self.text.owned(at) },
            "card" => Block::Card { text: text(), url: self.url.owned(at) },
            // A later version added it, and its words are all that is written of it.
            other => {
                let keys = [("type", other.to_owned()), ("text", text())];
                let keys = keys.into_iter().map(|(key, value)| (key.to_owned(), Value::String(value)));
                Block::Other(OtherBlock(keys.collect::<Map<_, _>>()))
            }
        })
    }
}

structs! {
    Links {
        text: Strings<'b> = "text",
        url: Strings<'b> = "url",
    }
}

impl Links<'_> {
    fn link(&self, at: usize) -> Link {
        Link { text: self.text.text(at), url: self.url.text(at) }
    }
}

structs! {
    Images {
        alt: Strings<'b> = "alt",
        source: Strings<'b> = "source",
        caption: Strings<'b> = "caption",
        url: Strings<'b> = "url",
        position: Numbers<'b> = "position",
    }
}

impl Images<'_> {
    fn image(&self, at: usize) -> Result<Image, Problem> {
        Ok(Image {
            alt: self.alt.owned(at),
            source: self.source.owned(at),
            caption: self.caption.owned(at),
            url: self.url.owned(at),
            position: self.position.get(at)?,
        })
    }
}

structs! {
    MediaColumns {
        caption: Strings<'b> = "caption",
        url: Strings<'b> = "url",
        position: Numbers<'b> = "position",
    }
}

impl MediaColumns<'_> {
    fn media(&self, at: usize) -> Result<Media, Problem> {
        Ok(Media { caption: self.caption.owned(at), url: self.url.owned(at), position: self.position.get(at)? })
    }
}
