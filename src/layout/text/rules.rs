//! The rules of a layout: what the lines of its entries are recognised by.

use super::cursor::Cursor;
use super::line::Line;
use crate::locale::{FirstLetters, Language};

/// Takes the next line, and perhaps lines below it, if it recognises them.
pub type Recogniser = fn(&mut Cursor) -> Option<()>;

/// A row of a layout's table of rules.
#[derive(Debug)]
pub struct Rule {
    /// Its name, as `--explain` prints it.
    pub name: &'static str,
    /// What takes the line.
    pub recognise: Recogniser,
    /// Whether it goes by the shape of lines, so that it sees no line that a document marks as words of the story.
    pub by_shape: bool,
    sentences: Sentences,
}

/// Which plain sentences a rule takes, see [`Line::is_plain_sentence`].
#[derive(Debug, Clone, Copy)]
enum Sentences {
    Any,
    None,
    /// None but those that begin with these letters.
    OpenedBy(fn(&Language) -> FirstLetters),
}

impl Rule {
    /// A rule for words that are what they are wherever they are.
    pub const fn by_words(name: &'static str, recognise: Recogniser) -> Rule {
        Rule { name, recognise, by_shape: false, sentences: Sentences::Any }
    }

    /// A rule that goes by the shape of lines: what a document marks as words of the story is no image or caption,
    /// whatever it looks like.
    pub const fn by_shape(name: &'static str, recognise: Recogniser) -> Rule {
        Rule { name, recognise, by_shape: true, sentences: Sentences::Any }
    }

    /// The rule takes no plain sentence.
    pub const fn no_sentence(self) -> Rule {
        Rule { sentences: Sentences::None, ..self }
    }

    /// The rule takes no plain sentence but those that begin with these letters.
    pub const fn opened_by(self, letters: fn(&Language) -> FirstLetters) -> Rule {
        Rule { sentences: Sentences::OpenedBy(letters), ..self }
    }
}

/// The rules of a layout, in the order in which they are asked; the last takes any line.
///
/// Most lines are plain sentences, and most rules take few of them or none. So each rule says which it takes, and a
/// sentence asks only those that may take it.
#[derive(Debug)]
pub struct Rules {
    all: Vec<&'static Rule>,
    /// Those that take sentences that begin with the openings of some rule.
    of_openings: Vec<&'static Rule>,
    /// Those that take any sentence.
    of_sentences: Vec<&'static Rule>,
    /// The openings of all rules.
    openings: FirstLetters,
}

impl Rules {
    /// The rules of a table, for pages in a language.
    pub fn new(table: &'static [Rule], language: &Language) -> Rules {
        let mut openings = FirstLetters::NONE;
        for rule in table {
            if let Sentences::OpenedBy(letters) = rule.sentences {
                openings.add(&letters(language));
            }
        }
        Rules {
            all: table.iter().collect(),
            of_openings: table.iter().filter(|rule| !matches!(rule.sentences, Sentences::None)).collect(),
            of_sentences: table.iter().filter(|rule| matches!(rule.sentences, Sentences::Any)).collect(),
            openings,
        }
    }

    /// All rules but the last.
    pub fn all_but_last(&self) -> &[&'static Rule] {
        &self.all[..self.all.len().saturating_sub(1)]
    }

    /// The rules that may take a line.
    pub fn for_line(&self, line: &Line) -> &[&'static Rule] {
        if !line.is_plain_sentence() {
            &self.all
        } else if self.openings.may_begin(line.text) {
            &self.of_openings
        } else {
            &self.of_sentences
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::layout::text::cursor::Readings;
    use crate::layout::text::page_traits::PageTraits;
    use crate::layout::text::uses::Use;
    use crate::layout::text::{bbc, line, live_reporting, sport};
    use crate::locale::LANGUAGES;

    const TABLES: [&[Rule]; 4] = [bbc::RULES, sport::RECOGNISERS, live_reporting::RECOGNISERS, live_reporting::MESSAGE];

    /// Parts of lines that some rule takes, and of sentences.
    const PARTS: &[&str] = &[
        "Ada Quay",
        "Bo Dahl Jr.",
        "BBC News",
        "BBC ",
        " banner",
        "Live reporter",
        "By ",
        "Edited by ",
        "The Newsroom",
        "Email us",
        " at quay@example.org",
        "#quay",
        ", text 81111",
        "Get involved",
        "Page 1 of 2",
        "Share this post",
        "Quote Message",
        "The BBC is not responsible for the content of external sites",
        "Skip twitter post",
        "View more on twitter",
        "This Twitter post cannot be displayed",
        "Image caption,",
        "Media caption:",
        "Image source, ",
        "A map of ",
        "Black and white photo showing ",
        "image of",
        "• ",
        "1. ",
        "Read More",
        "12",
        "and ",
        "the crane",
        ", ",
        " & ",
        ".",
        "!",
        ":",
        "…",
        "?",
        ".)",
        ".”",
        ",",
        ";",
        "published at 12:00",
        "\n",
        "\n\n",
        "\n",
    ];

    proptest! {
        #[test]
        fn no_rule_takes_a_sentence_that_does_not_ask_it(
            parts in prop::collection::vec(prop::sample::select(PARTS), 1..40),
            language in prop::sample::select(LANGUAGES),
            at_top in any::<bool>(),
        ) {
            let text = parts.concat();
            let lines = line::lines(&text);
            let page = PageTraits::new(&lines, &[0], language, false);
            for rules in TABLES.map(|table| Rules::new(table, language)) {
                for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_blank()) {
                    let asked = rules.for_line(line);
                    for rule in rules.all.iter().filter(|rule| !asked.iter().any(|asked| asked.name == rule.name)) {
                        let uses = vec![Use::Title(Box::default()); index];
                        let mut read = Readings { uses, ..Readings::default() };
                        let mut at = Cursor::new(&page, &lines, lines.len(), &mut read);
                        at.at_top = at_top;
                        prop_assert!((rule.recognise)(&mut at).is_none(), "{} takes “{}”", rule.name, line.text);
                    }
                }
            }
        }
    }
}
