//! A page as lines, whatever it came from: each with its number, its indent, its list mark and its words.

mod hints;
mod line;
mod text;

pub use hints::{Hints, Origin, Shows};
pub use line::{Line, Mark};
pub use text::{hinted, lines, normalize, push_collapsed, unescape};
