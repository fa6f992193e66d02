//! The table of zone names: English ones from CLDR, and abbreviations maintained by hand.

use std::cmp::Ordering;
use std::sync::LazyLock;

use chrono::FixedOffset;
use chrono_tz::Tz;

use super::zone::{ZoneMeaning, offset};

/// The meanings of an English name or abbreviation in any case, the usual one first.
pub fn named(name: &str) -> Option<&'static [ZoneMeaning]> {
    match USUAL.iter().find(|(usual, _)| usual.eq_ignore_ascii_case(name)) {
        Some((_, meanings)) => Some(meanings),
        None => NAMES.get(name),
    }
}

/// The names on most pages, as the table has them: reading all of it takes as long as reading half a page.
static USUAL: [(&str, [ZoneMeaning; 1]); 4] = [
    ("GMT", [LONDON_WINTER]),
    ("Greenwich Mean Time", [LONDON_WINTER]),
    ("BST", [LONDON_SUMMER]),
    ("British Summer Time", [LONDON_SUMMER]),
];

const LONDON_WINTER: ZoneMeaning =
    ZoneMeaning { offset: FixedOffset::east_opt(0), region: Tz::Europe__London, elsewhere: None };

const LONDON_SUMMER: ZoneMeaning =
    ZoneMeaning { offset: FixedOffset::east_opt(3600), region: Tz::Europe__London, elsewhere: None };

/// All names and abbreviations, read once from their tables.
static NAMES: LazyLock<Names> = LazyLock::new(Names::load);

/// Names with their meanings, in the order of [`any_case`], so that a look-up neither allocates nor hashes.
struct Names(Vec<(&'static str, Vec<ZoneMeaning>)>);

impl Names {
    fn load() -> Names {
        let full = rows(include_str!("zones.tsv")).filter_map(|(name, meaning)| {
            let (east, regions) = meaning.split_once('\t')?;
            let mut regions = regions.split(' ').filter_map(|region| region.parse().ok());
            let region = regions.next()?;
            Some((name, vec![ZoneMeaning { offset: offset(east), region, elsewhere: regions.next() }]))
        });
        let mut names = Names(full.collect());
        names.sort();
        let mut short: Vec<(&str, Vec<ZoneMeaning>)> = Vec::new();
        for (name, full) in rows(include_str!("abbreviations.tsv")) {
            let meanings = names.get(full).unwrap_or_default();
            match short.last_mut() {
                Some((last, all)) if *last == name => all.extend(meanings),
                _ => short.push((name, meanings.to_vec())),
            }
        }
        names.0.extend(short);
        names.sort();
        names
    }

    fn sort(&mut self) {
        self.0.sort_by(|(one, _), (other, _)| any_case(one, other));
    }

    fn get(&self, name: &str) -> Option<&[ZoneMeaning]> {
        let place = self.0.binary_search_by(|(known, _)| any_case(known, name)).ok()?;
        Some(&self.0[place].1)
    }
}

/// The rows of a table: the name, and what follows it.
fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// The order of two names without regard to the case of ASCII letters; by their length first, in which most of
/// them differ.
fn any_case(one: &str, other: &str) -> Ordering {
    one.len().cmp(&other.len()).then_with(|| letters(one).cmp(letters(other)))
}

fn letters(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().map(|byte| byte.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use chrono::{DateTime, NaiveDate, Offset, TimeDelta, TimeZone, Utc};
    use chrono_tz::Tz;

    use super::*;

    /// All offsets that a region has had from 1970 to 2025, month by month.
    fn history(region: Tz) -> HashSet<i32> {
        let months = (0..55 * 12).map(|month| DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(month * 30));
        months.map(|at| region.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc()).collect()
    }

    #[test]
    fn every_row_is_read() {
        let full = rows(include_str!("zones.tsv")).count();
        let short: HashSet<_> = rows(include_str!("abbreviations.tsv")).map(|(name, _)| name).collect();
        assert_eq!(NAMES.0.len(), full + short.len());
        assert!(NAMES.0.iter().all(|(_, meanings)| !meanings.is_empty()));
    }

    #[test]
    fn the_usual_names_mean_what_the_table_says() {
        for (name, meanings) in &USUAL {
            assert_eq!(NAMES.get(name), Some(meanings.as_slice()), "{name}");
        }
    }

    #[test]
    fn every_offset_is_one_that_its_region_has_had() {
        for (name, meanings) in &NAMES.0 {
            for ZoneMeaning { offset, region, .. } in meanings {
                let Some(offset) = offset.map(|offset| offset.local_minus_utc()) else { continue };
                let history = history(*region);
                // CLDR names a summer time also for regions that have had none since 1970: Cape Verde, Japan.
                let unheard_summer = !name.contains("Standard") && history.contains(&(offset - 3600));
                assert!(history.contains(&offset) || unheard_summer, "{name}");
            }
        }
    }

    #[test]
    fn a_name_that_stands_elsewhere_stands_there_all_year() {
        for (name, meanings) in &NAMES.0 {
            for ZoneMeaning { offset, region, elsewhere } in meanings {
                let year = (1..=12).filter_map(|month| NaiveDate::from_ymd_opt(2025, month, 15)?.and_hms_opt(12, 0, 0));
                let offsets: HashSet<_> = match elsewhere {
                    Some(zone) if *region != chrono_tz::Pacific::Honolulu => {
                        year.map(|at| zone.offset_from_utc_datetime(&at).fix()).collect()
                    }
                    _ => continue,
                };
                assert_eq!(offsets, HashSet::from([offset.unwrap()]), "{name}");
            }
        }
    }

    #[test]
    fn only_ist_and_cst_have_several_meanings() {
        let several: Vec<_> =
            NAMES.0.iter().filter(|(_, meanings)| meanings.len() > 1).map(|(name, _)| *name).collect();
        assert_eq!(several, ["CST", "IST"]);
    }

    #[test]
    fn an_abbreviation_has_all_its_regions() {
        use crate::time::zone::named;

        let regions: Vec<_> = named("ist").unwrap().iter().map(|meaning| meaning.region.name()).collect();
        assert_eq!(regions, ["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"]);
        assert_eq!(named("Lunar Standard Time"), None);
    }
}
