//! The gate: a cheap test before the lines of a page are read, or its elements. What it refuses has no entries for sure.
//!
//! Of a crawl, few pages are live pages. Each layout needs something at least, which is found many times as fast as
//! entries are; the tests hold that no page is refused that a layout reads.

mod text;

pub use text::may_have_entries as text_may_have_entries;

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::ParseOptions;
    use crate::layout::classify_lines;
    use crate::layout::text::{PageContext, line, normalize_page};

    /// All files with that ending among the fixtures.
    fn fixtures(ending: &str) -> Vec<PathBuf> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        let folders = fs::read_dir(root).unwrap().map(|folder| folder.unwrap().path());
        let files = folders.filter(|path| path.is_dir()).flat_map(|folder| fs::read_dir(folder).unwrap());
        let files = files.map(|file| file.unwrap().path());
        files.filter(|path| path.extension().is_some_and(|found| found == ending)).collect()
    }

    fn has_entries(text: &str) -> bool {
        let options = ParseOptions::new("2028-01-01T00:00:00Z".parse().unwrap());
        classify_lines(&line::lines(text), PageContext::default(), &options).is_some()
    }

    #[test]
    fn no_text_is_refused_that_a_layout_reads_however_much_of_it_is_left() {
        let (mut read, mut refused, mut random) = (0, 0, 20_230_619_u64);
        let mut random = |most: usize| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) as usize % most.max(1)
        };
        for path in fixtures("txt") {
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            let lines: Vec<_> = text.split_inclusive('\n').collect();
            for round in 0..15 {
                let (start, step) = (random(lines.len()), 1 + random(3));
                let left: String = match round {
                    0 => text.clone(),
                    1..5 => lines[start..].iter().take(1 + random(12)).copied().collect(),
                    5..10 => lines[start..].concat(),
                    _ => lines.iter().skip(random(3)).step_by(step).copied().collect(),
                };
                for left in [left.to_uppercase(), left.to_lowercase(), left] {
                    let left = normalize_page(left.into());
                    let has_entries = has_entries(&left);
                    assert!(!has_entries || text_may_have_entries(&left), "{}:\n{left}", path.display());
                    read += usize::from(has_entries);
                    refused += usize::from(!text_may_have_entries(&left));
                }
            }
        }
        assert!(read > 300 && refused > 100, "{read} {refused}");
    }

    #[test]
    fn what_is_on_ordinary_pages_is_refused() {
        for text in [
            "",
            "A harbour\n\nThe crane was moved at 10:15. It is 40 metres high: higher than the church.\n",
            "1. Boil the water\n2. Add the salt\n3. Wait for ten minutes\n4. Eat\n",
            "By Ada Harbour\n\nThe quay was built in 1912: nobody knows by whom.\n",
            "Summary\n\n- The boat was found\n- It is green\n",
            "Opening hours\nMonday 09:00-17:00\nTuesday 10:00 - 16:00\n",
            "Live music every Friday. Read more about us. All times are local.\n",
        ] {
            assert!(!text_may_have_entries(text), "{text}");
        }
    }
}
