//! Bylines of this layout, whose lines are paragraphs of their own.

use crate::layout::text::cursor::Cursor;
use crate::layout::text::recognise::name::{is_cut_role, is_name, is_organisation, is_role, may_be_name};
use crate::layout::text::recognise::shape::{begins_with, ends_sentence, is_phrase, same, words_up_to};
use crate::layout::text::uses::Use;
use crate::locale::Language;
use crate::model::Code;

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
    if one_line(at).is_some() || newspaper(at).is_some() {
        return Some(());
    }
    let subtitle = at.next()?.text;
    if is_programme(at) {
        return take_byline(at);
    }
    if is_phrase(subtitle, 12) && is_byline(at, 1) {
        at.take(Use::Subtitle(subtitle));
        return take_byline(at);
    }
    None
}

/// Whether a byline begins `place` lines below the next one, blank ones left out.
fn is_byline(at: &Cursor, place: usize) -> bool {
    let text = |place| at.ahead(place).filter(|line| line.mark.is_none()).map(|line| line.text);
    let Some(name) = text(place) else { return false };
    is_organisation(name, at.language())
        || (is_name(name) || may_be_name(name))
            && text(place + 1).is_some_and(|role| {
                let is_last = at.ahead(place + 2).is_none();
                is_role_under(name, role, at.language()) && !(is_last && words_up_to(role, 8) > 8)
                    || is_last && is_cut_role(role, at.language())
            })
}

/// Whether the line under a name is the role: what somebody is, `reporting from the quay`, or the newsroom. A line that
/// speaks of that person is prose, and under a debate's name the House is an author of its own.
pub fn is_role_under(name: &str, role: &str, language: &Language) -> bool {
    let surname = name.rsplit(' ').next().unwrap_or(name);
    let is_house = || begins_with(role, "House of ") || same(role, "Parliament");
    let is_from = || is_phrase(role, 10) && begins_with(role, "reporting from ");
    let is_newsroom = || is_organisation(role, language) && !is_house() || same(role, "Local Live");
    (is_role(role, language) || is_from() || is_newsroom()) && (role.starts_with("BBC ") || !role.contains(surname))
}

/// `Drivetime with Ada Quay` above `BBC Radio Ellan`: a programme, and who sends it.
fn is_programme(at: &mut Cursor) -> bool {
    let sender = at.ahead(1).is_some_and(|below| below.mark.is_none() && begins_with(below.text, "BBC Radio "));
    sender && at.next().is_some_and(|line| is_phrase(line.text, 6) && line.text.contains(" with "))
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

/// `Harbour Gazette`, alone right under the title: local pages repeat what newspapers write.
fn newspaper(at: &mut Cursor) -> Option<()> {
    const LAST_WORDS: [&str; 18] = [
        "Live",
        "News",
        "Star",
        "Times",
        "Post",
        "Mail",
        "Express",
        "Echo",
        "Gazette",
        "Herald",
        "Telegraph",
        "Mercury",
        "Chronicle",
        "Argus",
        "Advertiser",
        "Journal",
        "Standard",
        "Observer",
    ];
    let name = at.next().filter(|_| matches!(at.last(), Some(Use::Title(_))))?.text;
    let is_alone = at.adjacent(1).is_none() && at.ahead(1).is_some_and(|below| ends_sentence(below.text));
    let last = name.rsplit(' ').next().filter(|last| last.len() < name.len())?;
    let are_capitalised = name.split(' ').all(|word| word == "&" || word.starts_with(char::is_uppercase));
    if !is_alone || !is_phrase(name, 5) || !are_capitalised || !LAST_WORDS.contains(&last) {
        return None;
    }
    at.doubt(Code::BylineInferred, format!("“{name}” is read as the newspaper whose story it is"));
    at.take(Use::Author(vec![name], None));
    Some(())
}

/// `Name, Weather Forecaster`, perhaps above the newsroom.
fn one_line(at: &mut Cursor) -> Option<()> {
    let text = at.next()?.text;
    let (name, role) = text.split_once(", ").filter(|_| !ends_sentence(text))?;
    if !is_name(name) || !is_role(role, at.language()) {
        return None;
    }
    at.take(Use::Author(vec![name], Some(role)));
    if let Some(line) = at.next().filter(|line| line.mark.is_none() && is_organisation(line.text, at.language())) {
        at.take(Use::Role(line.text));
    }
    Some(())
}
