//! What the lines of an entry are recognised by; shared by all layouts of text.

pub mod body;
pub mod byline;
pub mod embed;
pub mod furniture;
pub mod image;
pub mod name;
pub mod shape;
pub mod title;
