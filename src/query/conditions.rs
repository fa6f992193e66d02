//! All conditions of a query together, and what becomes of an entry under them.

use std::cell::RefCell;
use std::collections::HashMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::condition::Texts;
use super::{Condition, Query};
use crate::model::Entry;
use crate::time::bounds::{Bounds, bounds};
use crate::time::when::When;

/// A query's conditions, made ready once for all live blogs.
#[derive(Debug, Clone)]
pub struct Conditions<'q> {
    query: &'q Query,
    all: Vec<Condition>,
    /// What has been told of the time. Thousands of live blogs share a zone, and only a bare time depends on more.
    bounds: RefCell<HashMap<Place, Option<Bounds>>>,
}

/// What the bounds of a live blog depend on: its zone and, for a bare time, when its last entry was published.
type Place = (Option<Tz>, Option<DateTime<Utc>>);

/// A query's conditions as they hold for one live blog.
#[derive(Debug, Clone, Copy)]
pub struct OnPage<'c> {
    conditions: &'c Conditions<'c>,
    /// Whether the live blog is one of those asked for.
    pub asked: bool,
    /// From when to when its entries must have been published, if a time is asked for.
    pub bounds: Option<Bounds>,
}

/// What becomes of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is selected.
    Selected,
    /// It is left out.
    LeftOut,
    /// It is left out only because it has no time, where one is asked for.
    Untimed,
}

impl Query {
    /// The conditions, made ready.
    pub fn conditions(&self) -> Conditions<'_> {
        let of_words = [
            Texts::of(&self.authors).map(Condition::Author),
            Texts::of(&self.roles).map(Condition::Role),
            Texts::of(&self.titles).map(Condition::Title),
            Texts::of(&self.labels).map(Condition::Label),
            Texts::of(&self.image_sources).map(Condition::ImageSource),
            self.text.clone().map(Condition::Text),
            self.breaking.then_some(Condition::Breaking),
        ];
        let all = of_words.into_iter().flatten().chain(self.has.iter().copied().map(Condition::Has));
        Conditions { query: self, all: all.collect(), bounds: RefCell::default() }
    }

    /// Whether a time is asked for.
    pub fn asks_for_time(&self) -> bool {
        self.since.is_some() || self.until.is_some() || self.on.is_some()
    }

    /// Whether what is asked for depends on when a live blog's last entry was published.
    fn asks_for_bare_time(&self) -> bool {
        [&self.since, &self.until, &self.on].into_iter().flatten().any(When::is_bare_time)
    }

    fn bounds(&self, zone: Option<Tz>, last: Option<DateTime<Utc>>) -> Option<Bounds> {
        let zone = self.zone.or(zone).unwrap_or(Tz::UTC);
        let span = |since, until| bounds(since, until, zone, last, self.now);
        let since_until = || span(self.since.as_ref(), self.until.as_ref());
        let asked = (self.since.is_some() || self.until.is_some()).then(since_until);
        let day = self.on.as_ref().map(|day| span(Some(day), Some(day)));
        match (asked, day) {
            (Some(one), Some(other)) => Some(common(one, other)),
            (one, other) => one.or(other),
        }
    }
}

impl<'q> Conditions<'q> {
    /// The query that they are made from.
    pub fn query(&self) -> &'q Query {
        self.query
    }

    /// What an entry must hold, whichever live blog it belongs to: all conditions but those on page and time.
    pub fn all(&self) -> &[Condition] {
        &self.all
    }

    /// The conditions for a live blog: its name, the zone in which it tells the time, and when its last entry was
    /// published, by which bare times such as `12:00` are read.
    pub fn on_page(&self, name: &str, zone: Option<Tz>, last: Option<DateTime<Utc>>) -> OnPage<'_> {
        let pages = &self.query.pages;
        let asked = pages.is_empty() || pages.iter().any(|page| page == name);
        let last = last.filter(|_| self.query.asks_for_bare_time());
        let bounds = *self.bounds.borrow_mut().entry((zone, last)).or_insert_with(|| self.query.bounds(zone, last));
        OnPage { conditions: self, asked, bounds }
    }
}

impl OnPage<'_> {
    /// What becomes of an entry of this live blog.
    pub fn judge(&self, entry: &Entry, removed: bool) -> Verdict {
        let Conditions { query, all, .. } = self.conditions;
        if removed && !query.removed {
            return Verdict::LeftOut;
        }
        let holds = self.asked && all.iter().all(|condition| condition.matches(entry));
        match holds && self.in_time(entry.published) {
            true if !query.invert => Verdict::Selected,
            false if query.invert => Verdict::Selected,
            false if holds && entry.published.is_none() => Verdict::Untimed,
            _ => Verdict::LeftOut,
        }
    }

    /// Whether a time is as asked for; no time never is, where one is asked for.
    pub fn in_time(&self, published: Option<DateTime<Utc>>) -> bool {
        self.bounds.is_none_or(|bounds| published.is_some_and(|time| bounds.contains(time)))
    }
}

/// The time that two spans have in common.
fn common(one: Bounds, other: Bounds) -> Bounds {
    Bounds { from: one.from.max(other.from), to: one.to.into_iter().chain(other.to).min() }
}
