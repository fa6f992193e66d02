//! Changes in each format.

use std::io::{self, Write};

use liveblog::archive::History;
use liveblog::output::Format;

use super::document::{write_html, write_markdown};
use super::rows::{rows, table_rows};
use super::text::Text;
use crate::cli::listing::{TextStyle, write_table};
use crate::cli::target::write_json;

/// Writes changes in one of the formats of rows and documents.
pub fn write_changes(to: &mut impl Write, format: Format, histories: &[History], style: TextStyle) -> io::Result<()> {
    match format {
        Format::Json => write_json(to, &rows(histories).collect::<Vec<_>>()),
        Format::Jsonl => rows(histories).try_for_each(|row| {
            serde_json::to_writer(&mut *to, &row)?;
            writeln!(to)
        }),
        Format::Csv | Format::Tsv => write_table(to, format, &table_rows(histories)),
        Format::Markdown => write_markdown(to, histories),
        Format::Html => write_html(to, histories),
        _ => Text { to, style }.write_all(histories),
    }
}
