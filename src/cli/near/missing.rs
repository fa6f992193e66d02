//! A PAGE that is no file: the name of a live blog, a word to search for, or one more author.

use liveblog::archive::{self, Archive};
use liveblog::query::{Condition, Query};

use super::quoted;
use crate::cli::args::Context;

/// What the user may have meant by the name of a page that is no file, as far as the archive knows it.
pub fn missing_page(name: &str, query: &Query, context: &Context) -> Option<String> {
    let archive = context.open_archive().ok()?;
    let word = name.chars().all(char::is_alphanumeric).then_some(name);
    let repeated = word.and_then(|word| repeated_option(word, query, &archive));
    repeated.or_else(|| page(name, &archive)).or_else(|| {
        let found = archive.count_found(&Query::new(query.now), word?).ok()?.entries;
        (found > 0).then(|| format!("did you mean liveblog search {name}? {found} entries contain it"))
    })
}

/// `--author davies mcdonell`
fn repeated_option(word: &str, query: &Query, archive: &Archive) -> Option<String> {
    query.conditions.iter().find_map(|condition| {
        let Condition::Contains(field, needles) = condition else { return None };
        let found = archive.count(&Query::new(query.now).contains(*field, [word])).ok()?.entries;
        let texts: Vec<_> = needles.texts().iter().map(String::as_str).chain([word]).collect();
        (found > 0).then(|| super::repeat(*field, &texts))
    })
}

/// `corkbeo.ie.level`
fn page(name: &str, archive: &Archive) -> Option<String> {
    let names = match archive.page(name) {
        Ok(page) => vec![page.name],
        Err(archive::Error::AmbiguousPage { fitting, .. }) => fitting,
        Err(archive::Error::NoSuchPage { close, .. }) => close,
        Err(_) => Vec::new(),
    };
    let options: Vec<_> = names.iter().take(3).map(|name| format!("--page {}", quoted(name))).collect();
    (!options.is_empty()).then(|| format!("did you mean {}?", options.join(" or ")))
}
