//! A page as lines, whatever it came from: each with its number, its indent, its list mark and its words.

mod document;
mod hints;
mod line;
mod text;

pub use document::DocumentLines;
pub use hints::{EntryAnchor, Hints, LineRole};
pub use line::{Line, Mark};
pub use text::{lines, unescape};
