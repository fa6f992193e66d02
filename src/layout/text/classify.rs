//! The first step of reading text: each line gets exactly one use, by the rules of one layout.

use chrono_tz::{Europe, Tz};

use super::cursor::{Cursor, Doubt};
use super::facts::Facts;
use super::tail;
use super::uses::Use;
use crate::layout::text::Known;
use crate::layout::text::line::Line;
use crate::locale::words::Words;
use crate::model::{Code, Layout};

/// The lines of a page, each with its use.
pub struct Classified<'a> {
    /// By whose rules.
    pub layout: Layout,
    /// The zone in which pages of the layout tell the time.
    pub home: Tz,
    /// One use for each line.
    pub uses: Vec<Use<'a>>,
    /// The indexes of the entries' first lines.
    pub starts: Vec<usize>,
    /// The index behind the last entry's last line.
    pub end: usize,
    /// What is doubtful.
    pub doubts: Vec<Doubt>,
}

/// What a layout finds of a page before its lines are read one by one.
pub struct Outline {
    /// Which layout it is.
    pub layout: Layout,
    /// The words of the page's language.
    pub words: &'static Words,
    /// The indexes of the entries' first lines; there is at least one.
    pub starts: Vec<usize>,
    /// The index of the last entry's title.
    pub last_title: usize,
}

/// The lines before the first entry, and where their uses and doubts go.
pub struct Head<'p, 'a> {
    /// The lines.
    pub lines: &'p [Line<'a>],
    /// What holds for the whole page.
    pub facts: &'p Facts<'a>,
    /// One use for each line.
    pub uses: &'p mut Vec<Use<'a>>,
    /// What is doubtful.
    pub doubts: &'p mut Vec<Doubt>,
}

impl Outline {
    /// Gives each line its use: `head` those before the first entry, `entry` those of the entry with that index.
    pub fn classify<'a>(
        self,
        lines: &[Line<'a>],
        known: Known,
        head: impl FnOnce(Head<'_, 'a>),
        mut entry: impl FnMut(&mut Cursor<'_, 'a>, usize),
    ) -> Classified<'a> {
        let Outline { layout, words, starts, last_title } = self;
        let (first, last) = (starts[0], starts[starts.len() - 1]);
        let end = tail::end_of_last(lines, last, last_title, words);
        let facts = Facts::of(lines, first, words);
        let (mut uses, mut doubts) = (Vec::with_capacity(lines.len()), Vec::new());
        head(Head { lines: &lines[..first], facts: &facts, uses: &mut uses, doubts: &mut doubts });
        known.title.iter().for_each(|title| without_other_headlines(title, lines, &mut uses, &mut doubts));
        for index in 0..starts.len() {
            let entry_end = starts.get(index + 1).copied().unwrap_or(end);
            entry(&mut Cursor::new(&facts, lines, entry_end, &mut uses, &mut doubts), index);
        }
        tail::tail(lines, &facts, &mut uses, &mut doubts);
        Classified { layout, home: Europe::London, uses, starts, end, doubts }
    }
}

/// Where the page's title is known, a line that was inferred to be the title and says something else is not read.
fn without_other_headlines<'a>(title: &str, lines: &[Line<'a>], uses: &mut [Use<'a>], doubts: &mut Vec<Doubt>) {
    for (index, use_) in uses.iter_mut().enumerate() {
        let Use::Headline(text) = *use_ else { continue };
        doubts.retain(|doubt| (doubt.line, doubt.code) != (index, Code::TitleInferred));
        if !title.contains(text) {
            *use_ = Use::Unread;
            doubts.push(Doubt::unread(index, &lines[index]));
        }
    }
}
