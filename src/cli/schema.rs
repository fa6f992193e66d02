//! `schema`: print the JSON Schema of a live blog, or what Datasette needs to know of the archive.

use clap::Args;
use liveblog::model::SCHEMA;
use serde_json::json;

use super::args::Context;
use super::target::Sink;
use super::{Error, Outcome};

/// Print the JSON Schema of what parse --json prints; that of a row is in it, under $defs/row
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Schema {
    /// Print metadata for Datasette instead: with it, the archive's views have a search box and facets
    #[arg(long)]
    datasette: bool,
}

const EXAMPLES: &str = "\
Examples:
  liveblog schema > live-blog.schema.json    for a validator, or for generating types
  liveblog schema --datasette > metadata.json && datasette archive.db -m metadata.json
                                             browse, search and count entries and edits";

impl Schema {
    pub fn run(self, context: &Context) -> Result<Outcome, Error> {
        if self.datasette {
            Sink::print(datasette_metadata(context)?.as_bytes())?;
        } else {
            Sink::print(SCHEMA.as_bytes())?;
        }
        Ok(Outcome::Complete)
    }
}

/// What Datasette cannot find out of itself: how views are searched, and what to count. It knows an archive by the name
/// of its file.
fn datasette_metadata(context: &Context) -> Result<String, Error> {
    let archive = context.archive()?;
    let name = archive.file_stem().unwrap_or(archive.as_os_str()).to_string_lossy();
    let view = |facets: [&str; 3], sort_desc: &str| json!({ "fts_table": "entry_fts", "fts_pk": "entry", "facets": facets, "sort_desc": sort_desc });
    let metadata = json!({
        "databases": { name: { "tables": {
            "entries": view(["page", "author", "label"], "published"),
            "changes": view(["page", "field", "id"], "captured"),
        } } }
    });
    Ok(format!("{metadata:#}\n"))
}
