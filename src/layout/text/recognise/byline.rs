//! Bylines: who wrote an entry, and as what.

use super::name::{credit, is_cut_role, is_name, is_organisation, is_role, names_only};
use super::shape::{is_phrase, strip_opening};
use crate::layout::text::cursor::Cursor;
use crate::layout::text::line::LineRole;
use crate::layout::text::uses::Use;

/// The names of a byline, and the role, on the line below the names or after them on the same one.
struct Byline<'a> {
    names: Vec<&'a str>,
    role_below: Option<&'a str>,
    role_after: Option<&'a str>,
}

/// A name or a role that HTML shows to be one, whatever its words.
pub fn shown_byline(at: &mut Cursor) -> Option<()> {
    let line = at.next()?;
    match line.hints.role {
        Some(LineRole::Author) => {
            let text = strip_opening(line.text, at.language().by).unwrap_or(line.whole).trim();
            let names = names_only(text, at.language()).unwrap_or_else(|| vec![text]);
            at.take(Use::Author(names, None));
        }
        Some(LineRole::Role) => at.take(Use::Role(line.whole)),
        _ => return None,
    }
    Some(())
}

/// Two adjacent lines, a name and a role:
///
/// ```text
///     Reporter Name
///     Transport correspondent
/// ```
///
/// or an organisation alone, or a name alone that is a byline elsewhere on the page, or `By A, B and C`; each of them
/// perhaps below a subtitle. Any other two lines are left alone: they are images' alternative texts, or prose.
pub fn byline(at: &mut Cursor) -> Option<()> {
    if !at.at_top || at.has_byline {
        return None;
    }
    let byline = byline_at(at, 0).or_else(|| below_subtitle(at))?;
    at.take(Use::Author(byline.names, byline.role_after));
    if let Some(role) = byline.role_below {
        at.take(Use::Role(role));
    }
    Some(())
}

/// A byline below a line of at most 12 words, without sentence end, with blank lines around it: `PMQs`, `#harbourflood`,
/// `FT: Rovers 2-1 United`.
fn below_subtitle<'a>(at: &mut Cursor<'_, 'a>) -> Option<Byline<'a>> {
    let subtitle = at.next().filter(|line| line.mark.is_none() && is_phrase(line.text, 12))?;
    let stands_alone = at.page.is_flat || at.adjacent(1).is_none();
    let byline = byline_at(at, if at.page.is_flat { 1 } else { 2 })?;
    // An organisation alone below a line is prose that names one.
    if !stands_alone || byline.role_below.is_none() {
        return None;
    }
    at.take(Use::Subtitle(subtitle.text));
    Some(byline)
}

/// The byline that begins `offset` lines below the next one.
fn byline_at<'a>(at: &Cursor<'_, 'a>, offset: usize) -> Option<Byline<'a>> {
    let language = at.language();
    let unmarked =
        |offset| at.below(offset).filter(|line| line.mark.is_none() && !line.is_blank()).map(|line| line.text);
    let (line, below) = (unmarked(offset)?, unmarked(offset + 1));
    let signed = |names, role_below| Some(Byline { names, role_below, role_after: None });

    if let Some(role) = below.filter(|role| is_phrase(role, 14)) {
        let is_role = is_role(role, language) || at.is_last_below(offset + 1) && is_cut_role(role, language);
        if is_organisation(line, language) && (is_role || !at.page.is_flat) {
            return signed(vec![line], Some(role));
        }
        if let Some(names) = names_only(line, language).filter(|_| is_role) {
            return signed(names, Some(role));
        }
    }
    if below.is_some() && !at.page.is_flat {
        return None;
    }
    if is_organisation(line, language) || at.page.bylines.contains(line) {
        return signed(vec![line], None);
    }
    let by = strip_opening(line, language.by)?;
    if let Some((name, role)) = by.split_once(", ").filter(|(name, role)| is_name(name) && is_role(role, language)) {
        return Some(Byline { names: vec![name], role_below: None, role_after: Some(role) });
    }
    signed(names_only(by, language)?, None)
}

/// `Edited by A and B`: who made the page, in crawled text also below the first entry's title.
pub fn page_credit(at: &mut Cursor) -> Option<()> {
    let line = at.next().filter(|line| line.mark.is_none() && strip_opening(line.text, at.language().by).is_none())?;
    let names = credit(line.text, at.language())?;
    at.take(Use::Credit(names));
    Some(())
}
