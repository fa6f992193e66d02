//! Bylines: who wrote an entry, and as what.

use super::name::{
    LONGEST_NAME, credit, is_cut_role, is_name, is_organisation, is_role, is_sure_role, names_only, names_place,
};
use super::shape::{at_most_words, is_phrase, strip_opening};
use crate::layout::text::cursor::Cursor;
use crate::layout::text::line::LineRole;
use crate::layout::text::uses::Use;
use crate::model::Code;

/// The lines of a byline.
struct Byline<'a> {
    /// The names of the first line, or of the second where an organisation is above a person.
    names: Vec<&'a str>,
    /// The role on the same line, behind a name.
    role_after: Option<&'a str>,
    /// The role on the other line.
    other_line: Option<&'a str>,
    /// Whether the role is above the names.
    is_role_first: bool,
    /// What else the lines may be, where nothing but their shape shows that they are a byline.
    doubt: Option<String>,
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
    if let Some(doubt) = byline.doubt {
        at.doubt(Code::BylineInferred, doubt);
    }
    let author = Use::Author(byline.names, byline.role_after);
    let role = byline.other_line.map(Use::Role);
    let lines = if byline.is_role_first { [role, Some(author)] } else { [Some(author), role] };
    lines.into_iter().flatten().for_each(|use_| at.take(use_));
    Some(())
}

/// A byline below a line of at most 12 words, without sentence end, with blank lines around it: `PMQs`, `#harbourflood`,
/// `FT: Rovers 2-1 United`.
fn below_subtitle<'a>(at: &mut Cursor<'_, 'a>) -> Option<Byline<'a>> {
    let subtitle = at.next().filter(|line| line.mark.is_none() && is_phrase(line.text, 12))?;
    let stands_alone = at.page.is_flat || at.adjacent(1).is_none();
    let byline = byline_at(at, if at.page.is_flat { 1 } else { 2 })?;
    // An organisation alone below a line is prose that names one.
    if !stands_alone || byline.other_line.is_none() {
        return None;
    }
    at.take(Use::Subtitle(subtitle.text));
    at.next();
    Some(byline)
}

/// The byline that begins `offset` lines below the next one.
fn byline_at<'a>(at: &Cursor<'_, 'a>, offset: usize) -> Option<Byline<'a>> {
    let language = at.language();
    let unmarked =
        |offset| at.below(offset).filter(|line| line.mark.is_none() && !line.is_blank()).map(|line| line.text);
    let (line, below) = (unmarked(offset)?, unmarked(offset + 1));
    let below = below.filter(|role| is_phrase(role, 14));
    if let Some(byline) = below.and_then(|below| of_two_lines(at, line, below, at.is_last_below(offset + 1))) {
        return Some(byline);
    }
    if unmarked(offset + 1).is_some() && !at.page.is_flat {
        return None;
    }
    if is_organisation(line, language) || line.len() <= LONGEST_NAME && at.page.bylines.contains(line) {
        return Some(Byline::by(vec![line]));
    }
    let by = strip_opening(line, language.by)?;
    if let Some((name, role)) = by.split_once(", ").filter(|(name, role)| is_name(name) && is_role(role, language)) {
        return Some(Byline { role_after: Some(role), ..Byline::by(vec![name]) });
    }
    Some(Byline::by(names_only(by, language)?))
}

/// Names over a role, an organisation over a role, or an organisation over the person who writes for it:
///
/// ```text
///     Local Democracy Reporting Service
///     Ada Harbour
/// ```
fn of_two_lines<'a>(at: &Cursor<'_, 'a>, line: &'a str, below: &'a str, is_last: bool) -> Option<Byline<'a>> {
    let language = at.language();
    let is_known = |name: &str| at.page.signed.contains(name);
    let is_role = match is_last {
        // The page is cut off there, perhaps within a sentence of the text.
        true => at_most_words(below, 8) && (is_role(below, language) || is_cut_role(below, language)),
        false => is_role(below, language),
    };
    if !is_organisation(line, language) {
        let names = names_only(line, language).filter(|_| is_role)?;
        let is_sure = is_sure_role(below, language) || is_last || names.iter().any(|name| is_known(name));
        let doubt = || format!("“{line}” over “{below}” may be two images' alternative texts; read as name and role");
        return Some(Byline { doubt: (!is_sure).then(doubt), ..Byline::by(names).over(below) });
    }
    if is_role || is_organisation(below, language) {
        return Some(Byline::by(vec![line]).over(below));
    }
    if is_name(below) && !names_place(below, language) {
        let doubt = || format!("“{below}” under “{line}” may be the name of a place or a thing; read as the author's");
        let doubt = (!is_known(below)).then(doubt);
        return Some(Byline { is_role_first: true, doubt, ..Byline::by(vec![below]).over(line) });
    }
    // On a flat page, the text itself is right below.
    if at.page.is_flat {
        return None;
    }
    let doubt = Some(format!("“{below}” under “{line}” may be an image's alternative text; read as a role"));
    Some(Byline { doubt, ..Byline::by(vec![line]).over(below) })
}

impl<'a> Byline<'a> {
    fn by(names: Vec<&'a str>) -> Byline<'a> {
        Byline { names, role_after: None, other_line: None, is_role_first: false, doubt: None }
    }

    /// With a role on a line of its own.
    fn over(self, role: &'a str) -> Byline<'a> {
        Byline { other_line: Some(role), ..self }
    }
}

/// `Edited by A and B`: who made the page, in crawled text also below the first entry's title.
pub fn page_credit(at: &mut Cursor) -> Option<()> {
    let line = at.next().filter(|line| line.mark.is_none() && strip_opening(line.text, at.language().by).is_none())?;
    let names = credit(line.text, at.language())?;
    at.take(Use::Credit(names));
    Some(())
}
