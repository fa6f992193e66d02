//! Invented rows, for the tests of the formats.

use super::{Format, Header, Output, PrintOptions};
use crate::model::{Block, Code, Coverage, Entry, Image, Media, PageHead, Row};

/// A row with a value in nearly every field.
pub(super) fn row() -> Row {
    let entry = Entry {
        id: "0123456789ab".into(),
        number: 1,
        published: Some("2023-06-19T13:27:00Z".parse().unwrap()),
        published_local: Some("2023-06-19T14:27:00+01:00".parse().unwrap()),
        stamp: Some("14:27 British Summer Time 19 June 2023".into()),
        label: Some("Analysis".into()),
        breaking: true,
        title: Some("Gates, “closed”".into()),
        author: Some("Ada Example".into()),
        role: Some("Transport correspondent".into()),
        co_authors: vec!["Bob Example".into()],
        body: vec![
            Block::Paragraph { text: "The \"old\" gates".into(), links: vec![] },
            Block::List { ordered: false, items: vec!["North".into(), "South".into()], links: vec![] },
        ],
        images: vec![Image {
            alt: Some("A gate".into()),
            source: Some("Reuters".into()),
            position: 1,
            ..Image::default()
        }],
        media: vec![Media { caption: Some("The gates close".into()), ..Media::default() }],
        lines: Some([3, 9]),
        doubts: vec![Code::ImageOrText],
        ..Entry::default()
    };
    Row { page: "flood.txt".into(), page_title: Some("Flood".into()), page_url: None, removed: false, entry }
}

/// A row with hardly any value.
pub(super) fn bare_row() -> Row {
    let entry = Entry { id: "ba9876543210".into(), number: 2, ..Entry::default() };
    Row { page: "flood.txt".into(), page_title: None, page_url: None, removed: false, entry }
}

/// A row of a page, with a time in UTC, its local offset in hours, and a title.
pub(crate) fn row_at(page: &str, published: &str, offset: i32, title: &str) -> Row {
    let published = published.parse::<chrono::DateTime<chrono::Utc>>().ok();
    let offset = chrono::FixedOffset::east_opt(offset * 3600).unwrap();
    let entry = Entry {
        published,
        published_local: published.map(|time| time.with_timezone(&offset)),
        title: Some(title.into()),
        ..Entry::default()
    };
    Row { page: page.into(), entry, ..bare_row() }
}

/// Only these fields.
pub(super) fn fields(names: &[&str]) -> PrintOptions {
    PrintOptions { fields: Some(names.iter().map(|name| name.parse().unwrap()).collect()), ..PrintOptions::default() }
}

/// What a format prints of rows.
pub(super) fn print(format: Format, options: PrintOptions, rows: &[Row]) -> String {
    print_under(&Header::default(), format, options, rows)
}

/// The head of the live blog that [`row`] is of.
pub(super) fn head() -> PageHead {
    let time = row().entry.published;
    PageHead {
        page: "flood.txt".into(),
        title: Some("Flood".into()),
        zone: Some(chrono_tz::Europe::London),
        coverage: Coverage { start: time, end: time },
        ..PageHead::default()
    }
}

/// What a format prints of rows under a head.
pub(super) fn print_under(head: &Header, format: Format, options: PrintOptions, rows: &[Row]) -> String {
    print_with(head, format, options, |output| rows.iter().for_each(|row| output.row(row).unwrap()))
}

/// What a format prints of live blogs.
pub(super) fn print_pages(
    head: &Header,
    format: Format,
    options: PrintOptions,
    pages: &[(PageHead, Vec<Row>)],
) -> String {
    print_with(head, format, options, |output| {
        for (page, rows) in pages {
            output.page(page).unwrap();
            rows.iter().for_each(|row| output.row(row).unwrap());
        }
    })
}

fn print_with(head: &Header, format: Format, options: PrintOptions, rows: impl FnOnce(&mut dyn Output)) -> String {
    let mut printed = vec![];
    let mut output = format.output(&mut printed, options);
    output.begin(head).unwrap();
    rows(output.as_mut());
    output.end().unwrap();
    drop(output);
    String::from_utf8(printed).unwrap()
}
