//! Invented pages for the tests: a random model of a page, and its text in any dress.

mod html;

use std::fmt::Write;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Europe::London;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// What a page says.
#[derive(Debug, Clone)]
pub struct Page {
    pub summary: Vec<String>,
    pub entries: Vec<Entry>,
}

/// What an entry says.
#[derive(Debug, Clone)]
pub struct Entry {
    pub label: Option<String>,
    pub title: String,
    pub published: DateTime<Utc>,
    pub breaking: bool,
    pub byline: Option<(String, String)>,
    pub parts: Vec<Part>,
}

/// A part of an entry's body, or an image in it.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    Paragraph(String),
    List(Vec<String>),
    Image { alt: String, source: String, caption: Option<String> },
    Media(String),
}

/// How a page is written down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Dress {
    /// Numbers, indents and blank lines, as a dump of the page gives them.
    Numbered,
    /// The same with bullets for numbers.
    Bullets,
    /// The same with line ends of Windows, tabs, no-break spaces and a byte order mark.
    Windows,
    /// Neither marks nor indents.
    Unmarked,
    /// Nor blank lines.
    Flat,
    /// HTML.
    Html,
    /// HTML with schema.org data in it.
    JsonLd,
}

impl Dress {
    pub const TEXT: [Dress; 5] = [Dress::Numbered, Dress::Bullets, Dress::Windows, Dress::Unmarked, Dress::Flat];

    pub const ALL: [Dress; 7] =
        [Dress::Numbered, Dress::Bullets, Dress::Windows, Dress::Unmarked, Dress::Flat, Dress::Html, Dress::JsonLd];

    /// Whether it holds what is a list and what is not.
    pub fn holds_lists(self) -> bool {
        !matches!(self, Dress::Unmarked | Dress::Flat)
    }
}

impl Page {
    /// The page's text.
    pub fn text(&self, dress: Dress) -> String {
        let mut text = String::from("Summary\n\n");
        for point in &self.summary {
            let _ = write!(text, "  • {point}\n\n");
        }
        for (index, entry) in self.entries.iter().enumerate() {
            entry.write(&mut text, index + 1);
        }
        match dress {
            Dress::Html => self.html(false),
            Dress::JsonLd => self.html(true),
            _ => dressed(&text, dress),
        }
    }
}

impl Entry {
    /// `14:27 British Summer Time 19 June 2023`
    fn stamp(&self) -> String {
        let local = self.published.with_timezone(&London);
        let zone = if local.format("%Z").to_string() == "BST" { "British Summer Time" } else { "Greenwich Mean Time" };
        format!("{} {zone} {}", local.format("%H:%M"), local.format("%-d %B %Y"))
    }

    fn write(&self, text: &mut String, number: usize) {
        let label = self.label.as_ref().map_or(String::new(), |label| format!("{label}\n\n    "));
        let _ = writeln!(text, "  {number}. {label}{}published at {}", self.title, self.stamp());
        let _ = if self.breaking { writeln!(text, "    Breaking\n") } else { writeln!(text) };
        if let Some((name, role)) = &self.byline {
            let _ = writeln!(text, "    {name}\n    {role}\n");
        }
        for part in &self.parts {
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
}

fn dressed(text: &str, dress: Dress) -> String {
    let bare = |line: &str| {
        line.trim_start_matches(|c: char| c == ' ' || c == '•' || c == '.' || c.is_ascii_digit()).to_owned()
    };
    let lines = text.lines();
    let lines: Vec<String> = match dress {
        Dress::Numbered => lines.map(str::to_owned).collect(),
        Dress::Bullets => {
            lines.map(|line| if is_numbered(line) { format!("  • {}", bare(line)) } else { line.to_owned() }).collect()
        }
        Dress::Windows => {
            let line = |line: &str| {
                line.replacen("    ", "\t\u{a0}\t", 1)
                    .replace("Summer Time", "Summer\u{a0}Time")
                    .replace("the ", "the\u{200b} ")
            };
            return format!("\u{feff}{}", lines.map(|text| line(text) + "\r\n").collect::<String>());
        }
        Dress::Unmarked => lines.map(bare).collect(),
        Dress::Flat => lines.map(bare).filter(|line| !line.is_empty()).collect(),
        Dress::Html | Dress::JsonLd => unreachable!("these are no text"),
    };
    lines.join("\n")
}

fn is_numbered(line: &str) -> bool {
    line.trim_start()
        .split_once(". ")
        .is_some_and(|(number, _)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// A page of up to twenty entries, newest first.
pub fn page() -> impl Strategy<Value = Page> {
    let newest = 1_500_000_000i64..1_800_000_000;
    (vec(sentence(), 0..6), vec((entry(), 1i64..40), 1..20), newest).prop_map(|(summary, entries, newest)| {
        let mut published = DateTime::from_timestamp(newest / 60 * 60, 0).unwrap();
        let entries = entries.into_iter().map(|(entry, gap)| {
            published -= TimeDelta::minutes(gap);
            Entry { published, ..entry }
        });
        Page { summary, entries: entries.collect() }
    })
}

fn entry() -> impl Strategy<Value = Entry> {
    let label = option::weighted(
        0.2,
        prop::sample::select(vec!["Analysis", "At the scene", "Explainer"]).prop_map(str::to_owned),
    );
    let byline = option::weighted(0.4, (name(), role()));
    (label, phrase(), any::<bool>(), byline, vec(part(), 0..6)).prop_map(|(label, title, breaking, byline, parts)| {
        Entry { label, title, published: DateTime::UNIX_EPOCH, breaking, byline, parts: without_adjacent_lists(parts) }
    })
}

/// Two lists in a row read as one.
fn without_adjacent_lists(mut parts: Vec<Part>) -> Vec<Part> {
    parts.dedup_by(|one, other| matches!((one, other), (Part::List(_), Part::List(_))));
    parts
}

fn part() -> impl Strategy<Value = Part> {
    prop_oneof![
        5 => sentence().prop_map(Part::Paragraph),
        1 => vec(sentence(), 1..5).prop_map(Part::List),
        1 => (phrase(), source(), option::of(phrase())).prop_map(|(alt, source, caption)| Part::Image { alt, source, caption }),
        1 => phrase().prop_map(Part::Media),
    ]
}

fn word() -> impl Strategy<Value = String> {
    "[bdfglmnprst][aeiouäøé][bdfglmnprst]{0,2}[aeiou]?"
}

/// Words without an end, led by a capital.
fn phrase() -> impl Strategy<Value = String> {
    vec(word(), 3..9).prop_map(|words| capitalised(&words.join(" ")))
}

fn sentence() -> impl Strategy<Value = String> {
    (vec(word(), 4..25), prop::sample::select(vec![".", "!", "?", ".\""]))
        .prop_map(|(words, end)| capitalised(&words.join(" ")) + end)
}

fn name() -> impl Strategy<Value = String> {
    (word(), word()).prop_map(|(first, last)| format!("{} {}", capitalised(&first), capitalised(&last)))
}

fn role() -> impl Strategy<Value = String> {
    (word(), prop::sample::select(vec!["correspondent", "editor", "reporter"]))
        .prop_map(|(what, role)| format!("{} {role}", capitalised(&what)))
}

fn source() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["Reuters", "Getty Images", "AFP via Getty Images", "PA Media"]).prop_map(str::to_owned)
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
