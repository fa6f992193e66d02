//! The views that people query: what the README says of them holds.

use std::fs;

use super::sample::{Home, blog};

/// The columns of a view that the README lists, in its order.
fn listed(readme: &str, view: &str) -> Vec<String> {
    let (_, table) = readme.split_once(&format!("| `{view}` | one row per ")).unwrap();
    let (table, _) = table.split_once("\n\n").unwrap();
    let rows = table.lines().skip(2).map(|row| row.split('|').nth(1).unwrap());
    rows.flat_map(|cell| cell.split_whitespace().map(|name| name.trim_matches('`').to_owned())).collect()
}

#[test]
fn the_readme_lists_every_column() {
    let (home, readme) = (Home::new(), fs::read_to_string("README.md").unwrap());
    for view in ["pages", "entries"] {
        let mut columns = home.sql(&format!("SELECT name FROM pragma_table_info('{view}')"));
        let mut listed = listed(&readme, view);
        columns.sort();
        listed.sort();
        assert_eq!(columns, listed);
    }
}

#[test]
fn the_full_text_query_of_the_readme_finds_entries() {
    let mut home = Home::new();
    home.store("15:00", blog(&["14:05 Pumps run: In the harbour.", "13:50 Gate closed: At the harbour."]));
    let readme = fs::read_to_string("README.md").unwrap();
    let (_, query) = readme.split_once("```sql\n").unwrap();
    let query = query.split_once("```").unwrap().0.trim_end().trim_end_matches(';');
    assert_eq!(home.sql(&format!("SELECT title FROM ({query})")), ["Pumps run"]);
}

#[test]
fn a_live_blog_is_summed_up() {
    let mut home = Home::new();
    home.store(
        "15:00",
        blog(&["14:27 Tunnel reopens: Yes.", "14:05 Pumps run: All.", "13:50 Gate closed: It is shut."]),
    );
    home.store("16:00", blog(&["14:27 Tunnel reopens: Yes.", "13:50 Gate closed: It is shut."]));
    assert_eq!(
        home.sql("SELECT concat_ws(' ', name, entries, removed, first, last, captures, captured) FROM pages"),
        ["page 2 1 2023-06-20T13:50:00Z 2023-06-20T14:27:00Z 2 2023-06-20T16:00:00Z"]
    );
}
