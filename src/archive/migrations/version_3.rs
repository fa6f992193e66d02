//! Version 3: the full-text index is found by the tools that open the archive, and the view `changes`.

use rusqlite::{Connection, Result, params};

use crate::archive::record::{self, Record};

/// Makes the index one over the table `entry` itself, with its authors, so that Datasette and `sqlite-utils` find it; and
/// gives other wordings the same plain texts as entries have, so that the view compares them.
pub(super) fn index_entries_and_show_changes(db: &Connection) -> Result<()> {
    db.execute_batch(include_str!("version_3.sql"))?;
    let mut all = db.prepare("SELECT entry, version, content FROM entry_version")?;
    let mut update =
        db.prepare("UPDATE entry_version SET (authors, text, captions) = (?, ?, ?) WHERE entry = ? AND version = ?")?;
    let mut rows = all.query([])?;
    while let Some(row) = rows.next()? {
        let (entry, version): (i64, i64) = (row.get(0)?, row.get(1)?);
        // What cannot be read has no texts.
        let (content, _) = record::read_json(row.get_ref(2)?.as_str().unwrap_or_default());
        let record = Record::new(&content);
        let [authors, text, captions] = ["authors", "text", "captions"].map(|name| record.value(name));
        update.execute(params![authors, text, captions, entry, version])?;
    }
    Ok(())
}
