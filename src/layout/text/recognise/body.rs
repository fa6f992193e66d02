//! The body of an entry: paragraphs, lists, quotes, and cards (teasers of other pages).

use super::embed;
use super::image::{LONGEST_CAPTION, is_marker, names_picture};
use super::name::{is_name, is_organisation};
use super::shape::{at_most_words, ends_sentence, is_phrase, non_empty, opens_quotation, same, strip_opening};
use crate::layout::text::cursor::Cursor;
use crate::layout::text::line::{Line, LineRole, Mark};
use crate::layout::text::uses::Use;
use crate::locale::{FirstLetters, Language};
use crate::model::Code;

/// An item of a list: `• An item`, `2. Another`.
pub fn item(at: &mut Cursor) -> Option<()> {
    let line = at.next()?;
    if is_cut_number(at, line) {
        at.take(Use::Furniture);
        return Some(());
    }
    let ordered = matches!(line.mark?, Mark::Number(_));
    if line.text.is_empty() && at.is_last() {
        at.take(Use::Furniture); // a mark at which the page was cut off
        return Some(());
    }
    let opens = match (at.last(), line.mark?) {
        (Some(Use::Item { ordered: false, .. }), Mark::Bullet) => false,
        (Some(Use::Item { ordered: true, .. }), Mark::Number(number)) => number == 1,
        _ => true,
    };
    at.take(Use::Item { ordered, text: line.text, opens });
    Some(())
}

/// Whether the page was cut off within the next entry's number, so that its point is missing: digits, further left than
/// the line above.
fn is_cut_number(at: &Cursor, line: &Line) -> bool {
    const LONGEST: usize = 3;
    line.text.len() <= LONGEST
        && line.text.bytes().all(|byte| byte.is_ascii_digit())
        && at.is_last()
        && at.above().is_some_and(|above| line.indent < above.indent)
}

/// Any other line.
///
/// A short line without sentence end, not above a list, may be an image's alternative text that lost its marker: its
/// words stay in the body, with a doubt, unless HTML shows them to be words of the story.
pub fn paragraph(at: &mut Cursor) -> Option<()> {
    let line = at.next()?;
    let suspect = is_phrase(line.text, LONGEST_CAPTION) && !opens_quotation(line.text);
    if may_be_image(at, line, suspect) {
        at.doubt(Code::ImageOrText, format!("“{}” may be an image's alternative text; read as a paragraph", line.text));
    }
    at.take(Use::Paragraph(line.text));
    Some(())
}

/// Whether the next line, which is read as a paragraph, may as well be an image's alternative text: by its shape, if
/// it is `suspect`; or, right below title or byline, as a few words at which the page was cut off, or as a sentence that
/// describes what is to be seen.
pub fn may_be_image(at: &Cursor, line: &Line, suspect: bool) -> bool {
    const CUT_WORDS: usize = 20;
    let language = at.language();
    let describes = |text| {
        describes_image(text, language) || names_picture(text, language).is_some() || shows_scene(text, language)
    };
    let looks_so = match at.is_last() {
        true => at.at_top && is_phrase(line.text, CUT_WORDS) && !opens_quotation(line.text),
        false => suspect || at.at_top && !at.page.is_flat && describes(line.text),
    };
    looks_so && !line.is_prose() && !at.heads_list()
}

/// Whether a sentence only says what somebody is doing, without a verb that sentences of a story have: `Members
/// returning to their seats after the vote.`
fn shows_scene(text: &str, language: &Language) -> bool {
    const MOST_WORDS: usize = 25;
    // Behind a comma, the participle goes on what was said before: `The boat left, leaving two behind.`
    let first_part = text.split([',', ':', ';']).next().unwrap_or_default().trim_end_matches('.');
    let mut pairs = first_part.split(' ').zip(first_part.split(' ').skip(1));
    let is_doing = |(before, word): (&str, &str)| {
        word.len() > "doing".len()
            && word.ends_with("ing")
            && !language.nouns_like_participles.contains(word)
            && !language.before_nouns.contains(before)
    };
    ends_sentence(text)
        && text.contains("ing")
        && at_most_words(text, MOST_WORDS)
        && !text.contains(['"', '“', '”'])
        && pairs.any(is_doing)
        && !has_finite_verb(text, language)
}

/// Whether a text has a verb that sentences of a story have, and descriptions of images do not.
pub fn has_finite_verb(text: &str, language: &Language) -> bool {
    text.split(' ').any(|word| {
        language.finite_verbs.contains(word.trim_matches(|c: char| !c.is_alphanumeric()))
            || word.contains("n't")
            || word.contains("n’t")
    })
}

/// Whether a text names so much of what can be seen that it may describe an image, and quotes nobody:
/// `Ada Quay in a grey coat, with her eyes closed. She stands on a bridge.`
fn describes_image(text: &str, language: &Language) -> bool {
    const FEWEST: usize = 3;
    const MOST_WORDS: usize = 60;
    let is_sign = |c: char| c.is_ascii_punctuation();
    // Words are so short that a look at each byte finds them soonest.
    let mut before = b' ';
    let mut begins_word = |byte| std::mem::replace(&mut before, byte) == b' ';
    let begins = text.bytes().enumerate().filter_map(|(at, byte)| begins_word(byte).then_some(at));
    let words = begins.take(MOST_WORDS + 1);
    let is_visible = |&begin: &usize| {
        let word = text[begin..].trim_start_matches(is_sign);
        let end = |word: &str| word.find(' ').unwrap_or(word.len());
        language.visible.may_begin(word) && language.visible.contains(word[..end(word)].trim_end_matches(is_sign))
    };
    let mut visible = words.filter(is_visible);
    visible.nth(FEWEST - 1).is_some() && !text.contains(['"', '“', '”']) && at_most_words(text, MOST_WORDS)
}

/// A paragraph or several, each under `Quote Message`, and who said it:
///
/// ```text
///     Quote Message
///
///     The water stood higher than in any year before
///
///     Ada Quay, harbour master
/// ```
///
/// Crawled text glues it: `Quote Message: The water stood high." from Ada Quay`.
pub fn quote(at: &mut Cursor) -> Option<()> {
    let mut opens = true;
    let mut named = None;
    while let Some(behind) = at.next().and_then(|line| text_after_mark(line.text, at.language())) {
        match non_empty(behind) {
            Some(text) => {
                let (text, attribution) = split_speaker(text);
                // Words of somebody else are another quote.
                opens |= named.is_some() && attribution.is_some() && named != attribution;
                at.take(Use::Quote { text, attribution, opens });
                named = attribution;
            }
            None => {
                at.take(Use::QuoteMark);
                let language = at.language();
                let is_other = |text| text_after_mark(text, language).is_some() || embed::opens(text);
                let text = at.next().filter(|line| !is_other(line.text));
                match text {
                    Some(line) => at.take(Use::Quote { text: line.whole, attribution: None, opens }),
                    None => continue,
                }
            }
        }
        opens = false;
    }
    if opens {
        return None;
    }
    if let Some(line) = at.next() {
        let is_speaker = match named {
            Some(name) => line.text == name,
            None => is_attribution(line.text, at.language()),
        };
        if is_speaker {
            let is_sure = named.is_some() || line.text.contains(',') || is_organisation(line.text, at.language());
            if !is_sure && !at.page.signed.contains(line.text) && !at.is_named_nearby(line.text) {
                let message =
                    format!("“{}” below a quote may be an image's alternative text; read as who said it", line.text);
                at.doubt(Code::BylineInferred, message);
            }
            at.take(Use::Attribution(line.text));
        }
    }
    Some(())
}

/// A paragraph of somebody's words that HTML shows to be one, and who said them.
pub fn shown_quote(at: &mut Cursor) -> Option<()> {
    let line = at.next()?;
    match line.hints.role {
        Some(LineRole::Quote) => {
            let opens = !matches!(at.last(), Some(Use::Quote { .. }));
            at.take(Use::Quote { text: line.whole, attribution: None, opens });
        }
        Some(LineRole::Attribution) if matches!(at.last(), Some(Use::Quote { .. } | Use::Attribution(_))) => {
            at.take(Use::Attribution(line.whole))
        }
        _ => return None,
    }
    Some(())
}

/// The letters with which the mark of a quote begins.
pub fn quote_openings(language: &Language) -> FirstLetters {
    FirstLetters::of_words(&[language.quote])
}

/// The text after `Quote Message`, perhaps none.
fn text_after_mark<'a>(text: &'a str, language: &Language) -> Option<&'a str> {
    let rest = strip_opening(text, language.quote)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix([':', ',']).map(str::trim) }
}

/// `… stood high." from Ada Quay`: the words, and who said them.
fn split_speaker(text: &str) -> (&str, Option<&str>) {
    for mark in ["\" from ", "” from "] {
        if let Some((words, source)) = text.rsplit_once(mark) {
            let quoted = &text[..words.len() + mark.len() - " from ".len()];
            return (quoted, non_empty(source));
        }
    }
    (text, None)
}

/// `Ada Quay`, `Ada Quay, harbour master`, `Harbour Board`.
fn is_attribution(text: &str, language: &Language) -> bool {
    let name = text.trim_start_matches(['-', '–', '—', ' ']).split(',').next().unwrap_or_default();
    is_phrase(text, 14)
        && !opens_quotation(text)
        && !same(name, language.read_more)
        && (is_name(name) || is_organisation(name, language))
}

/// The most lines that a teaser has.
const MOST_LINES: usize = 6;

/// Adjacent lines, then `Read More`:
///
/// ```text
///     How the harbour was built
///     A short history of the northern quay.
///     Read More
/// ```
///
/// perhaps with a blank line before it. On a flat page, the line above `Read More` and those before it that end no sentence.
pub fn card(at: &mut Cursor) -> Option<()> {
    let first = at.next()?;
    if same(first.text, at.language().read_more) {
        at.take(Use::CardMark);
        return Some(());
    }
    let lines = lines_above_read_more(at, first)?;
    let is_plain = |line: &Line| line.mark.is_none() && !is_marker(line.text, at.language());
    if !(0..lines).all(|count| at.below(count).is_some_and(is_plain)) {
        return None;
    }
    for count in 0..lines {
        let text = at.next()?.text;
        at.take(Use::Card { text, opens: count == 0 });
    }
    if at.next().is_some() {
        at.take(Use::CardMark);
    }
    Some(())
}

/// How many lines from the next one on are above `Read More`.
fn lines_above_read_more(at: &Cursor, first: &Line) -> Option<usize> {
    let is_end = |line: &Line| same(line.text, at.language().read_more);
    let mut above = first;
    for lines in 1..=MOST_LINES {
        match at.adjacent(lines) {
            Some(line) if is_end(line) => return Some(lines),
            Some(line) if !(at.page.is_flat && ends_sentence(above.text)) => above = line,
            None if at.ends_with_card && at.below(lines).is_none() => return Some(lines),
            None if at.ahead(lines).is_some_and(is_end) => return Some(lines),
            _ => return None,
        }
    }
    None
}
