//! A position in the lines of an entry. Recognisers look ahead from it, and assign a use to each line that they take.

use super::page_traits::{PageTraits, Recurring, pictured};
use super::rules::{Rule, Rules};
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
    /// Whether the page marks where entries begin, so that no line within one can be another's title.
    pub entries_are_marked: bool,
    /// Whether the entry's title is its last line.
    pub ends_with_title: bool,
    lines: &'p [Line<'a>],
    start: usize,
    end: usize,
    /// Lines from here on are hidden from the rule that is tried.
    visible: usize,
    /// How many doubts there were before the entry.
    doubts_before: usize,
    read: &'p mut Readings<'a>,
}

/// What has been read of a page's lines.
#[derive(Debug, Default)]
pub struct Readings<'a> {
    /// The uses of the lines, from the first on.
    pub uses: Vec<Use<'a>>,
    /// What is doubtful.
    pub doubts: Vec<Doubt>,
    /// Why lines were read so, where several rules would have taken them: the index of each, and the rules.
    pub reasons: Vec<(usize, String)>,
}

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
        read: &'p mut Readings<'a>,
    ) -> Cursor<'p, 'a> {
        Cursor {
            page,
            at_top: true,
            has_byline: false,
            ends_with_card: false,
            entries_are_marked: true,
            ends_with_title: false,
            lines,
            start: read.uses.len(),
            end,
            visible: end,
            doubts_before: read.doubts.len(),
            read,
        }
    }

    /// The language of the page.
    pub fn language(&self) -> &'static Language {
        self.page.language
    }

    /// The use of the line above the next one, blank lines left out.
    pub fn last(&self) -> Option<&Use<'a>> {
        self.read.uses.iter().rev().find(|use_| !matches!(use_, Use::Blank))
    }

    /// The label of the entry, if one has been read.
    pub fn label(&self) -> Option<&'a str> {
        let label = |use_: &Use<'a>| if let Use::Label(text) = use_ { Some(*text) } else { None };
        self.read.uses[self.start..].iter().find_map(label)
    }

    /// The next line without a use, after blank ones.
    #[inline]
    pub fn next(&mut self) -> Option<&'p Line<'a>> {
        loop {
            let line = self.line(self.read.uses.len())?;
            if !line.is_blank() {
                return Some(line);
            }
            self.read.uses.push(Use::Blank);
        }
    }

    /// The line `count` lines below the next one, blank or not.
    pub fn below(&self, count: usize) -> Option<&'p Line<'a>> {
        self.line(self.read.uses.len() + count)
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
        self.lines[self.read.uses.len()..self.visible].iter().filter(|line| !line.is_blank()).nth(count)
    }

    /// Whether blank lines, or none, are above and below the next line, whatever a document says of them.
    pub fn stands_alone(&self) -> bool {
        let below = self.lines[..self.end].get(self.read.uses.len() + 1);
        self.stands_apart() && below.is_none_or(Line::is_blank)
    }

    /// Whether an item is below the next line, blank lines left out.
    pub fn heads_list(&self) -> bool {
        let below = self.lines[self.read.uses.len()..self.end].iter().filter(|line| !line.is_blank()).nth(1);
        below.is_some_and(|below| below.mark.is_some())
    }

    /// Whether a blank line, or nothing, is above the next line.
    pub fn stands_apart(&self) -> bool {
        self.read.uses.last().is_none_or(|use_| matches!(use_, Use::Blank))
    }

    /// Whether the next line is the last of the whole page, blank ones left out; it may be cut off.
    pub fn is_last(&self) -> bool {
        self.is_last_below(0)
    }

    /// Whether the line `count` lines below the next one is the last of the whole page.
    pub fn is_last_below(&self, count: usize) -> bool {
        self.read.uses.len() + count >= self.page.last_line
    }

    /// The line above the next one, in the entry or before it, blank ones left out.
    pub fn above(&self) -> Option<&'p Line<'a>> {
        self.lines[..self.read.uses.len()].iter().rev().find(|line| !line.is_blank())
    }

    /// Whether a line near the next one has the last word of a name: a text names the person of whom it is.
    pub fn is_named_nearby(&self, name: &str) -> bool {
        const NEAR: usize = 12;
        let position = self.read.uses.len();
        let near = position.saturating_sub(NEAR).max(self.start)..(position + NEAR).min(self.end);
        let last = name.rsplit(' ').next().unwrap_or(name);
        let names = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word == last);
        near.filter(|&index| index != position).any(|index| names(self.lines[index].text))
    }

    /// Whether one of the texts is the alternative text of an image with a credit, anywhere on the page.
    pub fn are_pictured(&self, texts: &[&str]) -> bool {
        let pictured = self.page.pictured.get_or_init(|| pictured(self.lines, self.page.language));
        texts.iter().any(|text| pictured.contains(text))
    }

    /// Assigns its use to the next line.
    pub fn take(&mut self, use_: Use<'a>) {
        if self.next().is_some() {
            self.has_byline |= matches!(use_, Use::Author(..));
            self.at_top &= use_.is_top_matter();
            self.read.uses.push(use_);
        }
    }

    /// Classifies all lines that are left, each by the first rule that takes it.
    pub fn read_with(&mut self, rules: &Rules) {
        let mut prose = self.read.uses.len();
        while let Some(line) = self.next() {
            let position = self.read.uses.len();
            if prose <= position {
                let ahead = self.lines[position..self.end].iter().position(Line::is_prose);
                prose = ahead.map_or(self.end, |ahead| position + ahead);
            }
            if self.page.explains {
                self.explain(rules, prose);
            }
            if !rules.for_line(line).iter().any(|rule| self.recognise(rule, prose)) {
                self.take(Use::Unread);
            }
        }
    }

    /// Whether a rule takes the next line; `prose` is the index of the next one that a document marks as words.
    fn recognise(&mut self, rule: &Rule, prose: usize) -> bool {
        self.visible = if rule.by_shape { prose } else { self.end };
        let taken = (rule.recognise)(self).is_some();
        self.visible = self.end;
        taken
    }

    /// Notes which rules would take the next line, if there are several. The last rule takes any line, so it says
    /// nothing.
    fn explain(&mut self, rules: &Rules, prose: usize) {
        let (uses, doubts) = (self.read.uses.len(), self.read.doubts.len());
        let (at_top, has_byline) = (self.at_top, self.has_byline);
        let mut would_take = |rule: &&&Rule| {
            let taken = self.recognise(rule, prose);
            self.read.uses.truncate(uses);
            self.read.doubts.truncate(doubts);
            (self.at_top, self.has_byline) = (at_top, has_byline);
            taken
        };
        let mut names = rules.all_but_last().iter().filter(&mut would_take).map(|rule| rule.name);
        if let (Some(first), Some(second)) = (names.next(), names.next()) {
            let others: Vec<_> = std::iter::once(second).chain(names).collect();
            self.read.reasons.push((uses, format!("{first}; {} would take it, too", others.join(", "))));
        }
    }

    /// Adds a doubt about the next line.
    pub fn doubt(&mut self, code: Code, message: impl Into<String>) {
        self.read.doubts.push(Doubt { line: self.read.uses.len(), code, message: message.into() });
    }

    /// Adds a doubt about the next line, unless the entry has one of that code.
    pub fn doubt_once(&mut self, code: Code, message: impl Into<String>) {
        if !self.read.doubts[self.doubts_before..].iter().any(|doubt| doubt.code == code) {
            self.doubt(code, message);
        }
    }

    /// How often a short line stands on the page.
    pub fn recurrences(&self, text: &str) -> usize {
        self.page.recurring.get_or_init(|| Recurring::find(self.lines)).count(text)
    }

    #[inline]
    fn line(&self, index: usize) -> Option<&'p Line<'a>> {
        self.lines[..self.visible].get(index)
    }
}
