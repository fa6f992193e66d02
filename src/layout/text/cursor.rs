//! A position in the lines of an entry. Recognisers look ahead from it, and assign a use to each line that they take.

use super::page_traits::{PageTraits, Recurring};
use super::uses::Use;
use crate::layout::text::line::Line;
use crate::locale::Language;
use crate::model::Code;

/// A doubt about a line, before it is known which entry the line belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    /// The index of the line.
    pub line: usize,
    /// What kind of doubt it is.
    pub code: Code,
    /// What was inferred, and from what.
    pub message: String,
}

/// The lines of one entry, and the position of the first one that has no use yet, the *next* line.
#[derive(Debug)]
pub struct Cursor<'p, 'a> {
    /// What is true of the whole page.
    pub page: &'p PageTraits<'a>,
    /// Whether only title, subtitle and byline have been read so far.
    pub at_top: bool,
    /// Whether a byline has been read.
    pub has_byline: bool,
    /// Whether `Read More` is glued to the next entry's title, so that the last lines are a teaser.
    pub ends_with_card: bool,
    lines: &'p [Line<'a>],
    end: usize,
    uses: &'p mut Vec<Use<'a>>,
    doubts: &'p mut Vec<Doubt>,
    /// How many doubts there were before the entry.
    doubts_before: usize,
}

/// Takes the next line, and perhaps lines below it, if it recognises them.
pub type Recogniser = fn(&mut Cursor) -> Option<()>;

impl Doubt {
    /// A line that no rule reads.
    pub fn unread(index: usize, line: &Line) -> Doubt {
        Doubt { line: index, code: Code::UnreadLine, message: format!("no rule reads “{}”", line.whole) }
    }
}

impl<'p, 'a> Cursor<'p, 'a> {
    /// A cursor at the first line without a use, over the lines before `end`.
    pub fn new(
        page: &'p PageTraits<'a>,
        lines: &'p [Line<'a>],
        end: usize,
        uses: &'p mut Vec<Use<'a>>,
        doubts: &'p mut Vec<Doubt>,
    ) -> Cursor<'p, 'a> {
        let doubts_before = doubts.len();
        Cursor { page, at_top: true, has_byline: false, ends_with_card: false, lines, end, uses, doubts, doubts_before }
    }

    /// The language of the page.
    pub fn language(&self) -> &'static Language {
        self.page.language
    }

    /// The use of the line above the next one, blank lines left out.
    pub fn last(&self) -> Option<&Use<'a>> {
        self.uses.iter().rev().find(|use_| **use_ != Use::Blank)
    }

    /// The next line without a use, after blank ones.
    pub fn next(&mut self) -> Option<&'p Line<'a>> {
        while self.line(self.uses.len())?.is_blank() {
            self.uses.push(Use::Blank);
        }
        self.line(self.uses.len())
    }

    /// The line `count` lines below the next one, blank or not.
    pub fn below(&self, count: usize) -> Option<&'p Line<'a>> {
        self.line(self.uses.len() + count)
    }

    /// The line `count` lines below the next one, if neither it nor a line between them is blank.
    pub fn adjacent(&self, count: usize) -> Option<&'p Line<'a>> {
        for between in 1..=count {
            self.below(between).filter(|line| !line.is_blank())?;
        }
        self.below(count)
    }

    /// The line `count` lines below the next one, blank ones left out.
    pub fn ahead(&self, count: usize) -> Option<&'p Line<'a>> {
        self.lines[self.uses.len()..self.end].iter().filter(|line| !line.is_blank()).nth(count)
    }

    /// Whether a blank line, or nothing, is above the next line.
    pub fn stands_apart(&self) -> bool {
        self.uses.last().is_none_or(|use_| *use_ == Use::Blank)
    }

    /// Whether the next line is the last of the whole page, blank ones left out; it may be cut off.
    pub fn is_last(&self) -> bool {
        self.is_last_below(0)
    }

    /// Whether the line `count` lines below the next one is the last of the whole page.
    pub fn is_last_below(&self, count: usize) -> bool {
        self.uses.len() + count >= self.page.last_line
    }

    /// The line above the next one, in the entry or before it, blank ones left out.
    pub fn above(&self) -> Option<&'p Line<'a>> {
        self.lines[..self.uses.len()].iter().rev().find(|line| !line.is_blank())
    }

    /// Assigns its use to the next line.
    pub fn take(&mut self, use_: Use<'a>) {
        if self.next().is_some() {
            self.has_byline |= matches!(use_, Use::Author(..));
            self.at_top &= use_.is_top_matter();
            self.uses.push(use_);
        }
    }

    /// Classifies all lines that are left, each by the first recogniser that takes it.
    pub fn read_with(&mut self, recognisers: &[Recogniser]) {
        while self.next().is_some() {
            if recognisers.iter().find_map(|recognise| recognise(self)).is_none() {
                self.take(Use::Unread);
            }
        }
    }

    /// Adds a doubt about the next line.
    pub fn doubt(&mut self, code: Code, message: impl Into<String>) {
        self.doubts.push(Doubt { line: self.uses.len(), code, message: message.into() });
    }

    /// Adds a doubt about the next line, unless the entry has one of that code.
    pub fn doubt_once(&mut self, code: Code, message: impl Into<String>) {
        if !self.doubts[self.doubts_before..].iter().any(|doubt| doubt.code == code) {
            self.doubt(code, message);
        }
    }

    /// How often a short line stands on the page.
    pub fn recurrences(&self, text: &str) -> usize {
        self.page.recurring.get_or_init(|| Recurring::find(self.lines)).count(text)
    }

    fn line(&self, index: usize) -> Option<&'p Line<'a>> {
        self.lines[..self.end].get(index)
    }
}
