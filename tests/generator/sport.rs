//! A page of BBC Sport of 2012 to 2014 as text: entries begin with a clock, and the head has the date.

use std::fmt::Write;

use chrono_tz::Europe::London;

use super::{Page, Part};

pub fn write(page: &Page) -> String {
    let newest = page.entries.first().map(|entry| entry.published.with_timezone(&London));
    let mut text = String::from("Quay Rovers v Lock United\n\nA match of which much was said.\n\n");
    if let Some(newest) = newest {
        let _ = writeln!(text, "{} Last updated at {}\n", newest.format("%-d %B %Y"), newest.format("%H:%M"));
    }
    text.push_str("As it happened\n\n");
    for (index, entry) in page.entries.iter().enumerate() {
        let _ = writeln!(text, "  {}. {}: \n    {}\n", index + 1, entry.clock(), entry.title);
        for part in &entry.parts {
            let _ = match part {
                Part::Paragraph(words) => writeln!(text, "    {words}\n"),
                Part::List(items) => {
                    items.iter().try_for_each(|item| writeln!(text, "    • {item}")).and_then(|()| writeln!(text))
                }
                Part::Image { alt, source, .. } => writeln!(text, "    {alt}Image source, {source}\n"),
                // Such pages have none.
                Part::Media(_) => Ok(()),
            };
        }
    }
    text
}
