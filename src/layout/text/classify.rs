//! The first step of reading text: each line gets exactly one use, by the rules of one layout.

use chrono_tz::{Europe, Tz};

use super::cursor::{Cursor, Doubt, Readings};
use super::page_traits::PageTraits;
use super::recognise::embed::lines_of_embeds;
use super::recognise::furniture::{is_footer, is_furniture};
use super::run_together::check_run_together;
use super::uses::Use;
use crate::layout::text::PageContext;
use crate::layout::text::line::Line;
use crate::locale::Language;
use crate::model::{Code, Layout};

/// The lines of a page, each with its use.
pub struct Classified<'a> {
    /// The layout by whose rules they were classified.
    pub layout: Layout,
    /// The zone of times that name none.
    pub publisher_zone: Tz,
    /// One use for each line.
    pub uses: Vec<Use<'a>>,
    /// The indexes of the entries' first lines.
    pub starts: Vec<usize>,
    /// The index after the last entry's last line.
    pub end: usize,
    /// What is doubtful.
    pub doubts: Vec<Doubt>,
    /// Why lines were read so, where several rules would have taken them; only for a page that is explained.
    pub reasons: Vec<(usize, String)>,
}

/// What a layout finds on a page before the lines are read one by one.
pub struct Outline {
    /// Which layout it is.
    pub layout: Layout,
    /// The language of the page.
    pub language: &'static Language,
    /// The indexes of the entries' first lines; there is at least one.
    pub starts: Vec<usize>,
    /// The index of the last entry's title.
    pub last_title: usize,
}

impl Outline {
    /// Classifies all lines of a page.
    ///
    /// `head` returns the use of a line before the first entry, `None` if no rule reads it. `entry` classifies the
    /// lines of the entry with that index.
    pub fn classify<'a>(
        self,
        lines: &[Line<'a>],
        page: PageContext,
        mut head: impl FnMut(usize, &Line<'a>, &mut Vec<Doubt>) -> Option<Use<'a>>,
        mut entry: impl FnMut(&mut Cursor<'_, 'a>, usize),
    ) -> Classified<'a> {
        let Outline { layout, language, starts, last_title } = self;
        let (first, last) = (starts[0], starts[starts.len() - 1]);
        let end = end_of_last_entry(lines, last, last_title, language);
        let traits = PageTraits::new(lines, &starts, language, page.explains);
        let mut read = Readings { uses: Vec::with_capacity(lines.len()), ..Readings::default() };
        for (index, line) in lines[..first].iter().enumerate() {
            let use_ = if line.is_blank() { Some(Use::Blank) } else { head(index, line, &mut read.doubts) };
            read.uses.push(use_.unwrap_or_else(|| {
                read.doubts.push(Doubt::unread(index, line));
                Use::Unread
            }));
        }
        if let Some(title) = page.title {
            reject_other_headlines(title, lines, &mut read.uses, &mut read.doubts);
        }
        for index in 0..starts.len() {
            let entry_end = starts.get(index + 1).copied().unwrap_or(end);
            entry(&mut Cursor::new(&traits, lines, entry_end, &mut read), index);
        }
        classify_footer(lines, language, &mut read.uses, &mut read.doubts);
        let Readings { uses, doubts, reasons } = read;
        let mut classified = Classified { layout, publisher_zone: Europe::London, uses, starts, end, doubts, reasons };
        check_run_together(lines, &mut classified, language);
        classified
    }
}

/// Where the page's title is known, a line that was inferred to be the title and says something else is not read.
fn reject_other_headlines<'a>(title: &str, lines: &[Line<'a>], uses: &mut [Use<'a>], doubts: &mut Vec<Doubt>) {
    for (index, use_) in uses.iter_mut().enumerate() {
        let Use::Headline(text) = *use_ else { continue };
        doubts.retain(|doubt| (doubt.line, doubt.code) != (index, Code::TitleInferred));
        if !title.contains(text) {
            *use_ = Use::Unread;
            doubts.push(Doubt::unread(index, &lines[index]));
        }
    }
}

/// The index after the last entry: it ends where a line is less indented than its first, or at the page's footer. The
/// note about other sites' content belongs to the footer only where it is not part of an embed. A document that marks
/// its entries marks their ends, too: it has no lines behind them, and words of a footer are the entry's own.
///
/// `first` and `title` are the indexes of its first line and of its title's.
fn end_of_last_entry(lines: &[Line], first: usize, title: usize, language: &Language) -> usize {
    if lines[title].hints.entry.is_some() {
        return lines.len();
    }
    let indent = lines[first].indent;
    let body = title + 1;
    let embeds = lines_of_embeds(&lines[body..]);
    for (index, line) in lines[body..].iter().enumerate() {
        let is_end = line.indent < indent || is_footer(line.text, language) && !embeds.contains(&index);
        if is_end && !line.is_blank() {
            return body + index;
        }
    }
    lines.len()
}

/// Classifies what follows the last entry: known furniture, words of the footer, and lines that no rule reads.
fn classify_footer<'a>(lines: &[Line<'a>], language: &Language, uses: &mut Vec<Use<'a>>, doubts: &mut Vec<Doubt>) {
    let mut footer = None;
    let mut unread_in_footer = Vec::new();
    for (index, line) in lines.iter().enumerate().skip(uses.len()) {
        let is_footer = is_footer(line.text, language);
        if is_footer {
            footer.get_or_insert(line.text);
        }
        if line.is_blank() {
            uses.push(Use::Blank);
        } else if is_footer || is_furniture(line.text, language) {
            uses.push(Use::Furniture);
        } else {
            uses.push(Use::Unread);
            match footer {
                Some(_) => unread_in_footer.push((index, line.whole)),
                None => doubts.push(Doubt::unread(index, line)),
            }
        }
    }
    if let Some(footer) = footer {
        doubts.extend(unread_in_footer_doubt(footer, &unread_in_footer));
    }
}

/// The unread lines of a footer make one doubt: they are links to other pages more often than words of the last entry.
fn unread_in_footer_doubt(footer: &str, unread: &[(usize, &str)]) -> Option<Doubt> {
    let &(line, _) = unread.first()?;
    let words: Vec<_> = unread.iter().map(|(_, words)| format!("“{words}”")).collect();
    let count = if words.len() == 1 { "1 line".to_owned() } else { format!("{} lines", words.len()) };
    let message = format!("no rule reads {count} below “{footer}”: {}", words.join(" "));
    Some(Doubt { line, code: Code::UnreadLine, message })
}

/// Adds a doubt if the text was wrapped: many lines end near one width without ending a sentence, most of them directly
/// above a line that begins with a small letter.
pub fn check_line_ends(lines: &[Line], doubts: &mut Vec<Doubt>) {
    /// Words longer than this rarely are what broke a line.
    const SLACK: usize = 14;
    let adjacent = |pair: &&[Line]| !pair[0].is_blank() && !pair[1].is_blank() && pair[1].mark.is_none();
    let pairs: Vec<_> = lines.windows(2).filter(adjacent).collect();
    let continued = pairs.iter().filter(|pair| pair[1].whole.starts_with(char::is_lowercase)).count();
    if continued * 2 < pairs.len() {
        return;
    }
    let width_of = |line: &Line| line.indent + line.whole.chars().count();
    let width = pairs.iter().map(|pair| width_of(&pair[0])).max().unwrap_or_default();
    let is_full = |line: &Line| width_of(line) + SLACK >= width && !line.whole.ends_with(['.', '!', '?']);
    let full = pairs.iter().filter(|pair| is_full(&pair[0])).count();
    if (40..=132).contains(&width) && full >= 8 && full * 10 >= pairs.len() * 6 {
        doubts.push(Doubt {
            line: 0,
            code: Code::HardWrapped,
            message: format!("{full} lines end near column {width} within a sentence; save the page without wrapping"),
        });
    }
}
