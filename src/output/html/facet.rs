//! Facets: the values by which entries can be filtered, with how many entries have each.

use std::collections::HashMap;
use std::fmt;

use crate::output::markup::Escaped;

/// The values of one kind, numbered as they come. Entries carry the numbers.
pub(super) struct Facet {
    name: &'static str,
    words: &'static str,
    values: Vec<(String, usize)>,
    places: HashMap<String, usize>,
}

impl Facet {
    pub(super) fn new(name: &'static str, words: &'static str) -> Self {
        Self { name, words, values: vec![], places: HashMap::new() }
    }

    /// The number of a value that an entry has.
    pub(super) fn place(&mut self, value: &str) -> usize {
        let place = match self.places.get(value) {
            Some(&place) => place,
            None => {
                self.places.insert(value.to_owned(), self.values.len());
                self.values.push((value.to_owned(), 0));
                self.values.len() - 1
            }
        };
        self.values[place].1 += 1;
        place
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }
}

impl fmt::Display for Facet {
    /// A choice among the values, by name; where there is nothing to choose, none.
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        let least = if self.name == "page" { 2 } else { 1 };
        if self.values.len() < least {
            return Ok(());
        }
        let mut values: Vec<_> = self.values.iter().enumerate().collect();
        values.sort_by_key(|(_, (value, _))| value.to_lowercase());
        let Self { name, words, .. } = self;
        writeln!(to, "<label>{words} <select name=\"{name}\"><option value=\"\">all</option>")?;
        for (place, (value, count)) in values {
            writeln!(to, "<option value=\"{place}\">{} ({count})</option>", Escaped(value))?;
        }
        to.write_str("</select></label>\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_offered_by_name_with_how_many_entries_have_each() {
        let mut labels = Facet::new("label", "Label");
        assert_eq!(["Recap", "Analysis <1>", "Recap"].map(|label| labels.place(label)), [0, 1, 0]);
        assert_eq!(
            labels.to_string(),
            "<label>Label <select name=\"label\"><option value=\"\">all</option>\n\
             <option value=\"1\">Analysis &lt;1&gt; (1)</option>\n\
             <option value=\"0\">Recap (2)</option>\n\
             </select></label>\n"
        );
    }

    #[test]
    fn where_there_is_nothing_to_choose_nothing_is_offered() {
        let mut pages = Facet::new("page", "Live blog");
        pages.place("Flood");
        assert_eq!(pages.to_string(), "");
    }
}
