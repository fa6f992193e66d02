//! A BBC page of today as text: titles that end in a stamp.

use std::fmt::Write;

use super::{Entry, Page, Part};

/// What marks the entries and lines of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// Numbers, indents and blank lines, as a dump of the page gives them.
    Numbers,
    /// The same with bullets for numbers.
    Bullets,
    /// Neither marks nor indents.
    None,
    /// Nor blank lines.
    Flat,
}

impl Marks {
    /// Whether the text shows what is a list and what is not.
    pub fn has_lists(self) -> bool {
        !matches!(self, Marks::None | Marks::Flat)
    }
}

pub fn write(page: &Page, marks: Marks) -> String {
    let mut text = String::from("Summary\n\n");
    for point in &page.summary {
        let _ = write!(text, "  • {point}\n\n");
    }
    for (index, entry) in page.entries.iter().enumerate() {
        let mark = if marks == Marks::Bullets { "•".to_owned() } else { format!("{}.", index + 1) };
        write_entry(entry, &mark, &mut text);
    }
    let bare = |line: &str| {
        line.trim_start_matches(|c: char| c == ' ' || c == '•' || c == '.' || c.is_ascii_digit()).to_owned()
    };
    let lines = || text.lines().map(bare);
    match marks {
        Marks::Numbers | Marks::Bullets => text,
        Marks::None => lines().collect::<Vec<_>>().join("\n"),
        Marks::Flat => lines().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"),
    }
}

fn write_entry(entry: &Entry, mark: &str, text: &mut String) {
    let label = entry.label.as_ref().map_or(String::new(), |label| format!("{label}\n\n    "));
    let _ = writeln!(text, "  {mark} {label}{}published at {}", entry.title, entry.stamp());
    let _ = if entry.breaking { writeln!(text, "    Breaking\n") } else { writeln!(text) };
    if let Some((name, role)) = &entry.byline {
        let _ = writeln!(text, "    {name}\n    {role}\n");
    }
    for part in &entry.parts {
        let _ = match part {
            Part::Paragraph(words) => writeln!(text, "    {words}\n"),
            Part::List(items) => {
                items.iter().try_for_each(|item| writeln!(text, "    • {item}")).and_then(|()| writeln!(text))
            }
            Part::Image { alt, source, caption: None } => writeln!(text, "    {alt}Image source, {source}\n"),
            Part::Image { alt, source, caption: Some(caption) } => {
                writeln!(text, "    {alt}Image source, {source}\n    Image caption,\n\n    {caption}\n")
            }
            Part::Media(caption) => writeln!(text, "    Media caption,\n\n    {caption}\n"),
        };
    }
}
