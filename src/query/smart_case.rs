//! Smart case: a pattern in lower case matches any case, one with a capital letter its own case alone.

use regex::{Regex, RegexBuilder};
use regex_syntax::ast::{self, Ast, ClassSetItem, Visitor, parse::Parser};

/// A regular expression from a user's words, in the syntax of the [`regex`] crate.
///
/// ```
/// use liveblog::query::smart_case;
///
/// assert!(smart_case("tunnel").unwrap().is_match("Tunnel reopens"));
/// assert!(!smart_case("Tunnel").unwrap().is_match("the tunnel reopens"));
/// // `\S` and `\p{Lu}` are no capital letters of the text that is looked for.
/// assert!(smart_case(r"pump\S*").unwrap().is_match("PUMPS"));
/// ```
///
/// # Errors
/// If the words are no regular expression, or one too large to build.
pub fn smart_case(words: &str) -> Result<Regex, regex::Error> {
    let capitals = Parser::new().parse(words).is_ok_and(|ast| has_capitals(&ast));
    RegexBuilder::new(words).case_insensitive(!capitals).build()
}

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
        assert!(smart_case("straße").unwrap().is_match("STRAßE"));
        assert!(smart_case("[a-c]x").unwrap().is_match("BX"));
    }

    #[test]
    fn a_capital_letter_makes_the_case_count_in_a_class_as_well() {
        assert!(!smart_case("Pump").unwrap().is_match("pump"));
        assert!(!smart_case("[A-C]x").unwrap().is_match("bx"));
    }

    #[test]
    fn a_class_or_a_group_named_with_a_capital_is_no_capital_letter() {
        assert!(smart_case(r"(?P<Name>\w+) said").unwrap().is_match("SHE SAID"));
        assert!(smart_case(r"\D\W\S\p{Lu}x").unwrap().is_match("a !AX"));
    }

    #[test]
    fn what_is_no_pattern_is_the_regex_crates_own_error() {
        assert!(smart_case("(").unwrap_err().to_string().contains("unclosed group"));
    }
}
