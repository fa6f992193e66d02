//! A page as the rows that the program prints of it.

use serde_json::json;

use super::{Page, Part};

pub fn write(page: &Page) -> String {
    let row = |(index, entry): (usize, &super::Entry)| {
        let (mut body, mut images, mut media) = (vec![], vec![], vec![]);
        for part in &entry.parts {
            match part {
                Part::Paragraph(text) => body.push(json!({"type": "paragraph", "text": text})),
                Part::List(items) => body.push(json!({"type": "list", "items": items})),
                Part::Image { alt, source, caption } => images.push(
                    json!({"alt": alt, "source": source, "caption": caption, "url": null, "position": body.len()}),
                ),
                Part::Media(caption) => media.push(json!({"caption": caption, "position": body.len()})),
            }
        }
        let (author, role) = entry.byline.clone().unzip();
        let row = json!({
            "page": "harbour",
            "id": format!("post-{}", page.entries.len() - index),
            "number": index + 1,
            "published": entry.published,
            "published_local": entry.local_time(),
            "stamp": entry.stamp(),
            "label": entry.label,
            "breaking": entry.breaking,
            "title": entry.title,
            "author": author,
            "role": role,
            "body": body,
            "images": images,
            "media": media,
        });
        format!("{row}\n")
    };
    page.entries.iter().enumerate().map(row).collect()
}
