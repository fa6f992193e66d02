//! Traits of a whole page, found before its lines are read one by one.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use super::recognise::image::split_source;
use super::recognise::name::{is_name, is_role, is_sure_role};
use super::recognise::shape::{ends_sentence, is_phrase};
use crate::layout::text::line::Line;
use crate::locale::Language;

/// What is true of a whole page.
#[derive(Debug)]
pub struct PageTraits<'a> {
    /// Its language.
    pub language: &'static Language,
    /// Whether blank lines mean nothing, because paragraphs follow each other without one.
    pub is_flat: bool,
    /// Whether any line has kept a list mark.
    pub has_list_marks: bool,
    /// The names above a role somewhere on the page.
    pub bylines: HashSet<&'a str>,
    /// Those of them whose role is one for sure.
    pub signed: HashSet<&'a str>,
    /// The short lines alone at the tops of entries, and how many entries have each.
    pub under_titles: HashMap<&'a str, usize>,
    /// The alternative texts that have a credit somewhere on the page; few pages need them.
    pub pictured: OnceCell<HashSet<&'a str>>,
    /// The index of the last line that is not blank.
    pub last_line: usize,
    /// Whether the reading is to be explained.
    pub explains: bool,
    /// The short lines, found when first asked for.
    pub recurring: OnceCell<Recurring<'a>>,
}

/// How often each short line of a page stands there.
#[derive(Debug)]
pub struct Recurring<'a>(HashMap<&'a str, usize>);

impl<'a> Recurring<'a> {
    /// Counts the lines of at most 12 words that end no sentence. Equal lines next to each other count once: they are an
    /// image's alternative text and its caption.
    pub fn find(lines: &[Line<'a>]) -> Recurring<'a> {
        let mut counts = HashMap::new();
        let mut above = "";
        for line in lines.iter().filter(|line| !line.is_blank()) {
            if line.mark.is_none() && line.text != above && is_phrase(line.text, 12) {
                *counts.entry(line.text).or_insert(0) += 1;
            }
            above = line.text;
        }
        Recurring(counts)
    }

    /// How often the line stands there.
    pub fn count(&self, text: &str) -> usize {
        self.0.get(text).copied().unwrap_or_default()
    }
}

impl<'a> PageTraits<'a> {
    /// The traits of a page whose entries begin at the lines with the indexes `starts`.
    pub fn new(lines: &[Line<'a>], starts: &[usize], language: &'static Language, explains: bool) -> PageTraits<'a> {
        let first = starts[0];
        let (bylines, signed) = bylines(&lines[first..], language);
        PageTraits {
            language,
            explains,
            is_flat: is_flat(&lines[first..]),
            has_list_marks: lines.iter().any(|line| line.mark.is_some()),
            bylines,
            signed,
            under_titles: under_titles(lines, starts),
            pictured: OnceCell::new(),
            last_line: lines.iter().rposition(|line| !line.is_blank()).unwrap_or_default(),
            recurring: OnceCell::new(),
        }
    }
}

/// Whether two paragraphs in a row are adjacent more often than they have a blank line between them.
fn is_flat(lines: &[Line]) -> bool {
    let (mut adjacent, mut apart) = (0, 0);
    let mut above: Option<&Line> = None;
    for line in lines.iter().filter(|line| !line.is_blank()) {
        let paragraph = Some(line).filter(|line| is_paragraph(line));
        if let (Some(above), Some(line)) = (above, paragraph) {
            if line.number == above.number + 1 { adjacent += 1 } else { apart += 1 }
        }
        above = paragraph;
    }
    if adjacent + apart > 0 { adjacent > apart } else { !lines.iter().any(Line::is_blank) }
}

fn is_paragraph(line: &Line) -> bool {
    line.mark.is_none() && ends_sentence(line.text)
}

/// The short lines alone below the first line of an entry, or below its second, and how many entries have each.
fn under_titles<'a>(lines: &[Line<'a>], starts: &[usize]) -> HashMap<&'a str, usize> {
    let mut counts = HashMap::new();
    for (place, &start) in starts.iter().enumerate() {
        let end = starts.get(place + 1).copied().unwrap_or(lines.len());
        let written = (start..end).filter(|&index| !lines[index].is_blank());
        let mut tops: Vec<&str> = Vec::new();
        for line in written.skip(1).take(2).map(|index| &lines[index]) {
            if line.mark.is_none() && is_phrase(line.text, 12) && !tops.contains(&line.text) {
                tops.push(line.text);
            }
        }
        tops.into_iter().for_each(|top| *counts.entry(top).or_insert(0) += 1);
    }
    counts
}

/// The words before `Image source,` on their line.
pub fn pictured<'a>(lines: &[Line<'a>], language: &Language) -> HashSet<&'a str> {
    let texts = lines.iter().filter_map(|line| Some(split_source(line.text, language)?.0));
    texts.filter(|alt| !alt.is_empty()).collect()
}

/// The names directly above a role, and those of them whose role is one for sure.
fn bylines<'a>(lines: &[Line<'a>], language: &Language) -> (HashSet<&'a str>, HashSet<&'a str>) {
    let is_pair =
        |pair: &&[Line]| pair.iter().all(|line| line.mark.is_none() && !line.is_blank()) && is_name(pair[0].text);
    let (mut bylines, mut signed) = (HashSet::new(), HashSet::new());
    for pair in lines.windows(2).filter(is_pair) {
        let is_sure = is_sure_role(pair[1].text, language);
        if is_sure {
            signed.insert(pair[0].text);
        }
        if is_sure || is_role(pair[1].text, language) {
            bylines.insert(pair[0].text);
        }
    }
    (bylines, signed)
}
