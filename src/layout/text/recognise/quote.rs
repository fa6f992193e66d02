//! Quotes: somebody's words, set apart from the text.

use super::name::{is_name, is_organisation};
use super::shape::{given, is_phrase, opens_quotation, same, strip_opening};
use crate::layout::text::cursor::Cursor;
use crate::layout::text::uses::Use;
use crate::locale::Language;

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
    while let Some(behind) = at.next().and_then(|line| behind_mark(line.text, at.language())) {
        match given(behind) {
            Some(text) => {
                let (text, attribution) = split_source(text);
                // Words of somebody else are another quote.
                opens |= named.is_some() && attribution.is_some() && named != attribution;
                at.take(Use::Quote { text, attribution, opens });
                named = attribution;
            }
            None => {
                at.take(Use::QuoteMark);
                let text = at.next().filter(|line| behind_mark(line.text, at.language()).is_none());
                match text {
                    Some(line) => at.take(Use::Quote { text: line.whole, attribution: None, opens }),
                    None => continue,
                }
            }
        }
        opens = false;
    }
    let line = (!opens).then(|| at.next()).flatten();
    let attribution =
        line.filter(|line| named == Some(line.text) || named.is_none() && is_attribution(line.text, at.language()));
    if let Some(line) = attribution {
        at.take(Use::Attribution(line.text));
    }
    (!opens).then_some(())
}

/// What stands behind `Quote Message`, perhaps nothing.
fn behind_mark<'a>(text: &'a str, language: &Language) -> Option<&'a str> {
    let rest = strip_opening(text, language.quote)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix([':', ',']).map(str::trim) }
}

/// `… stood high." from Ada Quay`: the words, and whose they are.
fn split_source(text: &str) -> (&str, Option<&str>) {
    for mark in ["\" from ", "” from "] {
        if let Some((words, source)) = text.rsplit_once(mark) {
            let quoted = &text[..words.len() + mark.len() - " from ".len()];
            return (quoted, given(source));
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
