//! Bylines of this layout: name and role stand apart, each a paragraph of its own.

use crate::layout::text::cursor::Cursor;
use crate::layout::text::recognise::name::{credit, is_cut_role, is_name, is_organisation, is_role, names_only};
use crate::layout::text::recognise::shape::{ends_sentence, is_phrase, same};
use crate::layout::text::uses::Use;
use crate::locale::Language;

/// Between title and first prose, perhaps below a subtitle:
///
/// ```text
///     Exit debate
///
///     House of Commons
///
///     Parliament
/// ```
pub fn byline(at: &mut Cursor) -> Option<()> {
    if !at.at_top || at.has_byline || at.next()?.mark.is_some() {
        return None;
    }
    if signed(at, 0) {
        return sign(at);
    }
    let subtitle = at.next()?.text;
    if is_phrase(subtitle, 12) && signed(at, 1) {
        at.take(Use::Subtitle(subtitle));
        return sign(at);
    }
    one_line(at)
}

/// Whether a byline begins that many lines with words behind the next one.
fn signed(at: &Cursor, place: usize) -> bool {
    let text = |place| at.ahead(place).filter(|line| line.mark.is_none()).map(|line| line.text);
    let Some(name) = text(place) else { return false };
    is_organisation(name, at.language())
        || is_name(name) && text(place + 1).is_some_and(|role| is_role_below(role, place + 1, at))
}

fn is_role_below(role: &str, place: usize, at: &Cursor) -> bool {
    is_role(role, at.language()) || at.ahead(place + 1).is_none() && is_cut_role(role, at.language())
}

/// Takes name and role. An organisation's role is another organisation, or a role, that stands below it.
fn sign(at: &mut Cursor) -> Option<()> {
    let name = at.next()?.text;
    let organisation = is_organisation(name, at.language());
    at.take(Use::Author(vec![name], None));
    let role = at.next()?.text;
    let is_role = match organisation {
        true => {
            same(role, "Parliament")
                || is_organisation(role, at.language())
                || at.ahead(1).is_none() && "Parliament".starts_with(role)
        }
        false => true,
    };
    if is_role {
        at.take(Use::Role(role));
    }
    Some(())
}

/// `Name, Weather Forecaster`
fn one_line(at: &mut Cursor) -> Option<()> {
    let text = at.next()?.text;
    let (name, role) = text.split_once(", ").filter(|_| !ends_sentence(text))?;
    (is_name(name) && is_role(role, at.language())).then(|| at.take(Use::Author(vec![name], Some(role))))
}

/// Whether the line holds the names of the page's editors, with or without `Edited by`.
pub fn is_editors(text: &str, language: &Language) -> bool {
    editors(text, language).is_some()
}

/// `Edited by A and B`, `By A and B`, or names alone.
pub fn editors<'a>(text: &'a str, language: &Language) -> Option<Vec<&'a str>> {
    credit(text, language).or_else(|| {
        names_only(text, language).filter(|names| !names.iter().any(|name| is_organisation(name, language)))
    })
}
