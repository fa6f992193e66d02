//! Bylines in an element of any publisher: marked by the document, or known by their place and shape.

use crate::html::{Element, Passage, PassageKind};
use crate::layout::text::recognise::name::{is_name, names_and_place};
use crate::layout::text::recognise::shape::{at_most_words, ends_sentence, strip_opening};
use crate::locale::{BYLINE_OPENINGS, ENGLISH};

/// Who wrote an entry, and as what.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Byline {
    /// The names.
    pub authors: Vec<String>,
    /// What follows them on a line of its own: `Transport correspondent`.
    pub role: Option<String>,
    /// The lines that it consists of.
    lines: Vec<String>,
}

impl Byline {
    /// Whether a line is one of the byline's.
    pub fn contains(&self, line: &str) -> bool {
        self.lines.iter().any(|own| own == line)
    }

    fn new(line: &str) -> Option<Byline> {
        let (authors, role) = authors(line)?;
        Some(Byline { authors, role, lines: vec![line.to_owned()] })
    }
}

/// A byline that the document marks:
///
/// ```html
/// <a rel="author">Ada Example</a>  <p class="post-author">By Ada Example</p>  <a href="/profile/ada">Ada Example</a>
/// ```
pub fn marked(element: Element) -> Option<Byline> {
    let mut marks = element.descendants().filter(|inner| is_mark(*inner) && !is_of_others(*inner, element));
    marks.find_map(|mark| {
        let passages = mark.passages();
        let is_short = passages.len() <= 3 && passages.iter().all(|passage| at_most_words(&passage.text, 12));
        if !is_short || mark.name() == "a" && !is_alone(mark, &passages) {
            return None;
        }
        let mut lines = passages.iter().filter(|passage| is_words(passage)).map(|passage| passage.text.as_str());
        let byline = Byline::new(lines.next()?)?;
        let is_role = |line: &&str| {
            at_most_words(line, 8) && !ends_sentence(line) && !line.contains(|c: char| c.is_ascii_digit())
        };
        let line = lines.next().filter(is_role).map(str::to_owned);
        let lines = byline.lines.into_iter().chain(line.clone()).collect();
        Some(Byline { role: byline.role.or(line), lines, ..byline })
    })
}

fn is_mark(element: Element) -> bool {
    const CLASSES: [&str; 3] = ["byline", "author", "contributor"];
    const PROFILES: [&str; 4] = ["/profile/", "/author/", "/authors/", "/by/"];
    let is_in = |attribute: &str, words: &[&str]| {
        let words = |name: &str| {
            name.split(|c: char| !c.is_ascii_alphanumeric())
                .any(|word| words.iter().any(|known| known.eq_ignore_ascii_case(word)))
        };
        element.attr(attribute).is_some_and(words)
    };
    is_in("rel", &["author"])
        || is_in("itemprop", &["author"])
        || is_in("class", &CLASSES)
        || is_in("data-testid", &CLASSES)
        || element.name() == "a"
            && element.attr("href").is_some_and(|url| PROFILES.iter().any(|profile| url.contains(profile)))
}

/// Whether a link to an author stands on a line of its own: others stand in sentences.
fn is_alone(link: Element, passages: &[Passage]) -> bool {
    let name = passages.first().map(|passage| passage.text.as_str());
    let around = link.ancestors().next().map(Element::passages).unwrap_or_default();
    around.iter().any(|line| Some(without_opening(&line.text)) == name)
}

/// Whether a name stands in what others wrote or showed: a quote, a figure, another site's post.
fn is_of_others(inner: Element, element: Element) -> bool {
    let mut around = inner.ancestors().take_while(|around| !around.is(element));
    around.any(|around| {
        let is_post =
            around.attr("class").is_some_and(|class| class.contains("twitter") || class.contains("instagram"));
        matches!(around.name(), "blockquote" | "figure" | "figcaption") || is_post
    })
}

/// `By Ada Example` under a title.
pub fn below_title(first: &Passage) -> Option<Byline> {
    strip_opening(&first.text, ENGLISH.by)
        .filter(|names| names_and_place(names, &ENGLISH).0.iter().all(|name| is_name(name)))?;
    Byline::new(&first.text)
}

/// A name with the time above a title, on one line with it or not: `17:24 Ada Example`.
pub fn beside_time(above: &[Passage]) -> Option<Byline> {
    let is_kicker = |word: &str| ENGLISH.kickers.iter().any(|kicker| kicker.eq_ignore_ascii_case(word));
    let is_written = |text: &str| text.contains(char::is_lowercase) && !text.split_whitespace().any(is_kicker);
    let mut has_time = false;
    above.iter().find_map(|passage| {
        let name = without_opening(passage.text.trim_start_matches(|c: char| !c.is_alphabetic()));
        has_time |=
            matches!(passage.kind, PassageKind::Time(_)) || passage.text.starts_with(|c: char| c.is_ascii_digit());
        let is_author = has_time && is_words(passage) && is_name(name) && is_written(name);
        is_author.then(|| Byline { authors: vec![name.to_owned()], role: None, lines: vec![passage.text.clone()] })
    })
}

fn is_words(passage: &Passage) -> bool {
    passage.kind.is_line() || matches!(passage.kind, PassageKind::Item { .. })
}

/// The name without what stands before it in a byline: `By Ada Example`, `Von Ada Example`.
pub fn without_opening(line: &str) -> &str {
    let rest = BYLINE_OPENINGS.iter().find_map(|opening| strip_opening(line, opening));
    rest.map_or(line, str::trim)
}

/// The names in a line of a byline, before a time or another remark: `By Ada Example and Bo Example | 20:30`; and a place.
fn authors(line: &str) -> Option<(Vec<String>, Option<String>)> {
    /// As in names that are known by their shape.
    const WORDS: usize = 5;
    let line = without_opening(line.trim_start_matches(['-', '–', '—', ' ']));
    let end = line.find(|c: char| c.is_ascii_digit() || matches!(c, '|' | '•' | '·' | '@' | '(')).unwrap_or(line.len());
    let names = line[..end].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '–' | '—'));
    let (names, place) = names_and_place(names, &ENGLISH);
    // Many scripts have no capitals.
    let is_one = |name: &&str| {
        name.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
            && at_most_words(name, WORDS)
            && !name.ends_with(['?', '!', ':'])
    };
    names.iter().all(is_one).then(|| (names.into_iter().map(str::to_owned).collect(), place.map(str::to_owned)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::Html;

    fn marked_names(html: &str) -> Option<(Vec<String>, Option<String>)> {
        let page = Html::read(&format!("<html><article>{html}</article>"), None);
        let article = page.elements().find(|element| element.name() == "article")?;
        marked(article).map(|byline| (byline.authors, byline.role))
    }

    #[test]
    fn a_byline_is_marked_in_several_ways() {
        let names = |names: &[&str]| Some((names.iter().map(|name| name.to_string()).collect(), None));
        let placed = "<p class=post__byline>Ada Example in Port Ellan</p>";
        assert_eq!(marked_names(placed), Some((vec!["Ada Example".to_owned()], Some("in Port Ellan".to_owned()))));
        assert_eq!(marked_names("<span class=lu-author>— मीरा कोल</span>"), names(&["मीरा कोल"]));
        for html in [
            "<a rel=author>Ada Example</a>",
            "<p class=post-author>By Ada Example</p>",
            "<div class=Byline>Von Ada Example</div>",
            "<a href=/profile/ada>Ada Example</a>",
            "<span itemprop=author><span itemprop=name>Ada Example</span></span>",
            "<div class=author>Ada Example | 20:30</div>",
        ] {
            assert_eq!(marked_names(html), names(&["Ada Example"]), "{html}");
        }
        assert_eq!(
            marked_names("<p class=byline>By Ada Example and Bo Example</p>"),
            names(&["Ada Example", "Bo Example"])
        );
        let role = "<div class=byline><b>Ada Example</b><br>Transport correspondent</div>";
        assert_eq!(
            marked_names(role),
            Some((vec!["Ada Example".to_owned()], Some("Transport correspondent".to_owned())))
        );
    }

    #[test]
    fn a_name_in_what_others_wrote_is_no_byline() {
        for html in [
            "<blockquote><p>Words.</p><cite class=author>Ada Example</cite></blockquote>",
            "<figure><img src=a.jpg alt=A><figcaption class=author>Ada Example</figcaption></figure>",
            "<p>The words of <a href=/profile/ada>Ada Example</a> were heard all over the harbour on that evening in May.</p>",
            "<p class=author-box>who wrote this.</p>",
        ] {
            assert_eq!(marked_names(html), None, "{html}");
        }
    }
}
