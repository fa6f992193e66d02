//! Parts of a `WHERE` clause over the columns of `entry`.

/// Terms that must all hold, and the values in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expression {
    terms: Vec<String>,
    pub values: Vec<String>,
}

impl Expression {
    /// What holds for every entry.
    pub fn anything() -> Self {
        Self { terms: Vec::new(), values: Vec::new() }
    }

    /// Demands this as well; `?` in the term stands for the values in turn.
    pub fn and<const N: usize>(&mut self, term: &str, values: [String; N]) {
        self.terms.push(term.to_owned());
        self.values.extend(values);
    }

    /// Demands all that another demands.
    pub fn and_all(&mut self, other: &Self) {
        self.terms.extend_from_slice(&other.terms);
        self.values.extend_from_slice(&other.values);
    }

    /// Of everything, what this leaves out.
    pub fn inverted(self) -> Self {
        // A comparison with null is null, and does not hold.
        let term = if self.terms.is_empty() {
            "FALSE".to_owned()
        } else {
            format!("({}) IS NOT TRUE", self.terms.join(" AND "))
        };
        Self { terms: vec![term], ..self }
    }

    /// The clause, empty if everything is meant.
    pub fn clause(&self) -> String {
        if self.terms.is_empty() { String::new() } else { format!("WHERE {}", self.terms.join(" AND ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaking() -> Expression {
        let mut expression = Expression::anything();
        expression.and("entry.breaking", []);
        expression.and("entry.published >= ?", ["2023".to_owned()]);
        expression
    }

    #[test]
    fn all_terms_must_hold() {
        assert_eq!(breaking().clause(), "WHERE entry.breaking AND entry.published >= ?");
        assert_eq!(Expression::anything().clause(), "");
    }

    #[test]
    fn the_inverse_takes_in_what_compares_with_null() {
        let inverse = breaking().inverted();
        assert_eq!(inverse.clause(), "WHERE (entry.breaking AND entry.published >= ?) IS NOT TRUE");
        assert_eq!(inverse.values, ["2023"]);
    }
}
