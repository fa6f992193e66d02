//! The gate: a cheap test before the lines of a page are read, or its elements. What it refuses has no entries for sure.
//!
//! Of a crawl, few pages are live pages. Each layout needs something at least, which is found many times as fast as
//! entries are; the tests hold that no page is refused that a layout reads.

mod html;
mod text;
mod word_search;

pub use html::may_have_entries as html_may_have_entries;
pub use text::may_have_entries as text_may_have_entries;

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::layout::text::{PageContext, line, normalize_page};
    use crate::layout::{classify_lines, merge};
    use crate::{Document, ParseOptions};

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

    /// Numbers below one that look random.
    fn random() -> impl FnMut(usize) -> usize {
        let mut state = 20_230_619_u64;
        move |most| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % most.max(1)
        }
    }

    #[test]
    fn no_text_is_refused_that_a_layout_reads_however_much_of_it_is_left() {
        let (mut read, mut refused, mut random) = (0, 0, random());
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
    fn no_html_is_refused_that_a_layout_reads_however_much_of_it_is_left() {
        let options = ParseOptions::new("2028-01-01T00:00:00Z".parse().unwrap());
        let page = Document::from_text("page.html", "");
        let (mut read, mut refused, mut random) = (0, 0, random());
        let as_html = |path: &PathBuf| {
            let text = String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
            if path.extension().is_some_and(|ending| ending == "html") {
                return text;
            }
            // A page of text as a program may put it into tags.
            let lines = text
                .lines()
                .map(|line| format!("<p>{}</p>\n", line.trim().replace("lished at", "lished <b>at</b>&nbsp;")));
            format!("<html><body>{}</body></html>", lines.collect::<String>())
        };
        for path in fixtures("html").iter().chain(&fixtures("txt")) {
            let html = as_html(path);
            let parts: Vec<_> = html.split_inclusive('>').collect();
            for round in 0..8 {
                let (start, length) = (random(parts.len()), 1 + random(parts.len()));
                let left: String = match round {
                    0 => html.clone(),
                    1..4 => parts[start..].iter().take(length).copied().collect(),
                    _ => parts.iter().filter(|_| random(8) > 0).copied().collect(),
                };
                let has_entries = merge::read(&left, &page, &options).is_some();
                assert!(!has_entries || html_may_have_entries(&left), "{}:\n{left}", path.display());
                read += usize::from(has_entries);
                refused += usize::from(!html_may_have_entries(&left));
            }
        }
        assert!(read > 100 && refused > 10, "{read} {refused}");
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
        for html in [
            "<html><body><p>14:27 The crane was moved.</p><p>14:30 It was not.</p></body></html>",
            "<title>Harbour</title><script>let a = \"19:44:\" < 5 && 'published';</script><p>Published on 5 May &amp; later</p>",
            "<ol><li>Boil the water<li>Wait</ol><!-- published > --><a title=\"x > y\">by Ada</a> 12/05/2019 10:30:15",
        ] {
            assert!(!html_may_have_entries(html), "{html}");
        }
    }

    #[test]
    fn words_of_html_are_found_however_they_are_broken() {
        for html in [
            "<p>Crane moves published\n at 14:27</p>",
            "<h3>Crane moves<span>published&#32;<b class='a>b'>at</b></span></h3>",
            "<p>posted&nbspat 14:27</p>",
            "<p>&#112;osted at 14:27</p>",
            "<p>Live<!-- -->&#160;REPORTING</p>",
            "<li><b>19:44</b>: Gate closed",
            "<ol><li>03:59 Commentary</ol>",
            "<p><b>BUDGET</b> 06:03: The chair</p>",
            "<p>wedi&rsquo;i gyhoeddi 14:27</p>",
        ] {
            assert!(html_may_have_entries(html), "{html}");
        }
    }
}
