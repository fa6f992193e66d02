//! Saved live pages, turned into data.

pub mod archive;
pub mod input;
pub mod language;
pub mod layout;
pub mod model;
pub mod output;
pub mod page;
pub mod query;
pub mod time;

pub use input::Document;
pub use layout::{Options, ParseError, explain, parse};
pub use model::{Entry, LiveBlog};
