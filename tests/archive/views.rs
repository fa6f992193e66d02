//! The views that people query: what docs/archive.md says of them is true.

use std::fs;

use liveblog::model::Block;

use super::sample::{Home, blog};

/// The columns of a view that the document lists, in its order.
fn listed(docs: &str, view: &str) -> Vec<String> {
    let (_, table) = docs.split_once(&format!("| `{view}` | one row per ")).unwrap();
    let (table, _) = table.split_once("\n\n").unwrap();
    let rows = table.lines().skip(2).map(|row| row.split('|').nth(1).unwrap());
    rows.flat_map(|cell| cell.split_whitespace().map(|name| name.trim_matches('`').to_owned())).collect()
}

#[test]
fn the_docs_list_every_column() {
    let (home, docs) = (Home::new(), fs::read_to_string("docs/archive.md").unwrap());
    for view in ["pages", "entries", "changes"] {
        let columns = home.sql(&format!("SELECT name FROM pragma_table_info('{view}')"));
        assert_eq!(listed(&docs, view), columns);
    }
}

#[test]
fn the_full_text_query_of_the_docs_finds_entries() {
    let mut home = Home::new();
    home.store("15:00", blog(&["14:05 Pumps run: In the harbour.", "13:50 Gate closed: At the harbour."]));
    let docs = fs::read_to_string("docs/archive.md").unwrap();
    let (_, query) = docs.split_once("```sql\n").unwrap();
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

#[test]
fn an_edit_is_shown_field_by_field_between_two_captures() {
    let mut home = Home::new();
    let mut first = blog(&["14:27 Tunnel reopens: Yes.", "14:05 Pumps run: All.", "13:50 Gate closed: It is shut."]);
    first.entries[1].author = Some("Ada Example".to_owned());
    let mut second = first.clone();
    second.entries[1].title = Some("Pumps stop".to_owned());
    second.entries[1].co_authors = vec!["Bob Example".to_owned()];
    let mut third = second.clone();
    third.entries[1].body = vec![Block::paragraph("None."), Block::paragraph("Nobody knows why.")];
    third.entries[0].breaking = true;
    third.entries.remove(2);
    home.store("15:00", first);
    home.store("17:00", third);
    // Stored last, but saved in between.
    home.store("16:00", second);
    home.store_as(Some("another"), "16:00", blog(&["12:00 Rain: All day."]));
    assert_eq!(
        home.sql(
            "SELECT concat_ws(' ', page, id, published, '(' || title || ')', field, quote(before), quote(after),
                 substr(since, 12, 5), substr(captured, 12, 5)) FROM changes ORDER BY captured, entry, field"
        ),
        [
            "page 000000001405 2023-06-20T14:05:00Z (Pumps stop) author 'Ada Example' 'Ada Example, Bob Example' 15:00 16:00",
            "page 000000001405 2023-06-20T14:05:00Z (Pumps stop) title 'Pumps run' 'Pumps stop' 15:00 16:00",
            "page 000000001427 2023-06-20T14:27:00Z (Tunnel reopens) breaking NULL 'Breaking' 16:00 17:00",
            "page 000000001405 2023-06-20T14:05:00Z (Pumps stop) text 'All.' 'None.\n\nNobody knows why.' 16:00 17:00",
        ]
    );
}

/// The history and the view are made from the same captures by two ways: they have the same edits.
#[test]
fn the_view_of_changes_has_the_edits_of_the_history() {
    let mut home = Home::new();
    for (hour, word) in [("15:00", "shut"), ("16:00", "open"), ("17:00", "open"), ("18:00", "shut")] {
        home.store(
            hour,
            blog(&["14:27 Tunnel reopens: Yes.", &format!("13:50 Gate: It is {word}."), "12:00 Rain: No."]),
        );
    }
    let edits = home.archive.history("page").unwrap().steps.into_iter().flat_map(|step| {
        let captured = step.captured.unwrap_or(step.kept);
        step.changes.into_iter().flat_map(move |change| {
            let (since, id) = (change.since, change.entry.id);
            change.differences.into_iter().map(move |difference| {
                format!("{} {id} {} {}", difference.field, since.format("%H:%M"), captured.format("%H:%M"))
            })
        })
    });
    let view = "SELECT concat_ws(' ', field, id, substr(since, 12, 5), substr(captured, 12, 5)) FROM changes
                ORDER BY captured";
    assert_eq!(home.sql(view), edits.collect::<Vec<_>>());
    assert_eq!(home.sql(view).len(), 2);
}
