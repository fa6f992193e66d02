//! A page as lines, whatever it came from: each with its number, its indent, its list mark and its words.

mod hints;
pub mod html;
mod line;
mod text;

pub use hints::{Hints, Origin, Shows};
pub use html::Html;
pub use line::{Line, Mark};
pub use text::{clean, hinted, lines, push_collapsed, unescape};
