//! A place within the lines of an entry: recognisers look ahead from it, and give each line that they take its use.

use super::facts::Facts;
use super::uses::Use;
use crate::layout::text::line::Line;
use crate::locale::words::Words;
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

/// The lines of one entry, those that have a use already, and the place of the next that has none.
#[derive(Debug)]
pub struct Cursor<'p, 'a> {
    /// What holds for the whole page.
    pub facts: &'p Facts<'a>,
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
}

/// Takes the next line, and perhaps those below it, if they are what it recognises.
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
        facts: &'p Facts<'a>,
        lines: &'p [Line<'a>],
        end: usize,
        uses: &'p mut Vec<Use<'a>>,
        doubts: &'p mut Vec<Doubt>,
    ) -> Cursor<'p, 'a> {
        Cursor { facts, at_top: true, has_byline: false, ends_with_card: false, lines, end, uses, doubts }
    }

    /// The words of the page's language.
    pub fn words(&self) -> &'static Words {
        self.facts.words
    }

    /// The use of the last line that has words and a use.
    pub fn last(&self) -> Option<&Use<'a>> {
        self.uses.iter().rev().find(|use_| **use_ != Use::Blank)
    }

    /// The next line without a use; blank lines are passed over.
    pub fn next(&mut self) -> Option<&'p Line<'a>> {
        while self.line(self.uses.len())?.is_blank() {
            self.uses.push(Use::Blank);
        }
        self.line(self.uses.len())
    }

    /// The line that many lines behind the next one, blank or not.
    pub fn behind(&self, count: usize) -> Option<&'p Line<'a>> {
        self.line(self.uses.len() + count)
    }

    /// The line right behind the next one, if it is not blank.
    pub fn adjacent(&self, count: usize) -> Option<&'p Line<'a>> {
        (1..=count).all(|c| self.behind(c).is_some_and(|line| !line.is_blank())).then(|| self.behind(count)).flatten()
    }

    /// The line with words that is `count` such lines behind the next one.
    pub fn ahead(&self, count: usize) -> Option<&'p Line<'a>> {
        self.lines[self.uses.len()..self.end].iter().filter(|line| !line.is_blank()).nth(count)
    }

    /// Whether the next line stands apart from the one above it.
    pub fn stands_apart(&self) -> bool {
        self.uses.last().is_none_or(|use_| *use_ == Use::Blank)
    }

    /// Whether the next line is the last of the whole page that has words; it may be cut off.
    pub fn is_last(&self) -> bool {
        self.is_last_behind(0)
    }

    /// Whether the line that many lines behind the next one is the last of the whole page.
    pub fn is_last_behind(&self, count: usize) -> bool {
        self.uses.len() + count >= self.facts.last_line
    }

    /// The line above the next one that has words, within the entry or before it.
    pub fn above(&self) -> Option<&'p Line<'a>> {
        self.lines[..self.uses.len()].iter().rev().find(|line| !line.is_blank())
    }

    /// Gives the next line with words its use.
    pub fn take(&mut self, use_: Use<'a>) {
        if self.next().is_some() {
            self.has_byline |= matches!(use_, Use::Author(..));
            self.at_top &= use_.is_top_matter();
            self.uses.push(use_);
        }
    }

    /// Reads all lines that are left: each by the first recogniser that takes it.
    pub fn read_with(&mut self, recognisers: &[Recogniser]) {
        while self.next().is_some() {
            if recognisers.iter().find_map(|recognise| recognise(self)).is_none() {
                self.take(Use::Unread);
            }
        }
    }

    /// Tells a doubt about the next line.
    pub fn doubt(&mut self, code: Code, message: impl Into<String>) {
        self.doubts.push(Doubt { line: self.uses.len(), code, message: message.into() });
    }

    fn line(&self, index: usize) -> Option<&'p Line<'a>> {
        self.lines[..self.end].get(index)
    }
}
