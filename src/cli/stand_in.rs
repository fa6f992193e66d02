//! A stand-in for the layouts, until they are built.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use liveblog::input::{self, Document};
use liveblog::layout::own_json;
use liveblog::model::{Layout, LiveBlog};

#[derive(Debug, Clone)]
pub struct Options {
    pub now: DateTime<Utc>,
    pub zone: Option<Tz>,
    pub layout: Option<Layout>,
}

#[derive(Debug, thiserror::Error)]
pub enum ParseError {
    #[error(transparent)]
    Input(#[from] input::Error),
    #[error(transparent)]
    OwnJson(#[from] own_json::Error),
    #[error(
        "no live-blog entries found\n  \
         looked for lines such as \"Title published at 14:27 British Summer Time 19 June 2023\""
    )]
    NoEntries,
}

pub struct Explained {
    pub number: usize,
    pub use_: &'static str,
    pub text: String,
}

pub fn parse(document: &Document, _: &Options) -> Result<LiveBlog, ParseError> {
    document.text()?;
    Ok(own_json::read(&document.bytes).ok_or(ParseError::NoEntries)??)
}

pub fn explain(document: &Document, _: &Options) -> Result<Vec<Explained>, ParseError> {
    document.text()?;
    Err(ParseError::NoEntries)
}

pub fn when(_: &str) -> Result<liveblog::time::when::When, String> {
    Ok(liveblog::time::when::When)
}

pub fn instant(text: &str) -> Result<DateTime<Utc>, String> {
    text.parse().map_err(|_| "not a time".to_owned())
}
