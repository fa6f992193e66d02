//! Patterns: regular expressions with smart case. In lower case one matches any case, with a capital letter only its own.

use std::str::FromStr;

use regex::{Regex, RegexBuilder};
use regex_syntax::ast::{self, Ast, ClassSetItem, Visitor, parse::Parser};

/// A regular expression with smart case, in the syntax of the [`regex` crate](https://docs.rs/regex/latest/regex/#syntax).
///
/// ```
/// use liveblog::query::Pattern;
///
/// assert!(Pattern::new("tunnel").unwrap().is_match("Tunnel reopens"));
/// assert!(!Pattern::new("Tunnel").unwrap().is_match("the tunnel reopens"));
/// // `\S` and `\p{Lu}` are no capital letters of the text that is looked for.
/// assert!(Pattern::new(r"pump\S*").unwrap().is_match("PUMPS"));
/// ```
#[derive(Debug, Clone)]
pub struct Pattern(Regex);

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// If it is no regular expression, or too large.
    pub fn new(pattern: &str) -> Result<Self, PatternError> {
        let has_capitals = Parser::new().parse(pattern).is_ok_and(|ast| has_capitals(&ast));
        RegexBuilder::new(pattern).case_insensitive(!has_capitals).build().map(Self).map_err(PatternError)
    }

    /// Whether some part of the text matches.
    pub fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

impl FromStr for Pattern {
    type Err = PatternError;

    fn from_str(pattern: &str) -> Result<Self, PatternError> {
        Self::new(pattern)
    }
}

/// A text that is no regular expression, or one that is too large.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub struct PatternError(regex::Error);

fn has_capitals(ast: &Ast) -> bool {
    ast::visit(ast, Capitals(false)).unwrap_or_else(|never| match never {})
}

/// Looks for a capital letter among the literals of a pattern, those in `[…]` included.
struct Capitals(bool);

impl Capitals {
    fn see(&mut self, literal: &ast::Literal) {
        self.0 |= literal.c.is_uppercase();
    }
}

impl Visitor for Capitals {
    type Output = bool;
    type Err = std::convert::Infallible;

    fn finish(self) -> Result<bool, Self::Err> {
        Ok(self.0)
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), Self::Err> {
        if let Ast::Literal(literal) = ast {
            self.see(literal);
        }
        Ok(())
    }

    fn visit_class_set_item_pre(&mut self, item: &ClassSetItem) -> Result<(), Self::Err> {
        match item {
            ClassSetItem::Literal(literal) => self.see(literal),
            ClassSetItem::Range(range) => {
                self.see(&range.start);
                self.see(&range.end);
            }
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_in_lower_case_matches_any_case() {
        assert!(Pattern::new("straße").unwrap().is_match("STRAßE"));
        assert!(Pattern::new("[a-c]x").unwrap().is_match("BX"));
    }

    #[test]
    fn a_capital_letter_makes_the_case_count_in_a_class_as_well() {
        assert!(!Pattern::new("Pump").unwrap().is_match("pump"));
        assert!(!Pattern::new("[A-C]x").unwrap().is_match("bx"));
    }

    #[test]
    fn a_class_or_a_group_named_with_a_capital_is_no_capital_letter() {
        assert!(Pattern::new(r"(?P<Name>\w+) said").unwrap().is_match("SHE SAID"));
        assert!(Pattern::new(r"\D\W\S\p{Lu}x").unwrap().is_match("a !AX"));
    }

    #[test]
    fn an_invalid_pattern_reports_the_error_of_the_regex_crate() {
        assert!(Pattern::new("(").unwrap_err().to_string().contains("unclosed group"));
    }
}
