//! Bylines and images of this layout, which have neither markers nor adjacent lines.

use crate::layout::text::cursor::Cursor;
use crate::layout::text::recognise::image::marked;
use crate::layout::text::recognise::name::{credit, is_cut_role, is_name, is_organisation, is_role, names_only};
use crate::layout::text::recognise::shape::{
    ends_sentence, is_phrase, non_empty, opens_quotation, same, strip_opening,
};
use crate::layout::text::uses::Use;
use crate::locale::Language;

/// Name and role, each a paragraph of its own, between title and first prose, perhaps below a subtitle:
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
    if is_byline(at, 0) {
        return take_byline(at);
    }
    let subtitle = at.next()?.text;
    if is_phrase(subtitle, 12) && is_byline(at, 1) {
        at.take(Use::Subtitle(subtitle));
        return take_byline(at);
    }
    one_line(at)
}

/// Whether a byline begins `place` lines below the next one, blank ones left out.
fn is_byline(at: &Cursor, place: usize) -> bool {
    let text = |place| at.ahead(place).filter(|line| line.mark.is_none()).map(|line| line.text);
    let Some(name) = text(place) else { return false };
    is_organisation(name, at.language())
        || is_name(name) && text(place + 1).is_some_and(|role| is_role_below(role, place + 1, at))
}

fn is_role_below(role: &str, place: usize, at: &Cursor) -> bool {
    is_role(role, at.language()) || at.ahead(place + 1).is_none() && is_cut_role(role, at.language())
}

/// Takes name and role. An organisation's role is another organisation below it, or `Parliament`.
fn take_byline(at: &mut Cursor) -> Option<()> {
    let name = at.next()?.text;
    at.take(Use::Author(vec![name], None));
    let role = at.next()?.text;
    let is_organisations_role = || {
        same(role, "Parliament")
            || is_organisation(role, at.language())
            || at.ahead(1).is_none() && "Parliament".starts_with(role)
    };
    if !is_organisation(name, at.language()) || is_organisations_role() {
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

/// `Edited by A and B`, `By A and B`, or names alone.
pub fn editors<'a>(text: &'a str, language: &Language) -> Option<Vec<&'a str>> {
    if let Some(names) = credit(text, language) {
        return Some(names);
    }
    names_only(text, language).filter(|names| !names.iter().any(|name| is_organisation(name, language)))
}

/// `Image caption: TEXT` or `Copyright: X`; they belong to the image above, if there is one.
pub fn marked_image(at: &mut Cursor) -> Option<()> {
    let line = at.next()?;
    let below_image = matches!(at.last(), Some(Use::Image { .. } | Use::ImageSource(_) | Use::ImageCaption { .. }));
    if let Some(caption) = marked(line.text, at.language().image_caption) {
        at.take(Use::ImageCaption { text: non_empty(caption), opens: !below_image });
        return Some(());
    }
    let source = non_empty(strip_opening(line.text, "Copyright:")?);
    at.take(if below_image { Use::ImageSource(source) } else { Use::Image { alt: None, source } });
    Some(())
}

/// A short line without sentence end or quotation mark is an image's alternative text, unless it heads a list; a bare
/// credit may follow.
pub fn unmarked_image(at: &mut Cursor) -> Option<()> {
    let line = at.next()?;
    if line.mark.is_some() || !is_alternative(line.text) || at.heads_list() || at.is_last() {
        return None;
    }
    at.take(Use::Image { alt: non_empty(line.text), source: None });
    if let Some(credit) = at.next().filter(|line| is_credit(line.text)) {
        at.take(Use::ImageSource(non_empty(credit.text)));
    }
    Some(())
}

/// Everything else is a paragraph.
pub fn paragraph(at: &mut Cursor) -> Option<()> {
    let line = at.next()?;
    at.take(Use::Paragraph(line.text));
    Some(())
}

fn is_alternative(text: &str) -> bool {
    let sentence_within = [". ", "? ", "! "].iter().any(|end| text.contains(end));
    is_phrase(text, 20) && !opens_quotation(text) && !text.contains('"') && !sentence_within
}

/// `PA`, `Getty Images`: a credit without a marker.
fn is_credit(text: &str) -> bool {
    const AGENCIES: [&str; 11] = [
        "BBC",
        "PA",
        "Reuters",
        "Getty Images",
        "AFP",
        "EPA",
        "AP",
        "Press Association",
        "PA Media",
        "Rex Features",
        "Google",
    ];
    AGENCIES.contains(&text)
}
