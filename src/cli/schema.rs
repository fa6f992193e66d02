//! `schema`: print the JSON Schema of a live blog.

use clap::Args;
use liveblog::model::SCHEMA;

use super::target::Sink;
use super::{Error, Outcome};

/// Print the JSON Schema of what parse --json prints; that of a row is in it, under $defs/row
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Schema {}

const EXAMPLES: &str = "\
Examples:
  liveblog schema > live-blog.schema.json    for a validator, or for generating types";

impl Schema {
    pub fn run(self) -> Result<Outcome, Error> {
        Sink::print(SCHEMA.as_bytes())?;
        Ok(Outcome::Complete)
    }
}
