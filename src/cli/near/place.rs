//! The places where entries are looked for: the archive, and pages that are read.

use std::cmp::Reverse;
use std::collections::HashMap;

use liveblog::archive::{Archive, Error};
use liveblog::model::Entry;
use liveblog::query::{Condition, GroupBy, Needles, Query, TextField};

use super::{FirstAndLast, Place};

/// The entries of an archive, or of the live blogs that a query names.
pub struct StoredEntries<'a> {
    archive: &'a Archive,
    /// The query without its conditions and times.
    all: Query,
}

impl<'a> StoredEntries<'a> {
    pub fn new(archive: &'a Archive, query: &Query) -> Self {
        let mut all = Query::new(query.now);
        (all.pages, all.at, all.zone, all.removed) = (query.pages.clone(), query.at, query.zone, query.removed);
        Self { archive, all }
    }

    /// The query that selects all of them.
    pub fn all(&self) -> &Query {
        &self.all
    }
}

impl Place for StoredEntries<'_> {
    fn values(&self, field: TextField) -> Result<Vec<String>, Error> {
        // Nobody counts by titles.
        let Ok(by) = field.name().parse::<GroupBy>() else { return Ok(Vec::new()) };
        let (_, counts) = self.archive.count_by(&self.all, &[by])?;
        Ok(counts.into_values().collect())
    }

    fn count(&self, field: TextField, text: &str) -> Result<usize, Error> {
        Ok(self.archive.count(&self.all.clone().contains(field, [text]))?.entries)
    }

    fn first_and_last(&self) -> Result<Option<FirstAndLast>, Error> {
        let named = &self.all.pages;
        let pages = match &named[..] {
            [] => self.archive.pages()?,
            names => names.iter().map(|name| self.archive.page(name)).collect::<Result<_, _>>()?,
        };
        let first = pages.iter().filter_map(|page| page.first).min();
        Ok(first.zip(pages.iter().filter_map(|page| page.last).max()))
    }

    fn name(&self) -> String {
        match &self.all.pages[..] {
            [] => "the archive's entries".to_owned(),
            names => format!("the entries of {}", names.join(", ")),
        }
    }
}

/// What was seen of the entries of pages while they were read; of their texts, only what the query asks for.
pub struct Seen {
    values: HashMap<TextField, HashMap<String, usize>>,
    times: Option<FirstAndLast>,
}

impl Seen {
    pub fn new(query: &Query) -> Self {
        let fields = query.conditions.iter().filter_map(|condition| match condition {
            Condition::Contains(field, _) => Some((*field, HashMap::new())),
            _ => None,
        });
        Self { values: fields.collect(), times: None }
    }

    pub fn add(&mut self, entry: &Entry) {
        if let Some(time) = entry.published {
            let (first, last) = self.times.unwrap_or((time, time));
            self.times = Some((first.min(time), last.max(time)));
        }
        for (field, values) in &mut self.values {
            for value in field.texts(entry) {
                match values.get_mut(value) {
                    Some(count) => *count += 1,
                    None => _ = values.insert(value.to_owned(), 1),
                }
            }
        }
    }

    fn values_of(&self, field: TextField) -> impl Iterator<Item = (&String, &usize)> {
        self.values.get(&field).into_iter().flatten()
    }
}

impl Place for Seen {
    fn values(&self, field: TextField) -> Result<Vec<String>, Error> {
        let mut values: Vec<_> = self.values_of(field).collect();
        values.sort_unstable_by_key(|(value, count)| (Reverse(**count), *value));
        Ok(values.into_iter().map(|(value, _)| value.clone()).collect())
    }

    fn count(&self, field: TextField, text: &str) -> Result<usize, Error> {
        let needles = Needles::new([text]);
        Ok(self.values_of(field).filter(|(value, _)| needles.occur_in(value)).map(|(_, count)| count).sum())
    }

    fn first_and_last(&self) -> Result<Option<FirstAndLast>, Error> {
        Ok(self.times)
    }

    fn name(&self) -> String {
        "the entries of the pages".to_owned()
    }
}
