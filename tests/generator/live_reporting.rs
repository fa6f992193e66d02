//! A BBC page of 2014 to mid-2024 as text: entries under `Live Reporting`, without times.

use std::fmt::Write;

use super::{Page, Part};

const HEAD: &str = "Got a TV Licence?\n\n\
    You need one to watch live TV on any channel or device, and BBC programmes on iPlayer. It’s the law.\n\n\
    Find out more\nI don’t have a TV Licence.\n\n";

pub fn write(page: &Page) -> String {
    let mut text = format!("{HEAD}Summary\n\n");
    for (index, point) in page.summary.iter().enumerate() {
        let _ = writeln!(text, "  {}. {point}", index + 1);
    }
    text.push_str("\nLive Reporting\n\nAll times stated are UK\n\n");
    for (index, entry) in page.entries.iter().enumerate() {
        let breaking = if entry.breaking { "Breaking" } else { "" };
        let label = entry.label.as_ref().map_or(String::new(), |label| format!("{label}\n\n    "));
        let _ = writeln!(text, "  {}. {label}{breaking}{}\n", index + 1, entry.title);
        if let Some((name, role)) = &entry.byline {
            let _ = writeln!(text, "    {name}\n\n    {role}\n");
        }
        for part in &entry.parts {
            let _ = match part {
                Part::Paragraph(words) => writeln!(text, "    {words}\n"),
                Part::List(items) => {
                    items.iter().try_for_each(|item| writeln!(text, "    • {item}")).and_then(|()| writeln!(text))
                }
                Part::Image { alt, source, caption } => {
                    let caption =
                        caption.as_ref().map_or(String::new(), |caption| format!("    Image caption: {caption}\n"));
                    writeln!(text, "    {alt}\n{caption}    Copyright: {source}\n")
                }
                Part::Media(caption) => writeln!(text, "    Video content\n\n    Video caption: {caption}\n"),
            };
        }
    }
    text
}
