//! What stands before the first entry: headline, credits, and the summary.

use crate::layout::text::classify::Head;
use crate::layout::text::cursor::Doubt;
use crate::layout::text::line::Line;
use crate::layout::text::recognise::furniture::is_furniture;
use crate::layout::text::recognise::image::marked;
use crate::layout::text::recognise::name::credit;
use crate::layout::text::recognise::shape::{ends_sentence, given, same, words_up_to};
use crate::layout::text::uses::Use;
use crate::locale::words::Words;
use crate::model::Code;

/// Gives each line of the head its use.
///
/// All between `Summary` and the first entry, bulleted or not, is summary, but for media captions, credits and
/// furniture. Copies on other sites often begin with the headline.
pub fn head(head: Head) {
    let Head { lines, facts, uses, doubts } = head;
    let summary = lines.iter().position(|line| same(line.text, facts.words.summary));
    let before = summary.unwrap_or(lines.len());
    let headline = headline(&lines[..before], facts.words);
    let mut media_open = false;
    for (index, line) in lines.iter().enumerate() {
        let in_summary = summary.is_some_and(|summary| index > summary);
        let use_ = common(line, facts.words, &mut media_open).unwrap_or_else(|| match line {
            _ if Some(index) == summary => Use::Furniture,
            _ if Some(index) == headline => {
                doubts.push(Doubt {
                    line: index,
                    code: Code::TitleInferred,
                    message: format!("“{}” stands last before the page's content; read as its title", line.text),
                });
                Use::Headline(line.text)
            }
            line if in_summary || summary.is_none() && line.mark.is_some() => Use::SummaryPoint(line.text),
            line => {
                doubts.push(Doubt::unread(index, line));
                Use::Unread
            }
        });
        uses.push(use_);
    }
}

/// The last line that can be a headline. Where many can, none is: they are a score board.
fn headline(lines: &[Line], words: &Words) -> Option<usize> {
    const MOST: usize = 3;
    let like_one = |(index, line): (usize, &Line)| is_headline(line, words).then_some(index);
    let candidates: Vec<_> = lines.iter().enumerate().filter_map(like_one).collect();
    candidates.last().copied().filter(|_| candidates.len() <= MOST)
}

/// Lines that mean the same wherever they stand in the head.
fn common<'a>(line: &Line<'a>, words: &Words, media_open: &mut bool) -> Option<Use<'a>> {
    if line.is_blank() {
        return Some(Use::Blank);
    }
    if let Some(caption) = marked(line.text, words.media_caption) {
        *media_open = given(caption).is_none();
        return Some(Use::Media(given(caption)));
    }
    if std::mem::take(media_open) {
        return Some(Use::MediaCaption(line.text));
    }
    if let Some(names) = credit(line.text, words) {
        return Some(Use::Credit(names));
    }
    is_furniture(line.text, words).then_some(Use::Furniture)
}

/// At least three words without sentence end, that are neither furniture nor an item.
fn is_headline(line: &Line, words: &Words) -> bool {
    let text = line.text;
    line.mark.is_none()
        && words_up_to(text, 3) >= 3
        && !ends_sentence(text)
        && !is_furniture(text, words)
        && credit(text, words).is_none()
        && marked(text, words.media_caption).is_none()
}
