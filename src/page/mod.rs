//! A page as lines, whatever it came from: each with its number, its indent, its list mark and its words.

mod line;
mod text;

pub use line::{Line, Mark};
pub use text::{clean, lines, unescape};
