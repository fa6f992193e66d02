//! The columns of a row: the keys of its JSON in their order, and beside `body` the same as plain text.

use std::borrow::Cow;

use super::column::Column;
use crate::model::{Block, Code, Image, Link, Media, Row, rfc3339};

/// All columns.
pub(super) fn columns() -> Vec<Column<Row>> {
    vec![
        Column::text("page", |row: &Row| text(&row.page)),
        Column::text("page_title", |row: &Row| optional_text(&row.page_title)).optional(),
        Column::text("page_url", |row: &Row| optional_text(&row.page_url)).optional(),
        Column::flag("removed", |row: &Row| Some(row.removed)),
        Column::text("id", |row: &Row| text(&row.entry.id)),
        Column::number("number", |row: &Row| row.entry.number),
        Column::time("published", |row: &Row| row.entry.published).optional(),
        Column::text("published_local", |row: &Row| row.entry.published_local.map(|at| rfc3339::local(at).into()))
            .optional(),
        Column::text("stamp", |row: &Row| optional_text(&row.entry.stamp)).optional(),
        Column::time("modified", |row: &Row| row.entry.modified).optional(),
        Column::text("label", |row: &Row| optional_text(&row.entry.label)).optional(),
        Column::flag("breaking", |row: &Row| Some(row.entry.breaking)),
        Column::text("title", |row: &Row| optional_text(&row.entry.title)).optional(),
        Column::text("subtitle", |row: &Row| optional_text(&row.entry.subtitle)).optional(),
        Column::text("author", |row: &Row| optional_text(&row.entry.author)).optional(),
        Column::text("role", |row: &Row| optional_text(&row.entry.role)).optional(),
        Column::list("co_authors", |row: &Row| Some(&row.entry.co_authors), element()),
        Column::structs("body", |row: &Row| Some(&row.entry.body), block()),
        Column::text("text", |row: &Row| Some(row.entry.text().into())),
        Column::structs("images", |row: &Row| Some(&row.entry.images), image()),
        Column::structs("media", |row: &Row| Some(&row.entry.media), media()),
        Column::text("url", |row: &Row| optional_text(&row.entry.url)).optional(),
        Column::list(
            "lines",
            |row: &Row| row.entry.lines.as_ref().map(<[usize; 2]>::as_slice),
            Column::number("element", |line: &usize| *line),
        )
        .optional(),
        Column::list(
            "doubts",
            |row: &Row| Some(&row.entry.doubts),
            Column::text("element", |code: &Code| Some(code.to_string().into())),
        ),
    ]
}

/// The fields of all blocks; each has those of its type.
fn block() -> Vec<Column<Block>> {
    vec![
        Column::text("type", |block: &Block| {
            Some(match block {
                Block::Paragraph { .. } => "paragraph".into(),
                Block::List { .. } => "list".into(),
                Block::Quote { .. } => "quote".into(),
                Block::Embed { .. } => "embed".into(),
                Block::Card { .. } => "card".into(),
                Block::Other(block) => block.name().into(),
            })
        }),
        Column::text("text", |block: &Block| match block {
            Block::Paragraph { text: words, .. }
            | Block::Quote { text: words, .. }
            | Block::Card { text: words, .. } => text(words),
            Block::Embed { text, .. } => optional_text(text),
            // The columns are those of the types that are known.
            Block::Other(block) => Some(block.text().into()),
            Block::List { .. } => None,
        })
        .optional(),
        Column::flag("ordered", |block: &Block| match block {
            Block::List { ordered, .. } => Some(*ordered),
            _ => None,
        })
        .optional(),
        Column::list(
            "items",
            |block: &Block| match block {
                Block::List { items, .. } => Some(items),
                _ => None,
            },
            element(),
        )
        .optional(),
        Column::structs(
            "links",
            |block: &Block| match block {
                Block::Paragraph { links, .. } | Block::List { links, .. } if !links.is_empty() => Some(links),
                _ => None,
            },
            link(),
        )
        .optional(),
        Column::text("attribution", |block: &Block| match block {
            Block::Quote { attribution, .. } => optional_text(attribution),
            _ => None,
        })
        .optional(),
        Column::text("site", |block: &Block| match block {
            Block::Embed { site, .. } => text(site),
            _ => None,
        })
        .optional(),
        Column::text("url", |block: &Block| match block {
            Block::Embed { url, .. } | Block::Card { url, .. } => optional_text(url),
            _ => None,
        })
        .optional(),
    ]
}

fn link() -> Vec<Column<Link>> {
    vec![Column::text("text", |link: &Link| text(&link.text)), Column::text("url", |link: &Link| text(&link.url))]
}

fn image() -> Vec<Column<Image>> {
    vec![
        Column::text("alt", |image: &Image| optional_text(&image.alt)).optional(),
        Column::text("source", |image: &Image| optional_text(&image.source)).optional(),
        Column::text("caption", |image: &Image| optional_text(&image.caption)).optional(),
        Column::text("url", |image: &Image| optional_text(&image.url)).optional(),
        Column::number("position", |image: &Image| image.position),
    ]
}

fn media() -> Vec<Column<Media>> {
    vec![
        Column::text("caption", |media: &Media| optional_text(&media.caption)).optional(),
        Column::text("url", |media: &Media| optional_text(&media.url)).optional(),
        Column::number("position", |media: &Media| media.position),
    ]
}

/// The items of a list of texts.
fn element() -> Column<String> {
    Column::text("element", |item: &String| text(item))
}

fn text(text: &str) -> Option<Cow<'_, str>> {
    Some(text.into())
}

fn optional_text(text: &Option<String>) -> Option<Cow<'_, str>> {
    text.as_deref().map(Cow::from)
}
