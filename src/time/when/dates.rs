//! The days that a user gives: `today`, `monday`, `2023-06-19`, `June 2023`, `last week`.

use chrono::{Datelike, Months, NaiveDate, TimeDelta, Weekday};

use super::parse::WhenProblem;
use crate::locale::ENGLISH;
use crate::time::scan::{number, whole_number};
use crate::time::stamp::{Impossible, PartialDate, date};
use crate::time::years;

/// One day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    Today,
    Yesterday,
    /// The latest such day of the week; today, if it is one.
    Weekday(Weekday),
    On(NaiveDate),
}

/// One day, or all days of a week, a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dates {
    Day(Day),
    /// The period in which a day is.
    Containing(NaiveDate, Period),
    /// The period in which today is.
    This(Period),
    /// The period before that.
    Last(Period),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Period {
    /// From Monday to Sunday.
    Week,
    Month,
    Year,
}

impl Day {
    pub fn date(self, today: NaiveDate) -> NaiveDate {
        match self {
            Self::Today => today,
            Self::Yesterday => today.pred_opt().unwrap_or(today),
            Self::Weekday(weekday) => today.week(weekday).checked_first_day().unwrap_or(today),
            Self::On(date) => date,
        }
    }
}

impl Dates {
    pub fn first_and_last(self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        match self {
            Self::Day(day) => (day.date(today), day.date(today)),
            Self::Containing(date, period) => period.first_and_last(date),
            Self::This(period) => period.first_and_last(today),
            Self::Last(period) => {
                let (first, _) = period.first_and_last(today);
                period.first_and_last(first.pred_opt().unwrap_or(first))
            }
        }
    }
}

impl Period {
    /// The first and the last day of the period in which a day is.
    fn first_and_last(self, date: NaiveDate) -> (NaiveDate, NaiveDate) {
        let (first, next) = match self {
            Self::Week => {
                let first = date.week(Weekday::Mon).checked_first_day();
                (first, first.and_then(|first| first.checked_add_signed(TimeDelta::weeks(1))))
            }
            Self::Month => {
                let first = date.with_day(1);
                (first, first.and_then(|first| first.checked_add_months(Months::new(1))))
            }
            Self::Year => {
                let first = date.with_ordinal(1);
                (first, first.and_then(|first| first.checked_add_months(Months::new(12))))
            }
        };
        (first.unwrap_or(date), next.and_then(|next| next.pred_opt()).unwrap_or(date))
    }
}

/// One of the [`Dates`].
pub(super) fn dates(text: &str) -> Option<Result<Dates, WhenProblem>> {
    period(text).or_else(|| day(text).map(|day| day.map(Dates::Day)))
}

/// `2023`, `2023-06`, `June 2023`, `last week`.
fn period(text: &str) -> Option<Result<Dates, WhenProblem>> {
    let words: Vec<_> = text.split_whitespace().collect();
    match words[..] {
        [year] if is_year(year) => Some(first_day(year, 1, Period::Year)),
        [one] => {
            let (year, month) = one.split_once('-')?;
            whole_number(year, 4..=4)?;
            Some(first_day(year, whole_number(month, 1..=2)?, Period::Month))
        }
        [month, year] if is_year(year) => Some(first_day(year, ENGLISH.month(month)?, Period::Month)),
        [which, period] => {
            let period = match period.to_ascii_lowercase().as_str() {
                "week" => Period::Week,
                "month" => Period::Month,
                "year" => Period::Year,
                _ => return None,
            };
            match which.to_ascii_lowercase().as_str() {
                "this" => Some(Ok(Dates::This(period))),
                "last" => Some(Ok(Dates::Last(period))),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Four digits are a year only where they could hardly be a time: `1200` is none.
fn is_year(text: &str) -> bool {
    whole_number(text, 4..=4).is_some_and(|year| (1900..=2099).contains(&year))
}

/// The period of which that month is the first.
fn first_day(year: &str, month: u32, period: Period) -> Result<Dates, WhenProblem> {
    let date = in_year(PartialDate { day: 1, month, year: None }, whole_number(year, 4..=4).unwrap_or(0) as i32)?;
    Ok(Dates::Containing(date, period))
}

/// `today`, `yesterday`, `monday`, `2023-06-19`, `19 June 2023`.
pub(super) fn day(text: &str) -> Option<Result<Day, WhenProblem>> {
    match text.to_ascii_lowercase().as_str() {
        "today" => return Some(Ok(Day::Today)),
        "yesterday" => return Some(Ok(Day::Yesterday)),
        _ => {}
    }
    if ENGLISH.weekdays.iter().any(|weekday| weekday.eq_ignore_ascii_case(text))
        && let Ok(weekday) = text[..3].parse()
    {
        return Some(Ok(Day::Weekday(weekday)));
    }
    year_first(text).or_else(|| day_or_month_first(text)).or_else(|| {
        let date = date(text, &ENGLISH)?;
        Some(in_year(date, date.year?).map(Day::On))
    })
}

/// `2023-06-19`, `2023-6-19`, `2023/06/19`.
pub(super) fn year_first(text: &str) -> Option<Result<Day, WhenProblem>> {
    let (year, rest) = number(text, 4..=4)?;
    let separator = rest.chars().next().filter(|c| "-/".contains(*c))?;
    let (month, rest) = number(&rest[1..], 1..=2)?;
    let day = whole_number(rest.strip_prefix(separator)?, 1..=2)?;
    Some(in_year(PartialDate { day, month, year: None }, year as i32).map(Day::On))
}

/// `19/06/2023`, `06/19/23`, `19.06.2023`: nobody can know which is the month.
fn day_or_month_first(text: &str) -> Option<Result<Day, WhenProblem>> {
    let (one, rest) = number(text, 1..=2)?;
    let separator = rest.chars().next().filter(|c| "-/.".contains(*c))?;
    let (other, rest) = number(&rest[1..], 1..=2)?;
    let year = rest.strip_prefix(separator)?;
    whole_number(year, 2..=4)?;
    // `12.30.15` is a time.
    if separator == '.' && year.len() < 4 {
        return None;
    }
    let date = |month, day| NaiveDate::from_ymd_opt(whole_number(year, 4..=4)? as i32, month, day);
    let mut dates: Vec<_> = [date(other, one), date(one, other)].into_iter().flatten().collect();
    dates.dedup();
    Some(Err(WhenProblem::MonthOrDayFirst(dates)))
}

fn in_year(date: PartialDate, year: i32) -> Result<NaiveDate, WhenProblem> {
    let impossible = if years::contain(year) { Impossible::Date } else { Impossible::Year };
    date.in_year(year).ok_or(WhenProblem::Impossible(impossible))
}
