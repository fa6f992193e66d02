//! Similar texts: by the words in them, in any order, and by how many letters differ.

use similar::get_close_matches;

/// How many are shown.
const MOST: usize = 3;

/// How much of two words must be the same: `McDonald` and `McDonell` are 0.75.
const CUTOFF: f32 = 0.7;

/// How much of two texts must be the same, whose words are not: `break ing` and `Breaking`.
const WHOLE_CUTOFF: f32 = 0.85;

/// The values that have a word similar to each word of a text, in their order; else those that are similar as a whole.
pub fn similar_values<'v>(text: &str, values: &'v [String]) -> Vec<&'v str> {
    let asked = words(text);
    if asked.is_empty() {
        return Vec::new();
    }
    let has_all = |value: &&String| {
        let words = words(value);
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        asked.iter().all(|word| !get_close_matches(word.as_str(), &words, 1, CUTOFF).is_empty())
    };
    let near: Vec<_> = values.iter().filter(has_all).take(MOST).map(String::as_str).collect();
    if !near.is_empty() {
        return near;
    }
    let folded: Vec<_> = values.iter().map(|value| value.to_lowercase()).collect();
    let whole: Vec<_> = folded.iter().map(String::as_str).collect();
    let near = get_close_matches(text.to_lowercase().as_str(), &whole, MOST, WHOLE_CUTOFF);
    near.into_iter().filter_map(|near| Some(values[whole.iter().position(|value| *value == near)?].as_str())).collect()
}

/// The terms of an index that are similar to a word.
pub fn similar_terms<'t>(word: &str, terms: &'t [String]) -> Vec<&'t str> {
    let terms: Vec<_> = terms.iter().map(String::as_str).collect();
    get_close_matches(word, &terms, MOST, CUTOFF)
}

/// The words of a text, without case.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_similar_by_each_word_asked_for() {
        let values = ["Ada Exampleton", "Bob Sample", "Breaking"].map(str::to_owned);
        assert_eq!(similar_values("Exampelton", &values), ["Ada Exampleton"]);
        assert_eq!(similar_values("exampleton, ada", &values), ["Ada Exampleton"]);
        assert_eq!(similar_values("bob exampleton", &values), [] as [&str; 0]);
        assert_eq!(similar_values("break ing", &values), ["Breaking"]);
        assert_eq!(similar_values(", ", &values), [] as [&str; 0]);
    }
}
